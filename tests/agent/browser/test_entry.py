"""What worker.js calls, as far as CPython can: tests/pyodide calls it with real buffers from JavaScript."""

import json
import struct
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agent.making import declare, news
from trimtab.browser import entry
from trimtab.errors import TrimtabError
from trimtab.messages import MAX_NAMES, REPORT_BYTES, unpack_answers, unpack_report
from trimtab.policy import POLICY_MODULE, Policy
from trimtab.values import Kind

ALL = {"observe": True, "adapt": True, "remember": True, "share": True}
ORIGIN_MS = 1_800_000_000_000.5
PAGE = (Kind.PAGE, 0, -1, 1280, 800, 20_000)
SKIM = [(Kind.SCROLL, 2_000 + 50 * n, -1, 60 * n, 0, 0) for n in range(120)]


class Buffer:
    """What Pyodide hands over for an ArrayBuffer, with the one method that is used of it."""

    def __init__(self, *rows: Sequence[float]) -> None:
        self._bytes = bytearray(b"".join(struct.pack("<6d", *row) for row in rows))

    def to_memoryview(self) -> memoryview:
        return memoryview(self._bytes)


@pytest.fixture(autouse=True)
def _a_worker_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, news())
    monkeypatch.setattr(entry, "_session", None)


def install(monkeypatch: pytest.MonkeyPatch, policy: Policy) -> None:
    """The policy as the module that the pack brings."""
    module = ModuleType(POLICY_MODULE)
    module.__dict__["policy"] = policy
    monkeypatch.setitem(sys.modules, POLICY_MODULE, module)


def start(
    arm: str | None = "summaries/adaptive",
    policy: Policy | None = None,
    carried: str | None = None,
    replayed: Sequence[int] = (),
    **consent: bool,
) -> dict[str, Any]:
    config = {"v": 1, "site": "daily-news", "declaration": declare(policy or news()).to_json()}
    options: dict[str, Any] = {"consent": ALL | consent, "seed": "0" * 32, "arm": arm, "day": 20_780}
    options |= {"carried": carried, "replayed": list(replayed), "origin_ms": ORIGIN_MS}
    return dict(json.loads(entry.start(json.dumps(config), json.dumps(options))))


def step(now_ms: float, *rows: Sequence[float]) -> dict[str, Any]:
    return dict(json.loads(entry.step(Buffer(*rows), now_ms)))


def wake(now_ms: float) -> dict[str, Any]:
    return dict(json.loads(entry.step(None, now_ms)))


def draw(budget: str | None = None, now_ms: float = 0) -> dict[str, Any]:
    return dict(json.loads(entry.draw(budget, now_ms)))


def test_a_visit_begins_with_its_arm() -> None:
    assert start() == {"arm": "summaries/adaptive", "resumed": False, "segments": []}
    assert start("holdout")["arm"] == "holdout"
    assert start(None)["arm"] in ("holdout", "summaries/adaptive", "summaries/static")


@pytest.mark.parametrize("call", [lambda: entry.step(None, 0), lambda: entry.draw(None, 0), lambda: entry.names("[]")])
def test_nothing_can_be_asked_before_the_start(call: Any) -> None:
    with pytest.raises(RuntimeError, match=r"entry\.start has not been called"):
        call()


def test_a_damaged_declaration_starts_nothing() -> None:
    with pytest.raises(TrimtabError, match="build the pack again"):
        entry.start('{"declaration": {"v": 2}}', '{"consent": {}, "seed": "", "day": 0}')


def test_a_batch_is_decided_and_answered_in_json() -> None:
    start()
    answer = step(7_950, PAGE, *SKIM)

    assert answer["commands"] == [["apply", 0]]
    assert [line.get("decision", "segment") for line in answer["log"]] == ["segment", "held", "allowed"]
    assert {name: answer[name] for name in ("report", "refused", "errors")} == {
        "report": None, "refused": 0, "errors": 0
    }  # fmt: skip
    assert answer["wake_at_ms"] == 8_000


