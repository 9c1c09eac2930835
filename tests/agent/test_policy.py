"""Wrong policies, as source text. The line that must be named carries the mark `#!`."""

import textwrap
from pathlib import Path

import pytest

from tests.agent.making import SOURCE, declare, load, mistake_in, news
from trimtab import Policy, adjust
from trimtab.loading import policy_hash

HEAD = """\
from trimtab import Policy, Tunable, adjust, minutes, seconds

site = Policy("my-site")
box = site.target("box", "#box")

def clicked(v):
    return v.clicks(box) > 0

@site.segment(enter_after=seconds(1), leave_after=seconds(1))
def eager(v):
    return v.clicks(box) > 2

bigger = site.adjust("bigger", on=box, when=eager, do=adjust.add_class("bigger"))
"""


def whole(rest: str) -> str:
    return HEAD + textwrap.dedent(rest)


MISTAKES = [
    # the policy
    ('Policy("My Site")  #!', "policy name 'My Site'", "use a-z, 0-9, - and _, starting with a letter"),
    ('Policy("")  #!', "policy name ''", "use a-z, 0-9, - and _, starting with a letter"),
    ("Policy(7)  #!", "policy name 7", "use a-z, 0-9, - and _, starting with a letter"),
    (f'Policy("{"a" * 49}")  #!', f"policy name '{'a' * 49}'", "use a-z, 0-9, - and _, starting with a letter"),
    ('Policy("x", holdout=0)  #!', "holdout is 0", "use a share between 0 and 1, such as 0.10"),
    ('Policy("x", holdout=1)  #!', "holdout is 1", "use a share between 0 and 1, such as 0.10"),
    ('Policy("x", holdout=float("nan"))  #!', "holdout is nan", "use a share between 0 and 1, such as 0.10"),
    ('Policy("x", cap_per_visit=0)  #!', "policy 'x': cap_per_visit is 0", "use a whole number from 1 to 1000"),
    ('Policy("x", cap_per_visit=2.5)  #!', "policy 'x': cap_per_visit is 2.5", "use a whole number from 1 to 1000"),
    ('Policy("x", cap_per_minute=0)  #!', "policy 'x': cap_per_minute is 0", "use a whole number from 1 to 1000"),
    *((f'Policy("x", noise={noise})  #!', f"noise is {noise}", "use whole numbers a > b > 0, such as (8, 1)")
      for noise in ("(1, 1)", "(1, 8)", "(8, 0)", "(8.0, 1)", "(1001, 1)", "8", "(8, 1, 1)", "[]")),
    # targets
    ('site.target("box", "#other")  #!', "target 'box' is declared twice", "give one of them another name"),
    ('site.target("Box", "#other")  #!', "target name 'Box'", "use a-z, 0-9, - and _"),
    *((f'site.target("next", {selector!r})  #!', f"target 'next': {selector!r} is not a CSS selector", "give one")
      for selector in ("", "  ", "p { color: red }", "p; p", "p\np", "p::before", "shop-card >>> ", ">>> p",
                       "p, shop-card >>> p", "a[b >>> c]")),
    # goals
    ('site.goal("Bought")  #!', "goal name 'Bought'", "use a-z, 0-9, - and _"),
    ('site.goal("bought")\nsite.goal("bought")  #!', "goal 'bought' is declared twice", "remove one"),
    # segments
    ("""
     @site.segment(enter_after=2, leave_after=seconds(1))  #!
     def slow(v): return v.clicks(box) > 0
     """, "enter_after is 2 without a unit", "write seconds(2) or minutes(2)"),
    ("""
     @site.segment(enter_after=seconds(1), leave_after=0.5)  #!
     def slow(v): return v.clicks(box) > 0
     """, "leave_after is 0.5 without a unit", "write seconds(0.5) or minutes(0.5)"),
    ("""
     @site.segment(enter_after=seconds(-1), leave_after=seconds(1))  #!
     def slow(v): return v.clicks(box) > 0
     """, "seconds(-1) is no length of time", "use a number from 0, such as seconds(2)"),
    ("""
     @site.segment(enter_after=seconds(1), leave_after=minutes("2"))  #!
     def slow(v): return v.clicks(box) > 0
     """, "minutes('2') is no length of time", "use a number from 0, such as minutes(2)"),
    ("""
     @site.segment(  #!
         enter_after=seconds(1),
         leave_after=seconds(1),
     )
     def eager(v):
         return v.clicks(box) > 0
     """, "segment 'eager' is declared twice", "give one of them another name"),
    ("""
     @site.segment(enter_after=seconds(1), leave_after=seconds(1))  #!
     def Slow(v): return v.clicks(box) > 0
     """, "segment name 'Slow'", "use a-z, 0-9, - and _"),
    ("site.segment(enter_after=seconds(1), leave_after=seconds(1))(lambda v: v.clicks(box) > 0)  #!",
     "segment name '<lambda>'", "use a-z, 0-9, - and _"),
    ("site.exclusive(eager)  #!", "exclusive: needs two segments or more", "declare them first"),
    ("site.exclusive(eager, clicked)  #!", "exclusive: needs two segments or more", "declare them first"),
    # adjustments
    ('site.adjust("bigger", on=box, when=eager, do=adjust.add_class("x"))  #!',
     "adjustment 'bigger' is declared twice", "give one of them another name"),
    ('site.adjust("Next", on=box, when=eager, do=adjust.add_class("x"))  #!', "adjustment name 'Next'", "use a-z"),
    ('site.adjust("next", on="box", when=eager, do=adjust.add_class("x"))  #!',
     "adjust 'next': unknown target 'box'", "use a target of this policy (box)"),
    ('site.adjust("next", on=None, when=eager, do=adjust.add_class("x"))  #!',
     "adjust 'next': unknown target None", "use a target of this policy (box)"),
    ("""
     site.adjust(  #!
         "next",
         on=box,
         when=3,
         do=adjust.add_class("x"),
     )
     """, "adjust 'next': when=3 is no segment of this policy", "use one, or a function"),
    ('site.adjust("next", on=box, when=eager, do="bigger")  #!',
     "adjust 'next': do='bigger'", "use one of trimtab.adjust, such as adjust.swap('short')"),
    *((f'site.adjust("next", on=box, when=eager, do=adjust.add_class("x"), cap={cap})  #!',
       f"adjust 'next': cap is {cap}", "use a whole number from 1 to 1000")
      for cap in ("0", "-1", "1001", "1.0", "True")),
    ('site.adjust("next", on=box, when=eager, do=adjust.add_class("x"), debounce=3)  #!',
     "adjust 'next': debounce is 3 without a unit", "write seconds(3) or minutes(3)"),
    ('site.adjust("next", on=box, when=eager, do=adjust.add_class("x"), show_for=3)  #!',
     "adjust 'next': show_for is 3 without a unit", "write seconds(3) or minutes(3)"),
    ('site.adjust("next", on=box, when=eager, do=adjust.add_class("x"), cooldown=seconds(0))  #!',
     "adjust 'next': cooldown is 0 s", "use 1 s or more"),
    ('site.adjust("next", on=box, when=eager, do=adjust.add_class("x"), cooldown=seconds(0.9))  #!',
     "adjust 'next': cooldown is 0.9 s", "use 1 s or more"),
    ('site.adjust("next", on=box, when=eager, do=adjust.add_class("two names"))  #!',
     "add_class: 'two names' is not one class name", "give one name without spaces"),
    ("""
     site.adjust(
         "next",
         on=box,
         when=eager,
         do=adjust.swap("<b>"),  #!
     )
     """, "swap: variant '<b>' is not a plain word", "use letters, digits, - and _"),
    # experiments
    ('site.experiment("size", arms={"on": [bigger]})  #!', "experiment 'size' has no control", "give two arms or more"),
    ('site.experiment("size", arms={})  #!', "experiment 'size' has no control", "give two arms or more"),
    ('site.experiment("size", arms={"on": [bigger], "also": [bigger]})  #!',
     "experiment 'size' has no control", "give two arms or more, one of them empty: []"),
    ('site.experiment("Size", arms={"on": [bigger], "off": []})  #!', "experiment name 'Size'", "use a-z"),
    ('site.experiment("size", arms={"On": [bigger], "off": []})  #!', "experiment 'size': arm name 'On'", "use a-z"),
    ('site.experiment("size", arms={"on": [clicked], "off": []})  #!',
     "experiment 'size': <function clicked", "use one that is"),
    ('site.experiment("size", arms={"on": [bigger], "off": []}, weights=[1])  #!',
     "experiment 'size': weights [1] do not sum to 1", "give one share for each arm"),
    *((f'site.experiment("size", arms={{"on": [bigger], "off": []}}, weights={weights})  #!',
       "experiment 'size': weights are ", "give a list of shares, such as [0.5, 0.5]")
      for weights in ('"ab"', "5", "{'on': 0.5, 'off': 0.5}", "[None, 1.0]", "[True, 0.5]")),
    *((f'site.experiment("size", arms={{"on": [bigger], "off": []}}, weights={weights})  #!',
       "experiment 'size': weights [", "give one share for each arm")
      for weights in ("[0.5, 0.6]", "[1.5, -0.5]", "[1.0, 0.0]", '[float("nan"), 0.5]')),
    ("""
     site.experiment("size", arms={"on": [bigger], "off": []})
     site.experiment("size", arms={"on": [bigger], "off": []})  #!
     """, "experiment 'size' is declared twice", "give one of them another name"),
    ("""
     site.experiment("size", arms={"on": [bigger], "off": []})
     site.experiment("again", arms={"on": [bigger], "off": []})  #!
     """, "adjustment 'bigger' is in the experiments 'size' and 'again'", "keep it in one of them"),
    ('site.experiment("holdout", arms={"on": [bigger], "off": []})  #!', "experiment 'holdout' is", "use another"),
    # questions
    *((f"""
     @site.question(answers={answers})  #!
     def ending(outcome): return "none"
     """, "question 'ending': answers [", 'give 2 to 256 different answers, "none" among them')
      for answers in ('["none"]', '["yes", "no"]', '["none", "yes", "yes"]', "[]", '["none", 1]', '["none", ""]',
                      '["none", *map(str, range(256))]')),
    ("""
     @site.question(answers="none")  #!
     def ending(outcome): return "none"
     """, "question 'ending': answers [", 'give 2 to 256 different answers, "none" among them'),
    ("""
     @site.question(answers=["none", "yes"], weight=0)  #!
     def ending(outcome): return "none"
     """, "question 'ending': weight is 0", "use a whole number from 1 to 1000"),
    ("""
     @site.question(answers=["none", "yes"])
     def ending(outcome): return "none"

     @site.question(answers=["none", "yes"])  #!
     def ending(outcome): return "none"
     """, "question 'ending' is declared twice", "give one of them another name"),
    ("""
     @site.ask_number(buckets=(30, 10))  #!
     def time(outcome): return 1
     """, "question 'time': buckets (30, 10) do not rise", "give each edge once, the smallest first"),
    ("""
     @site.ask_number(buckets=(10, 30))  #!
     def time(outcome): return "long"
     """, "question 'time' answers 'long'", "return a number of the visit, a plain number, or None"),
    ("""
     @site.ask_yes_no()  #!
     def happy(outcome): return "yes"
     """, "question 'happy' answers 'yes'", "return True, False, or None when nothing fits"),
    ("""
     @site.ask_rating()  #!
     def stars(outcome): return "five"
     """, "question 'stars' answers 'five'", "return a number from 1 to 5, or None"),
    ("""
     @site.ask_yes_no(by="eager")  #!
     def happy(outcome): return True
     """, "question 'happy': by='eager' is no segment of this policy", "use one that is"),
    ("""
     @site.question(answers=["none", *map(str, range(128))], by=eager)  #!
     def many(outcome): return "none"
     """, "question 'many': 258 answers, because by= doubles them", "use 256 at most: fewer answers, or no by="),
    ("""
     site.ask_goal(bigger, "bought", within=seconds(60))  #!
     """, "ask_goal: unknown goal 'bought'", "use a goal of this policy (none yet)"),
    ("""
     bought = site.goal("bought")
     site.ask_goal("bigger", bought, within=seconds(60))  #!
     """, "ask_goal: 'bigger' is no adjustment of this policy", "use one that is"),
    ("""
     site.ask_goal(bigger, site.goal("bought"), within=60)  #!
     """, "ask_goal: within is 60 without a unit", "write seconds(60) or minutes(60)"),
    ("""
     site.ask_engagement(bigger, within=seconds(0.5))  #!
     """, "ask_engagement: within is 0.5 s", "use 1 s or more"),
    ("""
     Policy("other", built_in="engaged")  #!
     """, "built_in is 'engaged'", 'give a list of names, such as ["engaged"], or [] for none'),
    ("""
     Policy("other", built_in=["engagement"])  #!
     """, "built_in: no question is called 'engagement'", "use some of engaged, bounced, converted, attended, depth"),
    ("""
     Policy("other", built_in={"depth": 0})  #!
     """, "built_in: weight of 'depth' is 0", "use a whole number from 1 to 1000"),
    ("""
     Policy("other", built_in=["bounced", "engaged"])  #!
     """, "built_in: engaged and bounced are one number and its rest", "ask 'engaged' alone"),
    # tunables
    ('Tunable("Skim", 450, low=300, high=700)  #!', "tunable name 'Skim'", "use a-z"),
    ('Tunable("skim", 800, low=300, high=700)  #!', "tunable 'skim': 800 is not within 300..700", "move the value"),
    ('Tunable("skim", float("nan"), low=300, high=700)  #!', "tunable 'skim': nan is not within", "move the value"),
]  # fmt: skip


