"""Records what a tester does in a browser window: the tag's own taps tell it, and it stays on this machine."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trimtab.messages import Declaration, Inbox
from trimtab.values import Event, Kind
from trimtab.visitors.writing import write_trace
from trimtab_bundler.bundling import Bundler
from trimtab_bundler.tag import bundle_recording

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

BINDING: Final = "trimtabRecording"
"""The function that a recorded page calls. It ends in this process."""


@dataclass(slots=True)
class Visit:
    """One page that was visited: its address, and what happened on it."""

    url: str
    inbox: Inbox
    events: list[Event] = field(default_factory=list)


class Recording:
    """All pages of one browser context, in the order in which they were opened, while it is driven."""

    def __init__(self, declaration: Declaration) -> None:
        self._declaration = declaration
        self._open: dict[object, Visit] = {}
        self._visits: list[Visit] = []

    def attach(self, context: "BrowserContext", bundler: Bundler) -> None:
        """From now on every page of the context is recorded."""
        script = bundle_recording(bundler, {"site": BINDING, "declaration": self._declaration.to_json()})
        context.expose_binding(BINDING, self.hear)
        context.add_init_script(script.content.decode())

    def hear(self, source: Mapping[str, Any], what: str, content: Any) -> None:
        """A page says that it begins, which names its rows use, or what happened. `source` is Playwright's."""
        page = source["page"]
        if what == "begin":
            self._open[page] = Visit(str(content), Inbox(len(self._declaration.targets), adjustments=0))
            self._visits.append(self._open[page])
        elif page in self._open and what == "names":
            self._open[page].inbox.learn([int(number), name] for number, name in content)
        elif page in self._open and what == "rows":
            visit = self._open[page]
            visit.events += visit.inbox.read(memoryview(array("d", content)).cast("B"))

    def visits(self) -> Sequence[Visit]:
        """The visits of which there is something to tell."""
        return [visit for visit in self._visits if visit.events and visit.events[0].kind is Kind.PAGE]

    def trace(self, visit: Visit) -> Iterator[str]:
        """The lines of a visit's trace."""
        return write_trace(visit.events, [name for name, _ in self._declaration.targets])
