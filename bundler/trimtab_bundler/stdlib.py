"""The standard library of a pack: the modules that Pyodide, the core and this policy import, compiled, and no more.

Which those are is found by trying (see `probe`), not by a list: a list would be wrong with the next version.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from trimtab.errors import PolicyError, TrimtabError
from trimtab.listed import LIST_WHEEL, OURS
from trimtab.loading import load_policy
from trimtab.messages import POLICY_HASH_BYTES
from trimtab.policy import POLICY_MODULE
from trimtab_bundler.archive import read_zip, write_zip
from trimtab_bundler.bytecode import LEAN, Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.imports import Import, Read, reading_once, whole_names
from trimtab_bundler.probe import PROBING, SCRIPTS, Findings, Trial, run_trial, sources_in
from trimtab_bundler.progress import Progress
from trimtab_bundler.wheels import POLICY_WHEEL, Wheel, policy_wheel

ZIP: Final = "python_stdlib.zip"
SAMPLE: Final = SCRIPTS / "sample_policy.py"
NO_HASH: Final = "0" * 2 * POLICY_HASH_BYTES
FROM_C: Final = {"datetime": "_strptime", "time": "_strptime"}
"""Modules that C code imports when a function of the module is first called."""
NOT_CALLED: Final = ("_test", "test", "_main", "main", "_parse_args")
"""Beginnings of the names of functions that only a test or a command line calls."""
NOWHERE: Final = re.compile(r"No module named '(\w+)")
IN_POLICY: Final = re.compile(rf'File "{POLICY_MODULE}\.py", line (\d+)')
SAID: Final = re.compile(r"^  File .*\n(?: .*\n)*(\S.*)", re.MULTILINE)
"""In a traceback the line below its frames."""

type Sources = Mapping[str, bytes]
type Change = Callable[[Sources, Sequence[str]], Sources]
type Run = Callable[[Trial, bytes], Findings]


def _changed(stock: bytes, change: Change | None, modules: Sequence[str]) -> tuple[bytes, Sources]:
    """The library that is looked into, as a zip and as its sources."""
    sources = read_zip(stock)
    if change is None:
        return stock, sources
    changed = change(sources, modules)
    return write_zip(changed), changed


@dataclass(frozen=True, slots=True)
class Trimmer:
    """Trims the standard library; what it found out before comes from the cache."""

    compiler: Compiler
    cache: Cache
    progress: Progress

    def trim(
        self,
        trial: Trial,
        policy_file: str,
        change: Change | None = None,
        run: Run | None = None,
        made_of: str = "",
    ) -> bytes:
        """A zip of the .pyc files that `trial` needs, tried by `run`; `trial.imports` are those of the policy.

        `change` may put other modules into the library, for what was found to be needed of it so far; what Python has
        built in of it is then in the zip as well.
        `made_of`: a hash of what else `run` hangs on, so that it is tried again when that is another.
        Raises PolicyError for what fails in the policy in the browser's Python, TrimtabError if all else fails.
        """
        stock = (trial.pyodide / ZIP).read_bytes()
        library, sources = _changed(stock, change, [])
        wider = replace(trial, imports=[*trial.imports, *_later_imports(trial, sources, self.read_imports)])
        why = ""
        for tried in (self.with_sample(wider), wider):  # mostly the imports tell all; then the policy adds nothing
            modules, nowhere = self._find(tried, library, policy_file, frozen=change is not None)
            if (again := _changed(stock, change, modules)) != (library, sources):
                library, sources = again
                modules, nowhere = self._find(tried, library, policy_file, frozen=True)
            trimmed = write_zip(self.compiler.compile(dict(_files(sources, modules)), LEAN))
            left_out = dict(_files(sources, nowhere))
            there = {name: source for name, source in sources.items() if name not in left_out}
            if not (why := self._check(wider, trimmed, there, run or run_trial, made_of)):
                return trimmed
        raise TrimtabError(f"the pack does not start with the trimmed standard library ({why}); please report this")

    @property
    def read_imports(self) -> Read:
        """For files of the library and the core."""
        return reading_once(self.cache)

    def with_sample(self, trial: Trial) -> Trial:
        """The trial with a policy of our own: its result is the same for every site with the same imports."""
        shared = [wheel for wheel in trial.wheels if wheel.name != POLICY_WHEEL]
        declaration = load_policy(SAMPLE).declaration(NO_HASH).to_json()
        return replace(trial, wheels=[*shared, policy_wheel(SAMPLE, self.compiler)], declaration=declaration)

    def _find(self, trial: Trial, stock: bytes, policy_file: str, *, frozen: bool) -> tuple[list[str], list[str]]:
        """The modules that the trial takes from the stock library, and those that nobody can import in a browser.

        `frozen`: with those that Python has built in.
        """

        def find() -> bytes:
            with self.progress.step("finding what is needed of the standard library, once"):
                findings = run_trial(trial, stock)
            refuse(findings, policy_file)
            built_in = [*findings.frozen, *findings.built_in] if frozen else []
            return json.dumps([[*findings.modules, *built_in], findings.missing]).encode()

        key = key_of(stock, trial.wheels, [[wanted.module, *wanted.names] for wanted in trial.imports])
        modules, nowhere = json.loads(self.cache.blob("found", key, find))
        return modules, nowhere

    def _check(self, trial: Trial, trimmed: bytes, sources: Mapping[str, bytes], run: Run, made_of: str) -> str:
        """Why the trial fails with the trimmed library; empty if it does not."""

        def check() -> bytes:
            findings = run(trial, trimmed)
            missing = [module for module in findings.missing if file_of(module, sources)]
            failed = [why for wanted, why in findings.failed if not wanted.optional]
            if problems := [*missing, *failed, *_said(findings.error)]:
                raise _FailedTrialError("; ".join(problems))
            return b""

        try:
            self.cache.blob("tried", key_of(trimmed, trial.wheels, [trial.declaration, made_of]), check)
        except _FailedTrialError as error:
            return str(error)
        return ""


class _FailedTrialError(Exception):
    """Keeps a failed trial out of the cache: it may have been the machine's fault."""


