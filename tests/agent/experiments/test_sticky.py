import pytest

from trimtab.experiments.conditions import Plain
from trimtab.experiments.sticky import (
    Identity,
    Records,
    Stickiness,
    identify,
    is_blocked,
    keep,
    kept_arm,
    kept_assignments,
)

ME = Identity("id", "me")
DEVICE = Identity("device", "phone")
ARMS = Stickiness(("adaptive", "static"), version=2)


@pytest.mark.parametrize("value", ["me", 5, True, [], {}])
def test_a_value_names_somebody(value: Plain) -> None:
    assert Identity("id", value)


@pytest.mark.parametrize("value", [None, "", 0, False])
def test_an_empty_value_names_nobody_and_is_kept_as_an_empty_text(value: Plain) -> None:
    assert not Identity("id", value)
    assert Identity("id", value).holder == "id||"


@pytest.mark.parametrize(
    ("value", "text", "holder"),
    [
        ("me", "me", "id||me"),
        (5.0, "5", "id||5"),
        (["a", 1], "a,1", 'id||["a",1]'),
        ({"a": 1}, "[object Object]", 'id||{"a":1}'),
    ],
)
def test_an_identity_is_hashed_as_a_text_and_kept_as_json(value: Plain, text: str, holder: str) -> None:
    assert (Identity("id", value).text, Identity("id", value).holder) == (text, holder)


def test_the_fallback_counts_where_the_attribute_has_no_value() -> None:
    assert identify({"id": "me", "device": "phone"}, "id", "device") == ME
    assert identify({"id": "", "device": "phone"}, "id", "device") == DEVICE
    assert identify({"id": "", "device": ""}, "id", "device") == Identity("id", "")
    assert identify({}, "id") == Identity("id", None)


def test_what_was_kept_is_found_again() -> None:
    records = keep({}, ME, "summaries", ARMS, 1)

    assert records == {"id||me": {"summaries__2": "static"}}
    assert kept_arm("summaries", ARMS, kept_assignments(records, ME, DEVICE)) == 1


def test_a_placement_is_kept_beside_others_and_the_given_records_stay_as_they_are() -> None:
    before: Records = {"id||me": {"other__0": "x"}, "id||you": {"summaries__2": "static"}}

    after = keep(before, ME, "summaries", ARMS, 0)

    assert before == {"id||me": {"other__0": "x"}, "id||you": {"summaries__2": "static"}}
    assert after == {**before, "id||me": {"other__0": "x", "summaries__2": "adaptive"}}


def test_an_arm_without_a_key_is_kept_by_its_index_and_not_found_again() -> None:
    records = keep({}, ME, "summaries", Stickiness(), 1)

    assert records == {"id||me": {"summaries__0": "1"}}
    assert kept_arm("summaries", Stickiness(), records["id||me"]) is None


def test_the_records_of_the_identity_count_before_those_of_the_spare_one() -> None:
    records = {"id||me": {"a__0": "x"}, "device||phone": {"a__0": "y", "b__0": "z"}}

    assert kept_assignments(records, ME, DEVICE) == {"a__0": "x", "b__0": "z"}
    assert kept_assignments(records, ME, Identity("device", "")) == {"a__0": "x"}


@pytest.mark.parametrize("kept", [{}, {"summaries__1": "static"}, {"summaries__2": "gone"}, {"other__2": "static"}])
def test_another_version_experiment_or_arm_is_no_placement(kept: dict[str, str]) -> None:
    assert kept_arm("summaries", ARMS, kept) is None


def test_versions_below_the_least_one_block() -> None:
    stickiness = Stickiness(("a", "b"), version=2, least_version=2)

    assert is_blocked("summaries", stickiness, {"summaries__1": "anything"})
    assert not is_blocked("summaries", stickiness, {"summaries__2": "a", "other__0": "a"})
    assert not is_blocked("summaries", Stickiness(), {"summaries__0": "a"})
