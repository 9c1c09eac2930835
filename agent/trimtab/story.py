"""The story of an adjustment in plain sentences, told from the decision log: for people, never for programs.

The sentences are data (`WORDS`), so that a page can tell the same story in another language.

"At 4.1 s you were taken for “skimmer”: reading story 612 wpm > 450 for 2.1 s. At 4.4 s short-summaries was shown. At
15.2 s it was taken back, because its rule no longer held."
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    Reason.TO_HYDRATE: "the page was not ready with that place",
    Reason.NOTHING_TO_CHANGE: "there was nothing on the page to change",
    Reason.UNDONE_BY_VISITOR: "you undid it",
    Reason.UNDONE_BY_PAGE: "the page itself changed that place",
    Reason.UNDONE_BY_SHIFT: "it moved what you were looking at",
    Reason.NO_CONSENT_TO_ADAPT: "you have not permitted changes",
    Reason.HOLDOUT: "your device belongs to those that see the page unchanged, for comparison",
    Reason.OTHER_ARM: "your device was drawn into the part of an experiment that does not show it",
}
"""What each reason means, as the end of a sentence that begins with "because"."""
WORDS: Final[Mapping[str, str]] = {str(reason): clause for reason, clause in CLAUSES.items()} | {
    "point": ".",
    "seconds": "{s} s",
    "minutes": "{m} min {s} s",
    "it": "it",
    "entered": "At {at} you were taken for “{segment}”: {because}.",
    "left": "At {at} you were no longer taken for “{segment}”: {because}.",
    "shown": "At {at} {name} was shown.",
    "shown-again": "At {at} {name} was shown again.",
    "shown-at-once": "At {at} {name} was shown at once, because {clause}.",
    "taken-back": "At {at} {name} was taken back, because {clause}.",
    "not-shown": "At {at} {name} was not shown, because {clause}.",
    "not-shown-again": "At {at} {name} was not shown again, because {clause}.",
    "put-off": "At {at} {name} was put off, because {clause}.",
    "still-stood": "At {at} {name} still stood there, because {clause}.",
    "stayed": "At {at} {name} was to go, but stayed, because {clause}.",
    "stayed-until": "At {at} {name} was to go, but stayed until {until}, because {clause}.",
    "waited": "At {at} {name} had to wait, because {clause}.",
    "waited-until": "At {at} {name} had to wait until {until}, because {clause}.",
    "not-called-for": "So {name} was not called for.",
    "no-segment": "{name} was not called for: you were not taken for “{segment}”.",
    "no-rule": "{name} was not called for: its rule did not hold.",
    "earlier": "(And {count} earlier entries, which are not kept.)",
}
"""The sentences and their parts. Other words for some of them may be given, and "name:X" for what X is called."""
WITHHELD: Final = frozenset({Reason.NO_CONSENT_TO_ADAPT, Reason.HOLDOUT, Reason.OTHER_ARM})
HIDES: Final = frozenset({Reason.NOTHING_TO_CHANGE, *WITHHELD})

type Words = Mapping[str, str]


def explain(log: Iterable[Decision | SegmentChange], adjustment: Adjustment, words: Words = WORDS) -> str:
    """What happened to this adjustment in the visit, and why; sentences in the order of the log."""
    entries = [entry for entry in log if _concerns(entry, adjustment)]
    decided = any(isinstance(entry, Decision) for entry in entries)
    end = [] if decided else [_silence(adjustment, words, noticed=bool(entries))]
    return " ".join([*_sentences(entries, adjustment, words), *end])


def explain_visit(
    log: Sequence[Decision | SegmentChange], adjustments: Sequence[Adjustment], words: Words = WORDS
) -> Iterator[str]:
    """One paragraph for each adjustment, then one for the segments that lead to none."""
    told = {adjustment.when.name for adjustment in adjustments if isinstance(adjustment.when, Segment)}
    for adjustment in adjustments:
        yield explain(log, adjustment, words)
    rest = [entry for entry in log if isinstance(entry, SegmentChange) and entry.segment not in told]
    if rest:
        yield " ".join(tell_change(entry, words) for entry in rest)


def say(words: Words, key: str, **values: str) -> str:
    """The sentence of this key with its values; what `words` lacks is said in English."""
    sentence = words.get(key, WORDS[key])
    for name, value in values.items():  # str.format would let the words of a page reach into the values
        sentence = sentence.replace(f"{{{name}}}", value)
    return sentence


def tell_change(change: SegmentChange, words: Words = WORDS) -> str:
    """One change of segment as a sentence."""
    turn, segment = "entered" if change.entered else "left", _called(change.segment.replace("_", " "), words)
    return say(words, turn, at=_clock(change.at_ms, words), segment=segment, because=_numbers(change.because, words))


def tell_decision(
    decision: Decision, name: str, words: Words = WORDS, *, shown: bool = False, before: bool = False
) -> str:
    """One decision as a sentence about `name`; `shown`: it stands on the page at that moment, `before`: it once did."""
    key = _key(decision, shown=shown, before=before)
    until = ""
    if decision.until_ms is not None and decision.verdict is Verdict.HELD:
        key, until = f"{key}-until", _clock(decision.until_ms, words)
    clause = say(words, decision.reason.value)
    return say(words, key, at=_clock(decision.at_ms, words), name=name, until=until, clause=clause)


def _key(decision: Decision, *, shown: bool, before: bool) -> str:
    """Which sentence a decision is told with."""
    match decision.verdict:
        case Verdict.ALLOWED if decision.reason is Reason.REMEMBERED:
            return "shown-at-once"
        case Verdict.ALLOWED:
            return "shown-again" if before else "shown"
        case Verdict.UNDONE:
            return "taken-back"
        case Verdict.REFUSED:
            return "not-shown-again" if before else "not-shown"
        case Verdict.DEFERRED:
            return "still-stood" if before and not shown else "put-off"
        case Verdict.HELD:
            return "stayed" if shown and decision.reason is not Reason.NOTHING_TO_CHANGE else "waited"


def _concerns(entry: Decision | SegmentChange, adjustment: Adjustment) -> bool:
    if isinstance(entry, Decision):
        return entry.adjustment == adjustment.index
    return isinstance(adjustment.when, Segment) and entry.segment == adjustment.when.name


def _sentences(entries: Iterable[Decision | SegmentChange], adjustment: Adjustment, words: Words) -> Iterator[str]:
    """The entries in words: by its name where the sentence before was about something else, else "it"."""
    called, it = _called(adjustment.name, words), say(words, "it")
    name, shown, before, withheld = called, False, False, False
    for entry in entries:
        if isinstance(entry, SegmentChange):
            yield tell_change(entry, words)
            name = called
            continue
        if withheld and entry.verdict is Verdict.HELD:
            continue  # how long it would have stayed, where it is shown
        sentence = tell_decision(entry, name, words, shown=shown, before=before)
        if entry.reason is Reason.RULE_HOLDS and not isinstance(adjustment.when, Segment):
            sentence = f"{sentence[:-1]}: {_numbers(entry.because, words)}."
        yield sentence
        withheld = entry.reason in WITHHELD
        shown = entry.verdict is Verdict.ALLOWED or (shown and entry.verdict in (Verdict.HELD, Verdict.DEFERRED))
        shown = shown and entry.reason not in HIDES
        before = before or shown
        name = it


def _silence(adjustment: Adjustment, words: Words, *, noticed: bool) -> str:
    name = _called(adjustment.name, words)
    if noticed:
        return say(words, "not-called-for", name=name)
    if isinstance(adjustment.when, Segment):
        return say(words, "no-segment", name=name, segment=_called(adjustment.when.name.replace("_", " "), words))
    return say(words, "no-rule", name=name)


def _called(name: str, words: Words) -> str:
    return words.get(f"name:{name}", name)


def _numbers(because: str, words: Words) -> str:
    """What was compared, with the point that these words write their numbers with."""
    return re.sub(r"(?<=\d)\.(?=\d)", say(words, "point"), because)


def _clock(t_ms: float, words: Words) -> str:
    """A moment of the visit, in seconds up to two minutes, then in minutes and seconds."""
    tenths = round(t_ms / 100)
    if tenths < 1200:
        return say(words, "seconds", s=f"{tenths // 10}{say(words, 'point')}{tenths % 10}")
    return say(words, "minutes", m=str(tenths // 600), s=str(tenths % 600 // 10))
