"""What all server tests share: a declaration, reports to it, and a small pack as `trimtab build` would write it."""

import pytest
from trimtab.messages import Arm, Declaration, Named, Report

TODAY = 20_780
"""A day since 1970, UTC: the tests' today."""

POLICY_HASH = "0123456789abcdef"


@pytest.fixture
def today() -> int:
    return TODAY


@pytest.fixture
def declaration() -> Declaration:
    return Declaration(
        policy="daily-news",
        hash=POLICY_HASH,
        noise=(8, 1),
        targets=(("story", ".story"),),
        adjustments=(("short-summaries", 0, {"kind": "swap", "variant": "short"}),),
        arms=(Arm("", "holdout"), Arm("summaries", "adaptive"), Arm("summaries", "static")),
        questions=(Named("reading", ("none", "bounced", "skimmed", "read")), Named("subscribed", ("no", "yes"))),
        goals=("article-read",),
    )


@pytest.fixture
def report() -> Report:
    return Report(id=bytes(range(16)), policy=bytes.fromhex(POLICY_HASH), question=0, arm=1, day=TODAY, answer=3)
