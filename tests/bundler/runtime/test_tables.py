"""The tables that a light runtime leaves out are those of codecs, and whoever else could read them is noticed."""

import codecs
from itertools import pairwise
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.runtime.sections import parse
from trimtab_bundler.runtime.statics import DATA, FUNCTIONS, Statics
from trimtab_bundler.runtime.tables import INIT, Tables, find_tables

CODECS = {"_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw"}
READER = "_codecs_iso2022"
HALF_A_MEGABYTE = 500_000


@pytest.fixture
def statics(pyodide: Path) -> Statics:
    return Statics(parse((pyodide / "pyodide.asm.wasm").read_bytes()))


def test_they_are_found_with_their_modules_and_none_is_found_twice(statics: Statics) -> None:
    found = find_tables(statics)
    assert {table.module for table in found if table.maps} == CODECS
    assert [table.module for table in found if not table.maps] == [READER]
    ranges = sorted(each for table in found for each in (*table.indices, *table.maps))
    assert all(end <= begin for (_, end), (begin, _) in pairwise(ranges))
    assert sum(end - begin for begin, end in ranges) > HALF_A_MEGABYTE


def test_a_map_holds_what_its_codec_says(statics: Statics) -> None:
    """KS X 1001, by row and column: where an index says that it is, Hangul is, as Python's own codec has it."""
    (korean,) = (table for table in find_tables(statics) if table.module == "_codecs_kr")
    ((begin, _),) = korean.indices
    first, last = 0x30, 0x21  # in EUC-KR each with 0x80 added: the first syllable
    wanted = ord(codecs.decode(bytes([first | 0x80, last | 0x80]), "euc_kr"))
    units = set()
    for index in range(begin, korean.indices[0][1], 2048):
        row = index + 8 * first
        map_, low = statics.pointer(row, DATA), statics.data[row + 4]
        if map_ is not None:
            units.add(int.from_bytes(statics.data[map_ + 2 * (last - low) :][:2], "little"))
    assert wanted in units


def test_data_that_point_into_one_from_elsewhere_are_noticed(statics: Statics) -> None:
    begin, _ = find_tables(statics)[0].maps[0]
    statics.pointers[8] = (DATA, begin)
    with pytest.raises(TrimtabError, match=f"data at 8 point into a table of codecs, at {begin}"):
        find_tables(statics)


@pytest.mark.parametrize("how", ["called", "named", "pointed to", "taken"])
def test_a_function_that_could_read_one_without_its_module_is_noticed(statics: Statics, how: str) -> None:
    table = find_tables(statics)[0]
    place = _reader(statics, table)
    other = statics.exported[f"{INIT}math"]
    slot = statics.table.index(place)
    if how == "called":
        statics.uses.callers[place].add(other)
    elif how == "named":
        statics.exported["reads"] = place
    elif how == "pointed to":
        statics.pointers[8] = (FUNCTIONS, slot)
    else:
        statics.uses.numbers[slot].add(other)
        statics.uses.takers.add(other)
    with pytest.raises(TrimtabError, match=f"function {place} may read a table of codecs"):
        find_tables(statics)


def _reader(statics: Statics, table: Tables) -> int:
    """A function that reads an index and is led to by a pointer that setting up hands out."""
    ((begin, end),) = table.indices
    users = {place for number in range(begin, end) for place in statics.uses.numbers.get(number, ())}
    pointed = {number for base, number in statics.pointers.values() if base == FUNCTIONS}
    return next(place for place in users if place in statics.table and statics.table.index(place) not in pointed)


def test_without_the_reader_of_all_it_is_another_pyodide(statics: Statics) -> None:
    del statics.exported[f"{INIT}{READER}"]
    with pytest.raises(TrimtabError, match=f"no {READER}; another Pyodide"):
        find_tables(statics)


def test_without_any_it_is_another_pyodide(statics: Statics) -> None:
    for name in [name for name in statics.exported if name.startswith(f"{INIT}_codecs_")]:
        del statics.exported[name]
    with pytest.raises(TrimtabError, match="another Pyodide"):
        find_tables(statics)
