import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.server.planning.conftest import DEMO, Run
from trimtab_server.planning.page import COLUMN, LABEL

NEWS_AT_2000 = """\
daily-news, 2,000 visitors a day: what will you be able to tell?

reading (any answer): from 5% to 5.5% of visitors (0.5 points more, 10% of it)

  summaries/adaptive against static
    TOO SMALL: 3,770,000 visitors, 1,883 days; more than 90 days are too long.
    Within 30 days you could see a change from 5% to 8.82% or more.

    What to do instead (* is enough for 90 days):
      ask with 2 answers, yes and none, instead of 4   1,246 days
    * ask for something that 30% do, same effect in %     87 days
      look once, on a day chosen now                     741 days
      weaker noise: a/b = 20                             781 days   eps a month 29.96, not 20.80
      weaker noise: a/b = 55                             468 days   eps a month 40.08, not 20.80

                                no noise                   yours
  a/b                                  -           3           8          20          55
  eps of a report                      -        1.10        2.08        3.00        4.01
  eps of ten in 30 days                -       10.99       20.80       29.96       40.08
  visitors, a look every day     642,000  21 million   3,770,000   1,570,000     935,000
                                321 days    29 years  1,883 days    781 days    468 days
  visitors, one look, at end     463,000   6,530,000   1,490,000     772,000     563,000
                                232 days  3,261 days    741 days    386 days    282 days

  summaries/adaptive against holdout: 11 million visitors, 15 years

- By then a change that is there is seen in 80% of cases, one that is not there in 5% at most.
- A look every day: the dashboard's verdict, which holds for all 12 comparisons of this policy
  together, however often one looks. One look: at one number on one day, both chosen now.
- A device is asked the same again after 30 days, and may answer alike. Both looks bear two such
  answers of each device, so 60 days; for longer plans most visitors have to be new ones.
- Assumed: 30% of visitors make reports (--sharing; a guess, measure yours); each comes on 1 day of
  30 (--days-a-month), counts once a day, and makes at most 1 report a day and 10 in 30 days.
- The policy: holdout 10%; of all reports answer reading 100%.
- eps, ln(a/b): the most that reports give away, less is more private. There is no mode without
  noise.
"""

TWO_QUESTIONS = """
from trimtab import Policy, adjust

shop = Policy("two", noise=(5, 1))
buy = shop.target("buy", ".buy")
big = shop.adjust("big", on=buy, when=lambda v: v.clicks(buy) > 0, do=adjust.add_class("big"))
red = shop.adjust("red", on=buy, when=lambda v: v.clicks(buy) > 1, do=adjust.add_class("red"))
shop.experiment("size", arms={"big": [big], "plain": []}, coverage=0.5)
shop.experiment("colour", arms={"red": [red], "plain": []})

@shop.question(answers=("none", "a", "b", "c"), weight=3)
def first(outcome):
    return "none"

@shop.question(answers=("none", "yes"))
def second(outcome):
    return "none"
"""

ONLY_QUESTIONS = """
from trimtab import Policy

site = Policy("bare")

@site.question(answers=("none", "yes"))
def liked(outcome):
    return "none"
"""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    path = tmp_path / "policy.py"
    path.write_text(TWO_QUESTIONS)
    return path


def read_json(run: Run, policy: str | Path, *options: str) -> Any:
    code, told, _ = run(policy, *options, "--json")
    assert code == 0
    return json.loads(told)


def test_the_plan_of_the_news_site_is_this_page(run: Run) -> None:
    code, told, errors = run("news", "--base", "5%", "--effect", "10%", "--visitors-per-day", "2000")

    assert (code, errors) == (0, "")
    assert told == NEWS_AT_2000


@pytest.mark.parametrize(("pace", "told"), [("30000", True), ("1000000", False)])
def test_a_plan_for_more_than_a_month_says_how_often_visitors_may_come_again(run: Run, pace: str, told: bool) -> None:
    _, page, _ = run("news", "--base", "5%", "--effect", "10%", "--visitors-per-day", pace)

    assert ("Both looks bear two such" in page) == told


