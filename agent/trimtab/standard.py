"""The questions that every policy can ask by name, without a line of Python: `Policy("my-site", built_in=[...])`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trimtab.declared import Asker
from trimtab.places import Place
from trimtab.scales import RATING, YES, Number, Scale, number
from trimtab.visitor import Outcome

ENGAGED_S: Final = 10
"""A visit of ten seconds or one that reaches a goal is engaged (Google Analytics 4, "engaged session")."""
ATTENDED_EDGES_S: Final = (10, 30, 60, 180)
"""From a glance to a long read; the first is where a visit counts as engaged; ours."""
ATTENDED_STAND_FOR_S: Final = (5, 20, 45, 120, 300)
DEPTH_EDGES_PERCENT: Final = (25, 50, 75, 90)
"""Quarters, and the 90 % at which Google Analytics 4 counts a page as scrolled."""
SURVEY: Final = "satisfaction"
"""The event by which a survey on the page tells its answer: `trimtab.event("satisfaction", 4)`."""


def engaged(outcome: Outcome) -> bool:
    """Stayed for ten attended seconds, or reached a goal."""
    return outcome.converted or outcome.attended_s >= ENGAGED_S


def bounced(outcome: Outcome) -> bool:
    """Was not engaged."""
    return not engaged(outcome)


def converted(outcome: Outcome) -> bool:
    """Reached any goal of the policy."""
    return outcome.converted


def attended(outcome: Outcome) -> Number:
    """Seconds of attention to the page."""
    return outcome.attended_s


def depth(outcome: Outcome) -> Number:
    """Percent of the page that came into view."""
    return outcome.scroll.depth * 100


def satisfaction(outcome: Outcome) -> Number:
    """What the visitor answered to the site's survey, 1 to 5."""
    return outcome.event(SURVEY).last


def undone(outcome: Outcome) -> bool:
    """The visitor took a change back."""
    return outcome.undone


def misfire(outcome: Outcome) -> bool:
    """The page took a change back, or it could not be made."""
    return outcome.misfired


_HERE: Final = Place("standard.py", 1)

BUILT_IN: Final[Mapping[str, tuple[Asker, Scale]]] = MappingProxyType(
    {
        "engaged": (engaged, YES),
        "bounced": (bounced, YES),
        "converted": (converted, YES),
        "attended": (attended, number(_HERE, "attended", ATTENDED_EDGES_S, "s", ATTENDED_STAND_FOR_S)),
        "depth": (depth, number(_HERE, "depth", DEPTH_EDGES_PERCENT, "%", (12.5, 37.5, 62.5, 82.5, 95))),
        "satisfaction": (satisfaction, RATING),
        "undone": (undone, YES),
        "misfire": (misfire, YES),
    }
)
"""Function and scale of each, by its name."""

OPPOSITES: Final = ("engaged", "bounced")
"""Two names of one number: asking both would halve the reports about each."""
