"""The runtimes that a pack can have, by their names in trimtab.toml. What is proved of one is proved of all."""

from typing import Final

import pytest

STOCK: Final = "stock"
PROFILED: Final = "profiled"
LEAN: Final = "lean"
LIGHT: Final = (PROFILED, LEAN)
"""Woken, not started, the lightest first; where one fails, the next goes on, and stock at last."""
RUNTIMES: Final = (STOCK, *LIGHT)
TRIED: Final = (pytest.param(PROFILED, marks=pytest.mark.proof), LEAN)
"""The light ones where `make test` tries the default alone."""
