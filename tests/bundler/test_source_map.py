from trimtab_bundler.source_map import split_by_source

MAP = {"sources": ["a.js", "b.js"], "mappings": "AAAA,ICAA,C;ADAA"}


def test_each_piece_is_its_modules_columns_count_the_units_of_utf_16() -> None:
    assert split_by_source("ab😀c;\nd", MAP) == {"a.js": "ab😀d", "b.js": "c", "": ";\n"}


def test_a_column_may_be_far_away_and_a_line_without_a_mapping_is_nobodys() -> None:
    text = "x" * 40 + "y\n//"
    assert split_by_source(text, {"sources": ["a.js"], "mappings": "wCAAA"}) == {"": "x" * 40 + "//", "a.js": "y\n"}
