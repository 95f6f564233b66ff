"""Does report.html work in a real browser, without a network, by keyboard, for everybody?"""

from __future__ import annotations

import os
import shutil

import pytest
from report_made import made

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("CASUS_BROWSER") == "required"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
WIDTHS = """all => Promise.all(all.map(
    one => one.decode().then(() => [one.naturalWidth, one.alt.length])))"""
GRAVE = {"serious", "critical"}

if not REQUIRED:
    if BROWSER is None:
        pytest.skip("needs Debian's chromium", allow_module_level=True)
    pytest.importorskip("playwright")
    pytest.importorskip("axe_playwright_python")

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    return made(tmp_path_factory.mktemp("study"), replicates=20).as_uri()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def opened(browser, address):
    """The page, and what it asked for and complained of since it was opened."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page, asked, complaints
    page.close()


def test_nothing_is_asked_of_anybody_and_nothing_is_complained_of(opened, address):
    page, asked, complaints = opened
    names = page.locator("#outcome option").evaluate_all("all => all.map(one => one.value)")
    for name in names:
        page.select_option("#outcome", name)
        page.locator("#keep").click()
        page.locator("#lever-0").press("Home")
        page.locator("#lever-0").press("ArrowRight")
        assert "median" in said(page) or "of 100 runs" in said(page), name
    assert {url for url in asked if not url.startswith("data:")} == {address}
    assert complaints == []


def test_a_request_would_be_refused(opened):
    page, _, complaints = opened
    page.evaluate("fetch('https://example.org/').catch(() => {})")
    page.wait_for_function("true")
    assert any("Content Security Policy" in text for text in complaints)


@pytest.mark.parametrize("open_all", [False, True])
def test_no_grave_fault_of_accessibility(opened, open_all):
    page, _, _ = opened
    if open_all:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.locator("#keep").click()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in GRAVE] == []


def said(page) -> str:
    return page.locator("#says").inner_text()


def test_sliders_work_by_keyboard_and_are_told(opened):
    page, _, _ = opened
    page.locator("#lever-0").focus()
    before = said(page)
    page.keyboard.press("Home")
    assert page.locator("#lever-0").get_attribute("aria-valuetext") == "0"
    page.keyboard.press("ArrowRight")
    assert "deployment size 6,000" in said(page) != before
    assert page.locator("#value-0").inner_text() == "6,000"
    assert page.locator("#says").get_attribute("role") == "status"


def test_a_baseline_leaves_ghosts_and_a_paired_difference(opened):
    page, _, _ = opened
    page.select_option("#outcome", "sender_casualties")
    page.locator("#lever-0").press("Home")
    page.locator("#keep").click()
    assert "This point is the baseline" in said(page)
    page.locator("#lever-0").press("End")
    assert "In 20 pairs of runs with the same luck it is larger in 20 and smaller in 0" in said(
        page
    )
    assert page.locator("#now .ghost").count() == 20
    page.locator("#forget").click()
    assert page.locator("svg .ghost").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_never_scrolls_sideways(opened, width):
    page, _, _ = opened
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_picture_is_drawn_and_has_words(opened):
    page, _, _ = opened
    pictures = page.locator("#figures img").evaluate_all(WIDTHS)
    assert len(pictures) > 8
    assert all(width > 0 and words > 40 for width, words in pictures)
