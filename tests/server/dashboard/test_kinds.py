"""Questions of a number, and questions by segment, on the page, in the text and in the headline."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from tests.server.conftest import TODAY
from tests.server.dashboard.test_endpoint import MakePack, fill
from trimtab.messages import Declaration, Named
from trimtab.scales import CELL, RATING
from trimtab_server.analyse.intervals import Interval
from trimtab_server.dashboard.bars import amount_axis, change_axis
from trimtab_server.dashboard.page import SitePage, site_page
from trimtab_server.dashboard.units import Amounts
from trimtab_server.report.telling import told
from trimtab_server.settings import Settings
from trimtab_server.store.counting import Count
from trimtab_server.store.policies import StoredPolicy

SECONDS = Named("attended", ("none", "under 10 s", "10 s or more"), 1, "number", (None, 5.0, 15.0), "s")
STARS = Named("satisfaction", RATING.answers, 1, "rating", RATING.values)
READ = Named(
    "reading", tuple(f"{who}: {a}" for who in ("not skimmer", "skimmer") for a in ("none", "read")), by="skimmer"
)
WHERE = Named("cell", CELL.answers, 11, "cell")
LOW, HIGH = (400, 4_000, 1_600), (400, 1_600, 4_000)


def page_of(declaration: Declaration, question: Named, counts: Mapping[int, Sequence[int]]) -> SitePage:
    policy = StoredPolicy(1, "news", TODAY - 9, replace(declaration, questions=(question,)))
    rows = [Count(0, arm, TODAY - 1, answer, n) for arm, given in counts.items() for answer, n in enumerate(given)]
    return site_page([policy], policy, rows, TODAY)


def test_a_number_is_compared_by_its_average_and_shown_by_its_buckets(declaration: Declaration) -> None:
    page = page_of(declaration, SECONDS, {0: LOW, 1: HIGH, 2: LOW})

    averages, shares = page.questions[0].numbers
    # 8 of 10 reports are true, and each other answer is told by chance in 1 of 10: of 6,000 reports 600 stray to each.
    # So 1,000 are left at 5 s and 3,400 at 15 s: 56,000 s / 4,400.
    assert averages.caption == "Average of the visitors who have a number, in s"
    assert [(row.arm.name, row.value) for row in averages.numbers[0].rows] == [
        ("adaptive", "12.73"),
        ("static", "7.27"),
        ("holdout", "7.27"),
    ]
    assert [number.name for number in shares.numbers] == ["none", "under 10 s", "10 s or more"]
    assert page.comparisons == 3
    assert page.questions[0].contrasts.caption == "Differences between arms’ averages, in s"
    assert page.headline.title == "The average of “attended” is higher with adaptive than with static."
    assert re.fullmatch(
        r"In “attended”: 12\.7 against 7\.3\. That is \+5\.5 s, likely between \+\d\.\d and \+\d\.\d\.",
        page.headline.lines[0],
    )


def test_an_average_that_nobody_has_yet_is_said_in_words(declaration: Declaration) -> None:
    page = page_of(declaration, STARS, {1: (800, 100, 100, 100, 100, 100), 2: (100, 100, 100, 100, 100, 800)})

    rows = page.questions[0].numbers[0].numbers[0].rows
    assert [(row.value, row.bar is None) for row in rows] == [("too few yet", True), ("5.00", False)]
    assert page.questions[0].contrasts.contrasts[0].waiting == ("too few visitors with a number in adaptive yet",)
    assert "adaptive compared with static: cannot tell yet, too few visitors with a number in adaptive yet" in list(
        told(page)
    )


def test_with_no_number_in_any_arm_there_is_nothing_to_compare_yet(declaration: Declaration) -> None:
    page = page_of(declaration, STARS, dict.fromkeys((0, 1, 2), (800, 100, 100, 100, 100, 100)))

    assert page.headline.lines[0].endswith("Too few visitors with a number yet, so there is nothing to compare with.")


def test_by_segment_its_size_comes_first_then_each_group_and_the_joint_answers_are_folded_away(
    declaration: Declaration,
) -> None:
    page = page_of(
        declaration, READ, {0: (25, 25, 25, 25), 1: (1_000, 1_000, 500, 2_500), 2: (1_000, 1_000, 2_500, 500)}
    )

    size, groups = page.questions[0].numbers
    [joint] = page.questions[0].aside
    assert size.caption == "Visitors in “skimmer”, in percent of each arm’s"
    assert [number.name for number in groups.numbers] == ["read, if skimmer", "read, if not skimmer"]
    assert [number.name for number in joint.numbers] == list(READ.answers)
    contrast = page.questions[0].contrasts.contrasts[0]
    assert [(row.name, row.settled) for row in contrast.rows] == [
        ("read, if skimmer", True),
        ("read, if not skimmer", False),
    ]
    assert "compares different people" in page.questions[0].note
    assert page.headline.title == "More visits in “skimmer” end in “read” with adaptive than with static."
    text = "\n".join(told(page))
    assert page.questions[0].note in text
    assert "skimmer: read" in text


def test_a_segment_that_nobody_is_in_yet_is_named(declaration: Declaration) -> None:
    page = page_of(declaration, READ, {1: (800, 800, 165, 165), 2: (500, 500, 500, 500)})

    assert page.questions[0].contrasts.contrasts[0].waiting == ("too few visitors in “skimmer” in adaptive yet",)


def test_the_page_has_a_table_for_each_and_no_bar_where_there_is_no_number(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration
) -> None:
    make_pack(settings.packs[0], policy=replace(declaration, hash="c" * 16, questions=(STARS,)))
    client.get("/healthz")
    fill(settings, {1: (800, 100, 100, 100, 100, 100), 2: (100, 100, 100, 100, 100, 800)}, policy=2)

    page = client.get("/sites/news").text

    assert page.count("<caption>") == 3
    assert "Differences between arms’ averages</caption>" in page
    assert re.search(r'colspan="2">too few yet</td>\s*<td class="plot"></td>', page)
    assert "cannot tell yet: too few visitors with a number in adaptive yet" in page
    assert page.count("<tfoot>") == 2  # in the table of the differences nothing can be drawn


def test_an_axis_with_nothing_on_it_is_not_drawn(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration
) -> None:
    make_pack(settings.packs[0], policy=replace(declaration, hash="c" * 16, questions=(STARS,)))
    client.get("/healthz")
    fill(settings, {1: (800, 100, 100, 100, 100, 100), 2: (800, 100, 100, 100, 100, 100)}, policy=2)

    page = client.get("/sites/news").text

    assert page.count("too few yet") == 2
    assert page.count("<tfoot>") == 1


def where(hot: Mapping[int, int], rest: int) -> list[int]:
    """Counts of told answers: 11 for each report, so `rest` of most answers, and more of some."""
    return [hot.get(answer, rest) for answer in range(97)]


def test_cells_are_a_map_for_each_arm_and_its_hottest_cells_are_told_in_words(declaration: Declaration) -> None:
    page = page_of(declaration, WHERE, {0: [3] * 97, 1: where({1: 700, 10: 600, 96: 500, 50: 400}, 250)})

    adaptive, holdout = page.questions[0].maps
    assert (adaptive.arm.name, len(adaptive.cells), adaptive.width, adaptive.height) == ("adaptive", 96, 254, 262)
    assert [(cell.x, cell.y) for cell in adaptive.cells if cell.standing == "above"] == [
        (0, 0),
        (32, 22),
        (32, 132),
        (224, 242),
    ]
    assert adaptive.cells[0].dark
    assert adaptive.cells[0].shade == 1.0
    assert [line.split(":")[0] for line in adaptive.says[:3]] == [
        "row 1, column 1",
        "row 2, column 2",
        "row 12, column 8",
    ]
    assert adaptive.says[3].startswith("1 more cell clearly above ")
    assert {cell.standing for cell in holdout.cells} == {"untold"}
    assert holdout.says == (
        "Cannot tell yet: no cell stands out. One that 10% of visitors attend to most shows with about 2,900 reports.",
    )
    assert page.comparisons == 0
    assert page.questions[0].numbers == ()
    text = "\n".join(told(page))
    assert adaptive.says[0] in text
    assert holdout.says[0] in text
    assert len(text.splitlines()) < 40


def test_a_map_is_drawn_and_never_96_rows(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration
) -> None:
    make_pack(settings.packs[0], policy=replace(declaration, hash="c" * 16, questions=(WHERE,)))
    client.get("/healthz")
    assert "No report about this question yet." in client.get("/sites/news").text
    fill(settings, {1: where({1: 700, 2: 0}, 250)}, policy=2)

    page = client.get("/sites/news").text

    assert page.count('<g class="above">') == 1
    assert page.count('<g class="below">') == 1
    assert page.count('<g class="untold">') == 94
    assert 'class="shares"' not in page
    assert "style=" not in page
    assert re.search(r"<li>row 1, column 1: \d+\.\d% \(", page)
    assert "<li>1 cell clearly below " in page


@pytest.mark.parametrize(
    ("width", "text"), [(40.0, "1,234"), (3.9, "1,234.5"), (0.3, "1,234.50"), (0.001, "1,234.500")]
)
def test_an_average_has_as_many_digits_as_its_interval_gives_reason_for(width: float, text: str) -> None:
    unit = Amounts.fitting("EUR", (None, 0.0, 5_000.0), [Interval(100, 100 + width)])

    assert unit.one(1234.5) == text
    assert unit.named(unit.change(-2.0)).endswith(" EUR")


def test_what_noise_pushes_out_is_shown_as_the_least_or_most_that_it_can_be() -> None:
    unit = Amounts.fitting("", (None, 1.0, 5.0), [Interval(1, 2)])

    assert unit.span(Interval(-3, 9)) == "1.0 to 5.0"
    assert unit.change_span(Interval(-9, 9)) == "−4.0 to +4.0"
    assert unit.change(-0.01) == "0.0"


def test_axes_of_amounts_end_at_round_numbers() -> None:
    axis = amount_axis([Interval(3.26, 4.0), Interval(3.4, 3.9)])

    assert [tick.label for tick in axis.ticks] == ["3.2", "3.4", "3.6", "3.8", "4.0"]
    assert [tick.label for tick in change_axis([Interval(-13, 24)]).ticks] == ["−40", "−20", "0", "+20", "+40"]
    assert [tick.label for tick in amount_axis([]).ticks] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
