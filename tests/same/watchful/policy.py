"""The Watchful: a policy that reads every signal there is, so that a log of its decisions depends on all of them.

No site would want it. Limits are set so that the simulated visitors pass them in both directions, and the governor's so
that each of its reasons comes about.
"""

from collections.abc import Callable
from functools import partial

from trimtab import Outcome, Policy, Visitor, adjust, exponential_average, seconds
from trimtab.declared import Segment
from trimtab.models import Cluster, Feature, Tree
from trimtab.watching import Watched

watchful = Policy(
    "watchful",
    holdout=0.1,
    cap_per_visit=6,
    cap_per_minute=3,
    smoothing=exponential_average(half_life=seconds(0.7)),
    typing=True,
)

story = watchful.target("story", ".story")
summary = watchful.target("summary", ".summary")
figure = watchful.target("figure", "figure")
box = watchful.target("box", ".box")
email = watchful.target("email", "input")
buy = watchful.target("buy", ".buy")
purchase = watchful.goal("purchase")


def passed(name: str, number: Callable[[Visitor], Watched], limit: float) -> Segment:
    """The segment of those in whom a number is above a limit."""

    def rule(visitor: Visitor) -> bool:
        return number(visitor) > limit

    rule.__name__ = name
    return watchful.segment(enter_after=seconds(0.5), leave_after=seconds(1.5))(rule)


fast = passed("scroll_speed", lambda v: v.scroll.speed_px_s, 300)
passed("scroll_mean_speed", lambda v: v.scroll.mean_speed_px_s, 60)
passed("scroll_median_speed", lambda v: v.scroll.median_speed_px_s, 100)
passed("scroll_turns", lambda v: v.scroll.turns, 2)
passed("scroll_pauses", lambda v: v.scroll.pauses, 3)
passed("scroll_idle", lambda v: v.scroll.idle_s, 3.3)
passed("scroll_depth", lambda v: v.scroll.depth, 0.62)
passed("scroll_position", lambda v: v.scroll.position, 0.55)
reading = passed("reading_wpm", lambda v: v.reading(story).words_per_minute, 310)
passed("reading_seen", lambda v: v.reading(story).words_seen, 260)
passed("reading_share", lambda v: v.reading(story).share_seen, 0.4)
passed("reading_rereads", lambda v: v.reading(story).rereads, 90)
passed("dwell_attended", lambda v: v.dwell(box).attended_s, 4.4)
passed("dwell_longest", lambda v: v.dwell(figure).longest_s, 3.7)
passed("dwell_visits", lambda v: v.dwell(summary).visits, 1)
there = passed("visible", lambda v: v.visible(box), 0.52)
passed("hover_count", lambda v: v.hover(buy).count, 1)
passed("hover_total", lambda v: v.hover(box).total_s, 3.1)
passed("hover_longest", lambda v: v.hover(buy).longest_s, 1.9)
hovering = passed("hover_stay", lambda v: v.hover(buy).stay_s, 1.2)
passed("pointer_speed", lambda v: v.pointer.speed_px_s, 140)
passed("pointer_path", lambda v: v.pointer.path_px, 900)
passed("pointer_straightness", lambda v: v.pointer.straightness, 0.81)
passed("pointer_flips", lambda v: v.pointer.flips, 1)
passed("pointer_idle", lambda v: v.pointer.idle_s, 1.7)
near = passed("approach_distance", lambda v: v.approach(buy).distance_px * -1, -150)
passed("approach_nearer", lambda v: v.approach(buy).approach_px, 2.5)
passed("approach_hesitation", lambda v: v.approach(buy).hesitation_s, 2.2)
typing = passed("typing_interval", lambda v: v.typing.interval_ms, 230)
passed("typing_variability", lambda v: v.typing.variability_ms, 120)
passed("typing_bursts", lambda v: v.typing.bursts, 1)
passed("typing_pauses", lambda v: v.typing.pauses, 1)
passed("typing_corrections", lambda v: v.typing.corrections, 2)
filling = passed("form_focus", lambda v: v.form(email).focus_s, 2.6)
passed("form_returns", lambda v: v.form(email).returns, 1)
passed("form_corrections", lambda v: v.form(email).corrections, 2)
passed("form_abandoned", lambda v: v.form(email).abandoned, 0)
passed("rage", lambda v: v.frustration.rage_clicks, 0)
passed("dead", lambda v: v.frustration.dead_clicks, 0)
passed("searching", lambda v: v.frustration.excessive_scrolls, 0)
passed("back", lambda v: v.frustration.quick_backs, 0)
passed("clicks", lambda v: v.clicks(buy), 1)
passed("attended", lambda v: v.attended_s, 20)
told = passed("event_count", lambda v: v.event("progress").count, 4)
passed("event_last", lambda v: v.event("progress").last, 0.35)
passed("event_mean", lambda v: v.event("progress").mean, 0.21)


