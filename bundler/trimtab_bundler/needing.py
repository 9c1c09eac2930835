"""What a policy needs of the wheels that its site lists, found by trying, as it is of the standard library.

A wheel has modules that nobody imports here, and some that no browser can: tests, a command line, what needs a library
that is not there. Only what the policy comes to is in a pack.
"""

import hashlib
import json
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from trimtab_bundler.chains import Modules, is_refused, modules_of, named
from trimtab_bundler.imports import Import, read_fallbacks, read_imports, whole_names
from trimtab_bundler.listing import Listed
from trimtab_bundler.probe import Findings, Trial, run_trial, sources_in
from trimtab_bundler.stdlib import NOT_CALLED, ZIP, Trimmer, key_of, refuse
from trimtab_bundler.wheels import POLICY_WHEEL, Wheel, listed_wheel

COMPUTES: Final = re.compile(rb"\b(import_module|__import__|__getattr__|exec|eval)\b")
"""By these a module can be imported whose name stands in no import."""
STEP: Final = "finding what is needed of the listed wheels"


@dataclass(frozen=True, slots=True)
class Needed:
    """What a policy comes to in the wheels: names of modules, and paths of data that was read.

    `failed`: what could not be imported of what they import later, with why.
    """

    modules: Sequence[str]
    data: Sequence[str]
    failed: Sequence[str]


def with_listed(trial: Trial, listed: Sequence[Listed], policy_file: str, trimmer: Trimmer) -> Trial:
    """The trial with the listed wheels before the policy, with what it needs of them, and with what that imports.

    Raises PolicyError for an import that fails in the browser's Python, TrimtabError if that does not start.
    """
    modules: Modules = {name: module for each in listed for name, module in modules_of(each.sources).items()}
    if not modules:
        return trial
    needed = _find(trial, listed, modules, policy_file, trimmer)
    for failed in needed.failed:
        trimmer.progress.note(f"{failed}; what imports it when it is called will fail there")
    wheels = []
    for each in listed:
        if (part := _part(each, needed)).sources:
            wheels.append(listed_wheel(part, trimmer.compiler))
        else:
            trimmer.progress.note(f"nothing imports {each.project}, so it is not in the pack; take it out of the list")
    return replace(_before_policy(trial, wheels), imports=[*trial.imports, *later_imports(needed.modules, modules)])


def later_imports(names: Sequence[str], modules: Modules) -> Iterator[Import]:
    """What these modules of wheels import, in functions and under conditions too; it is no mistake if that fails.

    Left out is what a policy may not import: a function that asks for it gets an ImportError.
    """
    for name in names:
        path, source = modules[name]
        for wanted in whole_names([*read_imports(source), *read_fallbacks(source)], path):
            is_called = not (wanted.function and wanted.function.startswith(NOT_CALLED))
            if is_called and not is_refused(wanted, source, modules):
                yield replace(wanted, optional=True)


def _find(trial: Trial, listed: Sequence[Listed], modules: Modules, policy_file: str, trimmer: Trimmer) -> Needed:
    """With a policy of our own and the site's imports, so that a changed policy is not tried for it again; with its own
    if names may be computed."""
    needed = _find_with(trimmer.with_sample(trial), listed, modules, policy_file, trimmer)
    policy = [source for wheel in trial.wheels if wheel.name == POLICY_WHEEL for source in wheel.sources.values()]
    if any(COMPUTES.search(source) for source in [*policy, *(modules[name][1] for name in needed.modules)]):
        return _find_with(trial, listed, modules, policy_file, trimmer)
    return needed


def _find_with(trial: Trial, listed: Sequence[Listed], modules: Modules, policy_file: str, trimmer: Trimmer) -> Needed:
    stock = (trial.pyodide / ZIP).read_bytes()

    def find() -> bytes:
        with trimmer.progress.step(STEP):
            whole = [listed_wheel(_compilable(each), trimmer.compiler) for each in listed]
            return json.dumps(asdict(_try(_before_policy(trial, whole), stock, modules, policy_file))).encode()

    imports = [[wanted.module, *wanted.names] for wanted in trial.imports]
    code = hashlib.sha256(b"".join(sources_in(Path(__file__).parent))).hexdigest()  # what is sought hangs on it too
    key = key_of(stock, trial.wheels, [imports, trial.declaration, [each.digest for each in listed], code])
    return Needed(**json.loads(trimmer.cache.blob("needed", key, find)))


def _try(trial: Trial, stock: bytes, modules: Modules, policy_file: str) -> Needed:
    """Tries until what is found imports nothing later that has not been found."""
    needed: list[str] = []
    later: list[Import] = []
    while True:
        findings = run_trial(tried := replace(trial, imports=[*trial.imports, *later]), stock)
        refuse(findings, policy_file)
        found = sorted(modules.keys() & set(findings.packed))
        later = list(later_imports(found, modules))
        asked = {name for wanted in later for name in named(wanted, modules)}
        if found == needed or asked <= set(found):
            return Needed(found, findings.data, list(_failed(findings, tried.imports, modules)))
        needed = found


def _failed(findings: Findings, imports: Sequence[Import], modules: Modules) -> Iterator[str]:
    """The modules of wheels among what could not be imported, with why."""
    missing = {name for wanted in imports for name in named(wanted, modules)} - set(findings.packed)
    for wanted, why in findings.failed:
        for name in [name for name in named(wanted, modules) if name in missing]:
            missing.discard(name)
            yield f"{name} fails in the browser's Python ({why})"


def _part(listed: Listed, needed: Needed) -> Listed:
    """Of a wheel the modules and the data that are needed."""
    modules = modules_of(listed.sources)
    sources = dict(modules[name] for name in sorted(modules) if name in needed.modules)
    folders = tuple(path for path in needed.data if path.endswith("/"))
    data = {path: content for path, content in listed.data.items() if path in needed.data or path.startswith(folders)}
    return replace(listed, sources=sources, data=data)


def _before_policy(trial: Trial, wheels: Sequence[Wheel]) -> Trial:
    ours = [wheel for wheel in trial.wheels if wheel.name != POLICY_WHEEL]
    policy = [wheel for wheel in trial.wheels if wheel.name == POLICY_WHEEL]
    return replace(trial, wheels=[*ours, *wheels, *policy])


def _compilable(listed: Listed) -> Listed:
    """Without files that are no Python, of another version or templates of some: nobody can import them."""
    return replace(listed, sources={path: text for path, text in listed.sources.items() if _is_compilable(path, text)})


def _is_compilable(path: str, source: bytes) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
