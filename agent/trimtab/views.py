"""What a policy's functions read of the visitor, signal by signal: thin views that name each number and its unit.

They are made anew for each reading and travel nowhere, so they are not frozen: that would take several times as long.
"""

from dataclasses import dataclass
from typing import Final

from trimtab.values import NO_TARGET, Gauge
from trimtab.watching import Notebook, Watched

SCANNING_WPM: Final = 1_000
"""Silent readers of English reach 238 words a minute on average (Brysbaert 2019, non-fiction): four times that is
a search, not reading."""


@dataclass(slots=True)
class Source:
    """Where the numbers of one target (or of the whole page) come from, and where comparisons are noted."""

    gauge: Gauge
    notebook: Notebook
    target: int = NO_TARGET
    name: str = ""

    def read(self, quantity: str) -> Watched:
        """The quantity as a number that notes how it is compared. Raises Unknown."""
        return self.notebook.watch(self.gauge(quantity, self.target, self.name))


@dataclass(slots=True)
class Scroll:
    """How the page is scrolled."""

    _source: Source

    @property
    def speed_px_s(self) -> Watched:
        """Pixels a second, smoothed as the policy says; jumps (an anchor, a reload, the End key) are not speed."""
        return self._source.read("scroll.speed_px_s")

    @property
    def mean_speed_px_s(self) -> Watched:
        """Pixels a second of attention to the page, over the whole visit: how fast somebody goes through it."""
        return self._source.read("scroll.mean_speed_px_s")

    @property
    def median_speed_px_s(self) -> Watched:
        """Pixels a second, median over two seconds: 0 while the visitor rests more than they scroll."""
        return self._source.read("scroll.median_speed_px_s")

    @property
    def turns(self) -> Watched:
        """Changes of direction."""
        return self._source.read("scroll.turns")

    @property
    def pauses(self) -> Watched:
        """Rests of two seconds or more between two movements."""
        return self._source.read("scroll.pauses")

    @property
    def idle_s(self) -> Watched:
        """Seconds since the last movement."""
        return self._source.read("scroll.idle_s")

    @property
    def depth(self) -> Watched:
        """Share of the document that has been in view at most, 0..1."""
        return self._source.read("scroll.depth")

    @property
    def position(self) -> Watched:
        """Share of the document above the bottom edge of the window now, 0..1."""
        return self._source.read("scroll.position")


@dataclass(slots=True)
class Reading:
    """How a text target is read."""

    _source: Source

    @property
    def words_per_minute(self) -> Watched:
        """Words passed per minute of attention. Unknown until some text was passed with attention."""
        return self._source.read("reading.words_per_minute")

    @property
    def scanning(self) -> bool:
        """Whether the text is passed faster than anybody reads: more than SCANNING_WPM words a minute."""
        return self.words_per_minute > SCANNING_WPM

    @property
    def words_seen(self) -> Watched:
        """Words that have been in view with attention."""
        return self._source.read("reading.words_seen")

    @property
    def rereads(self) -> Watched:
        """Words that came back into view after they had been passed, each time anew."""
        return self._source.read("reading.rereads")

    @property
    def share_seen(self) -> Watched:
        """Share of the text that has been in view with attention, 0..1."""
        return self._source.read("reading.share_seen")


@dataclass(slots=True)
class Dwell:
    """How long a target was attended: visible, page shown, visitor not idle."""

    _source: Source

    @property
    def attended_s(self) -> Watched:
        """Seconds of attention in this visit."""
        return self._source.read("dwell.attended_s")

    @property
    def longest_s(self) -> Watched:
        """Seconds of the longest stay."""
        return self._source.read("dwell.longest_s")

    @property
    def visits(self) -> Watched:
        """How often it came into view."""
        return self._source.read("dwell.visits")


@dataclass(slots=True)
class Hover:
    """A mouse that rests on a target. Unknown for touch and pen, which have no hover."""

    _source: Source

    @property
    def count(self) -> Watched:
        """How often the mouse came onto it."""
        return self._source.read("hover.count")

    @property
    def total_s(self) -> Watched:
        """Seconds on it in all."""
        return self._source.read("hover.total_s")

    @property
    def longest_s(self) -> Watched:
        """Seconds of the longest stay."""
        return self._source.read("hover.longest_s")

    @property
    def stay_s(self) -> Watched:
        """Seconds of the present stay; 0 if the mouse is elsewhere."""
        return self._source.read("hover.stay_s")


