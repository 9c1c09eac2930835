"""Keeping: the state of everything that outlives a step, without a list of it that somebody could forget to add to.

A part is a class whose `__slots__` are all of its state. Its `GIVEN` are those that a fresh one is given or makes by
itself: what the policy declares, names, parts that another one owns. Every other slot is kept, and is annotated in the
class body: mypy holds that to the code, and `plain.read` reads by it. A part may be a slot of another one, or one of a
list that a fresh one has in full. Parts that come one by one are the values of a dict; `fresh(key)` makes them.
"""

from collections import deque
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar, Protocol, get_args, get_type_hints

from trimtab.plain import Plain, array, object_of, plain, read


class Part(Protocol):
    """What all parts are."""

    GIVEN: ClassVar[frozenset[str]]


def keep(part: Part) -> dict[str, Plain]:
    """The state of a part and of those in it."""
    return {name: _keep_slot(getattr(part, name)) for name in kept_slots(type(part))}


def put_back(part: Part, saved: Plain, where: str) -> None:
    """Gives a fresh part the state that `keep` took from one. Raises StateError, and then nothing has changed."""
    for owner, name, value in list(_changes(part, saved, where)):
        setattr(owner, name, value)


def is_part(thing: object) -> bool:
    """Whether its state can be kept."""
    return hasattr(type(thing), "GIVEN")


@cache
def kept_slots(kind: type[Part]) -> dict[str, Any]:
    """The slots that are kept, each with its type. Raises TypeError for a class that does not say all it must."""
    slots: tuple[str, ...] = kind.__slots__  # type: ignore[attr-defined]  # a part has them
    types = get_type_hints(kind)
    if missing := [name for name in slots if name not in kind.GIVEN and name not in types]:
        raise TypeError(f"{kind.__name__}: annotate {missing} in the class body, or add them to GIVEN")
    if unknown := kind.GIVEN - set(slots):
        raise TypeError(f"{kind.__name__}: GIVEN names {sorted(unknown)}, which are no slots")
    return {name: types[name] for name in slots if name not in kind.GIVEN}


def _keep_slot(value: Any) -> Plain:
    if is_part(value):
        return keep(value)
    if isinstance(value, list) and value and is_part(value[0]):
        return [keep(part) for part in value]
    if isinstance(value, dict) and value and is_part(next(iter(value.values()))):
        return [[plain(key), keep(part)] for key, part in value.items()]
    return plain(value)


def _changes(part: Part, saved: Plain, where: str) -> Iterator[tuple[object, str, Any]]:
    """Which slot of which part is to have which value."""
    slots = kept_slots(type(part))
    members = object_of(saved, slots, where)
    for name, kind in slots.items():
        present, member, here = getattr(part, name), members[name], f"{where}.{name.lstrip('_')}"
        if is_part(present):
            yield from _changes(present, member, here)
        elif isinstance(present, list) and present and is_part(present[0]):
            for number, inner in enumerate(array(member, here, len(present))):
                yield from _changes(present[number], inner, f"{here}[{number}]")
        elif isinstance(present, dict) and hasattr(part, "fresh"):
            grown = {}
            for number, pair in enumerate(array(member, here)):
                key, inner = array(pair, f"{here}[{number}]", 2)
                made = grown[key] = part.fresh(read(get_args(kind)[0], key, here))
                yield from _changes(made, inner, f"{here}[{number}]")
            yield part, name, grown
        elif isinstance(present, deque):
            yield part, name, deque(read(kind, member, here), present.maxlen)
        else:
            yield part, name, read(kind, member, here)
