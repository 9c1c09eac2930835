"""Install what tests/engines drive besides Chromium: Firefox and WebKitGTK from the system's packages, and the drivers'
own environment in .trimtab/engines. bootstrap.py runs this inside .venv. Engines that cannot be had are left out.
"""

from __future__ import annotations

import os
import shutil
import sys

from bootstrap import ROOT, STATE, UV, SetupError, follow, run

PACKAGES = ("firefox-esr", "webkit2gtk-driver", "xvfb")
NEEDED = ("firefox-esr", "WebKitWebDriver", "xvfb-run")
"""The program of each package."""
ENGINES = STATE / "engines"


def main() -> int:
    """Install and return the exit code."""
    try:
        install_packages()
        pins = ROOT / "requirements" / "engines.txt"
        mend = "check the network and run again"
        run("making the drivers' environment", UV, "venv", "-q", "--clear", "--no-project", "--python", sys.executable,
            ENGINES, mend=mend)  # fmt: skip
        run("installing the drivers", UV, "pip", "sync", "-q", "--require-hashes", "--python",
            ENGINES / "bin" / "python", pins, mend=mend)  # fmt: skip
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


def install_packages() -> None:
    """Install the browsers that are missing, where there is apt-get; else say which are left out."""
    missing = [package for package, name in zip(PACKAGES, NEEDED, strict=True) if not shutil.which(name)]
    if not missing:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    code = 1
    if shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        follow("looking for packages", [*sudo, "apt-get", "update", "-q"], quiet)
        install = [*sudo, "apt-get", "install", "-qy", "--no-install-recommends", *missing]
        code, _ = follow(f"installing {', '.join(missing)}", install, quiet)
    if code != 0:
        print(f"setup:   {', '.join(missing)} could not be installed; what needs it is left out", flush=True)


if __name__ == "__main__":
    sys.exit(main())
