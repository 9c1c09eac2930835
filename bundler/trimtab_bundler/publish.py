"""Writing a pack to OUT: complete or not at all, and without taking files away from pages that are open."""

import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from trimtab.errors import TrimtabError
from trimtab_bundler.compress import Twins
from trimtab_bundler.manifest import (
    MANIFEST,
    POLICY,
    TWINS,
    Previous,
    describe,
    read_previous,
    render_manifest,
    to_json,
)
from trimtab_bundler.pack import Pack

KEPT_S: Final = 3600
"""How long a file that grew old stays at least. The stable tag is cached for five minutes; pages stay open longer."""


def publish(pack: Pack, twins: Mapping[str, Twins], out: Path) -> list[dict[str, Any]]:
    """Put the pack where `out` is, and return the manifest's entries of its files.

    The immutable files of the build before stay, and those that grew old within KEPT_S: pages that are open, or that
    have the tag in their cache, go on working however often the site is built.
    """
    out = out.resolve()
    previous = read_previous(out)
    entries = [describe(file, twins[file.path]) for file in pack.files]
    kept = _kept(out, previous, {file.path for file in pack.files})
    with _staging(out) as staging:
        for file in pack.files:
            _write_file(staging / file.path, file.content, twins[file.path])
        for entry in kept:
            grew_old = previous is not None and entry["path"] in previous.old
            _copy_file(out, staging, entry["path"], keep_time=grew_old)
        (staging / POLICY).write_bytes(to_json(pack.declaration.to_json()))
        (staging / MANIFEST).write_bytes(render_manifest(pack, [*entries, *kept]))
        _replace(out, staging)
    return entries


def _kept(out: Path, previous: Previous | None, new: set[str]) -> list[dict[str, Any]]:
    """Entries of files that pages may still ask for: of the build before, and whatever grew old lately."""
    if previous is None:
        return []
    recent = {path: entry for path, entry in previous.old.items() if _age_s(out / path) < KEPT_S}
    earlier = {**recent, **(previous.old if previous.current.keys() == new else previous.current)}
    return [entry | {"old": True} for path, entry in earlier.items() if entry["immutable"] and path not in new]


def _age_s(file: Path) -> float:
    """Seconds since the file grew old: it was copied then, and its time has been kept since."""
    return time.time() - file.stat().st_mtime


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A new folder beside `out`; whatever is left of it in the end is removed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    staging.mkdir()
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_file(path: Path, content: bytes, twins: Twins) -> None:
    path.parent.mkdir(exist_ok=True)
    for end, each in zip(("", *TWINS), (content, twins.br, twins.gz), strict=True):
        path.with_name(path.name + end).write_bytes(each)


def _copy_file(source: Path, target: Path, name: str, *, keep_time: bool) -> None:
    (target / name).parent.mkdir(exist_ok=True)
    for end in ("", *TWINS):
        (shutil.copy2 if keep_time else shutil.copyfile)(source / (name + end), target / (name + end))


def _replace(out: Path, staging: Path) -> None:
    """Rename `staging` to `out`. What was there is put aside first, and put back if that fails."""
    aside = staging.with_name(staging.name + ".old")
    try:
        if out.exists():
            out.rename(aside)
        try:
            staging.rename(out)
        except OSError:
            if aside.exists() and not out.exists():
                aside.rename(out)
            raise
    except OSError as error:
        what = f"{out} cannot be replaced ({error.strerror})"
        raise TrimtabError(
            f"{what}; is it in use, or did another build write it? Try again or give another folder"
        ) from None
    finally:
        if out.exists():
            shutil.rmtree(aside, ignore_errors=True)
