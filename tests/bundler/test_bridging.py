"""[data_layer] of trimtab.toml: off unless it is there, and then exactly what it says."""

import sys
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.bridging import Bridge, render_bridge
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.cache import Cache
from trimtab_bundler.pack import build_pack
from trimtab_bundler.progress import Progress
from trimtab_bundler.site import read_site
from trimtab_bundler.tag import bundle_tag

CONFIG = {"declaration": {"targets": [], "adjustments": [], "goals": ["bought"], "questions": []}}
HEAD = '[site]\nname = "shop"\n\n'


def bridge_of(folder: Path, table: str) -> Bridge | None:
    (folder / "policy.py").write_text("")
    (folder / "trimtab.toml").write_text(HEAD + table)
    return read_site(folder).bridge


def test_without_the_table_nothing_of_it_is_in_the_tag(bundler: Bundler, tmp_path: Path) -> None:
    assert bridge_of(tmp_path, "") is None
    assert b"dataLayer" not in bundle_tag(bundler, CONFIG).content
    assert b"dataLayer" in bundle_tag(bundler, CONFIG, bridge=Bridge(True, {})).content


def test_decisions_go_out_and_events_come_in_as_the_table_says(tmp_path: Path) -> None:
    table = "[data_layer]\ndecisions = true\n[data_layer.events]\n"
    table += 'purchase = { goal = "bought", value = "ecommerce.value" }\nadd_to_cart = { event = "cart" }\n'
    bridge = bridge_of(tmp_path, table)

    assert bridge == Bridge(
        True, {"purchase": ("goal", "bought", "ecommerce.value"), "add_to_cart": ("event", "cart", "")}
    )
    assert bridge.goals == {"bought"}
    assert '{decisions:!0,events:{purchase:["goal","bought","ecommerce.value"],' in render_bridge(bridge)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("[data_layer]\nspeed = 1", "trimtab.toml:5: [data_layer] speed is not known; use decisions, events"),
        ("[data_layer]\ndecisions = 1", "trimtab.toml:5: [data_layer] decisions is 1; write true or false"),
        ("[data_layer]\nevents = []", "trimtab.toml:5: [data_layer] events is []"),
        ('[data_layer.events]\nbuy = "bought"', "trimtab.toml:5: [data_layer.events] buy is 'bought'; write it as"),
        ('[data_layer.events]\nbuy = { goal = "a", event = "b" }', "trimtab.toml:5: [data_layer.events] buy"),
        ('[data_layer.events]\nbuy = { value = "x" }', "trimtab.toml:5: [data_layer.events] buy"),
        ("[data_layer.events]\nbuy = { goal = 5 }", "trimtab.toml:5: [data_layer.events] buy"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(TrimtabError) as caught:
        bridge_of(tmp_path, table)
    assert str(caught.value).startswith(told)


def test_a_goal_that_the_policy_does_not_have_is_found_when_it_is_built(tmp_path: Path) -> None:
    bridge_of(tmp_path, '[data_layer.events]\npurchase = { goal = "bougt" }')
    (tmp_path / "policy.py").write_text("from trimtab import Policy\n\nsite = Policy('shop')\nsite.goal('bought')\n")
    with pytest.raises(TrimtabError, match=r"goal 'bougt' is not in policy\.py; declare it .* or use one of: bought"):
        build_pack(tmp_path, Cache.of_user(), Progress(sys.stderr))
