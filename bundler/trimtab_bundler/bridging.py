"""Whether a site's `dataLayer` hears of decisions and tells of events: the table [data_layer] of trimtab.toml.

Off unless the table is there: what stands in a dataLayer is read by every script of the page, and sent on by most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trimtab_bundler.mistakes import Mistake
from trimtab_bundler.rendering import render_config

TABLE: Final = "data_layer"
KEYS: Final = ("decisions", "events")
KINDS: Final = ("goal", "event")
EXAMPLE: Final = 'purchase = { goal = "bought", value = "ecommerce.value" }'


@dataclass(frozen=True, slots=True)
class Bridge:
    """`decisions`: segments, adjustments and undos are pushed. `events`: what each event of the dataLayer is here, as
    (kind, name, path to its number or "")."""

    decisions: bool
    events: Mapping[str, tuple[str, str, str]]

    @property
    def goals(self) -> frozenset[str]:
        """The goals that it reaches."""
        return frozenset(name for kind, name, _ in self.events.values() if kind == "goal")


def read_bridge(table: object, mistake: Mistake) -> Bridge | None:
    """What [data_layer] says; None without it."""
    if table is None:
        return None
    if not isinstance(table, dict):
        mistake((TABLE,), f"[{TABLE}] is no table", f"write [{TABLE}] on a line of its own")
    for key in table:
        if key not in KEYS:
            mistake((TABLE, key), f"[{TABLE}] {key} is not known", f"use {', '.join(KEYS)}")
    decisions, events = table.get("decisions", False), table.get("events", {})
    if not isinstance(decisions, bool):
        mistake((TABLE, "decisions"), f"[{TABLE}] decisions is {decisions!r}", "write true or false")
    if not isinstance(events, dict):
        mistake((TABLE, "events"), f"[{TABLE}] events is {events!r}", f"write [{TABLE}.events] and below it {EXAMPLE}")
    return Bridge(decisions, {name: _event(name, entry, mistake) for name, entry in events.items()})


def render_bridge(bridge: Bridge | None) -> str:
    """The module that takes the place of page/bridge.js."""
    if bridge is None:
        return "export const bridge = () => {};\n"
    settings = render_config({"decisions": bridge.decisions, "events": bridge.events})
    start = f"export const bridge = (scope) => bridgeDataLayer({settings}, scope);"
    return f'import {{ bridgeDataLayer }} from "./data_layer.js";\n{start}\n'


def _event(name: str, entry: Any, mistake: Mistake) -> tuple[str, str, str]:
    place = (TABLE, "events", name)
    known = {**entry} if isinstance(entry, dict) else {}
    kinds = [kind for kind in KINDS if kind in known]
    texts = all(isinstance(word, str) and word for word in known.values())
    if len(kinds) != 1 or not texts or known.keys() - {*KINDS, "value"}:
        mistake(place, f"[{TABLE}.events] {name} is {entry!r}", f"write it as {EXAMPLE}")
    return kinds[0], known[kinds[0]], known.get("value", "")
