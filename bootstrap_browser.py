"""Find or install a Chromium that starts, and write its path to .trimtab/browser: Playwright's own where it can
be downloaded, else an installed one, else the package of the system. bootstrap.py runs this inside .venv.
"""

from __future__ import annotations

import os
import shutil
import sys

from playwright.sync_api import Error, sync_playwright

from bootstrap import STATE, SetupError, follow, run

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE_MANAGERS = {
    "apt-get": (["update", "-q"], ["install", "-qy", "--no-install-recommends", "chromium"]),
    "dnf": (["install", "-qy", "chromium"],),
    "pacman": (["-Sy", "--noconfirm", "chromium"],),
    "apk": (["add", "chromium"],),
}
DOWNLOAD_TIMEOUT_S = 300  # past this the package manager is the faster way
CONNECT_TIMEOUT_MS = 5_000  # where Playwright's hosts cannot be reached, that is soon clear
START_TIMEOUT_MS = 60_000  # a first start on a busy machine takes several seconds
MEND = "install Chromium so that `chromium` is on PATH, and run again"


def main() -> int:
    """Find or install a browser, remember its path and return the exit code."""
    try:
        path = playwright_browser() or installed_browser()
        if path is None:
            install_browser()
            path = installed_browser()
        if path is None:
            raise SetupError(f"the installed Chromium does not start; {MEND}")
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    print(f"setup: the browser is {path}", flush=True)
    (STATE / "browser").write_text(f"{path}\n")
    return 0


def playwright_browser() -> str | None:
    """Download the browser that this Playwright was made for and return its path; None where that is impossible."""
    code, output = follow(
        "trying to download Playwright's Chromium",
        [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"],
        {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(CONNECT_TIMEOUT_MS)},
        DOWNLOAD_TIMEOUT_S,
    )
    if code != 0:
        reason = next((line for line in output.splitlines() if "Error" in line), f"exit code {code}")
        print(f"setup:   not here ({reason.strip()}); looking for an installed one", flush=True)
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if starts(path) else None


def installed_browser() -> str | None:
    """The path of the first installed Chromium or Chrome that starts."""
    return next((path for name in INSTALLED if (path := shutil.which(name)) and starts(path)), None)


def starts(path: str) -> bool:
    """Whether the browser starts: one that misses a library of the system is as good as none."""
    flags = ["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(executable_path=path, args=flags, timeout=START_TIMEOUT_MS).close()
    except Error as error:
        print(f"setup:   {path} does not start: {error.message.splitlines()[0]}", flush=True)
        return False
    return True


def install_browser() -> None:
    """Install Chromium with the package manager of the system, as root or through sudo."""
    manager = next((name for name in PACKAGE_MANAGERS if shutil.which(name)), None)
    if manager is None:
        raise SetupError(f"no Chromium, and no package manager known here; {MEND}")
    if os.geteuid() != 0 and not shutil.which("sudo"):
        raise SetupError(f"no Chromium, and {manager} needs root; {MEND}")
    ask = [] if sys.stdin.isatty() else ["-n"]  # where nobody can type a password, sudo shall fail instead of wait
    sudo = [] if os.geteuid() == 0 else ["sudo", *ask]
    for arguments in PACKAGE_MANAGERS[manager]:
        line = [*sudo, manager, *arguments]
        run(f"installing Chromium: {' '.join(line)}", *line, mend=MEND, settings={"DEBIAN_FRONTEND": "noninteractive"})


if __name__ == "__main__":
    sys.exit(main())
