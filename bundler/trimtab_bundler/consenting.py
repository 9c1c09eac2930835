"""Whom a site asks for consent: the tables [consent.tcf], [consent.gpp] and [consent.google] of trimtab.toml.

A table that is there names a source; what it says is which purposes each capability needs. The site's own call, the
visitor's choice in the panel and Global Privacy Control need no table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from trimtab_bundler.mistakes import Mistake

type Purpose = int | str

CAPABILITIES: Final = ("observe", "adapt", "remember", "share")
MAX_PURPOSE: Final = 24
"""Bits that a TC string has for purposes. https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework"""
MAX_CUSTOM: Final = 63
"""Six bits count the custom purposes of a publisher (same source)."""
GOOGLE_TYPES: Final = (
    "ad_personalization",
    "ad_storage",
    "ad_user_data",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
)
"""https://developers.google.com/tag-platform/security/concepts/consent-mode"""

PERSONALISED: Final = (6,)
"""TCF's purpose 6: to use profiles to select personalised content."""
TCF: Final[Mapping[str, tuple[Purpose, ...]]] = {
    "observe": PERSONALISED,
    "adapt": PERSONALISED,
    "remember": (1, *PERSONALISED),  # 1: to store and access information on a device
    "share": (1, 8),  # 8: to measure content performance
}
GOOGLE: Final[Mapping[str, tuple[Purpose, ...]]] = {
    "observe": ("personalization_storage",),
    "adapt": ("personalization_storage",),
    "remember": ("personalization_storage",),
    "share": ("analytics_storage",),
}
DEFAULTS: Final = {"tcf": TCF, "gpp": TCF, "google": GOOGLE}
"""The sources in the order in which they are asked, and what each capability needs if the site does not say."""
FUNCTIONS: Final = {"tcf": "askTcf", "gpp": "askGpp", "google": "watchGoogle"}
"""What each of them exports, in page/consent/."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source of consent. `needs`: the purposes that each capability needs; a negative one is a custom purpose."""

    name: str
    needs: Mapping[str, tuple[Purpose, ...]]


def read_sources(table: object, mistake: Mistake) -> tuple[Source, ...]:
    """The sources that [consent] names, in their order."""
    if not isinstance(table, dict):
        mistake(("consent",), "[consent] is no table", "write [consent.tcf], [consent.gpp] or [consent.google]")
    for name, needs in table.items():
        if name not in DEFAULTS:
            mistake(("consent", name), f"[consent.{name}] is not known", f"use {', '.join(DEFAULTS)}")
        if not isinstance(needs, dict):
            mistake(("consent", name), f"[consent] {name} is no table", f"write [consent.{name}] on a line of its own")
    return tuple(_source(name, table[name], mistake) for name in DEFAULTS if name in table)


def render_sources(sources: tuple[Source, ...]) -> str:
    """The module that takes the place of page/consent/sources.js."""
    if not sources:
        return "export const askSources = () => () => {};\n"
    names = [("asking", "askEach"), *((source.name, FUNCTIONS[source.name]) for source in sources)]
    imports = "".join(f'import {{ {function} }} from "./{module}.js";\n' for module, function in names)
    asked = ", ".join(map(_entry, sources))
    return f"{imports}export const askSources = (hear, mistake) => askEach([{asked}], hear, mistake);\n"


def _entry(source: Source) -> str:
    needs = ", ".join(f"{capability}: {list(purposes)}" for capability, purposes in source.needs.items())
    return f'["{source.name}", {FUNCTIONS[source.name]}, {{ {needs} }}]'


def _source(name: str, table: Mapping[str, Any], mistake: Mistake) -> Source:
    where = f"[consent.{name}]"
    for capability, purposes in table.items():
        place = ("consent", name, capability)
        if capability not in CAPABILITIES:
            mistake(place, f"{where} {capability} is not known", f"use {', '.join(CAPABILITIES)}")
        if not isinstance(purposes, list):
            mistake(
                place, f"{where} {capability} is {purposes!r}, not a list", f"write {capability} = [{_example(name)}]"
            )
        for purpose in purposes:
            if not _is_purpose(name, purpose):
                mistake(place, f"{where} {capability}: {purpose!r} is no purpose", f"use {_purposes(name)}")
    chosen = {capability: tuple(table.get(capability, DEFAULTS[name][capability])) for capability in CAPABILITIES}
    return Source(name, {capability: purposes for capability, purposes in chosen.items() if purposes})


def _is_purpose(name: str, purpose: object) -> bool:
    if name == "google":
        return purpose in GOOGLE_TYPES
    return type(purpose) is int and purpose != 0 and -MAX_CUSTOM <= purpose <= MAX_PURPOSE


def _purposes(name: str) -> str:
    if name == "google":
        return ", ".join(GOOGLE_TYPES)
    return f"the numbers 1 to {MAX_PURPOSE}, or -1 to -{MAX_CUSTOM} for custom purposes of your own"


def _example(name: str) -> str:
    return '"analytics_storage"' if name == "google" else "1, 8"