@pytest.mark.parametrize("options", [(), ("--visitors-per-day=1",), ("--visitors-per-day=10000000000",)])
@pytest.mark.parametrize("effect", ["0.01%", "-50%"])
def test_every_page_fits_a_hundred_columns(run: Run, options: tuple[str, ...], effect: str) -> None:
    code, told, _ = run("course", "--base=5%", f"--effect={effect}", *options)

    assert code == 0
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize("sharing", ["100%", "1%", "0.1%", "0.001%"])
@pytest.mark.parametrize("effect", ["1%", "0.1%"])
def test_no_two_columns_of_a_table_run_together(run: Run, sharing: str, effect: str) -> None:
    code, told, _ = run("news", "--base=5%", f"--effect={effect}", f"--sharing={sharing}", "--visitors-per-day=100")

    assert code == 0
    rows = told[told.index("  a/b ") :].split("\n\n")[0].splitlines()
    assert {row[column] for row in rows for column in range(LABEL, len(row), COLUMN)} == {" "}


def test_names_of_any_length_and_noise_of_any_size_fit_a_hundred_columns(run: Run, two: Path) -> None:
    long = "a-name-of-an-experiment-that-has-forty-eight-sig"
    names = (
        TWO_QUESTIONS.replace('"size"', repr(long))
        .replace('"plain"', repr(long))
        .replace("def first", f"def {'q' * 48}")
    )
    two.write_text(names.replace("(5, 1)", "(1000, 999)"))

    code, told, _ = run(two, "--base", "5%", "--effect", "10%", "--visitors-per-day", "200")

    assert code == 0
    assert max(map(len, told.splitlines())) <= 100
    assert f"{long}/big against" in told
    assert " 1000/999" in told


@pytest.mark.parametrize(("pace", "word"), [("200", "TOO SMALL"), ("2000", "TOO SMALL"), ("50000", "YES")])
def test_the_verdict_comes_first_and_a_site_that_is_too_small_hears_what_to_do(run: Run, pace: str, word: str) -> None:
    _, told, _ = run("news", "--base", "5%", "--effect", "10%", "--visitors-per-day", pace)

    assert told.splitlines()[4] == "  summaries/adaptive against static"
    assert told.splitlines()[5].startswith(f"    {word}: ")
    assert ("What to do instead" in told) == (word == "TOO SMALL")


def test_without_a_pace_there_are_visitors_and_no_days(run: Run) -> None:
    _, told, _ = run("news", "--base", "5%", "--effect", "10%")

    assert "Add --visitors-per-day N to learn how long that takes" in told
    assert "TOO SMALL" not in told
    plan = read_json(run, "news", "--base", "5%", "--effect", "10%")["plans"][0]
    assert plan["too_small"] is False
    assert {need["daily"]["days"] for need in plan["needs"]} == {None}
    assert plan["seen_soon"] == {"days": 30, "raised": None}


@pytest.mark.parametrize(("site", "arms"), [("news", "adaptive"), ("shop", "helped"), ("course", "step")])
def test_machines_get_exact_numbers(run: Run, site: str, arms: str) -> None:
    plan = read_json(run, f"{site}/policy.py", "--base", "5%", "--effect", "10%", "--visitors-per-day", "50000")

    assert (plan["v"], plan["assumed"]["sharing"], plan["assumed"]["holdout"]) == (1, 0.3, 0.1)
    control, holdout = plan["plans"]
    assert (control["shown"]["arm"], holdout["plain"]["arm"]) == (arms, "holdout")
    assert (control["answers"], control["answer"], control["base"], control["raised"]) == (4, None, 0.05, 0.055)
    # By hand: 7.848879734 / 0.005^2 x sum of lambda (1 - lambda) / (keep - stray)^2, in 0.3 x 0.45 of the visitors.
    once = {json.dumps(need["noise"]): need["once"] for need in control["needs"]}
    assert once["null"] == {"visitors": 231_339, "days": 5}
    assert once['{"a": 8, "b": 1}']["visitors"] == 1_250_329
    assert [need["yours"] for need in control["needs"]] == [False, False, True, False, False]
    assert [need.get("epsilon") for need in control["needs"]] == [None, 1.1, 2.08, 3.0, 4.01]
    assert [need.get("epsilon_month") for need in control["needs"]] == [None, 10.99, 20.8, 29.96, 40.08]


