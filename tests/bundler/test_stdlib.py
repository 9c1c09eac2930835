import io
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bundler.conftest import POLICY
from trimtab.errors import PolicyError
from trimtab.loading import load_policy
from trimtab_bundler import stdlib
from trimtab_bundler.bytecode import Compiler
from trimtab_bundler.cache import Cache
from trimtab_bundler.imports import read_imports
from trimtab_bundler.npm import Packages
from trimtab_bundler.probe import Findings, Trial, run_trial, sources_in
from trimtab_bundler.progress import Progress
from trimtab_bundler.stdlib import Trimmer
from trimtab_bundler.wheels import core_wheel, msgpack_wheel, policy_wheel


@pytest.fixture
def trimmer(compiler: Compiler, cache: Cache, progress: Progress) -> Trimmer:
    return Trimmer(compiler, cache, progress)


@pytest.fixture
def trial(packages: Packages, compiler: Compiler, tmp_path: Path) -> "TrialMaker":
    return TrialMaker(packages, compiler, tmp_path / "policy.py")


class TrialMaker:
    """Makes the trial of a policy from its text."""

    def __init__(self, packages: Packages, compiler: Compiler, path: Path) -> None:
        self.packages = packages
        self.compiler = compiler
        self.path = path

    def __call__(self, policy: str) -> Trial:
        self.path.write_text(policy)
        wheels = [core_wheel(self.compiler), msgpack_wheel(self.compiler), policy_wheel(self.path, self.compiler)]
        declaration = load_policy(self.path).declaration("0" * 16).to_json()
        return Trial(self.packages.pyodide, wheels, declaration, read_imports(policy.encode()))


def modules(trimmed: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(trimmed)) as archive:
        return {name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for name in archive.namelist()}


def test_what_nobody_imports_is_left_out(trimmer: Trimmer, trial: TrialMaker) -> None:
    found = modules(trimmer.trim(trial(POLICY), "policy.py"))
    assert {"json", "dataclasses", "_pyodide._base", "encodings.utf_8", "traceback"} <= found
    assert found.isdisjoint({"unittest", "email", "http.client", "calendar", "pdb", "statistics"})
    assert len(found) < 150


def test_the_library_is_byte_code_for_the_browsers_python_and_uncompressed(trimmer: Trimmer, trial: TrialMaker) -> None:
    with zipfile.ZipFile(io.BytesIO(trimmer.trim(trial(POLICY), "policy.py"))) as archive:
        entries = archive.infolist()
    assert {Path(entry.filename).suffix for entry in entries} == {".pyc"}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_what_the_policy_imports_is_there_also_if_a_function_or_c_code_does_it(
    trimmer: Trimmer, trial: TrialMaker
) -> None:
    policy = f"import statistics\nfrom datetime import datetime\n{POLICY}\n\ndef later():\n    import graphlib\n"
    assert {"statistics", "datetime", "_strptime", "graphlib"} <= modules(trimmer.trim(trial(policy), "policy.py"))


def test_what_a_policy_imports_by_a_computed_name_is_found_by_trying(trimmer: Trimmer, trial: TrialMaker) -> None:
    policy = f"import importlib\n{POLICY}\nimportlib.import_module('color' + 'sys')\n"
    assert "colorsys" in modules(trimmer.trim(trial(policy), "policy.py"))


BEHIND_AN_EVENT = """
import importlib

def later(visitor):
    return visitor.event("go").count > 3 and bool(ASKED)

news.adjust("later", on=story, when=later, do=adjust.swap("later"))
"""


@pytest.mark.parametrize(
    ("asked", "module"),
    [
        ('importlib.import_module("color" + "sys")', "colorsys"),
        ('"word".encode(encoding="cp500")', "encodings.cp500"),
        ('str(b"word", "cp" + "037")', "encodings.cp037"),
    ],
)
def test_what_a_rule_imports_by_a_computed_name_is_found_also_behind_an_event(
    trimmer: Trimmer, trial: TrialMaker, asked: str, module: str
) -> None:
    policy = POLICY + BEHIND_AN_EVENT.replace("ASKED", asked)
    assert module in modules(trimmer.trim(trial(policy), "policy.py"))


def test_a_rule_that_asks_for_what_no_browser_has_is_told_with_its_line(trimmer: Trimmer, trial: TrialMaker) -> None:
    policy = POLICY + BEHIND_AN_EVENT.replace("ASKED", '__import__("sql" + "ite3")')
    with pytest.raises(PolicyError) as raised:
        trimmer.trim(trial(policy), "policy.py")
    line = (
        policy.splitlines().index('    return visitor.event("go").count > 3 and bool(__import__("sql" + "ite3"))') + 1
    )
    said = "fails in the browser's Python: ModuleNotFoundError: No module named 'sqlite3'"
    assert str(raised.value) == f"policy.py:{line}: {said}; correct it"


