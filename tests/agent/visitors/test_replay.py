import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from trimtab import Policy, adjust
from trimtab.errors import PolicyError, TraceError, TrimtabError
from trimtab.visitors import replay

POLICY = """\
from trimtab import Policy, adjust, seconds

news = Policy("daily-news")
story = news.target("story", ".story")

@news.segment(enter_after=seconds(2), leave_after=seconds(8))
def skimmer(v):
    return v.scroll.speed_px_s > 600

short = news.adjust("short-summaries", on=story, when=skimmer, do=adjust.swap("short"))
news.experiment("summaries", arms={"static": [], "adaptive": [short]})
"""
PLAIN = POLICY.partition("news.experiment")[0]
PAGE = {
    "v": 1, "kind": "page", "t_ms": 0, "viewport": {"w": 1280, "h": 800}, "document": {"h": 20000}, "targets": {}
}  # fmt: skip
SKIM = [{"kind": "scroll", "t_ms": 2_000 + 50 * n, "y": 60 * n} for n in range(120)]
END = {"kind": "hidden", "t_ms": 40_000}


def arguments(folder: Path, *options: str, policy: str = POLICY, trace: list[Any] | None = None) -> argparse.Namespace:
    """As the command line gives them, for files of this content."""
    (folder / "policy.py").write_text(policy)
    (folder / "visit.jsonl").write_text(
        "".join(json.dumps(line) + "\n" for line in (trace if trace is not None else [PAGE, *SKIM, END]))
    )
    parser = argparse.ArgumentParser()
    replay.configure(parser)
    return parser.parse_args([str(folder / "policy.py"), str(folder / "visit.jsonl"), *options])


def printed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    out, err = capsys.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def verdicts(lines: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(line["decision"], line["reason"]) for line in lines if "decision" in line]


