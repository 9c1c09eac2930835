"""Targeting conditions: a language in JSON, after MongoDB's queries, that GrowthBook's SDKs evaluate.

`evaluate_condition` gives what GrowthBook's JavaScript gives (tests compare the two). Read `evaluation.py` first; how
JavaScript converts, compares and matches is in the other files. Left out, and never compared:

- Names that every JavaScript object inherits (`constructor`, `toString`, `__proto__` …) in paths, ids of groups, and as
  whole patterns: JavaScript finds its own functions there. Here they are names like others.
- Attributes that are objects with a `toString` or `valueOf` of their own: JavaScript fails to convert them.
- Two patterns of which one is the other plus `/i`: its cache takes them for the same.
- A condition that has not the form of one, and patterns that Python cannot match alike (`reading.py`):
  `ConditionError`. JavaScript fails at some of the first, and reads something into others.
- Case of letters that came with Unicode 16 and later: Python 3.13 does not know them.
"""

from trimtab.experiments.conditions.errors import ConditionError
from trimtab.experiments.conditions.evaluation import evaluate_condition
from trimtab.experiments.conditions.groups import Groups
from trimtab.experiments.conditions.plain import Plain

__all__ = ["ConditionError", "Groups", "Plain", "evaluate_condition"]
