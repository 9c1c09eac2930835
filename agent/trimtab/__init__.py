"""trimtab: pages that adapt in small ways to the person reading, decided on that person's own device.

This module is the vocabulary of a policy author. For the inside, read in this order: `values` (what travels),
`policy` (what a site declares), `pipeline` (the flow, one line a stage), then the stage that you care about.
"""

from trimtab import adjust
from trimtab.declared import Tunable, exponential_average, hampel, minutes, moving_average, seconds, windowed_median
from trimtab.errors import PolicyError, ReportError, TraceError, TrimtabError
from trimtab.policy import Policy
from trimtab.scales import Number
from trimtab.visitor import Outcome, Visitor

__all__ = [
    "Number",
    "Outcome",
    "Policy",
    "PolicyError",
    "ReportError",
    "TraceError",
    "TrimtabError",
    "Tunable",
    "Visitor",
    "adjust",
    "exponential_average",
    "hampel",
    "minutes",
    "moving_average",
    "seconds",
    "windowed_median",
]
