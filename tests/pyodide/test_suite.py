"""The agent's tests, run a second time where the agent runs: in Pyodide."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.pyodide.staging import MESSAGES, ROOT, TOOLS, Machine

NOT_THERE = "--ignore-glob=*_oracle.py"
"""Tests of this name compare with numpy, pandas and scipy, which a browser does not have."""
ARGUMENTS = ["tests/agent", "-q", "-p", "no:cacheprovider", NOT_THERE]


def collected_here() -> set[str]:
    """Every test that CPython finds, as it names them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", *ARGUMENTS]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return {line for line in ended.stdout.splitlines() if "::" in line}


def test_every_test_of_the_agent_passes_in_pyodide(machine: Machine, tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    repo.mkdir()
    shutil.copyfile(ROOT / "pyproject.toml", repo / "pyproject.toml")
    places = {f"/repo/{name}": ROOT / name for name in ("agent", "tests", "demo_site")}
    arguments = [*ARGUMENTS, "-p", "_hypothesis_pytestplugin"]
    came = machine.run(
        "suite.mjs",
        {"folder": "/repo", "arguments": arguments},
        distributions=(*TOOLS, *MESSAGES),
        mounts={"/repo": repo} | places,
    )

    assert came["others"] == {}
    assert len(came["passed"]) == len(set(came["passed"]))
    assert set(came["passed"]) == collected_here()
