"""Each test has a worker of its own, whose pack brings the policy of a news site."""

import pytest

from tests.agent.browser.working import install
from tests.agent.making import news
from trimtab.browser import entry


@pytest.fixture(autouse=True)
def _a_worker_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, news())
    monkeypatch.setattr(entry, "_session", None)