def test_time_alone_wakes_the_visit() -> None:
    start()
    step(7_950, PAGE, *SKIM)
    undone = wake(60_000)

    assert undone["commands"] == [["undo", 0]]
    assert undone["wake_at_ms"] is None
    assert wake(70_000)["log"] == []


def test_time_never_runs_backwards() -> None:
    start()
    step(60_000, PAGE, *SKIM)

    assert step(10, (Kind.SCROLL, 5, -1, 9, 0, 0))["log"] == []
    assert wake(70_000)["log"] == []


def test_names_come_before_the_rows_that_use_them() -> None:
    start()
    entry.names('[[0, "article-read"], [1, "quiz"]]')
    goal, unknown = (Kind.GOAL, 10, -1, 0, 0, 0), (Kind.EVENT, 20, -1, 2, 0, 0)

    assert step(20, PAGE, goal, unknown)["refused"] == 1


def test_names_that_are_forgotten_for_want_of_room_are_counted() -> None:
    start()
    entry.names(json.dumps([[number, f"name{number}"] for number in range(MAX_NAMES + 3)]))

    assert step(20, PAGE, *((Kind.EVENT, 10, -1, number, 0, 0) for number in range(MAX_NAMES + 3)))["refused"] == 3


def test_rows_that_cannot_be_true_are_counted() -> None:
    start()

    assert step(10, PAGE, (99, 5, -1, 0, 0, 0), (Kind.SCROLL, float("nan"), -1, 0, 0, 0))["refused"] == 2
    assert step(20)["refused"] == 2


def test_a_batch_that_was_cut_within_a_number_is_read_as_far_as_it_goes() -> None:
    start()
    cut = Buffer(PAGE, (Kind.SCROLL, 5, -1, 0, 0, 0))
    cut._bytes = cut._bytes[:-3]

    assert json.loads(entry.step(cut, 10))["refused"] == 1


def test_an_event_of_the_future_holds_nothing_up_and_is_told() -> None:
    start()
    step(10, PAGE, (Kind.CLICK, 7 * 3_600_000, -1, 0, 0, 0))
    answer = step(7_950, *SKIM)

    assert answer["commands"] == [["apply", 0]]
    assert answer["misdated"] == 1


ROW = st.tuples(
    st.sampled_from([*map(float, Kind), 0.0, 99.0, 1.5]) | st.floats(),
    st.floats() | st.floats(-1e4, 1e5),
    st.sampled_from([-1.0, 0.0, 1.0, 2.0, 0.5]) | st.floats(),
    *(3 * [st.floats() | st.floats(-10, 10)]),
)


@given(st.lists(ROW, max_size=12), st.floats() | st.floats(0, 1e5))
def test_whatever_rows_arrive_they_are_taken_or_counted_and_it_goes_on(made: list[Any], now_ms: float) -> None:
    start()
    step(0, PAGE)
    step(now_ms, *made)
    end = step(1e15, (Kind.PAGE, 1e15, -1, 1280, 800, 20_000))

    assert end["refused"] <= len(made)
    assert end["errors"] == 0


@given(st.binary(max_size=200))
def test_whatever_bytes_arrive_nothing_is_raised(made: bytes) -> None:
    start()
    wild = Buffer()
    wild._bytes = bytearray(made)

    assert json.loads(entry.step(wild, 10))["refused"] <= len(made) // 48 + 1


REFUSED = st.sampled_from(
    [
        (99, 0, -1, 0, 0, 0),
        (1.5, 0, -1, 0, 0, 0),
        (Kind.SCROLL, float("nan"), -1, 0, 0, 0),
        (Kind.SCROLL, 0, -1, float("inf"), 0, 0),
        (Kind.CLICK, 0, 9, 0, 0, 0),
        (Kind.ENTER, 0, -1, 0, 0, 0),
        (Kind.VISIBLE, 0, 0, 7, 0, 0),
        (Kind.EVENT, 0, -1, 9, 0, 0),
        (Kind.APPLIED, 0, -1, 9, 0, 0),
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(SKIM)), REFUSED), min_size=1, max_size=20))
def test_what_is_refused_leaves_no_trace_in_what_is_decided(wrong: list[tuple[int, Any]]) -> None:
    mixed: list[Sequence[float]] = [PAGE, *SKIM]
    for place, row in wrong:
        mixed.insert(1 + place, row)
    start()
    clean = step(7_950, PAGE, *SKIM) | {"refused": len(wrong)}
    start()

    assert step(7_950, *mixed) == clean
    assert clean["commands"]


