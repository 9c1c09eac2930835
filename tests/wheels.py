"""Wheels as the tests make them: what pip would download, without a network."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

PURE = "py3-none-any"


def write_wheel(
    folder: Path, project: str, files: Mapping[str, str], *, tag: str = PURE, purelib: str = "true", number: str = "1.0"
) -> Path:
    """Writes a wheel with these files into the folder, which is made if it is not there, and gives its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{project}-{number}-{tag}.whl"
    info = f"{project}-{number}.dist-info"
    about = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {project}\nVersion: {number}\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: {purelib}\nTag: {tag}\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, **about}.items():
            archive.writestr(name, text)
    return path


def toml_with(*wheels: str, name: str = "lending", runtime: str = "lean") -> str:
    """The trimtab.toml of a site that lists these wheels."""
    listed = ", ".join(f'"wheels/{wheel}-1.0-{PURE}.whl"' for wheel in wheels)
    return f'[site]\nname = "{name}"\nruntime = "{runtime}"\nwheels = [{listed}]\n'
