"""What a profiled runtime is watched with is what happens to visitors, and nothing of it ends the build."""

import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest

from tests.bundler.runtime.building import Building
from trimtab.browser import entry
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import run_node
from trimtab_bundler.runtime.engine import Engine
from trimtab_bundler.runtime.freeze import WAKE
from trimtab_bundler.runtime.lean import Lean

POLICY: Final = """
from trimtab import Policy, Visitor, adjust

site = Policy("failing")
title = site.target("title", ".title")


def shown(visitor: Visitor) -> bool:
    return visitor.event("go").count >= 1


site.adjust("short-title", on=title, when=shown, do=adjust.swap("short"))


@site.question(answers=("none", "some"))
def asked(outcome):
    return "none"
"""
FAILING: Final = """
    if visitor.event("go").count > 3 and visitor.scroll.depth > 0.5 and visitor.scroll.depth > 1:
        raise LookupError("no share is above 1")
    return visitor"""
OPTIONS: Final = {"consent": {"observe": True, "adapt": True}, "seed": "ab", "arm": None, "day": 20_500, "origin_ms": 5}
TICKET: Final = {"id": "0f" * 16, "day": 20_500, "question": 0, "experiment": "", "offsets": [0]}
LATE: Final = "late"
NO_JSON: Final = '{"a": 1,}'
type Call = tuple[Any, ...]


def failing_calls(config: str, saved: str) -> Iterator[tuple[Call, str]]:
    """Calls of `entry` that raise, with a part of what they say; `saved` is what `save` gives."""
    session = json.loads(saved)["session"] | {"now_ms": LATE}
    for checkpoint, why in (
        (NO_JSON, "StateError: the checkpoint is no JSON"),
        ("[" * 99, "StateError: the checkpoint is a text of 99 characters that no visit has written"),
        ("3", "StateError: the checkpoint is 3, not an object with visit, session"),
        (json.dumps({"visit": json.loads(saved)["visit"], "session": session}), "StateError: session.now_ms is"),
    ):
        yield ("start", config, json.dumps(OPTIONS | {"saved": checkpoint})), why
    yield ("start", NO_JSON, json.dumps(OPTIONS)), "JSONDecodeError"
    yield ("start", "{}", json.dumps(OPTIONS)), "KeyError: 'declaration'"
    yield ("start", config, json.dumps(OPTIONS | {"day": LATE})), "ValueError: invalid literal for int()"
    yield ("start", config, "null"), "TypeError: 'NoneType' object is not subscriptable"
    for ticket, why in (
        (TICKET | {"id": "0f"}, "StateError: the ticket's id, day or offsets"),
        (TICKET | {"day": LATE}, "StateError: the ticket.day is"),
        (TICKET | {"question": 7}, "StateError: the ticket is about question 7"),
        ([TICKET], "StateError: the ticket is [{"),
    ):
        yield ("share", json.dumps(ticket), 0), why
    yield ("share", NO_JSON, 0), "StateError: the ticket is no JSON"
    yield ("step", [1] * 48, LATE), "TypeError: '>' not supported"
    yield ("step", LATE, 0), "AttributeError: 'str' object has no attribute 'to_memoryview'"
    yield ("step",), "TypeError: step() missing 2 required positional arguments"
    yield ("report", None, 7), "AttributeError: 'int' object has no attribute 'to_memoryview'"
    yield ("names", "7"), "TypeError: 'int' object is not iterable"
    yield ("names", NO_JSON), "JSONDecodeError"
    yield ("explain", None, "[]"), "AttributeError: 'list' object has no attribute 'items'"
    yield ("consent", "7", 0), "AttributeError: 'int' object has no attribute 'get'"
    yield ("force", "7", 0), "TypeError: 'int' object is not iterable"


def test_a_rule_that_fails_while_visits_are_made_up_ends_no_build(building: Building) -> None:
    runtimes = building.build_profiled(POLICY.replace("\n    return visitor", FAILING), Cache.of_user())
    assert [runtime.config["name"] for runtime in runtimes] == ["profiled", "lean"]


@pytest.fixture
def ask(engine: Engine, tmp_path: Path) -> Callable[[Lean, Call, Sequence[Call]], list[str]]:
    """What Python says to each call, in a runtime of its own with these functions and this memory."""

    def answers(runtime: Lean, begun: Call, calls: Sequence[Call]) -> list[str]:
        for file in runtime.files:
            (tmp_path / file.path).write_bytes(file.content)
        job = {
            "engine": str(engine.folder),
            "wake": str(files("trimtab.browser").joinpath(WAKE)),
            "module": str(tmp_path / runtime.config["module"][0]),
            "images": [str(tmp_path / path) for path, _ in runtime.config["images"]],
            "pages": runtime.config["pages"],
            "slots": runtime.config["slots"],
            "begun": begun,
            "calls": calls,
        }
        ended = run_node([str(Path(__file__).with_name("failing.mjs"))], stdin=json.dumps(job), timeout_s=120)
        assert ended.returncode == 0, ended.stderr[-2_000:]
        told: list[str] = json.loads(ended.stdout)
        return told

    return answers


def test_what_python_cannot_do_it_says_in_the_profiled_runtime_too(
    building: Building, ask: Callable[[Lean, Call, Sequence[Call]], list[str]]
) -> None:
    profiled, lean = building.build_profiled(POLICY, Cache.of_user())
    config = json.dumps({"declaration": building.trial(POLICY).declaration})
    begun = (config, json.dumps(OPTIONS))
    entry.start(*begun)
    wrong, said = zip(*failing_calls(config, entry.save()), strict=True)
    told = ask(lean, begun, wrong)
    assert [why for why, text in zip(said, told, strict=True) if why not in text] == []
    assert ask(profiled, begun, wrong) == told
