from dataclasses import replace

import pytest

from trimtab.experiments import Range, bucket
from trimtab.experiments.conditions import Plain
from trimtab.experiments.flags import Comparison, Flag, FlagResult, Flags, Rollout, Rule, Source
from trimtab.experiments.namespaces import Filter
from trimtab.experiments.prerequisites import CyclicPrerequisite, Prerequisite
from trimtab.experiments.trials import Subject, Trial

ME = Subject({"id": "me", "country": "DE"})
NUMBER = bucket("flag", "me", 1)
FORCED = FlagResult("new", Source.FORCED)
DEFAULT = FlagResult("old", Source.DEFAULT)


def evaluate(*rules: Rule, **others: Flag) -> FlagResult:
    return Flags({"flag": Flag("old", rules), **others}, ME).evaluate("flag")


def needs(flag: str, value: Plain = True, *, gate: bool = False) -> tuple[Prerequisite, ...]:
    return (Prerequisite(flag, {"value": value}, gate),)


def test_a_flag_without_rules_has_its_default_and_an_unknown_one_nothing() -> None:
    assert evaluate() == DEFAULT
    assert Flags({}, ME).evaluate("flag") == FlagResult(None, Source.UNKNOWN)


@pytest.mark.parametrize(
    ("rollout", "result"),
    [
        (Rollout("new"), FORCED),
        (Rollout("new", condition={"country": "DE"}), FORCED),
        (Rollout("new", condition={"country": "FR"}), DEFAULT),
        (Rollout("new", filters=(Filter("x", (Range(0, 0),)),)), DEFAULT),
        (Rollout("new", coverage=NUMBER), FORCED),
        (Rollout("new", coverage=NUMBER - 0.001), DEFAULT),
        (Rollout("new", coverage=0), DEFAULT),
        (Rollout("new", coverage=1, attribute="company"), DEFAULT),
        (Rollout("new", range=Range(NUMBER, 1), coverage=0), FORCED),
        (Rollout("new", range=Range(0, NUMBER)), DEFAULT),
        (Rollout("new", range=Range(0, 1), attribute="company"), DEFAULT),
        (Rollout("new", range=Range(bucket("x", "me", 2), 1), seed="x", hash_version=2), FORCED),
    ],
)
def test_a_rollout_reaches_those_it_is_for(rollout: Rollout, result: FlagResult) -> None:
    assert evaluate(Rule(rollout)) == result


def test_the_first_rule_that_fits_decides() -> None:
    assert evaluate(Rule(Rollout("no", coverage=0)), Rule(Rollout("new")), Rule(Rollout("late"))) == FORCED


def test_a_comparison_gives_the_value_of_the_arm() -> None:
    comparison = Comparison(Trial("summaries", 2, ranges=(Range(0, 0), Range(0, 1))), ("a", "b"))

    result = evaluate(Rule(comparison))

    assert (result.value, result.source) == ("b", Source.TRIAL)
    assert result.placement is not None
    assert result.placement.arm == 1
    assert evaluate(Rule(replace(comparison, passing=frozenset({1})))) == DEFAULT
    assert evaluate(Rule(replace(comparison, trial=Trial("summaries", 2, coverage=0)))) == DEFAULT


def test_a_rule_needs_its_prerequisites_and_a_gate_closes_the_flag() -> None:
    on, off = Flag(True), Flag(False)

    assert evaluate(Rule(Rollout("new"), needs("on")), on=on) == FORCED
    assert evaluate(Rule(Rollout("no"), needs("off")), Rule(Rollout("new")), off=off) == FORCED
    gated = evaluate(Rule(Rollout("no"), needs("off", gate=True)), Rule(Rollout("new")), off=off)
    assert gated == FlagResult(None, Source.PREREQUISITE)
    assert evaluate(Rule(Rollout("new"), needs("absent", None))) == FORCED


def test_the_trial_of_a_rule_can_need_a_flag_too() -> None:
    trial = Trial("summaries", 2, ranges=(Range(0, 1),), prerequisites=needs("on"))

    assert evaluate(Rule(Comparison(trial, ("a", "b"))), on=Flag(True)).value == "a"
    assert evaluate(Rule(Comparison(trial, ("a", "b"))), on=Flag(False)) == DEFAULT


def test_a_cycle_of_needs_is_found_wherever_it_begins() -> None:
    flags = Flags(
        {
            "a": Flag(1, (Rule(Rollout(2), needs("b", 1)),)),
            "b": Flag(1, (Rule(Rollout(2), needs("a", 1)),)),
            "outside": Flag(1, (Rule(Rollout(2), needs("a", None)),)),
        },
        ME,
    )

    assert {flags.evaluate(flag) for flag in ("a", "b", "outside")} == {FlagResult(None, Source.CYCLE)}
    with pytest.raises(CyclicPrerequisite):
        flags.value_of("a")


def test_a_flag_that_two_need_is_no_cycle() -> None:
    shared = Flag(True)
    middle = Flag(False, (Rule(Rollout(True), needs("shared")),))

    assert evaluate(Rule(Rollout("new"), (*needs("shared"), *needs("middle"))), shared=shared, middle=middle) == FORCED
    assert Flags({"shared": shared}, ME).value_of("shared") is True
