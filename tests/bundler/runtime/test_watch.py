"""A watched function tells that it was entered, in a memory of its own."""

import pytest

from trimtab_bundler.npm import run_node
from trimtab_bundler.runtime.sections import External, Kind, Section, emit, leb128
from trimtab_bundler.runtime.watch import signed_leb128, watch_entries

MANY = 200
SCRIPT = """
const module = new WebAssembly.Module(Buffer.from(process.argv[1], "hex"));
const entered = new WebAssembly.Memory({ initial: 1 });
const memory = new WebAssembly.Memory({ initial: 1 });
const { exports } = new WebAssembly.Instance(module, { env: { memory }, watch: { entered } });
for (const number of [3, 150]) exports[number](7n);
const told = [...new Uint8Array(entered.buffer).entries()].filter(([, byte]) => byte).map(([number]) => number);
process.stdout.write(JSON.stringify([told, new Uint8Array(memory.buffer).some(Boolean)]));
"""


def named(text: str) -> bytes:
    return leb128(len(text)) + text.encode()


def module() -> list[Section]:
    """Many functions of one argument, with locals of two types, each exported under its number."""
    body = b"\2\1\x7f\2\x7c\x0b"
    functions = leb128(MANY) + MANY * (leb128(len(body)) + body)
    names = b"".join(named(str(number)) + bytes([External.FUNCTION]) + leb128(number) for number in range(MANY))
    return [
        Section(1, b"\1\x60\1\x7e\0"),
        Section(Kind.IMPORT, b"\1" + named("env") + named("memory") + bytes([External.MEMORY, 0, 1])),
        Section(Kind.FUNCTION, leb128(MANY) + MANY * b"\0"),
        Section(Kind.EXPORT, leb128(MANY) + names),
        Section(Kind.CODE, functions),
    ]


@pytest.mark.parametrize(("number", "written"), [(0, "00"), (63, "3f"), (64, "c000"), (8191, "ff3f"), (8192, "80c000")])
def test_a_number_that_could_be_negative_keeps_its_sign(number: int, written: str) -> None:
    assert signed_leb128(number).hex() == written


def test_those_that_were_entered_are_told_and_the_first_memory_stays_as_it_is() -> None:
    ended = run_node(["-e", SCRIPT, emit(watch_entries(module())).hex()], timeout_s=60)
    assert (ended.stdout, ended.stderr) == ("[[3,150],false]", "")
