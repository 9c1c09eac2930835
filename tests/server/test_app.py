import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from trimtab.messages import Declaration, Report, pack_report
from trimtab_server.app import create_app
from trimtab_server.packs.manifest import PackError
from trimtab_server.settings import Settings
from trimtab_server.store.schema import StoreError

type MakePack = Callable[..., Path]


def test_healthz_counts_refusals_by_code_and_nothing_else(client: TestClient, report: Report) -> None:
    client.post("/news/report", content=pack_report(report))
    client.post("/news/report", content=b"short")
    client.post("/news/report", content=b"short")
    client.post("/news/report", content=pack_report(replace(report, arm=9)))

    assert client.get("/healthz").json() == {"status": "ok", "refused": {"malformed": 2, "unknown_arm": 1}}


def test_a_report_reaches_the_dashboard(client: TestClient, report: Report) -> None:
    assert "No reports yet." in client.get("/sites/news").text

    client.post("/news/report", content=pack_report(report))

    assert "1 report so far." in client.get("/sites/news").text


def test_a_report_of_a_pack_that_was_rebuilt_meanwhile_still_counts_and_never_with_the_new_ones(
    client: TestClient, settings: Settings, make_pack: MakePack, declaration: Declaration, report: Report
) -> None:
    newer = replace(declaration, hash="f" * 16)
    make_pack(settings.packs[0], policy=newer)

    assert client.post("/news/report", content=pack_report(report)).status_code == 202
    newer_report = replace(report, policy=bytes.fromhex(newer.hash), id=b"n" * 16)
    assert client.post("/news/report", content=pack_report(newer_report)).status_code == 202

    assert "1 report so far." in client.get("/sites/news").text
    assert "1 report so far." in client.get(f"/sites/news?policy={declaration.hash}").text


def test_what_was_counted_outlives_a_restart_also_without_its_pack(
    tmp_path: Path, settings: Settings, make_pack: MakePack, report: Report, today: int
) -> None:
    with TestClient(create_app(settings, lambda: today)) as client:
        client.post("/news/report", content=pack_report(report))

    shop = make_pack(tmp_path / "shop", site="shop")
    with TestClient(create_app(Settings((shop,), settings.data), lambda: today)) as client:
        assert client.post("/news/report", content=pack_report(report)).json() == {"status": "repeat"}
        assert "1 report so far." in client.get("/sites/news").text
        assert client.get("/news/trimtab.js").status_code == 404


def test_the_printed_address_leads_to_the_dashboard(client: TestClient) -> None:
    assert client.get("/").url.path == "/sites/"


def test_an_unknown_address_has_the_same_error_shape_as_everything_else(client: TestClient) -> None:
    response = client.get("/nowhere")

    assert response.status_code == 404
    assert response.json()["error"].keys() == {"code", "what", "mend"}


def test_a_wrong_method_is_told_which_one_is_right(client: TestClient) -> None:
    response = client.put("/news/report")

    assert response.status_code == 405
    assert response.json()["error"]["code"] == "method_not_allowed"
    assert "POST" in response.headers["allow"]


def test_a_broken_pack_stops_the_start_and_lets_go_of_the_store(settings: Settings, make_pack: MakePack) -> None:
    make_pack(settings.packs[0], change={"v": 9})

    with pytest.raises(PackError, match="version 9"):
        create_app(settings)

    (settings.data / "trimtab.sqlite").rename(settings.data / "moved.sqlite")
    with closing(sqlite3.connect(settings.data / "moved.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_store_of_a_newer_version_stops_the_start(settings: Settings, today: int) -> None:
    with TestClient(create_app(settings, lambda: today)):
        pass
    with closing(sqlite3.connect(settings.data / "trimtab.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreError, match="newer trimtab"):
        create_app(settings, lambda: today)
