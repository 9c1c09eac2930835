"""Reading a site's policy from its file, with every failure told as file, line, what and how to mend."""

import ast
import hashlib
import inspect
import re
import sys
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Final

from trimtab import adjust
from trimtab.errors import PolicyError
from trimtab.impatience import patience
from trimtab.listed import LIST_WHEEL, OURS, POLICY_FILE, borrow, listed_wheels
from trimtab.messages import POLICY_HASH_BYTES
from trimtab.places import mistake_from
from trimtab.policy import POLICY_MODULE, Policy, find_policy
from trimtab.probing import probe

PUT_TOGETHER: Final = "getattr|attrgetter|methodcaller|eval|exec|vars|__getattribute__|__dict__"
"""By these a name can be read that stands nowhere."""
WAYS_TO_READING: Final = re.compile(rf"\b(reading|{PUT_TOGETHER})\b")
WAYS_TO_POINTER: Final = re.compile(rf"\b(pointer|approach|hover|paused|frustration|{PUT_TOGETHER})\b")
LOADING: Final = RLock()
"""A build loads policies in two threads, and imports look into the wheels of one."""


def policy_file(given: str) -> Path:
    """The file of a policy, given itself or by its site's folder: every command that asks for one takes both."""
    path = Path(given)
    return path / POLICY_FILE if path.is_dir() else path


def reads_texts(source: bytes) -> bool:
    """Whether anything in a policy could ask how a text is read; if not, the page counts no words."""
    return bool(WAYS_TO_READING.search(ast.dump(ast.parse(source))))


def reads_pointer(policy: Policy, source: bytes) -> bool:
    """Whether anything in the policy could ask where the pointer goes; if not, the page does not follow it."""
    return policy.asks_for_cells or bool(WAYS_TO_POINTER.search(ast.dump(ast.parse(source))))


def load_policy(path: Path) -> Policy:
    """Runs a policy file and returns the one Policy in it. Raises PolicyError for whatever goes wrong in that file.

    Imports look into the wheels that its site lists from then on, until the next policy is loaded.
    """
    with LOADING:
        borrowed = borrow(listed_wheels(path))
        policy = _run(path)
        policy.borrowed = borrowed
    return policy


def _run(path: Path) -> Policy:
    try:
        source = path.read_bytes()
    except OSError as error:
        raise PolicyError(
            f"cannot be read ({error.strerror})", mend="give the path of a policy.py", file=str(path)
        ) from None
    module = ModuleType(POLICY_MODULE)
    module.__file__ = str(path)
    sys.modules[POLICY_MODULE] = module
    with patience(path):
        try:
            exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102  to run it is the point
        except PolicyError:
            raise
        except (Exception, SystemExit) as error:  # whatever the site owner's module raises is told with its line
            raise mistake_from(error, path, mend=_mend(error)) from error
        policy = find_policy(module)
        probe(policy, path)
    return policy


def _mend(error: BaseException) -> str:
    """How to write the line, or have what it imports; of an adjustment with too much or too little, what it takes."""
    if isinstance(error, ModuleNotFoundError) and str(error.name).partition(".")[0] not in OURS:
        return f"correct the line, or list a wheel that has it: {LIST_WHEEL}"
    called = re.match(r"(\w+)\(\) ", str(error))
    if not isinstance(error, TypeError) or not called or called[1] not in adjust.__all__:
        return "correct the line"
    takes = inspect.signature(getattr(adjust, called[1])).replace(return_annotation=inspect.Signature.empty)
    return f"write adjust.{called[1]}{takes}"


def policy_hash(policy: Policy, source: bytes, *, preview: bool = False, simulated: bool = False) -> str:
    """16 hex digits that name this very policy: its declaration, its wheels, its code without comments and layout.

    A preview has a name of its own: its visits may have forced arms, and must never be counted among real ones. So
    have made-up visitors: a server that serves the real policy refuses their reports.
    """
    code = ast.dump(ast.parse(source)).encode()
    canonical = policy.declaration("").canonical() + (b"\0preview" if preview else b"")
    canonical += b"\0simulated" if simulated else b""
    canonical += f"\0{policy.borrowed}".encode() if policy.borrowed else b""
    return hashlib.sha256(canonical + b"\0" + code).hexdigest()[: 2 * POLICY_HASH_BYTES]
