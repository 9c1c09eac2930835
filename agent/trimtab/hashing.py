"""A hash that Python and the page's scripts compute alike: 32-bit FNV-1a (Fowler, Noll, Vo) over UTF-16 code units."""

from typing import Final

FNV_OFFSET: Final = 0x811C9DC5
FNV_PRIME: Final = 0x01000193


def code_units(text: str) -> list[int]:
    """The text's UTF-16 code units, 0..0xFFFF: what JavaScript counts, compares and hashes."""
    if text.isascii():  # as seeds are
        return list(text.encode())
    units = text.encode("utf-16-le", "surrogatepass")
    return [low | high << 8 for low, high in zip(units[::2], units[1::2], strict=True)]


def fnv1a_32(text: str) -> int:
    """32-bit FNV-1a over the text's UTF-16 code units; for ASCII the same as over its bytes."""
    value = FNV_OFFSET
    for unit in code_units(text):
        value = (value ^ unit) * FNV_PRIME & 0xFFFFFFFF
    return value
