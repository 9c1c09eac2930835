"""A part of the agent that is tested here: its own tests run in light runtimes too, which look into no archive."""

import importlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agent.making import load, mistake_in
from trimtab.errors import PolicyError
from trimtab.listed import listed_wheels
from trimtab.loading import load_policy, policy_hash

POLICY = "from trimtab import Policy\nimport counting\nsite = Policy(counting.NAME)\n"
PLAIN = 'from trimtab import Policy\nsite = Policy("plain")\n'
TOML = '[site]\nname = "site"\nwheels = ["wheels/counting.whl"]\n'


@pytest.fixture(autouse=True)
def _imports_as_before(tmp_path: Path) -> Iterator[None]:
    modules = dict(sys.modules)
    yield
    (tmp_path / "trimtab.toml").unlink(missing_ok=True)
    load(tmp_path, PLAIN)
    for name in set(sys.modules) - set(modules):
        del sys.modules[name]


def list_wheel(folder: Path, files: dict[str, str], toml: str = TOML) -> None:
    """A wheel as far as Python looks into it, and the list that it is in."""
    (folder / "trimtab.toml").write_text(toml)
    (folder / "wheels").mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "wheels" / "counting.whl", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def test_a_policy_imports_from_the_wheels_that_its_site_lists(tmp_path: Path) -> None:
    list_wheel(
        tmp_path, {"counting/__init__.py": "from counting.names import NAME\n", "counting/names.py": 'NAME = "a"\n'}
    )
    path = list(sys.path)
    assert load(tmp_path, POLICY).name == "a"
    assert sys.path == path


def test_a_rule_imports_from_them_when_it_runs(tmp_path: Path) -> None:
    list_wheel(tmp_path, {"counting.py": 'NAME = "a"\n'})
    rule = "def rule():\n    import counting\n    return counting.NAME\n"
    load(tmp_path, PLAIN + rule)
    assert sys.modules["trimtab_policy"].rule() == "a"


def test_nothing_of_them_is_found_once_another_policy_is_loaded(tmp_path: Path) -> None:
    list_wheel(tmp_path, {"counting.py": 'NAME = "a"\n'})
    load(tmp_path, POLICY)
    (tmp_path / "trimtab.toml").unlink()
    load(tmp_path, PLAIN)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("counting")


def test_a_listed_wheel_wins_over_what_is_installed_and_that_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "installed").mkdir()
    (tmp_path / "installed" / "counting.py").write_text('NAME = "installed"\n')
    monkeypatch.syspath_prepend(tmp_path / "installed")
    installed = importlib.import_module("counting")
    list_wheel(tmp_path, {"counting.py": 'NAME = "listed"\n'})
    assert load(tmp_path, POLICY).name == "listed"
    (tmp_path / "trimtab.toml").unlink()
    assert load(tmp_path, POLICY).name == "installed"
    assert sys.modules["counting"] is installed


def test_another_wheel_of_the_same_name_is_another_policy(tmp_path: Path) -> None:
    hashes = set()
    for number in (1, 2, 2):
        list_wheel(tmp_path, {"counting.py": f'NAME = "a"\nNUMBER = {number}\n'})
        policy = load(tmp_path, POLICY + "number = counting.NUMBER\n")
        assert sys.modules["trimtab_policy"].number == number
        hashes.add(policy_hash(policy, b""))
    assert len(hashes) == 2


def test_the_list_is_that_of_the_site_whose_policy_it_is(tmp_path: Path) -> None:
    list_wheel(tmp_path, {}, '[site]\nname = "site"\npolicy = "rules/mine.py"\nwheels = ["wheels/counting.whl"]\n')
    assert listed_wheels(tmp_path / "rules" / "mine.py") == [tmp_path / "wheels" / "counting.whl"]
    assert listed_wheels(tmp_path / "policy.py") == []


@pytest.mark.parametrize("toml", ["[site", "site = 3\n", '[site]\nwheels = "a.whl"\n', "[site]\nwheels = [3]\n", ""])
def test_a_list_that_cannot_be_read_is_none(tmp_path: Path, toml: str) -> None:
    list_wheel(tmp_path, {}, toml)
    assert listed_wheels(tmp_path / "policy.py") == []
    assert load(tmp_path, PLAIN).name == "plain"


@pytest.mark.parametrize("content", [None, b"no zip"])
def test_a_wheel_that_cannot_be_read_is_told(tmp_path: Path, content: bytes | None) -> None:
    (tmp_path / "policy.py").write_text(POLICY)
    (tmp_path / "trimtab.toml").write_text(TOML)
    if content:
        (tmp_path / "wheels").mkdir()
        (tmp_path / "wheels" / "counting.whl").write_bytes(content)
    told = r"^trimtab\.toml: \[site\] wheels: 'counting\.whl' cannot be read \(.+\); download it again, or take it out"
    with pytest.raises(PolicyError, match=told):
        load_policy(tmp_path / "policy.py")


def test_a_wheel_never_stands_in_for_the_standard_library(tmp_path: Path) -> None:
    list_wheel(tmp_path, {"counting.py": 'NAME = "a"\n', "json.py": "", "trimtab/__init__.py": ""})
    assert load(tmp_path, POLICY + "import json\njson.dumps(1)\n").name == "a"


def test_what_is_nowhere_is_told_with_how_to_list_it(tmp_path: Path) -> None:
    assert str(mistake_in(tmp_path, POLICY)) == (
        "policy.py:2: ModuleNotFoundError: No module named 'counting'; correct the line, or list a wheel that has it: "
        'wheels = ["wheels/NAME.whl"] below [site] in trimtab.toml'
    )
