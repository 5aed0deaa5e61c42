"""The report in a real browser: one click from an account to its exact characters, on a desk and on a phone."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from khabar.export.report import render_report, segments
from khabar.model import Annotated, Document, Dropped, Event, Links, Mention, Span

MakeDocument = Callable[..., Document]
MakeAnnotated = Callable[..., Annotated]
CHROMIUM = shutil.which("chromium")
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>{{ 7*7 }}'


@pytest.fixture(scope="module")
def record(document: MakeDocument, annotated: MakeAnnotated) -> tuple[Annotated, ...]:
    """Two reports of one arrival, and one of a departure."""
    left = document("three", f"{HOSTILE} وغادر الوفد.", title=HOSTILE)
    at = left.text.index("غادر")
    trigger = Span(at, at + 4, "غادر")
    leaving = Event("e1", (trigger,), "RETREAT", None, "actual", (), (), None, None, None, None, (), "by-hand", 1.0)
    return annotated(document("one")), annotated(document("two")), Annotated(left, events=(leaving,))


@pytest.fixture(scope="module")
def html(record: tuple[Annotated, ...], links: Callable[..., Links]) -> str:
    told = links("one", "two")
    (arrival,) = told.happenings
    departure = replace(
        arrival, id="h2", date=None, place=None, actors=(), values=(), mentions=(Mention("three", "e1"),)
    )
    both = replace(told, happenings=(arrival, departure))
    return render_report(record, both, [Dropped("bad/<b>.txt", "empty")])


def test_the_page_stands_alone(html: str) -> None:
    assert 'dir="rtl"' in html
    assert "http://" not in html
    assert "https://" not in html


def test_what_came_from_outside_is_text(html: str) -> None:
    assert "<img" not in html
    assert "{{ 7*7 }}" in html
    assert "bad/&lt;b&gt;.txt" in html


def test_every_character_of_a_document_is_on_the_page_once(record: tuple[Annotated, ...]) -> None:
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


@pytest.fixture(scope="module")
def page(browser: Any, html: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(html, "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 360])
def test_one_click_from_an_account_to_its_characters(page: Any, width: int) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
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
@pytest.mark.parametrize(
    ("words", "shown"),
    [("", ["h1", "h2"]), ("القاهره", ["h1"]), ("MINISTER", ["h1"]), ("وَغادر", ["h2"]), ("لا شيء كهذا", [])],
)
def test_the_filter_is_blind_to_spelling(page: Any, words: str, shown: list[str]) -> None:
    page.fill("#words", words)
    events = page.locator("details.event:visible").all()
    assert [event.get_attribute("id") for event in events] == [f"event:{id}" for id in shown]
