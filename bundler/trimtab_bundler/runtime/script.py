"""The passes over Pyodide's JavaScript: without what no page can reach, and minified.

Emscripten writes one statement for each thing that it defines; esbuild puts each on a line of its own. So a pass looks
at lines of a known form, and takes away those that define what nothing else names.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from trimtab.errors import TrimtabError

DEFINED: Final = re.compile(r' *var ([\w$]+) = (?:Module\["[\w$]+"\] = )?(?:wasmExports\["([^"]+)"\]|\d+);')
"""A variable for an export, or for the address of a datum."""
PUBLISHED: Final = re.compile(r' *Module\["([\w$]+)"\] = [\w$]+;')
SIGNED: Final = re.compile(r' *([\w$]+)\.sig = "\w*";')
"""What types a function has that JavaScript gives to WebAssembly."""
GIVEN: Final = re.compile(r"( *var wasmImports = \{) (.*) (\};)")
WEAK: Final = re.compile(r"(var currentModuleWeakSymbols = ).*;")
LOADED: Final = re.compile(r"var wasmExports = await createWasm\(\);")
DIRECT: Final = re.compile(r'wasmExports(?:\["([^"]+)"\]|\.([\w$]+))')
WORD: Final = re.compile(r"[\w$]+")
MEMBER: Final = re.compile(r'(?:\.|\[")([\w$]+)')
GRAPHICS: Final = "emscripten_gl"
"""WebGL: its functions are reached by a table of pointers alone, which are 0 without them: a call would trap."""
ASKED: Final = frozenset({"__tzset_js", "___tzname", "___timezone", "___daylight"})
"""What `worker/wake.js` asks of the module."""
MEASURING: Final = frozenset({"malloc", "free", "sbrk", "emscripten_stack_get_current", "emscripten_stack_get_end"})
"""Exports that `node/freeze.mjs` clears the memory with."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is left of the script, one statement a line; and the exports of the WebAssembly that it needs."""

    text: str
    exports: frozenset[str]


@dataclass(frozen=True, slots=True)
class Uses:
    """What is named where nothing is defined: at all, as a member of something; and what the WebAssembly is given."""

    words: set[str]
    members: set[str]
    given: set[str]


def reduce_script(text: str, loader: str, imported: Collection[str], exported: Collection[str]) -> Script:
    """The script without what nobody names: not itself, not the `loader` beside it, not the WebAssembly (`imported`).

    `text` has one statement a line. Raises TrimtabError if it is not written as Emscripten writes it.
    """
    lines = text.split("\n")
    given = _given(lines, imported)
    known = (DEFINED, PUBLISHED, SIGNED, GIVEN)
    rest = "\n".join([line for line in lines if not any(form.fullmatch(line) for form in known)])
    uses = Uses(
        words={*WORD.findall(rest), *WORD.findall(loader), *WORD.findall(" ".join(given)), *ASKED},
        members={*MEMBER.findall(rest), *MEMBER.findall(loader), *ASKED},
        given={entry.rpartition(": ")[2] for entry in given},
    )
    kept = list(_kept(lines, uses, given))
    reduced = _once(WEAK, rf'\1{{ has: (name) => name.startsWith("{GRAPHICS}") }};', "\n".join(kept))
    reduced = _once(LOADED, 'var wasmExports = Module["wasmExports"] = await createWasm();', reduced)
    needed = {quoted or plain for quoted, plain in DIRECT.findall(reduced)} | {*re.findall(r'"([\w$]+)"', reduced)}
    return Script(reduced, frozenset(exported) & (needed | MEASURING))


def as_module(text: str, unit: str) -> str:
    """The script as a module that says which unit it is of."""
    return f"{text}\nexport const UNIT = {unit!r};\nexport const create = globalThis._createPyodideModule;\n"


def _given(lines: Collection[str], imported: Collection[str]) -> list[str]:
    """The entries of the object with what JavaScript gives to the WebAssembly, as far as that asks for them."""
    found = [form[2].split(", ") for form in map(GIVEN.fullmatch, lines) if form]
    if len(found) != 1:
        raise TrimtabError(f"Pyodide's script has {len(found)} lists of its functions, not one; another Pyodide?")
    asked = [entry for entry in found[0] if entry.partition(":")[0].strip('"') in imported]
    return [entry for entry in asked if not entry.startswith(GRAPHICS)]


def _kept(lines: Collection[str], uses: Uses, given: list[str]) -> Iterator[str]:
    for line in lines:
        if form := DEFINED.fullmatch(line):
            keep = form[1] in uses.words
        elif form := PUBLISHED.fullmatch(line):
            keep = form[1] in uses.members
        elif form := SIGNED.fullmatch(line):
            keep = form[1] in uses.given
        else:
            keep = True
        if keep:
            yield GIVEN.sub(lambda form: f"{form[1]} {', '.join(given)} {form[3]}", line)


def _once(form: re.Pattern[str], by: str, text: str) -> str:
    replaced, count = form.subn(by, text)
    if count != 1:
        raise TrimtabError(f"Pyodide's script has {count} places like {form.pattern!r}, not one; another Pyodide?")
    return replaced