def test_the_story_is_told_of_one_adjustment_or_of_all() -> None:
    start()
    step(7_950, PAGE, *SKIM)

    told = entry.explain("short-summaries")
    assert told.startswith("At 5.")
    assert told.endswith("short-summaries was shown." if "At 6.3 s short" in told else "it was shown.")
    assert entry.explain(None) == told


def test_the_story_can_be_told_in_other_words() -> None:
    start()
    step(7_950, PAGE, *SKIM)
    german = {"shown": "Nach {at} wurde {name} gezeigt.", "seconds": "{s} Sek.", "point": ",", "it": "sie"}
    told = entry.explain(None, json.dumps(german | {"name:short-summaries": "die Kürze", "no such key": "x"}))

    assert "you were taken for “skimmer”" in told
    assert told.endswith((" Sek. wurde die Kürze gezeigt.", " Sek. wurde sie gezeigt."))
    assert "," in told


def test_the_visitor_can_see_the_report_before_it_goes() -> None:
    start()
    assert told(None) == {"left": {"today": 1, "month": 10}, "report": None}
    budget = draw()["budget"]
    sealed = bytes.fromhex(step(7_950, PAGE, *SKIM)["report"])
    seen = told(budget, sealed)

    assert seen["left"] == {"today": 0, "month": 9}
    assert seen["report"]["answer"] == "skimmed"
    assert {name: seen["report"][name] for name in ("question", "arm", "day", "noise", "epsilon")} == {
        "question": "reading", "arm": "summaries/adaptive", "day": 20_780, "noise": [8, 1], "epsilon": 2.08
    }  # fmt: skip
    (index,) = unpack_answers(unpack_report(sealed).answer, 4) or ()
    assert seen["report"]["told"] == [seen["report"]["answers"][index]]
    assert told(budget) == seen, "the newest is what is sealed"


def told(budget: str | None, sealed: bytes | None = None) -> dict[str, Any]:
    held = Buffer() if sealed is not None else None
    if held:
        held._bytes += sealed or b""
    return dict(json.loads(entry.report(budget, held)))


def test_what_the_visitor_takes_back_does_not_come_again_in_the_visit() -> None:
    start()
    assert step(7_950, PAGE, *SKIM)["commands"] == [["apply", 0]]
    undone = step(8_000, (Kind.APPLIED, 7_960, 1, 0, 0, 0), (Kind.UNDONE, 7_990, 1, 0, 1, 0))

    assert [(line["decision"], line["reason"]) for line in undone["log"]] == [
        ("undone", "undone-by-visitor"), ("refused", "undone-by-visitor")
    ]  # fmt: skip
    wake(60_000)
    later = [(kind, 60_000 + t_ms, *rest) for kind, t_ms, *rest in SKIM]
    assert step(69_000, *later)["commands"] == []


def test_a_segment_that_is_forced_holds_whatever_its_rule_says_until_it_is_let_go() -> None:
    start()
    step(10, PAGE)
    entry.force('["skimmer", "no-such"]', 20)
    forced = wake(5_000)

    assert [line["because"] for line in forced["log"] if "segment" in line] == ["forced"]
    assert forced["commands"] == [["apply", 0]]
    assert forced["errors"] == 1, "a name that the policy does not have"
    assert wake(60_000)["log"] == []
    entry.force("[]", 60_000)
    step(60_010, (Kind.SCROLL, 60_005, -1, 1, 0, 0))
    assert wake(90_000)["commands"] == [["undo", 0]]


