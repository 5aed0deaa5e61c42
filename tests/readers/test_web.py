"""Web pages: the report without the page, every character led back to the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.model import Document
from khabar.readers import read
from khabar.readers.blocks import blocks_of
from khabar.readers.kinds import documents_of
from khabar.readers.known import Known
from khabar.readers.lines import words_of
from khabar.readers.metadata import metadata_of
from khabar.readers.source import source_of_bytes
from khabar.readers.web import fragment_plan
from khabar.repair import OffsetMap, apply

FIRST = "أعلنت وزارة الصحة، اليوم الثلاثاء، تسجيل ثلاثين إصابة جديدة في المدينة، وقالت إن المستشفيات تستقبل المرضى."
SECOND = "وقال المتحدث باسم الوزارة في مؤتمر صحفي إن الفرق الطبية وصلت إلى الأحياء كلها منذ صباح اليوم."
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">
<title>ثلاثون إصابة جديدة &amp; تحذير من الوزارة | موقع الضفة</title>
<meta property="og:site_name" content="موقع الضفة">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle",
 "headline": "ثلاثون إصابة جديدة &amp; تحذير من الوزارة",
 "datePublished": "2021-02-03T09:30:00+02:00",
 "author": {{"name": "سلمى"}}}}]}}</script></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>ثلاثون إصابة <b>جديدة</b> &amp; تحذير من الوزارة</h1>
<time datetime="2021-02-03">3 شباط 2021</time>
<figure><img alt="a > b"><figcaption>وزارة الصحة في العاصمة (رويترز)</figcaption></figure>
<p>{FIRST}</p><aside><h4>اقرأ أيضا</h4><a href="/2">خبر آخر عن الطقس في المدينة هذا الأسبوع</a></aside>
<p>  {SECOND.replace("الوزارة", "<a href='/w'>الوزارة</a>").replace(" صباح", "&nbsp;صباح")}
</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def of_page(folder: Path, source: str) -> Document:
    path = folder / "page.html"
    path.write_text(source, encoding="utf-8")
    (document,) = read(path)
    assert apply(document.raw, document.plan) == document.text
    assert document.raw == source
    return document


def test_a_page_becomes_its_report(tmp_path: Path) -> None:
    document = of_page(tmp_path, PAGE)
    assert document.text == f"ثلاثون إصابة جديدة & تحذير من الوزارة\n\n{FIRST}\n\n{SECOND}"
    assert (document.title, document.outlet, document.author) == (
        "ثلاثون إصابة جديدة & تحذير من الوزارة",
        "موقع الضفة",
        "سلمى",
    )
    assert document.published is not None
    assert (document.published.value, document.published.how) == ("2021-02-03T09:30", "json-ld")


def test_words_of_the_text_lead_back_to_the_source(tmp_path: Path) -> None:
    document = of_page(tmp_path, PAGE)
    offsets = OffsetMap(document.plan)
    for word in ("الثلاثاء", "الفرق الطبية", "المتحدث"):
        start = document.text.index(word)
        first, last = offsets.origin(start, start + len(word))
        assert document.raw[first:last] == word


def test_html_in_a_title_is_text(tmp_path: Path) -> None:
    head = "<html><head><title>تحذير من &lt;script&gt; في رسائل مزورة</title></head>"
    document = of_page(
        tmp_path, f"{head}<body><h1>تحذير من &lt;script&gt; في رسائل مزورة</h1><p>{FIRST}</p></body></html>"
    )
    assert document.title == "تحذير من <script> في رسائل مزورة"
    assert document.text.startswith("تحذير من <script> في رسائل مزورة\n\n")


def test_a_title_that_stands_only_in_the_head_comes_first(tmp_path: Path) -> None:
    head = "<html><head><title>ثلاثون إصابة في المدينة - موقع الضفة</title></head>"
    document = of_page(tmp_path, f"{head}<body><p>{FIRST}</p><p>{SECOND}</p></body></html>")
    assert document.text == f"ثلاثون إصابة في المدينة\n\n{FIRST}\n\n{SECOND}"


HOSTILE = [
    "<div>" * 100_000,
    "<b>" * 50_000,
    "<" * 100_000,
    '<a b="' * 50_000,
    "<svg>" * 50_000,
    "<script></script " * 50_000,
    "<!--" * 50_000,
]


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:10])
def test_hostile_markup_is_cut_in_one_pass(source: str) -> None:
    blocks = blocks_of(source + FIRST)
    assert sum(len(block.pieces) for block in blocks) <= 200_000
    metadata_of(source)


TOKENS = """<p> </p> <b> </b> <br> < > &amp; &nbsp; كلمة <!-- --> <script> </script>
<title> </title> <aside> </div> <a|href=" ' <h1>"""
MARKUP = st.sampled_from([*(token.replace("|", " ") for token in TOKENS.split()), " ", "\n"])


@settings(deadline=None)
@given(st.lists(MARKUP, max_size=40).map("".join))
def test_any_markup_replays(source: str) -> None:
    plan = fragment_plan(source)
    text = apply(source, plan)
    assert "كلمة" not in text or "كلمة" in source
    assert text == text.strip(" \n")


PAGES = Path(__file__).parent / "pages"
GOLD: list[dict[str, Any]] = json.loads((PAGES / "gold.json").read_text("utf-8"))
_MOST_LEFT_OVER = 0.2
"""Part of a page's text that its gold may neither want nor refuse (captions of a gallery, who wrote a tweet)."""


def of_gold(row: dict[str, Any]) -> Document:
    data = (PAGES / row["file"]).read_bytes()
    (document,) = documents_of(source_of_bytes(row["file"], "page", data, Known(url=row["url"])))
    assert isinstance(document, Document)
    return document


def key(text: str) -> str:
    return f" {' '.join(words_of(text))} "


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["file"])
def test_a_page_of_each_kind(row: dict[str, Any]) -> None:
    document = of_gold(row)
    text = key(document.text)
    assert [segment for segment in row["wanted"] if key(segment) not in text] == []
    assert [segment for segment in row["unwanted"] if key(segment) in text] == []
    told = sum(len(words_of(segment)) for segment in (*row["wanted"], row["title"] or ""))
    assert len(text.split()) <= told * (1 + _MOST_LEFT_OVER)
    assert text.count(key(row["title"] or "-")) <= 1, "the headline once"


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["file"])
def test_what_a_page_tells_of_itself(row: dict[str, Any]) -> None:
    document = of_gold(row)
    assert document.published is not None
    assert (document.published.value, document.published.how) == (row["published"], row["how"])
    told = (document.title, document.author, document.outlet, document.section)
    assert told == (row["title"], row["author"], row["outlet"], row["section"])
    assert document.crawled == row.get("crawled")


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row["file"])
def test_a_page_replays(row: dict[str, Any]) -> None:
    document = of_gold(row)
    assert apply(document.raw, document.plan) == document.text
    assert document.raw == (PAGES / row["file"]).read_text("utf-8")
    offsets = OffsetMap(document.plan)
    word = row["wanted"][0].split()[1]
    first, last = offsets.origin(start := document.text.index(word), start + len(word))
    assert document.raw[first:last] == word
