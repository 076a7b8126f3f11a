"""Stories in a real browser against a live server."""

import os

import pytest

from tests.support.browser import browser_context_args, browser_type_launch_args, context

__all__ = ["browser_context_args", "browser_type_launch_args", "context"]

# Playwright's event loop makes Django think that it runs in asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_LIVE_TEST_SERVER_ADDRESS"] = "127.0.0.1"


@pytest.fixture(autouse=True)
def _rows_are_real(transactional_db: None) -> None:
    """The server is another thread: what a test writes must be committed for it to see."""
