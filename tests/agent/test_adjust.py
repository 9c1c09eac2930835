from collections.abc import Callable
from typing import Any

import pytest

from trimtab import adjust
from trimtab.adjust import Do
from trimtab.adjust.content import MAX_TEXT
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


@pytest.mark.parametrize("name", ["onclick", "formaction", "srcset", "ping", "hx-get", "x-data", "value", "xlink:href"])
def test_an_attribute_that_can_run_load_or_send_something_is_refused(name: str) -> None:
    with pytest.raises(
        PolicyError, match=r"load something or change what a form sends; use a class or another attr|src"
    ):
        adjust.attribute(name, "x")


@pytest.mark.parametrize("name", ["width", "height"])
def test_an_attribute_that_wipes_a_canvas_is_refused(name: str) -> None:
    with pytest.raises(PolicyError, match=rf"attribute: '{name}' would wipe a canvas; use adjust.style or adjust.size"):
        adjust.attribute(name, "300")


@pytest.mark.parametrize(
    ("name", "instead"),
    [("class", "add_class"), ("style", "style"), ("hidden", "hide or adjust.show"), ("src", "swap with a block")],
)
def test_what_has_a_kind_of_its_own_is_no_attribute(name: str, instead: str) -> None:
    with pytest.raises(PolicyError, match=rf"; use adjust\.{instead}"):
        adjust.attribute(name, "x")


@pytest.mark.parametrize("name", ["href", "cite", "longdesc"])
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


def test_shorthands_of_styles_are_written_out() -> None:
    assert adjust.style(margin="1em 2em 3em", gap="1rem").to_json()["style"] == {
        "margin-top": "1em",
        "margin-right": "2em",
        "margin-bottom": "3em",
        "margin-left": "2em",
        "row-gap": "1rem",
        "column-gap": "1rem",
    }
    corners = adjust.style(border_radius="1px 2px").to_json()["style"]
    assert [
        corners[f"border-{corner}-radius"] for corner in ("top-left", "top-right", "bottom-right", "bottom-left")
    ] == [*("1px", "2px", "1px", "2px")]


def mistake(make: Callable[..., Do], *values: Any, **named: Any) -> str:
    with pytest.raises(PolicyError) as caught:
        make(*values, **named)
    assert caught.value.file == "test_adjust.py"
    return str(caught.value).partition(": ")[2]


def test_every_mistake_says_what_and_how_to_mend_it() -> None:
    no_name = 'is no name for an event of your own; use two words or more such as "shop:compare", and not "trimtab:"'
    assert [
        mistake(adjust.style),
        mistake(adjust.style, position="fixed"),
        mistake(adjust.style, color="url(x)"),
        mistake(adjust.style, color=None),
        mistake(adjust.style, margin="1px 2px 3px 4px 5px"),
        mistake(adjust.style, padding="calc(1px + 1em)"),
        mistake(adjust.scale, 1),
        mistake(adjust.size, 9),
        mistake(adjust.enlarge, 0.9),
        mistake(adjust.scale, True),
        mistake(adjust.prompt, "a b"),
        mistake(adjust.move),
        mistake(adjust.move, "first", before=".x"),
        mistake(adjust.move, "up"),
        mistake(adjust.move, before=".x {"),
        mistake(adjust.level, "very easy"),
        mistake(adjust.pace, 0),
        mistake(adjust.pace, "8"),
        mistake(adjust.pace, 8, attribute="onclick"),
        mistake(adjust.event, "click"),
        mistake(adjust.event, "trimtab:level"),
        mistake(adjust.event, "shop:compare", {"undo": True}),
        mistake(adjust.event, "shop:compare", {"a": [1]}),
        mistake(adjust.event, "shop:compare", {"a": float("nan")}),
        mistake(adjust.event, "shop:compare", {"a": "x" * 201}),
        mistake(adjust.event, "shop:compare", {f"a{n}": 1 for n in range(21)}),
        mistake(adjust.attribute, "title", 7),
    ] == [
        'style: no property; give one such as style(font_size="1.2em")',
        "style: position is not on the list; use a class, and say it in your stylesheet",
        "style: color: 'url(x)' is no plain value; use lengths, colours and words",
        "style: color=None; give a text or a number",
        "style: margin='1px 2px 3px 4px 5px'; give 1 to 4 values, or each side by itself",
        "style: padding='calc(1px + 1em)'; give 1 to 4 values, or each side by itself",
        "scale: factor is 1; use a number from 0.5 to 3, but 1",
        "size: factor is 9; use a number from 0.5 to 3, but 1",
        "enlarge: factor is 0.9; use a number from 1 to 3, but 1",
        "scale: factor is True; use a number from 0.5 to 3, but 1",
        "prompt: variant 'a b' is not a plain word; use letters, digits, - and _",
        'move: needs one place; use move("first"), move("last") or move(before=".sibling")',
        'move: needs one place; use move("first"), move("last") or move(before=".sibling")',
        'move: \'up\' is no place; use "first" or "last", or before=".sibling"',
        "move: '.x {' is not a CSS selector; give one such as '.reviews'",
        "level: 'very easy' is not a plain word; use letters, digits, - and _, at most 48 signs",
        "pace: 0 seconds; use a number from 1 to 600",
        "pace: '8' seconds; use a number from 1 to 600",
        "pace: 'onclick' is no data attribute; name the one that your carousel reads",
        f"event: 'click' {no_name}",
        f"event: 'trimtab:level' {no_name}",
        "event: 'undo' in detail; use letters and digits, and not undo, which we send",
        "event: a=[1] in detail; use a number, or at most 200 characters",
        "event: a=nan in detail; use a number, or at most 200 characters",
        f"event: a={'x' * 201!r} in detail; use a number, or at most 200 characters",
        "event: 21 entries in detail; use at most 20",
        "attribute: title=7 is no text; put it in quotation marks, at most 2000 signs",
    ]


@pytest.mark.parametrize(
    ("one", "other", "fight"),
    [
        (adjust.swap("short"), adjust.prompt("help"), True),
        (adjust.text("a"), adjust.swap("short"), True),
        (adjust.show(), adjust.hide(), True),
        (adjust.style(margin="1em"), adjust.style(margin_top="2em"), True),
        (adjust.style(margin="1em"), adjust.style(padding="1em"), False),
        (adjust.level("easy"), adjust.attribute("data-level", "2"), True),
        (adjust.pace(8), adjust.attribute("data-bs-interval", "2"), True),
        (adjust.enlarge(2), adjust.style(width="50%"), True),
        (adjust.scale(2), adjust.size(2), False),
        (adjust.move("first"), adjust.move("last"), True),
        (adjust.add_class("a"), adjust.add_class("b"), False),
        (adjust.event("a:b"), adjust.event("a:c"), False),
        (adjust.hide(), adjust.text("a"), False),
    ],
)
def test_what_changes_the_same_thing_fights(one: Do, other: Do, fight: bool) -> None:
    assert one.same_thing(other) is other.same_thing(one) is fight
