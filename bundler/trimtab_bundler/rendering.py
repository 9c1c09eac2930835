"""The templates of a pack. An undefined name in a template is an error, never an empty place."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

EARLY: Final = "window.trimtab ??= { early: [] }"
"""The inline script of the snippet: what the page says before the tag is there waits in a queue."""
TRUSTED_TYPES: Final = "trusted-types trimtab"
"""For pages that require trusted types, and no others: it forbids all policies that it does not name."""
NAME: Final = re.compile("[A-Za-z_$][0-9A-Za-z_$]*")
"""What names a member without quotation marks."""
PROTOTYPE: Final = "__proto__"
"""As a name in a literal, quoted or not, it is no member: it says what else the object has."""
HALF: Final = re.compile("[\ud800-\udfff]")
"""Of a pair in UTF-16: a script in UTF-8 cannot have one by itself."""
ENVIRONMENT: Final = Environment(
    loader=PackageLoader("trimtab_bundler"), undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True
)


def render_config(config: object) -> str:
    """What the tag, or the worker, has to know of the site, as an expression of JavaScript in few letters.

    `config` is what JSON can hold. Raises TypeError for anything else, ValueError for what is no number.
    """
    match config:
        case Mapping():
            return f"{{{','.join(f'{_member(name)}:{render_config(config[name])}' for name in config)}}}"
        case str():
            return _quote(config)
        case bool():
            return "!0" if config else "!1"
        case Sequence():
            return f"[{','.join(map(render_config, config))}]"
        case _:
            return json.dumps(config, allow_nan=False)


def _member(name: str) -> str:
    if name == PROTOTYPE:
        return f'["{name}"]'
    return name if NAME.fullmatch(name) else _quote(name)


def _quote(text: str) -> str:
    """As a string that cannot end a script which it is in, in the quotation marks that it does not have itself."""
    quoted = json.dumps(text, ensure_ascii=False).replace("</", "<\\/")
    quoted = HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", quoted)
    return f"'{quoted[1:-1].replace('\\"', '"')}'" if '"' in text and "'" not in text else quoted


def render_kinds(kinds: Iterable[str]) -> str:
    """The module that takes the place of page/adjust/kinds.js: these kinds of adjustments alone."""
    return ENVIRONMENT.get_template("kinds.js.j2").render(kinds=sorted(kinds))


def render_snippet(src: str, sri: str = "", early: str = EARLY) -> str:
    """What a site owner puts into each page: the inline script and the tag, two lines."""
    return ENVIRONMENT.get_template("snippet.html.j2").render(early=early, src=src, sri=sri)


def render_csp(origin: str, early: str = EARLY) -> str:
    """What a Content-Security-Policy needs for the snippet; `origin` is the pack's, empty if it is the page's own.

    Elsewhere the worker starts from a blob that imports it from the pack, so both are sources of workers.
    """
    place = origin or "'self'"
    digest = base64.b64encode(hashlib.sha256(early.encode()).digest()).decode()
    workers = f"blob: {origin}" if origin else place
    return f"script-src {place} 'wasm-unsafe-eval' 'sha256-{digest}'; worker-src {workers}; connect-src {place}"
