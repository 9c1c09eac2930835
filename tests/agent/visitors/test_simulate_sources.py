"""The numbers of simulated visitors are distributions, and each says where it is from."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from trimtab import visitors
from trimtab.visitors import draws

FOLDER: Final = Path(visitors.__file__).parent
FILES: Final = [*sorted(FOLDER.glob("people/[a-z]*.py")), *sorted(FOLDER.glob("hands/[a-z]*.py")), FOLDER / "scene.py"]
SOURCE: Final = re.compile(r"\b[Oo]urs\b|\b(18|19|20)\d\d\b|\bdocumentation\b")
"""Somebody's year, somebody's documentation, or the word that nobody else is behind it."""


def constants(path: Path) -> Iterator[tuple[str, ast.expr, str]]:
    """Name, value and documentation of each constant: the text that follows it and its neighbours, or the file's."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    whole = ast.get_docstring(module) or ""
    waiting: list[ast.AnnAssign] = []
    for node in [*module.body, ast.Pass()]:
        if isinstance(node, ast.AnnAssign):
            waiting.append(node)
            continue
        told = node.value.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else None
        for constant in waiting:
            assert isinstance(constant.target, ast.Name)
            assert constant.value
            yield constant.target.id, constant.value, told if isinstance(told, str) else whole
        waiting = []


def bare(value: ast.expr) -> float | None:
    """The number, if it is a plain one."""
    plain = isinstance(value, ast.Constant) and isinstance(value.value, int | float)
    return float(ast.literal_eval(value)) if plain else None


def is_drawn(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and hasattr(draws, value.func.id)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_has_a_source_or_says_that_it_is_ours(path: Path) -> None:
    for name, value, told in constants(path):
        if bare(value) is not None or is_drawn(value):
            assert SOURCE.search(told), f"{path.name}: {name}: say who measured it, or that it is ours"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("people/[a-z]*.py")), ids=lambda path: path.stem)
def test_what_people_do_is_drawn_and_only_the_chance_of_a_visit_is_a_number(path: Path) -> None:
    for name, value, _ in constants(path):
        number = bare(value)
        assert number is None or 0 < number < 1, f"{path.name}: {name}: make it a distribution"
