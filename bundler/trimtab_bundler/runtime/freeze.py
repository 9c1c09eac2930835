"""The images of a lean runtime's memory: one of the library and the core, and what a policy changes in it.

The first is the same for all policies that need the same of the library, so it is made, compressed and loaded once; the
second is made with each change of a policy.
"""

import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.policy import POLICY_MODULE
from trimtab_bundler.archive import read_zip
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import Packages, run_node
from trimtab_bundler.probe import SCRIPTS, sources_in
from trimtab_bundler.runtime.engine import Engine, sources_of_passes
from trimtab_bundler.wheels import Wheel

WAKE: Final = "worker/wake.js"
TIMEOUT_S: Final = 120.0


class NotFrozenError(TrimtabError):
    """An image that cannot be made, as what was to be imported raised something. `why` is told by lines, the last of
    which says what; of a policy it is the traceback."""

    def __init__(self, why: str) -> None:
        self.why = why
        said = why.strip().splitlines()[-1]
        super().__init__(f"the lean runtime cannot be made ({said}); please report this")


@dataclass(frozen=True, slots=True)
class Image:
    """A part of the memory, as worker/wake.js reads it; of how many pages the whole is, and how many slots it knows.

    `missing` are modules that a policy looked for when it was imported, and that are nowhere.
    """

    content: bytes
    pages: int
    slots: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Freezer:
    """Makes images with this engine; what was made before comes from the cache."""

    packages: Packages
    engine: Engine
    cache: Cache

    @property
    def made_of(self) -> str:
        """A hash of all that an image hangs on beside what is frozen in it."""
        wake = files("trimtab.browser").joinpath(WAKE).read_bytes()
        return _hash_of([self.engine.unit.encode(), sources_of_passes(), wake, *sources_in(SCRIPTS)])

    def base(self, stdlib: bytes, wheels: Sequence[Wheel]) -> Image:
        """Python with the whole of the library's zip and of the wheels imported. Raises NotFrozenError."""
        parts = {"stdlib.zip": stdlib} | {f"{wheel.name}.whl": wheel.content for wheel in wheels}
        return self._image(parts, None)

    def policy(self, base: Image, wheel: Wheel) -> Image:
        """What the import of a policy changes in a base. Raises NotFrozenError."""
        name = f"{POLICY_MODULE}.pyc"
        return self._image({name: read_zip(wheel.content)[name]}, base)

    def _image(self, parts: Mapping[str, bytes], base: Image | None) -> Image:
        key = _hash_of([self.made_of.encode(), base.content if base else b"", *parts.values()])
        with as_file(files("trimtab.browser").joinpath(WAKE)) as script:
            kept = self.cache.blob("image", key, lambda: self._make(parts, base, script))
        about, _, content = kept.partition(b"\n")
        told = json.loads(about)
        return Image(content, told["pages"], told["slots"], tuple(told["missing"]))

    def _make(self, parts: Mapping[str, bytes], base: Image | None, wake: Path) -> bytes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for part, content in parts.items():
                (folder / part).write_bytes(content)
            if base:
                (folder / "base").write_bytes(base.content)
            job = {
                "pyodide": str(self.packages.pyodide),
                "engine": str(self.engine.folder),
                "wake": str(wake),
                "freezing": str(SCRIPTS / "freezing.py"),
                "parts": [str(folder / part) for part in parts],
                "base": {"image": str(folder / "base"), "pages": base.pages, "slots": base.slots} if base else None,
                "out": str(folder / "image"),
            }
            made = _run(job)
            if why := made.pop("failed"):
                raise NotFrozenError(why)
            return json.dumps(made).encode() + b"\n" + (folder / "image").read_bytes()


def _hash_of(contents: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()


def _run(job: dict[str, Any]) -> dict[str, Any]:
    """What node/freeze.mjs answers to a job. Raises TrimtabError if it fails."""
    try:
        ended = run_node([str(SCRIPTS / "freeze.mjs")], stdin=json.dumps(job), timeout_s=TIMEOUT_S)
        answer: dict[str, Any] = json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        raise TrimtabError(f"the lean runtime did not start within {TIMEOUT_S:.0f} s in Node; try again") from None
    except ValueError:
        told = re.findall(r"^.*Error.*: .*$", ended.stderr, re.MULTILINE) or [ended.stderr[-300:]]
        why = " ".join(told[-1].split())[-300:]
        raise TrimtabError(f"the lean runtime cannot be made ({why}); please report this") from None
    return answer
