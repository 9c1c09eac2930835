"""Lines of everyday as a suite: everyday.txt, a unit each, compiled and in the memory as a policy's are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.python.packing import Packer, Suite
from trimtab_bundler.imports import read_imports
from trimtab_bundler.wheels import core_wheel

HERE: Final = Path(__file__).parent
RUNNER: Final = "line_by_line"


def read_lines() -> list[str]:
    """Expressions; what they speak of is in everyday.py."""
    lines = (HERE / "everyday.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def everyday_suite(packer: Packer) -> Suite:
    """All of them."""
    sources = {name: (HERE / name).read_bytes() for name in ("everyday.py", f"{RUNNER}.py")}
    calls = "".join(f"    {line!r}: lambda: ({line}),\n" for line in read_lines())
    sources["written.py"] = f"from everyday import *\nLINES = {{\n{calls}}}\n".encode()
    wheels = [core_wheel(packer.compiler), packer.wheel("lines", sources)]
    return Suite(wheels, read_imports(sources["everyday.py"]), RUNNER)
