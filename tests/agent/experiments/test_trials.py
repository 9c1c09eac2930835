from dataclasses import replace

import pytest

from trimtab.experiments import Namespace, Range, bucket
from trimtab.experiments.conditions import Plain
from trimtab.experiments.namespaces import Filter
from trimtab.experiments.prerequisites import CyclicPrerequisite, Prerequisite
from trimtab.experiments.sticky import Stickiness
from trimtab.experiments.trials import Placement, Subject, Trial, Why, identity_for, place

ME = Subject({"id": "me", "country": "DE"})
EVEN = Trial("summaries", 2)
EVERYONE = (Range(0, 1),)
NOBODY = (Range(0, 0),)
STICKY = Stickiness(("adaptive", "static"))


def out(why: Why) -> Placement:
    return Placement(0, False, why)


def test_the_number_decides_and_is_told() -> None:
    number = bucket("summaries", "me", 1)

    assert place(EVEN, ME) == Placement(int(number >= 0.5), True, Why.DRAWN, number)
    assert place(replace(EVEN, seed="x", hash_version=2), ME).number == bucket("x", "me", 2)


def test_ranges_overrule_weights_and_coverage() -> None:
    trial = replace(EVEN, coverage=0, weights=(1, 0), ranges=(Range(0, 0), Range(0, 1)))

    assert place(trial, ME).arm == 1


@pytest.mark.parametrize(
    ("trial", "why"),
    [
        (replace(EVEN, arms=1), Why.TOO_FEW_ARMS),
        (replace(EVEN, active=False), Why.INACTIVE),
        (replace(EVEN, attribute="company"), Why.NO_IDENTITY),
        (replace(EVEN, filters=(Filter("x", EVERYONE), Filter("y", NOBODY))), Why.FILTERED),
        (replace(EVEN, filters=(Filter("x", EVERYONE, "company"),)), Why.FILTERED),
        (replace(EVEN, namespace=Namespace("layout", 0, 0)), Why.OTHER_NAMESPACE),
        (replace(EVEN, condition={"country": "FR"}), Why.CONDITION),
        (replace(EVEN, prerequisites=(Prerequisite("flag", {"value": True}),)), Why.PREREQUISITE),
        (replace(EVEN, coverage=0), Why.OUTSIDE_RANGES),
        (replace(EVEN, forced=2), Why.NO_SUCH_ARM),
        (replace(EVEN, ranges=(Range(0, 0), Range(0, 0), Range(0, 1))), Why.NO_SUCH_ARM),
    ],
)
def test_who_is_left_out_sees_the_first_arm_and_the_reason_is_told(trial: Trial, why: Why) -> None:
    assert place(trial, ME) == out(why)


def test_who_meets_everything_is_in() -> None:
    trial = replace(
        EVEN,
        namespace=Namespace("layout", 0, 1),
        condition={"country": "DE", "id": {"$inGroup": "testers"}},
        prerequisites=(Prerequisite("flag", {"value": {"$gt": 1}}),),
    )

    assert place(trial, replace(ME, groups={"testers": ["me"]}), lambda _: 2).joined


def test_filters_replace_the_namespace() -> None:
    assert place(replace(EVEN, namespace=Namespace("layout", 0, 0), filters=(Filter("x", EVERYONE),)), ME).joined


def test_a_prerequisite_that_ends_in_a_cycle_is_not_met() -> None:
    def cyclic(_flag: str) -> Plain:
        raise CyclicPrerequisite

    trial = replace(EVEN, prerequisites=(Prerequisite("flag", {"value": None}),))
    assert place(trial, ME, cyclic) == out(Why.PREREQUISITE)


def test_an_arm_forced_from_outside_overrules_everything() -> None:
    forced = replace(ME, attributes={}, forced={"summaries": 1})

    assert place(replace(EVEN, active=False), forced) == Placement(1, True, Why.FORCED)
    assert place(EVEN, replace(forced, forced={"summaries": -1})) == out(Why.NO_SUCH_ARM)


def test_the_trials_own_forced_arm_is_for_those_who_would_be_in() -> None:
    assert place(replace(EVEN, forced=0), ME) == Placement(0, True, Why.FORCED)
    assert place(replace(EVEN, forced=0, coverage=0), ME) == out(Why.OUTSIDE_RANGES)


@pytest.mark.parametrize("arm", [0, 1])
def test_a_kept_arm_stays_whatever_has_changed(arm: int) -> None:
    changed = replace(EVEN, coverage=0, condition={"country": "FR"}, namespace=Namespace("n", 0, 0), stickiness=STICKY)
    kept = replace(ME, records={"id||me": {"summaries__0": STICKY.arm_keys[arm]}})

    assert place(changed, kept) == Placement(arm, True, Why.KEPT, bucket("summaries", "me", 1))
    assert place(replace(changed, stickiness=None), kept) == out(Why.OTHER_NAMESPACE)
    assert place(changed, replace(kept, records=None)) == out(Why.OTHER_NAMESPACE)


def test_what_was_kept_in_a_blocked_version_leaves_out() -> None:
    trial = replace(EVEN, stickiness=replace(STICKY, version=1, least_version=1))
    kept = replace(ME, records={"id||me": {"summaries__0": "static", "summaries__1": "static"}})

    assert place(trial, kept) == out(Why.BLOCKED_VERSION)
    assert place(replace(trial, condition={"country": "FR"}), kept) == out(Why.CONDITION)


def test_the_fallback_counts_only_where_placements_are_kept() -> None:
    trial = replace(EVEN, attribute="account", fallback="id", stickiness=STICKY)

    assert identity_for(trial, replace(ME, records={})).attribute == "id"
    assert place(trial, replace(ME, records={})).joined
    assert place(trial, ME) == out(Why.NO_IDENTITY)
