import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.agent.making import gauge_of, load
from trimtab import Visitor
from trimtab.errors import PolicyError
from trimtab.models import Cluster, Tree
from trimtab.values import Measure, Missing
from trimtab.watching import LOOK_AGAIN_MS, Notebook, Watched, weighted_sum


def speed(v: Visitor) -> Watched:
    return v.scroll.speed_px_s


def depth(v: Visitor) -> Watched:
    return v.scroll.depth


def ask(
    rule: Tree | Cluster, speed_px_s: float | Measure | Missing, depth: float | Measure = 0.0
) -> tuple[bool, Notebook]:
    notebook = Notebook()
    numbers: Mapping[str, float | Measure | Missing] = {"scroll.speed_px_s": speed_px_s, "scroll.depth": depth}
    return rule(Visitor(gauge_of(numbers), notebook)), notebook


# Trees

TREE: dict[str, Any] = {
    "features": [speed, depth],
    "feature": [0, 1, 0, 0, 0],
    "threshold": [600.0, 0.5, 0.0, 0.0, 0.0],
    "left": [1, 3, -1, -1, -1],
    "right": [2, 4, -1, -1, -1],
    "inside": [False, False, True, False, True],
}
"""speed <= 600 ? (depth <= 0.5 ? outside : inside) : inside"""


@pytest.mark.parametrize(
    ("speed_px_s", "deep", "inside"),
    [(601, 0, True), (600, 0.5, False), (600, 0.51, True), (0, 0, False)],
)
def test_a_tree_is_walked_to_its_leaf(speed_px_s: float, deep: float, inside: bool) -> None:
    assert ask(Tree(**TREE), speed_px_s, deep)[0] is inside


def test_a_tree_explains_itself_by_the_nodes_that_it_went_through() -> None:
    result, notebook = ask(Tree(**TREE), 100, 0.75)

    assert result
    assert [str(comparison) for comparison in notebook.comparisons] == [
        "scroll.speed_px_s 100 ≤ 600", "scroll.depth 0.75 > 0.5"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("speed_px_s", "deep", "words", "strength"),
    [
        (100, 0.75, "scroll.speed_px_s 100 ≤ 600, scroll.depth 0.75 > 0.5", 1 / 3),
        (750, 0, "scroll.speed_px_s 750 > 600", 0.2),
        (540, 0.25, "scroll.speed_px_s 540 ≤ 600, scroll.depth 0.25 ≤ 0.5", 0.1),
    ],
)
def test_every_comparison_on_the_path_decides_on_either_side(
    speed_px_s: float, deep: float, words: str, strength: float
) -> None:
    result, notebook = ask(Tree(**TREE), speed_px_s, deep)

    assert notebook.explain(result) == words
    assert notebook.strength(result) == pytest.approx(strength)


