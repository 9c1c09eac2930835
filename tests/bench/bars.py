"""A picture of a table: one group of bars for each figure, the longest bar as wide as the picture allows. Plain SVG."""

from collections.abc import Mapping
from html import escape
from typing import Final

WIDTH: Final = 640
LABEL: Final = 150
BAR: Final = 16
GAP: Final = 26
COLOURS: Final = ("#7f8c8d", "#2471a3", "#1e8449", "#ca6f1e")


def draw(groups: Mapping[str, Mapping[str, float]], unit: Mapping[str, str]) -> str:
    """`groups`: for each figure the value of each thing that is compared; `unit` of each figure."""
    parts: list[str] = []
    y = 0
    for title, values in groups.items():
        y += GAP
        parts.append(f'<text x="0" y="{y - 6}" font-weight="bold">{escape(title)}</text>')
        longest = max(values.values())
        for (name, value), colour in zip(values.items(), COLOURS, strict=False):
            width = (WIDTH - LABEL - 90) * value / longest
            middle = y + BAR - 4
            parts.append(f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end">{escape(name)}</text>')
            parts.append(f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR - 2}" fill="{colour}"/>')
            told = f"{value:,.0f} {unit[title]}"
            parts.append(f'<text x="{LABEL + width + 6:.1f}" y="{middle}">{escape(told)}</text>')
            y += BAR
    size = f'width="{WIDTH}" height="{y + 8}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
    return "\n".join([head, f'<rect {size} fill="white"/>', *parts, "</svg>", ""])
