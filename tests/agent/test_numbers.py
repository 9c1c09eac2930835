"""agent/NUMBERS.md says the numbers that the code has."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import trimtab
from trimtab.declared import Duration

NUMBERS = Path(__file__).parents[2] / "agent" / "NUMBERS.md"
ROWS = re.findall(r"^\| `([a-z_.]+)\.([A-Z_]+)` \| ([\d.e]+) \|", NUMBERS.read_text(encoding="utf-8"), re.MULTILINE)
STATED = ("signals.", "governor.", "timeline")
EXACT = {"signals.powers.LN_2", "signals.powers.TERMS", "signals.smoothing.NOTHING", "governor.MINUTE_MS"}
"""Mathematics and units, not choices."""


def value_of(module: str, name: str) -> float:
    value = getattr(importlib.import_module(f"trimtab.{module}"), name)
    return float(value.ms if isinstance(value, Duration) else value)


@pytest.mark.parametrize(("module", "name", "stated"), ROWS, ids=[f"{module}.{name}" for module, name, _ in ROWS])
def test_a_number_is_stated_as_it_is(module: str, name: str, stated: str) -> None:
    assert value_of(module, name) == float(stated)


def test_every_number_of_signals_and_governor_is_stated() -> None:
    names = [module.name for module in pkgutil.walk_packages(trimtab.__path__, "trimtab.")]
    modules = [name.removeprefix("trimtab.") for name in names if name.removeprefix("trimtab.").startswith(STATED)]
    own = {
        f"{module}.{name}"
        for module in [*modules, "governor"]
        for name in re.findall(
            r"^([A-Z_0-9]+): Final = [\d.]",
            Path(importlib.import_module(f"trimtab.{module}").__file__ or "").read_text(),
            re.MULTILINE,
        )
    }

    assert own - EXACT == {
        f"{module}.{name}" for module, name, _ in ROWS if module.startswith(("signals", "governor", "timeline"))
    }
