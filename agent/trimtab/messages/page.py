"""What the page is told of decisions, and what it says of consent: plain JSON."""

from collections.abc import Mapping, Sequence
from typing import Any

from trimtab.values import Consent, Decision, SegmentChange


def log_entry(entry: Decision | SegmentChange, adjustments: Sequence[str]) -> dict[str, Any]:
    """One line of the decision log as plain JSON: what replay prints and `trimtab.log()` shows."""
    if isinstance(entry, SegmentChange):
        return {
            "t_ms": entry.at_ms,
            "segment": entry.segment,
            "entered": entry.entered,
            "because": entry.because,
            "strength": round(entry.strength, 6),
        }
    line: dict[str, Any] = {
        "t_ms": entry.at_ms,
        "adjustment": adjustments[entry.adjustment],
        "decision": entry.verdict.value,
        "reason": entry.reason.value,
    }
    if entry.until_ms is not None:
        line["until_ms"] = entry.until_ms
    if entry.because:
        line["because"] = entry.because
        line["strength"] = round(entry.strength, 6)
    return line


def read_consent(data: Mapping[str, Any]) -> Consent:
    """What the page says of consent. Only a plain `true` grants anything."""
    return Consent(*(data.get(capability) is True for capability in ("observe", "adapt", "remember", "share")))
