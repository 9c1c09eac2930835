"""A policy in which every kind of part has something to do, and visits to it that are made up."""

import random
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from tests.agent.making import PAGE
from tests.agent.signals.test_signals import READINGS
from tests.agent.test_pipeline_properties import ANY_GAPS_MS, CAP, CAP_PER_MINUTE, CAP_PER_VISIT, GRID_GAPS_MS, events
from trimtab import Outcome, Policy, Visitor, adjust, seconds
from trimtab.declared import Rule, Segment, Smoothing, exponential_average, hampel, moving_average, windowed_median
from trimtab.keeping import is_part
from trimtab.messages import FEEDBACK, NAMED
from trimtab.models import Cluster, Tree
from trimtab.pipeline import Visit
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.ticket import Ticket
from trimtab.values import NO_TARGET, Event, Kind, Measure, Missing

SMOOTHINGS: Mapping[str, Smoothing] = {
    "moving-average": moving_average(seconds(1)),
    "exponential-average": exponential_average(half_life=seconds(0.5)),
    "windowed-median": windowed_median(seconds(1)),
    "hampel": hampel(seconds(1)),
}
PAGE_WIDE = ("grid.", "scroll.", "pointer.", "typing.", "frustration.", "attention.")


def everything(smoothing: str = "moving-average") -> Policy:
    """Segments of every kind, exclusive ones among them; rules that are functions, one of which fails; one group."""
    policy = Policy(
        "everything",
        cap_per_visit=CAP_PER_VISIT,
        cap_per_minute=CAP_PER_MINUTE,
        smoothing=SMOOTHINGS[smoothing],
        typing=True,
    )
    story, box = policy.target("story", ".story"), policy.target("box", "#box")
    policy.goal("bought")

    def segment(name: str, rule: Rule, enter_s: float = 0.2, leave_s: float = 0.5) -> Segment:
        def named(v: Visitor) -> Any:
            return rule(v)

        named.__name__ = name
        return policy.segment(enter_after=seconds(enter_s), leave_after=seconds(leave_s))(named)

    moving = segment("moving", lambda v: v.scroll.speed_px_s > 50)
    staying = segment("staying", lambda v: v.dwell(story).attended_s > 1.5 and v.visible(story) > 0.1, 0.3, 3)
    deep = segment(
        "deep",
        Tree(
            [lambda v: v.scroll.position, lambda v: v.event("quiz").count],
            [0, 1, 0, 0, 0], [0.2, 1.5, 0, 0, 0], [1, 3, -1, -1, -1], [2, 4, -1, -1, -1],
            [False, False, True, False, True],
        ),
    )  # fmt: skip
    near = segment("near", Cluster([lambda v: v.visible(box), lambda v: v.scroll.depth], [[0, 0], [1, 1]], [1, 1], 1))
    policy.exclusive(moving, staying)
    policy.exclusive(staying, near)
    limits: dict[str, Any] = {"cap": CAP, "show_for": seconds(2), "cooldown": seconds(1)}
    rules: list[tuple[Segment | Rule, dict[str, Any]]] = [
        (moving, {}),
        (staying, {"group": "pair"}),
        (lambda v: v.visible(box) > 0.5, {"group": "pair"}),
        (lambda v: v.scroll.speed_px_s > 20 and v.event("sold").count < 3, {}),
        (near, {"under_pointer": True}),
        (deep, {}),
        (lambda v: bool(1 / (0 if v.clicks(box) > 3 else 1)) and v.typing.bursts >= 1, {}),
    ]
    made = [
        policy.adjust(
            f"a{number}", on=(story, box)[number % 2], when=rule, do=adjust.add_class(f"c{number}"),
            debounce=seconds(0.1 * number), **limits, **more,
        )
        for number, (rule, more) in enumerate(rules)
    ]  # fmt: skip
    policy.experiment("all", arms={"adaptive": made[:5], "control": []}, coverage=0.9)

    @policy.question(answers=("none", "short", "long", "bought"))
    def length(outcome: Outcome) -> str:
        if outcome.reached("bought"):
            return "bought"
        return "long" if outcome.attended_s > 5 or outcome.was(deep) else "short"

    policy.ask_cell()
    return policy


def ticket_of(policy: Policy) -> Ticket:
    return Ticket(
        bytes(16),
        20_780,
        policy.questions[0],
        policy.experiments[0],
        SubsetSelection(4, policy.questions[0].width),
        (1,),
    )


LAID_OUT = [
    PAGE,
    *(Event(Kind.LAYOUT, 0.0, target, 600.0 * target, 1_200.0, 300.0) for target in (0, 1)),
    *(Event(Kind.BOX, 0.0, target, 100.0 * target, 400.0) for target in (0, 1)),
]
TARGETED = {Kind.ENTER, Kind.LEAVE, Kind.FOCUS, Kind.BLUR, Kind.CLICK, Kind.INPUT, Kind.VISIBLE, Kind.BOX, Kind.LAYOUT}
OFTEN = [Kind.SCROLL, Kind.VISIBLE, Kind.VISIBLE, Kind.POINTER, Kind.UNDONE, Kind.UNDONE, Kind.EVENT, Kind.CLICK]
VALUES = st.sampled_from([0.0, 0.4, 0.6, 1.0, 3.0, 40.0, 700.0, 1_500.0])


