"""`trimtab record`: what a person does in a real browser becomes a trace on this machine, and goes nowhere else."""

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from trimtab.errors import TrimtabError
from trimtab.loading import load_policy, policy_hash
from trimtab.values import Kind
from trimtab.visitors import replay
from trimtab_bundler.browsing import OWN, RECORD, find_record
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.commands import record
from trimtab_bundler.recording import BINDING, Recording

POLICY = """\
from trimtab import Policy, adjust, seconds

site = Policy("recorded")
story = site.target("story", ".story")
buy = site.target("buy", ".buy")
name = site.target("name", "[name=first]")
bought = site.goal("bought")


@site.segment(enter_after=seconds(0.5), leave_after=seconds(8))
def mover(v):
    return v.scroll.speed_px_s > 100


site.adjust("roomy", on=buy, when=mover, do=adjust.add_class("roomy"), debounce=seconds(0))
"""
PAGE = f"""\
<!doctype html><title>A page</title>
<body style="margin: 0">
<input name="first" style="position: fixed; top: 0; left: 0; width: 100px; height: 20px">
<button class="buy" style="position: fixed; top: 40px; left: 0; width: 100px; height: 40px">Buy</button>
<div class="story" style="margin: 100px 200px; height: 3000px">{"word " * 120}</div>
<iframe src="/frame.html"></iframe>
<a href="/other.html" style="position: fixed; top: 100px; left: 0">Other</a>
<script>
  window.trimtab ??= {{ early: [] }};
  trimtab.early.push(["event", "seen", 3]);
  document.querySelector(".buy").addEventListener("click", () => {{
    trimtab.goal("bought");
    trimtab.goal("unheard-of");
  }});
</script>
"""
MOVES = """\
<!doctype html><body style="margin: 0"><div class="story" style="height: 5000px">Words</div>
<script>setInterval(() => scrollBy(0, 50), 50)</script>
"""
TIMEOUT_S = 60.0
TELLING_MS = 700
"""What goes on is told every 500 ms (`TELL_MS` of page/messages.js)."""
COMMAND = (
    "import sys; from trimtab_bundler.cli import make_parser; from trimtab_bundler.commands import record;"
    "args = make_parser({'record': record}).parse_args(); sys.exit(args.command.run(args))"
)


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that notes what it is asked for."""

    asked: list[tuple[str, str]]

    def log_message(self, *_: object) -> None: ...

    def log_request(self, *_: object) -> None:
        self.asked.append((self.command, self.path))


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.py"
    path.write_text(POLICY)
    return path


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    """What the page's server was asked for."""
    return []


