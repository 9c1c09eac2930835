"""The scripts of a pack: the tag with the site's configuration in it, and what it loads: the visit, worker, panel."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from importlib.resources import files
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab_bundler.bridging import Bridge, render_bridge
from trimtab_bundler.bundling import CLASSIC, HOLE, MODULE, Bundler, Script
from trimtab_bundler.consenting import Source, render_sources
from trimtab_bundler.rendering import render_config, render_kinds

TAG: Final = "page/tag.js"
CONFIG: Final = "page/config.js"
SOURCES: Final = "page/consent/sources.js"
ADJUST: Final = "page/adjust"
HEAD: Final = "page/head.js"
BRIDGE: Final = "page/bridge.js"
VISIT: Final = "page/visit.js"
WORKER: Final = "worker.js"
WORKER_CONFIG: Final = "worker/config.js"
PANEL: Final = "panel/panel.js"
SURVEY: Final = "panel/survey/survey.js"
RECORDING: Final = "page/recording.js"
HOLLOW: Final = b"export const CONFIG = %s;" % HOLE
LOADER: Final = "--external:*/pyodide.mjs"
"""The runtime's own, which the worker imports where the pack lies."""


def bundle_tag(
    bundler: Bundler, config: Mapping[str, Any], consent: tuple[Source, ...] = (), bridge: Bridge | None = None
) -> Script:
    """The tag as one classic script: with `config`, whom it asks for consent, its bridge."""
    replaced = {SOURCES: render_sources(consent), BRIDGE: render_bridge(bridge)}
    options = [CLASSIC, *_define(preview=bool(config.get("preview")))]
    modules = {CONFIG: HOLLOW, **{name: text.encode() for name, text in replaced.items()}}
    return bundler.bundle(TAG, options, modules).filled(render_config(config))


def bundle_visit(bundler: Bundler, kinds: AbstractSet[str], *, preview: bool, **has: bool) -> Script:
    """The visit as one module, which the tag imports once it may observe: with these kinds of adjustments alone.

    `has`: what else the site has, each a constant of `ambient.d.ts`; what it has not is not in the script.
    """
    replaced = {f"{ADJUST}/kinds.js": _render_known(kinds).encode()}
    return bundler.bundle(VISIT, [MODULE, *_define(preview=preview, **has)], replaced)


def _define(**has: bool) -> list[str]:
    return [f"--define:globalThis.TRIMTAB_{name.upper()}={str(is_so).lower()}" for name, is_so in has.items()]


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


def bundle_head(bundler: Bundler) -> str:
    """The optional script in the head of each page, which begins with what the page before showed; one line."""
    return bundler.bundle(HEAD, [CLASSIC], {}).content.decode().strip()


def bundle_worker(bundler: Bundler, config: Mapping[str, Any]) -> Script:
    """The worker as one module, with what it has to know of its pack."""
    return bundler.bundle(WORKER, [MODULE, LOADER], {WORKER_CONFIG: HOLLOW}).filled(render_config(config))


def bundle_panel(bundler: Bundler) -> Script:
    """The panel as one module, which the tag imports when somebody asks for it."""
    return bundler.bundle(PANEL, [MODULE], {})


def bundle_survey(bundler: Bundler) -> Script:
    """The survey as one module, which the visit imports when it is about a rating."""
    return bundler.bundle(SURVEY, [MODULE], {})


def bundle_recording(bundler: Bundler, config: Mapping[str, Any]) -> Script:
    """The tag's observing part alone, as one classic script: for `trimtab record`, never for a pack."""
    script = files("trimtab_bundler").joinpath("recording.js").read_bytes()
    return bundler.bundle(RECORDING, [CLASSIC], {CONFIG: HOLLOW, RECORDING: script}).filled(render_config(config))
