"""A tab in each engine that is installed here; the others are left out, with the reason."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.documents import serving_documents
from tests.conftest import ROOT
from tests.e2e.driving import Place, Serve
from trimtab_bundler.browsing import read_record
from trimtab_bundler.serving import serving

DRIVER = Path(__file__).with_name("driver.py")
ENGINES = ROOT / ".trimtab" / "engines" / "bin" / "python"
WAIT_MS = 90_000
MISSING = "is not set up here; `make test-browsers` installs it"


@dataclass(frozen=True)
class Tab:
    """A tab of a browser in a process of its own."""

    engine: str
    process: subprocess.Popen[str]

    def ask(self, command: dict[str, Any] | None) -> Any:
        """What the driver answers; None: its first word."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if command is not None:
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the driver of {self.engine} has ended"
        said = json.loads(line)
        assert "error" not in said, said["error"]
        return said["ok"]

    def goto(self, url: str) -> None:
        self.ask({"goto": url})

    def back(self) -> None:
        self.ask({"back": True})

    def run(self, js: str) -> Any:
        """What the body of an async function returns."""
        return self.ask({"run": js})

    def wait(self, condition: str) -> None:
        """Until this expression is true in the page."""
        late = f"if (performance.now() > until) throw new Error(`waited for ${{{json.dumps(condition)}}}`);"
        state = "JSON.stringify(window.trimtab?.status?.() ?? null)"
        late = late.replace("waited for", f"${{{state}}} waited for")
        self.run(
            f"const until = performance.now() + {WAIT_MS};"
            f"while (!({condition})) {{ {late} await new Promise((done) => setTimeout(done, 50)); }}"
        )


def line_of(engine: str) -> list[str]:
    """How to start the driver of an engine; skips the test where that cannot be."""
    if engine == "chromium":
        path = read_record(ROOT / ".trimtab" / "browser")
        return [sys.executable, str(DRIVER), engine, path or pytest.skip(f"Chromium {MISSING}")]
    found = {
        "firefox": next((path for name in ("firefox-esr", "firefox") if (path := shutil.which(name))), None),
        "webkit": next((str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser")), None),
    }[engine]
    if found is None or not ENGINES.exists():
        pytest.skip(f"{engine} {MISSING}")
    display = ["xvfb-run", "-a"] if engine == "webkit" else []
    return [*display, str(ENGINES), str(DRIVER), engine, found]


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    line_of(name)
    return name


@contextmanager
def opened(engine: str) -> Iterator[Tab]:
    """A tab of this engine, for as long as the body runs."""
    with subprocess.Popen(line_of(engine), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        running = Tab(engine, process)
        running.ask(None)
        yield running
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def tab(engine: str) -> Iterator[Tab]:
    with opened(engine) as running:
        yield running


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """As in tests/e2e: a pack beside a folder of pages."""

    @contextmanager
    def start(pack: Path, pages: Path) -> Iterator[Place]:
        data = tmp_path / "data"
        with serving([pack], data, pages, 0) as address:
            yield Place(address.rstrip("/"), data)

    return start


@pytest.fixture(scope="module")
def documents() -> Iterator[str]:
    """The address of an empty document of our own, beside the page's modules."""
    with serving_documents() as address:
        yield address


@pytest.fixture(scope="module")
def lasting(engine: str) -> Iterator[Tab]:
    """One tab for all that is tried in documents; what a test leaves behind goes with its document."""
    if engine == "chromium":
        pytest.skip("tests/browser runs them there")
    with opened(engine) as tab:
        yield tab
