"""What the lines of everyday.txt speak of: texts, things, and functions for what takes more than a line."""

# ruff: noqa: F401  the lines speak of modules, too

import array
import base64
import binascii
import bisect
import calendar
import codecs
import collections
import colorsys
import contextlib
import copy
import csv
import dataclasses
import difflib
import enum
import functools
import hashlib
import heapq
import html
import io
import itertools
import json
import math
import operator
import pprint
import random
import re
import statistics
import string
import struct
import sys
import textwrap
import time
import traceback
import types
import typing
import unicodedata
import urllib.parse
import uuid
import weakref
import zlib
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from fractions import Fraction
from typing import Any, NamedTuple, override

WORDS = ["the", "quick", "brown", "fox", "jumps", "over", "the", "lazy", "dog", "the", "end"]
TEXT = "Grüße aus Łódź, naïve café — £3.50 or 10 % off…"
NUMBERS = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
PRICES = {"shirt": 19.9, "shoes": 89.0, "hat": 12.5}
THEN = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
DAY = date(2026, 2, 28)


class Size(enum.Enum):
    """Of a shirt."""

    SMALL = "s"
    LARGE = "l"


class Seen(enum.Flag):
    """Parts of a page."""

    TITLE = enum.auto()
    TEXT = enum.auto()
    END = enum.auto()


class Level(enum.IntEnum):
    """Of an exercise."""

    EASY = 1
    HARD = 2


class Point(NamedTuple):
    """On a page."""

    x: float
    y: float = 0.0


@dataclasses.dataclass(order=True)
class Item:
    """In a cart."""

    name: str
    price: float
    tags: list[str] = dataclasses.field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """Of time."""

    begin: int
    end: int = 10


class Money:
    """With operators."""

    def __init__(self, cents: int) -> None:
        self.cents = cents

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    __radd__ = __add__

    def __mul__(self, times: int) -> "Money":
        return Money(self.cents * times)

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self.cents == other.cents

    def __lt__(self, other: "Money") -> bool:
        return self.cents < other.cents

    @override
    def __hash__(self) -> int:
        return hash(self.cents)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __len__(self) -> int:
        return self.cents

    def __contains__(self, cents: int) -> bool:
        return cents <= self.cents

    def __getitem__(self, place: int) -> str:
        return str(self.cents)[place]

    def __call__(self, more: int) -> int:
        return self.cents + more

    @override
    def __format__(self, spec: str) -> str:
        return format(self.cents / 100, spec or ".2f")

    @override
    def __repr__(self) -> str:
        return f"Money({self.cents})"

    @property
    def euros(self) -> float:
        """As people say it."""
        return self.cents / 100

    @euros.setter
    def euros(self, value: float) -> None:
        self.cents = round(value * 100)

    @classmethod
    def parse(cls, text: str) -> "Money":
        """From "3.50"."""
        return cls(round(float(text) * 100))

    @staticmethod
    def sign() -> str:
        """Of the currency."""
        return "€"

    @functools.cached_property
    def digits(self) -> list[int]:
        """Of the number."""
        return [int(each) for each in str(self.cents)]


class Missing(KeyError):
    """One of a policy's own."""


def fails(call: Callable[[], object]) -> str:
    """What it raises."""
    try:
        call()
    except Exception as error:  # noqa: BLE001  this is what is asked
        return f"{type(error).__name__}: {error}"
    return "nothing"


def chained() -> str:
    """An exception with a cause."""
    try:
        try:
            PRICES["sock"]
        except KeyError as error:
            raise Missing("no socks") from error
    except Missing as error:
        return f"{error!r} {error.__cause__!r} {error.args} {bool(error.__traceback__)}"
    return ""


def grouped() -> list[str]:
    """A group of exceptions, of which some are caught."""
    caught = []
    try:
        raise ExceptionGroup("several", [ValueError("one"), TypeError("two")])
    except* ValueError as group:
        caught.append(str(group.exceptions))
    except* TypeError as group:
        caught.append(str(group.exceptions))
    return caught


def cleaned() -> list[str]:
    """What is done at any rate."""
    done = []
    for number in (1, 0):
        try:
            done.append(str(1 / number))
        except ZeroDivisionError as error:
            error.add_note("of course")
            done.append(str(error.__notes__))
        else:
            done.append("else")
        finally:
            done.append("finally")
    return done


def printed() -> str:
    """What is printed, and a traceback's last line."""
    target = io.StringIO()
    with contextlib.redirect_stdout(target):
        print("seen", 3, sep=": ", end="!\n")
    try:
        int("x")
    except ValueError:
        return target.getvalue() + traceback.format_exc().splitlines()[-1]
    return ""


@contextlib.contextmanager
def noting(notes: list[str]) -> Iterator[str]:
    """A context of one's own."""
    notes.append("in")
    try:
        yield "here"
    finally:
        notes.append("out")


def noted() -> list[str]:
    """It is used."""
    notes: list[str] = []
    with noting(notes) as where, contextlib.suppress(ValueError):
        notes.append(where)
        raise ValueError
    return notes


def averaging() -> Generator[float, float]:
    """A generator that is told things."""
    total, number = 0.0, 0
    value = yield 0.0
    while True:
        total, number = total + value, number + 1
        value = yield total / number


def averaged() -> list[float]:
    """It is told some."""
    average = averaging()
    next(average)
    told = [average.send(value) for value in NUMBERS[:4]]
    average.close()
    return told