def test_a_tree_of_one_leaf_compares_nothing() -> None:
    leaf = Tree([], [0], [0.0], [-1], [-1], [True])

    assert ask(leaf, 0)[0]
    assert ask(leaf, 0)[1].comparisons == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"threshold": [600.0]}, "tree: the arrays have different lengths"),
        ({"inside": []}, "tree: the arrays have different lengths"),
        ({name: [] for name in TREE}, "tree: the arrays have different lengths"),
        ({"left": [0, 3, -1, -1, -1]}, "tree: node 0 has the children (0, 2)"),
        ({"left": [1, 0, -1, -1, -1]}, "tree: node 1 has the children (0, 4)"),
        ({"left": [1, 5, -1, -1, -1]}, "tree: node 1 has the children (5, 4)"),
        ({"left": [-1, 3, -1, -1, -1]}, "tree: node 0 has the children (-1, 2)"),
        ({"left": [2, 3, -1, -1, -1]}, "tree: node 0 has the children (2, 2)"),
        ({"feature": [2, 1, 0, 0, 0]}, "tree: node 0 reads feature 2"),
        ({"feature": [-1, 1, 0, 0, 0]}, "tree: node 0 reads feature -1"),
        ({"threshold": [math.nan, 0.5, 0, 0, 0]}, "tree: the threshold of node 0 is NaN"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_tree_that_cannot_be_walked_is_refused(change: dict[str, Any], what: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Tree(**(TREE | change))
    assert caught.value.what == what
    assert caught.value.file == "test_models.py"


# Clusters

CLUSTER: dict[str, Any] = {
    "features": [speed, depth],
    "centroids": [[900.0, 0.5], [100.0, 0.9], [50.0, 0.1]],
    "scales": [400.0, 0.25],
    "mine": 0,
}


def nearest(centroids: Sequence[Sequence[float]], scales: Sequence[float], point: Sequence[float]) -> list[float]:
    """The squared distances of the point from each centroid."""
    return [sum(((x - c) / s) ** 2 for x, c, s in zip(point, row, scales, strict=True)) for row in centroids]


@given(st.floats(0, 2_000), st.floats(0, 1), st.integers(0, 2))
def test_a_cluster_holds_for_whoever_is_nearest_to_its_centroid(speed_px_s: float, deep: float, mine: int) -> None:
    distances = nearest(CLUSTER["centroids"], CLUSTER["scales"], (speed_px_s, deep))
    first, second = sorted(distances)[:2]
    assume(second - first > 1e-9)

    assert ask(Cluster(**(CLUSTER | {"mine": mine})), speed_px_s, deep)[0] == (distances.index(first) == mine)


def test_a_cluster_explains_itself_by_what_it_was_told_apart_from() -> None:
    result, notebook = ask(Cluster(**CLUSTER), 900, 0.5)

    assert result
    assert notebook.explain(True).startswith("likeness to cluster 0 rather than 1 ")
    assert len(notebook.comparisons) == 2


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"centroids": [[900.0, 0.5]]}, "cluster: the arrays do not fit"),
        ({"centroids": [[900.0, 0.5], [1.0]]}, "cluster: the arrays do not fit"),
        ({"scales": [400.0]}, "cluster: the arrays do not fit"),
        ({"scales": [400.0, 0.0]}, "cluster: a scale or the index is out of range"),
        ({"scales": [400.0, math.nan]}, "cluster: a scale or the index is out of range"),
        ({"mine": 3}, "cluster: a scale or the index is out of range"),
        ({"mine": -1}, "cluster: a scale or the index is out of range"),
        ({"centroids": [[900.0, 0.5], [900.0, 0.5]]}, "cluster: two centroids are the same"),
    ],
)
def test_a_cluster_whose_arrays_do_not_fit_is_refused(change: dict[str, Any], what: str) -> None:
    with pytest.raises(PolicyError) as caught:
        Cluster(**(CLUSTER | change))
    assert caught.value.what == what
    assert caught.value.file == "test_models.py"


def test_a_number_that_is_not_known_makes_both_unknown() -> None:
    for rule in (Tree(**TREE), Cluster(**CLUSTER)):
        with pytest.raises(Exception, match="is not known yet"):
            ask(rule, Missing("scroll speed", "not yet"))


# Sums


def watched(*measures: Measure) -> tuple[list[Watched], Notebook]:
    notebook = Notebook()
    return [notebook.watch(measure) for measure in measures], notebook


def test_a_sum_of_stopwatches_and_constants_says_when_it_will_turn() -> None:
    numbers, notebook = watched(
        Measure("a", "s", 2.0, 1_000.0, rise=0.001, until_ms=31_000.0), Measure("b", "", 5.0, 1_000.0)
    )

    assert not weighted_sum("sum", numbers, [2, 1]) > 15
    assert notebook.explain(False) == "sum 9 ≤ 15"
    assert notebook.turns_at_ms() == 4_000.0


def test_a_sum_with_an_amount_per_time_is_looked_at_again() -> None:
    numbers, notebook = watched(
        Measure("a", "wpm", 600.0, 1_000.0, spread=1 / 3_000, until_ms=31_000.0), Measure("b", "", 5.0, 1_000.0)
    )

    assert weighted_sum("sum", numbers, [1, 1]) > 15
    assert notebook.turns_at_ms() == 1_000.0 + LOOK_AGAIN_MS


# In a policy


def test_a_policy_whose_segments_are_data_loads(tmp_path: Path) -> None:
    policy = load(
        tmp_path,
        """\
from trimtab import Policy, seconds
from trimtab.models import Cluster, Tree

site = Policy("my-site")
waits = {"enter_after": seconds(1), "leave_after": seconds(1)}
features = [lambda v: v.scroll.speed_px_s, lambda v: v.scroll.depth]
tree = Tree(features, [0, 0, 0], [600.0, 0.0, 0.0], [1, -1, -1], [2, -1, -1], [False, True, False])
cluster = Cluster(features, [[900.0, 0.5], [100.0, 0.9]], [400.0, 0.25], 0)

@site.segment(**waits)
def by_tree(v):
    return tree(v)

@site.segment(**waits)
def by_cluster(v):
    return cluster(v)
""",
    )

    assert [segment.name for segment in policy.segments] == ["by_tree", "by_cluster"]