def refuse(findings: Findings, policy_file: str) -> None:
    """Raises PolicyError for what failed with the whole standard library: that is the policy's, or the core's."""
    for wanted, why in findings.failed:
        if not wanted.optional:
            what = f"import of {wanted.module!r} fails in the browser's Python ({why})"
            raise PolicyError(what, mend=_mend(why), file=policy_file, line=wanted.line)
    if findings.error:
        lines = IN_POLICY.findall(findings.error)
        what = f"fails in the browser's Python: {''.join(_said(findings.error))}"
        raise PolicyError(what, mend="correct it", file=policy_file, line=int(lines[-1]) if lines else 0)


def _mend(why: str) -> str:
    """How to have what an import lacks: a wheel can bring all but the library."""
    missing = NOWHERE.search(why)
    if missing is None or missing[1] in OURS:
        return "use another module"
    return f"use another module, or list a wheel that has {missing[1]!r}: {LIST_WHEEL}"


def _later_imports(trial: Trial, sources: Mapping[str, bytes], read_imports: Read) -> Iterator[Import]:
    """What the core imports, and what the library's modules that the policy names import only inside of functions.

    The trial names what the modules of listed wheels import.
    """
    for wheel in trial.wheels:
        if wheel.is_ours:
            for name, source in wheel.sources.items():
                yield from _optional(read_imports(source), name)
    for wanted in trial.imports:
        yield Import(FROM_C.get(wanted.module, wanted.module), optional=True)
        name = file_of(wanted.module, sources)
        found = read_imports(sources[name]) if name else []
        called = [later for later in found if later.function and not later.function.startswith(NOT_CALLED)]
        yield from _optional(called, name)


def _optional(imports: Sequence[Import], name: str) -> Iterator[Import]:
    """The imports of the file `name` with whole names; one that fails in a trial is no mistake of the policy."""
    for wanted in whole_names(imports, name):
        yield replace(wanted, optional=True)


def _files(sources: Mapping[str, bytes], modules: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for name in sorted({file_of(module, sources) for module in modules} - {""}):
        yield name, sources[name]


def file_of(module: str, sources: Sources) -> str:
    """The file of a module in the library's zip, empty for one that is not there (built-in, frozen)."""
    path = module.replace(".", "/")
    return next((name for name in (f"{path}/__init__.py", f"{path}.py") if name in sources), "")


def _said(error: str) -> list[str]:
    """The line of a traceback that says what was raised; there may be notes below it. None of an empty text."""
    return (SAID.findall(error) or error.strip().splitlines())[-1:]


def key_of(library: bytes, wheels: Sequence[Wheel], rest: object) -> str:
    """Names a result by all that it depends on."""
    state = hashlib.sha256(json.dumps(rest, sort_keys=True).encode())
    for content in (library, *(wheel.content for wheel in wheels), *sources_in(SCRIPTS), PROBING):
        state.update(hashlib.sha256(content).digest())
    return state.hexdigest()
