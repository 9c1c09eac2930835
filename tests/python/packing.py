"""Packs a test suite as a policy's modules are packed: imported before anybody visits, and woken with the memory."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from tests.conftest import ROOT
from tests.runtimes import PROFILED, STOCK
from trimtab.loading import load_policy
from trimtab_bundler.archive import read_zip, write_zip
from trimtab_bundler.bytecode import PLAIN, Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.contents import hashed
from trimtab_bundler.imports import Import
from trimtab_bundler.npm import Packages, gather
from trimtab_bundler.probe import Trial
from trimtab_bundler.progress import Progress
from trimtab_bundler.runtime.engine import make_engine
from trimtab_bundler.runtime.lean import Lean, LeanBuilder
from trimtab_bundler.runtime.prune import stub_functions
from trimtab_bundler.runtime.sections import emit, parse
from trimtab_bundler.stdlib import SAMPLE, ZIP, Trimmer
from trimtab_bundler.wheels import Wheel, msgpack_wheel, policy_wheel

SCRIPTS: Final = ("tests/python", "agent/trimtab/browser/worker")
NO_POLICY: Final = "0" * 16


@dataclass(frozen=True)
class Suite:
    """What is run: `wheels`, the agent's among them; `imports` is what it may import while it runs, beside what its
    source says; `files` lie beside the runner in its files; `runner` is the module with `list_units` and `run`."""

    wheels: Sequence[Wheel]
    imports: Sequence[Import]
    runner: str
    files: Mapping[str, bytes] = field(default_factory=dict)


class Packer:
    """Packs suites with the user's own cache."""

    @cached_property
    def packages(self) -> Packages:
        """The pinned Pyodide."""
        return gather(Cache.of_user(), Progress(sys.stderr))

    @cached_property
    def compiler(self) -> Compiler:
        """To byte code of its Python."""
        return Compiler(Cache.of_user(), self.packages.python)

    def wheel(self, name: str, sources: Mapping[str, bytes], level: int = PLAIN) -> Wheel:
        """Modules by their paths; asserts stay, as in a policy."""
        return Wheel(name, write_zip(self.compiler.compile(sources, level)), sources)

    def pack(self, suite: Suite, runtime: str, folder: Path, kept: Collection[int] | None = None) -> dict[str, Any]:
        """Writes all that this runtime needs into a folder, and says what is where, as running.js reads it.

        `kept`: of a light runtime, the functions that are no trap.
        """
        folder.mkdir(parents=True)
        files: dict[str, bytes] = {}
        if runtime == STOCK:
            for name in ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", ZIP):
                shutil.copyfile(self.packages.pyodide / name, folder / name)
            wheels = [*suite.wheels, msgpack_wheel(self.compiler)]
            files = {f"/{wheel.name}/{name}": c for wheel in wheels for name, c in read_zip(wheel.content).items()}
            started = {"stock": {"stdlib": ZIP, "path": [f"/{wheel.name}" for wheel in wheels]}}
        else:
            lean = self._light(suite, runtime)
            if kept is not None:
                lean = self._trapping(lean, kept)
            for file in lean.files:
                (folder / file.path).write_bytes(file.content)
            started = {"lean": lean.config}
        files |= suite.files
        (folder / "files").write_bytes(b"".join(files.values()))
        index = [[name, len(content)] for name, content in files.items()]
        return started | {"base": f"/{folder.name}/", "files": index, "runner": suite.runner}

    def _light(self, suite: Suite, runtime: str) -> Lean:
        progress = Progress(sys.stderr)
        declaration = load_policy(SAMPLE).declaration(NO_POLICY).to_json()
        wheels = [*suite.wheels, msgpack_wheel(self.compiler), policy_wheel(SAMPLE, self.compiler)]
        trial = Trial(self.packages.pyodide, wheels, declaration, suite.imports)
        trimmer = Trimmer(self.compiler, Cache.of_user(), progress)
        builder = LeanBuilder(self.packages, Cache.of_user(), progress, trimmer)
        return builder.build_profiled(trial, SAMPLE)[0] if runtime == PROFILED else builder.build(trial, SAMPLE.name)

    def _trapping(self, lean: Lean, kept: Collection[int]) -> Lean:
        engine = make_engine(self.packages, Cache.of_user())
        module = hashed("profiled.wasm", emit(stub_functions(parse(engine.wasm), kept)))
        return Lean((*lean.files, module), lean.config | {"module": [module.path, module.sri]})


def serve_scripts(pages: Path) -> None:
    """A page that can run suites."""
    for scripts in SCRIPTS:
        shutil.copytree(ROOT / scripts, pages / scripts, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
