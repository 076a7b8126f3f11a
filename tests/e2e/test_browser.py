"""The browser that the stories run in is what it is meant to be."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.support.accessibility import accessibility_faults

pytestmark = pytest.mark.browser


def test_sign_in_page_it_opens_and_is_accessible(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/entrar/")

    assert page.locator("h1").count() == 1
    assert accessibility_faults(page) == []


def test_accessibility_faults_it_finds_a_picture_without_words(page: Page) -> None:
    page.set_content("<html lang='es'><title>x</title><main><h1>x</h1><img src='data:,'></main>")

    assert any("image-alt" in fault for fault in accessibility_faults(page))
