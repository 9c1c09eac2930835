"""The passes over Pyodide's JavaScript: without what no page can reach, and minified.

Emscripten puts all that it has into one function; esbuild puts each statement of it on lines of its own. So a statement
begins at a line of known indentation. One that only defines something is kept if something that is kept names it.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from trimtab.errors import TrimtabError

BEGIN: Final = "  return (async function(moduleArg = {}) {"
END: Final = "  });"
FIRST_LINE: Final = re.compile(r"    [^\s})\]`]")
"""Where a statement of that function begins."""
DEFINED: Final = re.compile(
    r"""\ {4}(?: (?:async\ )?function\*?\ (?P<function>[\w$]+)\(
        | class\ (?P<class>[\w$]+)\ \{
        | var\ (?P<var>[\w$]+)\ =\ (?: (?:async\ )?(?:\([^\n]*\)|[\w$]+)\ =>\  | (?:async\ )?function\b | \{ | \[\]; )
        | var\ (?P<alias>[\w$]+)\ =\ (?:Module\["[\w$]+"\]\ =\ )?(?: wasmExports\["[^"]+"\] | [\w$.]+ );
        | var\ (?P<made>[\w$]+)\ =\ new\ [A-Z]\w+\([^()]*\);
        )""",
    re.VERBOSE,
)
"""A statement that defines a name, and has no effect if nobody names it."""
PUBLISHED: Final = re.compile(r' {4}(?:var [\w$]+ = )?Module\["([\w$]+)"\] = (?:[\w$.]+|wasmExports\["[^"]+"\]);')
"""A statement that gives something as a member of the module, and has no other effect."""
SIGNED: Final = re.compile(r'    ([\w$]+)\.sig = "\w*";')
"""What types a function has that JavaScript gives to WebAssembly."""
GIVEN: Final = re.compile(r"(    var wasmImports = \{) (.*) (\};)")
WEAK: Final = re.compile(r"(var currentModuleWeakSymbols = ).*;")
LOADED: Final = re.compile(r"var wasmExports = await createWasm\(\);")
RELOCATED: Final = re.compile(r"relocateExports\(wasmExports, (\d+)\)")
DIRECT: Final = re.compile(r'wasmExports(?:\["([^"]+)"\]|\.([\w$]+))')
WORD: Final = re.compile(r"(?<![\w$.])[\w$]+|(?<=\.\.\.)[\w$]+")
"""Not what follows a dot: that is a member of something."""
MEMBER: Final = re.compile(r'(?:\.|\[")([\w$]+)')
GRAPHICS: Final = "emscripten_gl"
"""WebGL: its functions are reached by a table of pointers alone, which are 0 without them: a call would trap."""
SCREEN: Final = frozenset({"SDL", "Browser", "MainLoop", "miniTempWebGLFloatBuffers", "miniTempWebGLIntBuffers"})
"""What draws and plays, which no worker does: a statement that only prepares it is no reason to keep it."""
FROZEN: Final = frozenset({f"__PyImport_Frozen{name}" for name in ("Bootstrap", "Stdlib", "Test")})
JOINED: Final = frozenset({"_jslib_init", "_init_pyodide_proxy", "__hiwire_set"})
ASKED: Final = frozenset({"__tzset_js", "___tzname", "___timezone", "___daylight"}) | JOINED | FROZEN
"""What `worker/wake.js` and `node/freeze.mjs` ask of the module."""
MEASURING: Final = frozenset({"malloc", "free", "sbrk", "emscripten_stack_get_current", "emscripten_stack_get_end"})
"""Exports that `node/freeze.mjs` clears the memory with."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is left of the script, one statement a line; and the exports of the WebAssembly that it needs."""

    text: str
    exports: frozenset[str]


def reduce_script(text: str, loader: str, imported: Collection[str], exported: Collection[str]) -> Script:
    """The script without what nobody names: not itself, not the `loader` beside it, not the WebAssembly (`imported`).

    `text` is as esbuild prints it. Raises TrimtabError if it is not written as Emscripten writes it.
    """
    lines = text.split("\n")
    if lines.count(BEGIN) != 1 or END not in lines:
        raise TrimtabError("Pyodide's script is not one function with all that it has; another Pyodide?")
    begin, end = lines.index(BEGIN) + 1, lines.index(END)
    given = _given(lines, imported)
    body = [_giving(given, statement) for statement in _statements(lines[begin:end])]
    asked = [f"{name} .{name}" for name in ASKED]
    around = "\n".join([*lines[:begin], *lines[end:], loader, *asked])
    kept = "\n".join([*lines[:begin], *_kept(body, around, given), *lines[end:]])
    reduced = _once(WEAK, rf'\1{{ has: (name) => name.startsWith("{GRAPHICS}") }};', kept)
    reduced = _once(LOADED, 'var wasmExports = Module["wasmExports"] = await createWasm();', reduced)
    needed = {quoted or plain for quoted, plain in DIRECT.findall(reduced)} | {*re.findall(r'"([\w$]+)"', reduced)}
    return Script(reduced, frozenset(exported) & (needed | MEASURING))


def base_of_data(text: str) -> int:
    """The address in the memory at which the data of the WebAssembly begin. Raises TrimtabError if it is not told."""
    found = RELOCATED.findall(text)
    if len(found) != 1:
        raise TrimtabError(f"Pyodide's script says {len(found)} times where its data begin, not once; another Pyodide?")
    return int(found[0])


def as_module(text: str, unit: str) -> str:
    """The script as a module that says which unit it is of."""
    return f"{text}\nexport const UNIT = {unit!r};\nexport const create = globalThis._createPyodideModule;\n"


def _statements(lines: Iterable[str]) -> Iterator[str]:
    statement: list[str] = []
    for line in lines:
        if FIRST_LINE.match(line) and statement:
            yield "\n".join(statement)
            statement = []
        statement.append(line)
    yield "\n".join(statement)


def _given(lines: Collection[str], imported: Collection[str]) -> list[str]:
    """The entries of the object with what JavaScript gives to the WebAssembly, as far as that asks for them."""
    found = [form[2].split(", ") for form in map(GIVEN.fullmatch, lines) if form]
    if len(found) != 1:
        raise TrimtabError(f"Pyodide's script has {len(found)} lists of its functions, not one; another Pyodide?")
    asked = [entry for entry in found[0] if entry.partition(":")[0].strip('"') in imported]
    return [entry for entry in asked if not entry.startswith(GRAPHICS)]


def _giving(given: Collection[str], statement: str) -> str:
    return GIVEN.sub(lambda form: f"{form[1]} {', '.join(given)} {form[3]}", statement)


def _kept(statements: Collection[str], around: str, given: Collection[str]) -> Iterator[str]:
    """What does something, the definitions that it names, and those that they name."""
    definitions: dict[str, list[str]] = defaultdict(list)
    published: dict[str, list[str]] = defaultdict(list)
    for statement in statements:
        if name := _defined_by(statement):
            definitions[name].append(statement)
        if form := PUBLISHED.fullmatch(statement):
            published[form[1]].append(statement)
    reached = [around, *filter(_does_something, statements)]
    for statement in reached:  # grows
        for word in WORD.findall(statement):
            reached += definitions.pop(word, [])
        for member in MEMBER.findall(statement):
            reached += published.pop(member, [])
    kept, signed = set(reached), {entry.rpartition(": ")[2] for entry in given}
    for statement in statements:
        form = SIGNED.fullmatch(statement)
        if (form[1] in signed) if form else (statement in kept):
            yield statement


def _defined_by(statement: str) -> str:
    """The name that it only defines; empty if it does something else."""
    form = None if GIVEN.fullmatch(statement) else DEFINED.match(statement)
    return form[form.lastgroup or 0] if form else ""


def _does_something(statement: str) -> bool:
    if _defined_by(statement) or PUBLISHED.fullmatch(statement) or SIGNED.fullmatch(statement):
        return False
    return SCREEN.isdisjoint(WORD.findall(statement))


def _once(form: re.Pattern[str], by: str, text: str) -> str:
    replaced, count = form.subn(by, text)
    if count != 1:
        raise TrimtabError(f"Pyodide's script has {count} places like {form.pattern!r}, not one; another Pyodide?")
    return replaced
