"""`trimtab simulate --visitors`: devices in processes of their own, a real server, and what it finds out of them."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bundler.conftest import SiteMaker
from trimtab_bundler.cli import main

DEMO = Path(__file__).resolve().parents[3] / "demo_site"
SEED = "7"


def simulate(capsys: pytest.CaptureFixture[str], *words: str | Path) -> dict[str, Any]:
    """What the command prints as JSON."""
    assert main(["simulate", *map(str, words), "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_small_crowd_is_counted_to_the_last_report_and_its_shares_lie_within_their_intervals(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ("--visitors", "200", "--sharing", "100", "--lift", "20", "--seed", SEED, DEMO / "news")
    told = simulate(capsys, *words, "--data", tmp_path / "data")
    true, [site] = told["true"], told["report"]["sites"]
    assert (site["site"], site["simulated"]) == ("simulated-daily-news", True)
    assert site["reports"] == true["reports"] > 150
    assert true["reports"] + sum(true["held_back"].values()) == true["visits"]
    inside = [
        estimate["interval"][0] <= share <= estimate["interval"][1]
        for counted, arm in zip(site["questions"][0]["arms"], true["questions"][0]["arms"], strict=True)
        for estimate, share in zip(counted["shares"], arm["shares"], strict=True)
    ]
    assert (len(inside), inside.count(False)) == (12, 0)

    assert main(["report", "--data", str(tmp_path / "data")]) == 0
    assert "Made-up visitors." in capsys.readouterr().out

    other = ["simulate", "--visitors", "20", "--lift", "0", "--seed", "8", str(DEMO / "news")]
    assert main([*other, "--data", str(tmp_path / "data")]) == 2
    refused = capsys.readouterr().err
    assert (
        f"holds {true['reports']} reports of a crowd of this policy, and a second would be mixed with it; " in refused
    )
    assert simulate(capsys, *other[1:], "--data", tmp_path / "elsewhere")["true"]["visits"] > 0


def test_what_is_true_stands_beside_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--visitors", "20", "--sharing", "100", "--days", "1", str(DEMO / "news")]) == 0
    told = capsys.readouterr().out
    assert told.startswith("20 made-up visitors in 1 day, seed 1. None of them is a person.\n")
    assert "True shares of visitors, by their first visit: question reading\n" in told
    assert "What the server finds out:\n" in told
    assert "Made-up visitors. trimtab simulate sent these reports" in told


def test_one_visitor_is_a_trace_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--visitor", "idle-tab"]) == 0
    assert capsys.readouterr().out.startswith('{"v":1,"kind":"page"')


def test_who_stops_it_stops_its_server_and_its_visitors_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "trimtab_bundler", "simulate", "--visitors", "5000", "--sharing", "100"]
    command += ["--data", str(tmp_path / "data"), str(DEMO / "news")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert "of 5,000" in process.stderr.readline()
    process.terminate()
    process.stderr.read()  # a visitor's process that went on would hold it open
    assert process.wait() == 128 + signal.SIGTERM
    # A server that closes its store leaves no write-ahead log behind.
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["trimtab.sqlite"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--visitors", "20"), "simulate --visitors needs a SITE: a folder with trimtab.toml, or a policy.py"),
        (("--visitor", "skimmer", "SITE"), "SITE: one trace is made with --policy, a crowd for a site with --visitors"),
        (("--visitors", "0", "SITE"), "--visitors is 0; use 1 to 1,000,000"),
        (("--visitors", "9", "--days", "31", "SITE"), "--days is 31; use 1 to 30: a server takes reports of the last"),
        (("--visitors", "9", "--sharing", "101", "SITE"), "--sharing 101; both are percentages from 0 to 100"),
        (("--visitors", "9", "--base", "90", "--lift", "20", "SITE"), "--lift 20 makes 110 % of --base 90 %"),
        (("--visitors", "9", "--lift", "nan", "SITE"), "--lift is nan; use a number of points"),
        (("--visitors", "9", "--seed", "-1", "SITE"), "--seed is -1; use a whole number from 0"),
        (("--visitors", "9", "--goal", "sale", "SITE"), "policy.py: the policy has no goal 'sale'; use one of article"),
        (("--visitors", "9", "-o", "trace", "SITE"), "--policy and -o are for one trace; give a crowd its SITE"),
    ],
)
def test_what_cannot_be_simulated_is_told_in_one_line(
    make_site: SiteMaker, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    site = str(make_site())
    assert main(["simulate", *(site if word == "SITE" else word for word in words)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert says.replace("SITE: one", f"{site}: one") in told.err
    assert told.err.count("\n") == 1
