"""Consent managers that nobody here wrote, as scripts for a page."""

from __future__ import annotations

from pathlib import Path

from trimtab_bundler.npm import Packages, run_node

MANAGERS = Path(__file__).parent / "managers"
LIMIT_S = 120.0


def bundle_manager(packages: Packages, name: str) -> str:
    """One of managers/*.js with all it imports from node_modules, as one classic script."""
    arguments = [str(packages.esbuild), str(MANAGERS / f"{name}.js"), "--bundle", "--format=iife", "--log-level=error"]
    ended = run_node(arguments, timeout_s=LIMIT_S)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