def test_the_library_of_a_site_does_not_depend_on_what_was_built_before(trimmer: Trimmer, trial: TrialMaker) -> None:
    policy = f"import importlib\n{POLICY}"
    trimmer.trim(trial(f"{policy}\nimportlib.import_module('color' + 'sys')\n"), "policy.py")
    assert "colorsys" not in modules(trimmer.trim(trial(policy), "policy.py"))


def test_an_import_that_the_browsers_python_lacks_is_told_with_its_line(trimmer: Trimmer, trial: TrialMaker) -> None:
    with pytest.raises(PolicyError) as raised:
        trimmer.trim(trial(f"import math\nimport sqlite3\n{POLICY}"), "policy.py")
    assert str(raised.value).startswith(
        "policy.py:2: import of 'sqlite3' fails in the browser's Python (ModuleNotFound"
    )
    assert str(raised.value).endswith("; use another module")


def test_an_import_that_the_policy_can_do_without_may_fail(trimmer: Trimmer, trial: TrialMaker) -> None:
    optional = "try:\n    import sqlite3\nexcept ImportError:\n    sqlite3 = None\n"
    assert "json" in modules(trimmer.trim(trial(optional + POLICY), "policy.py"))


def test_a_policy_that_fails_in_the_browsers_python_alone_is_told_with_its_line(
    trimmer: Trimmer, trial: TrialMaker
) -> None:
    fault = 'import sys\nif sys.platform == "emscripten":\n    raise OSError("no such thing here")\n'
    with pytest.raises(PolicyError) as raised:
        trimmer.trim(trial(fault + POLICY), "policy.py")
    assert str(raised.value) == ("policy.py:3: fails in the browser's Python: OSError: no such thing here; correct it")


def test_what_failed_is_told_without_the_notes_below_it(trimmer: Trimmer, trial: TrialMaker) -> None:
    fault = 'import sys\nif sys.platform == "emscripten":\n    __import__("sql" + "ite3")\n'
    with pytest.raises(PolicyError, match=r"Python: ModuleNotFoundError: No module named 'sqlite3'; correct it$"):
        trimmer.trim(trial(fault + POLICY), "policy.py")


def test_what_was_found_is_used_again_for_other_policies_with_the_same_imports(
    monkeypatch: pytest.MonkeyPatch, fresh_cache: Cache, compiler: Compiler, progress: Progress, trial: TrialMaker
) -> None:
    sizes = []

    def counted(each: Trial, library: bytes) -> Findings:
        sizes.append(len(library))
        return run_trial(each, library)

    monkeypatch.setattr(stdlib, "run_trial", counted)
    trimmer = Trimmer(compiler, fresh_cache, progress)
    first = trimmer.trim(trial(POLICY), "policy.py")
    stock = len((trial.packages.pyodide / "python_stdlib.zip").read_bytes())
    assert sizes == [stock, len(first)]  # found with the stock library, tried with the trimmed one
    assert trimmer.trim(trial(POLICY.replace("450", "500")), "policy.py") == first
    assert sizes == [stock, len(first), len(first)]
    assert trimmer.trim(trial(POLICY.replace("450", "500")), "policy.py") == first
    assert len(sizes) == 3


def test_a_trial_is_run_again_when_its_runtime_is_made_of_something_else(
    fresh_cache: Cache, compiler: Compiler, progress: Progress, trial: TrialMaker
) -> None:
    trimmer, given, runs = Trimmer(compiler, fresh_cache, progress), trial(POLICY), []

    def run(each: Trial, library: bytes) -> Findings:
        runs.append(each)
        return run_trial(each, library)

    for made_of in ("an engine", "an engine", "another engine"):
        trimmer.trim(given, "policy.py", run=run, made_of=made_of)
    assert len(runs) == 2


def test_byte_code_that_an_installer_puts_beside_the_scripts_is_none_of_them(tmp_path: Path) -> None:
    (tmp_path / "b.mjs").write_bytes(b"second")
    (tmp_path / "a.py").write_bytes(b"first")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.cpython-313.pyc").write_bytes(b"byte code")
    assert sources_in(tmp_path) == [b"first", b"second"]


def test_the_python_that_is_tried_is_of_the_same_minor_version_as_this_one(packages: Packages) -> None:
    assert packages.python == sys.version_info[:2]
