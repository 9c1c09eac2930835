"""Everything that crosses a border: rows from the page, the declaration to the tag, the report to the server.

Formats carry a version; an unknown version is refused, never guessed.
"""

from trimtab.messages.declaration import POLICY_HASH_BYTES, Arm, Declaration, Named
from trimtab.messages.page import log_entry, read_consent
from trimtab.messages.report import (
    MAX_ANSWERS,
    REPORT_BYTES,
    REPORT_ID_BYTES,
    Report,
    pack_answers,
    pack_report,
    unpack_answers,
    unpack_report,
)
from trimtab.messages.rows import FEEDBACK, MAX_NAMES, MAX_NUMBER, NAMED, Inbox, is_possible

__all__ = [
    "FEEDBACK",
    "MAX_ANSWERS",
    "MAX_NAMES",
    "MAX_NUMBER",
    "NAMED",
    "POLICY_HASH_BYTES",
    "REPORT_BYTES",
    "REPORT_ID_BYTES",
    "Arm",
    "Declaration",
    "Inbox",
    "Named",
    "Report",
    "is_possible",
    "log_entry",
    "pack_answers",
    "pack_report",
    "read_consent",
    "unpack_answers",
    "unpack_report",
]
