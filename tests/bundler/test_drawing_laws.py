"""The law of what the page draws by itself: proved by going through every way, and held against a million draws."""

import math
from fractions import Fraction
from math import comb
from random import Random
from typing import Final

import pytest
from scipy import stats  # type: ignore[import-untyped]

from tests.bundler.drawing_in_node import in_node
from trimtab.privacy.mechanisms import SubsetSelection, best_width

NOISES: Final = [(3, 1), (8, 1), (20, 1), (55, 1), (3, 2)]
"""Those of a plan, and one with a b of its own."""
SURE: Final = 1e-6
"""These draws are the system's: so rarely does a test fail by chance."""

WALK: Final = """given.map(([k, w, a, b]) => {
  const asked = (path, rest) => {
    const limits = [];
    const set = drawOffsets(k, w, a, b, (limit) => {
      limits.push(limit);
      return limits.length <= path.length ? path[limits.length - 1] : rest(limit);
    });
    return { set: String(set), limits };
  };
  const least = (path) => asked(path, () => 0);
  const most = (path) => asked(path, (limit) => limit - 1);
  const leaves = [];
  const walk = (path, ways) => {
    const { set, limits } = least(path);
    if (limits.length === path.length) return leaves.push([set, String(ways), limits]);
    const alike = new Map();
    for (let value = 0; value < limits[path.length]; value += 1) {
      const then = JSON.stringify([least([...path, value]), most([...path, value])]);
      alike.set(then, [...(alike.get(then) ?? []), value]);
    }
    for (const values of alike.values()) walk([...path, values[0]], ways * BigInt(values.length));
  };
  walk([], 1n);
  return leaves;
})"""
"""Every leaf of the tree of draws: its set, how many ways lead to it, and below which limits was drawn on them.

Values of a draw are followed as one if they lead to the same set by the same further draws, both if all of these are
the least and if all are the greatest. Up to six answers `test_drawing` follows each value by itself.
"""


@pytest.mark.parametrize("answers", range(2, 13))
def test_of_up_to_twelve_answers_each_set_is_told_with_exactly_the_chance_that_python_states(answers: int) -> None:
    cases = [(answers, width, a, b) for a, b in NOISES for width in range(1, answers)]
    for (k, w, a, b), leaves in zip(cases, in_node(WALK, cases), strict=True):
        law: dict[tuple[int, ...], Fraction] = {}
        for told, ways, limits in leaves:
            offsets = tuple(map(int, told.split(",")))
            law[offsets] = law.get(offsets, Fraction(0)) + Fraction(int(ways), math.prod(limits))
        modulus = SubsetSelection(k, w, a, b).modulus

        assert law == {offsets: Fraction(a if 0 in offsets else b, modulus) for offsets in law}, (k, w, a, b)
        assert len(law) == comb(k, w)
        assert sum(law.values()) == 1


STAGES: Final = """given.map(([k, w, a, b]) => {
  const first = w * a + (k - w) * b;
  const stages = [];
  for (const late of [true, false]) {
    for (let n = 0; n < k; n += 1) {
      for (let chosen = Math.max(0, w - k + n); chosen <= Math.min(n, w - 1); chosen += 1) {
        const draws = (value) => {
          const limits = [];
          const set = drawOffsets(k, w, a, b, (limit) => {
            const at = limits.push(limit) - 1;
            if (at === n) return value;
            const taken = late ? at >= n - chosen : at < chosen;
            return at > n || taken ? 0 : limit - 1;
          });
          return { limit: limits[n], taken: set.includes(n), before: set.filter((each) => each < n).length };
        };
        const { limit, before } = draws(0);
        let ways = 0;
        for (let value = 0; value < limit; value += 1) {
          if (draws(value).taken) ways += 1;
          else if (n === 0) break;
        }
        stages.push([n, chosen, before, limit, ways]);
      }
    }
  }
  return [first, stages];
})"""
"""For each number and how many smaller ones were chosen: below which limit is drawn, and how many values choose it too.

Twice: where the last of the smaller ones were chosen, and where the first were. The first draw's values are many; they
choose 0 up to the first that does not.
"""

LARGE: Final = [(k, best_width(k, a, b), a, b) for k in (13, 40, 97) for a, b in NOISES] + [(256, 28, 8, 1)]


def test_of_many_answers_each_stage_chooses_as_often_as_makes_all_sets_of_a_class_alike() -> None:
    rng = Random(13)  # noqa: S311  which sets are tried does not matter
    for (k, w, a, b), (first, stages) in zip(LARGE, in_node(STAGES, LARGE), strict=True):
        mechanism = SubsetSelection(k, w, a, b)
        chances: dict[tuple[int, int], Fraction] = {}
        for n, chosen, before, limit, ways in stages:
            assert before == chosen
            assert (n == 0 and (limit, ways) == (first, w * a)) or (limit, ways) == (k - n, w - chosen)
            chances[n, chosen] = Fraction(ways, limit)

        # With 0 or without it, what all stages together give one set is the same for all: the law has two classes.
        assert chances[0, 0] == mechanism.keep
        for inside, share in ((True, mechanism.keep), (False, 1 - mechanism.keep)):
            size = w - inside
            for _ in range(20):
                told = [0] * inside + sorted(rng.sample(range(1, k), size))
                assert chance_of(told, k, chances) == share / comb(k - 1, size)


