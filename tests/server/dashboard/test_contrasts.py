"""Differences that are told, and those that are folded away because they cannot be."""

import re

from starlette.testclient import TestClient

from tests.server.dashboard.test_endpoint import fill
from tests.server.dashboard.test_kinds import READ, page_of
from trimtab.messages import Declaration
from trimtab_server.analyse.intervals import Interval
from trimtab_server.dashboard.units import Amounts, Shares
from trimtab_server.settings import Settings

FOLDED = re.compile(r"<details>\s*<summary>(.*?) that cannot be told yet</summary>(.*?)</details>", re.DOTALL)


def test_what_is_clear_stands_alone_and_the_rest_is_folded_away(client: TestClient, settings: Settings) -> None:
    fill(settings, {0: (5, 5, 5, 5), 1: (220, 220, 308, 752), 2: (220, 220, 752, 308)})

    page = client.get("/sites/news").text
    [(count, folded)] = FOLDED.findall(page)
    open_ = FOLDED.sub("", page)

    # Of two arms and the holdout and four answers: skimmed and read differ between the arms, and nothing else is clear.
    assert count == "10 comparisons"
    assert len(re.findall('class="open">cannot tell yet<', folded)) == 10
    assert "higher" not in folded
    assert len(re.findall('class="told">(?:higher|lower)<', open_)) == 2
    assert 'class="open">' not in open_


def test_where_nothing_is_clear_all_of_it_is_folded_away(client: TestClient, settings: Settings) -> None:
    fill(settings, {1: (20, 20, 20, 20), 2: (20, 20, 20, 20)})

    page = client.get("/sites/news").text
    [(count, folded)] = FOLDED.findall(page)

    # Four answers of the two arms; and the holdout, from which nothing has come, keeps either of them waiting.
    assert count == "6 comparisons"
    assert folded.count("cannot tell yet: no reports from holdout") == 2
    assert 'class="contrasts"' not in FOLDED.sub("", page)


def test_both_parts_have_the_axis_and_caption_of_the_whole(declaration: Declaration) -> None:
    counts = {0: (25, 25, 25, 25), 1: (1_000, 1_000, 500, 2_500), 2: (1_000, 1_000, 2_500, 500)}
    whole = page_of(declaration, READ, counts).questions[0].contrasts
    told, untold = whole.told, whole.untold

    assert (told.caption, told.axis) == (untold.caption, untold.axis) == (whole.caption, whole.axis)
    assert [row.name for pair in told.contrasts for row in pair.rows] == ["read, if skimmer"]
    rows = sum(len(pair.rows) for pair in whole.contrasts)
    waiting = sum(len(pair.waiting) for pair in whole.contrasts)
    assert untold.summary == f"{rows + waiting - 1} comparisons that cannot be told yet"


def test_a_difference_is_never_told_as_more_than_there_can_be() -> None:
    stars = Amounts.fitting("", (None, 1.0, 5.0), [Interval(1.0, 5.0)])

    # Estimates of shares may lie below 0 or above 1, where few have told: here 143 % and 33 %.
    assert (Shares(0).change(0.33 - 1.43), Shares(0).change(1.2)) == ("\u2212100", "+100")
    assert (stars.change(-4.5), stars.change(9.0)) == ("\u22124", "+4")
