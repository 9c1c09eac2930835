import io
import threading
from collections.abc import Iterator

from trimtab_bundler.progress import Progress


def ticking(*times_s: float) -> Iterator[float]:
    yield from times_s


def test_a_quick_step_is_not_told() -> None:
    out, clock = io.StringIO(), ticking(0.0, 1.9)
    with Progress(out, clock=lambda: next(clock)).step("packing"):
        pass
    assert out.getvalue() == ""


def test_a_slow_step_is_told_with_its_time() -> None:
    out, clock = io.StringIO(), ticking(0.0, 12.34)
    with Progress(out, clock=lambda: next(clock)).step("packing"):
        pass
    assert out.getvalue() == "trimtab: packing: 12.3 s\n"


def test_a_slow_step_is_told_while_it_goes_on() -> None:
    told = threading.Event()

    class Screen(io.StringIO):
        def flush(self) -> None:
            told.set()

    out, clock = Screen(), ticking(0.0, 3.0, 4.0)
    with Progress(out, slow_s=0.001, clock=lambda: next(clock)).step("packing"):
        assert told.wait(timeout=10)
    assert out.getvalue() == "trimtab: packing … 3 s\ntrimtab: packing: 4.0 s\n"


def test_a_slow_step_that_fails_is_told_too() -> None:
    out, clock = io.StringIO(), ticking(0.0, 5.0)
    try:
        with Progress(out, clock=lambda: next(clock)).step("packing"):
            raise ConnectionError
    except ConnectionError:
        assert out.getvalue() == "trimtab: packing: 5.0 s\n"


def test_a_bar_says_how_far_it_has_come_in_lines_now_and_then() -> None:
    out, clock = io.StringIO(), ticking(0.0, 1.0, 5.0, 11.0, 15.0, 25.5)
    with Progress(out, clock=lambda: next(clock)).bar("visitors", 2000) as done:
        for number in (100, 500, 1000, 1500):
            done(number)
    assert out.getvalue() == (
        "trimtab: visitors: [#######.......................] 500 of 2,000, 5 s\n"
        "trimtab: visitors: [######################........] 1,500 of 2,000, 15 s\n"
        "trimtab: visitors: 1,500 of them, 25.5 s\n"
    )


def test_a_bar_on_a_terminal_is_drawn_in_one_place() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out, clock = Terminal(), ticking(0.0, 3.0, 3.1, 4.0, 4.5)
    with Progress(out, clock=lambda: next(clock)).bar("visitors", 3) as done:
        for number in (1, 2, 3):
            done(number)
    first, second = out.getvalue().split("\r")[1:]
    assert first == "trimtab: visitors: [##########....................] 1 of 3, 3 s"
    assert second == "trimtab: visitors: [##############################] 3 of 3, 4 s\ntrimtab: visitors: 4.5 s\n"


def test_a_quick_bar_is_not_told() -> None:
    out, clock = io.StringIO(), ticking(0.0, 1.0, 1.5)
    with Progress(out, clock=lambda: next(clock)).bar("visitors", 1) as done:
        done(1)
    assert out.getvalue() == ""