def delegated() -> list[object]:
    """One generator after the other."""

    def inner() -> Iterator[int]:
        yield from (1, 2)

    def outer() -> Iterator[object]:
        yield from inner()
        yield from "ab"

    return list(outer())


def matched(what: object) -> str:
    """By shape."""
    match what:
        case {"kind": "click", "x": int() | float() as x}:
            return f"click at {x}"
        case [first, *rest] if rest:
            return f"{first} and {len(rest)}"
        case Point(x=0):
            return "at the left"
        case str() as text:
            return text.upper()
        case None | False:
            return "nothing"
        case _:
            return "else"


def counted() -> int:
    """With a variable of the function around it."""
    number = 0

    def more() -> None:
        nonlocal number
        number += 1

    for _ in range(3):
        more()
    return number


def unpacked(*values: int, key: str = "", **others: int) -> str:
    """Of every kind."""
    return f"{values} {key} {others}"


def changed_list() -> list[int]:
    """By most of what a list has."""
    numbers = NUMBERS.copy()
    numbers.append(7)
    numbers.extend([8, 8])
    numbers.insert(2, 99)
    numbers.remove(1)
    numbers.pop()
    numbers.pop(0)
    del numbers[1:3]
    numbers[0:2] = [0, 0, 0]
    numbers[::3] = [-1] * len(numbers[::3])
    numbers.reverse()
    numbers.sort(key=lambda each: -each)
    numbers += [1]
    numbers *= 2
    return numbers


def changed_dict() -> list[object]:
    """By most of what a dict has."""
    prices = dict(PRICES, sock=3.0) | {"belt": 20.0}
    prices |= {"hat": 1.0}
    first = prices.pop("shirt"), prices.popitem(), prices.setdefault("cap", 2.0), prices.get("no", -1)
    prices.update(belt=21.0)
    del prices["cap"]
    return [*first, list(prices.items()), list(reversed(prices)), prices.keys() & {"hat"}, 21.0 in prices.values()]


def changed_set() -> list[object]:
    """By most of what a set has."""
    seen = set(WORDS)
    seen.add("cat")
    seen.discard("dog")
    seen.remove("fox")
    seen |= {"a"}
    seen &= {"a", "cat", "the", "end"}
    seen -= {"end"}
    seen ^= {"new"}
    return [sorted(seen), seen.isdisjoint({"x"}), seen.issuperset({"a"}), {"a"} <= seen, sorted(seen.union("z"))]


def changed_deque() -> list[object]:
    """By most of what a deque has."""
    last = collections.deque(NUMBERS, maxlen=5)
    last.appendleft(0)
    last.extend([7, 8])
    last.extendleft([9])
    last.rotate(2)
    last.rotate(-1)
    last.insert(1, 4) if len(last) < 5 else last.pop()
    last.remove(last[0])
    last.reverse()
    return [list(last), last.popleft(), last.count(7), last.index(last[0]), last.copy(), last.maxlen]


def changed_ordered() -> list[str]:
    """By what an OrderedDict has beside."""
    order = collections.OrderedDict(PRICES)
    order.move_to_end("shirt")
    order.move_to_end("hat", last=False)
    order.popitem(last=False)
    return [*order, *reversed(order)]


def changed_counter() -> list[object]:
    """By most of what a Counter has."""
    count = collections.Counter(WORDS)
    count.update(["fox"])
    count.subtract({"dog": 3})
    return [count.most_common(2), +count, count.total(), list(count.elements())[:3], count & count, count["none"]]


def referred() -> list[object]:
    """Weakly."""
    money = Money(3)
    reference, held = weakref.ref(money), weakref.WeakValueDictionary({"a": money})
    before = reference() is money, len(held)
    del money
    return [before, reference(), dict(held)]


def heaped() -> list[object]:
    """The smallest first."""
    heap = [(each, str(each)) for each in NUMBERS]
    heapq.heapify(heap)
    heapq.heappush(heap, (0, "zero"))
    return [
        heapq.heappop(heap),
        heapq.heappushpop(heap, (7, "x")),
        heapq.nsmallest(2, NUMBERS),
        heapq.nlargest(2, PRICES),
    ]


def drawn() -> list[object]:
    """By a seed of its own: nothing else here is by chance."""
    own = random.Random(7)  # noqa: S311  nothing is to be kept from anybody
    return [
        own.random(),
        own.randint(1, 6),
        own.choice(WORDS),
        own.sample(NUMBERS, 3),
        own.gauss(0, 1),
        own.choices(WORDS, k=2),
    ]


def written() -> list[object]:
    """Rows, and read again."""
    target = io.StringIO()
    csv.writer(target).writerows([["a", 'b"c'], [1, 2.5]])
    return [target.getvalue(), list(csv.DictReader(io.StringIO("x;y\n1;2\n"), delimiter=";"))]


def rounded() -> list[Decimal]:
    """As money is."""
    with localcontext() as context:
        context.prec = 6
        third = Decimal(10) / 3
    return [third, third.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), Decimal(2).sqrt(), Decimal(2).ln(), -third]


def cached() -> list[object]:
    """Asked twice."""

    @functools.lru_cache(maxsize=2)
    def square(number: int) -> int:
        return number * number

    return [square(2), square(2), square(3), square.cache_info()]


def dispatched() -> list[str]:
    """By type."""

    @functools.singledispatch
    def say(what: object) -> str:
        return f"thing {what}"

    @say.register
    def _(what: int) -> str:
        return f"number {what}"

    return [say(1), say("x"), say(True)]
