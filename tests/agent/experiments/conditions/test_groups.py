import pytest

from trimtab.experiments import evaluate_condition
from trimtab.experiments.conditions import Groups, Plain

GROUPS: Groups = {
    "testers": ["me", "you"],
    "listed": {"type": "list", "attributeKey": "id", "values": ["me"]},
    "nameless": {"type": "list", "values": ["me"]},
    "germans": {"type": "condition", "condition": {"country": "DE"}},
    "german testers": {
        "type": "condition",
        "condition": {"$savedGroup": {"id": "germans"}, "id": {"$inGroup": "testers"}},
    },
    "self": {"type": "condition", "condition": {"$savedGroup": {"id": "self"}}},
    "later": {"type": "later"},
    "broken": {"type": "list", "values": "me"},
    "null": None,
    "5": [5],
}
ME: dict[str, Plain] = {"id": "me", "country": "DE", "number": 5, "friends": ["you", "them"]}


def holds(condition: dict[str, Plain]) -> bool:
    return evaluate_condition(condition, ME, GROUPS)


@pytest.mark.parametrize(
    ("path", "group", "inside"),
    [
        ("id", "testers", True),
        ("country", "testers", False),
        ("friends", "testers", True),
        ("id", "listed", True),
        ("id", "nameless", True),
        ("number", 5, True),
        ("id", "absent", False),
    ],
)
def test_a_value_is_in_a_group_or_not_in_it(path: str, group: Plain, inside: bool) -> None:
    assert holds({path: {"$inGroup": group}}) is inside
    assert holds({path: {"$notInGroup": group}}) is not inside


@pytest.mark.parametrize("group", ["germans", "later", "broken", "null", None])
def test_a_group_that_is_no_list_has_nobody_in_it_and_nobody_outside(group: Plain) -> None:
    assert not holds({"id": {"$inGroup": group}})
    assert not holds({"id": {"$notInGroup": group}})


@pytest.mark.parametrize(
    "reference",
    [
        {"id": "listed"},
        {"id": "listed", "attributeKey": "id"},
        {"id": "nameless", "attributeKey": "id"},
        {"id": "germans"},
        {"id": "germans", "attributeKey": "number"},
        {"id": "german testers"},
    ],
)
def test_a_saved_group_is_met(reference: Plain) -> None:
    assert holds({"$savedGroup": reference})


@pytest.mark.parametrize(
    "reference",
    [
        "listed",
        None,
        ["listed"],
        {},
        {"id": 5},
        {"id": "absent"},
        {"id": "testers"},
        {"id": "listed", "attributeKey": "country"},
        {"id": "listed", "attributeKey": None},
        {"id": "nameless"},
        {"id": "germans", "attributeKey": 5},
        {"id": "self"},
        {"id": "later"},
        {"id": "broken"},
        {"id": "null"},
    ],
)
def test_a_saved_group_is_not_met(reference: Plain) -> None:
    assert not holds({"$savedGroup": reference})


def test_without_groups_nobody_is_in_one() -> None:
    assert not evaluate_condition({"id": {"$inGroup": "testers"}}, ME)
