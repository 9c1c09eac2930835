"""A page of the dashboard as lines of text: the same values, the same words."""

import textwrap
from collections.abc import Iterator
from typing import Final

from trimtab.privacy.budget import MONTH_DAYS
from trimtab_server.analyse.returning import BORNE
from trimtab_server.dashboard.contrasts import ContrastTable
from trimtab_server.dashboard.numbers import NumberTable
from trimtab_server.dashboard.page import QuestionView, SitePage
from trimtab_server.report.tables import columns

WIDTH: Final = 100
LEGEND: Final = (
    "“Likely between” is a 95% interval: of a difference it holds at all times, so look every day; of a share or"
    f" average for one look. All bear {BORNE} reports of each device about the same, as many as"
    f" {BORNE * MONTH_DAYS} days can hold."
)


def told(page: SitePage) -> Iterator[str]:
    """All that the page says, top to bottom."""
    chosen = next(policy for policy in page.policies if policy.chosen)
    yield f"{page.site}: policy {chosen.hash} since {chosen.since}, {page.reports}, {page.as_of} (UTC)"
    if page.made_up:
        yield page.made_up
    if page.unmixed:
        yield page.unmixed
    yield ""
    yield page.headline.title
    yield from page.headline.lines
    for view in page.questions:
        yield ""
        yield from _question(view)
    yield ""
    yield f"Reports per day: {page.timeline.summary}"
    yield f"Reports per arm: {page.balance.summary}"
    yield ""
    rows = [(row.arm, row.reports, row.expected) for row in page.balance.arms]
    yield from columns(("arm", "reports", "expected"), rows, right=(1, 2))
    yield ""
    noise = page.noise
    month = f"at most {noise.at_most} in {noise.days} days, {noise.epsilon_all}"
    yield f"What a report reveals: ε = {noise.epsilon}; {month}."
    if any(view.numbers for view in page.questions):
        yield ""
        yield from textwrap.wrap(LEGEND, WIDTH)


def _question(view: QuestionView) -> Iterator[str]:
    yield f"Question {view.name}"
    yield f"Told is {view.told}."
    for arm in view.maps:
        yield ""
        yield f"{arm.arm.name}, {arm.arm.reports}, the cells attended to most:"
        yield from (f"- {line}" for line in arm.says)
    if view.maps:
        return
    if not view.numbers:
        yield "No report about this question yet."
        return
    for table in (*view.numbers, *view.aside):
        yield ""
        yield from _numbers(table)
    waiting = [(pair, missing) for pair in view.contrasts.contrasts for missing in pair.waiting]
    if waiting:
        yield ""
    for pair, missing in waiting:
        yield f"{pair.first} compared with {pair.second}: cannot tell yet, {missing}"
    if any(contrast.rows for contrast in view.contrasts.contrasts):
        yield ""
        yield from _contrasts(view.contrasts)
        if view.note:
            yield view.note
        yield ""
        yield from _views(view.contrasts)


def _numbers(table: NumberTable) -> Iterator[str]:
    yield f"{table.caption}:"
    rows = [
        (number.name, row.arm.name, row.arm.reports.split()[0], row.value, row.span)
        for number in table.numbers
        for row in number.rows
    ]
    head = (table.first.lower(), "arm", "reports", table.column.lower(), "likely between")
    yield from columns(head, rows, right=(2, 3, 4))


def _contrasts(table: ContrastTable) -> Iterator[str]:
    yield f"{table.caption}:"
    rows = [
        (f"{pair.first} - {pair.second}", row.name, row.change, row.span, row.verdict.value, row.more)
        for pair in table.contrasts
        for row in pair.rows
    ]
    head = ("difference", "answer", "", "likely between", "verdict", "")
    yield from columns(head, rows, right=(2, 3))


def _views(table: ContrastTable) -> Iterator[str]:
    rows = [
        (
            f"{pair.first} - {pair.second}",
            row.name,
            row.views.relative,
            row.views.single,
            row.views.belief,
            row.views.sure.removesuffix(" that it is higher"),
            row.views.returning,
            row.views.lies,
            row.views.undone,
        )
        for pair in table.contrasts
        for row in pair.rows
    ]
    head = ("seen otherwise", "answer", "relative", "by one look", "as a belief", "higher", "if visitors return")
    yield from columns((*head, "made-up reports", ""), rows, right=(2, 3, 4, 5, 6))
