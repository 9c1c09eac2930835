"""A visit that is saved between two steps and goes on in another one: what follows is the same to the byte."""

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agent.everything import (
    LAID_OUT,
    SMOOTHINGS,
    busy,
    everything,
    long_visit,
    pages,
    parts_in,
    readings,
    ticket_of,
    whole_state,
)
from tests.agent.making import PAGE, named, news, on_click, open_visit, says, visible
from tests.agent.test_pipeline_properties import one_by_one, run
from trimtab import Outcome, Visitor, seconds
from trimtab.errors import StateError, TrimtabError
from trimtab.keeping import kept_slots
from trimtab.pipeline import Visit
from trimtab.plain import Plain
from trimtab.policy import Policy
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.ticket import Ticket
from trimtab.values import Consent, Event, Kind, Reason

MAX_STATE_BYTES = 70_000
"""After an hour of everything with 256 names of 100 characters, which are half of it."""


def through_json(saved: Plain) -> Any:
    """As it comes back from strict JSON."""
    return json.loads(json.dumps(saved, allow_nan=False))


def begun(policy: Policy, arm: str = "all/adaptive") -> Visit:
    visit = open_visit(policy, arm=arm)
    visit.share(ticket_of(policy), 0)
    return visit


def gone_on(policy: Policy, visit: Visit, arm: str = "all/adaptive") -> Visit:
    """A fresh visit with the state of this one."""
    fresh = open_visit(policy, arm=arm)
    fresh.restore(through_json(visit.save()))
    return fresh


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_a_visit_that_was_saved_goes_on_as_if_nothing_had_happened(smoothing: str) -> None:
    policy = everything(smoothing)

    @settings(max_examples=20)
    @given(pages(), st.data())
    def check(made: list[Event], data: st.DataObject) -> None:
        cut = data.draw(st.integers(0, len(made)))
        arm = data.draw(st.sampled_from(["all/adaptive", "all/control", "holdout"]))
        now_ms = made[cut - 1].t_ms if cut else 0.0
        whole, first = begun(policy, arm), begun(policy, arm)
        for visit in (whole, first):
            run(visit, [(made[:cut], now_ms)])
        second = gone_on(policy, first, arm)

        assert whole_state(second) == whole_state(whole)
        assert readings(second, now_ms) == readings(whole, now_ms)
        rest = one_by_one(made)[cut:]
        assert repr(run(second, rest)) == repr(run(whole, rest))
        assert whole_state(second) == whole_state(whole)
        assert readings(second, 1e6) == readings(whole, 1e6)

    check()


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_all_that_a_long_visit_has_noticed_is_kept(smoothing: str) -> None:
    policy = everything(smoothing)
    before = begun(policy)
    before.step([*LAID_OUT, visible(100, 1, target=1)], 5_000)
    visit = open_visit(policy, arm="all/adaptive")
    visit.resume(before.carry(), 5_000, 0)
    for number, event in enumerate(long_visit(4_000)):
        visit.step([event], event.t_ms)
        if number % 500 == 400:
            visit.consent(Consent(observe=True, adapt=number % 1_000 == 900), event.t_ms)
        if number % 20 == 0 or number < 50:
            assert whole_state(gone_on(policy, visit)) == whole_state(visit)


@given(pages(), st.integers(0, 50), st.booleans())
def test_what_waits_to_be_told_is_kept_too(made: list[Event], cut: int, adapt: bool) -> None:
    policy = everything()
    whole, first = begun(policy), begun(policy)
    now_ms = made[:cut][-1].t_ms + 700 if cut else 0.0
    for visit in (whole, first):
        run(visit, [(made[:cut], made[:cut][-1].t_ms if cut else 0.0)])
        visit.consent(Consent(observe=True, adapt=adapt, share=not adapt), now_ms)
    second = gone_on(policy, first)

    assert repr(run(second, one_by_one(made)[cut:])) == repr(run(whole, one_by_one(made)[cut:]))


