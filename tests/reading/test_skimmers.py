"""What tells those who understood nothing from those who understood most."""

import numpy as np

from tests.reading.candidates import MEAN, PACE, Candidate, everybodys_series, tried
from tests.reading.definitions import WORDS_A_PARAGRAPH, by_name, mean_strengths
from tests.reading.geometry import layouts
from tests.reading.people import needs_readers
from tests.reading.replays import OF_PAGE, OF_TEXTS, OF_VIEWS
from tests.reading.signals import Finding, findings, scores, scrolled_twice
from tests.reading.statistics import bootstrap

pytestmark = needs_readers


def found(name: str) -> Finding:
    (finding,) = (finding for finding in findings() if name in finding.signal.name)
    return finding


def test_the_known_best_number_is_reproduced() -> None:
    known = found("the known best")
    assert round(known.correlation, 2) == -0.37
    assert int(np.nansum(scrolled_twice())) == 507


def test_every_signal_that_is_measured_on_the_readers_has_its_line() -> None:
    named = {finding.signal.name.split("`")[1] for finding in findings() if "`" in finding.signal.name}
    measured = {name.removeprefix("attention.") for name in (*OF_PAGE, *OF_VIEWS, *OF_TEXTS)}
    assert named == measured


def test_mean_speed_tells_half_a_minute_into_the_visit_and_a_speed_over_a_window_does_not() -> None:
    mean, windowed = found("scroll.mean_speed_px_s").early, found("over 2 s (default)").early
    assert mean is not None
    assert mean.low > 0.6
    assert windowed is not None
    assert windowed.low < 0.5


def test_the_demos_skimmer_tells_and_surely_more_than_nothing_and_than_the_one_before() -> None:
    area = bootstrap(mean_strengths("demo") * scrolled_twice(), scores())
    assert area.low > 0.55
    more = bootstrap(mean_strengths("demo") * scrolled_twice(), scores(), mean_strengths("former") * scrolled_twice())
    assert more.low > 0


def test_it_is_entered_by_fewer_the_more_they_understood() -> None:
    entered = np.array([bool(decided.changes_s) for decided in by_name("demo")])
    shares = [entered[(scores() == score) & (scrolled_twice() == 1)].mean() for score in range(4)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 2 * shares[3]


def test_a_paragraph_stands_for_as_many_words_as_these_texts_have() -> None:
    paragraphs = np.mean([len(layout.tops_px) for layout in layouts().values()])
    assert abs(533 / paragraphs - WORDS_A_PARAGRAPH) < 2


def test_candidates_are_tried_as_the_pipeline_decides() -> None:
    candidate = Candidate(((MEAN, 40.0), (PACE, 300 / WORDS_A_PARAGRAPH)), enter_s=8, leave_s=20)
    strengths = np.array([tried(candidate, series)[0] for series in everybodys_series()])
    away = np.abs(strengths - mean_strengths("speeds"))
    assert np.mean(away < 0.02) > 0.97  # four moments a second there, one here
    assert np.max(away) < 0.08
    changes = np.array([tried(candidate, series)[1] for series in everybodys_series()])
    ours = np.array([len(decided.changes_s) for decided in by_name("speeds")])
    assert np.mean(changes == ours) > 0.99
