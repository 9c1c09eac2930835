"""Known answers of 32-bit FNV-1a, from the test vectors of its authors (Fowler, Noll, Vo; draft-eastlake-fnv)."""

from collections import Counter

import pytest

from trimtab.experiments.hashing import bucket
from trimtab.hashing import fnv1a_32


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0x811C9DC5),
        ("a", 0xE40C292C),
        ("b", 0xE70C2DE5),
        ("c", 0xE60C2C52),
        ("d", 0xE10C2473),
        ("e", 0xE00C22E0),
        ("f", 0xE30C2799),
        ("fo", 0x6222E842),
        ("foo", 0xA9F37ED7),
        ("foob", 0x3F5076EF),
        ("fooba", 0x39AAA18A),
        ("foobar", 0xBF9CF968),
    ],
)
def test_the_published_vectors_come_out(text: str, value: int) -> None:
    assert fnv1a_32(text) == value


def test_a_bucket_hashes_twice_and_keeps_four_digits() -> None:
    assert bucket("foo", "bar") == fnv1a_32(str(0xBF9CF968)) % 10_000 / 10_000
    assert bucket("foo", "bar") == bucket("fo", "obar")


@pytest.mark.parametrize("seed", ["daily-news/holdout", "daily-news/summaries", ""])
def test_buckets_are_uniform(seed: str) -> None:
    devices, cells = 20_000, 50
    counted = Counter(int(bucket(seed, f"{device:032x}") * cells) for device in range(devices))
    expected = devices / cells
    chi_square = sum((counted[cell] - expected) ** 2 / expected for cell in range(cells))

    assert set(counted) == set(range(cells))
    assert chi_square < 98  # above it lies one in 20,000 of a chi-square with 49 degrees of freedom


def test_buckets_of_two_experiments_do_not_go_together() -> None:
    pairs = [(bucket("shop/size", str(n)), bucket("shop/words", str(n))) for n in range(5_000)]
    mean = sum((x - 0.5) * (y - 0.5) for x, y in pairs) / len(pairs)

    assert abs(mean) < 5 * (1 / 12) / len(pairs) ** 0.5
    assert all(0 <= x < 1 and round(x, 4) == x for x, _ in pairs)