@pytest.mark.parametrize("smoothing", SMOOTHINGS)
def test_every_part_of_a_visit_says_what_of_it_is_kept(smoothing: str) -> None:
    visit = begun(everything(smoothing))
    run(visit, [(list(busy(500)), 7_000)])
    kinds = set(parts_in(visit))

    assert {kind.__name__ for kind in kinds} >= {
        "Visit", "Timeline", "Signals", "Segments", "Membership", "Rules", "Governor", "Ledger", "Calm", "Tally",
        "Observed", "Counts", "Count", "Pace", "Window",
    }  # fmt: skip
    for kind in kinds:
        assert kept_slots(kind) or kind.GIVEN  # type: ignore[attr-defined]  # a part


def test_the_state_of_a_visit_is_bounded() -> None:
    visit = begun(everything())
    sizes = []
    for n, event in enumerate(busy(3_600 * 25 // 5, every_ms=600.0)):  # an hour
        visit.step([event], event.t_ms)
        if n % 4_500 == 4_499:
            sizes.append(len(json.dumps(visit.save(), separators=(",", ":")).encode()))

    assert event.t_ms > 3_500_000
    assert max(sizes) < MAX_STATE_BYTES
    assert max(sizes[1:]) < 1.05 * min(sizes[1:])


def test_a_ticket_goes_on_with_the_same_coins() -> None:
    policy = everything()
    visit = begun(policy)
    visit.step([PAGE], 100)
    second = gone_on(policy, visit)

    bought = named(200, "bought", Kind.GOAL)
    assert second.step([bought], 300).report == visit.step([bought], 300).report is not None


def test_what_went_wrong_is_kept_too() -> None:
    policy, add = on_click()

    def fails(v: Visitor) -> bool:
        return bool(1 / (0 if v.clicks(policy.targets[0]) >= 1 else 1)) and v.visible(policy.targets[0]) > 0.5

    def asks(outcome: Outcome) -> str:
        return "yes" if fails(outcome) else "none"

    policy.segment(enter_after=seconds(0), leave_after=seconds(0))(fails)
    policy.question(answers=("none", "yes"))(asks)
    add("shown", lambda v: v.event("go").count >= 1)
    add("failing", fails)
    visit = open_visit(policy)
    question = policy.questions[0]
    noise = SubsetSelection(2, question.width, *policy.noise)
    visit.share(Ticket(bytes(16), 20_780, question, None, noise, noise.offsets(0)), 0)
    visit.step([PAGE, named(10, "go"), named(5, "late"), Event(Kind.CLICK, 20, 0)], 3_000)
    visit.step([says(Kind.FAILED, 3_100)], 3_100)

    assert (visit.governor._ledgers[0].rests_because, visit.timeline.misdated) == (Reason.NOTHING_TO_CHANGE, 1)
    assert visit.segments.errors * visit.rules.errors * visit.tally.errors > 0
    assert whole_state(gone_on(policy, visit, "everyone")) == whole_state(visit)


# What is refused


def saved_news() -> dict[str, Any]:
    visit = open_visit(news(), arm="summaries/adaptive")
    visit.step([PAGE, named(10, "quiz")], 5_000)
    saved: dict[str, Any] = through_json(visit.save())
    return saved


def change(path: str, value: Any) -> Callable[[dict[str, Any]], object]:
    """A change of one member, by its path."""

    def apply(saved: dict[str, Any]) -> None:
        *way, last = path.split(".")
        here: Any = saved
        for name in way:
            here = here[int(name) if name.isdigit() else name]
        here[int(last) if last.isdigit() else last] = value

    return apply


def stub(**damaged: Any) -> dict[str, Any]:
    """A ticket as it is kept, but for this."""
    return {"id": "00" * 16, "day": 1, "question": 0, "experiment": "", "offsets": [0], **damaged}


DAMAGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (change("v", 1), "the saved state has v 1, and this visit has 5"),
    (change("policy", "0" * 16), "the saved state has policy '0000000000000000', and this visit has"),
    (change("arms", "holdout"), "the saved state has arms 'holdout', and this visit has 'summaries/adaptive'"),
    (change("kind", "luggage"), "the saved state has kind 'luggage', and this visit has 'checkpoint'"),
    (lambda saved: saved.pop("visit"), "not an object with v, kind, policy, arms, ticket, visit"),
    (change("visit.timeline._clock_ms", "soon"), 'visit.timeline.clock_ms is "soon", not float'),
    (change("visit.timeline.misdated", 1.5), "visit.timeline.misdated is 1.5, not int"),
    (change("visit.timeline.misdated", True), "visit.timeline.misdated is true, not int"),
    (change("visit.timeline.misdated", 2**70), "not int"),
    (lambda saved: saved["visit"]["timeline"].pop("misdated"), "visit.timeline is .*, not an object with"),
    (change("visit.segments._members", []), r"visit.segments.members is \[\], not an array of 1"),
    (change("visit.governor._ledgers.0.rests_because", "mood"), 'ledgers\\[0\\].rests_because is "mood", not Reason'),
    (change("visit.governor._ledgers.0.last", ["held"]), "not tuple or NoneType"),
    (change("visit.signals._named._counts", [["quiz"]]), "not an array of 2"),
    (change("visit.signals._pointer", None), "visit.signals.pointer is null, not an object with"),
    (change("visit._sealed", "0g"), 'visit.sealed is "0g", not bytes or NoneType'),
    (change("ticket", stub(id="00")), "the ticket's id"),
    (change("ticket", stub(question=9)), "about question 9"),
    (change("ticket", stub(experiment="x")), "and 'x'"),
    (change("ticket", stub(offsets=[4])), "day or offsets are none"),
    (change("ticket", stub(offsets=[0, 1])), "day or offsets are none"),
]


@pytest.mark.parametrize(("spoil", "message"), DAMAGES, ids=[message for _, message in DAMAGES])
def test_a_state_that_does_not_fit_is_refused_and_the_visit_goes_on_without_it(
    spoil: Callable[[dict[str, Any]], object], message: str
) -> None:
    saved = saved_news()
    spoil(saved)
    visit, other = (open_visit(news(), arm="summaries/adaptive") for _ in range(2))

    with pytest.raises(StateError, match=message) as refused:
        visit.restore(saved)

    assert str(refused.value).endswith("; forget it, and let the visit begin anew")
    assert isinstance(refused.value, TrimtabError)
    assert visit.save() == other.save()
    assert visit.step([PAGE], 5_000) == other.step([PAGE], 5_000)


@pytest.mark.parametrize("saved", [None, 7, "text", [], {}, [[]], {"v": 1}])
def test_what_is_no_state_is_refused(saved: Any) -> None:
    with pytest.raises(StateError):
        open_visit(news()).restore(saved)


@given(st.data())
def test_no_change_of_type_anywhere_in_a_state_is_taken(data: st.DataObject) -> None:
    saved = saved_news()
    places = list(leaves(saved))
    holder, key, value = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([[], {}, "0g", math.inf, [None], {"a": 1}]).filter(lambda other: other != value))
    holder[key] = other
    visit = open_visit(news(), arm="summaries/adaptive")
    before = visit.save()

    with pytest.raises(StateError):
        visit.restore(saved)
    assert visit.save() == before


def leaves(saved: Any) -> Any:
    """Every number, word and null in it, apart from texts that may be any text: holder, key, value."""
    items = saved.items() if isinstance(saved, dict) else enumerate(saved)
    for key, value in items:
        if isinstance(value, dict | list):
            yield from leaves(value)
        elif not isinstance(value, str) or key in ("rests_because", "v", "policy", "arms"):
            yield saved, key, value
