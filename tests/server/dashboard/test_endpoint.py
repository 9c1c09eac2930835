import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from trimtab.messages import Arm, Declaration, Named
from trimtab_server.settings import Settings

type MakePack = Callable[..., Path]

HOSTILE = """<script>alert("1")</script>'&{{ 7 * 7 }}"""


def fill(settings: Settings, counts: dict[int, Sequence[int]], *, policy: int = 1, day: int = 20_780) -> None:
    """Puts counts of question 0's answers into the store, by arm, as a busy month would have."""
    with closing(sqlite3.connect(settings.data / "trimtab.sqlite")) as connection, connection:
        for arm, answers in counts.items():
            connection.executemany(
                "INSERT INTO counts VALUES (?, 0, ?, ?, ?, ?)",
                [(policy, arm, day, answer, n) for answer, n in enumerate(answers)],
            )


def test_the_dashboard_waits_then_cannot_tell_and_then_tells(client: TestClient, settings: Settings) -> None:
    assert "<h1>No reports yet.</h1>" in client.get("/sites/news").text

    fill(settings, {0: (5, 5, 5, 5), 1: (20, 20, 28, 32), 2: (20, 20, 32, 28)})
    early = client.get("/sites/news").text
    assert "<h1>Cannot tell yet.</h1>" in early
    assert "more reports" in early

    fill(settings, {1: (200, 200, 280, 720), 2: (200, 200, 720, 280)}, day=20_779)
    late = client.get("/sites/news").text
    assert "<h1>Fewer visits end in \u201cskimmed\u201d with adaptive than with static.</h1>" in late
    assert ">higher<" in late
    assert ">cannot tell yet<" in late


def test_estimates_and_intervals_are_in_the_table_as_text(client: TestClient, settings: Settings) -> None:
    fill(settings, {1: (440, 330, 220, 110)})
    page = client.get("/sites/news").text

    assert "1,100 reports" in page
    assert re.search(r'class="num share">49%</td>\s*<td class="num range">44 to 53%</td>', page)
    assert "cannot tell yet: no reports from static" in page


def test_what_a_report_reveals_is_printed_with_epsilon_rounded_up(client: TestClient) -> None:
    page = client.get("/sites/news").text

    assert "<b>\u03b5 = 2.08</b>" in page
    assert "the true answer in 8 of 11 cases, else one of the other 3" in page
    assert "the true answer in 8 of 9 cases, else the other one" in page
    assert "right 8 times in 9 after reading it, at most" in page
    assert "at most 1 report a day and 10 reports in 30 days" in page
    assert "\u03b5 = 20.80" in page


def test_old_and_new_policies_are_never_mixed_and_can_be_chosen(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration
) -> None:
    fill(settings, {1: (10, 10, 10, 10)})
    make_pack(settings.packs[0], policy=replace(declaration, hash="f" * 16))
    client.get("/healthz")
    fill(settings, {1: (1, 1, 1, 0)}, policy=2)

    latest, old = client.get("/sites/news").text, client.get(f"/sites/news?policy={declaration.hash}").text

    assert "3 reports so far." in latest
    assert "40 reports so far." in old
    assert "An older policy." in old
    assert "An older policy." not in latest
    assert "The policy was changed: this one was first served on 23 Nov 2026." in latest
    assert "The policy was changed" not in old
    assert f'href="/sites/news?policy={declaration.hash}"' in latest


@pytest.mark.parametrize("address", ["/sites/nowhere", "/sites/news?policy=ffffffffffffffff", "/sites/%3Cb%3E"])
def test_an_unknown_site_or_policy_is_a_page_that_says_so(client: TestClient, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert "Nothing here under that name." in response.text
    assert "<b>" not in response.text


def test_nothing_that_a_policy_names_becomes_markup(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration
) -> None:
    hostile = replace(
        declaration,
        policy=HOSTILE,
        hash="e" * 16,
        arms=(Arm("", "holdout"), Arm("x", HOSTILE), Arm("x", "plain")),
        questions=(Named(HOSTILE, (HOSTILE, "b", "c", "d")),),
    )
    make_pack(settings.packs[0], policy=hostile)
    client.get("/healthz")
    fill(settings, {0: (400, 1, 1, 1), 1: (1, 400, 1, 1), 2: (1, 1, 400, 1)}, policy=2)

    for address in ("/sites/news", "/sites/"):
        page = client.get(address).text
        assert "<script" not in page
        assert escape(HOSTILE, quote=False)[:20] in page


def test_the_page_may_load_nothing_from_elsewhere_and_loads_only_what_is_there(client: TestClient) -> None:
    response = client.get("/sites/news")

    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in policy
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"
    loaded = set(re.findall(r'(?:src|href)="([^"]*)"', response.text))
    assert all(address.startswith("/sites/") for address in loaded)
    assert all(client.get(address).status_code == 200 for address in loaded)
    assert "style=" not in response.text


def test_the_stylesheet_and_the_icon_have_their_types(client: TestClient) -> None:
    assert client.get("/sites/dashboard.css").headers["content-type"] == "text/css; charset=utf-8"
    assert client.get("/sites/icon.svg").headers["content-type"] == "image/svg+xml"


def test_all_sites_are_listed_and_a_missing_slash_does_no_harm(client: TestClient) -> None:
    assert 'href="/sites/news"' in client.get("/sites").text
    assert client.get("/sites/news/").status_code == 200


def test_arms_that_do_not_hold_what_the_draw_gives_them_are_an_alarm_on_top(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration
) -> None:
    make_pack(settings.packs[0], policy=replace(declaration, hash="d" * 16, shares=(0.1, 0.45, 0.45)))
    client.get("/healthz")
    fill(settings, {0: (25, 25, 25, 25), 1: (110, 110, 110, 120), 2: (110, 110, 110, 110)}, policy=2)
    assert "Each arm has about as many" in client.get("/sites/news").text

    fill(settings, {1: (50, 50, 50, 50)}, policy=2, day=20_780 - 1)
    page = client.get("/sites/news").text

    assert "Trust no comparison until you know why" in page.split("<h1>")[0]
    assert re.search(r"adaptive</th><td class=\"num\">650</td><td class=\"num\">536</td>", page)
