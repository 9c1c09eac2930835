"""What the tests of single modules of the page share."""

from collections.abc import Iterator

import pytest

from tests.browser.documents import serving_documents


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    """Where an empty page is, with our modules beside it."""
    with serving_documents() as address:
        yield address