def test_the_three_demo_sites_ask_alike_and_need_alike(run: Run) -> None:
    needs = [read_json(run, site, "--base=5%", "--effect=10%")["plans"][0]["needs"] for site in ("news", "shop")]

    assert needs[0] == needs[1]


def test_every_question_and_experiment_has_its_plan_and_a_noise_of_ones_own_its_column(run: Run, two: Path) -> None:
    plans = read_json(run, two, "--base", "5%", "--effect", "2pts", "--visitors-per-day", "500")["plans"]

    names = [(plan["question"], plan["shown"]["arm"], plan["plain"]["arm"]) for plan in plans]
    pairs = [("big", "plain"), ("red", "plain"), ("big", "holdout"), ("red", "holdout")]
    assert names == [(question, *pair) for question in ("first", "second") for pair in pairs]
    assert [plan["share_of_reports"] for plan in plans[::4]] == [0.75, 0.25]
    assert [plan["plain"]["share_of_reports"] for plan in plans[:4]] == [0.1125, 0.225, 0.1, 0.1]
    yours = next(need for need in plans[0]["needs"] if need["yours"])
    assert yours["noise"] == {"a": 5, "b": 1}
    assert len(plans[0]["needs"]) == 6


def test_bases_of_single_questions_and_answers_are_planned_alone(run: Run, two: Path) -> None:
    options = ("--base", "first.b=20%", "--base", "first.a=10%", "--effect", "10%")
    assert {(p["question"], p["answer"], p["base"]) for p in read_json(run, two, *options)["plans"]} == {
        ("first", "a", 0.1),
        ("first", "b", 0.2),
    }
    plans = read_json(run, two, "--base", "5%", "--base", "second=40%", "--effect", "10%")["plans"]
    assert {(p["question"], p["answer"], p["base"]) for p in plans} == {("first", None, 0.05), ("second", None, 0.4)}


def test_questions_that_need_the_same_are_told_once(run: Run, two: Path) -> None:
    two.write_text(TWO_QUESTIONS.replace(", weight=3", "").replace('"a", "b", "c"', '"yes"'))

    code, told, _ = run(two, "--base", "5%", "--effect", "50%")

    assert code == 0
    assert told.count("from 5% to 7.5% of visitors") == 1
    assert "first (any answer), second (any answer): from 5%" in told
    assert "of all reports answer first 50%, second 50%" in told


def test_a_policy_without_experiments_is_planned_against_its_holdout(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text(ONLY_QUESTIONS)

    code, told, _ = run(path, "--base", "5%", "--effect", "20%", "--visitors-per-day", "100000")

    assert code == 0
    assert "  everyone against holdout\n    YES: " in told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--base", "5", "--effect", "10%"], "--base 5 is no percentage; write one with its sign, such as 5%"),
        (["--base", "0.05", "--effect", "10%"], "--base 0.05 is no percentage"),
        (["--base", "100%", "--effect", "10%"], "--base 100% is not above 0% and below 100%"),
        (["--base", "five%", "--effect", "10%"], "--base five% is no percentage"),
        (["--base", "5%", "--effect", "10"], "--effect 10 has no unit that is known; write 10%"),
        (["--base", "5%", "--effect", "0%"], "--effect 0% is no effect"),
        (["--base", "60%", "--effect", "80%"], "leads from 60% to 108% of visitors, which is not between 0% and 100%"),
        (["--base", "5%", "--effect=-5pts"], "leads from 5% to 0% of visitors"),
        (["--base", "loved=5%", "--effect", "1%"], "there is no question 'loved'; use one of reading"),
        (
            ["--base", "reading.ate=5%", "--effect", "1%"],
            "has no answer 'ate'; use one of none, bounced, skimmed, read",
        ),
        (["--base", "5%", "--effect", "1%", "--sharing", "0%"], "--sharing 0% is not above 0% and at most 100%"),
        (
            ["--base", "reading=5%", "--base", "reading=6%", "--effect", "1%"],
            "are both about the same; give one of them",
        ),
        (
            ["--base", "reading.read=60%", "--base", "reading.skimmed=50%", "--effect", "1%"],
            "the answers to question 'reading' add up to 110% of visitors; each has one answer",
        ),
        (["--base", "5%", "--effect", "1%", "--power", "4%"], "--power 4% is not above --level 5%"),
        (
            ["--base", "5%", "--effect", "1%", "--power", "99.99999999999999999%"],
            "--power 99.99999999999999999% and --level 5% are too near to certainty",
        ),
        (["--base", "5%", "--effect", "1%", "--visitors-per-day", "0"], "--visitors-per-day 0 is not within 1 to"),
        (["--base", "5%", "--effect", "1%", "--days-a-month", "31"], "--days-a-month 31 is not within 1 to 30"),
        (["--base", "5%", "--effect", "1%", "--most-days", "0"], "--most-days 0 is not within 1 to 36,500"),
    ],
)
def test_a_mistake_is_one_line_with_a_mend_and_exit_code_2(run: Run, options: list[str], told: str) -> None:
    code, out, errors = run("news", *options)

    assert (code, out) == (2, "")
    assert told in errors
    assert "; " in errors
    assert errors.count("\n") == 1


