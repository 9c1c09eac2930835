"""The engine of a lean runtime: Pyodide's script and WebAssembly after all passes. Made once per user and Pyodide."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import Packages, run_node
from trimtab_bundler.probe import SCRIPTS
from trimtab_bundler.runtime.prune import drop_data, empty_relocations, keep_exports
from trimtab_bundler.runtime.script import as_module, base_of_data, reduce_script
from trimtab_bundler.runtime.sections import emit, exports, imports, parse
from trimtab_bundler.runtime.statics import Statics
from trimtab_bundler.runtime.tables import find_tables
from trimtab_bundler.runtime.texts import DEFINING, drop_texts, read_definitions
from trimtab_bundler.runtime.watch import watch_entries

SCRIPT: Final = "pyodide.asm.js"
WASM: Final = "pyodide.asm.wasm"
LOADER: Final = "pyodide.mjs"
WHOLE: Final = "whole"
"""The folder with the engine as it is started at build, with data: under Pyodide's names for Pyodide's loader."""
LEAN_SCRIPT: Final = "lean.mjs"
LEAN_WASM: Final = "lean.wasm"
WATCHED_WASM: Final = "watched.wasm"
"""The same, whose functions tell that they were entered: for the build alone."""
TABLES: Final = "tables.json"
"""Modules with tables that nobody else reads, for `node/freeze.mjs`."""
UNIT_DIGITS: Final = 32
TIMEOUT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Engine:
    """A folder with the engine, for the build and for browsers. `unit` is the hash of what browsers get."""

    folder: Path

    @property
    def whole(self) -> Path:
        """The folder for Pyodide's own loader."""
        return self.folder / WHOLE

    @property
    def script(self) -> bytes:
        """The module that browsers import."""
        return (self.folder / LEAN_SCRIPT).read_bytes()

    @property
    def wasm(self) -> bytes:
        """What browsers compile."""
        return (self.folder / LEAN_WASM).read_bytes()

    @property
    def unit(self) -> str:
        """The hash of both, as the script tells it."""
        return (self.folder / "unit").read_text()


def make_engine(packages: Packages, cache: Cache) -> Engine:
    """The engine of these packages. Raises TrimtabError if this Pyodide is not laid out as the passes know it."""
    inputs = [(packages.pyodide / name).read_bytes() for name in (SCRIPT, WASM, LOADER)]
    inputs += [(SCRIPTS / name).read_bytes() for name in DEFINING]
    state = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in [*inputs, sources_of_passes()]))
    return Engine(cache.folder("engine", state.hexdigest(), lambda folder: _fill(folder, packages)))


def sources_of_passes() -> bytes:
    """All of this package: what it makes is made anew when it changes."""
    own = files("trimtab_bundler.runtime")
    return b"\0".join(each.read_bytes() for each in sorted(own.iterdir(), key=str) if each.name.endswith(".py"))


def _fill(folder: Path, packages: Packages) -> None:
    lines = _esbuild(packages, (packages.pyodide / SCRIPT).read_bytes(), [])
    module = parse((packages.pyodide / WASM).read_bytes())
    script = reduce_script(
        lines.decode(),
        (packages.pyodide / LOADER).read_text(),
        {name for _, name, _ in imports(module)},
        {export.name for export in exports(module)},
    )
    statics, base = Statics(module), base_of_data(script.text)
    texts_dropped = drop_texts(statics, read_definitions(packages.pyodide, base))
    whole = keep_exports(texts_dropped, script.exports)
    lean = emit(drop_data(empty_relocations(whole)))
    unit = hashlib.sha256(hashlib.sha256(lean).digest() + script.text.encode()).hexdigest()[:UNIT_DIGITS]
    (folder / WHOLE).mkdir()
    (folder / WHOLE / SCRIPT).write_text(script.text)
    (folder / WHOLE / WASM).write_bytes(emit(whole))
    minified = _esbuild(packages, as_module(script.text, unit).encode(), ["--minify", "--format=esm"])
    (folder / LEAN_SCRIPT).write_bytes(minified)
    (folder / LEAN_WASM).write_bytes(lean)
    (folder / WATCHED_WASM).write_bytes(emit(watch_entries(parse(lean))))
    (folder / "unit").write_text(unit)
    tables = [
        {
            "module": table.module,
            "definition": base + table.definition,
            "ranges": [[base + begin, base + end] for begin, end in (*table.indices, *table.maps)],
        }
        for table in find_tables(statics)
    ]
    (folder / TABLES).write_text(json.dumps(tables))


def _esbuild(packages: Packages, source: bytes, options: Sequence[str]) -> bytes:
    """The script as esbuild prints it. It follows the browsers that the tag is for."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "given.js"), Path(folder, "made.js")
        given.write_bytes(source)
        fixed = ["--target=es2022", "--charset=utf8", "--legal-comments=none", "--log-level=error"]
        ended = run_node(
            [str(packages.esbuild), str(given), *fixed, *options, f"--outfile={made}"], timeout_s=TIMEOUT_S
        )
        if ended.returncode != 0:
            raise TrimtabError(f"esbuild cannot read Pyodide's script ({' '.join(ended.stderr.split())[:300]})")
        return made.read_bytes()
