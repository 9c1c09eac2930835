import argparse
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler import cli
from trimtab_bundler.cli import Command


def failing(error: BaseException) -> Command:
    def run(_args: argparse.Namespace) -> int:
        raise error

    return cast("Command", SimpleNamespace(SUMMARY="fail", configure=lambda parser: None, run=run))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> dict[str, Command]:
    """The commands that `main` finds; a test puts its own into it."""
    commands: dict[str, Command] = {}
    monkeypatch.setattr(cli, "find_commands", lambda asked: commands)
    return commands


def test_the_commands_of_every_distribution_are_found() -> None:
    commands = cli.find_commands()
    assert {"build", "demo", "replay", "serve"} <= commands.keys()
    for name, module in commands.items():
        assert isinstance(module, ModuleType), name
        assert module.SUMMARY
        cli.make_parser({name: module})


def test_of_the_others_nothing_is_loaded_for_a_command_that_is_asked_for_by_name() -> None:
    assert cli.find_commands(["serve"]).keys() == {"serve"}
    assert cli.find_commands(["--help"]).keys() == cli.find_commands().keys()


def test_a_mistake_is_told_in_one_line_with_exit_code_2(
    command: dict[str, Command], capsys: pytest.CaptureFixture[str]
) -> None:
    command["fail"] = failing(TrimtabError("policy.py:3: what is wrong\nand more; mend it"))
    assert cli.main(["fail"]) == 2
    assert capsys.readouterr() == ("", "trimtab: policy.py:3: what is wrong and more; mend it\n")


def test_a_disk_that_refuses_is_told_in_one_line(
    command: dict[str, Command], capsys: pytest.CaptureFixture[str]
) -> None:
    command["fail"] = failing(OSError(28, "No space left on device", "out/file"))
    assert cli.main(["fail"]) == 2
    told = "trimtab: out/file: No space left on device; check the path, its permissions and the disk's space\n"
    assert capsys.readouterr().err == told


def test_an_interrupted_command_says_nothing(command: dict[str, Command], capsys: pytest.CaptureFixture[str]) -> None:
    command["fail"] = failing(KeyboardInterrupt())
    assert cli.main(["fail"]) == 130
    assert capsys.readouterr() == ("", "")


def test_an_error_of_our_own_is_not_hidden(command: dict[str, Command]) -> None:
    command["fail"] = failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        cli.main(["fail"])


def test_the_exit_code_is_the_commands(command: dict[str, Command]) -> None:
    command["work"] = cast("Command", SimpleNamespace(SUMMARY="w", configure=lambda parser: None, run=lambda args: 7))
    assert cli.main(["work"]) == 7


@pytest.mark.parametrize("argv", [[], ["unknown"], ["build"]])
def test_wrong_arguments_are_told_with_exit_code_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(argv)
    assert raised.value.code == 2
    assert "usage: trimtab" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(["--version"])
    assert raised.value.code == 0
    assert capsys.readouterr().out.startswith("trimtab ")
