"""Lines that say what a build is doing, for everything that takes longer than a person waits without wondering."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, TextIO

SLOW_S: Final = 2.0
"""A step is told once it has taken so long."""
HEARTBEAT_S: Final = 10.0
"""And gives a sign of life so often."""
REDRAW_S: Final = 0.2
"""On a terminal a bar is drawn again this often at most."""
BAR: Final = 30
"""Signs in a full bar."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Writes the progress of steps to `out`. Steps may overlap; each line is written whole."""

    out: TextIO
    slow_s: float = SLOW_S
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, line: str) -> None:
        """Tell something that a person should look at, and that stops nothing."""
        self._say(line)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Tell `what` if the body takes long: that it goes on, and how many seconds it took."""
        begun = self.clock()
        ended = threading.Event()
        teller = threading.Thread(target=self._tell, args=(what, begun, ended), daemon=True)
        teller.start()
        try:
            yield
        finally:
            ended.set()
            teller.join()
            if (took_s := self.clock() - begun) >= self.slow_s:
                self._say(f"{what}: {took_s:.1f} s")

    @contextmanager
    def bar(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """A bar for a body that can count: it says how many of `total` are done so far. In a file: a line now and then.

        Quick work is not told, like a quick step. The last line says how many were done if not all were.
        """
        begun = self.clock()
        next_at, drawn, reached = begun + self.slow_s, False, 0
        every_s = REDRAW_S if self.out.isatty() else HEARTBEAT_S

        def done(number: int) -> None:
            nonlocal next_at, drawn, reached
            reached, now = number, self.clock()
            if now < next_at:
                return
            next_at, drawn = now + every_s, True
            filled = "#" * (BAR * number // max(total, 1))
            line = f"{what}: [{filled:.<{BAR}}] {number:,} of {total:,}, {now - begun:.0f} s"
            if self.out.isatty():
                self.out.write(f"\rtrimtab: {line}")
                self.out.flush()
            else:
                self._say(line)

        try:
            yield done
        finally:
            if drawn and self.out.isatty():
                self.out.write("\n")
            if (took_s := self.clock() - begun) >= self.slow_s:
                part = "" if reached == total else f"{reached:,} of them, "
                self._say(f"{what}: {part}{took_s:.1f} s")

    def _tell(self, what: str, begun: float, ended: threading.Event) -> None:
        wait_s = self.slow_s
        while not ended.wait(wait_s):
            self._say(f"{what} … {self.clock() - begun:.0f} s")
            wait_s = HEARTBEAT_S

    def _say(self, line: str) -> None:
        with self._lock:
            print(f"trimtab: {line}", file=self.out, flush=True)
