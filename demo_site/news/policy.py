"""The Daily News: who skims the long read gets one-line summaries; who reads keeps the full ones."""

from trimtab import Outcome, Policy, Tunable, Visitor, adjust, seconds

news = Policy("daily-news")

story = news.target("story", ".story")
summaries = news.target("summaries", "[data-summary]")
article_read = news.goal("article-read")

# Silent reading of non-fiction runs at 175 to 300 words a minute (Brysbaert 2019); 450 is beyond nearly everybody.
skim_wpm = Tunable("skim_wpm", 450, low=300, high=700)
# A turn of the wheel a second. Somebody who reads moves faster than that too, but only for a moment at a time.
skim_px_s = Tunable("skim_px_s", 120, low=60, high=800)
# Attention is counted for half a minute after the last movement: who reads by the windowful seems faster than they are.
read_wpm = Tunable("read_wpm", 600, low=300, high=900)


# Scroll speed is an average over two seconds, so a single press of Page Down holds it up for two: wait a bit longer.
# The way out is long, because who stops at a short summary reads it.
@news.segment(enter_after=seconds(2.5), leave_after=seconds(20))
def skimmer(visitor: Visitor) -> bool:
    """Passes more words than a person can read, and is on the move."""
    return visitor.reading(story).words_per_minute > skim_wpm and visitor.scroll.speed_px_s > skim_px_s


short_summaries = news.adjust(
    "short-summaries",
    on=summaries,
    when=skimmer,
    do=adjust.swap("short"),
    cap=2,
    cooldown=seconds(30),
    show_for=seconds(10),
)

news.experiment("summaries", arms={"adaptive": [short_summaries], "static": []})


@news.question(answers=("none", "bounced", "skimmed", "read"))
def reading(outcome: Outcome) -> str:
    """How the visit ended: read means to the end, at a speed at which a person can read."""
    if outcome.reached(article_read) and outcome.reading(story).words_per_minute <= read_wpm:
        return "read"
    if outcome.reached(article_read) or outcome.was(skimmer):
        return "skimmed"
    if outcome.reading(story).share_seen < 0.5:
        return "bounced"
    return "none"
