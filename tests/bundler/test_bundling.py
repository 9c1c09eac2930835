"""A script that has been made is filled with what differs from site to site, in the one place that it has for it."""

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.bundling import HOLE, Script

OWN = "page/config.js"


def test_what_fills_a_script_is_in_its_place_and_counted_where_it_belongs() -> None:
    filled = Script(b"let a=%s;run(a)" % HOLE, {OWN: HOLE, "page/tag.js": b"run(a)"}).filled("{b:'$&'}")
    assert filled == Script(b"let a={b:'$&'};run(a)", {OWN: b"{b:'$&'}", "page/tag.js": b"run(a)"})


@pytest.mark.parametrize("content", [b"run()", b"a=%s;b=%s" % (HOLE, HOLE), b"%s.run()" % HOLE])
def test_a_script_without_one_place_for_an_expression_is_not_filled(content: bytes) -> None:
    with pytest.raises(TrimtabError, match="no place for the site's configuration"):
        Script(content, {}).filled("{}")
