"""Finding a value by its dotted path, `account.plan`, in objects and lists.

Source: section `getPath` of GrowthBook's SDK specification. As in JavaScript a list has its indices and `length`.
"""

from trimtab.experiments.conditions.conversions import is_index
from trimtab.experiments.conditions.plain import Plain


def find(value: Plain, path: str) -> Plain:
    """The value at the path, or None where there is none: what is missing and what is null are not told apart."""
    for name in path.split("."):
        match value:
            case dict() if name in value:
                value = value[name]
            case list() if is_index(name) and int(name) < len(value):
                value = value[int(name)]
            case list() if name == "length":
                value = len(value)
            case _:
                return None
    return value