def test_a_story_of_nothing_known_says_what_there_is() -> None:
    start()

    assert entry.explain("long") == "There is no adjustment “long” in this policy; it has short-summaries."


def test_the_story_of_a_long_visit_says_that_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "MAX_LOG", 2)
    start()
    step(7_950, PAGE, *SKIM)

    assert entry.explain(None).endswith("\n\n(And 1 earlier entries, which are not kept.)")


def test_a_policy_that_fails_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = Policy("broken")
    policy.question(answers=("none", "yes"))(lambda_named("broken"))
    install(monkeypatch, policy)
    start("everyone", policy)
    draw()

    assert step(10, PAGE)["errors"] >= 1


def lambda_named(name: str) -> Any:
    """A question that fails, under this name."""

    def fail(_: object) -> str:
        raise ValueError(name)

    fail.__name__ = name
    return fail


def test_withdrawn_consent_to_adapt_commands_nothing_more() -> None:
    start()
    entry.consent(json.dumps(ALL | {"adapt": False}), 0)

    assert step(60_000, PAGE, *SKIM)["commands"] == []


# The draw


def test_a_draw_pays_first_and_seals_a_report() -> None:
    start("summaries/static")
    step(100, PAGE)
    drawn = draw()

    assert drawn["budget"] == '{"v":1,"days":[20780]}'
    assert drawn["why"] == ""
    body = bytes.fromhex(drawn["report"])
    report = unpack_report(body)
    assert (len(body), report.day, report.question, report.arm) == (REPORT_BYTES, 20_780, 0, 2)


def test_two_draws_have_nothing_in_common() -> None:
    start()
    first = unpack_report(bytes.fromhex(draw()["report"]))
    start()
    second = unpack_report(bytes.fromhex(draw()["report"]))

    assert first.id != second.id


def test_the_report_follows_the_visit() -> None:
    start()
    step(100, PAGE)
    first = draw()["report"]
    entry.names('[[0, "article-read"]]')
    later = step(5_000, (Kind.GOAL, 5_000, -1, 0, 0, 0))["report"]

    assert later is not None
    masks = [unpack_report(bytes.fromhex(body)).answer for body in (first, later)]
    (before,), (after,) = (unpack_answers(mask, 4) or () for mask in masks)
    assert (after - before) % 4 == 2
    assert unpack_report(bytes.fromhex(later)).id == unpack_report(bytes.fromhex(first)).id


def test_a_draw_is_followed_by_a_step_that_says_when_the_answer_ripens() -> None:
    start()
    step(1_000, PAGE, (Kind.LAYOUT, 0, 0, 0, 400, 90), (Kind.VISIBLE, 0, 0, 1, 0, 0))
    draw()

    assert wake(1_060)["wake_at_ms"] == 2_000  # the scroll speed is known from then on
    assert wake(2_060)["wake_at_ms"] == 10_000


@pytest.mark.parametrize(
    ("budget", "why"),
    [
        ('{"v":1,"days":[20780]}', "1 report a day, and today's is made"),
        ("damaged", "the record of earlier reports cannot be read"),
    ],
)
def test_a_budget_that_is_spent_or_cannot_be_read_means_no_report(budget: str, why: str) -> None:
    start()

    assert draw(budget) == {"budget": None, "report": None, "why": why}
    assert step(60_000, PAGE, *SKIM)["report"] is None


def test_a_policy_that_asks_nothing_spends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = Policy("silent", built_in=[])
    install(monkeypatch, policy)
    start("everyone", policy)

    assert draw() == {"budget": None, "report": None, "why": "the policy asks no question"}


def test_without_consent_to_share_a_draw_pays_and_seals_nothing() -> None:
    start(share=False)

    assert draw()["report"] is None