@st.composite
def lively(draw: st.DrawFn) -> Event:
    """One event of any kind, hands and words oftener than in `events`; each with values."""
    kind = draw(st.sampled_from([*OFTEN, *OFTEN, *Kind]))
    target = draw(st.integers(0, 1)) if kind in TARGETED else NO_TARGET
    a, b, c = draw(VALUES), draw(VALUES), draw(st.sampled_from([0.0, 1.0, 2.0]))
    if kind in FEEDBACK:
        a, b = float(draw(st.integers(0, 6))), float(draw(st.integers(0, 2)))
    name = draw(st.sampled_from(["bought", "quiz", "sold"])) if kind in NAMED else ""
    return Event(kind, 0.0, target, min(a, 1.0) if kind is Kind.VISIBLE else a, b, c, name)


@st.composite
def pages(draw: st.DrawFn) -> list[Event]:
    """What happens on one page, in the order of its times."""
    gaps = draw(st.sampled_from([ANY_GAPS_MS, GRID_GAPS_MS]))
    following = st.tuples(draw(st.sampled_from([events(), lively()])), gaps)
    made, t_ms = [*LAID_OUT], 0.0
    for event, gap_ms in draw(st.lists(following, max_size=6) | st.lists(following, min_size=20, max_size=50)):
        t_ms += gap_ms
        made.append(event._replace(t_ms=t_ms))
    return made


def long_visit(number: int, *, seed: int = 0) -> Iterator[Event]:
    """So many events of all kinds, as they come from a visitor who does everything: seldom at rest, never far away."""
    chance = random.Random(seed)  # noqa: S311  the same visit every time
    yield from LAID_OUT
    t_ms, x, y, scroll_px = 0.0, 200.0, 300.0, 0.0
    for _ in range(number):
        t_ms += chance.choice([5.0, 16.7, 16.7, 50.0, 120.0, 400.0, 2_500.0])
        kind = chance.choice([*OFTEN, *OFTEN, *Kind, *([Kind.KEY, Kind.SCROLL, Kind.DEFERRED] * 5)])
        a, b, c = chance.choice([0.0, 0.4, 0.6, 1.0]), float(chance.randrange(3)), float(chance.randrange(2))
        if kind is Kind.POINTER:
            x, y = x + chance.uniform(-40, 40), y + chance.uniform(-40, 40)
            a, b, c = x, y, float(chance.random() < 0.02)
        elif kind is Kind.SCROLL:
            scroll_px = abs(scroll_px + chance.choice([-250.0, -250.0, 30.0, 250.0, 250.0]))
            a = scroll_px
        elif kind in (Kind.PAGE, Kind.RESIZE, Kind.LAYOUT, Kind.BOX, Kind.DOCUMENT):
            a, b, c = a * 100, 400.0 + 100 * b, 8_000.0 if kind is Kind.PAGE else 300.0 + 50 * b
        elif kind in FEEDBACK:
            a = float(chance.randrange(7))
        target = chance.randrange(2) if kind in TARGETED else NO_TARGET
        name = chance.choice(["bought", "quiz", "sold"]) if kind in NAMED else ""
        yield Event(kind, t_ms, target, a, b, c, name)


def readings(visit: Visit, now_ms: float) -> list[Measure | Missing]:
    """Every number that the visit can read now."""
    gauge = visit.signals.gauge(now_ms)
    read = []
    for quantity in READINGS:
        if quantity.startswith("named."):
            read += [gauge(quantity, NO_TARGET, name) for name in ("bought", "quiz", "sold", "never")]
        elif quantity.startswith(PAGE_WIDE):
            read.append(gauge(quantity, NO_TARGET, ""))
        else:
            read += [gauge(quantity, target, "") for target in (0, 1)]
    return read


FOR_EVER = [kind for kind in Kind if kind not in (Kind.PAGE, Kind.APPLIED, Kind.UNDONE, Kind.DEFERRED, Kind.FAILED)]


def busy(number: int, every_ms: float = 40.0) -> Iterator[Event]:
    """Events of every kind, with new names again and again, as long names as a page can give."""
    for n in range(number):
        kind = FOR_EVER[n * n % 31 % len(FOR_EVER)]
        a = n * 37 % 6_000 / 7 if kind is Kind.SCROLL else n % 5 / 4
        name = f"name{n}".ljust(100, "x") if kind in NAMED else ""
        yield Event(kind, every_ms * n / 3, n % 2, float(a), (n % 700 + 100) / 7, 1.0 if name else 0.0, name)


def parts_in(thing: Any) -> set[type]:
    """The classes of all parts in this one."""
    if isinstance(thing, list | tuple):
        return set().union(*map(parts_in, thing))
    if isinstance(thing, dict):
        return parts_in(list(thing.values()))
    if not is_part(thing):
        return set()
    return {type(thing)} | parts_in([getattr(thing, name) for name in type(thing).__slots__])


def whole_state(thing: Any) -> Any:
    """Everything in all slots, also in those that a class says it was given: to compare two visits with."""
    if is_part(thing):
        return {name: whole_state(getattr(thing, name)) for name in type(thing).__slots__}
    if isinstance(thing, list | deque):
        return [whole_state(item) for item in thing]
    if isinstance(thing, dict):
        return {key: whole_state(item) for key, item in thing.items()}
    return None if callable(thing) else thing
