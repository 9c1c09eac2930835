"""What worker.js calls. Translates between JSON text, batch rows and the pipeline; decides nothing.

One Python serves one page, so the visit is the module's state. Times are ms since the page's activated start.
"""

import importlib
import json
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar, Final

from trimtab.browser.carrying import Carrier
from trimtab.experiments import assign
from trimtab.keeping import keep, put_back
from trimtab.messages import Declaration, Inbox, log_entry, read_consent
from trimtab.pipeline import Visit
from trimtab.plain import dump, object_of, parse, read
from trimtab.policy import POLICY_MODULE, Policy, find_policy
from trimtab.privacy.ticket import Stub
from trimtab.values import Consent, Decision, SegmentChange

if TYPE_CHECKING:
    from pyodide.ffi import JsBuffer

MAX_LOG: Final = 500
"""Entries of the log that are kept for `explain`."""


class Session:
    """The visit of this worker's page, with what it takes to speak JSON about it."""

    __slots__ = (
        "adjustments",
        "assignment",
        "carrier",
        "consent",
        "day",
        "declaration",
        "inbox",
        "log",
        "logged",
        "now_ms",
        "policy",
        "visit",
    )
    GIVEN: ClassVar[frozenset[str]] = frozenset(
        {"adjustments", "assignment", "day", "declaration", "policy", "visit"}  # the visit is saved by itself
    )
    carrier: Carrier
    consent: Consent
    inbox: Inbox
    log: deque[Decision | SegmentChange]
    logged: int
    now_ms: float

    def __init__(self, policy: Policy, declaration: Declaration, options: dict[str, Any]) -> None:
        self.policy = policy
        self.declaration = declaration
        self.day = int(options["day"])
        self.inbox = Inbox(len(policy.targets), len(policy.adjustments))
        self.assignment = assign(policy, str(options["seed"]), str(options.get("arm") or ""))
        self.consent = read_consent(options["consent"])
        self.visit = Visit(policy, declaration, self.assignment, self.consent)
        self.carrier = Carrier(self.visit, options.get("replayed", ()))
        if (text := options.get("carried")) is not None and self.consent.remember:
            self.carrier.resume(str(text), float(options["origin_ms"]))
        self.adjustments = [adjustment.name for adjustment in policy.adjustments]
        self.now_ms = 0.0
        self.log = deque(maxlen=MAX_LOG)
        self.logged = 0

    def note(self, log: Sequence[Decision | SegmentChange]) -> None:
        """Keeps the newest entries of the log."""
        self.log += log
        self.logged += len(log)


_session: Session | None = None


def _current() -> Session:
    if _session is None:
        raise RuntimeError("entry.start has not been called")
    return _session


def start(config_json: str, options_json: str) -> str:
    """Begins the visit. `config_json` is the worker's CONFIG, `options_json` what the page says of itself (`Start`).

    `carried` is what the page before stored, or null; `origin_ms` the page's start on the wall clock; `saved` what
    another worker of this page told by `save` before it failed, or null. Raises StateError if that is damaged.
    Gives {"arm", "resumed", "segments"}: whether the visit goes on, and the segments that the visitor therefore is in.
    """
    global _session  # noqa: PLW0603  one Python, one page, one visit
    declaration = Declaration.from_json(json.loads(config_json)["declaration"])
    policy = find_policy(importlib.import_module(POLICY_MODULE))
    options = json.loads(options_json)
    session = Session(policy, declaration, options)
    if (text := options.get("saved")) is not None:
        members = object_of(parse(text, "the checkpoint"), ("visit", "session"), "the checkpoint")
        session.visit.restore(members["visit"])
        put_back(session, members["session"], "session")
    _session = session
    inside = [policy.segments[index].name for index in _session.visit.segments.inside()]
    return json.dumps({"arm": str(_session.assignment), "resumed": _session.carrier.resumed, "segments": inside})


def save() -> str:
    """The whole session between two messages, as the text that `start` goes on from in another worker."""
    session = _current()
    return dump({"visit": session.visit.save(), "session": keep(session)})


def names(names_json: str) -> None:
    """Names that later rows give by number: [[id, name], …]."""
    _current().inbox.learn(json.loads(names_json))


