"""The story of an adjustment in plain sentences, told from the decision log: for people, never for programs.

"At 4.1 s you were taken for “skimmer”: reading story 612 wpm > 450 for 2.1 s. At 4.4 s short-summaries was shown. At
15.2 s it was taken back, because its rule no longer held."
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from trimtab.declared import Adjustment, Segment
from trimtab.values import Decision, Reason, SegmentChange, Verdict

CLAUSES: Final[dict[Reason, str]] = {
    Reason.RULE_HOLDS: "its rule held",
    Reason.RULE_ENDED: "its rule no longer held",
    Reason.REMEMBERED: "the page before had shown it",
    Reason.DEBOUNCE: "its rule had to hold for a moment first",
    Reason.COOLDOWN: "it had been taken back not long before",
    Reason.MINIMUM_SHOWING: "what is shown stays for a while",
    Reason.ADJUSTMENT_CAP: "it had been shown as often as the site allows in one visit",
    Reason.VISIT_CAP: "the page had been changed as often as the site allows in one visit",
    Reason.MINUTE_CAP: "the page had been changed as often as the site allows in one minute",
    Reason.CONFLICT: "another adjustment of its group was shown",
    Reason.JUST_ARRIVED: "you had only just arrived",
    Reason.TYPING: "you were typing",
    Reason.FOCUS_INSIDE: "you were at work in that place",
    Reason.UNDER_POINTER: "your pointer was on it",
    Reason.ONE_AT_A_TIME: "something else had changed a moment before",
    Reason.VISITOR_SAID_NO: "you had undone changes of this page before",
    Reason.WOULD_MOVE_LAYOUT: "it would have moved what you were looking at",
    Reason.NOTHING_TO_CHANGE: "there was nothing on the page to change",
    Reason.UNDONE_BY_VISITOR: "you undid it",
    Reason.UNDONE_BY_PAGE: "the page itself changed that place",
    Reason.NO_CONSENT_TO_ADAPT: "you have not permitted changes",
    Reason.HOLDOUT: "your device belongs to those that see the page unchanged, for comparison",
    Reason.OTHER_ARM: "your device was drawn into the part of an experiment that does not show it",
}
"""What each reason means, as the end of a sentence that begins with "because"."""
WITHHELD: Final = frozenset({Reason.NO_CONSENT_TO_ADAPT, Reason.HOLDOUT, Reason.OTHER_ARM})
HIDES: Final = frozenset({Reason.NOTHING_TO_CHANGE, *WITHHELD})


def explain(log: Iterable[Decision | SegmentChange], adjustment: Adjustment) -> str:
    """What happened to this adjustment in the visit, and why; sentences in the order of the log."""
    entries = [entry for entry in log if _concerns(entry, adjustment)]
    decided = any(isinstance(entry, Decision) for entry in entries)
    end = [] if decided else [f"So {adjustment.name} was not called for." if entries else _silence(adjustment)]
    return " ".join([*_sentences(entries, adjustment), *end])


def explain_visit(log: Sequence[Decision | SegmentChange], adjustments: Sequence[Adjustment]) -> Iterator[str]:
    """One paragraph for each adjustment, then one for the segments that lead to none."""
    told = {adjustment.when.name for adjustment in adjustments if isinstance(adjustment.when, Segment)}
    for adjustment in adjustments:
        yield explain(log, adjustment)
    rest = [tell_change(entry) for entry in log if isinstance(entry, SegmentChange) and entry.segment not in told]
    if rest:
        yield " ".join(rest)


def tell_change(change: SegmentChange) -> str:
    """One change of segment as a sentence."""
    turn = "taken" if change.entered else "no longer taken"
    return f"At {_clock(change.at_ms)} you were {turn} for “{change.segment.replace('_', ' ')}”: {change.because}."


def tell_decision(decision: Decision, name: str, *, shown: bool = False, before: bool = False) -> str:
    """One decision as a sentence about `name`; `shown`: it stands on the page at that moment, `before`: it once did."""
    at, clause, again = _clock(decision.at_ms), CLAUSES[decision.reason], " again" if before else ""
    until = f" until {_clock(decision.until_ms)}" if decision.until_ms is not None else ""
    match decision.verdict:
        case Verdict.ALLOWED:
            since = f" at once, because {clause}" if decision.reason is Reason.REMEMBERED else ""
            return f"At {at} {name} was shown{again}{since}."
        case Verdict.UNDONE:
            return f"At {at} {name} was taken back, because {clause}."
        case Verdict.REFUSED:
            return f"At {at} {name} was not shown{again}, because {clause}."
        case Verdict.DEFERRED:
            what = "still stood there" if before and not shown else "was put off"
            return f"At {at} {name} {what}, because {clause}."
        case Verdict.HELD if shown and decision.reason is not Reason.NOTHING_TO_CHANGE:
            return f"At {at} {name} was to go, but stayed{until}, because {clause}."
        case Verdict.HELD:
            return f"At {at} {name} had to wait{until}, because {clause}."


def _concerns(entry: Decision | SegmentChange, adjustment: Adjustment) -> bool:
    if isinstance(entry, Decision):
        return entry.adjustment == adjustment.index
    return isinstance(adjustment.when, Segment) and entry.segment == adjustment.when.name


def _sentences(entries: Iterable[Decision | SegmentChange], adjustment: Adjustment) -> Iterator[str]:
    """The entries in words: by its name where the sentence before was about something else, else "it"."""
    name, shown, before, withheld = adjustment.name, False, False, False
    for entry in entries:
        if isinstance(entry, SegmentChange):
            yield tell_change(entry)
            name = adjustment.name
            continue
        if withheld and entry.verdict is Verdict.HELD:
            continue  # how long it would have stayed, where it is shown
        sentence = tell_decision(entry, name, shown=shown, before=before)
        if entry.reason is Reason.RULE_HOLDS and not isinstance(adjustment.when, Segment):
            sentence = f"{sentence[:-1]}: {entry.because}."
        yield sentence
        withheld = entry.reason in WITHHELD
        shown = entry.verdict is Verdict.ALLOWED or (shown and entry.verdict in (Verdict.HELD, Verdict.DEFERRED))
        shown = shown and entry.reason not in HIDES
        before = before or shown
        name = "it"


def _silence(adjustment: Adjustment) -> str:
    if isinstance(adjustment.when, Segment):
        return f"{adjustment.name} was not called for: you were not taken for “{_spoken(adjustment.when)}”."
    return f"{adjustment.name} was not called for: its rule did not hold."


def _spoken(segment: Segment) -> str:
    return segment.name.replace("_", " ")


def _clock(t_ms: float) -> str:
    """A moment of the visit, in seconds up to two minutes, then in minutes and seconds."""
    tenths = round(t_ms / 100)
    if tenths < 1200:
        return f"{tenths // 10}.{tenths % 10} s"
    return f"{tenths // 600} min {tenths % 600 // 10} s"
