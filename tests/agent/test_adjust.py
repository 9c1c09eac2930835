from collections.abc import Callable

import pytest

from trimtab import adjust
from trimtab.adjust import FORBIDDEN_ATTRIBUTES, MAX_TEXT, Do
from trimtab.errors import PolicyError


@pytest.mark.parametrize(
    ("do", "data"),
    [
        (adjust.swap("short"), {"kind": "swap", "variant": "short"}),
        (adjust.add_class("roomy"), {"kind": "class", "name": "roomy"}),
        (adjust.add_class("md:text-lg"), {"kind": "class", "name": "md:text-lg"}),
        (adjust.attribute("open"), {"kind": "attribute", "name": "open", "value": ""}),
        (adjust.attribute("href", "/offer"), {"kind": "attribute", "name": "href", "value": "/offer"}),
        (adjust.text("Buy <now>"), {"kind": "text", "text": "Buy <now>"}),
    ],
)
def test_an_adjustment_is_data_that_the_page_obeys(do: Do, data: dict[str, str]) -> None:
    assert do.to_json() == data


@pytest.mark.parametrize("variant", ["", "a b", "<b>", 'x"]', "ä"])
def test_a_variant_is_a_plain_word(variant: str) -> None:
    with pytest.raises(PolicyError, match=r"swap: variant .* is not a plain word; use letters"):
        adjust.swap(variant)


@pytest.mark.parametrize("name", ["", "a b", "2x", ".big", "a{"])
def test_a_class_is_one_name(name: str) -> None:
    with pytest.raises(PolicyError, match=r"add_class: .* is not one class name; give one name without spaces"):
        adjust.add_class(name)


@pytest.mark.parametrize("name", ["", "Open", "a b", "a=b", "a>"])
def test_an_attribute_has_a_name_of_html(name: str) -> None:
    with pytest.raises(PolicyError, match=r"attribute: .* is not an attribute name; use lower-case letters"):
        adjust.attribute(name)


@pytest.mark.parametrize("name", ["onclick", "onload", "onfocus", *sorted(FORBIDDEN_ATTRIBUTES)])
def test_an_attribute_that_can_run_script_or_redirect_a_form_is_refused(name: str) -> None:
    with pytest.raises(PolicyError, match="can run script or redirect a form; use a class or another attribute"):
        adjust.attribute(name, "x")


@pytest.mark.parametrize("name", ["href", "src", "xlink:href", "data", "poster"])
@pytest.mark.parametrize("value", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "vbscript:x", ""])
def test_an_address_that_is_no_web_address_is_refused(name: str, value: str) -> None:
    with pytest.raises(PolicyError, match="is not a plain web address; use https:, mailto:, tel: or a path"):
        adjust.attribute(name, value)


@pytest.mark.parametrize(
    "value", ["https://example.org/", "/a", "?page=2", "#top", "./a", "../a", "a/b", "mailto:a@b.c", "tel:+1", "a"]
)
def test_a_web_address_or_a_path_is_permitted(value: str) -> None:
    assert adjust.attribute("href", value).to_json()["value"] == value


@pytest.mark.parametrize("words", ["", "  \n", "x" * (MAX_TEXT + 1)])
def test_a_text_is_neither_blank_nor_endless(words: str) -> None:
    with pytest.raises(PolicyError, match=rf"text: {len(words)} characters; use 1 to 2000 that are not all blank"):
        adjust.text(words)


@pytest.mark.parametrize("make", [adjust.swap, adjust.add_class, adjust.attribute])
def test_a_mistake_names_the_line_that_made_it(make: Callable[[str], Do]) -> None:
    with pytest.raises(PolicyError) as caught:
        make("?")
    assert caught.value.file == "test_adjust.py"


def test_a_text_is_written_out() -> None:
    with pytest.raises(PolicyError, match=r"text: 7 is no text; put it in quotation marks"):
        adjust.text(7)  # type: ignore[arg-type]  # what a site owner may write
