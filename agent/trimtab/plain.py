"""Plain JSON for values, and back, to the bit: what a visit is kept in while it is away.

The plain form says nothing of types; who reads it does, by the annotations of our own classes. So no name in the data
is ever looked up as code, and what does not fit its type is damage. So is "nan": no state of ours is not a number.

| in Python | as JSON |
|---|---|
| None, bool, int, str, finite float | itself |
| infinity | "inf", "-inf" |
| enum | its value |
| bytes | hexadecimal |
| tuple, list, deque | array |
| set, frozenset | array, sorted |
| dict | array of [key, value] |
| dataclass, named tuple | object |
"""

import json
import math
import re
from collections import deque
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from trimtab.errors import StateError

type Plain = bool | int | float | str | list[Plain] | dict[str, Plain] | None

NOT_FINITE: Final = {"inf": math.inf, "-inf": -math.inf}
MAX_FLOAT: Final = 1e18
"""No time or length of a visit is larger, and sums of such numbers stay finite."""
MOST: Final = 2**64
"""No count is larger, and no mask of bits longer."""
MAX_CHARACTERS: Final = 1_000_000
"""A visit that has met every name that it may count has a hundred thousand."""
MAX_DEPTH: Final = 32
"""In a browser, JSON nested some thousands deep ends the worker instead of raising."""
STRINGS: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
BRACKETS: Final = re.compile(r"[\[\]{}]")


def plain(value: Any) -> Plain:  # noqa: PLR0911  the table above
    """A value as JSON has it."""
    match value:
        case Enum():
            return plain(value.value)
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case bytes():
            return value.hex()
        case _ if is_record(type(value)):
            return {name: plain(getattr(value, name)) for name in types_of(value.__class__)}
        case list() | tuple() | deque():
            return [plain(item) for item in value]
        case set() | frozenset():
            return [plain(item) for item in sorted(value)]
        case dict():
            return [[plain(key), plain(item)] for key, item in value.items()]
    raise TypeError(f"{type(value).__name__} has no plain form")


def read(kind: Any, saved: Plain, where: str) -> Any:
    """The value of this type that a plain form stands for; `where` it is, for people. Raises StateError."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _any_of(inner, saved, where)
    if origin is tuple and inner[-1] is not ...:
        items = array(saved, where, len(inner))
        return tuple(read(one, item, f"{where}[{n}]") for n, (one, item) in enumerate(zip(inner, items, strict=True)))
    if origin in (tuple, list, set, frozenset, deque):
        return origin(read(inner[0], item, f"{where}[{n}]") for n, item in enumerate(array(saved, where)))
    if origin is dict:
        pairs = [array(pair, f"{where}[{n}]", 2) for n, pair in enumerate(array(saved, where))]
        return {read(inner[0], key, where): read(inner[1], item, where) for key, item in pairs}
    if is_record(kind):
        types = types_of(kind)
        members = object_of(saved, types, where)
        return kind(**{name: read(one, members[name], f"{where}.{name}") for name, one in types.items()})
    return _read_single(kind, saved, where)


def is_record(kind: Any) -> bool:
    """Whether it is a dataclass or a named tuple: fields with names and types."""
    return is_dataclass(kind) or hasattr(kind, "_fields")


@cache
def types_of(kind: Any) -> dict[str, Any]:
    """The fields of a record, each with its type."""
    hints = get_type_hints(kind)
    names = kind._fields if hasattr(kind, "_fields") else kind.__dataclass_fields__
    return {name: hints[name] for name in names if name in kind.__match_args__}


def array(saved: Plain, where: str, size: int | None = None) -> list[Plain]:
    """A JSON array, of this size if one is given."""
    if not isinstance(saved, list) or size not in (None, len(saved)):
        raise damage(where, saved, "an array" if size is None else f"an array of {size}")
    return saved


def object_of(saved: Plain, names: Any, where: str) -> dict[str, Plain]:
    """A JSON object with exactly these names."""
    if not isinstance(saved, dict) or saved.keys() != set(names):
        raise damage(where, saved, f"an object with {', '.join(names)}")
    return saved


def damage(where: str, saved: Plain, wanted: str) -> StateError:
    """The error for a form that cannot be what it should be."""
    return StateError(f"{where} is {_briefly(saved)}, not {wanted}")


def dump(saved: Plain) -> str:
    """As the text that travels: strict JSON, the same for the same state."""
    return json.dumps(saved, allow_nan=False, separators=(",", ":"))


def parse(text: str, where: str) -> Plain:
    """What a text that may come from anywhere says. Raises StateError."""
    if len(text) > MAX_CHARACTERS or _is_deep(text):
        raise StateError(f"{where} is a text of {len(text)} characters that no visit has written")
    try:
        saved: Plain = json.loads(text)
    except ValueError:
        raise StateError(f"{where} is no JSON") from None
    return saved


def _is_deep(text: str) -> bool:
    """Whether brackets are left after the innermost pairs have been taken away time after time."""
    rest = "".join(BRACKETS.findall(STRINGS.sub("", text)))
    for _ in range(MAX_DEPTH):
        rest = rest.replace("[]", "").replace("{}", "")
    return bool(rest)


def _any_of(kinds: tuple[Any, ...], saved: Plain, where: str) -> Any:
    for kind in kinds:
        try:
            return read(kind, saved, where)
        except StateError:
            continue
    raise damage(where, saved, " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds))


def _read_single(kind: type, saved: Plain, where: str) -> Any:
    if issubclass(kind, Enum):
        values: dict[Any, Enum] = {member.value: member for member in kind}
        if isinstance(saved, str | int) and saved in values:
            return values[saved]
    elif kind is bytes:
        if isinstance(saved, str) and re.fullmatch("([0-9a-f]{2})*", saved):
            return bytes.fromhex(saved)
    elif kind is float and isinstance(saved, str):
        if saved in NOT_FINITE:
            return NOT_FINITE[saved]
    elif _is_single(kind, saved):
        return saved
    raise damage(where, saved, kind.__name__)


def _is_single(kind: type, saved: Plain) -> bool:
    """Whether JSON has this type, and this is one; a whole number may stand for a float."""
    if kind is float:
        return type(saved) in (int, float) and abs(saved) <= MAX_FLOAT  # type: ignore[arg-type]  # nor NaN
    if kind is int:
        return type(saved) is int and abs(saved) <= MOST
    return type(saved) is kind and kind in (bool, str, NoneType)


def _briefly(saved: Plain) -> str:
    text = json.dumps(saved)
    return text if len(text) <= 60 else f"{text[:60]}…"
