import pytest

from trimtab.errors import StateError
from trimtab.passport import STATE_VERSION, Passport

OURS = Passport("0123456789abcdef", "all/adaptive")


def test_a_state_with_the_same_passport_is_taken() -> None:
    assert OURS.check(OURS.stamp("checkpoint", {"x": 1}), "checkpoint", "x")["x"] == 1


@pytest.mark.parametrize(
    "stamped",
    [
        OURS.stamp("luggage", {"x": 1}),
        Passport("0123456789abcdef", "holdout").stamp("checkpoint", {"x": 1}),
        Passport("fedcba9876543210", "all/adaptive").stamp("checkpoint", {"x": 1}),
        OURS.stamp("checkpoint", {"x": 1}) | {"v": STATE_VERSION + 1},
        OURS.stamp("checkpoint", {}),
        OURS.stamp("checkpoint", {"x": 1, "y": 2}),
        None,
    ],
)
def test_any_other_one_is_refused(stamped: object) -> None:
    with pytest.raises(StateError, match="the saved state"):
        OURS.check(stamped, "checkpoint", "x")  # type: ignore[arg-type]  # whatever comes from storage
