"""What the scripts on other people's pages may touch, and in which file: the rules that can be seen in the text."""

import re
from pathlib import Path
from typing import Final

import pytest

BROWSER: Final = Path(__file__).parents[2] / "agent" / "trimtab" / "browser"
COMMENT: Final = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
SOURCES: Final = {
    str(path.relative_to(BROWSER)): COMMENT.sub("", path.read_text(encoding="utf-8"))
    for path in sorted(BROWSER.rglob("*.js"))
}


def files_with(pattern: str) -> set[str]:
    """The scripts whose code, comments aside, holds this."""
    return {name for name, code in SOURCES.items() if re.search(pattern, code)}


@pytest.mark.parametrize(
    ("pattern", "where"),
    [
        (r"\bfetch(Later)?\(|\bself\.fetch\b", {"page/post.js", "worker/pack.js"}),
        (r"\bsendBeacon\b|new (XMLHttpRequest|WebSocket|EventSource|Image|WebTransport)\b", set()),
        (r"\b(local|session)Storage\b", {"page/storage.js", "page/head.js"}),
        (r"\b(indexedDB|cookie|cookieStore|caches)\b", set()),
        (r"\bnew (Shared)?Worker\(", {"page/spawn.js"}),
        (r"\bimport\(", {"page/coming.js", "page/tag.js", "page/visit.js", "worker/lean.js", "worker/python.js"}),
        (r"\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|document\.write|eval|Function)\b", set()),
        (r"\b(unload|beforeunload)\b", set()),
        (r"\bconsole\b", {"worker/quiet.js"}),
        (r"\bMath\.random\b", set()),
    ],
)
def test_only_these_files_touch(pattern: str, where: set[str]) -> None:
    assert files_with(pattern) == where


def test_no_tap_reads_what_was_typed() -> None:
    read = r"\.(key|code|keyCode|charCode|which|data|value)\b|\b(key|code|data|value)\s*[,}][^;]*=>"
    assert {name for name in files_with(read) if "/taps/" in name} == set()


def test_every_listener_is_passive_and_ends_with_its_scope() -> None:
    others = ("panel/", "bindings/")  # what these listen to goes with their elements
    own = {"page/adjust/prompt.js"}  # likewise
    assert {name for name in files_with(r"\baddEventListener\(") if not name.startswith(others)} == {
        "page/draw/paying.js",  # in no scope, because a day stays paid for after a denial too: pagehide, once
        "page/head.js",  # in no scope, because it comes before the tag: DOMContentLoaded, once
        "page/scope.js",
        "page/spawn.js",
        "worker.js",
    } | own
    assert all("passive: true" in SOURCES[name] for name in {"page/scope.js"} | own)


def test_nothing_of_the_page_knows_the_worker_and_nothing_of_the_worker_the_page() -> None:
    imports = re.compile(r'^import .* from "(.+)";', re.MULTILINE)
    for name, code in SOURCES.items():
        folder = name.split("/")[0] if "/" in name else ""
        for target in imports.findall(code):
            reached = (BROWSER / name).parent.joinpath(target).resolve().relative_to(BROWSER)
            assert not folder or reached.parts[0] == folder, f"{name} imports {target}"
