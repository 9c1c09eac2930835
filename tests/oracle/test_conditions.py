"""Conditions hold for whom they hold by GrowthBook's SDK: generated ones, of any depth and for each operator."""

from collections import Counter
from collections.abc import Sequence

import pytest

from tests.oracle.asking import ask
from tests.oracle.making_conditions import MATCHING, OPERATORS, Case, Conditions
from tests.oracle.making_patterns import PIECES
from tests.oracle.making_values import ODD_TEXTS, VERSIONS, WORDS, Values, seeded
from trimtab.experiments import ConditionError, evaluate_condition
from trimtab.experiments.conditions import Plain
from trimtab.experiments.conditions.versions import padded

SEED = 20261123
MIXED = 4_000
EACH = 150
LARGE = 50_000
RARE = 0.03
LATER = {*range(0xA7CB, 0xA7DD), 0x019B, 0x0264, 0x1C89, 0x1C8A}
"""Code units whose case came with Unicode 16 or 17, which Node knows and Python 3.13 does not."""


def evaluate(case: Case) -> bool | None:
    """Our answer; None if the condition has a pattern that we refuse to match."""
    try:
        return evaluate_condition(case.condition, case.attributes, case.groups)
    except ConditionError as refused:
        if str(refused).startswith("pattern "):
            return None
        raise


def compare(cases: Sequence[Case]) -> list[bool | None]:
    """Our answers, of which every one that is not None has been found to be the oracle's."""
    theirs = ask(("condition", case.condition, case.attributes, case.groups) for case in cases)
    ours = [evaluate(case) for case in cases]
    differences = [
        (case, our, their)
        for case, our, their in zip(cases, ours, theirs, strict=True)
        if our is not None and their != {"is": our}
    ]
    assert differences == []
    return ours


def test_generated_conditions_of_any_depth_hold_for_the_same_attributes() -> None:
    conditions = Conditions(seeded(SEED))

    outcomes = Counter(compare([conditions.case() for _ in range(MIXED)]))

    assert outcomes[None] < 0.02 * MIXED
    assert min(outcomes[True], outcomes[False]) > 0.2 * MIXED


def test_each_operator_alone_holds_for_the_same_values_and_does_not_always() -> None:
    conditions = Conditions(seeded(SEED))
    cases = {operator: [conditions.case_about(operator) for _ in range(EACH)] for operator in OPERATORS}

    ours = iter(compare([case for about in cases.values() for case in about]))

    for operator in cases:
        outcomes = Counter(next(ours) for _ in range(EACH))
        assert min(outcomes[True], outcomes[False]) > RARE * EACH, operator
        assert outcomes[None] <= (0.2 if operator in MATCHING else 0.05) * EACH, operator


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(20))
def test_a_million_generated_conditions_hold_for_the_same_attributes(seed: int) -> None:
    conditions = Conditions(seeded(seed))

    compare([conditions.case() for _ in range(LARGE)])


def test_every_text_and_number_is_converted_alike() -> None:
    values = Values(seeded(SEED))
    lists: list[Plain] = [[], [[]], [5], [None, "a"], {}]
    odd: list[Plain] = [*ODD_TEXTS, *VERSIONS, *(values.number() for _ in range(200)), True, None, *lists]
    cases = []
    for value in odd:
        near: tuple[Plain, ...] = (
            value,
            str(value),
            0,
            5,
            7,
            16,
            31,
            1e3,
            True,
            None,
            "null",
            "",
            [value],
            {"a": value},
        )
        cases += [Case({"a": wanted}, {"a": value}, {}) for wanted in near]
        cases += [Case({"a": {"$lte": wanted}}, {"a": value}, {}) for wanted in near]

    assert len(compare(cases)) > 8_000


def test_texts_are_ordered_alike() -> None:
    texts = ("", "a", "aa", "b", "Z", "10", "9", "ä", "\ud83d", "😀", "\U00010400", "\ue000", "\uffff", "😀a")

    compare(
        [Case({"a": {op: b}}, {"a": a}, {}) for a in texts for b in texts for op in ("$lt", "$gte", "$vlt", "$vgte")]
    )


def test_groups_that_name_each_other_match_the_same_people() -> None:
    rng = seeded(SEED)
    conditions: list[dict[str, Plain]] = [{"x": 1}, {"x": 2}]
    for group in "abc":
        conditions += [{"$savedGroup": {"id": group}}, {"$not": {"$savedGroup": {"id": group}}}]
        conditions.append({"$or": [{"$savedGroup": {"id": group}}, {"x": 1}]})
    cases = []
    for _ in range(1_000):
        groups: dict[str, Plain] = {id: {"type": "condition", "condition": rng.choice(conditions)} for id in "abc"}
        cases.append(Case(rng.choice(conditions), {"x": 1}, groups))

    outcomes = Counter(compare(cases))
    assert min(outcomes[True], outcomes[False]) > 200


def test_every_piece_of_a_pattern_takes_the_same_signs() -> None:
    signs = {
        sign for text in (*ODD_TEXTS, *WORDS, *PIECES, "aaaa", "p{L}", "uu", "\x08\x00\x7f") for sign in (text, *text)
    }
    patterns = [
        pattern for piece in PIECES for pattern in (piece, f"^{piece}$", f"[{piece}]", f"[^{piece}x]", f"a{piece}b")
    ]

    outcomes = Counter(
        compare(
            [
                Case({"a": {operator: pattern}}, {"a": sign}, {})
                for pattern in patterns
                for operator in MATCHING
                for sign in sorted(signs)
            ][::23]
        )
    )

    assert min(outcomes[True], outcomes[False]) > 500


def test_versions_are_padded_alike() -> None:
    values = Values(seeded(SEED))
    versions = [*VERSIONS, *(values.value() for _ in range(2_000))]

    assert [padded(version) for version in versions] == [a["is"] for a in ask(("version", v) for v in versions)]


def test_every_letter_is_found_in_the_other_case_alike() -> None:
    letters = [chr(unit) for unit in range(0x10000) if unit not in LATER and not 0xD800 <= unit < 0xE000]
    letters = [letter for letter in letters if letter.lower() != letter or letter.upper() != letter]
    cases = []
    for letter in letters:
        others = {letter.upper(), letter.lower(), letter.title(), letter.lower().upper()} - {letter}
        cases += [Case({"a": {"$regexi": f"^[{letter}]$"}}, {"a": other}, {}) for other in sorted(others)]
        cases += [Case({"a": {"$ini": [other]}}, {"a": letter}, {}) for other in sorted(others)]

    outcomes = Counter(compare(cases))

    assert outcomes[True] > 4_000
    assert outcomes[False] > 200


def test_a_sigma_at_the_end_of_a_word_is_lowered_alike() -> None:
    words = ["ΣΑΣ", "ΑΣ.", "ΑΣ1", "Α'Σ", "Σ", "ΑΣΒ", "Α\u0301Σ", "ΑΣ\u00adΒ", "1Σ", "ΑΣ😀", "\U00010400Σ"]
    lowered = [word.replace("Σ", sigma).lower() for word in words for sigma in ("Σ", "σ", "ς")]

    compare([Case({"a": {"$alli": [low]}}, {"a": [word]}, {}) for word in words for low in lowered])
