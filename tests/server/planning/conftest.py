"""The real `trimtab plan`, run on a policy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from trimtab_bundler import cli

type Run = Callable[..., tuple[int, str, str]]

DEMO = Path(__file__).resolve().parents[3] / "demo_site"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs it and gives exit code, output and errors; a policy is a demo site's name, or a path."""

    def plan(policy: str | Path, *options: str) -> tuple[int, str, str]:
        path = DEMO / policy if isinstance(policy, str) else policy
        capsys.readouterr()
        try:
            code = cli.main(["plan", str(path), *options])
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return plan
