"""A limit for code that a site owner wrote and that does not come to an end."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from trimtab.errors import PolicyError

PATIENCE_S: Final = 20
"""A policy declares and compares; one that takes longer than this to load and try is in a loop."""


class _TakesTooLongError(BaseException):
    """Not an Exception: the code in the loop must not be able to catch it by accident."""


@contextmanager
def patience(path: Path) -> Iterator[None]:
    """Ends the body after PATIENCE_S with a PolicyError that names the line of `path` that was running.

    Where no timer interrupts (Windows, a thread that is not the main one, Pyodide), it waits for ever.
    """
    can_interrupt = hasattr(signal, "setitimer") and sys.platform != "emscripten"
    if not can_interrupt or threading.current_thread() is not threading.main_thread():
        yield
        return
    line = 0

    def interrupt(_number: int, frame: FrameType | None) -> None:
        nonlocal line
        while frame and frame.f_code.co_filename != str(path):
            frame = frame.f_back
        line = frame.f_lineno if frame else 0
        raise _TakesTooLongError

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    try:
        yield
    except _TakesTooLongError:
        what, mend = f"takes longer than {PATIENCE_S} s", "look for a loop that does not end"
        raise PolicyError(what, mend=mend, file=path.name, line=line) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
