"""What a page may call is the same in the script, in its types and in the table."""

import re
from pathlib import Path
from typing import Final

BROWSER: Final = Path(__file__).parents[2] / "agent" / "trimtab" / "browser"
PREVIEW: Final = {"force"}
"""What tag.js adds in previews alone."""


def typed() -> set[str]:
    (body,) = re.findall(r"^export interface Trimtab \{\n(.*?)^\}", text("trimtab.d.ts"), re.MULTILINE | re.DOTALL)
    return set(re.findall(r"^  (?:readonly )?(\w+)\??[(:]", body, re.MULTILINE))


def text(name: str) -> str:
    return (BROWSER / name).read_text(encoding="utf-8")


def test_the_types_name_what_the_script_has() -> None:
    (made,) = re.findall(r"^  return \{\n(.*?)^  \};", text("page/api.js"), re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"^    (\w+)[:,]", made, re.MULTILINE)) | PREVIEW == typed()
    assert re.findall(r"TRIMTAB_PREVIEW && \{\s+(\w+):", text("page/tag.js")) == sorted(PREVIEW)


def test_the_table_names_what_the_types_have() -> None:
    (section,) = re.findall(r"^## For the page\n(.*?)^\| in the HTML", text("README.md"), re.MULTILINE | re.DOTALL)
    cells = " ".join(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    assert set(re.findall(r"`(\w+)", cells)) == typed()


def test_the_readme_names_every_event_that_the_types_have() -> None:
    assert set(re.findall(r'"(trimtab:\w+)"', text("trimtab.d.ts"))) == set(
        re.findall(r"`(trimtab:\w+)`", text("README.md"))
    )


def test_the_readme_names_every_attribute_that_a_script_reads() -> None:
    scripts = " ".join(path.read_text(encoding="utf-8") for path in sorted((BROWSER / "page").rglob("*.js")))
    told = set(re.findall(r"(data-trimtab-[a-z]+)=", scripts)) | {"data-trimtab-target"}
    assert told <= set(re.findall(r"(data-trimtab-[a-z]+)=", text("README.md")))
