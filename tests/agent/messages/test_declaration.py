import json
import math
import re
from typing import Any

import pytest

from tests.agent.making import declare, news, on_click
from trimtab.errors import TrimtabError
from trimtab.messages import Arm, Declaration


def test_a_declaration_survives_its_way_through_json() -> None:
    declaration = declare(news())

    assert Declaration.from_json(json.loads(json.dumps(declaration.to_json()))) == declaration


def test_a_declaration_is_what_the_tag_and_the_server_read() -> None:
    declaration = declare(news())

    assert declaration.to_json() == {
        "v": 2,
        "policy": "daily-news",
        "hash": declaration.hash,
        "noise": {"a": 8, "b": 1},
        "targets": [{"name": "story", "selector": ".story"}, {"name": "summary", "selector": "[data-summary]"}],
        "adjustments": [{"name": "short-summaries", "target": 1, "do": {"kind": "swap", "variant": "short"}}],
        "arms": [
            {"experiment": "", "arm": "holdout", "share": 0.1},
            {"experiment": "summaries", "arm": "adaptive", "share": 0.45},
            {"experiment": "summaries", "arm": "static", "share": 0.45},
        ],
        "questions": [
            {"name": "reading", "answers": ["none", "bounced", "skimmed", "read"], "width": 1, "kind": "choice"}
        ],
        "goals": ["article-read"],
    }


def test_a_declaration_of_before_shares_were_declared_still_reads() -> None:
    data = declare(news()).to_json()
    data["arms"] = [{"experiment": arm["experiment"], "arm": arm["arm"]} for arm in data["arms"]]

    assert Declaration.from_json(data).shares == ()


def test_a_declaration_with_the_share_of_some_arms_alone_is_damaged() -> None:
    data = declare(news()).to_json()
    del data["arms"][1]["share"]

    with pytest.raises(TrimtabError, match="damaged"):
        Declaration.from_json(data)


def test_the_canonical_bytes_do_not_depend_on_order_or_spacing() -> None:
    declaration = declare(news())
    backwards = dict(reversed(declaration.to_json().items()))

    assert Declaration.from_json(backwards).canonical() == declaration.canonical()
    assert b" " not in declaration.canonical().replace(b"[data-summary]", b"")
    assert declaration.canonical().isascii()


@pytest.mark.parametrize("version", [0, 1, 3, "2", None])
def test_a_declaration_of_another_version_is_refused_never_guessed(version: object) -> None:
    with pytest.raises(TrimtabError, match=r"declaration of version .*; build the pack again with this trimtab"):
        Declaration.from_json(declare(news()).to_json() | {"v": version})


@pytest.mark.parametrize("field", sorted(set(declare(news()).to_json()) - {"v"}))
@pytest.mark.parametrize("damage", [None, 7, "??", {}, [{}], ["x"], [None], {"a": math.inf, "b": 1}], ids=repr)
def test_a_damaged_declaration_is_refused_or_makes_another_one(field: str, damage: object) -> None:
    data = declare(news()).to_json() | {field: damage}
    try:
        outcome: Declaration | str = Declaration.from_json(data)
    except TrimtabError as error:
        outcome = str(error)
    assert isinstance(outcome, Declaration) or re.fullmatch(
        r"declaration is damaged \(.*\); build the pack again", outcome
    )


@pytest.mark.parametrize("field", sorted(set(declare(news()).to_json()) - {"v"}))
def test_a_declaration_without_one_of_its_fields_is_refused(field: str) -> None:
    data = declare(news()).to_json()
    del data[field]

    with pytest.raises(TrimtabError, match=f"declaration is damaged .*{field}"):
        Declaration.from_json(data)


@pytest.mark.parametrize("question", [7, {"values": 3}, {"values": [1]}, {"values": ["x", None]}, {"width": "x"}])
def test_a_damaged_question_is_refused(question: Any) -> None:
    fields = {"name": "reading", "answers": ["none", "yes"], "width": 1}
    damaged = fields | question if isinstance(question, dict) else question
    with pytest.raises(TrimtabError, match="declaration is damaged"):
        Declaration.from_json(declare(news()).to_json() | {"questions": [damaged]})


@pytest.mark.parametrize("data", [[], "x", 1, None], ids=repr)
def test_a_declaration_that_is_no_object_is_refused(data: Any) -> None:
    with pytest.raises(TrimtabError, match="build the pack again"):
        Declaration.from_json(data)


@pytest.mark.parametrize("damaged", ["abc", "zz" * 8, "ab" * 7, "ab" * 9])
def test_a_hash_of_another_length_is_refused(damaged: str) -> None:
    with pytest.raises(TrimtabError, match="declaration is damaged"):
        Declaration.from_json(declare(news()).to_json() | {"hash": damaged})


def test_an_arm_is_written_with_its_experiment() -> None:
    assert [str(arm) for arm in declare(news()).arms] == ["holdout", "summaries/adaptive", "summaries/static"]


# The log


def test_an_arm_of_the_same_name_in_another_experiment_is_another_arm() -> None:
    assert Arm("a", "static") != Arm("b", "static")


def test_a_declaration_tells_the_page_what_may_change_under_the_pointer() -> None:
    policy, add = on_click()
    add("one", lambda visitor: visitor.event("go").count > 0)
    add("two", lambda visitor: visitor.event("stop").count > 0, under_pointer=True)
    declaration = policy.declaration("")

    assert [each.get("under_pointer") for each in declaration.to_json()["adjustments"]] == [None, True]
    assert Declaration.from_json(declaration.to_json()) == declaration
