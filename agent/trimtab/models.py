"""Segments as data: a decision tree, and clusters with a nearest centroid. Training happens elsewhere.

Both are rules like any function of the visitor: they read features, compare them, and so explain themselves. What is
wrong with the arrays is found when the policy is loaded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from trimtab.places import here
from trimtab.visitor import Visitor
from trimtab.watching import Watched, weighted_sum

type Feature = Callable[[Visitor], Watched]

LEAF: Final = -1
MAX_NODES: Final = 4096


@dataclass(frozen=True, slots=True)
class Tree:
    """A binary tree in the layout of scikit-learn's `tree_`: one entry a node in every sequence, node 0 the root.

    An inner node sends the visitor left if `features[feature[node]] <= threshold[node]`, else right. A leaf has left
    and right -1, and `inside` says whether it belongs to the segment (feature and threshold of a leaf are not read).
    """

    features: Sequence[Feature]
    feature: Sequence[int]
    threshold: Sequence[float]
    left: Sequence[int]
    right: Sequence[int]
    inside: Sequence[bool]

    def __post_init__(self) -> None:
        nodes = len(self.feature)
        columns = (self.threshold, self.left, self.right, self.inside)
        if not 0 < nodes <= MAX_NODES or any(len(column) != nodes for column in columns):
            raise here().mistake("tree: the arrays have different lengths", f"give 1 to {MAX_NODES} nodes in each")
        for node in range(nodes):
            children = (self.left[node], self.right[node])
            if children == (LEAF, LEAF):
                continue
            if not all(node < child < nodes for child in children) or children[0] == children[1]:
                raise here().mistake(f"tree: node {node} has the children {children}", "children come after their node")
            if not 0 <= self.feature[node] < len(self.features):
                raise here().mistake(f"tree: node {node} reads feature {self.feature[node]}", "list it in features")
            if self.threshold[node] != self.threshold[node]:
                raise here().mistake(f"tree: the threshold of node {node} is NaN", "train it again without gaps")

    def __call__(self, visitor: Visitor) -> bool:
        """Walks from the root to a leaf. Every comparison on the way decides, on whichever side it sends them."""
        node = 0
        while self.left[node] != LEAF:
            below = self.features[self.feature[node]](visitor).at_most(self.threshold[node])
            node = self.left[node] if below else self.right[node]
        return bool(self.inside[node])


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster among others: holds while the visitor is nearest to centroid `mine`.

    `centroids` has one row a cluster and one column a feature, in the features' own units; `scales` divides each
    feature first (its standard deviation in the training data), so that no unit outweighs another.
    """

    features: Sequence[Feature]
    centroids: Sequence[Sequence[float]]
    scales: Sequence[float]
    mine: int

    def __post_init__(self) -> None:
        width = len(self.features)
        if len(self.centroids) < 2 or any(len(row) != width for row in self.centroids) or len(self.scales) != width:
            raise here().mistake(
                "cluster: the arrays do not fit", f"give two centroids or more, and {width} numbers in each"
            )
        if not all(scale > 0 for scale in self.scales) or not 0 <= self.mine < len(self.centroids):
            raise here().mistake(
                "cluster: a scale or the index is out of range", "scales are above 0; mine is a row's index"
            )
        if any(row == self.centroids[self.mine] for i, row in enumerate(self.centroids) if i != self.mine):
            raise here().mistake("cluster: two centroids are the same", "merge the two clusters")

    def __call__(self, visitor: Visitor) -> bool:
        """Compares with each other centroid: being nearer to one than to another is one linear inequality."""
        values = [feature(visitor) for feature in self.features]
        return all(self._nearer_than(values, other) for other in range(len(self.centroids)) if other != self.mine)

    def _nearer_than(self, values: Sequence[Watched], other: int) -> bool:
        mine, theirs = self.centroids[self.mine], self.centroids[other]
        squares = [scale * scale for scale in self.scales]
        weights = [2 * (a - b) / s for a, b, s in zip(mine, theirs, squares, strict=True)]
        limit = sum((a * a - b * b) / s for a, b, s in zip(mine, theirs, squares, strict=True))
        name = f"likeness to cluster {self.mine} rather than {other}"
        return weighted_sum(name, values, weights) > limit