def test_a_policy_that_asks_nothing_or_shows_nothing_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text('from trimtab import Policy\nsite = Policy("mute", built_in=[])\n')
    assert run(path, "--base", "5%", "--effect", "10%")[::2] == (
        2,
        "trimtab: policy 'mute' asks nothing, so nothing can be told; declare a question first\n",
    )
    path.write_text(ONLY_QUESTIONS + 'site.experiment("twins", arms={"a": [], "b": []})\n')
    code, _, errors = run(path, "--base", "5%", "--effect", "10%")
    assert (code, "has no arm that shows anything" in errors) == (2, True)


def test_a_base_is_needed(run: Run) -> None:
    code, _, errors = run("news", "--effect", "10%")
    assert code == 2
    assert "--base" in errors


def test_the_readme_explains_every_option() -> None:
    readme = (DEMO.parent / "server" / "README.md").read_text(encoding="utf-8")
    who = ("--visitors-per-day", "--sharing", "--days-a-month")
    options = ("--base", "--effect", "--segment", *who, "--power", "--level", "--most-days", "--json")
    assert [option for option in options if f"| `{option}` |" not in readme] == []


OTHER_KINDS = """
from trimtab import Policy, adjust, seconds

site = Policy("kinds")
buy = site.target("buy", ".buy")
big = site.adjust("big", on=buy, when=lambda v: v.clicks(buy) > 0, do=adjust.add_class("big"))
site.experiment("size", arms={"big": [big], "plain": []}, weights=(0.25, 0.75))

@site.segment(enter_after=seconds(1), leave_after=seconds(1))
def deep(v):
    return v.scroll.depth > 0.5

@site.ask_rating(by=deep)
def stars(outcome):
    return None

site.ask_cell("where")
"""