def chance_of(told: list[int], answers: int, chances: dict[tuple[int, int], Fraction]) -> Fraction:
    """Of one set: the product over its stages. After the last number is chosen nothing is drawn."""
    product = Fraction(1)
    for n in range(answers):
        chosen = sum(each < n for each in told)
        if chosen == len(told):
            break
        product *= chances[n, chosen] if n in told else 1 - chances[n, chosen]
    return product


def test_words_that_would_favour_small_numbers_are_drawn_again() -> None:
    # Of 2^32 words all but the last four fall evenly upon six numbers.
    words = [2**32 - 1, 2**32 - 4, 2**32 - 5, 6, 5, 2**32 - 2, 0]
    asked = "((words) => { crypto.getRandomValues = (into) => { into[0] = words.shift(); return into; };"
    drawn = in_node(f"{asked} return given[1].map(below); }})(given[0])", [words, [6, 6, 6, 6]])

    assert drawn == [5, 0, 5, 0]


POOLED: Final = """((words) => {
  const fill = crypto.getRandomValues.bind(crypto);
  let next = words.length;
  crypto.getRandomValues = (into) => {
    if (next === words.length) [next] = [0, fill(words)];
    into[0] = words[next++];
    return into;
  };
  return %s;
})(new Uint32Array(16_384))"""
"""The same words of the system's randomness, fetched by the thousand: word by word that takes ten times as long."""

AUDIT: Final = """given.map(([k, w, a, b, draws]) => {
  const hits = [0, 0];
  for (const truth of [0, 1]) {
    for (let n = 0; n < draws; n += 1) {
      const told = drawOffsets(k, w, a, b).map((offset) => (truth + offset) % k);
      if (told.includes(0) && !told.includes(1)) hits[truth] += 1;
    }
  }
  return hits;
})"""
"""What parts two truths best: the told set holds the first and not the second."""

DRAWS: Final = 1_000_000


def proved(hits: list[int]) -> float:
    """The ratio of chances that is proved by half of the DRAWS under each truth (Clopper, Pearson 1934)."""
    each = DRAWS // 2
    least = stats.beta.ppf(SURE / 2, hits[0], each - hits[0] + 1)
    most = stats.beta.ppf(1 - SURE / 2, hits[1] + 1, each - hits[1])
    return float(least / most)


def test_a_million_draws_prove_no_larger_ratio_than_is_claimed_and_would_find_a_larger_one() -> None:
    cases = [(4, 1, 8, 1), (16, 2, 8, 1), (4, 1, 85, 10)]
    one, two, leaking = map(proved, in_node(POOLED % AUDIT, [(*case, DRAWS // 2) for case in cases]))

    assert 7.5 < one <= 8
    assert 7.5 < two <= 8
    assert leaking > 8


ROWS: Final = [(2, 1), (4, 1), (10, 1), (16, 2), (64, 2), (100, 1), (256, 4)]
"""Answers and epsilon, as in tests/agent/privacy/test_mechanisms_oracle.py."""
DEGREES: Final = 2_000
"""Of freedom, at least: the measured error is then within 17 % of the true one in all but one of a million runs."""
TOLD_EACH: Final = 20
"""How often each answer is told in a round, at least: with fewer the counts are too skewed for chi-square."""
MEASURE: Final = """given.map(([k, w, a, b, each, rounds]) => {
  const counts = [];
  for (let round = 0; round < rounds; round += 1) {
    const told = Array(k).fill(0);
    for (let truth = 0; truth < k; truth += 1) {
      for (let n = 0; n < each; n += 1) {
        for (const offset of drawOffsets(k, w, a, b)) told[(truth + offset) % k] += 1;
      }
    }
    counts.push(told);
  }
  return counts;
})"""


def test_the_measured_total_squared_error_is_that_of_the_closed_form() -> None:
    """With every answer true equally often all directions of the error weigh the same, so their sum is chi-square."""
    mechanisms, cases = [], []
    for answers, epsilon in ROWS:
        ratio = Fraction(math.exp(epsilon)).limit_denominator(10**6)
        a, b = ratio.numerator, ratio.denominator
        for width in sorted({1, best_width(answers, a, b)}):
            mechanisms.append(SubsetSelection(answers, width, a, b))
            cases.append((answers, width, a, b, math.ceil(TOLD_EACH / width), math.ceil(DEGREES / (answers - 1))))
    for mechanism, case, counts in zip(mechanisms, cases, in_node(POOLED % MEASURE, cases), strict=True):
        answers, _, _, _, each, rounds = case
        keep, stray, reports = float(mechanism.keep), float(mechanism.stray), answers * each
        shares = [(number / reports - stray) / (keep - stray) for told in counts for number in told]
        total = reports * math.fsum((share - 1 / answers) ** 2 for share in shares)
        degrees = rounds * (answers - 1)

        low, high = stats.chi2.ppf([SURE / 2, 1 - SURE / 2], degrees)
        assert low <= total * (answers - 1) / float(mechanism.total_error) <= high, case
