"""The setup finds a Python that works, says what fails, and does nothing twice."""

from __future__ import annotations

import os
import pwd
import select
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap


def fake(path: Path, script: str) -> Path:
    """An executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any Python of the wanted version: its root, with bin on PATH and pyenv in pyenv."""

    def no_home(uid: int) -> None:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", no_home)
    monkeypatch.setattr(sys, "executable", str(fake(tmp_path / "old" / "python3", "echo 3.11")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    return tmp_path


def test_a_shim_that_fails_is_passed_over_for_the_newest_version_of_pyenv(machine: Path) -> None:
    fake(machine / "bin" / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    fake(machine / "pyenv" / "versions" / "3.13.9" / "bin" / "python3.13", "echo 3.13")
    newest = fake(machine / "pyenv" / "versions" / "3.13.10" / "bin" / "python3.13", "echo 3.13")
    fake(machine / "pyenv" / "versions" / "3.14.1" / "bin" / "python3.14", "echo 3.14")
    assert bootstrap.find_python() == newest


def test_the_python_on_the_path_comes_before_those_of_pyenv(machine: Path) -> None:
    fake(machine / "pyenv" / "versions" / "3.13.9" / "bin" / "python3.13", "echo 3.13")
    on_path = fake(machine / "bin" / "python3.13", "echo 3.13")
    assert bootstrap.find_python() == on_path


def test_without_a_python_that_works_uv_has_to_fetch_one(machine: Path) -> None:
    fake(machine / "bin" / "python3.13", "exit 1")
    assert bootstrap.find_python() is None


def test_uv_and_npm_are_told_what_pip_is_configured_for(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        monkeypatch.delenv(name, raising=False)
    fake(
        machine / "old" / "python3",
        "echo \":env:.index-url='https://first.example/simple'\"\n"
        "echo \"global.cert='/etc/certificates.pem'\"\n"
        "echo \"global.index-url='https://second.example/simple'\"",
    )
    assert bootstrap.network() == {
        "UV_DEFAULT_INDEX": "https://first.example/simple",
        "SSL_CERT_FILE": "/etc/certificates.pem",
        "NODE_EXTRA_CA_CERTS": "/etc/certificates.pem",
    }


def test_what_uv_was_told_already_stays(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    fake(machine / "old" / "python3", "echo \"global.index-url='https://second.example/simple'\"")
    assert bootstrap.network() == {}


def test_a_step_that_fails_shows_its_output_and_how_to_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(bootstrap.SetupError, match=r"^counting: failed with exit code 3; count again$"):
        bootstrap.run("counting", "sh", "-c", "echo one two; exit 3", mend="count again")
    assert capsys.readouterr() == ("setup: counting\n", "one two\n")


def test_a_step_past_its_time_ends_with_its_children(tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    grandchild = f"sh -c 'echo up; exec sleep 600' > {pipe}"
    code, _ = bootstrap.follow("waiting", ["sh", "-c", f"{grandchild}; true"], timeout_s=1)
    assert code < 0
    assert os.read(reading, 10) == b"up\n"
    assert select.select([reading], [], [], 5)[0] == [reading]
    assert os.read(reading, 10) == b""  # the end: nobody holds the other side any more
    os.close(reading)


def test_an_unknown_part_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["brwoser"]) == 1
    assert capsys.readouterr().err == "setup: unknown part 'brwoser'; use js or browser or engines\n"


def test_a_second_run_has_nothing_to_do() -> None:
    command = [sys.executable, "bootstrap.py", "js", "browser"]
    result = subprocess.run(command, cwd=bootstrap.ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
