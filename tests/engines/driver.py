"""Drives one browser for the journeys: a JSON command a line comes in, a JSON answer a line goes out.

A program of its own, because no single environment serves all three engines: the Playwright that drives Firefox by
WebDriver BiDi is an older one than drives Chromium, and WebKitGTK is driven by Selenium. Run it as
`python driver.py chromium|firefox|webkit PATH`; it needs nothing of this repository.

Commands: {"goto": url}, {"run": js} (the body of an async function; what it returns is the answer), {"back": true}.
Answers: {"ok": value} or {"error": message}.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

CHROMIUM = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
WEBKIT_DRIVER = "/usr/bin/WebKitWebDriver"
SCRIPT_S = 120


class Tab(Protocol):
    """One tab of a browser, as little as the journeys need."""

    def goto(self, url: str) -> None: ...
    def run(self, js: str) -> Any: ...
    def back(self) -> None: ...


class PlaywrightTab:
    def __init__(self, page: Any) -> None:
        self.page = page

    def goto(self, url: str) -> None:
        self.page.goto(url)

    def run(self, js: str) -> Any:
        return self.page.evaluate(f"async () => {{ {js} }}")

    def back(self) -> None:
        from playwright.sync_api import Error  # noqa: PLC0415  as below

        url = self.page.url
        self.page.evaluate("void setTimeout(() => history.back())")  # of go_back Firefox does not say when it is done
        while True:
            with suppress(Error):  # the page asked is just being left
                if self.page.evaluate("location.href") != url:
                    return


class SeleniumTab:
    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def goto(self, url: str) -> None:
        self.driver.get(url)

    def run(self, js: str) -> Any:
        done = "arguments[arguments.length - 1]"
        body = (
            f"const done = {done}; (async () => {{ {js} }})().then((ok) => done({{ok}}), (e) => done({{e: `${{e}}`}}))"
        )
        answer = self.driver.execute_async_script(body)
        if "e" in answer:
            raise RuntimeError(answer["e"])
        return answer.get("ok")

    def back(self) -> None:
        self.driver.back()


@contextmanager
def playwright_tab(engine: str, path: str) -> Iterator[Tab]:
    """Chromium, or Firefox as its distribution ships it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  one of the two environments has it alone

    with sync_playwright() as playwright:
        if engine == "chromium":
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            away = ["--disable-back-forward-cache"]
            browser = playwright.chromium.launch(
                executable_path=path, args=[*CHROMIUM, *sandbox], ignore_default_args=away
            )
        else:
            browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path)
        with browser:
            yield PlaywrightTab(browser.new_page())


@contextmanager
def webkit_tab(path: str) -> Iterator[Tab]:
    """WebKitGTK's own small browser. It needs a display."""
    from selenium import webdriver  # noqa: PLC0415  as above
    from selenium.webdriver.webkitgtk.options import Options  # noqa: PLC0415
    from selenium.webdriver.webkitgtk.service import Service  # noqa: PLC0415

    options = Options()
    options.binary_location = path
    options.add_argument("--automation")
    driver = webdriver.WebKitGTK(options=options, service=Service(WEBKIT_DRIVER))
    driver.set_script_timeout(SCRIPT_S)
    try:
        yield SeleniumTab(driver)
    finally:
        driver.quit()


def answer(tab: Tab, command: dict[str, Any]) -> Any:
    """Does what one command says."""
    if "goto" in command:
        return tab.goto(command["goto"])
    if "back" in command:
        return tab.back()
    return tab.run(command["run"])


def main(engine: str, path: str) -> None:
    """Answers until nobody asks any more."""
    with webkit_tab(path) if engine == "webkit" else playwright_tab(engine, path) as tab:
        print(json.dumps({"ok": "ready"}), flush=True)
        for line in sys.stdin:
            try:
                said = {"ok": answer(tab, json.loads(line))}
            except Exception as error:  # noqa: BLE001  each driver has errors of its own; the test tells them
                said = {"error": f"{type(error).__name__}: {error}"[:2000]}
            print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
