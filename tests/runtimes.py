"""The runtimes that a pack can have, by their names in trimtab.toml. What is proved of one is proved of all."""

from typing import Final

STOCK: Final = "stock"
LIGHT: Final = ("lean",)
"""Woken, not started, the lightest first; where one fails, the next goes on, and stock at last."""
RUNTIMES: Final = (STOCK, *LIGHT)