def test_what_is_decided_after_a_consent_is_dated_after_it() -> None:
    start(adapt=False)
    step(7_000, PAGE, *(row for row in SKIM if row[1] <= 6_900))
    entry.consent(json.dumps(ALL), 7_500)
    log = wake(8_500)["log"]

    allowed = [line["t_ms"] for line in log if line.get("decision") == "allowed"]
    assert allowed
    assert min(allowed) >= 7_500


# The next page


def left(visit: str, left_ms: float = 9_000, away_ms: float = 400) -> str:
    """As the page stores it when it is left."""
    return f'{{"left_ms":{left_ms},"left_at_ms":{ORIGIN_MS - away_ms},"visit":{visit}}}'


def carried_from_a_skimmer() -> str:
    start()
    carry: str = step(7_950, PAGE, *SKIM)["carry"]
    return carry


def test_the_visit_goes_on_on_the_next_page() -> None:
    carried = left(carried_from_a_skimmer())

    assert start(carried=carried) == {"arm": "summaries/adaptive", "resumed": True, "segments": ["skimmer"]}
    answer = step(60, PAGE)
    assert answer["commands"] == [["apply", 0]]
    assert [(line["decision"], line["reason"]) for line in answer["log"]] == [("allowed", "remembered")]
    assert answer["errors"] == 0


def test_what_the_page_showed_again_by_itself_is_confirmed_or_taken_back() -> None:
    carried = left(carried_from_a_skimmer())
    entry._session = None
    start(carried=carried, replayed=[0])
    assert step(100, PAGE)["commands"] == [["apply", 0]]
    entry._session = None
    start(replayed=[0])
    assert step(100, PAGE)["commands"] == [["undo", 0]], "the visit does not go on"
    assert step(200)["commands"] == []


def test_without_consent_to_remember_nothing_is_carried_and_nothing_goes_on() -> None:
    carried = left(carried_from_a_skimmer())

    assert start(carried=carried, remember=False)["resumed"] is False
    assert step(7_950, PAGE, *SKIM)["carry"] is None


def test_what_is_to_be_stored_is_told_when_it_is_something_else() -> None:
    start()
    first = step(60, PAGE)["carry"]
    entry.names('[[0, "quiz"]]')
    steps = [step(100), step(2_000), step(2_010, (Kind.EVENT, 2_010, -1, 0, 0, 0)), step(2_020), wake(4_000)]

    assert json.loads(first)["kind"] == "carried"
    assert [answer["carry"] is not None for answer in steps] == [False, False, True, False, False]
    assert '"quiz"' in steps[2]["carry"]


def test_a_consent_to_remember_that_goes_and_comes_tells_it_again() -> None:
    start()
    first = step(60, PAGE)["carry"]
    entry.consent(json.dumps(ALL | {"remember": False}), 100)
    between = wake(200)["carry"]
    entry.consent(json.dumps(ALL), 300)

    assert (between, wake(400)["carry"]) == (None, first)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "null",
        lambda _: "[" * 100_000,
        lambda text: text[:-1],
        lambda text: text.replace('"v":', '"v":9'),
        lambda text: text.replace('"inside":true', '"inside":"yes"'),
        lambda text: text.replace('"left_ms":9000', '"left_ms":"inf"'),
        lambda text: text.replace('"left_ms":9000', '"left_ms":1e999'),
        lambda text: text.replace('"left_ms"', '"when"'),
        lambda text: text.replace("summaries/adaptive", "summaries/static"),
    ],
)
def test_a_text_that_is_damaged_or_foreign_is_counted_and_the_visit_begins_anew(spoil: Any) -> None:
    carried = spoil(left(carried_from_a_skimmer()))

    assert start(carried=carried) == {"arm": "summaries/adaptive", "resumed": False, "segments": []}
    answer = step(7_950, PAGE, *SKIM)
    assert (answer["errors"], answer["commands"]) == (1, [["apply", 0]])


def test_a_visit_of_long_ago_is_another_visit_and_no_mistake() -> None:
    carried = left(carried_from_a_skimmer(), away_ms=31 * 60_000)

    assert start(carried=carried)["resumed"] is False
    assert step(60, PAGE)["errors"] == 0
