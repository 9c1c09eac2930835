import pytest

from trimtab.experiments import Namespace, Range, bucket, in_namespace
from trimtab.experiments.namespaces import Filter, passes_filter

DEVICES = [f"{device:032x}" for device in range(2_000)]


def test_parts_of_a_namespace_divide_the_devices() -> None:
    parts = [Namespace("layout", 0, 0.3), Namespace("layout", 0.3, 0.6), Namespace("layout", 0.6, 1)]

    counted = [[in_namespace(device, part) for device in DEVICES] for part in parts]

    assert all(sum(places) == 1 for places in zip(*counted, strict=True))
    assert [round(sum(inside) / len(DEVICES), 1) for inside in counted] == [0.3, 0.3, 0.4]


def test_another_namespace_divides_them_otherwise() -> None:
    both = [
        in_namespace(d, Namespace("layout", 0, 0.5)) and in_namespace(d, Namespace("text", 0, 0.5)) for d in DEVICES
    ]

    assert sum(both) / len(DEVICES) == pytest.approx(0.25, abs=0.05)


@pytest.mark.parametrize("version", [1, 2])
def test_a_filter_lets_pass_whose_number_is_in_one_of_its_ranges(version: int) -> None:
    ranges = (Range(0, 0.1), Range(0.5, 0.6))
    for device in DEVICES[:200]:
        number = bucket("seed", device, version)
        assert passes_filter(device, Filter("seed", ranges, "id", version)) == (number < 0.1 or 0.5 <= number < 0.6)
    assert not passes_filter("device", Filter("seed", ()))
