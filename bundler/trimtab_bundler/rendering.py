"""The templates of a pack. An undefined name in a template is an error, never an empty place."""

from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

ENVIRONMENT: Final = Environment(
    loader=PackageLoader("trimtab_bundler"), undefined=StrictUndefined, autoescape=True, keep_trailing_newline=True
)


def render_config(config: object) -> str:
    """The module that takes the place of page/config.js: the site's configuration as the tag imports it."""
    return ENVIRONMENT.get_template("config.js.j2").render(config=config)


def render_snippet(src: str, sri: str = "") -> str:
    """What a site owner puts into each page: the queue for early calls and the tag, two lines."""
    return ENVIRONMENT.get_template("snippet.html.j2").render(src=src, sri=sri)