def named(name: str, rule: Tree | Cluster) -> Segment:
    """A segment that is given as data."""

    def ask(visitor: Visitor) -> bool:
        return rule(visitor)

    ask.__name__ = name
    return watchful.segment(enter_after=seconds(1), leave_after=seconds(1))(ask)


PACE: tuple[Feature, ...] = (lambda v: v.scroll.mean_speed_px_s, lambda v: v.attended_s, lambda v: v.scroll.depth)
CENTRES = ((20.0, 60.0, 0.5), (90.0, 25.0, 0.9), (5.0, 15.0, 0.3))
SPREADS = (37.0, 21.0, 0.29)
nearest = [named(f"cluster_{mine}", Cluster(PACE, CENTRES, SPREADS, mine)) for mine in range(len(CENTRES))]
watchful.exclusive(*nearest)
named(
    "tree",
    Tree(
        PACE,
        feature=(0, 2, 1, 0, 0, 0, 0),
        threshold=(33.0, 0.7, 18.0, 0.0, 0.0, 0.0, 0.0),
        left=(1, 3, 5, -1, -1, -1, -1),
        right=(2, 4, 6, -1, -1, -1, -1),
        inside=(False, False, False, False, True, True, False),
    ),
)

eager = partial(watchful.adjust, debounce=seconds(0.2), cooldown=seconds(4), show_for=seconds(2))
welcome = eager("welcome", on=summary, when=lambda v: v.scroll.position > 0.01, do=adjust.add_class("seen"), cap=1)
short = eager("short", on=summary, when=fast, do=adjust.swap("short"), cap=2)
calm = eager("calm", on=story, when=reading, do=adjust.add_class("calm"), group="look")
wide = eager("wide", on=story, when=there, do=adjust.add_class("wide"), group="look")
large = eager("large", on=buy, when=near, do=adjust.add_class("large"), cap=1)
words = eager("words", on=buy, when=hovering, do=adjust.text("Buy"), cap=9, under_pointer=True)
hint = eager("hint", on=email, when=typing, do=adjust.attribute("title", "name@example.org"))
form = eager("form", on=email, when=filling, do=adjust.add_class("filling"))
shake = eager("shake", on=figure, when=told, do=adjust.add_class("told"), cap=9)
often = eager("often", on=box, when=lambda v: v.clicks(buy) > 1 and v.scroll.idle_s > 0.9, do=adjust.add_class("often"))

watchful.experiment("looks", arms={"calm": [calm, large], "wide": [wide, words], "same": []}, weights=(0.4, 0.4, 0.2))
watchful.experiment("help", arms={"told": [hint, form, often], "silent": []}, coverage=0.9)


@watchful.question(answers=("none", "looked", "bought"))
def buying(outcome: Outcome) -> str:
    """How far the visitor came."""
    if outcome.reached(purchase):
        return "bought"
    return "looked" if outcome.dwell(box).visits > 0 else "none"
