import base64
import hashlib
import io
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.utils import parse_wheel_filename

from trimtab_bundler.bytecode import Compiler
from trimtab_bundler.wheels import Wheel, core_wheel, msgpack_wheel, policy_wheel


@pytest.fixture(params=["core", "msgpack", "policy"])
def wheel(request: pytest.FixtureRequest, compiler: Compiler, tmp_path: Path) -> Wheel:
    (tmp_path / "policy.py").write_text("X = 1\n")
    if request.param == "policy":
        return policy_wheel(tmp_path / "policy.py", compiler)
    return core_wheel(compiler) if request.param == "core" else msgpack_wheel(compiler)


def contents(wheel: Wheel) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_wheels_record_lists_every_file_with_its_hash(wheel: Wheel) -> None:
    files = contents(wheel)
    record = next(name for name in files if name.endswith(".dist-info/RECORD"))
    lines = [line.split(",") for line in files[record].decode().splitlines()]
    assert [line[0] for line in lines] == list(files)
    for name, digest, size in lines:
        if name != record:
            expected = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
            assert (digest, size) == (f"sha256={expected}", str(len(files[name])))


def test_a_wheel_says_what_it_is_and_for_which_python(wheel: Wheel) -> None:
    files = contents(wheel)
    info = next(name for name in files if name.endswith("/WHEEL")).rpartition("/")[0]
    name, number, _, _ = parse_wheel_filename(f"{info.removesuffix('.dist-info')}-cp313-none-any.whl")
    assert f"Name: {name}\nVersion: {number}\n" in files[f"{info}/METADATA"].decode()
    assert "Tag: cp313-none-any\n" in files[f"{info}/WHEEL"].decode()


def test_a_wheel_holds_byte_code_and_no_source(wheel: Wheel) -> None:
    endings = {Path(name).suffix for name in contents(wheel) if ".dist-info/" not in name}
    assert endings == {".pyc"}


def test_the_core_has_the_agent_without_what_is_for_people_off_the_device(compiler: Compiler) -> None:
    names = contents(core_wheel(compiler)).keys()
    assert {"trimtab/__init__.pyc", "trimtab/pipeline.pyc", "trimtab/browser/entry.pyc"} <= names
    assert not [name for name in names if "visitors" in name or name.endswith(".js")]
    assert not {"trimtab/loading.pyc", "trimtab/probing.pyc"} & names


def test_msgpack_is_the_installed_one_in_pure_python(compiler: Compiler) -> None:
    names = contents(msgpack_wheel(compiler)).keys()
    assert {"msgpack/fallback.pyc", f"msgpack-{version('msgpack')}.dist-info/RECORD"} <= names


def test_a_policy_has_one_name_whatever_its_file_is_called(compiler: Compiler, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("X = 1\n")
    assert "trimtab_policy.pyc" in contents(policy_wheel(tmp_path / "mine.py", compiler))
