"""Zip archives that have the same bytes wherever and whenever they are made."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold."""
EPOCH_S: Final = 315_532_800
"""The same as seconds since 1970, for SOURCE_DATE_EPOCH."""
READABLE: Final = 0o100644 << 16
UNIX: Final = 3


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """An archive of `files` in the given order, uncompressed, because each file of a pack is compressed as a whole."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = READABLE
            entry.create_system = UNIX  # it would say on which system it was made
            archive.writestr(entry, content)
    return buffer.getvalue()


def read_zip(content: bytes) -> dict[str, bytes]:
    """The files of an archive by name, in its order; folders are left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
