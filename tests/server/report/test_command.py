"""The real command, in a process of its own, on a real SQLite file."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trimtab.messages import Declaration
from trimtab_server.analyse.results import analyse_policy
from trimtab_server.app import create_app
from trimtab_server.days import utc_day
from trimtab_server.settings import Settings
from trimtab_server.store.counting import Count
from trimtab_server.store.keeping import Store
from trimtab_server.store.schema import FILE_NAME

TRIMTAB = Path(sys.executable).with_name("trimtab")
READING = {0: (10, 10, 20, 10), 1: (200, 300, 200, 300), 2: (200, 300, 300, 200)}


def trimtab(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([TRIMTAB, "report", *words], capture_output=True, text=True, check=False)


@pytest.fixture
def data(tmp_path: Path, declaration: Declaration) -> Path:
    """A store as `trimtab serve` leaves it: an older policy of `news`, its latest one with reports, and `shop`."""
    folder, today = tmp_path / "data", utc_day()
    store = Store(folder)
    store.remember("news", replace(declaration, hash="a" * 16), today - 9)
    store.remember("news", declaration, today - 5)
    store.remember("shop", replace(declaration, questions=()), today)
    store.close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        values = [(row.question, row.arm, row.day, row.answer, row.reports) for row in rows(today)]
        connection.executemany("INSERT INTO counts VALUES (2, ?, ?, ?, ?, ?)", values)
    return folder


def rows(today: int) -> list[Count]:
    return [Count(0, arm, today - 1, answer, n) for arm, given in READING.items() for answer, n in enumerate(given)]


def figures(*words: str | Path) -> list[dict[str, Any]]:
    done = trimtab(*words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    sites: list[dict[str, Any]] = json.loads(done.stdout)["sites"]
    return sites


def test_it_says_what_the_dashboard_says(data: Path, tmp_path: Path, make_pack: Callable[..., Path]) -> None:
    done = trimtab("--data", data, "news")
    assert (done.returncode, done.stderr) == (0, "")
    with TestClient(create_app(Settings(packs=(make_pack(tmp_path / "pack", site="course"),), data=data))) as client:
        page = unescape(client.get("/sites/news").text)

    for cells in re.findall(r'num share">([^<]+)</td>\s*<td class="num range">([^<]+)<', page):
        assert re.search(r"\s+".join(map(re.escape, cells)), done.stdout), cells
    for view in re.findall(r'<td data-label="[^"]+">(?:<span>)?([^<]+?)\s*<', page):
        assert view in done.stdout
    [title] = re.findall(r"<h1>(.*?)</h1>", page)
    assert title in done.stdout
    assert "Fewer visits end" in title


def test_the_last_lines_say_what_the_intervals_hold_for(data: Path) -> None:
    legend = trimtab("--data", data, "news").stdout.split("\n\n")[-1]

    assert legend == (
        "“Likely between” is a 95% interval: of a difference it holds at all times, so look every day; of a\n"
        "share or average for one look. All bear 2 reports of each device about the same, as many as 60 days\n"
        "can hold.\n"
    )
    assert "Likely between" not in trimtab("--data", data, "shop").stdout


def test_the_numbers_say_what_each_of_their_intervals_holds_for(data: Path) -> None:
    [news] = figures("--data", data, "news")

    holds = news["intervals"]
    assert (holds["level"], holds["reports_of_a_device"], holds["days_between_them"]) == (0.95, 2, 30)
    question = news["questions"][0]
    for path in holds["for_one_look"] + holds["at_all_times"]:
        part, *names = path.split(".")
        row = question[part][0]
        assert not names or names[0] in row | row.get("answers", [{}])[0]


def test_the_numbers_are_those_of_the_analysis(data: Path, declaration: Declaration) -> None:
    [news] = figures("--data", data, "news")

    reading, subscribed = analyse_policy(declaration, rows(utc_day()))
    told = news["questions"][0]
    assert [arm["reports"] for arm in told["arms"]] == [50, 1000, 1000]
    assert told["arms"][1]["shares"][3]["share"] == reading.arms[1].estimates[3].share
    [pair, *_] = told["comparisons"]
    assert (pair["first"], pair["second"]) == ("summaries/adaptive", "summaries/static")
    found = reading.comparisons[0].numbers[2]
    assert pair["answers"][2]["answer"] == "skimmed"
    assert pair["answers"][2]["verdict"] == "lower"
    assert pair["answers"][2]["difference"] == getattr(found, "value", None)
    assert news["questions"][1]["comparisons"][0]["answers"] == [
        {"answer": "yes", "among": "all visitors", "verdict": "cannot tell yet", "waiting": [0, 0]}
    ]
    assert subscribed.reports == 0


def test_all_sites_are_told_unless_one_is_named(data: Path) -> None:
    assert [site["site"] for site in figures("--data", data)] == ["news", "shop"]
    assert "This policy asks no question." in trimtab("--data", data).stdout


def test_an_older_policy_is_told_by_its_hash_and_never_mixed_with_the_latest(data: Path) -> None:
    [older] = figures("--data", data, "news", "--policy", "a" * 16)

    assert (older["reports"], older["latest"]) == (0, False)
    assert "An older policy." in trimtab("--data", data, "news", "--policy", "a" * 16).stdout
    latest = trimtab("--data", data, "news").stdout
    assert (
        "Reports under older ones are not in these numbers. A device that answered under an older one is not" in latest
    )
    [newer] = figures("--data", data, "news")
    assert newer["unmixed"] in latest
    assert [each["policy"] for each in newer["policies"]] == [newer["policy"], older["policy"]]
    assert figures("--data", data, "shop")[0]["unmixed"] is None
    assert "The policy was changed" not in trimtab("--data", data, "shop").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nws",), "no site 'nws' in DATA; give one of news, shop"),
        (("news", "--policy", "b" * 16), f"never had the policy {'b' * 16}; give one of 0123456789abcdef, {'a' * 16}"),
        (("--policy", "a" * 16), "name the site too"),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_code_2(data: Path, words: tuple[str, ...], says: str) -> None:
    done = trimtab("--data", data, *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert says.replace("DATA", str(data / FILE_NAME)) in done.stderr


def test_a_folder_without_a_store_is_told_and_stays_as_it_is(tmp_path: Path) -> None:
    done = trimtab("--data", tmp_path)

    assert done.returncode == 2
    assert "give the folder that `trimtab serve` has as --data" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_store_without_a_site_is_told(tmp_path: Path) -> None:
    Store(tmp_path).close()

    assert "no site was ever served" in trimtab("--data", tmp_path).stderr
    assert "none: it is empty" in trimtab("--data", tmp_path, "news").stderr


def test_made_up_visitors_are_told_as_such_wherever_their_numbers_are(
    tmp_path: Path, declaration: Declaration, make_pack: Callable[..., Path]
) -> None:
    data, pack = tmp_path / "data", make_pack(tmp_path / "pack", policy=replace(declaration, simulated=True))
    with TestClient(create_app(Settings(packs=(pack,), data=data))) as client:
        pages = [unescape(client.get(path).text) for path in ("/sites/", "/sites/news")]
    for text in (*pages, trimtab("--data", data).stdout):
        assert "Made-up visitors." in text
    assert figures("--data", data, "news")[0]["simulated"] is True


def test_real_visitors_are_not_told_to_be_made_up(data: Path) -> None:
    assert "Made-up visitors." not in trimtab("--data", data).stdout
    assert {site["simulated"] for site in figures("--data", data)} == {False}