@dataclass(slots=True)
class Pointer:
    """How the pointer moves, whatever points."""

    _source: Source

    @property
    def speed_px_s(self) -> Watched:
        """Pixels a second, smoothed as the policy says."""
        return self._source.read("pointer.speed_px_s")

    @property
    def path_px(self) -> Watched:
        """Length of the whole path."""
        return self._source.read("pointer.path_px")

    @property
    def straightness(self) -> Watched:
        """Distance between the ends of the last two seconds' path over its length, 0..1."""
        return self._source.read("pointer.straightness")

    @property
    def flips(self) -> Watched:
        """Turns of the horizontal direction in the last two seconds."""
        return self._source.read("pointer.flips")

    @property
    def idle_s(self) -> Watched:
        """Seconds since it last moved."""
        return self._source.read("pointer.idle_s")


@dataclass(slots=True)
class Approach:
    """The pointer and one target."""

    _source: Source

    @property
    def distance_px(self) -> Watched:
        """From the pointer to the nearest edge of the target; 0 on it."""
        return self._source.read("approach.distance_px")

    @property
    def approach_px(self) -> Watched:
        """How much nearer the last movement brought the pointer; below 0 it went away."""
        return self._source.read("approach.approach_px")

    @property
    def hesitation_s(self) -> Watched:
        """Seconds spent near the target, slowly, since its last click."""
        return self._source.read("approach.hesitation_s")


@dataclass(slots=True)
class Typing:
    """The rhythm of keys, never which keys. Unknown unless the policy is made with typing=True."""

    _source: Source

    @property
    def interval_ms(self) -> Watched:
        """Mean time between keys of a burst."""
        return self._source.read("typing.interval_ms")

    @property
    def variability_ms(self) -> Watched:
        """Standard deviation of the time between keys of a burst."""
        return self._source.read("typing.variability_ms")

    @property
    def bursts(self) -> Watched:
        """Runs of keys without a pause."""
        return self._source.read("typing.bursts")

    @property
    def pauses(self) -> Watched:
        """Pauses between bursts."""
        return self._source.read("typing.pauses")

    @property
    def corrections(self) -> Watched:
        """How often something was taken back."""
        return self._source.read("typing.corrections")


@dataclass(slots=True)
class Form:
    """A target that is a form field. Never a value."""

    _source: Source

    @property
    def focus_s(self) -> Watched:
        """Seconds with the focus."""
        return self._source.read("form.focus_s")

    @property
    def returns(self) -> Watched:
        """How often the visitor came back to it."""
        return self._source.read("form.returns")

    @property
    def corrections(self) -> Watched:
        """How often something was taken back."""
        return self._source.read("form.corrections")

    @property
    def abandoned(self) -> Watched:
        """1 if it was left empty after more than a glance; else 0."""
        return self._source.read("form.abandoned")


@dataclass(slots=True)
class Frustration:
    """Signs that something does not go as the visitor wants; `signals/frustration.py` has the definitions."""

    _source: Source

    @property
    def rage_clicks(self) -> Watched:
        """Bursts of three clicks in one place within a second."""
        return self._source.read("frustration.rage_clicks")

    @property
    def dead_clicks(self) -> Watched:
        """Clicks on targets after which nothing happened."""
        return self._source.read("frustration.dead_clicks")

    @property
    def excessive_scrolls(self) -> Watched:
        """Searches up and down the page."""
        return self._source.read("frustration.excessive_scrolls")

    @property
    def quick_backs(self) -> Watched:
        """Returns to the route before within five seconds."""
        return self._source.read("frustration.quick_backs")


@dataclass(slots=True)
class Named:
    """A custom event or goal that the page names with `trimtab.event(name)` or `trimtab.goal(name)`."""

    _source: Source

    @property
    def count(self) -> Watched:
        """How often it happened in this visit."""
        return self._source.read("named.count")

    @property
    def last(self) -> Watched:
        """The value that it came with last."""
        return self._source.read("named.last")

    @property
    def mean(self) -> Watched:
        """The mean of its last ten values."""
        return self._source.read("named.mean")
