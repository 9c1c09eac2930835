"""Pages of real frameworks, as scripts."""

from __future__ import annotations

import sys
from pathlib import Path

from trimtab_bundler.cache import Cache
from trimtab_bundler.npm import gather, run_node
from trimtab_bundler.progress import Progress

APPS = Path(__file__).parent / "bindings"


def bundle(app: Path, out: Path) -> None:
    """The app as one script, with the framework's development build: that one complains."""
    options = ["--bundle", "--format=iife", '--define:process.env.NODE_ENV="development"', "--log-level=error"]
    flags = [f"--define:{flag}=false" for flag in ("__VUE_OPTIONS_API__", "__VUE_PROD_DEVTOOLS__")]
    esbuild = str(gather(Cache.of_user(), Progress(sys.stderr)).esbuild)
    ended = run_node([esbuild, str(app), *options, *flags, f"--outfile={out}"], timeout_s=120)
    assert ended.returncode == 0, ended.stderr
