"""Random flags that need each other."""

from random import Random

from tests.oracle.making_trials import FLAGS, Trials
from trimtab.experiments import bucket
from trimtab.experiments.conditions import Plain
from trimtab.experiments.flags import Comparison, Flag, Rollout, Rule
from trimtab.experiments.sticky import identify


class FlagSets:
    """Draws sets of flags; about one flag in ten ends in a cycle."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.trials = Trials(rng)

    def flags(self, attributes: dict[str, Plain]) -> dict[str, Flag]:
        """Flags with up to three rules each."""
        return {flag: self._flag(attributes) for flag in FLAGS[:-1]}

    def _flag(self, attributes: dict[str, Plain]) -> Flag:
        return Flag(self._value(), tuple(self._rule(attributes) for _ in range(self.rng.choice((0, 1, 1, 2, 3)))))

    def _rule(self, attributes: dict[str, Plain]) -> Rule:
        prerequisites = self.trials.prerequisites() if self.rng.random() < 0.3 else ()
        return Rule(self._then(attributes), prerequisites)

    def _then(self, attributes: dict[str, Plain]) -> Rollout | Comparison:
        rng = self.rng
        if rng.random() < 0.5:
            trial = self.trials.trial(attributes)
            passing = frozenset(arm for arm in range(trial.arms) if rng.random() < 0.15)
            return Comparison(trial, tuple(self._value() for _ in range(trial.arms)), passing)
        seed, attribute, version = rng.choice(("", "seed")), rng.choice(("id", "company")), rng.choice((1, 2))
        exact = bucket(seed or "f0", identify(attributes, attribute).text, version)
        return Rollout(
            value=self._value(),
            filters=self.trials.filters() if rng.random() < 0.15 else (),
            condition=self.trials.conditions.condition(attributes, 1) if rng.random() < 0.3 else None,
            coverage=rng.choice((None, 0, 0.5, 0.9, 1, exact)),
            range=self.trials.range() if rng.random() < 0.2 else None,
            seed=seed,
            attribute=attribute,
            hash_version=version,
        )

    def _value(self) -> Plain:
        return self.rng.choice((True, False, None, "on", "", 0, 1, 2))
