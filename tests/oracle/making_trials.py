"""Random experiments, and those who are placed in them."""

from dataclasses import replace
from random import Random
from typing import Final

from tests.oracle.making_conditions import GROUPS, Conditions
from trimtab.experiments.conditions import Plain
from trimtab.experiments.namespaces import Filter, Namespace
from trimtab.experiments.prerequisites import Prerequisite
from trimtab.experiments.ranges import Range
from trimtab.experiments.sticky import Stickiness, identify
from trimtab.experiments.trials import Subject, Trial

TRIALS: Final = ("summaries", "layout", "Überschrift")
FLAGS: Final = ("f0", "f1", "f2", "f3", "absent")
ATTRIBUTES: Final = ("id", "company", "device")
WEIGHTS: Final = (
    (0.5, 0.5),
    (0.2, 0.3, 0.5),
    (0.1,) * 10,
    (1 / 3,) * 3,
    (0.495, 0.495),
    (0.4, 0.4),
    (1, 0),
    (-0.5, 1.5),
)
COVERAGES: Final = (1.0, 1.0, 0.5, 0.1, 0.999, 0, -0.5, 1.7, 1)
EDGES: Final = (0, 0.1, 0.25, 0.3333, 0.5, 0.75, 0.9, 1)


class Trials:
    """Draws trials and subjects."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.conditions = Conditions(rng)

    def subject(self) -> Subject:
        """Someone with attributes, most often an id, and perhaps with records and forced arms."""
        attributes = self.conditions.values.object(2)
        for attribute in ATTRIBUTES:
            if self.rng.random() < 0.9:
                attributes[attribute] = self._id()
        groups = {group: self.conditions.group(attributes) for group in GROUPS[:-1] if self.rng.random() < 0.5}
        forced = {self.rng.choice(TRIALS): self.rng.randint(-1, 3)} if self.rng.random() < 0.05 else {}
        return Subject(attributes, groups, forced)

    def placement(self) -> tuple[Subject, Trial]:
        """A trial and who is to be placed, of whom half have records; only trials without prerequisites keep any."""
        subject = self.subject()
        trial = self.odd_trial(dict(subject.attributes))
        if trial.prerequisites or self.rng.random() < 0.5:
            return subject, trial
        return self._with_records(subject, trial), trial

    def _with_records(self, subject: Subject, trial: Trial) -> Subject:
        records: dict[str, dict[str, str]] = {}
        for attribute in self.rng.choices((trial.attribute, *ATTRIBUTES), (6, 1, 1, 1), k=self.rng.randint(0, 2)):
            holder = identify(subject.attributes, attribute).holder
            records[holder] = dict(self._record(trial) for _ in range(self.rng.choice((0, 1, 1, 2))))
        return replace(subject, records=records)

    def _record(self, trial: Trial) -> tuple[str, str]:
        version = trial.stickiness.version if trial.stickiness and self.rng.random() < 0.7 else self.rng.randint(0, 2)
        return f"{trial.key if self.rng.random() < 0.9 else 'other'}__{version}", self.rng.choice("aabbcz")

    def _id(self) -> Plain:
        odd: tuple[Plain, ...] = ("", 0, None, False, True, 5, 1.5, 1e21, "ü😀", ["a", 1], {"a": 1}, [])
        return f"{self.rng.getrandbits(64):016x}" if self.rng.random() < 0.9 else self.rng.choice(odd)

    def trial(self, attributes: dict[str, Plain]) -> Trial:
        """A trial that may have anything a trial can have, each thing seldom."""
        rng = self.rng
        weights = rng.choice(WEIGHTS)
        arms = len(weights) if rng.random() < 0.93 else rng.randint(0, 4)
        some = Trial(
            key=rng.choice(TRIALS),
            arms=arms,
            coverage=rng.choice(COVERAGES),
            weights=weights if rng.random() < 0.7 else None,
            ranges=self._ranges(arms) if rng.random() < 0.1 else None,
            seed=rng.choice(("", "", "", "a seed", "ß")),
            hash_version=rng.choice((1, 2)),
            attribute=rng.choice(("id", "id", "id", "company")),
            fallback=rng.choice(("", "", "device", "company")),
            namespace=self._namespace() if rng.random() < 0.2 else None,
            filters=self.filters() if rng.random() < 0.2 else (),
            condition=self.conditions.condition(attributes, 1) if rng.random() < 0.15 else None,
        )
        return replace(some, stickiness=self._stickiness(some.arms) if rng.random() < 0.7 else None)

    def odd_trial(self, attributes: dict[str, Plain]) -> Trial:
        """A trial that may be forced, over, or in need of a flag as well."""
        rng = self.rng
        return replace(
            self.trial(attributes),
            forced=rng.choice((0, 1, 5, -1)) if rng.random() < 0.2 else None,
            active=rng.random() < 0.95,
            prerequisites=self.prerequisites() if rng.random() < 0.2 else (),
        )

    def prerequisites(self) -> tuple[Prerequisite, ...]:
        """One or two flags that have to have some value."""
        return tuple(self._prerequisite() for _ in range(self.rng.choice((1, 1, 2))))

    def _prerequisite(self) -> Prerequisite:
        values: tuple[Plain, ...] = (True, False, None, "on", 1, {"$ne": None}, {"$exists": True}, {"$in": ["on", 2]})
        condition: dict[str, Plain] = {"value": self.rng.choice(values)}
        return Prerequisite(self.rng.choice(FLAGS), condition, self.rng.random() < 0.3)

    def filters(self) -> tuple[Filter, ...]:
        """One or two filters, each with one or two ranges."""
        return tuple(
            Filter(
                seed=self.rng.choice(("x", "y")),
                ranges=self._ranges(self.rng.randint(0, 2)),
                attribute=self.rng.choice(("id", "company")),
                hash_version=self.rng.choice((1, 2)),
            )
            for _ in range(self.rng.choice((1, 1, 2)))
        )

    def range(self) -> Range:
        """A part of 0 to 1, which may be empty."""
        start, end = self.rng.choice(EDGES), self.rng.choice(EDGES)
        return Range(min(start, end), max(start, end))

    def _ranges(self, number: int) -> tuple[Range, ...]:
        return tuple(self.range() for _ in range(number))

    def _namespace(self) -> Namespace:
        return Namespace(self.rng.choice(("n", "ü")), *self.range())

    def _stickiness(self, arms: int) -> Stickiness:
        keys = tuple("abcdefghij"[:arms]) if self.rng.random() < 0.9 else ()
        return Stickiness(keys, self.rng.choice((0, 0, 1, 2)), self.rng.choice((0, 0, 0, 1)))
