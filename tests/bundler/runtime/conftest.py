"""The pinned Pyodide, gathered once per user, and the engine that is made from it."""

import sys
from pathlib import Path

import pytest

from tests.bundler.runtime.building import Building
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import Packages, gather
from trimtab_bundler.progress import Progress
from trimtab_bundler.runtime.engine import Engine, make_engine


@pytest.fixture(scope="session")
def packages() -> Packages:
    return gather(Cache.of_user(), Progress(sys.stderr))


@pytest.fixture
def building(packages: Packages, tmp_path: Path) -> Building:
    return Building(packages, tmp_path)


@pytest.fixture(scope="session")
def pyodide(packages: Packages) -> Path:
    return packages.pyodide


@pytest.fixture(scope="session")
def engine(packages: Packages) -> Engine:
    return make_engine(packages, Cache.of_user())
