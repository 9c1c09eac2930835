"""What the server's tests share: a declaration, a report to it, small packs, and the app that serves them."""

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from trimtab.messages import Arm, Declaration, Named, Report
from trimtab_server.app import create_app
from trimtab_server.command import configured, listen
from trimtab_server.settings import Settings

TODAY = 20_780
"""A day since 1970, UTC (23 Nov 2026): the tests' today."""

type MakePack = Callable[..., Path]


@pytest.fixture
def today() -> int:
    return TODAY


@pytest.fixture
def declaration() -> Declaration:
    return Declaration(
        policy="daily-news",
        hash="0123456789abcdef",
        noise=(8, 1),
        targets=(("story", ".story"),),
        adjustments=(("short-summaries", 0, {"kind": "swap", "variant": "short"}),),
        arms=(Arm("", "holdout"), Arm("summaries", "adaptive"), Arm("summaries", "static")),
        questions=(Named("reading", ("none", "bounced", "skimmed", "read")), Named("subscribed", ("none", "yes"))),
        goals=("article-read",),
    )


@pytest.fixture
def report(declaration: Declaration) -> Report:
    policy = bytes.fromhex(declaration.hash)
    return Report(id=bytes(range(16)), policy=policy, question=0, arm=1, day=TODAY, answer=b"\x08")


@pytest.fixture
def make_pack(declaration: Declaration) -> MakePack:
    """Writes files as `trimtab build` would: twins beside them, policy.json, and manifest.json last."""

    def make(
        folder: Path,
        files: Mapping[str, bytes] | None = None,
        *,
        site: str = "news",
        policy: Declaration = declaration,
        change: Mapping[str, object] | None = None,
    ) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "policy.json").write_text(json.dumps(policy.to_json()))
        entries = [write_file(folder, path, content) for path, content in (files or {"trimtab.js": b"tag()"}).items()]
        tag = {"path": "trimtab.js", "sri": "sha256-tag"}
        manifest = {"v": 1, "site": site, "policy": policy.hash, "preview": False, "files": entries, "tag": tag}
        (folder / "manifest.json").write_text(json.dumps({**manifest, **(change or {})}))
        return folder

    return make


def write_file(folder: Path, path: str, content: bytes) -> dict[str, object]:
    types = {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)
    br, gz = brotli.compress(content), gzip.compress(content, mtime=0)
    (folder / f"{path}.br").write_bytes(br)
    (folder / f"{path}.gz").write_bytes(gz)
    return {
        "path": path,
        "bytes": len(content),
        "br": len(br),
        "gz": len(gz),
        "sri": f"sha256-{abs(hash(content)):x}",
        "type": types.get(Path(path).suffix, "application/octet-stream"),
        "immutable": path != "trimtab.js",
    }


@pytest.fixture
def settings(tmp_path: Path, make_pack: MakePack) -> Settings:
    return Settings(packs=(make_pack(tmp_path / "pack"),), data=tmp_path / "data")


@pytest.fixture
def app(settings: Settings) -> Starlette:
    return create_app(settings, lambda: TODAY)


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def live(app: Starlette) -> Iterator[tuple[str, int]]:
    """Host and port of the app behind a real socket, run the way the command runs it."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(configured(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join()
