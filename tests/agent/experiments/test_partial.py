"""Experiments that only some devices take part in: by their coverage, or by their part of a namespace."""

from collections import Counter
from typing import Any

import pytest

from tests.agent.making import PAGE, declare, on_click, open_visit
from trimtab import Policy, Visitor, adjust
from trimtab.errors import PolicyError
from trimtab.experiments import assign
from trimtab.messages import Arm
from trimtab.values import Decision, Event, Kind, Reason, Verdict

DEVICES = 2_000


def never(_: Visitor) -> bool:
    return False


def shop(**partly: Any) -> Policy:
    """Two experiments, each of one adjustment and a control; `partly` says who takes part in the first."""
    policy = Policy("shop", holdout=0.001)
    box = policy.target("box", "#box")
    made = [policy.adjust(f"a{n}", on=box, when=never, do=adjust.add_class(f"c{n}")) for n in range(2)]
    policy.experiment("size", arms={"big": made[:1], "small": []}, **partly)
    policy.experiment("words", arms={"short": made[1:], "long": []})
    return policy


def arms_of(policy: Policy, experiment: str) -> Counter[str]:
    drawn = [assign(policy, f"{device:032x}") for device in range(DEVICES)]
    return Counter(assignment.arms[experiment] for assignment in drawn if not assignment.held_out)


def test_the_arms_divide_the_covered_devices_and_the_rest_is_outside() -> None:
    arms = arms_of(shop(coverage=0.4), "size")

    assert arms["outside"] / DEVICES == pytest.approx(0.6, abs=0.04)
    assert arms["big"] / DEVICES == pytest.approx(0.2, abs=0.04)
    assert arms["small"] / DEVICES == pytest.approx(0.2, abs=0.04)


def test_more_coverage_moves_nobody_from_one_arm_to_another() -> None:
    some, more = shop(coverage=0.3), shop(coverage=0.8)
    moves = Counter(
        (assign(some, str(n)).arms.get("size"), assign(more, str(n)).arms.get("size")) for n in range(2_000)
    )

    assert moves[("big", "small")] == moves[("small", "big")] == moves[("big", "outside")] == 0
    assert moves[("outside", "big")] > 0


def test_experiments_in_different_parts_of_a_namespace_never_meet() -> None:
    policy = Policy("shop", holdout=0.001)
    box = policy.target("box", "#box")
    for name, part in {"left": (0, 0.5), "right": (0.5, 1)}.items():
        shown = policy.adjust(name, on=box, when=never, do=adjust.add_class(name))
        policy.experiment(name, arms={"on": [shown], "off": []}, namespace=("layout", *part))
    drawn = [assign(policy, f"{device:032x}") for device in range(DEVICES)]
    inside = [a for a in drawn if not a.held_out]

    assert all([*a.arms.values()].count("outside") == 1 for a in inside)
    assert sum(a.arms["left"] != "outside" for a in inside) / len(inside) == pytest.approx(0.5, abs=0.04)


def test_the_other_experiment_is_drawn_as_if_there_were_no_coverage() -> None:
    assert arms_of(shop(coverage=0.1), "words") == arms_of(shop(), "words")


def test_a_device_outside_sees_none_of_the_experiment_and_is_counted_there() -> None:
    policy = shop(coverage=0.5)
    assignment = assign(policy, "seed", "size/outside")

    assert assignment.withheld[0] is Reason.OTHER_ARM
    assert assignment.arm_of(policy.experiments[0]) == Arm("size", "outside")
    assert str(assignment).startswith("size/outside, words/")


def test_outside_is_declared_where_devices_can_be_outside() -> None:
    assert Arm("size", "outside") not in shop().declaration("").arms
    for partly in ({"coverage": 0.5}, {"namespace": ("layout", 0, 1)}):
        arms = shop(**partly).declaration("").arms
        assert [arm.arm for arm in arms if arm.experiment == "size"] == ["big", "small", "outside"]
        assert Arm("words", "outside") not in arms


def test_a_visit_outside_refuses_what_it_would_have_shown() -> None:
    policy, add = on_click()
    shown = add("bigger", lambda v: v.clicks(policy.targets[0]) > 0)
    policy.experiment("size", arms={"big": [shown], "small": []}, coverage=0.5)
    visit = open_visit(policy, arm="size/outside")

    step = visit.step([PAGE, Event(Kind.CLICK, 10_000.0, 0)], 16_000.0)

    decisions = [entry for entry in step.log if isinstance(entry, Decision)]
    assert (decisions[-1].verdict, decisions[-1].reason) == (Verdict.REFUSED, Reason.OTHER_ARM)
    assert step.commands == ()
    assert Arm("size", "outside") in declare(policy).arms


@pytest.mark.parametrize(
    ("partly", "told"),
    [
        ({"coverage": 0}, "experiment 'size': coverage is 0; use a share above 0, at most 1"),
        ({"coverage": 1.5}, "experiment 'size': coverage is 1.5; use a share above 0, at most 1"),
        ({"namespace": "layout"}, "experiment 'size': namespace 'layout'; give a name and a part"),
        ({"namespace": ("layout", 0.5, 0.5)}, r"experiment 'size': namespace \('layout', 0.5, 0.5\); give"),
        ({"namespace": ("layout", 0, 2)}, r"experiment 'size': namespace \('layout', 0, 2\); give"),
        ({"namespace": ("Lay out", 0, 1)}, "experiment 'size': namespace name 'Lay out'; use a-z"),
    ],
)
def test_a_mistake_in_who_takes_part_is_told(partly: dict[str, Any], told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        shop(**partly)


def test_experiments_that_meet_in_their_namespace_are_told() -> None:
    policy = shop(namespace=("layout", 0, 0.5))
    shown = policy.adjust("more", on=policy.targets[0], when=never, do=adjust.add_class("more"))

    policy.experiment("text", arms={"on": [], "off": []}, namespace=("text", 0, 0.5))
    with pytest.raises(PolicyError, match="'size' and 'third' meet in a namespace; take parts that do not overlap"):
        policy.experiment("third", arms={"on": [shown], "off": []}, namespace=("layout", 0.4, 1))


def test_an_arm_cannot_be_called_outside() -> None:
    policy = shop()

    with pytest.raises(PolicyError, match="experiment 'third': arm 'outside' means to take no part; use another name"):
        policy.experiment("third", arms={"on": [], "outside": []})
