"""The closed list of adjustments: what a policy may do to a target. Never a string of HTML or script.

Each is plain data that the page obeys; `browser/page/adjust/` has one file for each kind, with its undo.
"""

from trimtab.adjust.content import prompt, swap, text
from trimtab.adjust.doing import Do
from trimtab.adjust.marks import add_class, attribute, level, pace
from trimtab.adjust.placing import hide, move, show
from trimtab.adjust.styles import enlarge, scale, size, style
from trimtab.adjust.telling import event

__all__ = [
    "Do",
    "add_class",
    "attribute",
    "enlarge",
    "event",
    "hide",
    "level",
    "move",
    "pace",
    "prompt",
    "scale",
    "show",
    "size",
    "style",
    "swap",
    "text",
]