def test_an_average_by_segment_is_planned_in_both_groups_and_a_map_says_what_it_needs(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text(OTHER_KINDS)
    words = ("--base", "stars=2.5", "--base", "stars.none=80%", "--segment", "deep=25%", "--effect", "10%")

    code, told, _ = run(path, *words, "--visitors-per-day", "2000")
    plan = read_json(run, path, *words, "--visitors-per-day", "2000")

    assert code == 0
    text = " ".join(told.split())
    assert "stars (average) in deep: from 2.5 to 2.75 (10% more)" in text
    assert "stars (average) outside of deep: from 2.5 to 2.75 (10% more)" in text
    assert "Averages are of visitors with a number: 20% in stars." in text
    assert "Segments: 25% of visitors are in deep (--segment deep=20% for yours; the dashboard measures it)." in text
    assert "ask of all visitors, without by=deep" in text
    kinds = {(each["question"], each["among"], each["average"], each["base"], each["raised"]) for each in plan["plans"]}
    assert kinds == {("stars", among, True, 2.5, 2.75) for among in ("in the segment", "not in the segment")}
    inside, outside = (plan["plans"][n]["needs"][0]["once"]["visitors"] for n in (0, 2))
    assert inside == pytest.approx(3 * outside, rel=1e-4)
    # By hand: of 2.5 and 2.75 stars the spreads of greatest entropy have the variances 1.83883 and 1.95946 (each star
    # is exp(-0.25708) and exp(-0.12586) times as likely as the one before). 0.2 x 0.25 of the visitors have a number in
    # the segment, half of the reports are about stars, and 0.3 x 0.9 x 3/4 and 1/4 of the visitors report in the arms.
    scaled = (1.83883 / 0.75 + 1.95946 / 0.25) / (0.2 * 0.25) / (0.3 * 0.9 / 2) / 0.25**2
    # That takes more than sixty days, so two reports of each device are allowed for.
    assert inside == pytest.approx(2 * 7.848879734 * scaled, rel=1e-3)
    assert {each["comparisons"] for each in plan["plans"]} == {6}  # two groups, three pairs of arms
    # 2,845 reports / (30 % share x half of the reports x 0.9 x 0.25) = 84,297 visitors, 43 days of 2,000.
    expected = {"question": "where", "arm": "big", "reports": 2845, "visitors": 84297, "days": 43, "cell_share": 0.1}
    assert plan["maps"] == [expected]
    assert "2,845 reports in an arm: 84,300 visitors, 43 days until size/big has them." in text


def test_a_share_within_a_segment_is_planned_and_asking_all_visitors_is_advised(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text(OTHER_KINDS.replace("@site.ask_rating(by=deep)", "@site.ask_yes_no(by=deep)"))

    _, told, _ = run(path, "--base", "20%", "--effect", "4pts", "--visitors-per-day", "2000")

    assert "stars (any answer) in deep: from 20% to 24% of these visitors (4 points more, 20% of it)" in told
    assert "Segments: 30% of visitors are in deep" in told
    assert "ask of all visitors, without by=deep" in told
    assert "with 2 answers" not in told


def test_without_an_average_of_yours_it_is_that_of_an_even_spread(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text(OTHER_KINDS.replace("@site.ask_rating(by=deep)", '@site.ask_number(buckets=(10, 50), unit="EUR")'))

    _, told, _ = run(path, "--base", "5%", "--effect=-10%", "--visitors-per-day", "2000")

    assert "stars (average): from 35 to 31.5 EUR (10% less)" in told
    assert "100% in stars" in told
    assert "Segments" not in told
    _, told, _ = run(path, "--base", "stars=20 EUR", "--effect", "10%", "--visitors-per-day", "2000")
    assert "stars (average): from 20 to 22 EUR (10% more)" in told
    assert re.search(r"Within 30 days you could see a change from 20 to \d\d\.\d+ EUR or more", told)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--base", "stars=6", "--effect", "1%"], "an average from 6 to 6.06 is not between 1 and 5"),
        (["--base", "stars=4.9", "--effect", "10%"], "an average from 4.9 to 5.39 is not between 1 and 5"),
        (["--base", "stars=0", "--effect", "1%"], "the average 0 does not change by percent; give another with --base"),
        (["--base", "stars=many", "--effect", "1%"], "--base many is no number; write one such as 45"),
        (
            ["--base", "stars.4=20%", "--effect", "1%"],
            "of numbers the average is compared, not an answer; use stars=45",
        ),
        (["--base", "5%", "--effect", "2pts"], "no --base is for what is asked, and no average changes by points"),
        (["--base", "5%", "--segment", "seep=5%", "--effect", "1%"], "write NAME=20% with a segment"),
        (["--base", "5%", "--segment", "deep=5", "--effect", "1%"], "--segment 5 is no percentage"),
    ],
)
def test_an_average_or_segment_that_cannot_be_is_told(run: Run, tmp_path: Path, options: list[str], told: str) -> None:
    path = tmp_path / "policy.py"
    path.write_text(OTHER_KINDS)

    code, out, errors = run(path, *options)

    assert (code, out) == (2, "")
    assert told in errors
    assert errors.count("\n") == 1


def test_a_base_of_cells_and_a_policy_of_cells_alone_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "policy.py"
    path.write_text(OTHER_KINDS)
    code, _, errors = run(path, "--base", "where=5%", "--effect", "10%")
    assert (code, "cells are a map that is not compared; leave this --base out" in errors) == (2, True)

    path.write_text(OTHER_KINDS.replace("@site.ask_rating(by=deep)", ""))
    code, _, errors = run(path, "--base", "5%", "--effect", "10%")
    assert (code, "asks for cells alone, and those are not compared" in errors) == (2, True)
