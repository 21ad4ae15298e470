"""The changelog page as a browser shows it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.adapters.http.serving import Served

SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NEWEST_FIRST = ["2026-04-17-add", "2026-04-17-fix", "2026-04-01-old"]


@pytest.fixture
def page() -> Iterator[Page]:
    """A small window, so that there is something to scroll."""
    chromium = shutil.which("chromium")
    if chromium is None:
        missing = "Chromium is missing (apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser.new_page(viewport={"width": 600, "height": 200})
        browser.close()


def test_the_changelog_is_read_and_linked_to(served: Served, page: Page) -> None:
    server = f"http://127.0.0.1:{served.port}"
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{server}/changelog")
    shown = [entry.get_attribute("id") or "" for entry in page.locator("article").all()]
    tops = [top_of(page, entry) for entry in shown]
    page.locator('article[id="2026-04-17-fix"] a.anchor').click()

    assert shown == NEWEST_FIRST
    assert tops == sorted(tops)
    assert page.url == f"{server}/changelog#2026-04-17-fix"
    assert 0 <= top_of(page, "2026-04-17-fix") < 50

    page.goto("about:blank")
    page.goto(f"{server}/changelog#2026-04-01-old")

    assert 0 <= top_of(page, "2026-04-01-old") < 50
    assert {url.partition("#")[0] for url in asked} <= {f"{server}/changelog", "about:blank"}
    assert said == []


def top_of(page: Page, entry: str) -> float:
    """How far below the window's upper edge an entry begins."""
    box = page.locator(f'article[id="{entry}"]').bounding_box()
    assert box is not None
    return box["y"]
