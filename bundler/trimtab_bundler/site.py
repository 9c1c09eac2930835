"""What a site says about itself: SITE/trimtab.toml."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from trimtab.errors import TrimtabError
from trimtab.listed import SITE_FILE
from trimtab_bundler.bridging import TABLE, Bridge, read_bridge
from trimtab_bundler.consenting import Source, read_sources
from trimtab_bundler.listing import Listed, read_listed
from trimtab_bundler.mistakes import Mistake

FILE: Final = SITE_FILE
NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAX_NAME: Final = 48
RESERVED: Final = frozenset({"sites", "healthz"})
"""First parts of the server's own addresses."""
COLLECT: Final = re.compile(r"https?://[^\s?#]+|[^\s:?#]*")
DEFAULTS: Final = {"policy": "policy.py", "collect": "", "runtime": "profiled"}
RUNTIMES: Final = ("profiled", "lean", "stock")
"""The lightest first: a pack has those from the chosen one on."""
TEXTS: Final = ("name", *DEFAULTS)
KEYS: Final = (*TEXTS, "wheels")
TABLES: Final = ("site", "consent", TABLE)


@dataclass(frozen=True, slots=True)
class Site:
    """One site. `collect` is the address reports go to; empty: `report` beside the tag.

    `runtime`: the one that visitors get first, of RUNTIMES.
    `consent`: who else than the site's own call and the visitor is asked. `bridge`: to the page's dataLayer, if any.
    `wheels`: what its policy may import beside the standard library.
    """

    name: str
    policy: Path
    collect: str
    consent: tuple[Source, ...] = ()
    runtime: str = DEFAULTS["runtime"]
    bridge: Bridge | None = None
    wheels: tuple[Listed, ...] = ()


def read_site(folder: Path) -> Site:
    """Reads SITE/trimtab.toml. Raises TrimtabError with file, line, what and how to mend."""
    path = folder / FILE
    if folder.is_file():
        raise TrimtabError(f"{folder}: a file; give the folder of the site, with a {FILE} in it")
    try:
        text = path.read_bytes().decode()
        data = tomllib.loads(text)
    except OSError as error:
        raise TrimtabError(f'{path}: {error.strerror}; make it with two lines: [site] and name = "my-site"') from None
    except UnicodeDecodeError as error:
        _mistake(_line_after(error.object[: error.start]), "not UTF-8", "save the file as UTF-8")
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        _mistake(int(line[1]) if line else len(text.splitlines()), f"not TOML: {error}", "correct the line")
    table = _site_table(text, data)
    name, policy, collect, runtime = (_text(text, table, key) for key in TEXTS)
    if not NAME.fullmatch(name) or len(name) > MAX_NAME or name in RESERVED:
        mend = f"use a-z, 0-9 and single hyphens, at most {MAX_NAME} signs, and not {' or '.join(sorted(RESERVED))}"
        _mistake(_line_of(text, "name"), f"[site] name is {name!r}", mend)
    if not COLLECT.fullmatch(collect):
        _mistake(_line_of(text, "collect"), f"[site] collect is {collect!r}", "give an http(s) address or a path")
    if runtime not in RUNTIMES:
        _mistake(_line_of(text, "runtime"), f"[site] runtime is {runtime!r}", f"use {' or '.join(RUNTIMES)}")
    if not (folder / policy).is_file():
        _mistake(_line_of(text, "policy"), f"[site] policy {policy!r} is no file here", "name the policy's file")
    mistake = _mistake_in(text)
    sources, bridge = read_sources(data.get("consent", {}), mistake), read_bridge(data.get(TABLE), mistake)
    wheels = read_listed(folder, policy, table.get("wheels", []), mistake)
    return Site(name, folder / policy, collect, sources, runtime, bridge, wheels)


def _line_after(before: bytes) -> int:
    """Number of the line (from 1) that follows `before`."""
    return before.count(b"\n") + 1


def _site_table(text: str, data: dict[str, object]) -> dict[str, object]:
    for key in data:
        if key not in TABLES:
            _mistake(_line_of(text, key), f"{key!r} is not known", "put every setting below [site]")
    table = data.get("site")
    if not isinstance(table, dict):
        _mistake(1, "[site] is missing", 'begin with [site] and name = "my-site"')
    for key in table:
        if key not in KEYS:
            _mistake(_line_of(text, key), f"[site] {key} is not known", f"use {', '.join(KEYS)}")
    if "name" not in table:
        _mistake(_line_of(text, "site"), "[site] name is missing", 'add name = "my-site"')
    return table


def _mistake_in(text: str) -> Mistake:
    """For the tables that are read elsewhere."""

    def mistake(place: tuple[str, ...], what: str, mend: str) -> NoReturn:
        _mistake(_line_below(text, place), what, mend)

    return mistake


def _text(text: str, table: dict[str, object], key: str) -> str:
    value = table.get(key, DEFAULTS.get(key))
    if not isinstance(value, str):
        _mistake(_line_of(text, key), f"[site] {key} is {value!r}, not a text", 'put it in quotes: "…"')
    return value


def _line_of(text: str, key: str, after: int = 0) -> int:
    """The line below line `after` on which a key or table stands (from 1); `after` or 1 if it stands nowhere."""
    stands = re.compile(rf"""\s*(\[\s*((site|consent|data_layer)\.)?)?["']?{re.escape(key)}["']?\s*[]=.]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if number > after and stands.match(line)), max(after, 1))


def _line_below(text: str, place: tuple[str, ...]) -> int:
    """The line of the last of these keys, each of which stands on or below the line of the one before."""
    line = 0
    for key in place:
        line = _line_of(text, key, max(line - 1, 0))
    return line


def _mistake(line: int, what: str, mend: str) -> NoReturn:
    raise TrimtabError(f"{FILE}:{line}: {what}; {mend}")
