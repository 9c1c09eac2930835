"""Tries a pack's Python in Node before it meets a browser: the real Pyodide, the same wheels, a visit in small."""

import json
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.values import Kind
from trimtab_bundler.imports import Import
from trimtab_bundler.npm import run_node
from trimtab_bundler.wheels import Wheel

SCRIPTS: Final = Path(__file__).parent / "node"
PROBING: Final = files("trimtab").joinpath("probing.py").read_bytes()
"""What tries rules on made-up numbers. It is in no pack."""
TIMEOUT_S: Final = 120.0
"""A hundred times what it takes: a slow machine is no reason to fail, a hanging Pyodide is."""


def sources_in(folder: Path) -> list[bytes]:
    """The files of a folder, for a key of the cache; not its folders: an installer puts byte code into one."""
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]


@dataclass(frozen=True, slots=True)
class Trial:
    """What to try: Pyodide's folder, the wheels in order, the policy's declaration (as JSON) and the imports."""

    pyodide: Path
    wheels: Sequence[Wheel]
    declaration: Mapping[str, Any]
    imports: Sequence[Import]


@dataclass(frozen=True, slots=True)
class Findings:
    """What happened. `modules` came from the standard library's zip, `frozen` from the byte code in Python itself,
    `built_in` are its modules in C, `missing` were looked for and are nowhere; `packed` came from the wheels, `data`
    are files that were read from them, and folders of which some may have been, ending in a slash; `failed` are the
    imports that failed, with why; `error` is what the visit raised, empty if all went well."""

    modules: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    built_in: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    packed: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    failed: tuple[tuple[Import, str], ...] = ()
    error: str = ""


def run_trial(
    trial: Trial, stdlib: bytes, lean: Mapping[str, Any] | None = None, *, visit_alone: bool = False
) -> Findings:
    """Boot Pyodide with this standard library (a zip) and run the trial. Raises TrimtabError if it does not boot.

    `lean`: a lean runtime is woken instead, as node/probe.mjs describes it. `visit_alone`: nothing is compiled or
    imported beside it.
    """
    with tempfile.TemporaryDirectory() as folder:
        job = _write_job(trial, stdlib, Path(folder)) | {"lean": lean}
        if visit_alone:
            job["exercise"] = None
        try:
            ended = run_node([str(SCRIPTS / "probe.mjs")], stdin=json.dumps(job), timeout_s=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            raise TrimtabError(f"Pyodide did not start within {TIMEOUT_S:.0f} s in Node; try again") from None
    try:
        found = json.loads(ended.stdout)
    except ValueError:
        why = " ".join((ended.stderr.strip() or ended.stdout.strip()).split())[-300:]
        raise TrimtabError(f"Pyodide did not start in Node ({why}); delete trimtab's cache and build again") from None
    failed = tuple((trial.imports[index], why) for index, why in found["failed"])
    names = {name: tuple(found[name]) for name in ("modules", "frozen", "built_in", "missing", "packed")}
    data = tuple(path.partition(".whl/")[2] for path in found["data"])
    return Findings(**names, data=data, failed=failed, error=found["error"])


def _write_job(trial: Trial, stdlib: bytes, folder: Path) -> dict[str, Any]:
    wheels = [folder / f"{wheel.name}.whl" for wheel in trial.wheels]
    for path, wheel in zip(wheels, trial.wheels, strict=True):
        path.write_bytes(wheel.content)
    (folder / "stdlib.zip").write_bytes(stdlib)
    goals, targets = trial.declaration["goals"], trial.declaration["targets"]
    return {
        "runtime": str(trial.pyodide),
        "stdlib": str(folder / "stdlib.zip"),
        "wheels": [str(path) for path in wheels],
        "exercise": str(SCRIPTS / "exercise.py"),
        "probing": PROBING.decode(),
        "imports": [[wanted.module, wanted.names] for wanted in trial.imports],
        "config": {"declaration": trial.declaration},
        "names": list(enumerate(goals)),
        "rows": _visit(len(targets), len(goals)),
    }


def _visit(targets: int, goals: int) -> list[list[float]]:
    """Rows [kind, t_ms, target, a, b, c]: ten seconds of scrolling past every target, a click, and every goal."""
    rows: list[list[float]] = [[Kind.PAGE, 0, -1, 1280, 720, 9000]]
    for target in range(targets):
        rows += [[Kind.LAYOUT, 1, target, 900 + 700 * target, 600, 250], [Kind.VISIBLE, 2, target, 1, 0, 0]]
    rows += [[Kind.SCROLL, 100 + 50 * step, -1, 40 * step, 0, 0] for step in range(200)]
    rows += [
        [Kind.POINTER, 10_200, -1, 300, 300, 0],
        [Kind.CLICK, 10_300, -1, 0, 0, 0],
        [Kind.KEY, 10_400, -1, 0, 0, 0],
    ]
    rows += [[Kind.GOAL, 10_500, -1, goal, 1, 1] for goal in range(goals)]
    return [*rows, [Kind.HIDDEN, 10_600, -1, 0, 0, 0]]
