"""Reports reach a real server as a page's do, are counted once, and a refusal is told in the server's words."""

import json
from pathlib import Path

import httpx2
import pytest

from trimtab.errors import TrimtabError
from trimtab.loading import load_policy, policy_hash
from trimtab.messages import Declaration, Report, pack_report
from trimtab_bundler.crowding import today, write_stand_in
from trimtab_bundler.posting import Post
from trimtab_bundler.serving import serving

NEWS = Path(__file__).resolve().parents[2] / "demo_site" / "news" / "policy.py"


@pytest.fixture
def declaration() -> Declaration:
    policy = load_policy(NEWS)
    return policy.declaration(policy_hash(policy, NEWS.read_bytes()))


def reports(declaration: Declaration, day: int, count: int) -> list[bytes]:
    policy = bytes.fromhex(declaration.hash)
    return [pack_report(Report(bytes([n] * 16), policy, 0, 1, day, b"\x08")) for n in range(count)]


def test_many_are_counted_once_each_and_what_is_refused_is_told(declaration: Declaration, tmp_path: Path) -> None:
    pack = write_stand_in(tmp_path / "pack", "news", declaration)
    with serving([pack], tmp_path / "data", None, 0) as address:
        with Post(address, "news") as post:
            assert post.send(reports(declaration, today(), 40)) == 40
            assert post.send(reports(declaration, today(), 50)) == 50
            with pytest.raises(TrimtabError, match=r"refused a report \(day_out_of_range\): day .*; set the clock"):
                post.send(reports(declaration, today() - 99, 1))
        assert "50 reports" in httpx2.get(f"{address}sites/news").text
        with Post(address, "shop") as post, pytest.raises(TrimtabError, match="unknown_policy"):
            post.send(reports(declaration, today(), 1))
        assert json.loads(httpx2.get(f"{address}healthz").text)["refused"] == {
            "day_out_of_range": 1,
            "unknown_policy": 1,
        }


def test_a_server_that_is_not_there_is_told() -> None:
    with Post("http://127.0.0.1:9/", "news") as post, pytest.raises(TrimtabError, match="takes no reports"):
        post.send([b"report"])
