"""The wheels that a site lists for its policy: read, and refused if a browser could not import them."""

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from pathlib import Path, PurePosixPath
from typing import Final, NoReturn

from packaging.tags import Tag
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from trimtab.listed import OURS, modules_at_top
from trimtab.policy import POLICY_MODULE
from trimtab_bundler.archive import read_zip, write_zip
from trimtab_bundler.imports import BROWSER
from trimtab_bundler.mistakes import Mistake

PURE: Final = Tag("py3", "none", "any")
COMPILED: Final = (".so", ".pyd", ".dylib", ".dll")
TAKEN: Final = OURS | BROWSER | {POLICY_MODULE}
PLACE: Final = ("site", "wheels")
GET: Final = "pip download --no-deps --only-binary :all: -d wheels"
"""How to get a wheel, before its name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A wheel that a site lists. `project` and `number`: what it is of, and the version; by path in it `sources`, its
    modules, and `data`, what else lies among them."""

    project: str
    number: str
    sources: Mapping[str, bytes]
    data: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def modules(self) -> set[str]:
        """The names by which it is imported."""
        return modules_at_top(list(self.sources))

    @property
    def digest(self) -> str:
        """A hash of what is in it."""
        return hashlib.sha256(write_zip({**self.sources, **self.data})).hexdigest()


def read_listed(folder: Path, policy: str, names: object, mistake: Mistake) -> tuple[Listed, ...]:
    """The wheels of this list, whose paths are relative to the site's folder; `policy` is the path of its policy."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        mistake(PLACE, f"[site] wheels is {names!r}, not a list of texts", 'write wheels = ["wheels/NAME.whl"]')
    if names and (PurePosixPath(policy).is_absolute() or ".." in PurePosixPath(policy).parts):
        what = f"[site] wheels are for a policy in this folder, and {policy!r} is not"
        mistake(PLACE, what, "put the policy into the site's folder, or below it")
    owners: dict[str, str] = {}
    listed = []
    for name in names:
        wheel = _read_wheel(folder, name, mistake)
        _check_names(name, wheel.modules, owners, mistake)
        owners |= {module: name for module in wheel.modules}  # noqa: C420  fromkeys() loses the type
        listed.append(wheel)
    return tuple(listed)


def _read_wheel(folder: Path, name: str, mistake: Mistake) -> Listed:
    if not (folder / name).is_file():
        mistake(PLACE, f"[site] wheels: {name!r} is no file here", f"get it with {GET} NAME, or correct the path")
    try:
        project, number, _, tags = parse_wheel_filename(PurePosixPath(name).name)
    except InvalidWheelFilename:
        _refuse(name, "is not called as a wheel is", "give it the name back that it was downloaded with", mistake)
    try:
        files = read_zip((folder / name).read_bytes())
    except (zipfile.BadZipFile, zlib.error, RuntimeError):  # the last: it is encrypted
        _refuse(name, "is no zip, or a broken one", f"get it again with {GET} {project}", mistake)
    info = _headers(project, files)
    if info is None:
        _refuse(name, "has no WHEEL in a .dist-info", f"get it again with {GET} {project}", mistake)
    compiled = next((file for file in files if file.endswith(COMPILED)), "")
    purelib = info.get("Root-Is-Purelib", "not there")
    if PURE not in tags or purelib != "true" or compiled:
        tag = "-".join(PurePosixPath(name).stem.rsplit("-", 3)[1:])
        says = f"Root-Is-Purelib: {purelib}" if PURE in tags else f"tag {tag}"
        why = f"brings {compiled}" if compiled else f"is not pure Python ({says})"
        mend = "list a version of it whose file ends in py3-none-any.whl, or put what it does into the policy's file"
        _refuse(
            name,
            f"{why}, and a browser can load nothing that is compiled for a machine or for another Python",
            mend,
            mistake,
        )
    sources = {file: content for file, content in files.items() if _is_importable(file)}
    data = {file: content for file, content in files.items() if not file.endswith(".py") and not _describes(file)}
    return Listed(str(project), str(number), sources, data)


def _headers(project: str, files: Mapping[str, bytes]) -> Mapping[str, str] | None:
    """What a wheel says about itself, if it is one."""
    for file, content in files.items():
        folder, _, rest = file.partition(".dist-info/")
        if rest == "WHEEL" and canonicalize_name(folder.partition("-")[0]) == project:
            return dict(BytesHeaderParser().parsebytes(content).items())
    return None


def _is_importable(file: str) -> bool:
    return file.endswith(".py") and all(part.isidentifier() for part in file.removesuffix(".py").split("/"))


def _describes(file: str) -> bool:
    """Whether it is about the wheel, or is put elsewhere when the wheel is installed."""
    return file.partition("/")[0].endswith((".dist-info", ".data"))


def _check_names(name: str, modules: set[str], owners: Mapping[str, str], mistake: Mistake) -> None:
    if taken := sorted(modules & TAKEN):
        what = f"has a module {taken[0]!r}, which would hide the one of Python, of the browser or of trimtab"
        _refuse(name, what, "take it out of the list, or list another one", mistake)
    if twice := sorted(modules & owners.keys()):
        what = f"has a module {twice[0]!r}, and so has {owners[twice[0]]!r}"
        _refuse(name, what, "take one of the two out of the list", mistake)


def _refuse(name: str, what: str, mend: str, mistake: Mistake) -> NoReturn:
    mistake(PLACE, f"[site] wheels: {name!r} {what}", mend)
