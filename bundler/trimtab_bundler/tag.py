"""The scripts of a pack: the tag with the site's configuration in it, and what it loads: the visit, worker, panel."""

import tempfile
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab_bundler.bridging import Bridge, render_bridge
from trimtab_bundler.consenting import Source, render_sources
from trimtab_bundler.npm import Packages, run_node
from trimtab_bundler.rendering import render_config, render_kinds, render_table

TAG: Final = "page/tag.js"
CONFIG: Final = "page/config.js"
SOURCES: Final = "page/consent/sources.js"
ADJUST: Final = "page/adjust"
HEAD: Final = "page/head.js"
BRIDGE: Final = "page/bridge.js"
VISIT: Final = "page/visit.js"
WORKER: Final = "worker.js"
PANEL: Final = "panel/panel.js"
SURVEY: Final = "panel/survey/survey.js"
DRAW: Final = "page/draw/draw.js"
TABLE: Final = "page/draw/table.js"
RECORDING: Final = "page/recording.js"
OPTIONS: Final = (
    "--bundle",
    "--minify",
    "--target=es2022",  # what every browser has that can run the wasm
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=error",
)
CLASSIC: Final = "--format=iife"
MODULE: Final = ("--format=esm", "--external:*/pyodide.mjs")  # the runtime's loader is imported where the pack lies
TIMEOUT_S: Final = 60.0


def bundle_tag(
    packages: Packages, config: Mapping[str, Any], consent: tuple[Source, ...] = (), bridge: Bridge | None = None
) -> bytes:
    """The tag as one classic script: with `config`, whom it asks for consent, its bridge."""
    replaced = {CONFIG: render_config(config), SOURCES: render_sources(consent), BRIDGE: render_bridge(bridge)}
    options = [CLASSIC, _define(preview=bool(config.get("preview")))]
    return _bundle(packages, TAG, options, {name: text.encode() for name, text in replaced.items()})


def bundle_visit(packages: Packages, kinds: AbstractSet[str], *, preview: bool) -> bytes:
    """The visit as one module, which the tag imports once it may observe: with these kinds of adjustments alone."""
    replaced = {f"{ADJUST}/kinds.js": _render_known(kinds).encode()}
    return _bundle(packages, VISIT, ["--format=esm", _define(preview=preview)], replaced)


def _define(*, preview: bool) -> str:
    return f"--define:globalThis.TRIMTAB_PREVIEW={'true' if preview else 'false'}"


def _render_known(kinds: AbstractSet[str]) -> str:
    """The module that takes the place of page/adjust/kinds.js. Raises TrimtabError for a kind that has no file."""
    folder = files("trimtab.browser").joinpath(ADJUST)
    for kind in kinds:
        script = folder.joinpath(f"{kind}.js")
        if not kind.isidentifier() or not script.is_file() or "export const KIND " not in script.read_text():
            raise TrimtabError(
                f"the visit has no file for adjustments of kind {kind!r}; check that trimtab-agent is whole"
            )
    return render_kinds(kinds)


def bundle_head(packages: Packages) -> str:
    """The optional script in the head of each page, which begins with what the page before showed; one line."""
    return _bundle(packages, HEAD, [CLASSIC], {}).decode().strip()


def bundle_worker(packages: Packages) -> bytes:
    """The worker as one module."""
    return _bundle(packages, WORKER, MODULE, {})


def bundle_panel(packages: Packages) -> bytes:
    """The panel as one module, which the tag imports when somebody asks for it."""
    return _bundle(packages, PANEL, ("--format=esm",), {})


def bundle_survey(packages: Packages) -> bytes:
    """The survey as one module, which the visit imports when it is about a rating."""
    return _bundle(packages, SURVEY, ("--format=esm",), {})


def bundle_draw(packages: Packages, table: Mapping[str, Any] | None) -> bytes:
    """The draw of a report as one module, with the policy's table, which the tag imports when somebody shares."""
    return _bundle(packages, DRAW, ("--format=esm",), {TABLE: render_table(table).encode()})


def bundle_recording(packages: Packages, config: Mapping[str, Any]) -> bytes:
    """The tag's observing part alone, as one classic script: for `trimtab record`, never for a pack."""
    script = files("trimtab_bundler").joinpath("recording.js").read_bytes()
    replaced = {CONFIG: render_config(config).encode(), RECORDING: script}
    return _bundle(packages, RECORDING, [CLASSIC], replaced)


def _bundle(
    packages: Packages, entry: str, options: "list[str] | tuple[str, ...]", replaced: dict[str, bytes]
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        _copy_scripts(files("trimtab.browser"), Path(folder))
        for name, content in replaced.items():
            Path(folder, name).write_bytes(content)
        made = Path(folder, "made.js")
        ended = run_node(
            [str(packages.esbuild), str(Path(folder, entry)), *OPTIONS, *options, f"--outfile={made}"],
            timeout_s=TIMEOUT_S,
        )
        if ended.returncode != 0:
            why = " ".join(ended.stderr.split())[:300]
            raise TrimtabError(f"esbuild cannot bundle {entry} ({why}); check that trimtab-agent is whole")
        return made.read_bytes()


def _copy_scripts(source: Traversable, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy_scripts(entry, target / entry.name)
        elif entry.name.endswith(".js"):
            (target / entry.name).write_bytes(entry.read_bytes())
