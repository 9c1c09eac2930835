from collections.abc import Callable
from pathlib import Path

import pytest

from trimtab.errors import TrimtabError
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.consenting import Source, render_sources
from trimtab_bundler.site import read_site
from trimtab_bundler.tag import bundle_tag

SITE = '[site]\nname = "a"\n'
CONFIG = {"site": "a", "preview": False, "declaration": {"targets": [], "adjustments": [], "goals": []}}
MARKS = {"tcf": "__tcfapi", "gpp": "__gpp", "google": "dataLayer"}

type SiteMaker = Callable[..., Path]


def sources(make_site: SiteMaker, toml: str) -> tuple[Source, ...]:
    return read_site(make_site(toml=SITE + toml)).consent


def test_a_site_that_names_nobody_asks_nobody(make_site: SiteMaker) -> None:
    assert sources(make_site, "") == sources(make_site, "[consent]\n") == ()


def test_a_source_that_is_named_has_safe_purposes(make_site: SiteMaker) -> None:
    (tcf,) = sources(make_site, "[consent.tcf]\n")
    assert tcf == Source("tcf", {"observe": (6,), "adapt": (6,), "remember": (1, 6), "share": (1, 8)})


def test_sources_come_in_their_order_whatever_the_order_in_the_file(make_site: SiteMaker) -> None:
    named = sources(make_site, "[consent.google]\n[consent.gpp]\n[consent.tcf]\n")
    assert [source.name for source in named] == ["tcf", "gpp", "google"]


def test_a_site_says_which_purposes_a_capability_needs_and_which_are_not_asked_for(make_site: SiteMaker) -> None:
    toml = '[consent.tcf]\nobserve = []\nshare = [8, -2]\n[consent.google]\nshare = ["ad_storage"]\n'
    tcf, google = sources(make_site, toml)
    assert tcf.needs == {"adapt": (6,), "remember": (1, 6), "share": (8, -2)}
    assert google.needs["share"] == ("ad_storage",)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[consent]\ntcf = true\n", "4: [consent] tcf is no table; write [consent.tcf] on a line of its own"),
        ("[consent.tfc]\n", "3: [consent.tfc] is not known; use tcf, gpp, google"),
        ("[consent.tcf]\ntrack = [1]\n", "4: [consent.tcf] track is not known; use observe, adapt, remember, share"),
        ("[consent.tcf]\nshare = 8\n", "4: [consent.tcf] share is 8, not a list; write share = [1, 8]"),
        (
            "[consent.gpp]\nshare = [1]\n[consent.tcf]\nadapt = [1]\nshare = [1, 25]\n",
            "7: [consent.tcf] share: 25 is no purpose; use the numbers 1 to 24, or -1 to -63 for custom purposes of",
        ),
        ("[consent.tcf]\nshare = [true]\n", "4: [consent.tcf] share: True is no purpose; use the numbers 1 to 24, or"),
        (
            '[consent.google]\nshare = ["analytics"]\n',
            "4: [consent.google] share: 'analytics' is no purpose; use ad_personalization, ad_storage, ad_user_data, ",
        ),
    ],
)
def test_a_mistake_is_told_with_line_and_mend(make_site: SiteMaker, toml: str, told: str) -> None:
    with pytest.raises(TrimtabError) as raised:
        sources(make_site, toml)
    assert str(raised.value).startswith(f"trimtab.toml:{told}")


def test_consent_that_is_no_table_is_a_mistake(make_site: SiteMaker) -> None:
    folder = make_site(toml=f"consent = 1\n{SITE}")
    with pytest.raises(TrimtabError, match=r"^trimtab.toml:1: \[consent\] is no table; write \[consent.tcf\], "):
        read_site(folder)


@pytest.mark.parametrize("named", [(), ("tcf",), ("gpp", "google")])
def test_only_the_sources_that_are_named_are_in_the_tag(bundler: Bundler, named: tuple[str, ...]) -> None:
    tag = bundle_tag(bundler, CONFIG, tuple(Source(name, {"share": (1,)}) for name in named)).content.decode()
    assert {name for name, mark in MARKS.items() if mark in tag} == set(named)


def test_the_module_of_no_source_is_that_of_the_checkout_without_its_types() -> None:
    assert render_sources(()) == "export const askSources = () => () => {};\n"
