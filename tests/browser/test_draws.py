"""The coins that a real page draws keep the privacy that is claimed, and every report has an id of its own."""

from typing import Final

import pytest
from playwright.sync_api import Page
from scipy import stats  # type: ignore[import-untyped]

DRAWS: Final = 300_000
SURE: Final = 1e-6
COUNT: Final = """async ([k, w, draws]) => {
    const { drawOffsets } = await import("/page/draw/ticket.js");
    const counts = new Map();
    for (let n = 0; n < draws; n += 1) {
        const told = drawOffsets(k, w, 8, 1).join();
        counts.set(told, (counts.get(told) ?? 0) + 1);
    }
    return [...counts];
}"""
IDS: Final = """async (draws) => {
    const { drawTicket } = await import("/page/draw/ticket.js");
    const questions = [{ answers: ["none", "yes"], width: 1 }];
    const declaration = { hash: "00".repeat(8), noise: { a: 8, b: 1 }, questions };
    const arms = [[10000, 1]];
    const table = { questions: [{ weight: 1, untouched: [[101, 0]] }], holdout: ["site/holdout", 1000],
                    experiments: [{ name: "", hashed: "", space: null, arms, outside: 1 }] };
    const subject = { question: 0, about: 0, pair: 7 };
    const draw = () => drawTicket(declaration, table, subject, 20780, "0".repeat(32), 50);
    const reports = Array.from({ length: draws }, draw);
    return [new Set(reports.map(({ stub }) => stub.id)).size, ...new Set(reports.map(({ report }) => report.length))];
}"""


@pytest.fixture
def modules(page: Page, origin: str) -> Page:
    """A page that can import the page's own modules."""
    page.goto(origin)
    return page


def test_many_draws_show_no_more_than_is_claimed(modules: Page) -> None:
    counts: dict[str, int] = dict(modules.evaluate(COUNT, [4, 1, DRAWS]))
    assert sum(counts.values()) == DRAWS
    kept, strayed = counts["0"], max(counts["1"], counts["2"], counts["3"])
    least = stats.beta.ppf(SURE, kept, DRAWS - kept + 1) / stats.beta.ppf(1 - SURE, strayed + 1, DRAWS - strayed)
    assert 7.5 < least < 8

    chances = [8 / 11, 1 / 11, 1 / 11, 1 / 11]
    assert stats.chisquare([counts[str(n)] for n in range(4)], [DRAWS * each for each in chances]).pvalue > SURE


def test_sets_of_several_answers_are_drawn_as_often_as_the_model_says(modules: Page) -> None:
    counts: dict[str, int] = dict(modules.evaluate(COUNT, [6, 3, DRAWS // 4]))
    expected = {told: (8 if told.startswith("0") else 1) / 90 for told in counts}  # 10 sets with the truth, 10 without
    assert len(counts) == 20
    assert stats.chisquare(list(counts.values()), [DRAWS // 4 * expected[told] for told in counts]).pvalue > SURE


def test_every_report_has_an_id_of_its_own_and_one_size(modules: Page) -> None:
    assert modules.evaluate(IDS, 10_000) == [10_000, 128]
