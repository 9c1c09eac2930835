"""Simulated visitors do what their names say, as the signals of the real pipeline see it: seeded visits to one page."""

from functools import cache
from typing import Final

import pytest

from tests.agent.making import open_visit
from trimtab import Policy
from trimtab.values import NO_TARGET, Gauge, Measure, Missing
from trimtab.visitors.draws import seeded
from trimtab.visitors.people import PEOPLE
from trimtab.visitors.scene import DEFAULT_PAGE
from trimtab.visitors.simulate import simulate

VISITS: Final = 12
NOBODY, HALF, MOST, EVERYBODY = (0, 0), (5, 12), (9, 12), (12, 12)
"""How many of the visits show a sign, at least and at most."""
TARGETS: Final = {name: index for index, (name, _) in enumerate(DEFAULT_PAGE.targets)} | {"page": NO_TARGET}
SIGNS: Final = {
    "comes to the end": ("scroll.depth", "page", 0.99),
    "passes words faster than anybody reads": ("reading.words_per_minute", "story", 450),
    "passes words no faster than some can read": ("reading.words_per_minute", "story", -400),
    "hesitates at the button": ("approach.hesitation_s", "buy", 5),
    "comes to the button again and again": ("hover.count", "buy", 1),
    "looks at a thing again and again": ("dwell.visits", "buy", 2),
    "corrects what was typed": ("form.corrections", "field", 1),
    "comes back to the field": ("form.returns", "field", 0),
    "clicks in rage": ("frustration.rage_clicks", "page", 0),
    "clicks what does not answer": ("frustration.dead_clicks", "page", 0),
    "searches up and down": ("frustration.excessive_scrolls", "page", 0),
    "leaves and is back at once": ("frustration.quick_backs", "page", 0),
    "is there for less than two minutes": ("attention.attended_s", "page", -120),
}
"""A quantity of a target above a limit; a limit below zero means less than so much."""
SHOWS: Final = {
    ("skimmer", "passes words faster than anybody reads"): MOST,
    ("skimmer", "comes to the end"): EVERYBODY,
    ("skimmer", "clicks in rage"): NOBODY,
    ("deep-reader", "passes words no faster than some can read"): EVERYBODY,
    ("deep-reader", "is there for less than two minutes"): NOBODY,
    ("deep-reader", "searches up and down"): NOBODY,
    ("hesitant-shopper", "hesitates at the button"): MOST,
    ("hesitant-shopper", "comes to the button again and again"): EVERYBODY,
    ("hesitant-shopper", "clicks in rage"): NOBODY,
    ("comparer", "looks at a thing again and again"): MOST,
    ("form-struggler", "corrects what was typed"): MOST,
    ("form-struggler", "comes back to the field"): HALF,
    ("form-struggler", "clicks in rage"): NOBODY,
    ("frustrated", "clicks in rage"): HALF,
    ("frustrated", "clicks what does not answer"): MOST,
    ("frustrated", "searches up and down"): HALF,
    ("frustrated", "leaves and is back at once"): HALF,
    ("idle-tab", "is there for less than two minutes"): EVERYBODY,
    ("keyboard-user", "clicks in rage"): NOBODY,
}
NEVER: Final = {
    # a finger has no hover, and who has no pointer has no path: unknown, which is not nought
    "touch-user": ("hover.count", "typing.interval_ms"),
    "keyboard-user": ("hover.count", "pointer.speed_px_s", "pointer.path_px", "approach.distance_px"),
}


@cache
def gauges(visitor: str) -> list[Gauge]:
    """What the signals know at the end of each visit."""
    policy = Policy("signs", typing=True)
    for name, selector in DEFAULT_PAGE.targets:
        policy.target(name, selector)
    ends = []
    for seed in range(VISITS):
        visit, events = open_visit(policy), simulate(visitor, DEFAULT_PAGE, seeded(seed))
        for event in events:
            visit.step([event], event.t_ms)
        ends.append(visit.signals.gauge(events[-1].t_ms))
    return ends


def shows(gauge: Gauge, sign: str) -> bool:
    quantity, target, limit = SIGNS[sign]
    reading = gauge(quantity, TARGETS[target], "")
    return isinstance(reading, Measure) and (reading.value > limit if limit >= 0 else reading.value < -limit)


@pytest.mark.parametrize(("visitor", "sign"), SHOWS, ids=lambda name: name)
def test_who_is_called_so_behaves_so(visitor: str, sign: str) -> None:
    least, most = SHOWS[visitor, sign]
    assert least <= sum(shows(gauge, sign) for gauge in gauges(visitor)) <= most


@pytest.mark.parametrize("visitor", NEVER)
def test_what_a_visitor_does_not_have_stays_unknown(visitor: str) -> None:
    for quantity in NEVER[visitor]:
        target = NO_TARGET if quantity.startswith(("pointer.", "typing.")) else TARGETS["buy"]
        assert all(isinstance(gauge(quantity, target, ""), Missing) for gauge in gauges(visitor))


def test_every_kind_of_visitor_is_known_by_something() -> None:
    assert {visitor for visitor, _ in SHOWS} | set(NEVER) == set(PEOPLE)
