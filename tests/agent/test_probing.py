"""Rules that cannot be right, found when the policy is loaded. The line that must be named carries the mark `#!`."""

import textwrap
from pathlib import Path

import pytest

from tests.agent.making import load, mistake_in

HEAD = """\
from trimtab import Policy, Tunable, adjust, seconds

site = Policy("my-site")
box = site.target("box", "#box")
box2 = site.target("box2", "#box2")
waits = {"enter_after": seconds(1), "leave_after": seconds(1)}
"""


def whole(rest: str) -> str:
    return HEAD + textwrap.dedent(rest)


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("""
         @site.segment(**waits)
         def slow(v):
             return v.scrol.speed_px_s < 3  #!
         """, "segment 'slow' fails: AttributeError: 'Visitor' object has no attribute 'scrol'"),
        ("""
         @site.segment(**waits)
         def slow(v):
             return v.scroll.speed < 3  #!
         """, "segment 'slow' fails: AttributeError: 'Scroll' object has no attribute 'speed'"),
        ("""
         @site.segment(**waits)
         def slow(v):
             if v.clicks(box) > 3:
                 return v.clicks(nobody) > 3  #!
             return False
         """, "segment 'slow' fails: NameError: name 'nobody' is not defined"),
        ("""
         @site.segment(**waits)
         def slow(v):
             if v.clicks(box) > 3:
                 raise SystemExit(0)  #!
             return False
         """, "segment 'slow' fails: SystemExit: 0"),
        ("""
         @site.segment(**waits)
         def slow(v):
             return v.clicks(box) > v.clicks(box2)  #!
         """, "segment 'slow' fails: TypeError: compare each number with a limit of its own"),
        ("""
         @site.segment(**waits)
         def slow(v):
             return float(v.clicks(box)) > 3  #!
         """, "segment 'slow' fails: TypeError: compare clicks.count/0/ directly"),
        ("""
         @site.segment(**waits)
         def slow(v):
             raise ValueError("one\\n two")  #!
         """, "segment 'slow' fails: ValueError: one two"),
        ("""
         @site.segment(**waits)
         def slow(v):
             return v.clicks(box) > Tunable("limit", 9, low=1, high=3)  #!
         """, "tunable 'limit': 9 is not within 1..3"),
        ("""
         @site.segment(**waits)  #!
         def slow():
             return True
         """, "segment 'slow' fails: TypeError: slow() takes 0 positional arguments but 1 was given"),
        ("""
         @site.segment(**waits)  #!
         def always(v):
             return True
         """, "segment 'always' can never be left"),
        ("""
         @site.segment(**waits)  #!
         def never(v):
             return v.clicks(box) > 3 and v.clicks(box) < 2
         """, "segment 'never' can never be entered"),
        ("""
         @site.segment(**waits)  #!
         def forgot(v):
             v.clicks(box) > 3
         """, "segment 'forgot' can never be entered"),
        ("""
         site.adjust("next", on=box, when=lambda v: v.nothing, do=adjust.add_class("x"))  #!
         """, "adjust 'next' fails: AttributeError: 'Visitor' object has no attribute 'nothing'"),
        ("""
         @site.question(answers=("none", "yes"))  #!
         def ending(outcome):
             return "perhaps"
         """, "question 'ending' answers 'perhaps'"),
        ("""
         @site.question(answers=("none", "yes"))
         def ending(outcome):
             return "yes" if outcome.reached() else "none"  #!
         """, "question 'ending' fails: TypeError: Outcome.reached() missing 1 required"),
        ("""
         @site.segment(**waits)  #!
         def beyond(v):
             return v.visible(box) > 1.2
         """, "segment 'beyond' can never be entered"),
        ("""
         @site.segment(**waits)  #!
         def backwards(v):
             return v.scroll.speed_px_s >= 0
         """, "segment 'backwards' can never be left"),
        ("""
         site.adjust("late", on=box, when=lambda v: v.scroll.idle_s < 0, do=adjust.add_class("x"))  #!
         """, "adjust 'late': its rule can never hold"),
        ("""
         @site.segment(**waits)
         def worded(v):
             return v.clicks("box") > 1  #!
         """, "segment 'worded' fails: TypeError: that is no target of this policy; use what its target(…) gave"),
        ("""
         @site.segment(**waits)
         def foreign(v):
             return v.clicks(Policy("other").adjust) > 1  #!
         """, "segment 'foreign' fails: AttributeError: 'function' object has no attribute 'index'"),
        ("""
         @site.segment(**waits)
         def typist(v):
             return v.typing.bursts > 3  #!
         """, "segment 'typist' fails: TypeError: typing is not observed; make the policy with typing=True"),
        ("""
         site.goal("bought")
         @site.question(answers=("none", "yes"))
         def ending(outcome):
             return "yes" if outcome.reached("bougth") else "none"  #!
         """, "question 'ending' fails: LookupError: 'bougth' is no goal of this policy (it has bought)"),
        ("""
         one = site.adjust("one", on=box, when=lambda v: v.clicks(box) > 1, do=adjust.swap("a"))
         @site.question(answers=("none", "yes"))
         def ending(outcome):
             return "yes" if outcome.was(one) else "none"  #!
         """, "question 'ending' fails: LookupError: 'one' is no segment of this policy (it has none)"),
        ("""
         click = lambda v: v.clicks(box) > 1
         same = site.target("same", "p,  #box")
         site.adjust("one", on=box, when=click, do=adjust.swap("a"))
         site.adjust("two", on=same, when=click, do=adjust.text("b"))  #!
         """, "adjust 'two' fights with 'one' over the target 'box', whose selector 'same' has too"),
        ("""
         one = site.adjust("one", on=box, when=lambda v: v.clicks(box) > 1, do=adjust.swap("a"))
         site.experiment("size", arms={"on": [one, one], "off": []})  #!
         """, "experiment 'size': arm 'on' names 'one' twice"),
        ("""
         click = lambda v: v.clicks(box) > 1
         site.adjust("one", on=box, when=click, do=adjust.swap("a"))
         site.adjust("two", on=box, when=click, do=adjust.text("b"))  #!
         """, "adjust 'two' fights with 'one' over the target 'box'"),
        ("""
         click = lambda v: v.clicks(box) > 1
         site.adjust("one", on=box, when=click, do=adjust.attribute("open"))
         site.adjust("two", on=box, when=click, do=adjust.attribute("open", "x"))  #!
         """, "adjust 'two' fights with 'one' over the target 'box'"),
    ],
    ids=lambda value: value.split(":")[0] if "\n" not in value else None,
)  # fmt: skip
def test_a_rule_that_cannot_be_right_is_told_with_its_line(rest: str, what: str, tmp_path: Path) -> None:
    source = whole(rest)
    (line,) = [number for number, text in enumerate(source.splitlines(), 1) if text.endswith("#!")]
    mistake = mistake_in(tmp_path, source)

    assert mistake.what.startswith(what)
    assert (mistake.file, mistake.line) == ("policy.py", line)
    assert mistake.mend
    assert "\n" not in str(mistake)


