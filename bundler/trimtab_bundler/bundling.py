"""One script out of many modules: esbuild joins them and leaves out what nobody uses, terser shortens what is left.

Terser is there for its names: it calls the first parameter of each function alike, so that what looks alike is alike,
which brotli likes. After esbuild's own shortening that takes a fifteenth of what browsers load.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import PIN_FILES, PINS, Packages, run_node
from trimtab_bundler.source_map import split_by_source

CLASSIC: Final = "--format=iife"
MODULE: Final = "--format=esm"
JOIN: Final = (
    "--bundle",
    "--minify",
    "--target=es2022",  # what every browser has that can run the wasm
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=error",
    "--sourcemap=external",
)
SHORTEN: Final = ("--compress", "passes=2,ecma=2020", "--mangle", "--ecma", "2020")
TIMEOUT_S: Final = 60.0


HOLE: Final = b"globalThis.TRIMTAB_CONFIG"
"""Stands in a script for what differs from site to site: that is put in when the rest has been made, once for all."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script as browsers load it. `parts`: what of it comes from which module, by the module's path."""

    content: bytes
    parts: Mapping[str, bytes]

    def filled(self, expression: str) -> "Script":
        """With this in its only hole."""
        before, hole, after = self.content.partition(HOLE)
        if not hole or HOLE in after or not before.endswith((b"=", b"(", b",", b":", b"[")):
            raise TrimtabError("a script has no place for the site's configuration; please report this")
        fill = expression.encode()
        parts = {name: part.replace(HOLE, fill) for name, part in self.parts.items()}
        return Script(before + fill + after, parts)


@dataclass(frozen=True, slots=True)
class Bundler:
    """Makes scripts of the agent's modules; what was made before comes from the cache."""

    packages: Packages
    cache: Cache

    def bundle(self, entry: str, options: Sequence[str], replaced: Mapping[str, bytes]) -> Script:
        """The module `entry` with all that it imports; `replaced` are modules in other words, by path.

        Raises TrimtabError.
        """
        modules = {**_modules(files("trimtab.browser")), **replaced}
        pins = [(PINS / name).read_bytes() for name in PIN_FILES]
        state = hashlib.sha256(json.dumps([entry, *JOIN, *options, *SHORTEN]).encode())
        for content in (*pins, *(part for name in sorted(modules) for part in (name.encode(), modules[name]))):
            state.update(hashlib.sha256(content).digest())
        made = self.cache.blob("script", state.hexdigest(), lambda: self._make(entry, options, modules))
        content, parts = json.loads(made)
        return Script(content.encode(), {name: part.encode() for name, part in parts.items()})

    def _make(self, entry: str, options: Sequence[str], modules: Mapping[str, bytes]) -> bytes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for path, content in modules.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
            joined, short = folder / "joined.js", folder / "short.js"
            _run("bundle", entry, [self.packages.esbuild, folder / entry, *JOIN, *options, f"--outfile={joined}"])
            kind = ["--module"] if MODULE in options else []
            source = ["--source-map", f"content='{joined}.map'"]
            _run("shorten", entry, [self.packages.terser, joined, *kind, *SHORTEN, *source, "--output", short])
            text, source_map = short.read_text(), json.loads(Path(f"{short}.map").read_bytes())
        return json.dumps([text, split_by_source(text, source_map)]).encode()


def _run(verb: str, entry: str, arguments: Sequence[Any]) -> None:
    tool = arguments[0].name
    ended = run_node([str(each) for each in arguments], timeout_s=TIMEOUT_S)
    if ended.returncode != 0:
        why = " ".join(ended.stderr.split())[:300]
        raise TrimtabError(f"{tool} cannot {verb} {entry} ({why}); check that trimtab-agent is whole")


def _modules(folder: Traversable, under: str = "") -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= _modules(entry, f"{under}{entry.name}/")
        elif entry.name.endswith(".js"):
            found[f"{under}{entry.name}"] = entry.read_bytes()
    return found
