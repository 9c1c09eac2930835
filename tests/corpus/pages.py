"""Which pages there are, and what is adjusted on each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ROOT / "node_modules"
DEMO: Final = ROOT / "demo_site"

LONG: Final = "These words are put here by a test. They are much longer than what was here before, " * 4
NOTE: Final = (
    '<template data-trimtab-variant="note">'
    "<p>In short: this block is another one, and of another height.</p></template>"
    '<template data-trimtab-variant="ask">'
    "<p>Was this of use? <button data-trimtab-dismiss>Not now</button></p></template>"
)
ROOMY: Final = "<style>.roomy{padding:24px;font-size:1.25em}</style>"
"""A class of the site's own that needs more room."""


@dataclass(frozen=True, slots=True)
class Change:
    """An adjustment of a corpus page: the name of its target too, a selector, and what to do as a policy writes it."""

    name: str
    selector: str
    do: str


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """A page as it comes: the folder it lies in, its path there, the text that gets a block for `swap` behind it."""

    name: str
    folder: Path
    path: str
    block_behind: str
    changes: tuple[Change, ...]
    goal: str = ""
    """What the page itself tells as a goal."""

    @property
    def policy(self) -> str:
        """Everything of it is wanted from `trimtab.event("wanted", 1)` until `trimtab.event("wanted", 0)`."""
        lines = [
            "from trimtab import Policy, adjust, seconds",
            f'site = Policy("{self.name}", holdout=0.01, cap_per_visit=100, cap_per_minute=100)',
            "@site.segment(enter_after=seconds(0), leave_after=seconds(0))",
            "def asked(visitor):",
            '    return visitor.event("wanted").last > 0',
        ]
        if self.goal:
            lines.append(f'site.goal("{self.goal}")')
        for change in self.changes:
            target = f'site.target("{change.name}", {change.selector!r})'
            limits = "debounce=seconds(0), show_for=seconds(1), cooldown=seconds(1), cap=10"
            lines.append(f'site.adjust("{change.name}", on={target}, when=asked, do={change.do}, {limits})')
        return "\n".join(lines) + "\n"


def corpus() -> tuple[CorpusPage, ...]:
    """Every page, in a fixed order."""
    return (
        _package(
            "clean-blog",
            "post.html",
            '<div class="small text-center text-muted fst-italic">',
            Change("marked", "article h2.section-heading", 'adjust.add_class("text-primary")'),
            Change("roomy", "article p", 'adjust.add_class("roomy")'),
            Change("note", "footer .small", 'adjust.swap("note")'),
            Change("title", ".post-heading .subheading", f'adjust.text("{LONG}")'),
            Change("hint", "article a", 'adjust.attribute("title", "put here by a test")'),
            Change("quotes", "article blockquote", "adjust.size(1.3)"),
            Change("picture", "article img", "adjust.enlarge(1.5)"),
            Change("meta", ".post-heading .meta", "adjust.hide()"),
        ),
        _package(
            "shop-homepage",
            "index.html",
            '<p class="lead fw-normal text-white-50 mb-0">',
            Change("marked", ".card .fw-bolder", 'adjust.add_class("text-primary")'),
            Change("roomy", ".card .btn", 'adjust.add_class("roomy")'),
            Change("lead", "header .lead", 'adjust.swap("note")'),
            Change("footer", "footer p", f'adjust.text("{LONG}")'),
            Change("prices", ".card .text-muted", "adjust.scale(1.2)"),
            Change("stars", ".card .small", "adjust.hide()"),
            Change("best", ".row > .col:last-child", 'adjust.move("first")'),
            Change("names", ".card h5", 'adjust.text("A product whose name is so long that it needs two lines")'),
        ),
        _package(
            "agency",
            "index.html",
            '<h3 class="section-subheading text-muted">',
            Change("roomy", ".portfolio-caption", 'adjust.add_class("roomy")'),
            Change("services", "#services p.text-muted", f'adjust.text("{LONG}")'),
            Change("note", "#services .section-subheading", 'adjust.swap("note")'),
            Change("pictures", ".portfolio-item img", 'adjust.add_class("rounded-circle")'),
            Change("team", ".team-member h4", 'adjust.add_class("roomy")'),
            Change("heads", ".timeline h4", 'adjust.style(color="#aa0000", font_size="20px")'),
            Change("asks", "#about .section-subheading", 'adjust.prompt("ask")'),
            Change("field", "#contactForm #name", 'adjust.attribute("placeholder", "Name")'),
        ),
        _package(
            "modern-business",
            "index.html",
            '<p class="lead fw-normal text-white-50 mb-4">',
            Change("roomy", ".card-body", 'adjust.add_class("roomy")'),
            Change("lead", "header .lead", 'adjust.swap("note")'),
            Change("features", "#features p", f'adjust.text("{LONG}")'),
            Change("marked", ".card-title", 'adjust.add_class("text-primary")'),
            Change("hint", ".card a", 'adjust.attribute("title", "put here by a test")'),
        ),
        _demo(
            "news",
            "article-read",
            '<aside class="summary" data-summary aria-label="Summary of this section">',
            Change("roomy", "main p", 'adjust.add_class("roomy")'),
            Change("summaries", "[data-summary]", 'adjust.swap("short")'),
            Change(
                "headings", "main h2", 'adjust.text("A heading that is so long that it may need another line or two")'
            ),
        ),
        _demo(
            "shop",
            "purchase",
            '<p class="pitch">',
            Change("roomy", ".facts dd", 'adjust.add_class("roomy")'),
            Change("promise", ".promise", f'adjust.text("{LONG}")'),
            Change("pitch", ".pitch", 'adjust.swap("note")'),
            Change("hint", ".buy", 'adjust.attribute("title", "put here by a test")'),
        ),
        _demo(
            "course",
            "solved",
            '<p class="lead">',
            Change("roomy", "main p", 'adjust.add_class("roomy")'),
            Change("lead", ".lead", 'adjust.swap("note")'),
            Change("exercise", ".exercise", 'adjust.swap("easier")'),
            Change("hint", "main h1", 'adjust.attribute("title", "put here by a test")'),
        ),
    )


def _package(name: str, path: str, block_behind: str, *changes: Change) -> CorpusPage:
    return CorpusPage(name, PACKAGES / f"startbootstrap-{name}" / "dist", path, block_behind, changes)


def _demo(name: str, goal: str, block_behind: str, *changes: Change) -> CorpusPage:
    return CorpusPage(f"demo-{name}", DEMO, f"{name}/index.html", block_behind, changes, goal)
