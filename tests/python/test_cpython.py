"""CPython's own tests give in the light runtimes what they give in stock Pyodide, but for what is explained here."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.python.browser import Came, run_suite
from tests.python.cpython import TESTED, cpython_suite, modules_testing
from tests.python.explained import EXPLAINED, NOT_RUN
from tests.python.packing import Packer
from tests.runtimes import LIGHT, STOCK

pytestmark = pytest.mark.proof
PARTS: Final = {
    "json-to-heapq": ("json", "math", "statistics", "random", "bisect", "heapq"),
    "collections-to-array": ("collections", "dataclasses", "re", "datetime", "struct", "array"),
    "functools-to-fractions": ("functools", "itertools", "operator", "string", "fractions"),
    "decimal-to-copy": ("decimal", "enum", "typing", "contextlib", "copy"),
}
"""Each ends within minutes."""


@pytest.fixture(scope="module")
def packer() -> Packer:
    return Packer()


@pytest.fixture(scope="module", params=PARTS)
def part(request: pytest.FixtureRequest) -> tuple[str, ...]:
    return PARTS[request.param]


def run(browser: Browser, packer: Packer, runtime: str, part: tuple[str, ...], factory: pytest.TempPathFactory) -> Came:
    asked = {"modules": [module for name in part for module in modules_testing(name)], "not_run": NOT_RUN}
    return run_suite(browser, packer, cpython_suite(packer), runtime, factory.mktemp(runtime), asked)


@pytest.fixture(scope="module")
def stock(browser: Browser, packer: Packer, part: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Came:
    return run(browser, packer, STOCK, part, tmp_path_factory)


@pytest.fixture(scope="module", params=LIGHT)
def light(
    request: pytest.FixtureRequest,
    browser: Browser,
    packer: Packer,
    part: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> Came:
    return run(browser, packer, request.param, part, tmp_path_factory)


def test_the_parts_are_all() -> None:
    assert sorted(name for names in PARTS.values() for name in names) == sorted(TESTED)
    assert EXPLAINED.keys() <= set(TESTED)


def test_a_light_runtime_gives_what_stock_gives(part: tuple[str, ...], stock: Came, light: Came) -> None:
    explained = {test: came for name in part for came, tests in EXPLAINED.get(name, {}).items() for test in tests}
    beside = stock.beside(light)
    found = {test: (there[0], here[0]) for test, (there, here) in beside.items() if there[0] != here[0]}
    others = {test for test, _ in found.items() ^ explained.items()}
    assert found == explained, "\n".join(f"{test} (stock, light): {beside.get(test)}" for test in sorted(others))


def test_nearly_all_pass_and_none_traps(stock: Came, light: Came) -> None:
    assert len(light.ended("passed")) > 0.8 * len(stock.outcomes)
    assert stock.workers == light.workers == 1
