"""What the page draws by itself is what Python would draw: the same arms, the same chances, the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from math import comb
from random import Random
from typing import Any

import pytest

from tests.bundler.drawing_in_node import in_node
from trimtab import Policy, adjust
from trimtab.experiments import assign
from trimtab.messages import Report, pack_answers, pack_report
from trimtab.privacy.budget import Spent, spend
from trimtab.privacy.mechanisms import SubsetSelection
from trimtab.privacy.ticket import draw_ticket, subject_of
from trimtab_bundler.drawing import draw_table


def site() -> Policy:
    policy = Policy("plain-site", holdout=0.123, built_in={"engaged": 2, "depth": 1})
    box = policy.target("box", ".box")
    big = policy.adjust("big", on=box, when=lambda v: v.scroll.depth > 0.5, do=adjust.add_class("big"))
    red = policy.adjust("red", on=policy.target("red", ".red"), when=lambda v: v.scroll.depth > 0.5, do=adjust.hide())
    policy.experiment("size", arms={"big": [big], "same": []})
    policy.experiment("colour", arms={"red": [red], "same": []}, weights=(0.3, 0.7), coverage=0.61)
    return policy


def test_the_page_draws_the_arms_that_python_draws() -> None:
    policy = site()
    declaration = policy.declaration("00" * 8)
    table = draw_table(policy, declaration)
    seeds = [f"{n:032x}" for n in range(4_000)]
    drawn = in_node(
        "given.seeds.map((seed) => [0, 1].map((n) => armOf(given.table, n, seed)))", {"table": table, "seeds": seeds}
    )

    for seed, arms in zip(seeds, drawn, strict=True):
        assignment = assign(policy, seed)
        assert arms == [declaration.arms.index(assignment.arm_of(each)) for each in policy.experiments]
    assert {arm for arms in drawn for arm in arms} == set(range(len(declaration.arms)))


ENUMERATE = """given.map(([k, w, a, b]) => {
  const chances = {};
  const limits = [w * a + (k - w) * b, ...Array.from({ length: k - 1 }, (_, n) => k - 1 - n)];
  const all = limits.reduce((product, limit) => product * limit, 1);
  for (let number = 0; number < all; number += 1) {
    let rest = number;
    const set = drawOffsets(k, w, a, b, (limit) => {
      const draw = rest % limit;
      rest = Math.floor(rest / limit);
      return draw;
    });
    chances[set] = (chances[set] ?? 0) + 1;
  }
  return [all, chances];
})"""
"""Every way in which all draws can fall. A set that is whole early leaves the other draws free, so all weigh alike."""


def test_the_page_tells_each_set_with_exactly_the_chance_that_python_does() -> None:
    cases = [(k, w, a, b) for k in range(2, 7) for w in range(1, k) for a, b in [(8, 1), (3, 2), (20, 1)]]
    for (k, w, a, b), (all_draws, counts) in zip(cases, in_node(ENUMERATE, cases), strict=True):
        mechanism = SubsetSelection(k, w, a, b)
        expected = Counter(mechanism.offsets(draw) for draw in range(mechanism.modulus))
        found = {tuple(map(int, told.split(","))): Fraction(n, all_draws) for told, n in counts.items()}
        assert found == {told: Fraction(n, mechanism.modulus) for told, n in expected.items()}, (k, w, a, b)
        assert len(found) == comb(k, w)


def test_the_page_packs_the_bytes_that_python_packs() -> None:
    rng = Random(6)  # noqa: S311  which bytes they are does not matter
    reports = [
        Report(
            rng.randbytes(16),
            rng.randbytes(8),
            rng.choice([0, 127, 128, 255, 256]),
            rng.choice([0, 127, 128, 300]),
            day,
            mask,
        )
        for day in (0, 127, 128, 20_780, 65_535)
        for mask in (b"\x01", pack_answers([3, 96], 97), rng.randbytes(32))
    ]
    given = [
        {
            "v": 2,
            "id": [*r.id],
            "policy": [*r.policy],
            "q": r.question,
            "arm": r.arm,
            "day": r.day,
            "answer": [*r.answer],
        }
        for r in reports
    ]
    packed = in_node("given.map((fields) => [...pack(fields)])", given)

    assert [bytes(body) for body in packed] == [pack_report(report) for report in reports]


def test_the_page_spends_as_python_does() -> None:
    rng = Random(30)  # noqa: S311  likewise
    records: list[str | None] = [
        None,
        "",
        "{",
        "[]",
        "null",
        '{"v":2,"days":[]}',
        '{"v":1}',
        '{"v":1,"days":["1"]}',
        '{"v":1,"days":{}}',
        '{"v":1,"days":[99],"asked":[]}',
        '{"v":1,"days":[99],"asked":["1"]}',
        '{"v":1,"days":[99],"asked":null}',
        " " * 1_001,
    ]
    for _ in range(300):
        days = sorted(rng.sample(range(60, rng.choice([100, 103])), rng.randint(0, 14)))
        pairs = {"asked": [rng.randrange(2**32) for _ in days]} if rng.random() < 0.7 else {}
        records.append(json.dumps({"v": 1, "days": days} | pairs, separators=(",", ":")))
    told = in_node("given.map((record) => spend(record, 100, () => ({ pair: 7 })))", records)

    for record, answer in zip(records, told, strict=True):
        spent = spend(record, 100, 7)
        expected = (spent.record, "") if isinstance(spent, Spent) else (None, spent.why)
        assert (answer["budget"], answer["why"]) == expected, record
    assert len({answer["why"] for answer in told}) == 4


CHOOSE = """given.cases.map(([asked, draws]) => {
  const chosen = choose(given.declaration, given.table, asked, (limit) => draws.shift() % limit);
  return chosen && [chosen.question, chosen.about, chosen.pair];
})"""


def test_the_page_chooses_what_python_chooses_and_never_what_was_asked() -> None:
    policy = site()
    declaration = policy.declaration("00" * 8)
    pairs = [subject_of(policy, question, each) for question in policy.questions for each in policy.experiments]
    rng = Random(31)  # noqa: S311  likewise
    cases = [(rng.sample(pairs, rng.randint(0, 4)), [rng.randrange(256), rng.randrange(256)]) for _ in range(800)]
    told = in_node(
        CHOOSE,
        {
            "table": draw_table(policy, declaration),
            "declaration": {"questions": [{"name": question.name} for question in policy.questions]},
            "cases": cases,
        },
    )
    assert {None if each is None else pairs[2 * each[0] + each[1]] == each[2] for each in told} == {None, True}
    chances: Counter[tuple[Any, ...]] = Counter()
    expected: Counter[tuple[Any, ...]] = Counter()
    for (made, _), each in zip(cases, told, strict=True):
        assert each is None or each[2] not in made
        key = tuple(sorted(pairs.index(pair) for pair in made))
        ticket = draw_ticket(policy, 20_780, rng.randbytes, made)
        assert (each is None) == (ticket is None), key
        chances[(*key, each and each[2])] = 1
        expected[(*key, ticket and subject_of(policy, ticket.question, ticket.experiment))] = 1
    common = [key for key in chances if expected[key]]
    assert len(common) > 0.8 * len(chances)


def test_an_untouched_visit_answers_what_python_answers_for_a_page_of_that_length() -> None:
    policy = site()
    table = draw_table(policy, policy.declaration("00" * 8))
    assert table is not None
    assert [each["weight"] for each in table["questions"]] == [2, 1]
    assert [each["untouched"] for each in table["questions"]] == [
        [[101, 0]],
        [[25, 1], [50, 2], [75, 3], [90, 4], [101, 5]],
    ]


def test_a_policy_that_asks_nothing_draws_nothing() -> None:
    policy = Policy("silent", built_in=[])
    assert draw_table(policy, policy.declaration("00" * 8)) is None


@pytest.mark.parametrize("arm", ["holdout"])
def test_every_device_is_in_an_arm_of_a_policy_without_experiments(arm: str) -> None:
    policy = Policy("plain", built_in=["engaged"])
    declaration = policy.declaration("00" * 8)
    seeds = [f"{n:032x}" for n in range(300)]
    drawn = in_node(
        "given.seeds.map((seed) => armOf(given.table, 0, seed))",
        {"table": draw_table(policy, declaration), "seeds": seeds},
    )
    assert [str(declaration.arms[n]) == arm for n in drawn] == [assign(policy, seed).held_out for seed in seeds]
