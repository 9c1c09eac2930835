"""The runtimes that a pack can have, by their names in trimtab.toml. What is proved of one is proved of all."""

from typing import Final

import pytest

STOCK: Final = "stock"
PROFILED: Final = "profiled"
LEAN: Final = "lean"
LIGHT: Final = (PROFILED, LEAN)
"""Woken, not started, the lightest first; where one fails, the next goes on, and stock at last."""
RUNTIMES: Final = (STOCK, *LIGHT)
TRIED: Final = (PROFILED, pytest.param(LEAN, marks=pytest.mark.proof))
"""The light ones where `make test` tries the default alone."""
