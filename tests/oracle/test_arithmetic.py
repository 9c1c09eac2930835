"""Hashes, weights, ranges and namespaces are those of GrowthBook's SDK, to the last bit."""

import math

from tests.oracle.asking import ask
from tests.oracle.making_trials import COVERAGES, WEIGHTS
from tests.oracle.making_values import Values, seeded
from trimtab.experiments import Namespace, Range, bucket, bucket_ranges, choose, equal_weights, in_namespace

SEED = 20261123
TIMES = 2_000


def test_hashes_are_the_same_in_both_versions_and_beyond_ascii() -> None:
    values = Values(seeded(SEED))
    pairs = [(values.text(), values.text()) for _ in range(TIMES)]
    pairs += [("shop/size", f"{device:032x}") for device in range(TIMES)]
    questions = [("hash", seed, value, version) for seed, value in pairs for version in (1, 2)]

    ours = [bucket(seed, value, version) for _, seed, value, version in questions]
    assert ours == [answer["is"] for answer in ask(questions)]


def test_an_unknown_hash_version_gives_no_number() -> None:
    assert [answer["is"] for answer in ask(("hash", "a", "b", version) for version in (0, 3))] == [None, None]


def test_equal_weights_are_the_same() -> None:
    numbers = range(-1, 200)

    assert [equal_weights(arms) for arms in numbers] == [a["is"] for a in ask(("equalWeights", n) for n in numbers)]


def test_bucket_ranges_are_the_same_for_odd_coverages_and_weights() -> None:
    rng = seeded(SEED)
    questions = []
    for _ in range(TIMES):
        weights = [*rng.choice(WEIGHTS)] if rng.random() < 0.5 else [rng.random() for _ in range(rng.randint(0, 6))]
        if weights and rng.random() < 0.8:
            weights = [weight / sum(weights) * rng.choice((1, 1, 1, 0.99, 1.01, 0.985, 1.015)) for weight in weights]
        arms = len(weights) if rng.random() < 0.9 else rng.randint(0, 6)
        coverage = rng.choice((*COVERAGES, rng.random()))
        questions.append(("bucketRanges", arms, coverage, weights if rng.random() < 0.9 else None))

    ours = [
        [list(edges) for edges in bucket_ranges(arms, coverage, weights)] for _, arms, coverage, weights in questions
    ]
    assert ours == [answer["is"] for answer in ask(questions)]


def test_weights_are_summed_term_by_term_where_the_last_bit_decides() -> None:
    rng = seeded(SEED)
    questions = []
    for edge in (0.99, 1.01):
        for _ in range(500):
            weights = [rng.random() / 10 for _ in range(9)]
            last = edge - math.fsum(weights)
            questions += [("bucketRanges", 10, 1, [*weights, near]) for near in (last, math.nextafter(last, 0))]

    ours = [[list(edges) for edges in bucket_ranges(arms, 1, weights)] for _, arms, _, weights in questions]
    assert ours == [answer["is"] for answer in ask(questions)]
    assert 0 < sum(ranges[0][1] == 0.1 for ranges in ours) < len(ours)


def test_the_same_range_is_chosen_at_every_number_and_edge() -> None:
    rng = seeded(SEED)
    questions = []
    for _ in range(TIMES):
        ranges = bucket_ranges(rng.randint(0, 12), rng.choice(COVERAGES))
        number = rng.choice((rng.randint(0, 10_000) / 10_000, *(edge for edges in ranges for edge in edges)))
        questions.append(("choose", number, ranges))

    ours = [choose(number, ranges) for _, number, ranges in questions]
    assert ours == [None if answer["is"] == -1 else answer["is"] for answer in ask(questions)]
    assert None in ours


def test_the_same_devices_are_in_a_namespace() -> None:
    rng = seeded(SEED)
    values = Values(rng)
    questions = []
    for device in range(TIMES):
        start, end = sorted((rng.choice((0, 0.2, 0.5)), rng.choice((0.3, 0.5, 0.9, 1))))
        questions.append(("inNamespace", f"{device:032x}", (rng.choice(("layout", values.text())), start, end)))

    ours = [in_namespace(value, Namespace(*namespace)) for _, value, namespace in questions]
    assert ours == [answer["is"] for answer in ask(questions)]
    assert 0.2 < sum(ours) / TIMES < 0.8


def test_a_range_is_told_to_the_oracle_as_a_list() -> None:
    assert ask([("choose", 0.25, [Range(0, 0.25), Range(0.25, 1)])]) == [{"is": 1}]
