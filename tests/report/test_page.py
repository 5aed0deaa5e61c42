"""The report in a real browser: one click from an account to its exact characters, on a desk and on a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from khabar.export.report import render_report
from khabar.link import link, relabel
from khabar.model import Annotated, Dropped
from khabar.pipeline import annotate
from khabar.readers import document_from_text

CHROMIUM = shutil.which("chromium")
VISIT = (
    "استقبل الرئيس المصري عبد الفتاح السيسي، الأحد، رئيس الوزراء العراقي محمد شياع السوداني"
    " في القاهرة، بحسب وزارة الخارجية المصرية."
)
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>{{ 7*7 }}'


@pytest.fixture(scope="module")
def record() -> tuple[Annotated, ...]:
    texts = [
        ("أ", f"{HOSTILE}\n\n{VISIT}\nوقتل 12 شخصا في الهجوم."),
        ("ب", f"{VISIT}\nوقال المتحدث إن عدد القتلى 15 شخصا."),
    ]
    documents = [
        annotate(document_from_text(text, id=f"report-{at}", published="2024-03-11", outlet=outlet))
        for at, (outlet, text) in enumerate(texts)
    ]
    return relabel(documents, link(documents))


@pytest.fixture(scope="module")
def html(record: tuple[Annotated, ...]) -> str:
    return render_report(record, link(record), [Dropped("bad/<b>.txt", "empty")])


def test_the_page_stands_alone(html: str) -> None:
    assert 'dir="rtl"' in html
    assert "http://" not in html
    assert "https://" not in html


def test_what_came_from_outside_is_text(html: str) -> None:
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert "bad/&lt;b&gt;.txt" in html


def test_every_character_of_a_document_is_on_the_page_once(record: tuple[Annotated, ...]) -> None:
    from khabar.export.report import segments

    for found in record:
        assert "".join(segment.text for segment in segments(found)) == found.document.text


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 360])
def test_one_click_from_an_account_to_its_characters(browser: Any, html: str, tmp_path: Path, width: int) -> None:
    file = tmp_path / "report.html"
    file.write_text(html, "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(file.as_uri())
    event = page.locator("details.event").first
    event.locator("summary").click()
    hit = event.locator("a.hit").first
    words = hit.inner_text()
    hit.click()
    assert "".join(page.locator(".lit").all_inner_texts()) == words
    assert page.locator(".lit").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() == "خبر · Khabar"
    assert errors == []


@pytest.mark.browser
def test_the_filter_is_blind_to_spelling(browser: Any, html: str, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html, "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    everything = page.locator("details.event:visible").count()
    page.fill("#words", "القاهره")
    some = page.locator("details.event:visible").count()
    page.fill("#words", "لا شيء كهذا")
    assert page.locator("details.event:visible").count() == 0
    assert 1 <= some <= everything
