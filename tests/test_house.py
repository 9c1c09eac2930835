"""The rules of the house that a program can check; import-linter checks those between our own packages."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap import UV

ROOT = Path(__file__).resolve().parent.parent
MEMBERS = {"agent": "trimtab", "bundler": "trimtab_bundler", "server": "trimtab_server"}
PYPROJECTS = {name: ROOT / name / "pyproject.toml" for name in (".", *MEMBERS)}
AGENT = ROOT / "agent" / "trimtab"
BROWSER_ONLY = {"js", "pyodide"}

# Every module of the agent that does not need a browser, imported where nothing else is installed.
IMPORT_ALL = """
import importlib, pkgutil, trimtab
names = [module.name for module in pkgutil.walk_packages(trimtab.__path__, "trimtab.")]
for name in names:
    if name != "trimtab.browser.entry":
        importlib.import_module(name)
print(len(names))
"""


def requirements(pyproject: Path) -> Iterator[str]:
    """Every requirement that a pyproject.toml names."""
    content = tomllib.loads(pyproject.read_text())
    yield from content["build-system"]["requires"]
    yield from content["project"].get("dependencies", [])
    for group in content.get("dependency-groups", {}).values():
        yield from group


def imports_of(path: Path) -> set[str]:
    """The top-level names that a file imports, wherever in the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(str(node.module).split(".")[0])
    return names


def output_of(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a command prints; what it complains about is the test's failure."""
    result = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def build_wheel(member: str, folder: Path) -> Path:
    """The wheel of one member of the workspace, built in a folder."""
    output_of(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT / member)
    (wheel,) = folder.glob("*.whl")
    return wheel


def pinned(name: str) -> str:
    """The entry of one package in the pins: its version and hashes."""
    entries = re.split(r"\n(?=[a-z#])", (ROOT / "requirements" / "dev.txt").read_text())
    (entry,) = (entry for entry in entries if entry.startswith(f"{name}=="))
    return entry


def install_from_cache(python: Path, pins: str, wheel: Path) -> None:
    """Install a wheel and pinned packages, nothing else; the network is needed only if the cache was emptied."""
    (requirements := wheel.with_name("pins.txt")).write_text(pins)
    install = [str(part) for part in (UV, "pip", "install", "-q", "--no-deps", "--python", python, wheel)]
    install += ["-r", str(requirements)]
    if subprocess.run([*install, "--offline"], capture_output=True, check=False).returncode != 0:
        output_of(*install)


@pytest.mark.parametrize("name", PYPROJECTS)
def test_every_dependency_has_a_reason_beside_it(name: str) -> None:
    lines = PYPROJECTS[name].read_text().splitlines()
    for requirement in requirements(PYPROJECTS[name]):
        naming = [line for line in lines if f'"{requirement}"' in line]
        assert naming, requirement
        assert all(re.search(r'"[\],]*  # \S+ \S+', line) for line in naming), requirement


def test_the_distributions_have_one_version_and_ask_for_it() -> None:
    projects = [tomllib.loads(path.read_text())["project"] for path in PYPROJECTS.values()]
    versions = {project["version"] for project in projects}
    own = {text for project in projects for text in project["dependencies"] if text.startswith("trimtab-")}
    assert len(versions) == 1
    assert {text.partition("==")[2] for text in own} == versions


def test_no_registry_host_and_no_path_of_a_machine_is_in_the_tree() -> None:
    pattern = r"https?://[a-z.-]*(npmjs|pypi|pythonhosted|debian)\.|(^|[^A-Za-z0-9_.])/(work|farm|root)/"
    found = subprocess.run(
        ["git", "grep", "-nIE", "--untracked", pattern], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (1, "")


def test_pins_name_hashes_and_no_place_to_get_them_from() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        lines = [line for line in path.read_text().splitlines() if line and not line.lstrip().startswith("#")]
        starts = [index for index, line in enumerate(lines) if not line.startswith(" ")]
        assert all(re.match(r"[a-z0-9-]+==[\w.]+ ", lines[index]) for index in starts), path.name
        assert all("--hash=sha256:" in lines[index + 1] for index in starts), path.name


def test_the_agent_imports_the_standard_library_and_msgpack_only() -> None:
    entry = AGENT / "browser" / "entry.py"
    allowed = sys.stdlib_module_names | {"trimtab", "msgpack"}
    foreign = {path.relative_to(AGENT): imports_of(path) - allowed for path in AGENT.rglob("*.py") if path != entry}
    assert {str(path): names for path, names in foreign.items() if names} == {}
    assert imports_of(entry) - allowed <= BROWSER_ONLY


@pytest.mark.parametrize("member", MEMBERS)
def test_a_wheel_holds_every_file_of_its_package(member: str, tmp_path: Path) -> None:
    package = ROOT / member / MEMBERS[member]
    wanted = {
        str(path.relative_to(ROOT / member))
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(build_wheel(member, tmp_path)) as wheel:
        assert wanted - set(wheel.namelist()) == set()


def test_the_agent_installs_and_imports_alone_in_an_empty_environment(tmp_path: Path) -> None:
    wheel, python = build_wheel("agent", tmp_path), tmp_path / "venv" / "bin" / "python"
    output_of(UV, "venv", "-q", "--python", sys.executable, tmp_path / "venv")
    install_from_cache(python, pinned("msgpack"), wheel)
    output_of(UV, "pip", "check", "--python", python)
    listed = json.loads(output_of(UV, "pip", "list", "--format", "json", "--python", python))
    assert {package["name"] for package in listed} == {"msgpack", "trimtab-agent"}
    assert int(output_of(python, "-Ic", IMPORT_ALL, cwd=tmp_path)) > 0


def test_every_command_that_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    declared = [tomllib.loads(path.read_text())["project"].get("entry-points", {}) for path in PYPROJECTS.values()]
    commands = {name for groups in declared for name in groups.get("trimtab.commands", {})}
    documents = "\n".join((ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md"))
    spans = re.findall(r"^(?:\$ )?((?:make|trimtab) .*)$|`((?:make|trimtab) [^`]*)`", documents, re.MULTILINE)
    named = [(first or second).split()[:2] for first, second in spans]
    assert named
    assert {word for tool, word in named if tool == "make"} <= targets
    assert {word for tool, word in named if tool == "trimtab"} <= commands
