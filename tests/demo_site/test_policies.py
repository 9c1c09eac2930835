"""What the demo's policies decide about recorded visits, to the millisecond."""

from pathlib import Path

import pytest

from tests.demo_site.control import DEMO
from tests.demo_site.visits import TRACES, VISITS, text_of
from trimtab import Policy
from trimtab.experiments import assign
from trimtab.loading import load_policy
from trimtab.pipeline import Visit
from trimtab.values import Consent
from trimtab.visitors.replay import replay, showing_arm
from trimtab.visitors.trace import read_trace

type Line = tuple[float, str, str, str]


def load(name: str) -> tuple[Policy, bytes]:
    """The policy of the site that a trace is about, and its source."""
    file = DEMO / name.partition("-")[0] / "policy.py"
    return load_policy(file), file.read_bytes()


def trace(name: str) -> Path:
    return TRACES / f"{name}.jsonl"


def decided(name: str, arm: str = "") -> list[Line]:
    """The decision log as (time in ms, what it is about, what was decided, why)."""
    policy, source = load(name)
    return [
        (line["t_ms"], line["segment"], "entered" if line["entered"] else "left", line["because"])
        if "segment" in line
        else (line["t_ms"], line["adjustment"], line["decision"], line["reason"])
        for line in replay(policy, source, trace(name), arm or showing_arm(policy))
    ]


def answered(name: str) -> str:
    """The true answer to the site's question when the visit ends."""
    policy, _ = load(name)
    events = list(read_trace(trace(name), [target.name for target in policy.targets]))
    assignment = assign(policy, seed="", forced=showing_arm(policy))
    visit = Visit(policy, policy.declaration(""), assignment, Consent(observe=True))
    visit.step(events, events[-1].t_ms)
    (question,) = policy.questions
    return question.answers[visit.tally.answer(question, visit.signals.gauge(events[-1].t_ms))]


@pytest.mark.parametrize("name", VISITS)
def test_a_trace_is_what_its_recording_says(name: str) -> None:
    assert trace(name).read_text(encoding="utf-8") == text_of(name), "run python -m tests.demo_site.visits"


def test_a_skimmer_gets_short_summaries() -> None:
    far = "mean scroll speed 378 px/s > 40, reading story 8635 wpm > 300, share seen of story 0.984 > 0.4 for 8.0 s"

    assert decided("news-skimmer") == [
        (14400, "skimmer", "entered", far),
        (14400, "short-summaries", "held", "debounce"),
        (14700, "short-summaries", "allowed", "rule-holds"),
    ]


def test_who_skims_and_then_reads_gets_the_long_summaries_back_when_the_mean_has_come_down() -> None:
    assert decided("news-returner")[3:] == [
        (218500, "skimmer", "left", "mean scroll speed 37.3 px/s ≤ 40 for 20.0 s"),
        (218500, "short-summaries", "undone", "rule-ended"),
    ]


def test_who_skims_in_hops_is_noticed_too() -> None:
    hops = "mean scroll speed 209 px/s > 40, reading story 4190 wpm > 300, share seen of story 0.719 > 0.4 for 8.0 s"

    assert decided("news-hopper") == [
        (19100, "skimmer", "entered", hops),
        (19100, "short-summaries", "held", "debounce"),
        (19400, "short-summaries", "allowed", "rule-holds"),
    ]


def test_a_reader_keeps_the_long_summaries_also_after_a_quick_start_and_a_leap_back() -> None:
    assert decided("news-reader") == []


def test_who_hurries_past_the_opening_and_then_reads_is_no_skimmer() -> None:
    assert decided("news-starter") == []


def test_page_down_is_not_taken_for_skimming() -> None:
    assert decided("news-pager") == []


@pytest.mark.parametrize(("arm", "reason"), [("summaries/static", "other-arm"), ("holdout", "holdout")])
def test_in_the_other_arms_a_skimmer_is_noticed_and_nothing_is_shown(arm: str, reason: str) -> None:
    entries = decided("news-skimmer", arm)

    assert entries[0][1:3] == ("skimmer", "entered")
    assert (14700, "short-summaries", "refused", reason) in entries
    assert not [entry for entry in entries if entry[2] in ("allowed", "undone")]


def test_who_hesitates_is_helped_but_never_under_the_pointer() -> None:
    assert decided("shop-hesitant") == [
        (16000, "hesitant", "entered", "dwell buy-box 13.1 s > 12, clicks buy 0 = 0 for 1.0 s"),
        (16000, "roomy-button", "held", "debounce"),
        (16000, "returns-first", "held", "debounce"),
        (16300, "roomy-button", "held", "under-pointer"),
        (16300, "returns-first", "allowed", "rule-holds"),
        (18000, "roomy-button", "allowed", "rule-holds"),
        (24400, "hesitant", "left", "clicks buy 1 ≠ 0 for 2.0 s"),
        (24400, "roomy-button", "undone", "rule-ended"),
        (24400, "returns-first", "held", "one-at-a-time"),
        (24900, "returns-first", "undone", "rule-ended"),
    ]


def test_who_has_decided_is_left_alone() -> None:
    assert decided("shop-decided") == []


def test_two_wrong_answers_bring_a_smaller_step_and_its_solution_brings_the_exercise_back() -> None:
    stuck = "event quiz-wrong 2 ≥ 2, event step-solved 0 = 0 for 0.0 s"

    assert decided("course-struggling") == [
        (66600, "struggling", "entered", stuck),
        (66600, "smaller-step", "allowed", "rule-holds"),
        (83400, "struggling", "left", "event step-solved 1 ≠ 0 for 1.0 s"),
        (83400, "smaller-step", "undone", "rule-ended"),
    ]


def test_one_slip_brings_no_smaller_step() -> None:
    assert decided("course-solving") == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("news-skimmer", "skimmed"),
        ("news-returner", "read"),
        ("news-hopper", "skimmed"),
        ("news-reader", "read"),
        ("news-starter", "none"),
        ("news-pager", "read"),
        ("shop-hesitant", "bought"),
        ("shop-decided", "bought"),
        ("course-struggling", "solved"),
        ("course-solving", "solved"),
    ],
)
def test_the_question_is_answered_by_how_the_visit_ended(name: str, answer: str) -> None:
    assert answered(name) == answer