def test_the_mend_says_what_a_number_can_be(tmp_path: Path) -> None:
    rule = "@site.segment(**waits)\ndef beyond(v):\n    return v.visible(box) > 1.2 and v.scroll.turns < -1\n"

    assert str(mistake_in(tmp_path, whole(rule))) == (
        "policy.py:7: segment 'beyond' can never be entered; compare a number of the visitor that can come out either "
        "way (visible.share is from 0 to 1)"
    )


@pytest.mark.parametrize(
    "rest",
    [
        """
        @site.segment(**waits)
        def signed(v):
            return v.approach(box).approach_px < -3 and v.event("balance").last < -1 and v.visible(box) >= 1
        """,
        """
        click = lambda v: v.clicks(box) > 1
        other = site.target("other", ":is(#box, p)")
        site.adjust("one", on=box, when=click, do=adjust.swap("a"))
        site.adjust("two", on=other, when=click, do=adjust.swap("b"))
        """,
        """
        @site.segment(enter_after=seconds(0), leave_after=seconds(0))
        def quick(v):
            return v.clicks(box) > 1
        """,
        """
        @site.segment(**waits)
        def slow(v):
            return v.scroll.speed_px_s < Tunable("limit", 80, low=10, high=200) and v.attended_s > 5
        """,
        """
        @site.segment(**waits)
        def between(v):
            return 3 < v.clicks(box) < 5
        """,
        """
        @site.segment(**waits)
        def within(v):
            return 0.5 < v.scroll.depth < 0.9 and 0.2 < v.visible(box) < 0.3
        """,
        """
        @site.segment(**waits)
        def nested(v):
            if v.clicks(box) > 3:
                return v.clicks(box2) > 8 or v.event("quiz").count > 2
            return False
        """,
        """
        @site.segment(**waits)
        def derived(v):
            return v.attended_s * 2 - 10 > 7.5
        """,
        """
        click = lambda v: v.clicks(box) > 1
        site.adjust("one", on=box, when=click, do=adjust.add_class("a"))
        site.adjust("two", on=box, when=click, do=adjust.add_class("b"))
        site.adjust("three", on=box2, when=click, do=adjust.add_class("a"))
        """,
        """
        click = lambda v: v.clicks(box) > 1
        site.adjust("one", on=box, when=click, do=adjust.swap("a"), group="box")
        site.adjust("two", on=box, when=click, do=adjust.swap("b"), group="box")
        """,
        """
        @site.segment(**waits)
        def many(v):
            return v.clicks(box) > 9
        @site.segment(**waits)
        def some(v):
            return v.clicks(box) > 3
        site.exclusive(many, some)
        site.adjust("one", on=box, when=many, do=adjust.swap("a"))
        site.adjust("two", on=box, when=some, do=adjust.swap("b"))
        """,
        """
        site.goal("bought")
        @site.question(answers=("none", "yes"))
        def ending(outcome):
            return "yes" if outcome.reached("bought") and outcome.dwell(box).attended_s > 3 else "none"
        """,
    ],
)
def test_a_rule_that_can_come_out_either_way_is_let_through(rest: str, tmp_path: Path) -> None:
    assert load(tmp_path, whole(rest)).name == "my-site"


def test_a_rule_with_more_limits_than_can_be_tried_is_let_through(tmp_path: Path) -> None:
    many = " and ".join(f"v.event('e{n}').count > {n}" for n in range(40))

    assert load(tmp_path, whole(f"@site.segment(**waits)\ndef picky(v):\n    return {many}\n")).name == "my-site"
