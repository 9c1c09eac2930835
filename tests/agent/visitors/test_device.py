"""A made-up device reports as a real one: arms, budget, coins and seals; the true effect is in its events alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from trimtab.errors import PolicyError
from trimtab.loading import load_policy, policy_hash
from trimtab.messages import REPORT_BYTES, unpack_answers, unpack_report
from trimtab.privacy.budget import ASKED_ALL
from trimtab.visitors.crowd import ADAPTS, SHARES, Crowd
from trimtab.visitors.device import Device, Ground, Made
from trimtab.visitors.draws import seeded
from trimtab.visitors.truth import Truth, make_reports, prepare

NEWS = Path(__file__).parents[3] / "demo_site" / "news" / "policy.py"
TODAY = 20_780
CROWD = Crowd(visitors=60, days=30, last_day=TODAY, seed=1, sharing=1.0, base=0.0, lift=1.0)
ADAPTIVE, STATIC = 1, 2


@pytest.fixture(scope="module")
def news() -> Ground:
    return prepare(NEWS)


def skim(ground: Ground, arm: int, crowd: Crowd = CROWD, seeds: int = 8) -> list[Made]:
    """Skimmers in one arm."""
    made = []
    for number in range(200):
        device = Device(ground, f"device {number}")
        visit = device.visit(crowd, "skimmer", SHARES, TODAY, seeded(number))
        made += [visit] if visit.arms == (arm,) else []
        if len(made) == seeds:
            break
    return made


def test_who_is_shown_a_change_reaches_the_goal_and_reads_and_nobody_else_does(news: Ground) -> None:
    answers = news.declaration.questions[0].answers
    adaptive, static = skim(news, ADAPTIVE), skim(news, STATIC)
    assert [visit.reached for visit in adaptive] == [visit.shown for visit in adaptive]
    assert sum(visit.shown for visit in adaptive) >= 6
    assert {answers[visit.answers[0]] for visit in adaptive if visit.shown} == {"read"}
    assert not any(visit.shown or visit.reached for visit in static)
    assert [answers[visit.answers[0]] for visit in static].count("skimmed") >= 6


def test_without_an_effect_the_goal_is_reached_by_lot_whatever_is_shown(news: Ground) -> None:
    always, never = replace(CROWD, base=1.0, lift=0.0), replace(CROWD, lift=0.0)
    assert all(visit.reached for visit in skim(news, STATIC, always, 3))
    assert not any(visit.reached for visit in skim(news, ADAPTIVE, never, 3))


def test_a_report_is_one_that_the_policy_can_make_about_its_day_and_arm(news: Ground) -> None:
    for visit in skim(news, STATIC, seeds=3):
        assert visit.report is not None
        assert len(visit.report) == REPORT_BYTES
        report = unpack_report(visit.report)
        assert report.policy.hex() == news.declaration.hash
        assert (report.question, report.arm, report.day) == (0, STATIC, TODAY)
        assert len(unpack_answers(report.answer, 4) or ()) == 1


def test_the_told_answer_is_noised(news: Ground) -> None:
    told = [unpack_answers(unpack_report(visit.report or b"").answer, 4) for visit in skim(news, STATIC, seeds=20)]
    assert any(answer != visit.answers for answer, visit in zip(told, skim(news, STATIC, seeds=20), strict=True))


def test_a_device_answers_the_one_question_once_in_thirty_days_and_keeps_its_arm(news: Ground) -> None:
    device = Device(news, "device")
    days = [day for day in range(TODAY - 31, TODAY + 1) for _ in range(2)]
    made = [device.visit(CROWD, "keyboard-user", SHARES, day, seeded(n)) for n, day in enumerate(days)]
    sent = [unpack_report(visit.report) for visit in made if visit.report]
    assert [report.day for report in sent] == [TODAY - 31, TODAY - 1]
    assert len({report.id for report in sent}) == 2
    assert len({visit.arms for visit in made}) == 1
    assert {visit.why for visit in made if not visit.report} == {ASKED_ALL}


def test_who_does_not_share_makes_no_report(news: Ground) -> None:
    visit = Device(news, "device").visit(CROWD, "skimmer", ADAPTS, TODAY, seeded(1))
    assert (visit.report, visit.why) == (None, "")


def test_the_same_crowd_makes_the_same_reports_and_a_truth_that_adds_up(news: Ground) -> None:
    crowd, whole, halves = replace(CROWD, sharing=0.5), Truth(), (Truth(), Truth())
    reports = list(make_reports(news, crowd, range(30), whole))
    again = [*make_reports(news, crowd, range(15), halves[0]), *make_reports(news, crowd, range(15, 30), halves[1])]
    halves[0].add(halves[1])
    assert again == reports
    assert halves[0] == whole
    assert (whole.visitors, whole.reports) == (30, len(reports))
    assert whole.visits > sum(whole.answers.values()) >= whole.reports > 0  # some come again, and answer once
    assert sum(whole.share(0, STATIC, answer) or 0 for answer in range(4)) == pytest.approx(1)


def test_the_reports_go_by_a_hash_that_no_real_policy_has(news: Ground) -> None:
    policy, source = load_policy(NEWS), NEWS.read_bytes()
    assert news.declaration.simulated
    assert news.declaration.hash not in {policy_hash(policy, source), policy_hash(policy, source, preview=True)}


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('from trimtab import Policy\np = Policy("a")\n', "declares no goal"),
        ('from trimtab import Policy\np = Policy("a")\np.goal("sale")\n', "no goal 'purchase'; use one of sale"),
    ],
)
def test_a_policy_that_cannot_be_made_up_for_is_told(tmp_path: Path, source: str, says: str) -> None:
    (tmp_path / "policy.py").write_text(source)
    with pytest.raises(PolicyError, match=says):
        prepare(tmp_path / "policy.py", "purchase")
