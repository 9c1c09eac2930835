"""Reading a site's policy from its file, with every failure told as file, line, what and how to mend."""

import hashlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

from trimtab.errors import PolicyError
from trimtab.messages import POLICY_HASH_BYTES
from trimtab.places import mistake_from
from trimtab.policy import Policy
from trimtab.probing import probe

POLICY_MODULE: Final = "trimtab_policy"
"""Import name of a site's policy, on the device and off it."""


def load_policy(path: Path) -> Policy:
    """Runs a policy file and returns the one Policy in it. Raises PolicyError for whatever goes wrong in that file."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise PolicyError(
            f"cannot be read ({error.strerror})", mend="give the path of a policy.py", file=str(path)
        ) from None
    module = ModuleType(POLICY_MODULE)
    module.__file__ = str(path)
    sys.modules[POLICY_MODULE] = module
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102  to run it is the point
    except PolicyError:
        raise
    except (Exception, SystemExit) as error:  # whatever the site owner's module raises is told with its line
        raise mistake_from(error, path) from error
    policy = find_policy(module)
    probe(policy, path)
    return policy


def find_policy(module: ModuleType) -> Policy:
    """The one Policy among a module's globals."""
    file = Path(getattr(module, "__file__", None) or "policy.py").name
    found = {id(value): value for value in vars(module).values() if isinstance(value, Policy)}
    if len(found) != 1:
        what = f"{len(found)} policies in the module"
        raise PolicyError(what, mend='make one: name = Policy("my-site")', file=file)
    return next(iter(found.values()))


def policy_hash(policy: Policy, source: bytes) -> str:
    """16 hex digits that name this very policy: its declaration and its code."""
    canonical = policy.declaration("").canonical()
    return hashlib.sha256(canonical + b"\0" + source).hexdigest()[: 2 * POLICY_HASH_BYTES]
