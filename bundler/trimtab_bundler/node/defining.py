"""Runs inside Pyodide, in Node: lists what C defines and gives a documentation text."""

import gc
import importlib
import sys
from types import (
    BuiltinFunctionType,
    ClassMethodDescriptorType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodDescriptorType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

KINDS = {
    BuiltinFunctionType: "function",
    MethodDescriptorType: "method",
    ClassMethodDescriptorType: "method",
    GetSetDescriptorType: "getset",
    MemberDescriptorType: "member",
    WrapperDescriptorType: "wrapper",
    ModuleType: "module",
}
MADE = 1 << 9
"""A type that is not static (Py_TPFLAGS_HEAPTYPE): a module makes it when it is set up."""
alive: "list[Any]" = []
"""What addresses are told of."""


def things() -> "Iterator[tuple[str, int, str]]":
    """Kind, address and name of all that there is when each module in C is loaded."""
    for name in sys.builtin_module_names:
        importlib.import_module(name)
    alive.extend(gc.get_objects())
    for each in alive:
        if kind := KINDS.get(type(each)):
            yield kind, id(each), each.__name__
    for each in _types():
        yield "made type" if each.__flags__ & MADE else "type", id(each), each.__name__


def _types() -> set[type]:
    """All of them: a static one is no object that is collected."""
    found: set[type] = set()
    waiting: list[type] = [object]
    while waiting:
        found.add(each := waiting.pop())
        waiting += set(type.__subclasses__(each)) - found
    return found
