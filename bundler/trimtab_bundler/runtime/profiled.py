"""The profiled runtime: the lean one, with a trap for each function that nobody was seen to need.

Needed is what a large fixed workload enters (`entered`), and what visits of made-up people to this very policy enter,
in the memory that visitors wake with. Who enters another function all the same ends there; the lean runtime goes on.
"""

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab.loading import load_policy
from trimtab_bundler.contents import PackFile, hashed
from trimtab_bundler.npm import run_node
from trimtab_bundler.probe import SCRIPTS, Trial, sources_in
from trimtab_bundler.runtime.engine import WASM
from trimtab_bundler.runtime.entered import read_entered
from trimtab_bundler.runtime.freeze import WAKE, Freezer, Image
from trimtab_bundler.runtime.prune import stub_functions
from trimtab_bundler.runtime.sections import emit, parse
from trimtab_bundler.runtime.visits import made_up_visits

TIMEOUT_S: Final = 120.0


def profile(freezer: Freezer, images: Sequence[Image], trial: Trial, policy: Path) -> PackFile:
    """The WebAssembly of the profiled runtime of a policy. Raises TrimtabError if nobody recorded what is needed."""
    fixed = read_entered((freezer.packages.pyodide / WASM).read_bytes())
    kept = fixed | _entered(freezer, images, trial, policy)
    key = hashlib.sha256(freezer.engine.unit.encode() + json.dumps(sorted(kept)).encode()).hexdigest()

    def stub() -> bytes:
        return emit(stub_functions(parse(freezer.engine.wasm), kept))

    return hashed("profiled.wasm", freezer.cache.blob("profiled", key, stub))


def _entered(freezer: Freezer, images: Sequence[Image], trial: Trial, policy: Path) -> frozenset[int]:
    """What this policy's own visitors enter. Raises TrimtabError if they cannot be made up or watched."""
    visits = list(made_up_visits(load_policy(policy), trial.declaration))
    config = {"declaration": trial.declaration}
    state = hashlib.sha256(json.dumps([freezer.made_of, visits, config], sort_keys=True).encode())
    for content in (*(image.content for image in images), *sources_in(SCRIPTS)):
        state.update(hashlib.sha256(content).digest())

    def play() -> bytes:
        with tempfile.TemporaryDirectory() as name, as_file(files("trimtab.browser").joinpath(WAKE)) as wake:
            paths = [Path(name, str(number)) for number in range(len(images))]
            for path, image in zip(paths, images, strict=True):
                path.write_bytes(image.content)
            job = {
                "engine": str(freezer.engine.folder),
                "wake": str(wake),
                "images": [str(path) for path in paths],
                "pages": images[-1].pages,
                "slots": images[-1].slots,
            }
            return json.dumps(_run(job | {"config": config, "visits": visits})).encode()

    return frozenset(json.loads(freezer.cache.blob("watched", state.hexdigest(), play)))


def _run(job: dict[str, Any]) -> list[int]:
    try:
        ended = run_node([str(SCRIPTS / "watch.mjs")], stdin=json.dumps(job), timeout_s=TIMEOUT_S)
        found: list[int] = json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        raise TrimtabError(f"made-up visits to the policy took more than {TIMEOUT_S:.0f} s; try again") from None
    except ValueError:
        why = " ".join(ended.stderr[-300:].split())
        raise TrimtabError(f"no made-up visit to the policy could be watched ({why}); please report this") from None
    return found
