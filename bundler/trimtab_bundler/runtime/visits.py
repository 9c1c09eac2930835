"""What a site's own visitors do, made up: visits that a policy is watched with, as node/watch.mjs plays them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from trimtab.messages.rows import NAMED
from trimtab.policy import Policy
from trimtab.values import Event
from trimtab.visitors.draws import seeded
from trimtab.visitors.pages import page_of
from trimtab.visitors.people import PEOPLE
from trimtab.visitors.replay import showing_arm
from trimtab.visitors.simulate import simulate

EVERYTHING: Final = {"observe": True, "adapt": True, "remember": True, "share": True}
DAY: Final = 20_000
SEED: Final = "00112233445566778899aabbccddeeff"
GATHERED_MS: Final = 300.0
"""How long the page gathers what goes on before it tells it."""
MOST_EVENTS: Final = 3_000
"""Of a visit: what comes later is more of the same."""


def made_up_visits(policy: Policy, declaration: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One visit of each kind of people, of whom every second sees the first arm that shows anything."""
    page = page_of(policy)
    for number, person in enumerate(PEOPLE):
        events = list(islice(simulate(person, page, seeded(number)), MOST_EVENTS))
        names = {event.name: place for place, event in enumerate(events) if event.kind in NAMED}
        arm = showing_arm(policy) if number % 2 else None
        yield {
            "options": {"consent": EVERYTHING, "seed": SEED, "arm": arm, "day": DAY, "origin_ms": 0},
            "names": [[place, name] for name, place in names.items()],
            "batches": list(_batches(events, names)),
            "ticket": _ticket(declaration),
        }


def _batches(events: Sequence[Event], names: Mapping[str, int]) -> Iterator[list[list[float]]]:
    batch: list[list[float]] = []
    for event in events:
        if batch and event.t_ms >= batch[0][1] + GATHERED_MS:
            yield batch
            batch = []
        first = names[event.name] if event.kind in NAMED else event.a
        batch.append([event.kind, event.t_ms, event.target, first, event.b, event.c])
    if batch:
        yield batch


def _ticket(declaration: Mapping[str, Any]) -> dict[str, Any] | None:
    """The day's question, as a page draws it; None if the policy asks nothing."""
    if not declaration["questions"]:
        return None
    experiment, width = declaration["arms"][-1]["experiment"], declaration["questions"][0]["width"]
    return {"id": "00" * 16, "day": DAY, "question": 0, "experiment": experiment, "offsets": list(range(width))}
