import pytest

from trimtab.experiments import bucket
from trimtab.hashing import code_units, fnv1a_32


def test_characters_beyond_the_first_plane_are_two_units_and_a_lone_half_is_one() -> None:
    assert code_units("a😀") == [0x61, 0xD83D, 0xDE00]
    assert code_units("\ud83d") == [0xD83D]
    assert code_units("") == []


def test_units_are_hashed_whole_not_as_bytes() -> None:
    assert fnv1a_32("ü") == (0x811C9DC5 ^ 0xFC) * 0x01000193 & 0xFFFFFFFF


def test_the_versions_have_four_and_three_digits_and_put_the_seed_before_or_after() -> None:
    assert bucket("foo", "bar") == bucket("foo", "bar", 2) == fnv1a_32(str(0xBF9CF968)) % 10_000 / 10_000
    assert bucket("bar", "foo", 1) == 0xBF9CF968 % 1_000 / 1_000


@pytest.mark.parametrize("version", [0, 3, -1])
def test_an_unknown_version_is_refused(version: int) -> None:
    with pytest.raises(ValueError, match=f"hash version {version}; use 1 or 2"):
        bucket("seed", "value", version)
