"""A person's trace says what was recorded, in the vocabulary of a browser."""

from pathlib import Path

from tests.reading.geometry import layout_of
from tests.reading.people import needs_readers, people
from tests.reading.traces import read, traces
from trimtab.values import Kind

pytestmark = needs_readers


def test_every_record_but_the_first_is_a_scroll_at_its_time() -> None:
    for person in people():
        scrolls = [(event.t_ms, event.a) for event in traces()[person.id] if event.kind is Kind.SCROLL]
        assert scrolls == list(zip(person.t_ms, person.y_px, strict=True))[1:]


def test_what_is_visible_after_each_record_is_what_was_recorded() -> None:
    for person in people():
        visible: dict[int, float] = {}
        after = {}
        for event in traces()[person.id]:
            if event.kind is Kind.VISIBLE and event.target:
                visible[event.target - 1] = event.a
            after[event.t_ms] = {number: share for number, share in visible.items() if share}
        assert [after.get(t_ms, {}) for t_ms in person.t_ms] == list(person.shares)


def test_a_scroll_is_told_before_what_comes_into_view_by_it() -> None:
    for person in people():
        seen: set[float] = set()
        for event in traces()[person.id]:
            if event.kind is Kind.SCROLL:
                assert event.t_ms not in seen
            elif event.kind is Kind.VISIBLE:
                seen.add(event.t_ms)


def test_a_policy_with_one_target_reads_the_story_alone(tmp_path: Path) -> None:
    person = people()[0]
    events = list(read(person, tmp_path, words=99, targets=("story",)))
    words = len(layout_of(person).tops_px) * 99
    assert [(event.target, event.c) for event in events if event.kind is Kind.LAYOUT] == [(0, words)]
    assert {event.target for event in events if event.kind is Kind.VISIBLE} == {0}
