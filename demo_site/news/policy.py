"""The Daily News: who skims the long read gets one-line summaries; who reads keeps the full ones."""

from trimtab import Outcome, Policy, Tunable, Visitor, adjust, seconds

news = Policy("daily-news")

story = news.target("story", ".story")
summaries = news.target("summaries", "[data-summary]")
article_read = news.goal("article-read")

# Chosen on 598 real readers (agent/READERS.md): nothing else tells much better, and this is calm.
# Silent reading of non-fiction runs at 175 to 300 words a minute (Brysbaert 2019).
skim_wpm = Tunable("skim_wpm", 300, low=200, high=700)
# A new window of theirs every 14 s. It is a mean over the visit: readers rest and move in turns, skimmers as well, so a
# speed over two seconds tells little; how far somebody gets in the time that they spend does.
skim_px_s = Tunable("skim_px_s", 40, low=20, high=200)
# Early on, both are about the way to the text: who hurries past the picture and the opening may well read from there.
# The study's texts fill little more than two windows, so for its readers this changes next to nothing.
skim_share = Tunable("skim_share", 0.4, low=0.1, high=0.8)
# Attention is counted for half a minute after the last movement: who reads by the windowful seems faster than they are.
read_wpm = Tunable("read_wpm", 600, low=300, high=900)


# The shorter wait bounds how soon anybody can be moved there and back: with 8 s, no summary comes and goes in less. The
# way out is longer, because who stops at a short summary reads it.
@news.segment(enter_after=seconds(8), leave_after=seconds(20))
def skimmer(visitor: Visitor) -> bool:
    """Has gone through a good part of the story, faster than a person can read it."""
    reading = visitor.reading(story)
    fast = visitor.scroll.mean_speed_px_s > skim_px_s and reading.words_per_minute > skim_wpm
    return fast and reading.share_seen > skim_share


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
