"""A policy that loops for ever: only where a timer can interrupt it, which the browser's Python has not."""

from pathlib import Path

import pytest

from trimtab.errors import PolicyError
from trimtab.loading import load_policy


def test_a_policy_that_does_not_come_to_an_end_is_told_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trimtab.impatience.PATIENCE_S", 0.2)
    path = tmp_path / "policy.py"
    path.write_text("limit = 1\nwhile limit:\n    pass\n")

    with pytest.raises(PolicyError, match=r"^policy\.py:[23]: takes longer than 0\.2 s; look for a loop"):
        load_policy(path)
