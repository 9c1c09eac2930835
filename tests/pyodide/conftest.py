"""Pyodide in Node: the same files that a browser gets, without a browser."""

import sys
from pathlib import Path

import pytest

from tests.pyodide.staging import Machine
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather
from trimtab_bundler.progress import Progress


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """The pinned Pyodide, gathered once per user."""
    return Machine(gather(Cache.of_user(), Progress(sys.stderr)).pyodide, tmp_path)
