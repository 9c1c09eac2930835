"""What an import of a wheel that a site lists comes to: the modules that it is sure to import, one by another.

Sure is what stands at the top of a module and under no condition. A policy whose import comes to something that it may
not have itself is refused; what a wheel has besides, for others, is no matter.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from trimtab.errors import PolicyError
from trimtab_bundler.imports import Import, forbidden, read_imports, whole_names

LOCKS: Final = frozenset({"threading", "_thread"})
"""Most wheels that import them take a lock, or a place for each thread: both work where there is but one."""
STARTERS: Final = frozenset({"Thread", "Timer", "start_joinable_thread", "start_new_thread"})
"""What a browser's Python cannot do with them."""
MEND: Final = "use another wheel, or a module of it that does without"

type Modules = Mapping[str, tuple[str, bytes]]
"""By their names: paths in a wheel, and sources."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Who imports whom, up to something that is forbidden: `why`, on a line of the last of these modules."""

    modules: tuple[str, ...]
    wanted: str
    why: str
    line: int

    def __str__(self) -> str:
        return f"{' -> '.join((*self.modules, self.wanted))}, line {self.line} of {self.modules[-1]}"


def modules_of(sources: Mapping[str, bytes]) -> dict[str, tuple[str, bytes]]:
    """The modules of a wheel's .py files."""
    names = (path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in sources)
    return dict(zip(names, sources.items(), strict=True))


def check_chains(source: bytes, file: str, modules: Modules) -> None:
    """Raises PolicyError for the first import of a policy that comes to something forbidden by way of `modules`."""
    try:
        imports = read_imports(source)
    except (SyntaxError, ValueError):
        return  # running it tells this with its line
    for wanted in imports:
        if not wanted.optional and (chain := find_chain(wanted, modules)):
            what = f"import of {wanted.module!r} comes to {chain.wanted!r} ({chain}), {chain.why}"
            raise PolicyError(what, mend=MEND, file=file, line=wanted.line)


def find_chain(wanted: Import, modules: Modules) -> Chain | None:
    """How this import, by its whole name, comes to something that is forbidden; the shortest way, or None."""
    ways: dict[str, tuple[str, ...]] = {name: (name,) for name in named(wanted, modules)}
    waiting = list(ways)
    for name in waiting:  # grows
        path, source = modules[name]
        for each in sure_imports(path, source):
            if why := _refusal(each, source):
                return Chain(ways[name], each.module, why, each.line)
            for further in named(each, modules):
                if further not in ways:
                    ways[further] = (*ways[name], further)
                    waiting.append(further)
    return None


@cache  # a build asks for each import of a wheel, and the ways meet
def sure_imports(path: str, source: bytes) -> tuple[Import, ...]:
    """What a module imports whatever happens, by whole names."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return ()  # whoever imports it is told
    lines = {node.lineno for node in body if isinstance(node, ast.Import | ast.ImportFrom)}
    return tuple(each for each in whole_names(read_imports(source), path) if each.line in lines)


def is_refused(wanted: Import, source: bytes, modules: Modules) -> bool:
    """Whether this import, in a module of a wheel, is forbidden or comes to what is."""
    return bool(_refusal(wanted, source) or find_chain(wanted, modules))


def named(wanted: Import, modules: Modules) -> Iterator[str]:
    """The modules that an import imports: all packages on the way, and what is taken if that is a module."""
    steps = wanted.module.split(".")
    names = [".".join(steps[:end]) for end in range(1, len(steps) + 1)]
    yield from (name for name in [*names, *(f"{wanted.module}.{taken}" for taken in wanted.names)] if name in modules)


def _refusal(wanted: Import, source: bytes) -> str:
    """Why a module of a wheel may not have this; empty if it may."""
    if wanted.module in LOCKS and not _starts_threads(source):
        return ""
    what, _ = forbidden(wanted) or ("", "")
    return what


def _starts_threads(source: bytes) -> bool:
    return any(_is_starter(node) for node in ast.walk(ast.parse(source)))


def _is_starter(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(module), attr=name):
            return module in LOCKS and name in STARTERS
        case ast.ImportFrom(module=module, names=aliases):
            return module in LOCKS and any(alias.name in STARTERS for alias in aliases)
    return False
