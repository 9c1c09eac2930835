"""Runs CPython's tests, the agent's and lines of everyday in Node, and notes which functions each unit enters."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from tests.python.agent import agent_suite
from tests.python.cpython import LIBRARY, TESTED, WATCHED, cpython_suite, modules_testing, watched_suite
from tests.python.lines import everyday_suite
from tests.python.packing import Packer, Suite
from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import run_node
from trimtab_bundler.probe import SCRIPTS
from trimtab_bundler.runtime.engine import WASM, make_engine
from trimtab_bundler.runtime.freeze import WAKE

TIMEOUT_S: Final = 3600.0
NODE: Final = ("--stack-size=3900",)
"""In KiB: tests recurse deeper than a visitor's code."""

CPYTHON: Final = "cpython"
"""What the names of the units of its tests begin with."""
NOT_THERE: Final = "/_internal/attrs.py"

type Recorded = dict[str, frozenset[int]]


def record() -> tuple[bytes, Recorded]:
    """Pyodide's WebAssembly, and what each unit of the workload enters of it, by the unit's name.

    Raises TrimtabError if this interpreter lacks its tests.
    """
    if not (LIBRARY / "test" / "test_json").is_dir():
        raise TrimtabError(f"{sys.executable} is without CPython's tests; install them (Debian: libpython3-testsuite)")
    packer = Packer()
    with ThreadPoolExecutor(2) as aside:
        agent = aside.submit(lambda: _run("agent", packer, _agent(packer), ["tests/agent"]))
        watched = _cpython("everyday", packer, watched_suite(packer), WATCHED)
        lines = _run("lines", packer, everyday_suite(packer), None)
        found = record_cpython(packer) | watched | lines | agent.result()
    return (packer.packages.pyodide / WASM).read_bytes(), found


def record_cpython(packer: Packer) -> Recorded:
    """What the classes of CPython's tests of the modules that a policy is likely to import enter."""
    return _cpython(CPYTHON, packer, cpython_suite(packer), TESTED)


def _cpython(name: str, packer: Packer, suite: Suite, tested: Sequence[str]) -> Recorded:
    modules = [module for name in tested for module in modules_testing(name)]
    return _run(name, packer, suite, {"modules": modules, "not_run": []})


def _agent(packer: Packer) -> Suite:
    """The agent's tests, without what of hypothesis is for a library that no pack has."""
    suite = agent_suite(packer)
    wheels = [
        packer.wheel(each.name, {name: source for name, source in each.sources.items() if not name.endswith(NOT_THERE)})
        for each in suite.wheels
    ]
    return replace(suite, wheels=wheels)


def _run(name: str, packer: Packer, suite: Suite, asked: object) -> Recorded:
    """What was recorded before with the same memory, the same functions and the same tests comes from the cache."""
    engine = make_engine(packer.packages, Cache.of_user())
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "pack"
        packed = packer.pack(suite, "lean", folder)
        lean = packed["lean"]
        images = [folder / path for path, _ in lean["images"]]
        job = {
            "engine": str(engine.folder),
            "wake": str(files("trimtab.browser").joinpath(WAKE)),
            "watching": str(SCRIPTS / "watching.mjs"),
            "images": [str(image) for image in images],
            "pages": lean["pages"],
            "slots": lean["slots"],
            "files": str(folder / "files"),
            "index": packed["files"],
            "runner": packed["runner"],
            "asked": asked,
        }
        state = hashlib.sha256(json.dumps([engine.unit, asked]).encode())
        for path in (*images, folder / "files"):
            state.update(hashlib.sha256(path.read_bytes()).digest())

        def run() -> bytes:
            return json.dumps({name: sorted(functions) for name, functions in _units(job)}).encode()

        recorded = json.loads(Cache.of_user().blob("recorded", state.hexdigest(), run))
    return {f"{name}: {unit}": frozenset(functions) for unit, functions in recorded.items()}


def _units(job: dict[str, Any]) -> Iterator[tuple[str, frozenset[int]]]:
    """Goes on after a unit that ends the runtime: a test may recurse deeper than Node's stack."""
    done: list[str] = []
    while True:
        script = Path(__file__).with_name("recording.mjs")
        ended = run_node([*NODE, str(script)], stdin=json.dumps(job | {"done": done}), timeout_s=TIMEOUT_S)
        for line in ended.stdout.splitlines():
            name, functions = json.loads(line)
            done.append(name)
            yield name, frozenset(functions)
        if ended.returncode == 0:
            return
        begun = re.findall(r"^>(.+)$", ended.stderr, re.MULTILINE)
        if not begun or begun[-1] in done:
            raise TrimtabError(f"the workload does not run ({' '.join(ended.stderr[-300:].split())})")
        sys.stderr.write(f"{begun[-1]} ended the runtime; it is left out\n")
        done.append(begun[-1])
