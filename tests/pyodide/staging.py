"""Puts together what Pyodide sees of this machine, and runs a script of this folder in Node."""

import compileall
import json
import py_compile
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

from trimtab_bundler.npm import run_node

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
TOOLS: Final = ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "hypothesis", "sortedcontainers")
MESSAGES: Final = ("msgpack",)
"""Of msgpack only the part in Python is there, as in a pack."""
TIMEOUT_S: Final = 600.0


@dataclass(frozen=True, slots=True)
class Machine:
    """Pyodide's folder, and a folder for what is put together."""

    pyodide: Path
    folder: Path

    def run(
        self, script: str, task: Mapping[str, Any], *, distributions: tuple[str, ...], mounts: Mapping[str, Path]
    ) -> Any:
        """What the script writes as JSON. Python sees these distributions, and `mounts`: folders at their places."""
        site = stage(distributions, self.folder / "site")
        job = {
            "runtime": str(self.pyodide),
            "mounts": {"/site": str(site)} | {place: str(folder) for place, folder in mounts.items()},
            "path": ["/site", "/repo", "/repo/agent"],
            "task": task,
        }
        ended = run_node([str(HERE / script)], stdin=json.dumps(job), timeout_s=TIMEOUT_S)
        assert ended.returncode == 0, ended.stderr[-3_000:]
        return json.loads(ended.stdout)


def stage(distributions: tuple[str, ...], folder: Path) -> Path:
    """The Python files of these installed distributions, compiled: Pyodide has the same minor version."""
    for name in distributions:
        for file in distribution(name).files or ():
            if file.suffix == ".py":
                place = folder / file
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.locate(), place)
    compileall.compile_dir(folder, quiet=1, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    return folder
