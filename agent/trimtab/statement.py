"""What is stored, sent and kept, for whoever has to answer for it: the one place where all of it is listed.

`trimtab privacy` prints it. Tests compare it with the page's scripts, the report's format and the server's tables, so
that nothing is stored, sent or kept that is not told here.
"""

from dataclasses import dataclass
from typing import Final

from trimtab.messages import REPORT_BYTES
from trimtab.privacy.budget import MONTH_DAYS, REPORTS_A_DAY, REPORTS_A_MONTH

KEPT_DAYS: Final = 31
"""For how long a server keeps the ids of reports, and takes reports of days gone by (`DAYS_BACK` of its store)."""
SENT: Final = (
    f"When a visit ends, with consent to share: one report of {REPORT_BYTES} bytes, whatever happened, as msgpack by "
    "HTTP POST; without cookies, credentials, referrer or anything that names the device. At most "
    f"{REPORTS_A_DAY} a day and {REPORTS_A_MONTH} in {MONTH_DAYS} days, each about another question or experiment: a "
    "device that was asked all of them sends nothing until one is due again. A browser that a program drives sends "
    "none."
)
TOGETHER: Final = (
    f"All {REPORTS_A_MONTH} together are the worst case: somebody keeps from which address each report came, and all "
    "are about one habit of one visitor. Then little doubt is left about it, so promise what one report promises, and "
    "keep no such logs. Each device is asked the same about the same experiment once in that time. A private window, "
    "and a browser whose data were cleared, is a new device that may report again."
)
LOADED: Final = (
    "Before any consent: the tag's script, as every script of the page, and the panel if the visitor opens it. With "
    "consent to observe: the rest of what runs on the page, the worker, Python and the policy. With consent to share: "
    "what draws the report, and the survey if it is about a rating. Without cookies or credentials, always the same "
    "files for all. Pictures in a block that a change shows are loaded when it is shown, as by any page: their server "
    "can tell that it was. Have them on your own, or none."
)
LOGS: Final = (
    "A report says neither who nor when, but the connection does. Switch off, or shorten, the access log of whatever "
    "stands before the collector (proxy, load balancer, content network) for the address of reports: no "
    "client address, no time of day finer than a day, no user agent, no Referer. trimtab's own server writes no access "
    "log."
)
DELETION: Final = (
    "Nobody can find or delete a report later, because it has no owner. What is on the device goes with a denial, with "
    "trimtab.off(), or with the browser's own data; what stays, and why, is said above."
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A key of the browser's storage. `area`: localStorage or sessionStorage; `needs`: the consent it takes;
    `ends_with`: the capabilities of which each, when denied, removes it at once.
    """

    key: str
    area: str
    needs: str
    holds: str
    lives: str
    ends_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the report."""

    name: str
    holds: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the server's store."""

    name: str
    holds: str
    lives: str


STORED: Final = (
    Stored(
        "trimtab.seed", "localStorage", "remember", "32 random hexadecimal digits: which arm of an experiment is shown",
        "until observe or remember is denied", ("observe", "remember"),
    ),
    Stored(
        "trimtab.budget", "localStorage", "share", "the days on which this device made a report, and a "
        "hash of the question and experiment that it was about; nothing of behaviour or of the answer",
        f"stays, also after a denial, so that {REPORTS_A_DAY} report a day holds; days older than "
        f"{MONTH_DAYS} leave it "
        "with the next report", (),
    ),
    Stored(
        "trimtab.sealed", "localStorage", "share", "the report of this visit, already noised, and its day",
        "until it has left, or observe or share is denied", ("observe", "share"),
    ),
    Stored(
        "trimtab.asked", "localStorage", "share", "which of the site's surveys were shown on this device, so that each "
        "is shown once; nothing of the answer", "until observe or share is denied", ("observe", "share"),
    ),
    Stored(
        "trimtab.choice", "localStorage", "none for a no (strictly necessary); remember for a yes",
        "four letters: what the visitor chose in the panel", "until the visitor takes the choice back; "
        "a yes until anybody denies it, or remember is denied", (),
    ),
    Stored(
        "trimtab.visit", "sessionStorage", "remember", "the visit for the next page of this tab: segments, "
        "what was shown, "
        "counts of the page's own events, goals, the paths of its last two pages, and the seed", "until the tab is "
        "closed, observe or remember is denied, or Python is lost on a page", ("observe", "remember"),
    ),
    Stored(
        "trimtab.shown", "sessionStorage", "remember and adapt", "which changes were shown when the page was left, and "
        "the seed",
        "until the tab is closed, observe, remember or adapt is denied, or Python is lost on a page; after half "
        "an hour it is not used", ("observe", "adapt", "remember"),
    ),
    Stored(
        "trimtab.failed", "localStorage", "remember", "how often Python has failed on this device, on which day, "
        "and in which build what begins instead",
        "until observe or remember is denied; counts for that day alone", ("observe", "remember"),
    ),
)  # fmt: skip
FIELDS: Final = (
    Field("v", "the version of the format"),
    Field("id", "16 random bytes, drawn for this report alone, so that a repeat is counted once"),
    Field("policy", "which policy asked: a hash of it"),
    Field("q", "which of its questions this report answers"),
    Field("arm", "which arm of the experiment it is about"),
    Field("day", "the day, in UTC"),
    Field("answer", "the answer after the noise; all that comes from behaviour is in here"),
    Field("pad", "zeros, so that every report has the same length"),
)
TABLES: Final = (
    Table(
        "policies", "each policy that was served: name, questions and arms, first day", "until the folder is deleted"
    ),
    Table("counts", "how many reports gave which answer, by question, arm and day", "until the folder is deleted"),
    Table("seen", "the random ids of reports, apart from their answers", f"{KEPT_DAYS} days"),
    Table("horizon", "the first day of which reports are still taken", "one row, overwritten"),
)
