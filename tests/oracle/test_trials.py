"""Devices are placed where GrowthBook's SDK places them: by generated experiments, by flags, and by a policy."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.oracle import translating
from tests.oracle.asking import Answer, ask
from tests.oracle.making_flags import FlagSets
from tests.oracle.making_values import seeded
from trimtab import Policy, Visitor, adjust
from trimtab.experiments import ConditionError, assign, bucket
from trimtab.experiments.flags import Flag, FlagResult, Flags, Rollout, Rule, Source
from trimtab.experiments.sticky import keep
from trimtab.experiments.trials import Placement, Subject, Trial, Why, identity_for, place

SEED = 20261123
PLACEMENTS = 3_000
FLAG_SETS = 400
DEVICES = 1_000
LARGE = 50_000
DRAWN = (Why.DRAWN, Why.KEPT)


def told(subject: Subject, trial: Trial, placement: Placement) -> dict[str, Any]:
    """The placement and the records after it, in the oracle's words."""
    records = subject.records or {}
    if subject.records is not None and trial.stickiness and placement.why in DRAWN:
        records = keep(records, identity_for(trial, subject), trial.key, trial.stickiness, placement.arm)
    return {
        "inExperiment": placement.joined,
        "variationId": placement.arm,
        "hashUsed": placement.why in DRAWN,
        "stickyBucketUsed": placement.why in (Why.KEPT, Why.BLOCKED_VERSION),
        "bucket": placement.number,
        "records": translating.documents(records),
    }


def compare_placements(rng: Random, times: int) -> Counter[Why]:
    """Places so many subjects as the oracle does, and counts why they are where they are."""
    sets = FlagSets(rng)
    asked: list[tuple[Subject, Trial, dict[str, Flag]]] = []
    for _ in range(times):
        subject, trial = sets.trials.placement()
        asked.append((subject, trial, sets.flags(dict(subject.attributes)) if trial.prerequisites else {}))
    answers = ask(("run", translating.context(s, flags), translating.experiment(trial)) for s, trial, flags in asked)
    reasons: Counter[Why] = Counter()
    for (subject, trial, flags), answer in zip(asked, answers, strict=True):
        try:
            placement = place(trial, subject, Flags(flags, subject).value_of)
        except ConditionError:  # a pattern that we do not match; test_conditions counts them
            continue
        reasons[placement.why] += 1
        theirs = {name: value for name, value in answer["is"].items() if name != "key"}
        assert theirs == told(subject, trial, placement), (subject, trial)
    return reasons


def test_generated_experiments_place_everybody_alike_and_for_every_reason() -> None:
    reasons = compare_placements(seeded(SEED), PLACEMENTS)

    assert reasons.total() > 0.99 * PLACEMENTS
    assert {why: times for why, times in reasons.items() if times > 10}.keys() == set(Why)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(10))
def test_half_a_million_generated_experiments_place_everybody_alike(seed: int) -> None:
    compare_placements(seeded(seed), LARGE)


def is_same(result: FlagResult, answer: Answer) -> bool:
    theirs = answer["is"]
    placement = result.placement
    if placement is None or theirs["result"] is None:
        same = placement is theirs["result"]
    else:
        same = (placement.arm, placement.number) == (theirs["result"]["variationId"], theirs["result"]["bucket"])
    return same and (repr(result.value), result.source) == (repr(theirs["value"]), theirs["source"])


def test_generated_flags_have_the_same_values_from_the_same_source() -> None:
    sets = FlagSets(seeded(SEED))
    subjects = [sets.trials.subject() for _ in range(FLAG_SETS)]
    asked = [
        (s, flags, flag) for s in subjects for flags in [sets.flags(dict(s.attributes))] for flag in (*flags, "no")
    ]
    answers = ask(("flag", translating.context(subject, flags), flag) for subject, flags, flag in asked)
    sources: Counter[Source] = Counter()
    for (subject, flags, flag), answer in zip(asked, answers, strict=True):
        try:
            result = Flags(flags, subject).evaluate(flag)
        except ConditionError:
            continue
        sources[result.source] += 1
        assert is_same(result, answer), (subject, flags, flag)

    assert sources.total() > 0.99 * len(asked)
    assert {source: times for source, times in sources.items() if times > 25}.keys() == set(Source)


def test_a_rollout_to_nobody_reaches_nobody_not_even_at_number_zero() -> None:
    devices = [str(device) for device in range(10_000) if bucket("flag", str(device), 1) == 0]
    flags = {"flag": Flag(False, (Rule(Rollout(True, coverage=0)),))}
    subjects = [Subject({"id": device}) for device in devices]

    answers = ask(("flag", translating.context(subject, flags), "flag") for subject in subjects)

    assert len(devices) > 3
    assert [answer["is"]["value"] for answer in answers] == [False] * len(devices)
    assert [Flags(flags, subject).evaluate("flag").value for subject in subjects] == [False] * len(devices)


def never(_: Visitor) -> bool:
    return False


def test_a_policy_draws_its_arms_as_the_sdk_does_from_the_same_declaration() -> None:
    policy = Policy("shop", holdout=0.15)
    box = policy.target("box", "#box")
    made = [policy.adjust(f"a{n}", on=box, when=never, do=adjust.add_class(f"c{n}")) for n in range(3)]
    policy.experiment("size", arms={"big": made[:1], "small": []}, weights=(0.3, 0.7), coverage=0.6)
    policy.experiment("left", arms={"on": made[1:2], "off": []}, namespace=("layout", 0, 0.4))
    policy.experiment("right", arms={"off": [], "on": made[2:], "too": made[2:]}, namespace=("layout", 0.4, 1))
    experiments: dict[str, dict[str, Any]] = {
        "holdout": {"variations": ["holdout", ""], "ranges": [[0, 0.15], [0.15, 1]]},
        "size": {"variations": ["big", "small"], "weights": [0.3, 0.7], "coverage": 0.6},
        "left": {"variations": ["on", "off"], "namespace": ["shop/layout", 0, 0.4]},
        "right": {"variations": ["off", "on", "too"], "namespace": ["shop/layout", 0.4, 1]},
    }
    seeds = [f"{device:032x}" for device in range(DEVICES)]
    questions = [
        ("run", {"attributes": {"id": seed}}, {"key": f"shop/{name}", "hashVersion": 2, **experiment})
        for seed in seeds
        for name, experiment in experiments.items()
    ]
    answers = iter(ask(questions))
    for seed in seeds:
        ours = assign(policy, seed)
        theirs = {
            name: experiment["variations"][answer["is"]["variationId"]] if answer["is"]["inExperiment"] else "outside"
            for name, experiment in experiments.items()
            for answer in [next(answers)]
        }
        assert ours.held_out == (theirs.pop("holdout") == "holdout")
        assert ours.held_out or ours.arms == theirs
