"""The tests of dom/*.js, which change and watch a real document, in the engines that are no Chromium."""

from __future__ import annotations

import json

import pytest

from tests.browser.documents import FILES
from tests.engines.conftest import Tab

pytestmark = pytest.mark.proof  # minutes, as each test has a document of its own
CHROMIUM_ALONE = {"shifts.js"}
"""What only Chromium measures."""
BY_HAND = "presses with a real mouse"
RUN = """
const {{ tests }} = await import("/dom/harness.js");
await import("/dom/{file}");
try {{
  await tests.get({name})();
}} catch (error) {{
  return String(error);
}}
"""


@pytest.mark.parametrize("file", [file for file, names in FILES.items() if names and file not in CHROMIUM_ALONE])
def test_documents_change_and_come_back_as_in_chromium(lasting: Tab, documents: str, file: str) -> None:
    failed = {}
    for name in FILES[file]:
        lasting.goto(documents)
        failed[name] = lasting.run(RUN.format(file=file, name=json.dumps(name)))
    assert {name: why for name, why in failed.items() if why and BY_HAND not in why} == {}
