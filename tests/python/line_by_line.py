"""Runs inside Pyodide: lines, a unit each, and what each gave."""

import json

from written import LINES  # type: ignore[import-not-found]  # what tests/python/lines.py makes of everyday.txt


def list_units(asked_json: str) -> str:
    """Each line as [name, [name]], as JSON; its name is the line. What is asked is not looked at: there is one list."""
    del asked_json
    return json.dumps([[line, [line]] for line in LINES])


def run(unit_json: str) -> str:
    """Runs [name, [name]] and gives [[name, "passed", what it gave]], as JSON."""
    line, _ = json.loads(unit_json)
    return json.dumps([[line, "passed", repr(LINES[line]())]])
