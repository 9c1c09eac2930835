import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import httpx2
import pytest

from tests.bundler.conftest import POLICY, SiteMaker
from trimtab_bundler.cli import main


def start(folder: Path, *words: str) -> tuple["subprocess.Popen[str]", IO[str]]:
    command = [sys.executable, "-m", "trimtab_bundler", "demo", "--site", str(folder), "--port", "0", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 128 + signal.SIGTERM)])
def test_the_demo_serves_every_site_of_a_folder_until_it_is_stopped(
    make_site: SiteMaker, number: signal.Signals, code: int
) -> None:
    folder = make_site("sites/one").parent
    make_site("sites/two", toml='[site]\nname = "shop"\n')
    (folder / "one" / "index.html").write_text("the first page")
    process, output = start(folder)
    address = output.readline().split()[-1]
    for path, content in (("sites/", b"/sites/daily-news"), ("sites/", b"/sites/shop"), ("one/", b"first")):
        assert content in httpx2.get(address + path).content
    for path in ("daily-news/trimtab.js", "shop/trimtab.js"):
        assert httpx2.get(address + path).status_code == httpx2.codes.OK
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in told) == (code, False)
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(address)


def test_a_folder_without_a_site_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--site", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err == (
        f"trimtab: {tmp_path / 'none'}: no site there; run this in a checkout of trimtab, or give --site\n"
    )


def test_a_site_with_a_mistake_is_told(make_site: SiteMaker, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make_site("sites/one", policy="1 / 0").parent
    assert main(["demo", "--site", str(folder)]) == 2
    assert "policy.py:1: ZeroDivisionError" in capsys.readouterr().err


def test_the_news_have_a_dashboard_of_made_up_visitors_that_says_so_and_one_without_them(make_site: SiteMaker) -> None:
    folder = make_site("sites/news").parent
    process, output = start(folder, "--visitors", "20")
    address = output.readline().split()[-1]
    made_up, real = (httpx2.get(f"{address}sites/{name}").text for name in ("simulated-daily-news", "daily-news"))
    process.terminate()
    process.communicate(timeout=30)
    assert "Made-up visitors. trimtab simulate sent these reports, and no person is behind any of them." in made_up
    assert "No reports yet." not in made_up
    assert "Made-up visitors" not in real
    assert "No reports yet." in real


def test_a_site_that_no_crowd_can_come_to_is_served_without_one(make_site: SiteMaker) -> None:
    without_goal = POLICY.replace('article_read = news.goal("article-read")\n', "")
    without_goal = without_goal.replace("outcome.reached(article_read)", "outcome.attended_s > 30")
    folder = make_site("sites/news", policy=without_goal).parent
    process, output = start(folder)
    address = output.readline().split()[-1]
    status = httpx2.get(f"{address}sites/simulated-daily-news").status_code
    process.terminate()
    process.communicate(timeout=30)
    assert status == 404


def test_visits_without_a_browser_are_refused_before_anything_is_packed(
    make_site: SiteMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_site("sites/one", policy="1 / 0").parent

    assert main(["demo", "--site", str(folder), "--visit"]) == 2
    assert "--visit needs Playwright and a browser" in capsys.readouterr().err
