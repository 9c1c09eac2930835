"""The case: 20,000 visitors of the demo's news in 30 days, with known effects. The report finds what is there, no more.

The table in bundler/README.md is made by the command that is run here. It takes minutes: `make proof`.
"""

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest

from trimtab_bundler.cli import main

NEWS = Path(__file__).resolve().parents[2] / "demo_site" / "news"
ARMS = 'arms={"adaptive": [short_summaries], "static": []}'
ASKED = '@news.question(answers=("none", "bounced", "skimmed", "read"))'
BY_SEGMENT = '@news.question(answers=("none", "bounced", "skimmed", "read"), by=skimmer)'
SAME = 'arms={"adaptive": [short_summaries], "again": [short_summaries], "static": []}'
MOST_OUTSIDE: Final = 3
"""Of 12 intervals of 95 %, so many miss on two sites of a hundred; the seed is fixed."""

type Figures = dict[str, Any]


def run_case(capsys: pytest.CaptureFixture[str], site: Path, lift: int, sharing: int = 30) -> Figures:
    words = ["simulate", "--visitors", "20000", "--days", "30", "--lift", str(lift), "--seed", "1", "--json"]
    assert main([*words, "--sharing", str(sharing), str(site)]) == 0
    told: Figures = json.loads(capsys.readouterr().out)
    return told


def changed(folder: Path, words: str, others: str) -> Path:
    """The site with other words in its policy."""
    site = shutil.copytree(NEWS, folder / "news")
    policy = (site / "policy.py").read_text()
    assert words in policy
    (site / "policy.py").write_text(policy.replace(words, others))
    return site


def compared(told: Figures, first: str, second: str) -> Figures:
    """What was found of one pair of arms, by answer."""
    [site] = told["report"]["sites"]
    pairs = site["questions"][0]["comparisons"]
    [pair] = [pair for pair in pairs if (pair["first"], pair["second"]) == (first, second)]
    return {answer["answer"]: answer for answer in pair["answers"]}


def verdicts(told: Figures) -> set[str]:
    [site] = told["report"]["sites"]
    return {answer["verdict"] for pair in site["questions"][0]["comparisons"] for answer in pair["answers"]}


def misses(told: Figures) -> int:
    """Shares of answers by arm whose intervals do not hold what is true."""
    [site] = told["report"]["sites"]
    return sum(
        not estimate["interval"][0] <= share <= estimate["interval"][1]
        for counted, arm in zip(site["questions"][0]["arms"], told["true"]["questions"][0]["arms"], strict=True)
        for estimate, share in zip(counted["shares"], arm["shares"], strict=True)
    )


@pytest.mark.proof
@pytest.mark.parametrize("lift", [0, 5, 20])
def test_an_effect_that_is_not_there_or_too_small_for_the_site_cannot_be_told(
    capsys: pytest.CaptureFixture[str], lift: int
) -> None:
    told = run_case(capsys, NEWS, lift)
    assert verdicts(told) == {"cannot tell yet"}
    assert misses(told) <= MOST_OUTSIDE


@pytest.mark.proof
def test_a_large_effect_is_found_and_is_as_large_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    told = run_case(capsys, NEWS, 20, sharing=60)
    found = compared(told, "summaries/adaptive", "summaries/static")
    assert (found["skimmed"]["verdict"], found["read"]["verdict"]) == ("lower", "higher")
    arms = {arm["arm"]: arm["shares"] for arm in told["true"]["questions"][0]["arms"]}
    for answer, adaptive, static in zip(
        found.values(), arms["summaries/adaptive"], arms["summaries/static"], strict=True
    ):
        assert answer["interval"][0] <= adaptive - static <= answer["interval"][1]
    static_against_holdout = compared(told, "summaries/static", "holdout")
    assert {answer["verdict"] for answer in static_against_holdout.values()} == {"cannot tell yet"}
    assert misses(told) <= MOST_OUTSIDE


@pytest.mark.proof
def test_a_segment_is_found_as_large_as_it_is_in_each_arm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = run_case(capsys, changed(tmp_path, ASKED, BY_SEGMENT), 20, sharing=60)
    [site] = told["report"]["sites"]
    for counted, arm in zip(site["questions"][0]["arms"], told["true"]["questions"][0]["arms"], strict=True):
        low, high = counted["segment"]["interval"]
        inside = sum(arm["shares"][len(arm["shares"]) // 2 :])  # the answers of who is in it stand last
        assert 0.05 < inside < 0.95
        assert low <= inside <= high
        assert high - low < 0.2
    assert misses(told) <= MOST_OUTSIDE


@pytest.mark.proof
def test_two_arms_that_show_the_same_do_not_differ_however_large_the_effect(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told = run_case(capsys, changed(tmp_path, ARMS, SAME), 20, sharing=60)
    found = compared(told, "summaries/adaptive", "summaries/again")
    assert {answer["verdict"] for answer in found.values()} == {"cannot tell yet"}
    assert misses(told) <= MOST_OUTSIDE