@pytest.fixture
def address(tmp_path: Path, asked: list[tuple[str, str]]) -> Iterator[str]:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    (folder / "moves.html").write_text(MOVES)
    (folder / "frame.html").write_text(PAGE)
    (folder / "other.html").write_text("<!doctype html><title>Other</title><div class='story'>Two words</div>")
    handler = type("Noting", (Quiet,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def recording(policy: Path) -> Recording:
    loaded = load_policy(policy)
    return Recording(loaded.declaration(policy_hash(loaded, policy.read_bytes())))


@pytest.fixture
def watched(browser: Browser, recording: Recording, bundler: Bundler) -> Iterator[BrowserContext]:
    """A window whose pages are recorded."""
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        recording.attach(context, bundler)
        yield context


def behave(page: Page, address: str, turns: int = 12) -> None:
    """A mouse on its way to the button, so many turns of a wheel, a click, a word with a correction."""
    page.goto(address)
    page.mouse.move(500, 400)
    for _ in range(turns):
        page.mouse.wheel(0, 100)
        page.wait_for_timeout(100)
    page.wait_for_timeout(1000)
    page.mouse.move(50, 60, steps=5)
    page.mouse.click(50, 60)
    page.mouse.click(50, 10)
    page.keyboard.type("Anna")
    page.keyboard.press("Backspace")
    page.wait_for_timeout(TELLING_MS)


def told(recording: Recording, number: int = 0) -> list[dict[str, Any]]:
    """The lines of a recorded visit."""
    return [json.loads(line) for line in recording.trace(recording.visits()[number])]


def kinds_of(lines: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [line for line in lines if line["kind"] == kind]


def test_what_a_person_does_is_recorded_as_it_was(
    watched: BrowserContext, recording: Recording, address: str, asked: list[tuple[str, str]]
) -> None:
    behave(watched.new_page(), address)
    lines = told(recording)

    assert (lines[0]["kind"], lines[0]["viewport"]) == ("page", {"w": 1000, "h": 700})
    assert lines[0]["document"]["h"] > 3000
    assert [line["t_ms"] for line in lines] == sorted(line["t_ms"] for line in lines)
    scrolled = [line["y"] for line in kinds_of(lines, "scroll")]
    assert scrolled == sorted(scrolled)
    assert scrolled[-1] == 1200
    assert [line.get("target") for line in kinds_of(lines, "click")] == ["buy", "name"]
    assert {line["type"] for line in kinds_of(lines, "pointer")} == {"mouse"}
    assert "buy" in {line["target"] for line in kinds_of(lines, "enter")}
    assert len(kinds_of(lines, "key")) == 5
    assert [line.get("correction", False) for line in kinds_of(lines, "input")] == [False] * 4 + [True]
    assert [line["target"] for line in kinds_of(lines, "focus")][-1] == "name"
    story = [line for line in kinds_of(lines, "layout") if line["target"] == "story"][-1]
    assert (story["top"], story["h"], story["words"]) == (100, 3000, 120)
    assert {"story", "buy", "name"} == {line["target"] for line in kinds_of(lines, "box")}
    assert kinds_of(lines, "visible")
    assert [(line["name"], line.get("value")) for line in kinds_of(lines, "event")] == [("seen", 3)]
    assert [line["name"] for line in kinds_of(lines, "goal")] == ["bought"]
    assert {method for method, _ in asked} == {"GET"}
    assert {path for _, path in asked} <= {"/", "/frame.html", "/favicon.ico"}


def test_no_key_and_no_text_is_in_the_trace(watched: BrowserContext, recording: Recording, address: str) -> None:
    behave(watched.new_page(), address)
    assert "Anna" not in "".join(recording.trace(recording.visits()[0]))
    assert {tuple(line) for line in kinds_of(told(recording), "key")} == {("kind", "t_ms")}


def test_replay_accepts_what_was_recorded(
    watched: BrowserContext, recording: Recording, address: str, policy: Path, tmp_path: Path
) -> None:
    behave(watched.new_page(), address, turns=24)  # over two seconds: what comes before is held, as is what is typed in
    (path,) = record.write(recording, tmp_path / "visit.jsonl")
    loaded = load_policy(policy)
    log = list(replay.replay(loaded, policy.read_bytes(), path, "everyone"))
    assert next(line["segment"] for line in log if "segment" in line) == "mover"
    assert "allowed" in [line.get("decision") for line in log]


def test_each_page_is_a_visit_of_its_own_and_a_frame_is_none(
    watched: BrowserContext, recording: Recording, address: str, tmp_path: Path
) -> None:
    page = watched.new_page()
    page.goto(address)
    page.wait_for_timeout(300)
    page.get_by_role("link", name="Other").click()
    page.wait_for_timeout(300)
    assert [visit.url for visit in recording.visits()] == [address, f"{address}other.html"]
    written = record.write(recording, tmp_path / "visit.jsonl")
    assert [path.name for path in written] == ["visit.jsonl", "visit-2.jsonl"]
    assert len(kinds_of(told(recording, 0), "click")) == 1
    assert [line["words"] for line in kinds_of(told(recording, 1), "layout") if "words" in line] == [2]


def test_a_tag_on_the_page_does_nothing_while_it_is_recorded(
    watched: BrowserContext, recording: Recording, address: str
) -> None:
    page = watched.new_page()
    page.goto(address)
    status = page.evaluate("trimtab.status()")
    assert (status["state"], status["why"]) == ("stopped", "this visit is recorded, so the page is left as it is")
    page.evaluate("try { window.trimtab = { early: [] } } catch {}")
    assert page.evaluate("typeof trimtab.status") == "function"
    assert recording.visits()[0].inbox.refused == 0


def test_what_a_page_says_before_it_begins_is_not_heard(recording: Recording) -> None:
    recording.hear({"page": 1}, "rows", [18, 0, -1, 1000, 700, 3000])
    recording.hear({"page": 1}, "names", [[0, "seen"]])
    assert recording.visits() == []
    recording.hear({"page": 1}, "begin", "http://127.0.0.1/")
    recording.hear({"page": 1}, "rows", [1, 5, -1, 200, 0, 0])
    assert recording.visits() == []  # and what does not begin with its page is no trace
    recording.hear({"page": 1}, "begin", "http://127.0.0.1/")
    recording.hear({"page": 1}, "rows", [18, 0, -1, 1000, 700, 3000, 20, 5, -1, 0, 0, 0])
    (visit,) = recording.visits()
    assert [event.kind for event in visit.events] == [Kind.PAGE]
    assert visit.inbox.refused == 1


type Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(policy: Path) -> Iterator[Starter]:
    """Starts the command in a process and a group of its own, which is gone when the test is over."""
    started: list[subprocess.Popen[str]] = []

    def starter(url: str, out: Path, *more: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, "record", str(policy), url, "-o", str(out), "--headless", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield starter
    for process in started:
        with process:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.usefixtures("browser_type_launch_args", "packages")
def test_the_command_ends_after_the_seconds_that_it_was_given(start: Starter, address: str, tmp_path: Path) -> None:
    out = tmp_path / "visit.jsonl"
    printed, complained = start(f"{address}moves.html", out, "--seconds", "1.5").communicate(timeout=TIMEOUT_S)
    assert printed.splitlines()[-1] == f"trimtab record: {out}", complained
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert lines[0]["kind"] == "page"
    assert len(kinds_of(lines, "scroll")) > 5


@pytest.mark.usefixtures("browser_type_launch_args", "packages")
def test_an_interrupt_ends_the_visit_and_its_trace_is_written(start: Starter, address: str, tmp_path: Path) -> None:
    out = tmp_path / "visit.jsonl"
    process = start(f"{address}moves.html", out)
    assert process.stdout
    assert process.stdout.readline().endswith("close the window when you have finished\n")
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the browser's driver hears it too
    _, complained = process.communicate(timeout=TIMEOUT_S)
    assert process.returncode == 0, complained
    assert json.loads(out.read_text().splitlines()[0])["kind"] == "page"


def arguments(policy: Path, url: str, out: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    record.configure(parser)
    return parser.parse_args([str(policy), url, "-o", str(out), "--headless"])


def test_a_folder_that_is_not_there_is_told_before_anybody_behaves(policy: Path, tmp_path: Path) -> None:
    with pytest.raises(TrimtabError, match=r"nowhere/visit\.jsonl: there is no such folder; make it first$"):
        record.run(arguments(policy, "http://127.0.0.1:9/", tmp_path / "nowhere" / "visit.jsonl"))


def test_an_address_that_cannot_be_opened_is_told_in_one_line(watched: BrowserContext) -> None:
    with pytest.raises(TrimtabError, match=r"^http://127\.0\.0\.1:9/ cannot be opened \(.+\); check the address$"):
        record.open_page(watched, "http://127.0.0.1:9/")


def test_the_visit_ends_when_its_last_window_is_closed(watched: BrowserContext, browser: Browser) -> None:
    first, second = watched.new_page(), watched.new_page()
    closing = browser.new_browser_cdp_session()  # closed as a person closes it: nobody here asked for it
    looked: list[int] = []

    def look() -> bool:
        looked.append(len(watched.pages))
        if len(looked) in (2, 4):
            page = watched.pages[0]
            target = watched.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"]["targetId"]
            closing.send("Target.closeTarget", {"targetId": target})
        return False

    record.wait_for_end(watched, None, look)
    assert (first.is_closed(), second.is_closed(), watched.pages) == (True, True, [])
    assert {1, 2} <= set(looked)


def test_nothing_is_written_where_nothing_was_loaded(recording: Recording, tmp_path: Path) -> None:
    with pytest.raises(TrimtabError, match="no page was loaded"):
        record.write(recording, tmp_path / "visit.jsonl")
    assert list(tmp_path.glob("*.jsonl")) == []


def test_the_browser_is_the_one_recorded_nearest_above_or_playwrights_own(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_record(inner) == OWN
    (tmp_path / RECORD).parent.mkdir()
    (tmp_path / RECORD).write_text("/usr/bin/one\n")
    assert find_record(inner) == "/usr/bin/one"
    (inner / RECORD).parent.mkdir()
    (inner / RECORD).write_text("/usr/bin/two\n")
    assert find_record(inner, tmp_path) == "/usr/bin/two"


def test_the_pages_function_is_named_in_one_place(bundler: Bundler) -> None:
    from trimtab_bundler.tag import bundle_recording  # noqa: PLC0415

    script = bundle_recording(bundler, {"site": BINDING, "declaration": {"targets": [], "goals": []}}).content.decode()
    assert BINDING in script
    assert "fetch(" not in script
