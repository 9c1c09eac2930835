"""The lean runtime of a site: Python's memory as it is when the core and the policy have been imported. The flow."""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab_bundler.cache import Cache
from trimtab_bundler.contents import PackFile, hashed
from trimtab_bundler.imports import Read
from trimtab_bundler.npm import Packages
from trimtab_bundler.probe import Findings, Trial, run_trial
from trimtab_bundler.progress import Progress
from trimtab_bundler.runtime.engine import Engine, make_engine
from trimtab_bundler.runtime.freeze import WAKE, Freezer, Image, NotFrozenError
from trimtab_bundler.runtime.profiled import profile
from trimtab_bundler.runtime.slim import asked_whole, slim_library
from trimtab_bundler.stdlib import Change, Sources, Trimmer
from trimtab_bundler.wheels import POLICY_WHEEL, Wheel

ENGINE_STEP: Final = "making the light runtime, once"
PROFILE_STEP: Final = "watching made-up visits to the policy"


@dataclass(frozen=True, slots=True)
class Lean:
    """The files of a lean runtime, and what the tag tells its worker about them."""

    files: tuple[PackFile, ...]
    config: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LeanBuilder:
    """Makes lean runtimes; what was made before comes from the cache."""

    packages: Packages
    cache: Cache
    progress: Progress
    trimmer: Trimmer

    def build(self, trial: Trial, policy_file: str) -> Lean:
        """The runtime for a site, tried. Raises as `Trimmer.trim` does."""
        freezer, images = self._freeze(trial, policy_file)
        return _describe(freezer.engine, images)

    def build_profiled(self, trial: Trial, policy: Path) -> tuple[Lean, Lean]:
        """The profiled runtime for a site, tried, and the lean one, which goes on where it traps. Raises as `build`.

        Both wake with the same memory, by the same script: only the functions differ.
        """
        freezer, images = self._freeze(trial, policy.name)
        lean = _describe(freezer.engine, images)
        with self.progress.step(PROFILE_STEP):
            module = profile(freezer, images, trial, policy)
            self._try(trial, freezer, images, module)
        shared = tuple(file for file in lean.files if file.path != lean.config["module"][0])
        config = lean.config | {"name": "profiled", "module": [module.path, module.sri]}
        return Lean((module, *shared), config), lean

    def _freeze(self, trial: Trial, policy_file: str) -> tuple[Freezer, tuple[Image, Image]]:
        with self.progress.step(ENGINE_STEP):
            engine = make_engine(self.packages, self.cache)
        freezer = Freezer(self.packages, engine, self.cache)

        def run(tried: Trial, library: bytes) -> Findings:
            try:
                images = _images(freezer, library, tried.wheels)
            except NotFrozenError as error:
                return Findings(error=error.why)
            findings = _run_woken(tried, freezer, images)
            return replace(findings, missing=(*images[-1].missing, *findings.missing))

        library = self.trimmer.trim(
            trial, policy_file, _slimming(trial, self.trimmer.read_imports), run, freezer.made_of
        )
        return freezer, _images(freezer, library, trial.wheels)

    def _try(self, trial: Trial, freezer: Freezer, images: Sequence[Image], module: PackFile) -> None:
        """The trial's visit in what visitors get. Raises TrimtabError if it fails: made-up visits are too few."""

        def attempt() -> bytes:
            findings = _run_woken(trial, freezer, images, module.content)
            if findings.error:
                raise TrimtabError(f"the profiled runtime does not run the policy ({findings.error.splitlines()[-1]})")
            return b""

        state = json.dumps([module.sri, *(hashed("image", image.content).sri for image in images), trial.declaration])
        self.cache.blob("tried", hashlib.sha256(state.encode()).hexdigest(), attempt)


def _describe(engine: Engine, images: Sequence[Image]) -> Lean:
    script, module = hashed("lean.mjs", engine.script), hashed("lean.wasm", engine.wasm)
    base, policy = images
    packed = [hashed("memory.bin", base.content), hashed("policy.bin", policy.content)]
    config = {
        "name": "lean",
        "unit": engine.unit,
        "script": script.path,
        "module": [module.path, module.sri],
        "images": [[image.path, image.sri] for image in packed],
        "pages": policy.pages,
        "slots": policy.slots,
    }
    return Lean((script, module, *packed), config)


def _slimming(trial: Trial, read: Read) -> Change:
    """What a policy or a wheel itself imports it gets whole; of listed wheels the trial names it."""
    others = (wheel for wheel in trial.wheels if wheel.is_ours)
    named = [each for wheel in others for source in wheel.sources.values() for each in read(source)]
    wanted = {each.module for each in [*trial.imports, *named]}

    def change(sources: Sources, modules: Sequence[str]) -> Sources:
        return slim_library(sources, asked_whole(modules, wanted, sources, read), modules)

    return change


def _images(freezer: Freezer, library: bytes, wheels: Sequence[Wheel]) -> tuple[Image, Image]:
    base = freezer.base(library, [wheel for wheel in wheels if wheel.name != POLICY_WHEEL])
    (policy,) = (wheel for wheel in wheels if wheel.name == POLICY_WHEEL)
    return base, freezer.policy(base, policy)


def _run_woken(trial: Trial, freezer: Freezer, images: Sequence[Image], wasm: bytes | None = None) -> Findings:
    """The trial in the runtime that visitors get, in Node; `wasm`: its visit alone, with this one's functions."""
    with tempfile.TemporaryDirectory() as folder, as_file(files("trimtab.browser").joinpath(WAKE)) as wake:
        paths = [Path(folder, str(number)) for number in range(len(images))]
        for path, image in zip(paths, images, strict=True):
            path.write_bytes(image.content)
        module = Path(folder, "module.wasm")
        module.write_bytes(freezer.engine.wasm if wasm is None else wasm)
        lean = {
            "engine": str(freezer.engine.folder),
            "wake": str(wake),
            "module": str(module),
            "images": [str(path) for path in paths],
            "pages": images[-1].pages,
            "slots": images[-1].slots,
        }
        return run_trial(trial, b"", lean, visit_alone=wasm is not None)
