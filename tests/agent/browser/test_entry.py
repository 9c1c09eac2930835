"""What worker.js calls, as far as CPython can: tests/pyodide calls it with real buffers from JavaScript."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agent.browser.working import ALL, PAGE, SKIM, Buffer, drawn, install, share, start, step, wake
from trimtab.browser import entry
from trimtab.errors import TrimtabError
from trimtab.messages import MAX_NAMES
from trimtab.policy import Policy
from trimtab.values import Kind


def test_a_visit_begins_with_its_arm() -> None:
    assert start() == {"arm": "summaries/adaptive", "resumed": False, "segments": []}
    assert start("holdout")["arm"] == "holdout"
    assert start(None)["arm"] in ("holdout", "summaries/adaptive", "summaries/static")


@pytest.mark.parametrize("call", [lambda: entry.step(None, 0), lambda: entry.share("{}", 0), lambda: entry.names("[]")])
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
    share(drawn(policy))

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


def test_what_is_decided_after_a_consent_is_dated_after_it() -> None:
    start(adapt=False)
    step(7_000, PAGE, *(row for row in SKIM if row[1] <= 6_900))
    entry.consent(json.dumps(ALL), 7_500)
    log = wake(8_500)["log"]

    allowed = [line["t_ms"] for line in log if line.get("decision") == "allowed"]
    assert allowed
    assert min(allowed) >= 7_500
