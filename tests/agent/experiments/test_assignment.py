from collections import Counter

import pytest

from trimtab import Policy, Visitor, adjust
from trimtab.errors import PolicyError
from trimtab.experiments import Assignment, assign
from trimtab.messages import Arm
from trimtab.values import Decision, Reason, Verdict

DEVICES = 8_000


def never(_: Visitor) -> bool:
    return False


def compared(*, holdout: float = 0.10, weights: tuple[float, ...] | None = None) -> Policy:
    """Two adjustments in one experiment of three arms, one in another of two, one in none."""
    policy = Policy("shop", holdout=holdout)
    box = policy.target("box", "#box")
    made = [policy.adjust(f"a{n}", on=box, when=never, do=adjust.add_class(f"c{n}")) for n in range(4)]
    policy.experiment("size", arms={"big": made[:1], "both": made[:2], "control": []}, weights=weights)
    policy.experiment("words", arms={"short": [made[2]], "long": []})
    return policy


def drawn(policy: Policy) -> list[Assignment]:
    return [assign(policy, f"{device:032x}") for device in range(DEVICES)]


def share(times: int, expected: float, of: int = DEVICES) -> None:
    """Within five standard deviations of the expected share: the devices are fixed, so it holds for ever or never."""
    assert abs(times / of - expected) < 5 * (expected * (1 - expected) / of) ** 0.5


def test_an_assignment_depends_on_nothing_but_policy_and_seed() -> None:
    assert [assign(compared(), str(n)) for n in range(100)] == [assign(compared(), str(n)) for n in range(100)]


@pytest.mark.parametrize("holdout", [0.05, 0.10, 0.5])
def test_the_holdout_is_as_large_as_declared_and_the_arms_divide_the_rest(holdout: float) -> None:
    assignments = drawn(compared(holdout=holdout))
    inside = [assignment for assignment in assignments if not assignment.held_out]
    arms = Counter(assignment.arms["size"] for assignment in inside)

    share(DEVICES - len(inside), holdout)
    assert set(arms) == {"big", "both", "control"}
    for times in arms.values():
        share(times, 1 / 3, len(inside))


def test_the_declared_shares_are_those_of_the_reports_that_devices_make() -> None:
    policy = compared(holdout=0.2, weights=(0.2, 0.3, 0.5))
    policy.experiment("late", arms={"on": policy.adjustments[3:], "off": []}, coverage=0.5, namespace=("x", 0.25, 0.75))
    declaration = policy.declaration("")
    reports = Counter(
        assignment.arm_of(experiment) for assignment in drawn(policy) for experiment in policy.experiments
    )

    assert sum(declaration.shares) == pytest.approx(1)
    assert declaration.shares[:4] == pytest.approx((0.2, 0.8 * 0.2 / 3, 0.8 * 0.3 / 3, 0.8 * 0.5 / 3))
    assert declaration.shares[-1] == pytest.approx(0.8 * 0.75 / 3)
    for arm, expected in zip(declaration.arms, declaration.shares, strict=True):
        share(reports[arm], expected, DEVICES * len(policy.experiments))


def test_without_an_experiment_everybody_but_the_holdout_is_in_one_arm() -> None:
    assert Policy("plain").declaration("").shares == (0.1, 0.9)


def test_weights_are_shares_of_the_devices() -> None:
    inside = [assignment for assignment in drawn(compared(weights=(0.2, 0.3, 0.5))) if not assignment.held_out]
    arms = Counter(assignment.arms["size"] for assignment in inside)

    for arm, weight in {"big": 0.2, "both": 0.3, "control": 0.5}.items():
        share(arms[arm], weight, len(inside))


def test_two_experiments_are_drawn_independently() -> None:
    inside = [assignment for assignment in drawn(compared()) if not assignment.held_out]
    cells = Counter((assignment.arms["size"], assignment.arms["words"]) for assignment in inside)

    assert len(cells) == 6
    for times in cells.values():
        share(times, 1 / 6, len(inside))


def test_the_same_seeds_fall_differently_in_another_policy() -> None:
    other = Policy("other")
    box = other.target("box", "#box")
    other.experiment("size", arms={"on": [other.adjust("a", on=box, when=never, do=adjust.add_class("c"))], "off": []})
    both = [(assign(compared(), str(n)).held_out, assign(other, str(n)).held_out) for n in range(5_000)]

    share(sum(first and second for first, second in both), 0.01, 5_000)


