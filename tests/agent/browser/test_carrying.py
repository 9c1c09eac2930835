"""A visit is left with a text to store, and goes on with it on the next page."""

import json
from typing import Any

import pytest

from tests.agent.browser.working import ALL, ORIGIN_MS, PAGE, SKIM, start, step, wake
from trimtab.browser import entry
from trimtab.values import Kind


def left(visit: str, left_ms: float = 9_000, away_ms: float = 400) -> str:
    """As the page stores it when it is left."""
    return f'{{"left_ms":{left_ms},"left_at_ms":{ORIGIN_MS - away_ms},"visit":{visit}}}'


def carried_from_a_skimmer() -> str:
    start()
    carry: str = step(7_950, PAGE, *SKIM)["carry"]
    return carry


def test_the_visit_goes_on_on_the_next_page() -> None:
    carried = left(carried_from_a_skimmer())

    assert start(carried=carried) == {"arm": "summaries/adaptive", "resumed": True, "segments": ["skimmer"]}
    answer = step(60, PAGE)
    assert answer["commands"] == [["apply", 0]]
    assert [(line["decision"], line["reason"]) for line in answer["log"]] == [("allowed", "remembered")]
    assert answer["errors"] == 0


def test_what_the_page_showed_again_by_itself_is_confirmed_or_taken_back() -> None:
    carried = left(carried_from_a_skimmer())
    entry._session = None
    start(carried=carried, replayed=[0])
    assert step(100, PAGE)["commands"] == [["apply", 0]]
    entry._session = None
    start(replayed=[0])
    assert step(100, PAGE)["commands"] == [["undo", 0]], "the visit does not go on"
    assert step(200)["commands"] == []


def test_without_consent_to_remember_nothing_is_carried_and_nothing_goes_on() -> None:
    carried = left(carried_from_a_skimmer())

    assert start(carried=carried, remember=False)["resumed"] is False
    assert step(7_950, PAGE, *SKIM)["carry"] is None


def test_what_is_to_be_stored_is_told_when_it_is_something_else() -> None:
    start()
    first = step(60, PAGE)["carry"]
    entry.names('[[0, "quiz"]]')
    steps = [step(100), step(2_000), step(2_010, (Kind.EVENT, 2_010, -1, 0, 0, 0)), step(2_020), wake(4_000)]

    assert json.loads(first)["kind"] == "carried"
    assert [answer["carry"] is not None for answer in steps] == [False, False, True, False, False]
    assert '"quiz"' in steps[2]["carry"]


def test_a_consent_to_remember_that_goes_and_comes_tells_it_again() -> None:
    start()
    first = step(60, PAGE)["carry"]
    entry.consent(json.dumps(ALL | {"remember": False}), 100)
    between = wake(200)["carry"]
    entry.consent(json.dumps(ALL), 300)

    assert (between, wake(400)["carry"]) == (None, first)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "null",
        lambda _: "[" * 100_000,
        lambda text: text[:-1],
        lambda text: text.replace('"v":', '"v":9'),
        lambda text: text.replace('"inside":true', '"inside":"yes"'),
        lambda text: text.replace('"left_ms":9000', '"left_ms":"inf"'),
        lambda text: text.replace('"left_ms":9000', '"left_ms":1e999'),
        lambda text: text.replace('"left_ms"', '"when"'),
        lambda text: text.replace("summaries/adaptive", "summaries/static"),
    ],
)
def test_a_text_that_is_damaged_or_foreign_is_counted_and_the_visit_begins_anew(spoil: Any) -> None:
    carried = spoil(left(carried_from_a_skimmer()))

    assert start(carried=carried) == {"arm": "summaries/adaptive", "resumed": False, "segments": []}
    answer = step(7_950, PAGE, *SKIM)
    assert (answer["errors"], answer["commands"]) == (1, [["apply", 0]])


def test_a_visit_of_long_ago_is_another_visit_and_no_mistake() -> None:
    carried = left(carried_from_a_skimmer(), away_ms=31 * 60_000)

    assert start(carried=carried)["resumed"] is False
    assert step(60, PAGE)["errors"] == 0
