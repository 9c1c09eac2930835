"""The lean runtime of a site: Python's memory as it is when the core and the policy have been imported. The flow."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from trimtab_bundler.cache import Cache
from trimtab_bundler.contents import PackFile, hashed
from trimtab_bundler.imports import read_imports
from trimtab_bundler.npm import Packages
from trimtab_bundler.probe import Findings, Trial, run_trial
from trimtab_bundler.progress import Progress
from trimtab_bundler.runtime.engine import make_engine
from trimtab_bundler.runtime.freeze import WAKE, Freezer, Image
from trimtab_bundler.runtime.slim import asked_whole, slim_library
from trimtab_bundler.stdlib import Change, Sources, Trimmer
from trimtab_bundler.wheels import POLICY_WHEEL, Wheel

ENGINE_STEP: Final = "making the light runtime, once"


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
        with self.progress.step(ENGINE_STEP):
            engine = make_engine(self.packages, self.cache)
        freezer = Freezer(self.packages, engine, self.cache)

        def run(tried: Trial, library: bytes) -> Findings:
            return _run_woken(tried, freezer, _images(freezer, library, tried.wheels))

        library = self.trimmer.trim(trial, policy_file, _slimming(trial), run, freezer.made_of)
        base, policy = _images(freezer, library, trial.wheels)
        script, module = hashed("lean.mjs", engine.script), hashed("lean.wasm", engine.wasm)
        images = [hashed("memory.bin", base.content), hashed("policy.bin", policy.content)]
        config = {
            "name": "lean",
            "unit": engine.unit,
            "script": script.path,
            "module": [module.path, module.sri],
            "images": [[image.path, image.sri] for image in images],
            "pages": policy.pages,
            "slots": policy.slots,
        }
        return Lean((script, module, *images), config)


def _slimming(trial: Trial) -> Change:
    """What a policy or a wheel itself imports it gets whole."""
    named = [each for wheel in trial.wheels for source in wheel.sources.values() for each in read_imports(source)]
    wanted = {each.module for each in [*trial.imports, *named]}

    def change(sources: Sources, modules: Sequence[str]) -> Sources:
        return slim_library(sources, asked_whole(modules, wanted, sources))

    return change


def _images(freezer: Freezer, library: bytes, wheels: Sequence[Wheel]) -> tuple[Image, Image]:
    base = freezer.base(library, [wheel for wheel in wheels if wheel.name != POLICY_WHEEL])
    (policy,) = (wheel for wheel in wheels if wheel.name == POLICY_WHEEL)
    return base, freezer.policy(base, policy)


def _run_woken(trial: Trial, freezer: Freezer, images: Sequence[Image]) -> Findings:
    """The trial in the runtime that visitors get, in Node."""
    with tempfile.TemporaryDirectory() as folder, as_file(files("trimtab.browser").joinpath(WAKE)) as wake:
        paths = [Path(folder, str(number)) for number in range(len(images))]
        for path, image in zip(paths, images, strict=True):
            path.write_bytes(image.content)
        lean = {
            "engine": str(freezer.engine.folder),
            "wake": str(wake),
            "images": [str(path) for path in paths],
            "pages": images[-1].pages,
            "slots": images[-1].slots,
        }
        return run_trial(trial, b"", lean)