def test_replay_prints_every_change_and_decision_as_a_line_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert replay.run(arguments(tmp_path)) == 0

    why = "scroll speed 1200 px/s > 600 for 2.0 s"
    short = {"adjustment": "short-summaries"}
    rule = {"because": f"skimmer: {why}", "strength": 0.5}
    left = {"because": "scroll speed 0 px/s ≤ 600 for 8.0 s", "strength": 1.0}
    assert printed(capsys) == [
        {"t_ms": 5_100, "segment": "skimmer", "entered": True, "because": why, "strength": 0.5},
        {"t_ms": 5_100, **short, "decision": "held", "reason": "debounce", "until_ms": 5_400, **rule},
        {"t_ms": 5_400, **short, "decision": "allowed", "reason": "rule-holds", **rule},
        {"t_ms": 17_000, "segment": "skimmer", "entered": False, **left},
        {"t_ms": 17_000, **short, "decision": "undone", "reason": "rule-ended"},
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ("allowed", "rule-holds")),
        (("--arm", "summaries/adaptive"), ("allowed", "rule-holds")),
        (("--arm", "summaries/static"), ("refused", "other-arm")),
        (("--arm", "holdout"), ("refused", "holdout")),
    ],
)
def test_the_arm_can_be_chosen_and_is_else_the_first_that_shows_anything(
    options: tuple[str, ...], expected: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.run(arguments(tmp_path, *options))

    assert verdicts(printed(capsys))[1] == expected


def test_a_policy_that_compares_nothing_is_replayed_as_everyone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.run(arguments(tmp_path, policy=PLAIN))
    plain = verdicts(printed(capsys))
    replay.run(arguments(tmp_path, "--arm", "everyone", policy=PLAIN))

    assert plain == verdicts(printed(capsys))
    assert ("allowed", "rule-holds") in plain


def test_the_same_trace_is_decided_in_the_same_way_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.run(arguments(tmp_path))
    first = capsys.readouterr().out
    replay.run(arguments(tmp_path))

    assert capsys.readouterr().out == first


def test_a_visit_in_which_nothing_happens_prints_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.run(arguments(tmp_path, trace=[PAGE, END])) == 0
    assert printed(capsys) == []


def test_an_arm_that_the_policy_does_not_have_is_refused_with_those_that_it_has(tmp_path: Path) -> None:
    with pytest.raises(TrimtabError) as caught:
        replay.run(arguments(tmp_path, "--arm", "summaries/huge"))

    assert str(caught.value) == (
        "the policy has no arm 'summaries/huge'; use one of holdout, summaries/static, summaries/adaptive"
    )


def test_a_mistake_in_the_policy_is_told_before_anything_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(PolicyError, match=r"policy\.py:1: ModuleNotFoundError"):
        replay.run(arguments(tmp_path, policy="import nothing\n"))
    assert capsys.readouterr().out == ""


def test_a_bad_line_ends_the_replay_with_its_number_after_what_came_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(TraceError, match=r"visit\.jsonl:123: kind 'wheel' is not known"):
        replay.run(arguments(tmp_path, trace=[PAGE, *SKIM, END, {"kind": "wheel", "t_ms": 50_000}]))
    assert verdicts(printed(capsys)) == [("held", "debounce"), ("allowed", "rule-holds"), ("undone", "rule-ended")]


def test_the_same_visit_can_be_told_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.run(arguments(tmp_path, "--explain")) == 0

    story = capsys.readouterr().out
    assert "short-summaries" in story
    assert "skimmer" in story
    assert not story.startswith("{")


def test_arms_that_show_nothing_are_passed_over_for_the_first_that_does() -> None:
    policy = Policy("arms")
    box = policy.target("box", "#box")
    shown = policy.adjust("a", on=box, when=lambda v: v.clicks(box) > 0, do=adjust.add_class("x"))
    policy.experiment("size", arms={"off": [], "on": [shown]})

    assert replay.showing_arm(policy) == "size/on"


def test_a_replay_shares_nothing() -> None:
    assert not replay.EVERYTHING.share


AT_ONCE = """\
from trimtab import Policy, adjust, seconds

page = Policy("page")
box = page.target("box", "#box")

@page.segment(enter_after=seconds(0), leave_after=seconds(1))
def deep(v):
    return v.scroll.depth > 0.5

page.adjust("next", on=box, when=deep, do=adjust.add_class("next"))
"""
LOW = {**PAGE, "document": {"h": 2000}}
DOWN = [{"kind": "pointer", "t_ms": 10, "x": 1, "y": 1}, {"kind": "scroll", "t_ms": 3_050, "y": 600}]


def test_what_the_last_line_causes_is_decided_but_not_what_only_time_would_bring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.run(arguments(tmp_path, policy=AT_ONCE, trace=[LOW, *DOWN]))
    lines = printed(capsys)

    assert [(line["t_ms"], line.get("segment"), line.get("reason")) for line in lines] == [
        (3_100, "deep", None), (3_100, None, "debounce")
    ]  # fmt: skip


def test_what_the_last_line_of_a_page_causes_goes_on_on_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = arguments(tmp_path, policy=AT_ONCE, trace=[LOW, *DOWN])
    (tmp_path / "next.jsonl").write_text("".join(json.dumps(line) + "\n" for line in [LOW, END]))
    args.trace.append(tmp_path / "next.jsonl")
    replay.run(args)

    assert [(line["page"], line["t_ms"], line.get("reason", line.get("entered"))) for line in printed(capsys)] == [
        (1, 3_100, True), (1, 3_100, "debounce"), (2, 0, "debounce"), (2, 300, "just-arrived"), (2, 1_000, False)
    ]  # fmt: skip


# Several pages

GO = """\
from trimtab import Policy, adjust

shop = Policy("shop")
box = shop.target("box", "#box")
shop.adjust("offer", on=box, when=lambda v: v.event("go").count >= 1, do=adjust.add_class("offer"))
"""


def test_a_wait_that_the_trace_does_not_live_to_see_is_not_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.run(arguments(tmp_path, policy=GO, trace=[PAGE, {"kind": "event", "t_ms": 3_000, "name": "go"}]))

    assert [(line["t_ms"], line["reason"]) for line in printed(capsys)] == [(3_000, "debounce")]


def two_pages(folder: Path, *options: str) -> argparse.Namespace:
    first = [PAGE, {"kind": "event", "t_ms": 3_000, "name": "go"}, END]
    second = folder / "second.jsonl"
    second.write_text("".join(json.dumps(line) + "\n" for line in [PAGE, END]))
    args = arguments(folder, *options, policy=GO, trace=first)
    args.trace.append(second)
    return args


def test_several_traces_are_the_pages_of_one_visit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.run(two_pages(tmp_path)) == 0

    lines = printed(capsys)
    assert [(line["page"], line["t_ms"], line["reason"]) for line in lines] == [
        (1, 3_000, "debounce"), (1, 3_300, "rule-holds"), (2, 0, "remembered")
    ]  # fmt: skip


def test_after_half_an_hour_away_the_next_page_is_another_visit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replay.run(two_pages(tmp_path, "--away", "1801"))

    assert [line["page"] for line in printed(capsys)] == [1, 1]


def test_the_story_of_several_pages_has_a_heading_for_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replay.run(two_pages(tmp_path, "--explain"))

    story = capsys.readouterr().out.split("\n\n")
    assert [story[0], story[2]] == ["Page 1: visit.jsonl", "Page 2: second.jsonl"]
    assert "because the page before had shown it" in story[3]


@pytest.mark.parametrize("away", ["-1", "nan", "inf"])
def test_a_time_away_that_cannot_be_is_refused(tmp_path: Path, away: str) -> None:
    with pytest.raises(TrimtabError, match="is no length of time; give seconds, such as --away 2"):
        replay.run(two_pages(tmp_path, f"--away={away}"))