@pytest.mark.parametrize(("rest", "what", "mend"), MISTAKES, ids=[what for _, what, _ in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_how_to_mend_it(rest: str, what: str, mend: str, tmp_path: Path) -> None:
    source = whole(rest)
    (line,) = [number for number, text in enumerate(source.splitlines(), 1) if text.endswith("#!")]
    mistake = mistake_in(tmp_path, source)

    assert mistake.what.startswith(what)
    assert mistake.mend.startswith(mend)
    assert (mistake.file, mistake.line) == ("policy.py", line)
    assert "\n" not in str(mistake).replace(repr("p\np"), "")


def test_a_policy_without_a_mistake_loads(tmp_path: Path) -> None:
    site = load(tmp_path, HEAD)

    assert ([t.name for t in site.targets], [s.name for s in site.segments], [a.name for a in site.adjustments]) == (
        ["box"], ["eager"], ["bigger"]
    )  # fmt: skip
    assert (site.adjustments[0].place.file, site.adjustments[0].place.line) == ("policy.py", 13)


def test_limits_that_are_not_given_are_the_stated_defaults() -> None:
    policy = news()
    (short,) = policy.adjustments

    assert (short.debounce_ms, short.cooldown_ms, short.cap, short.show_ms) == (300, 30_000, 3, 5_000)
    assert (policy.holdout, policy.cap_per_visit, policy.noise) == (0.10, 12, (8, 1))


def test_arms_without_weights_are_equally_likely() -> None:
    assert news().experiments[0].weights == (0.5, 0.5)


def test_indices_are_the_order_of_declaration() -> None:
    policy = news()

    assert [target.index for target in policy.targets] == [0, 1]
    assert policy.adjustments[0].target is policy.targets[1]
    assert policy.experiments[0].arms == {"adaptive": frozenset({0}), "static": frozenset()}
    assert policy.experiments[0].adjustments == frozenset({0})


def test_a_goal_is_its_name() -> None:
    assert Policy("site").goal("bought") == "bought"


def test_a_target_of_another_policy_is_unknown_even_under_the_same_name() -> None:
    first, second = Policy("first"), Policy("second")
    first.target("box", "#box")
    foreign = second.target("box", "#box")

    with pytest.raises(Exception, match="unknown target 'box'"):
        first.adjust("bigger", on=foreign, when=lambda v: v.clicks(foreign) > 0, do=adjust.add_class("x"))


def test_the_arms_of_a_policy_without_experiments_are_the_holdout_and_everyone() -> None:
    assert [str(arm) for arm in declare(Policy("plain")).arms] == ["holdout", "everyone"]


def test_the_hash_names_declaration_and_code() -> None:
    renamed = news()
    renamed.name = "weekly-news"
    hashes = {
        policy_hash(news(), SOURCE),
        policy_hash(renamed, SOURCE),
        policy_hash(news(), SOURCE + b"limit = 451\n"),
    }

    assert len(hashes) == 3
    assert all(len(bytes.fromhex(name)) == 8 for name in hashes)
    assert policy_hash(news(), SOURCE) == policy_hash(news(), b"# a comment, and another layout\nlimit  =  450")


def test_a_target_without_a_selector_is_what_the_page_marks_with_its_name() -> None:
    assert Policy("marked").target("story").selector == '[data-trimtab-target="story"]'
