import re

import pytest

from trimtab.experiments import ConditionError, evaluate_condition
from trimtab.experiments.conditions import Plain

READER: dict[str, Plain] = {
    "country": "DE",
    "age": 25,
    "member": False,
    "note": None,
    "tags": ["news", "Sport", None],
    "orders": [{"price": 5, "item": "a"}, {"price": 20, "item": "b"}],
    "account": {"plan": "team", "seats": [1, 2]},
}


def holds(condition: dict[str, Plain]) -> bool:
    return evaluate_condition(condition, READER)


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"country": "DE"},
        {"country": "DE", "age": 25},
        {"age": "25"},
        {"age": 25.0},
        {"member": False},
        {"note": None},
        {"absent": None},
        {"absent": 0},
        {"absent": "null"},
        {"account.plan": "team"},
        {"account.seats.1": 2},
        {"tags.length": 3},
        {"account": {"plan": "team", "seats": [1, 2]}},
        {"account.seats": [1, 2]},
        {"$and": []},
        {"$or": []},
        {"$or": [{"age": 1}, {"age": 25}]},
        {"$nor": [{"age": 1}, {"age": 2}]},
        {"$and": [{"age": 25}, {"country": "DE"}]},
        {"$not": {"age": 1}},
        {"country": "DE", "$not": {"$or": [{"age": 1}]}},
        {"age": {"$gt": 20, "$lt": 30}},
        {"age": {"$not": {"$gt": 30}}},
        {"tags": {"$size": 3}},
        {"tags": {"$size": {"$gt": 2}}},
        {"tags": {"$all": ["news", {"$regex": "^S"}]}},
        {"tags": {"$alli": ["NEWS", "sport"]}},
        {"tags": {"$all": []}},
        {"tags": {"$elemMatch": {"$eq": "news"}}},
        {"orders": {"$elemMatch": {"price": {"$gt": 10}, "item": "b"}}},
        {"orders": {"$elemMatch": {}}},
    ],
)
def test_a_condition_holds(condition: dict[str, Plain]) -> None:
    assert holds(condition)
    assert not holds({"$not": condition})


@pytest.mark.parametrize(
    "condition",
    [
        {"country": "de"},
        {"country": "DE", "age": 26},
        {"member": True},
        {"absent": False},
        {"note": False},
        {"country.length": 2},
        {"account.plan.length": 4},
        {"account.seats.2": {"$exists": True}},
        {"account": {"seats": [1, 2], "plan": "team"}},
        {"account": {}},
        {"$or": [{"age": 1}]},
        {"$nor": [{"age": 25}]},
        {"$nor": []},
        {"age": {"$gt": 20, "$lt": 25}},
        {"age": {"$near": 25}},
        {"age": {"$and": []}},
        {"age": {"$gt": 1, "plain": 2}},
        {"age": {"$size": 1}},
        {"age": {"$elemMatch": {"$eq": 25}}},
        {"age": {"$all": [25]}},
        {"tags": {"$all": "news"}},
        {"tags": {"$all": ["news", "SPORT"]}},
        {"tags": {"$elemMatch": {"$eq": None}}},
        {"orders": {"$elemMatch": {"price": 5, "item": "b"}}},
        {"orders": {"$elemMatch": {"$or": [{"price": 5}]}}},
    ],
)
def test_a_condition_does_not_hold(condition: dict[str, Plain]) -> None:
    assert not holds(condition)
    assert holds({"$not": condition})


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"$or": {"age": 25}}, "condition $or: {'age': 25}; use a list of conditions"),
        ({"$and": None}, "condition $and: None; use a list of conditions"),
        ({"$nor": [5]}, "condition 5; use an object such as {'country': 'US'}"),
        ({"$not": []}, "condition []; use an object such as {'country': 'US'}"),
        ({"orders": {"$elemMatch": 5}}, "condition 5; use an object"),
        ({"country": {"$regex": "(a)\\1"}}, "pattern '(a)\\\\1': \\1; write it without"),
    ],
)
def test_what_has_not_the_form_of_a_condition_is_refused(condition: dict[str, Plain], told: str) -> None:
    with pytest.raises(ConditionError, match=re.escape(told)):
        holds(condition)


def test_what_is_not_reached_is_not_refused() -> None:
    assert not holds({"age": 1, "$or": 5})
