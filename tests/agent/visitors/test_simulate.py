"""`trimtab simulate`: the same trace for a seed, which replay accepts, of visitors that the demo's policies know."""

import argparse
import hashlib
import itertools
import json
from functools import cache
from pathlib import Path

import pytest

from tests.agent.making import open_visit
from trimtab.loading import load_policy
from trimtab.policy import Policy
from trimtab.values import SegmentChange
from trimtab.visitors import replay, simulate
from trimtab.visitors.draws import seeded
from trimtab.visitors.pages import page_of
from trimtab.visitors.people import PEOPLE

DEMO = Path(__file__).parents[3] / "demo_site"
DIGEST = "a61d940282bc0dcfac7449074e3352abaf2d8af8fcbb68197d2b082623d3f100"
SEEDS = 50
ENTERED = {
    # of 50 visits: a skimmer is taken for one in at least 45, a deep reader in at most 2
    ("news", "skimmer", "skimmer"): 48,
    ("news", "deep-reader", "skimmer"): 0,
    ("news", "idle-tab", "skimmer"): 0,
    ("news", "form-struggler", "skimmer"): 0,
    ("shop", "hesitant-shopper", "hesitant"): 50,
    ("shop", "skimmer", "hesitant"): 15,
    ("shop", "frustrated", "hesitant"): 1,
    ("course", "form-struggler", "struggling"): 43,
    ("course", "deep-reader", "struggling"): 0,
    ("course", "skimmer", "struggling"): 0,
}
OTHERS = {
    # who was not thought of when the policies were written: what they are taken for is worth knowing
    ("news", "hesitant-shopper", "skimmer"): 0,
    ("news", "comparer", "skimmer"): 0,
    ("news", "frustrated", "skimmer"): 8,
    ("news", "touch-user", "skimmer"): 19,
    ("news", "keyboard-user", "skimmer"): 12,
    ("shop", "deep-reader", "hesitant"): 46,
    ("shop", "comparer", "hesitant"): 50,
    ("shop", "form-struggler", "hesitant"): 18,
    ("shop", "idle-tab", "hesitant"): 39,
    ("shop", "touch-user", "hesitant"): 33,
    ("shop", "keyboard-user", "hesitant"): 36,
}


def parsed(command: object, *arguments: str) -> argparse.Namespace:
    """The arguments as the command reads them."""
    parser = argparse.ArgumentParser()
    command.configure(parser)  # type: ignore[attr-defined]  # a module is no protocol's instance to mypy
    return parser.parse_args(arguments)


def trace(folder: Path, *arguments: str) -> bytes:
    """What the command writes to a file."""
    out = folder / "trace.jsonl"
    assert simulate.run(parsed(simulate, *arguments, "-o", str(out))) == 0
    return out.read_bytes()


@cache
def demo(site: str) -> Policy:
    return load_policy(DEMO / site / "policy.py")


def entered(site: str, visitor: str, segment: str) -> int:
    """In how many of the seeded visits this segment was entered."""
    policy = demo(site)
    page = page_of(policy)
    visits = 0
    for seed in range(SEEDS):
        visit = open_visit(policy, arm=replay.showing_arm(policy))
        events = simulate.simulate(visitor, page, seeded(seed))
        log = [entry for event in events for entry in visit.step([event], event.t_ms).log]
        visits += any(isinstance(e, SegmentChange) and e.entered and e.segment == segment for e in log)
    return visits


def test_every_visitor_is_the_same_to_the_byte_for_a_seed(tmp_path: Path) -> None:
    """In Pyodide as well, where this test runs a second time."""
    every = hashlib.sha256()
    for visitor, seed in itertools.product(PEOPLE, ("1", "2", "3", "4", "5")):
        made = trace(tmp_path, "--visitor", visitor, "--seed", seed)
        assert made == trace(tmp_path, "--visitor", visitor, "--seed", seed)
        every.update(made)
    assert every.hexdigest() == DIGEST


def test_without_a_file_the_trace_goes_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate.run(parsed(simulate, "--visitor", "idle-tab", "--seed", "3")) == 0
    assert capsys.readouterr().out.encode() == trace(tmp_path, "--visitor", "idle-tab", "--seed", "3")


def test_the_first_line_is_a_page_of_version_1_with_the_policys_targets(tmp_path: Path) -> None:
    made = trace(tmp_path, "--visitor", "skimmer", "--policy", str(DEMO / "shop" / "policy.py"))
    first = json.loads(made.splitlines()[0])
    assert (first["v"], first["kind"], first["t_ms"]) == (1, "page", 0)
    assert list(first["targets"]) == ["buy-box", "buy", "promise"]


def test_a_visitor_that_nobody_is_exits_with_the_list_of_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parsed(simulate, "--visitor", "ghost")
    assert ended.value.code == 2
    assert "deep-reader" in capsys.readouterr().err


def test_a_screen_reader_user_is_the_keyboard_user(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trace(tmp_path, "--visitor", "screen-reader-user") == trace(tmp_path, "--visitor", "keyboard-user")
    simulate.run(parsed(simulate, "--list"))
    assert "(also: screen-reader-user)" in capsys.readouterr().out


def test_the_list_says_who_could_come_and_what_they_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert simulate.run(parsed(simulate, "--list")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(PEOPLE)
    assert "skimmer           goes through the whole page in large steps, rests for a few glances," in lines[0]
    assert all(len(line.split()) > 5 for line in lines)


@pytest.mark.parametrize("site", ["news", "shop", "course"])
def test_replay_accepts_what_simulate_writes(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = str(DEMO / site / "policy.py")
    for visitor in PEOPLE:
        trace(tmp_path, "--visitor", visitor, "--policy", policy)
        assert replay.run(parsed(replay, policy, str(tmp_path / "trace.jsonl"))) == 0
    assert all(json.loads(line) for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize(("site", "visitor", "segment"), ENTERED)
def test_the_demos_policies_know_whom_they_are_for(site: str, visitor: str, segment: str) -> None:
    assert entered(site, visitor, segment) == ENTERED[site, visitor, segment]


@pytest.mark.proof
@pytest.mark.parametrize(("site", "visitor", "segment"), OTHERS)
def test_whom_else_the_demos_policies_take_for_theirs(site: str, visitor: str, segment: str) -> None:
    assert entered(site, visitor, segment) == OTHERS[site, visitor, segment]
