"""The wheels of a pack: the agent's core, msgpack, what the site lists and its policy, compiled for the browser.

They are valid wheels with fixed dates and order, and uncompressed: each is compressed as a whole on the wire.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from packaging.utils import canonicalize_name

from trimtab.policy import POLICY_MODULE
from trimtab_bundler.archive import write_zip
from trimtab_bundler.bytecode import LEAN, PLAIN, Compiler
from trimtab_bundler.listing import Listed

POLICY_WHEEL: Final = "policy"
LISTED_WHEEL: Final = "wheel-"
"""Before the name of one that the site lists."""
NOT_PACKED: Final = frozenset({"visitors", "impatience.py", "listed.py", "loading.py", "probing.py", "statement.py"})
"""Parts of the agent that no browser needs: simulated visitors, and what is for site owners offline."""
MSGPACK: Final = ("__init__.py", "exceptions.py", "ext.py", "fallback.py")
"""The pure Python of msgpack; its C extension is not used in the browser (no snapshot could hold it)."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel of the pack. `sources` are its .py files as they were, by path in the wheel."""

    name: str
    content: bytes
    sources: Mapping[str, bytes]

    @property
    def is_ours(self) -> bool:
        """Whether every pack has it, whatever its site."""
        return self.name != POLICY_WHEEL and not self.name.startswith(LISTED_WHEEL)


def core_wheel(compiler: Compiler) -> Wheel:
    """The agent without what only people off the device use."""
    sources = {f"trimtab/{name}": content for name, content in _python_files(files("trimtab")) if _is_packed(name)}
    return _wheel("core", "trimtab-agent", sources, compiler, level=LEAN)


def msgpack_wheel(compiler: Compiler) -> Wheel:
    """msgpack, of the version installed here, in pure Python."""
    folder = files("msgpack")
    sources = {f"msgpack/{name}": (folder / name).read_bytes() for name in MSGPACK}
    return _wheel("msgpack", "msgpack", sources, compiler, level=LEAN)


def listed_wheel(listed: Listed, compiler: Compiler) -> Wheel:
    """One that the site lists."""
    name = f"{LISTED_WHEEL}{listed.project}"
    files = {**listed.sources, **listed.data}
    wheel = _wheel(name, listed.project, files, compiler, level=LEAN, number=listed.number)
    return replace(wheel, sources=listed.sources)


def policy_wheel(path: Path, compiler: Compiler) -> Wheel:
    """A site's policy as one module. Its asserts stay: they are the site owner's."""
    return _wheel(POLICY_WHEEL, "trimtab-policy", {f"{POLICY_MODULE}.py": path.read_bytes()}, compiler, level=PLAIN)


def _python_files(folder: Traversable, under: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _python_files(entry, f"{under}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{under}{entry.name}", entry.read_bytes()


def _is_packed(name: str) -> bool:
    return NOT_PACKED.isdisjoint(name.split("/"))


def _wheel(
    name: str, project: str, sources: Mapping[str, bytes], compiler: Compiler, *, level: int, number: str = ""
) -> Wheel:
    number = number or _version(project)
    tag = "cp{}{}-none-any".format(*compiler.python)
    info = f"{canonicalize_name(project).replace('-', '_')}-{number}.dist-info"
    files = compiler.compile(sources, level) | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {project}\nVersion: {number}\n".encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: trimtab\nRoot-Is-Purelib: true\nTag: {tag}\n".encode(),
    }
    record = "".join(f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    return Wheel(name, write_zip(files), sources)


def _version(project: str) -> str:
    try:
        return version(project)
    except PackageNotFoundError:
        return "0"  # a policy has no version, a checkout that was not installed has none either


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
