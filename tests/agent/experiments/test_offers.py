import pytest

import trimtab.experiments
from trimtab.experiments import conditions


def test_conditions_are_offered_beside_the_arithmetic() -> None:
    assert trimtab.experiments.evaluate_condition is conditions.evaluate_condition
    assert trimtab.experiments.ConditionError is conditions.ConditionError
    assert all(hasattr(trimtab.experiments, name) for name in trimtab.experiments.__all__)


def test_a_name_that_is_not_offered_is_told() -> None:
    with pytest.raises(AttributeError, match=r"module 'trimtab\.experiments' has no attribute 'condition'"):
        _ = trimtab.experiments.condition
