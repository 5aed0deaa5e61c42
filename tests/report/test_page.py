"""The report in a real browser: one click from an account to its exact characters, on a desk and on a phone."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from khabar.export.accounts import Account
from khabar.export.pages import leftover
from khabar.export.report import render_pages, render_report
from khabar.export.texts import segments
from khabar.model import Annotated, Document, Dropped, Event, Links, Mention, Published, Span

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


@pytest.fixture(scope="module")
def story(document: MakeDocument, annotated: MakeAnnotated) -> tuple[Annotated, ...]:
    """Three reports of one arrival: one, its copy of the day after, and a later one with a higher figure."""
    first, copy, last = (annotated(document(id)) for id in ("one", "two", "late/3"))
    later = replace(copy, document=replace(copy.document, published=Published("2023-08-31", "text"), outlet="الميناء"))
    grown = replace(last.figures[0], low=20.0, high=25.0)
    day = replace(last.document, published=Published("2023-09-02", "text"), outlet="الشراع")
    return later, first, replace(last, document=day, figures=(grown,))


@pytest.fixture(scope="module")
def told(links: Callable[..., Links]) -> Links:
    """Links of the story, whose arrival is disputed."""
    made = links("one", "two", "late/3")
    (arrival,) = made.happenings
    values = (replace(arrival.values[0], document="one"), replace(arrival.values[0], value="2023-08-28", source="Sham"))
    disputed = replace(arrival, support="disputed", values=values, independent=2, reason_ar="خلاف", reason="Disputed.")
    return replace(made, happenings=(disputed,), copies=(replace(made.copies[0], second="two"),))


def test_who_told_it_first_stands_first(story: tuple[Annotated, ...], told: Links) -> None:
    html = render_report(story, told)
    accounts = re.findall(r'<article class="account">.*?</article>', html, re.DOTALL)
    assert [re.findall("المرصد|الميناء|الشراع", account)[0] for account in accounts] == ["المرصد", "الميناء", "الشراع"]
    assert ["أول رواية" in account for account in accounts] == [True, False, False]
    assert "نسخة عن" in accounts[1]


def test_an_account_quotes_its_claim_though_this_names_the_event_otherwise(
    annotated: MakeAnnotated,
) -> None:
    found = annotated()
    elsewhere = found.document.text.index("12")
    (event,), (claim,) = found.events, found.claims
    retold = replace(event, triggers=(Span(elsewhere, elsewhere + 2, "12"),))
    assert Account(found, event, claim).trigger == event.triggers[0]
    assert Account(found, retold, claim).trigger == claim.cue
    assert Account(found, retold, None).trigger == retold.triggers[0]


def test_events_without_a_date_stand_where_they_were_told(html: str) -> None:
    assert html.index("29 August 2023") < html.index("told 30 August 2023")
    assert "رُوي ٣٠ أغسطس ٢٠٢٣" in html


def test_figures_over_time_say_whose_they_are(story: tuple[Annotated, ...], told: Links) -> None:
    html = render_report(story, told)
    (series,) = re.findall(r'<details class="series".*?</details>', html, re.DOTALL)
    assert series.count("<circle") == 2
    rows = re.findall(r"<tr><td>.*?</tr>", series, re.DOTALL)
    assert ["المرصد" in row and "الميناء" in row for row in rows] == [True, False]
    assert all("Sunbula" in row for row in rows)


def test_what_has_just_come_is_new(story: tuple[Annotated, ...], told: Links) -> None:
    arrived = {
        "one": "2024-01-01T08:00:00+00:00",
        "two": "2024-01-02T09:00:00+00:00",
        "late/3": "2024-01-03T08:30:00+00:00",
    }
    ((_, html),) = render_pages("r.html", story, told, arrived=arrived)
    assert "What is new" in html
    assert html.count('data-news="more"') == 1
    ((_, html),) = render_pages("r.html", story, told, arrived=arrived, since="2024-01-01")
    assert html.count('data-news="new"') == 1
    ((_, html),) = render_pages("r.html", story, told, arrived=dict.fromkeys(arrived, "2024-01-01T08:00:00+00:00"))
    assert "What is new" not in html


def test_what_is_too_much_for_one_page_goes_on_in_a_folder(story: tuple[Annotated, ...], told: Links) -> None:
    pages = dict(render_pages("my report.html", story, told, most=2_000))
    assert {"my report.html", "my report_files/reports-1.html", "my report_files/reports-3.html"} <= pages.keys()
    assert sum(html.count('<details class="document"') for html in pages.values()) == 3
    for file, html in pages.items():
        for target, id in re.findall(r'href="([^"#]*)#((?:doc|event|story|name):[^"@]*)', html):
            there = Path(file).parent / target.replace("%20", " ") if target else Path(file)
            assert f'id="{id}"' in pages[Path(*there.parts).as_posix().replace("my report_files/../", "")]


def test_pages_of_an_earlier_and_longer_report_are_left_over_and_nothing_else_is(tmp_path: Path) -> None:
    folder = tmp_path / "r_files"
    folder.mkdir()
    for name in ("events-1.html", "events-2.html", "mine.html", "events-2.html.bak"):
        (folder / name).touch()
    assert leftover(tmp_path / "r.html", ["r.html", "r_files/events-1.html"]) == [folder / "events-2.html"]
    assert leftover(tmp_path / "other.html", []) == []


@pytest.mark.browser
def test_a_click_leads_to_the_characters_on_another_page(
    browser: Any, story: tuple[Annotated, ...], told: Links, tmp_path: Path
) -> None:
    for file, html in render_pages("r.html", story, told, most=2_000):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(html, "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "r.html").as_uri())
    page.click("#language")
    page.locator("#overview a.hit").first.click()
    page.wait_for_selector(".lit")
    assert page.url.endswith("@29-32")
    assert page.locator(".lit").inner_text() == "وصل"
    assert page.evaluate("document.documentElement.dir") == "ltr"
    page.locator(".text a.trigger").first.click()
    page.wait_for_selector("#events")
    assert page.locator("details.event[open]").count() == 1


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "language"), [(1280, "ar"), (390, "ar"), (390, "en")])
def test_everything_opened_is_readable_and_no_wider_than_the_screen(
    browser: Any, story: tuple[Annotated, ...], told: Links, tmp_path: Path, width: int, language: str, scheme: str
) -> None:
    file = tmp_path / "report.html"
    file.write_text(render_report(story, told), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(file.as_uri() + ("?en" if language == "en" else ""))
    page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg circle").count() == 2
    assert page.evaluate(FAINT) == []
    hidden, shown = ("en", "ar") if language == "ar" else ("ar", "en")
    assert page.locator(f"span[lang={hidden}]:visible").count() == 0
    assert page.locator(f"span[lang={shown}]:visible").count() > 20


FAINT = """() => {
  const curve = (part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = (color) => color.map((part) => curve(part / 255))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const behind = (node) => { for (; node; node = node.parentElement) {
    const color = parts(getComputedStyle(node).backgroundColor);
    if (color.length < 4 || color[3] === 1) return color.slice(0, 3); } };
  const found = new Set();
  for (const node of document.querySelectorAll("body *")) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    if (!node.checkVisibility() || node.closest("svg, script, style")) continue;
    const text = light(parts(getComputedStyle(node).color).slice(0, 3));
    const [one, other] = [text, light(behind(node))].sort((a, b) => b - a);
    if ((one + 0.05) / (other + 0.05) < 4.5) found.add(node.className + " " + node.textContent.slice(0, 20));
  }
  return [...found];
}"""
"""Text whose colour is too near to what is behind it (WCAG 2, 4.5 to 1)."""


@pytest.mark.browser
def test_the_keyboard_reaches_and_opens_an_event(page: Any) -> None:
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#order").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.locator("details.event").first.get_attribute("open") is not None


@pytest.mark.browser
def test_the_order_turns_and_turns_back(page: Any) -> None:
    page.reload()
    ids = [event.get_attribute("id") for event in page.locator("details.event").all()]
    page.click("#order")
    assert [event.get_attribute("id") for event in page.locator("details.event").all()] == ids[::-1]
    page.click("#order")
    assert [event.get_attribute("id") for event in page.locator("details.event").all()] == ids


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 360])
def test_one_click_from_an_account_to_its_characters(page: Any, width: int) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_viewport_size({"width": width, "height": 800})
    page.reload()
    event = page.locator("details.event").first
    event.locator("summary .type").click()
    hit = event.locator(".account a.hit").first
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
