"""How the readers of trimtab.toml's tables say what is wrong there; `site` knows the lines."""

from collections.abc import Callable
from typing import NoReturn

type Mistake = Callable[[tuple[str, ...], str, str], NoReturn]
"""Raises TrimtabError: where (a table, a key in it, a key in that), what, how to mend."""