def test_a_device_of_the_holdout_joins_no_experiment_and_shows_nothing() -> None:
    held_out = next(assignment for assignment in drawn(compared()) if assignment.held_out)

    assert held_out.arms == {}
    assert held_out.withheld == dict.fromkeys(range(4), Reason.HOLDOUT)
    assert held_out.arm_of(compared().experiments[0]) == held_out.arm_of(None) == Arm("", "holdout")
    assert str(held_out) == "holdout"


@pytest.mark.parametrize(
    ("forced", "withheld"),
    [
        ("size/big", {1: Reason.OTHER_ARM}),
        ("size/both", {}),
        ("size/control", {0: Reason.OTHER_ARM, 1: Reason.OTHER_ARM}),
    ],
)
def test_an_arm_withholds_what_only_other_arms_of_its_experiment_show(forced: str, withheld: dict[int, Reason]) -> None:
    assignment = assign(compared(), "seed", forced)

    assert {index: reason for index, reason in assignment.withheld.items() if index < 2} == withheld
    assert 3 not in assignment.withheld


@pytest.mark.parametrize("seed", ["", "seed", "f" * 32])
def test_a_forced_arm_overrules_the_draw_of_its_experiment_alone(seed: str) -> None:
    policy = compared(holdout=0.999)
    drawn_words = {assign(compared(holdout=0.001), seed, "size/both").arms["words"]}

    assert assign(policy, seed, "size/both").arms["size"] == "both"
    assert {assign(policy, seed, "size/big").arms["words"]} == drawn_words
    assert assign(policy, seed, "holdout").held_out
    assert not assign(policy, seed, "everyone").held_out


def test_a_forced_arm_that_does_not_exist_leaves_the_draw() -> None:
    policy = compared(holdout=0.001)

    assert (
        assign(policy, "seed", "size/huge").arms == assign(policy, "seed", "words").arms == assign(policy, "seed").arms
    )


def test_an_assignment_is_told_in_words() -> None:
    policy = compared()
    assignment = assign(policy, "seed", "size/control")
    plain = Policy("plain")

    assert str(assignment) == f"size/control, words/{assignment.arms['words']}"
    assert assignment.arm_of(policy.experiments[0]) == Arm("size", "control")
    assert str(assign(plain, "seed", "everyone")) == "everyone"
    assert assign(plain, "seed", "everyone").arm_of(None) == Arm("", "everyone")


def test_an_experiment_cannot_be_called_like_the_holdout() -> None:
    policy = Policy("shop")
    shown = policy.adjust("a", on=policy.target("box", "#box"), when=never, do=adjust.add_class("c"))

    with pytest.raises(PolicyError, match="experiment 'holdout' is called like the devices of no experiment; use ano"):
        policy.experiment("holdout", arms={"on": [shown], "off": []})


# Masking


def decision(verdict: Verdict, reason: Reason, adjustment: int = 0) -> Decision:
    return Decision(adjustment, verdict, reason, 100.0, None, "clicks 1 > 0", 0.5)


ALLOWED = decision(Verdict.ALLOWED, Reason.RULE_HOLDS)
HELD = decision(Verdict.HELD, Reason.DEBOUNCE)
REFUSED = decision(Verdict.REFUSED, Reason.ADJUSTMENT_CAP)
DEFERRED = decision(Verdict.DEFERRED, Reason.WOULD_MOVE_LAYOUT)
UNDONE = decision(Verdict.UNDONE, Reason.RULE_ENDED)


def test_what_an_arm_shows_is_left_as_it_is() -> None:
    every = [ALLOWED, HELD, REFUSED, DEFERRED, UNDONE]

    assert assign(compared(), "seed", "size/big").mask(every, adapt=True) == every


@pytest.mark.parametrize(
    ("forced", "adapt", "reason"),
    [
        ("size/control", True, Reason.OTHER_ARM),
        ("size/control", False, Reason.OTHER_ARM),
        ("holdout", True, Reason.HOLDOUT),
        ("holdout", False, Reason.HOLDOUT),
        ("size/big", False, Reason.NO_CONSENT_TO_ADAPT),
    ],
)
def test_what_is_withheld_is_refused_with_the_reason_and_everything_about_its_showing_is_dropped(
    forced: str, adapt: bool, reason: Reason
) -> None:
    masked = assign(compared(), "seed", forced).mask([ALLOWED, HELD, REFUSED, DEFERRED, UNDONE], adapt=adapt)

    assert masked == [decision(Verdict.REFUSED, reason), HELD, REFUSED]


def test_only_what_is_withheld_is_masked() -> None:
    other = decision(Verdict.ALLOWED, Reason.RULE_HOLDS, adjustment=3)

    assert assign(compared(), "seed", "size/control").mask([ALLOWED, other], adapt=True)[1] == other
