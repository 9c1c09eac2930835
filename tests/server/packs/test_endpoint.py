from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from trimtab_server.app import create_app
from trimtab_server.settings import Settings

type MakePack = Callable[..., Path]

FILES = {
    "trimtab.js": b"tag()" * 50,
    "worker.1.js": b"work()" * 50,
    "runtime-1/pyodide.asm.wasm": b"\0asm" * 50,
    "core.1.whl": b"PK" * 50,
}


@pytest.fixture
def settings(tmp_path: Path, make_pack: MakePack) -> Settings:
    (tmp_path / "data").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    folder = make_pack(tmp_path / "pack", FILES)
    (folder / "unlisted.txt").write_text("unlisted")
    return Settings((folder,), tmp_path / "data")


@pytest.mark.parametrize(
    ("path", "media_type", "cache"),
    [
        ("trimtab.js", "text/javascript", "public, max-age=300"),
        ("worker.1.js", "text/javascript", "public, max-age=31536000, immutable"),
        ("runtime-1/pyodide.asm.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("core.1.whl", "application/zip", "public, max-age=31536000, immutable"),
    ],
)
def test_a_listed_file_comes_with_its_type_and_its_time_to_live_for_every_origin(
    client: TestClient, path: str, media_type: str, cache: str
) -> None:
    response = client.get(f"/news/{path}")

    assert response.status_code == 200
    assert response.content == FILES[path]
    assert response.headers["content-type"] == media_type
    assert response.headers["cache-control"] == cache
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_the_twin_that_the_client_reads_is_sent(
    client: TestClient, settings: Settings, accepted: str, encoding: str | None
) -> None:
    response = client.get("/news/trimtab.js", headers={"accept-encoding": accepted})

    twin = settings.packs[0] / f"trimtab.js{ {'br': '.br', 'gzip': '.gz', None: ''}[encoding] }"
    assert response.headers.get("content-encoding") == encoding
    assert int(response.headers["content-length"]) == twin.stat().st_size
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.content == FILES["trimtab.js"]


def test_twins_have_etags_of_their_own_and_a_known_one_is_answered_304_without_a_body(client: TestClient) -> None:
    tags = [
        client.get("/news/trimtab.js", headers={"accept-encoding": accepted}).headers["etag"]
        for accepted in ("br", "gzip", "identity")
    ]
    assert len(set(tags)) == 3

    known = client.get("/news/trimtab.js", headers={"accept-encoding": "br", "if-none-match": f'"x", W/{tags[0]}'})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["etag"] == tags[0]
    assert known.headers["cache-control"] == "public, max-age=300"
    assert known.headers["vary"] == "Accept-Encoding"

    other = client.get("/news/trimtab.js", headers={"accept-encoding": "gzip", "if-none-match": tags[0]})
    assert other.status_code == 200


def test_head_tells_the_same_without_a_body(client: TestClient) -> None:
    response = client.head("/news/worker.1.js", headers={"accept-encoding": "identity"})

    assert (response.status_code, response.content) == (200, b"")
    assert int(response.headers["content-length"]) == len(FILES["worker.1.js"])


def test_a_twin_that_was_lost_is_replaced_by_the_file_itself(client: TestClient, settings: Settings) -> None:
    (settings.packs[0] / "trimtab.js.br").unlink()

    response = client.get("/news/trimtab.js", headers={"accept-encoding": "br"})

    assert (response.status_code, response.content) == (200, FILES["trimtab.js"])
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize(
    "path",
    ["unlisted.txt", "manifest.json", "policy.json", "trimtab.js.br", "", "runtime-1", "runtime-1/", "missing.js"],
)
def test_what_the_manifest_does_not_list_is_not_there(client: TestClient, path: str) -> None:
    response = client.get(f"/news/{path}")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "path",
    [
        "/news/../secret.txt",
        "/news/%2e%2e/secret.txt",
        "/news/..%2fsecret.txt",
        "/news/runtime-1/../../secret.txt",
        "/news/%2e%2e%5csecret.txt",
        "/news//etc/passwd",
        "/news/" + quote("\0trimtab.js"),
        "/../secret.txt",
        "/..%2f..%2fetc/passwd",
    ],
)
def test_no_spelling_of_a_path_leaves_the_pack(live: tuple[str, int], path: str) -> None:
    # Through http.client, because other clients tidy up paths before they send them.
    with closing(HTTPConnection(*live)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()

        assert response.status == 404
        assert b"secret" not in response.read()


def test_a_rebuilt_pack_is_served_without_a_restart_and_the_old_files_while_they_exist(
    client: TestClient, settings: Settings, make_pack: MakePack
) -> None:
    folder = settings.packs[0]
    before = client.get("/news/trimtab.js").headers["etag"]

    make_pack(folder, {"trimtab.js": b"tag(2)", "worker.2.js": b"work(2)"})

    assert client.get("/news/trimtab.js").content == b"tag(2)"
    assert client.get("/news/trimtab.js").headers["etag"] != before
    assert client.get("/news/worker.2.js").content == b"work(2)"
    assert client.get("/news/worker.1.js").content == FILES["worker.1.js"]
    for name in ("worker.1.js", "worker.1.js.br", "worker.1.js.gz"):
        (folder / name).unlink()
    assert client.get("/news/worker.1.js").status_code == 404


def test_pages_are_served_beside_packs_at_one_origin_and_a_pack_wins(
    tmp_path: Path, settings: Settings, today: int
) -> None:
    pages = tmp_path / "pages"
    (pages / "news" / "story").mkdir(parents=True)
    (pages / "index.html").write_text("start")
    (pages / "news" / "story" / "index.html").write_text("story")
    (pages / "news" / "trimtab.js").write_text("not this one")
    app = create_app(Settings(settings.packs, settings.data, pages=pages), lambda: today)

    with TestClient(app) as client:
        assert client.get("/").text == "start"
        assert client.get("/news/story/").text == "story"
        assert client.get("/news/story/").headers["cache-control"] == "no-cache"
        assert client.get("/news/trimtab.js").content == FILES["trimtab.js"]
        assert client.get("/news/gone.html").json()["error"]["code"] == "not_found"
        assert client.get("/..%2fsecret.txt").status_code == 404
