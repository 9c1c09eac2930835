"""The demo's pages as files: what a site owner would copy is what the snippet and the policy say."""

import re
import tomllib

import pytest

from tests.demo_site.control import DEMO, SITES, control_of
from trimtab.loading import load_policy
from trimtab_bundler.crowding import site_of_crowd

PAGES = [page.relative_to(DEMO).as_posix() for page in sorted(DEMO.rglob("*.html"))]
SNIPPET = """\
<script>window.trimtab ??= {{ early: [] }}</script>
<script async src="/{site}/trimtab.js" data-arm="{arm}"></script>
"""


def read(page: str) -> str:
    return (DEMO / page).read_text(encoding="utf-8")


def site_name(folder: str) -> str:
    return str(tomllib.loads(read(f"{folder}/trimtab.toml"))["site"]["name"])


@pytest.mark.parametrize("folder", SITES)
def test_the_control_copy_is_the_page_without_its_trimtab_lines(folder: str) -> None:
    wanted = control_of(read(f"{folder}/index.html"))

    assert read(f"{folder}/control.html") == wanted, "run python -m tests.demo_site.control"
    marked = wanted.replace("data-trimtab-variant", "")  # blocks that wait, and without the tag they wait for ever
    assert "trimtab" not in marked.partition("<footer")[0]
    assert len(read(f"{folder}/index.html").splitlines()) - len(wanted.splitlines()) == 4


@pytest.mark.parametrize("folder", SITES)
def test_a_page_carries_the_snippet_of_its_site_with_the_arm_that_shows_something(folder: str) -> None:
    policy = load_policy(DEMO / folder / "policy.py")
    (experiment,) = policy.experiments
    (arm,) = (arm for arm, adjustments in experiment.arms.items() if adjustments)

    assert policy.name == site_name(folder)
    assert SNIPPET.format(site=policy.name, arm=f"{experiment.name}/{arm}") in read(f"{folder}/index.html")


@pytest.mark.parametrize("folder", SITES)
def test_the_page_reports_the_goals_that_the_policy_declares_and_the_events_that_it_reads(folder: str) -> None:
    (script,) = (DEMO / folder).glob("*.js")
    told = re.findall(r'tell\("(goal|event)", "([a-z-]+)"', script.read_text(encoding="utf-8"))
    source = read(f"{folder}/policy.py")

    assert sorted(name for kind, name in told if kind == "goal") == load_policy(DEMO / folder / "policy.py").goals
    assert {name for kind, name in told if kind == "event"} == set(re.findall(r'\.event\("([a-z-]+)"\)', source))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_needs_nothing_from_elsewhere_and_runs_no_inline_handler(page: str) -> None:
    addresses = re.findall(r'\b(?:src|href|action|poster|data)="([^"]*)"', read(page))

    assert [address for address in addresses if re.match(r"(?!data:image/svg)[a-z]+:|//", address)] == []
    assert re.findall(r"<[^>]+\s(?:on[a-z]+|style)=", read(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    text, folder = read(page), (DEMO / page).parent
    served = {f"/sites/{site_name(site)}" for site in SITES} | {f"/{site_name(site)}/trimtab.js" for site in SITES}
    served.add(f"/sites/{site_of_crowd(site_name('news'))}")
    for address in re.findall(r'\b(?:src|href|action)="([^"]*)"', text):
        if address.startswith("#"):
            assert f'id="{address[1:]}"' in text, address
        elif not address.startswith("data:") and address not in served:
            target = folder / address
            assert (target / "index.html" if address.endswith("/") else target).is_file(), address


@pytest.mark.parametrize("page", PAGES)
def test_ids_are_unique_and_references_to_them_hold(page: str) -> None:
    text = read(page)
    ids = re.findall(r'\bid="([^"]+)"', text)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\b(?:aria-labelledby|aria-controls|for)="([^"]+)"', text)) <= set(ids)
