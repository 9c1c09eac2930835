"""A site as the tests write it: its folder with a policy and a trimtab.toml, and the pages beside its pack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def lean_toml(name: str) -> str:
    """The trimtab.toml of a test's site, with a runtime that is soon made, whatever the default is."""
    return f'[site]\nname = "{name}"\nruntime = "lean"\n'


def write_site(folder: Path, policy: str, toml: str) -> Path:
    """Writes policy.py and trimtab.toml into the folder, which is made if it is not there, and gives it back."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.py").write_text(policy, encoding="utf-8")
    (folder / "trimtab.toml").write_text(toml, encoding="utf-8")
    return folder


def write_pages(folder: Path, pages: Mapping[str, str]) -> Path:
    """Writes each page by its name into the folder, which is made if it is not there, and gives it back."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, html in pages.items():
        (folder / name).write_text(html, encoding="utf-8")
    return folder
