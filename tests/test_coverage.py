"""Every branch of the parts that decide what is shown, compared and told is taken by the agent's own tests."""

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PARTS: Final = ("governor", "experiments", "privacy")
CHECKPOINT: Final = "tests/agent/test_checkpoint.py"
KEEPING: Final = (
    "tests/agent/test_next_page.py",
    "tests/agent/test_going_on.py",
    "tests/agent/test_many_pages.py",
    f"{CHECKPOINT}::test_a_ticket_goes_on_with_the_same_coins",
    f"{CHECKPOINT}::test_a_state_that_does_not_fit_is_refused_and_the_visit_goes_on_without_it",
)
"""What goes on after a reload or on the next page is tested for all parts together."""
EXACT: Final = (
    "--ignore-glob=*_oracle.py",
    "--deselect=tests/agent/test_many_pages.py::test_the_made_up_visits_remember_and_reach_the_limits",
    "-m",
    "not proof and not hypothesis",
)
"""Without those that try hundreds of cases each: under a tracer they take minutes, and exact ones must do anyway."""


def coverage(verb: str, *arguments: str, settings: Path) -> str:
    """What `coverage verb` prints. Fails with it if coverage does."""
    command = [sys.executable, "-m", "coverage", verb, f"--rcfile={settings}", *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-5_000:] + ended.stderr
    return ended.stdout


def test_every_branch_of_what_decides_is_tested(tmp_path: Path) -> None:
    settings = tmp_path / "settings.ini"
    settings.write_text(f"[run]\nbranch = true\ndata_file = {tmp_path / 'coverage'}\n")
    source = ",".join(str(ROOT / "agent" / "trimtab" / part) for part in PARTS)
    tests = [*(f"tests/agent/{part}" for part in PARTS), *KEEPING]
    quiet = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:playwright"]
    coverage("run", f"--source={source}", "-m", "pytest", *quiet, *EXACT, *tests, settings=settings)

    report = coverage("report", "--show-missing", "--fail-under=100", settings=settings)
    assert all(f"{part}/" in report for part in PARTS)
