"""Which compressed twin of a file a client can read."""

from collections.abc import Iterable

IDENTITY = ""


def choose_encoding(accepted: str, available: Iterable[str]) -> str:
    """The first of `available` that an Accept-Encoding header permits; IDENTITY if none.

    The server's order decides among those permitted: all our twins hold the same bytes, and the best is smallest.
    """
    weights = dict(map(_parse, accepted.lower().split(",")))
    others = weights.get("*", 0.0)
    return next((encoding for encoding in available if weights.get(encoding, others) > 0), IDENTITY)


def _parse(item: str) -> tuple[str, float]:
    name, _, parameters = item.partition(";")
    key, _, weight = parameters.partition("=")
    try:
        return name.strip(), float(weight) if key.strip() == "q" else 1.0
    except ValueError:
        return name.strip(), 0.0