def step(rows: "JsBuffer | None", now_ms: float) -> str:
    """One batch (None: only time passed). Gives {"commands", "log", "wake_at_ms", "report", "carry", …}.

    `carry`: what to store for the next page if it is something else than before and may be remembered, else null.
    `errors` (of the policy, and of what was stored), `refused` (rows that cannot be true, and names that were
    forgotten for want of room) and `misdated` are counts of the whole page.
    """
    session = _current()
    visit = session.visit
    session.now_ms = max(session.now_ms, now_ms)
    events = list(session.inbox.read(rows.to_memoryview().cast("B"))) if rows is not None else []
    done = visit.step(events, session.now_ms)
    session.note(done.log)
    carry = session.carrier.look(events, done, session.now_ms) if session.consent.remember else None
    commands = [*done.commands, *session.carrier.take_back(done.commands)]
    return json.dumps(
        {
            "commands": [["apply" if c.apply else "undo", c.adjustment] for c in commands],
            "log": [log_entry(entry, session.adjustments) for entry in done.log],
            "wake_at_ms": done.wake_at_ms,
            "report": done.report.hex() if done.report else None,
            "carry": carry,
            "refused": session.inbox.refused + visit.signals.dropped,
            "misdated": visit.timeline.misdated,
            "errors": visit.segments.errors + visit.rules.errors + visit.tally.errors + session.carrier.errors,
        }
    )


def explain(name: str | None, words_json: str = "{}") -> str:
    """The story of one adjustment, or of the whole visit, in plain sentences.

    `words_json`: other words for the keys of `story.WORDS`, for another language; what it lacks is said in English.
    """
    from trimtab import story  # noqa: PLC0415  for people who ask: no page waits for it

    session = _current()
    words = {str(key): str(word) for key, word in json.loads(words_json).items()}
    adjustments = [each for each in session.policy.adjustments if name in (None, each.name)]
    if name is not None and not adjustments:
        known = ", ".join(each.name for each in session.policy.adjustments) or "none"
        return f"There is no adjustment “{name}” in this policy; it has {known}."
    log = list(session.log)
    if name is not None:
        told = [story.explain(log, adjustments[0], words)]
    else:
        told = list(story.explain_visit(log, adjustments, words))
    earlier = session.logged - len(log)
    return "\n\n".join([*told, *([story.say(words, "earlier", count=str(earlier))] if earlier else [])])


def report(budget: str | None, sealed: "JsBuffer | None") -> str:
    """What the visitor may see of the report `sealed` that the page holds or has sent, and what `budget` leaves.

    Gives {"left": {"today", "month"}, "report": {"question", "answers", "answer", …} or null, "waits_ms"}; the last is
    how long it takes until time alone ends what an adjustment waits for, or null.
    """
    session = _current()
    body = bytes(sealed.to_memoryview()) if sealed is not None else None
    disclosed = session.visit.disclose(body)
    told = asdict(disclosed) | {"epsilon": disclosed.epsilon} if disclosed else None
    waits_ms = session.visit.governor.wake_at_ms() - session.now_ms
    waiting = waits_ms if waits_ms < math.inf else None
    return json.dumps({"left": asdict(session.visit.left(budget, session.day)), "report": told, "waits_ms": waiting})


def consent(consent_json: str, now_ms: float) -> None:
    """The visitor's permission changed: {observe, adapt, remember, share}."""
    session = _current()
    session.now_ms = max(session.now_ms, now_ms)
    session.consent = read_consent(json.loads(consent_json))
    if not session.consent.remember:
        session.carrier.forget()
    session.visit.consent(session.consent, session.now_ms)


def force(segments_json: str, now_ms: float) -> None:
    """From now on the visitor is in these segments, whatever their rules say. Only the tag of a preview asks for it."""
    session = _current()
    session.now_ms = max(session.now_ms, now_ms)
    session.visit.force(json.loads(segments_json), session.now_ms)


def share(ticket_json: str, now_ms: float) -> str | None:
    """The page has drawn this ticket and paid for it: the sealed report in hexadecimal; None: nothing may be shared.

    Raises StateError for a ticket that cannot have been drawn for this policy.
    """
    session = _current()
    session.now_ms = max(session.now_ms, now_ms)
    stub: Stub = read(Stub, parse(ticket_json, "the ticket"), "the ticket")
    report = session.visit.share(stub.ticket(session.policy), session.now_ms)
    return report.hex() if report else None
