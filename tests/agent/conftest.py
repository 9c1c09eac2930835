"""How the agent's property tests run: the same examples every time, and no clock looked at."""

import sys

from hypothesis import HealthCheck, settings

settings.register_profile(
    "trimtab",
    derandomize=True,  # a failure of today is a failure of tomorrow
    database=None,
    deadline=None,  # the same tests run in Pyodide, several times slower
    max_examples=20 if sys.platform == "emscripten" else 60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("trimtab")
