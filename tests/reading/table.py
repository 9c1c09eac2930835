"""The published tables, made anew from the data: `python -m tests.reading` writes them, a test compares them.

Each stands in one place: what was found in agent/READERS.md, how it was chosen in the one beside this file.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from tests.reading.candidates import Choice, choose, trials
from tests.reading.definitions import Decided, by_name, everybody, mean_strengths
from tests.reading.signals import Finding, findings, scores, scrolled_twice
from tests.reading.statistics import Estimate, bootstrap

HERE: Final = Path(__file__).with_name("README.md")
AGENT: Final = Path(__file__).resolve().parents[2] / "agent" / "READERS.md"
CALM_S: Final = 8
DEFINITIONS: Final = {
    "demo": "**`skimmer` of the demo policy**: mean speed > 40 px/s, > 300 wpm, share seen > 0.4; 8 s in, 20 s out",
    "former": "the demo's until 23 November 2026: > 450 wpm, speed over 2 s > 120 px/s; 2.5 s in, 20 s out",
    "speeds": "mean speed > 40 px/s, > 300 wpm; 8 s in, 20 s out",
    "eager": "the same; 2 s in, 20 s out",
    "mean_speed": "mean speed > 40 px/s; 8 s in, 20 s out",
    "pace": "> 300 wpm; 8 s in, 20 s out",
}
NAME: Final = r"(?P<begin><!-- table: {name} -->\n).*?(?=\n<!-- end -->)"


def signals_table() -> Iterator[str]:
    """A row a signal."""
    yield from header("signal", "n (0 / ≥ 2)", "Spearman", "AUC at the end (95 %)", "AUC at 30 s (95 %)")
    for finding in findings():
        yield from _signal_row(finding)


def _signal_row(finding: Finding) -> Iterator[str]:
    constant = np.isnan(finding.correlation)
    correlation = "–" if constant else f"{finding.correlation:+.2f}"
    area = "the same for everybody" if constant else str(finding.area)
    yield row(finding.signal.name, f"{finding.low} / {finding.high}", correlation, area, _early(finding.early))


def _early(area: Estimate | None) -> str:
    if area is None:
        return "–"
    return "the same for everybody" if area.low == area.high else str(area)


def segments_table() -> Iterator[str]:
    """A row a definition: what its strength says."""
    people = ("entered by score 0 / 1 / 2 / 3", "first entered")
    yield from header("definition", "AUC of the strength (95 %)", "more than the one before", "of all people", *people)
    for name, told in DEFINITIONS.items():
        yield from _segment_row(name, told)


def _segment_row(name: str, told: str) -> Iterator[str]:
    score, some = scores(), scrolled_twice()
    strengths, former = mean_strengths(name), mean_strengths("former")
    entered = np.array([bool(decided.changes_s) for decided in by_name(name)])
    shares = [f"{entered[(some == 1) & (score == value)].mean():.0%}" for value in range(4)]
    first_s = np.median([decided.changes_s[0] for decided in by_name(name) if decided.changes_s])
    more = "–" if name == "former" else str(bootstrap(strengths * some, score, former * some))
    areas = (str(bootstrap(strengths * some, score)), more, str(bootstrap(strengths, score)))
    yield row(told, *areas, " / ".join(shares), f"{first_s:.0f} s")


def calm_table() -> Iterator[str]:
    """A row a definition: how often it changes its mind."""
    most = ("most changes in any 30 s: median reader", "anybody")
    yield from header("definition", *most, "people with more than two changes", "shortest there and back")
    for name, told in DEFINITIONS.items():
        yield calm_row(told, by_name(name))
    yield calm_row("adjustments of the demo policy on the page", [shown for _, shown in shown_by_demo()])


def calm_row(told: str, everybodys: list[Decided]) -> str:
    """How often something changes, and how soon again."""
    most = [decided.most_in_30_s for decided in everybodys]
    restless = np.mean([len(decided.changes_s) > 2 for decided in everybodys])
    shortest_s = min(decided.shortest_s for decided in everybodys)
    told_s = f"{shortest_s:.1f} s" + (f", **below {CALM_S} s**" if shortest_s < CALM_S else "")
    return row(told, f"{np.median(most):.0f}", str(max(most)), f"{restless:.1%}", told_s)


def shown_by_demo() -> Iterator[tuple[int, Decided]]:
    """For each visit and each adjustment of the demo policy, when it was shown and taken back."""
    for visited in everybody(demo=True):
        for adjustment in {adjustment for _, adjustment in visited.commands} or {0}:
            yield adjustment, Decided(changes_s=[t for t, other in visited.commands if other == adjustment])


def choice_table() -> Iterator[str]:
    """A row a family of definitions: the best of it, and what cross-validation leaves."""
    columns = ("best definition", "AUC", "held out", "chosen again", "restless people")
    yield from header("signals", "waits", *columns)
    families = dict.fromkeys(candidate.family for candidate in trials().candidates)
    for calm in (False, True):
        for family in [*families, "any of these"]:
            wanted = [
                family in (candidate.family, "any of these")
                and (not calm or min(candidate.enter_s, candidate.leave_s) >= CALM_S)
                for candidate in trials().candidates
            ]
            choice = choose(trials().only(np.array(wanted)), scores(), scrolled_twice() == 1)
            yield choice_row(family, f"≥ {CALM_S} s" if calm else "any", choice)


def choice_row(family: str, waits: str, choice: Choice) -> str:
    """One line of the choice."""
    held_out = f"{choice.held_out:.3f} ± {choice.deviation:.3f}"
    shares = (f"{choice.again:.0%}", f"{choice.restless:.0%}")
    return row(family, waits, str(choice.chosen), f"{choice.apparent:.3f}", held_out, *shares)


TABLES: Final[dict[str, tuple[Path, Callable[[], Iterable[str]]]]] = {
    "signals": (AGENT, signals_table),
    "segments": (AGENT, segments_table),
    "calm": (AGENT, calm_table),
    "choice": (HERE, choice_table),
}
"""Where each table stands, and what makes it."""


def header(*cells: str) -> Iterator[str]:
    """The head of a table."""
    yield row(*cells)
    yield row(*["---"] * len(cells))


def row(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def made(name: str) -> str:
    """The table as code and data say it now."""
    _, make = TABLES[name]
    return "\n".join(make())


def written(name: str) -> str:
    """The table as it stands on its page. Raises ValueError if it does not."""
    place, _ = TABLES[name]
    found = re.search(NAME.format(name=name), place.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise ValueError(f"{place} has no place for the table {name!r}")
    return found[0].removeprefix(found["begin"])


def write(name: str) -> None:
    """Makes the table anew on its page."""
    place, _ = TABLES[name]
    table, text = made(name), place.read_text(encoding="utf-8")
    place.write_text(
        re.sub(NAME.format(name=name), lambda found: found["begin"] + table, text, flags=re.DOTALL), encoding="utf-8"
    )
