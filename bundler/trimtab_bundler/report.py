"""What is in a pack and why, largest first: `trimtab build --report`."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any, Final

import brotli  # type: ignore[import-untyped]  # it ships no types

from trimtab.policy import POLICY_MODULE
from trimtab_bundler.archive import read_zip
from trimtab_bundler.compress import QUICK
from trimtab_bundler.contents import PackFile
from trimtab_bundler.imports import read_imports, whole_names
from trimtab_bundler.pack import Pack
from trimtab_bundler.wheels import LISTED_WHEEL

WHY: Final = {
    "trimtab": "the tag: every visitor loads it",
    "tag": "the tag again, under a name that a pinned page loads",
    "visit": "who may be observed loads it",
    "worker": "runs Python in a thread of its own, and loads all of it",
    "panel": "who opens the panel loads it",
    "survey": "who is asked for a rating loads it",
    "pyodide": "Python",
    "stdlib": "the part of Python's library that is needed",
    "core": "trimtab in Python, which decides",
    "msgpack": "what is written of a report",
    "policy": "the site's own policy",
    "lean": "Python, without what no page can reach",
    "profiled": "Python, without what nobody was seen to need",
    "memory": "Python's memory with library and core",
}
LISTED: Final = "a wheel that the site lists, as far as the policy needs it"
ROOTS: Final = (POLICY_MODULE, "trimtab.browser.entry")
"""Python begins with these two in a visitor's browser."""
COMMENT: Final = re.compile(r"/\*\*(.*?)\*/", re.DOTALL)
SENTENCE_END: Final = re.compile(r"(?<=[.?!])\s")
WIDTH: Final = 46


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a pack, or what is in it. `br`: bytes in brotli; of a part its share of the file's."""

    name: str
    bytes: int
    br: int
    why: str


def report(pack: Pack, entries: Sequence[Mapping[str, Any]], library: Mapping[str, bytes]) -> Iterator[str]:
    """The lines of the report. `entries` are the manifest's; `library` is the source of the whole standard library."""
    packed = {_module(name) for file in pack.files for name in _archived(file)}
    importers = _importers({path: text for path, text in {**library, **pack.python}.items() if _module(path) in packed})
    sizes = {str(entry["path"]): int(entry["br"]) for entry in entries}
    yield f"{'brotli':>10} {'bytes':>11}  {'what':{WIDTH}} why"
    for file in sorted(pack.files, key=lambda file: -sizes[file.path]):
        role = PurePosixPath(file.path).name.partition(".")[0]
        why = LISTED if role.startswith(LISTED_WHEEL) else WHY[role]
        whole = Part(file.path, len(file.content), sizes[file.path], why)
        yield _line(whole, "")
        if file is not pack.tag:  # it is the same as the stable one
            yield from (_line(part, "  ") for part in _parts(file, whole.br, importers))


def _line(part: Part, indent: str) -> str:
    return f"{part.br:>10,} {part.bytes:>11,}  {indent + part.name:{WIDTH}} {part.why}"


def _parts(file: PackFile, br: int, importers: Mapping[str, str]) -> list[Part]:
    """What is in a file; the bytes on the wire are shared out as each part would take them alone."""
    contents = _archived(file) or file.parts
    alone = {name: len(brotli.compress(content, quality=QUICK)) for name, content in contents.items()}
    all_alone = sum(alone.values())
    parts = [
        Part(name or "-", len(content), round(br * alone[name] / all_alone), _why(name, importers))
        for name, content in contents.items()
    ]
    return sorted(parts, key=lambda part: (-part.br, part.name))


def _archived(file: PackFile) -> Mapping[str, bytes]:
    return read_zip(file.content) if file.path.endswith((".whl", ".zip")) else {}


def _why(name: str, importers: Mapping[str, str]) -> str:
    if name.endswith(".js"):
        return _first_sentence(files("trimtab.browser").joinpath(name).read_text())
    if name.endswith(".pyc"):
        return importers.get(_module(name), "for Python itself")
    if not name:
        return "what holds the modules together"
    return "what makes it a wheel" if ".dist-info/" in name else "read when it is imported"


def _first_sentence(script: str) -> str:
    found = COMMENT.search(script)
    words = " ".join(found[1].replace(" * ", " ").split()).removeprefix("* ") if found else ""
    return SENTENCE_END.split(words, maxsplit=1)[0]


def _importers(sources: Mapping[str, bytes]) -> dict[str, str]:
    """For each module that Python comes to from ROOTS, who imports it first; those at the top before later ones."""
    paths = {_module(path): path for path in sources if path.endswith(".py")}
    found: dict[str, str] = {root: "Python begins with it" for root in ROOTS if root in paths}
    waiting = deque(found)
    while waiting:
        module = waiting.popleft()
        for name in _imported(paths[module], sources[paths[module]]):
            if name in paths and name not in found:
                found[name] = f"for {module}"
                waiting.append(name)
    return found


def _imported(path: str, source: bytes) -> Iterator[str]:
    for each in sorted(whole_names(read_imports(source), path), key=lambda each: bool(each.function)):
        steps = each.module.split(".")
        yield from (".".join(steps[:end]) for end in range(1, len(steps) + 1))
        yield from (f"{each.module}.{taken}" for taken in each.names)


def _module(path: str) -> str:
    return PurePosixPath(path).with_suffix("").as_posix().removesuffix("/__init__").replace("/", ".")
