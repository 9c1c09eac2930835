import base64
import hashlib
import json
from typing import Any

import pytest
from jinja2 import UndefinedError

from trimtab_bundler.npm import run_node
from trimtab_bundler.rendering import ENVIRONMENT, render_config, render_csp, render_snippet


@pytest.mark.parametrize(
    ("config", "rendered"),
    [
        ({"site": "news", "a-b": None, "9": []}, '{site:"news","a-b":null,"9":[]}'),
        ([True, False, 0, -1.5, ("one", "two")], '[!0,!1,0,-1.5,["one","two"]]'),
        ('[name="a"]', "'[name=\"a\"]'"),
    ],
)
def test_a_configuration_is_rendered_in_few_letters(config: Any, rendered: str) -> None:
    assert render_config(config) == rendered


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'",
        '"',
        "'\"",
        "\\",
        '\\"',
        "\\'\"",
        "</script>",
        '"</script>',
        "a\nb\tc",
        "\u2028",
        "ünï",
        "\x00",
        "${x}",
        "\ud800",
        "😀",
        "__proto__",
    ],
)
def test_any_text_is_the_same_in_javascript_and_ends_no_script(text: str) -> None:
    rendered = render_config({text: [text]})
    assert "</script" not in rendered
    rendered.encode()  # as a file has it
    told = run_node(["-p", f"JSON.stringify({rendered})"], timeout_s=60).stdout
    assert json.loads(told) == {text: [text]}


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="nan"):
        render_config([float("nan")])
    with pytest.raises(TypeError):
        render_config({"a": object()})


def test_a_snippet_is_two_lines() -> None:
    assert render_snippet("news/trimtab.js").splitlines() == [
        "<script>window.trimtab ??= { early: [] }</script>",
        '<script async src="news/trimtab.js"></script>',
    ]


def test_a_pinned_snippet_has_a_hash_and_cors() -> None:
    line = render_snippet("https://cdn.example.org/tag.1.js", "sha256-abc+/=").splitlines()[1]
    assert line == (
        '<script async src="https://cdn.example.org/tag.1.js" '
        'integrity="sha256-abc+/=" crossorigin="anonymous"></script>'
    )


def test_an_address_cannot_break_out_of_the_snippet() -> None:
    assert 'src="&#34;&gt;&lt;b&gt;"' in render_snippet('"><b>')


def test_a_policy_permits_the_inline_line_by_its_hash() -> None:
    early = render_snippet("x.js").splitlines()[0].removeprefix("<script>").removesuffix("</script>")
    digest = base64.b64encode(hashlib.sha256(early.encode()).digest()).decode()
    assert render_csp("") == (
        f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'; worker-src 'self'; connect-src 'self'"
    )


def test_a_name_that_a_template_does_not_get_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        ENVIRONMENT.get_template("snippet.html.j2").render()
