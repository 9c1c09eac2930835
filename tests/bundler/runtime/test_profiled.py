"""What a profiled runtime is watched with is what happens to visitors, and nothing of it ends the build."""

from tests.bundler.runtime.building import Building
from trimtab_bundler.cache import Cache

POLICY = """
from trimtab import Policy, Visitor, adjust

site = Policy("failing")
title = site.target("title", ".title")


def shown(visitor: Visitor) -> bool:
    return visitor.event("go").count >= 1


site.adjust("short-title", on=title, when=shown, do=adjust.swap("short"))
"""
FAILING = """
    if visitor.event("go").count > 3 and visitor.scroll.depth > 0.5 and visitor.scroll.depth > 1:
        raise LookupError("no share is above 1")
    return visitor"""


def test_a_rule_that_fails_while_visits_are_made_up_ends_no_build(building: Building) -> None:
    runtimes = building.build_profiled(POLICY.replace("\n    return visitor", FAILING), Cache.of_user())
    assert [runtime.config["name"] for runtime in runtimes] == ["profiled", "lean"]
