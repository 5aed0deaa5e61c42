"""What pages and lines tell of a report: which date is believed, whose site it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.errors import InputError
from khabar.model import Published
from khabar.readers import document_from_text
from khabar.readers.dateline import dateline
from khabar.readers.known import date_in_url
from khabar.readers.lines import page_of
from khabar.readers.metadata import metadata_of
from khabar.readers.outlets import VARIABLE, outlet_country, site_of
from khabar.readers.published import choose_published

BODY = "أعلن الطرفان مساء أمس اتفاقا جديدا على وقف إطلاق النار في المدينة وضواحيها."

JSON_LD, META, TEXT, URL = (
    Published("2020-01-10T08:00", "json-ld"),
    Published("2020-01-10", "meta"),
    Published("2012-03-04", "text"),
    Published("2012-03-04", "url"),
)


@pytest.mark.parametrize(
    ("told", "how"),
    [
        ([JSON_LD, META], "json-ld"),
        ([META, TEXT], "meta"),
        ([META, TEXT, URL], "text"),
        ([META, URL], "url"),
        ([META, Published("2012-03", "url")], "meta"),
        ([JSON_LD, Published("2020-01-09", "url")], "json-ld"),
        ([Published("2020-01-10", "given"), TEXT, URL], "given"),
        ([TEXT, Published("2012-03-03", "dateline"), URL], "text"),
    ],
)
def test_which_date_is_believed(told: list[Published], how: str) -> None:
    chosen = choose_published(told)
    assert chosen is not None
    assert chosen.how == how


def test_nothing_told_is_nothing_believed() -> None:
    assert choose_published([]) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://paper.example/2020/8/24/title", "2020-08-24"),
        ("https://paper.example/news/2020-06-03-1.387", "2020-06-03"),
        ("https://paper.example/20200603/title", "2020-06-03"),
        ("http://paper.example/2013/middle_east/8/3/title/index.html", "2013-08-03"),
        ("https://paper.example/2020/11/233876/", "2020-11"),
        ("https://paper.example/2020/13/45/", None),
        ("https://paper.example/article/20200699/", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, day: str | None) -> None:
    assert date_in_url(url) == day


@pytest.mark.parametrize(
    ("line", "near", "day"),
    [
        ("طرابلس - 23 أغسطس - ", "2023-08-24", "2023-08-23"),
        ("طرابلس - 23 أغسطس - ", "2023-08", "2023-08-23"),
        ("طرابلس - 23 أغسطس - ", "2024-01-02", "2023-08-23"),
        ("طرابلس - 23 أغسطس - ", None, None),
        ("بغداد 5 كانون الثاني 2020 (واع) - ", None, "2020-01-05"),
        ("أبوظبي في 5 يناير 2020 / وام / ", None, "2020-01-05"),
        ("القاهرة، 5 يناير 2020: ", None, "2020-01-05"),
        ("الاجتماع 5 يناير 2020 - ", None, None),
        ("القاهرة في 30 فبراير 2020 - ", None, None),
    ],
)
def test_datelines(line: str, near: str | None, day: str | None) -> None:
    assert dateline(page_of(line + BODY), near) == day


def test_a_dateline_says_how_the_date_is_known() -> None:
    document = document_from_text("القاهرة، 5 يناير 2020 - " + BODY)
    assert document.published == Published("2020-01-05", "dateline")


def test_the_day_of_the_site_is_when_the_page_was_seen() -> None:
    title = "اتفاق جديد على وقف إطلاق النار في المدينة"
    document = document_from_text(f"℃ 19 العاصمة\n12 مارس 2024\n{title}\n3 مارس 2024\n{BODY}")
    assert (document.published, document.crawled) == (Published("2024-03-03", "text"), "2024-03-12")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- FILE ARCHIVED ON 08:12:33 Jan 10, 2025 AND RETRIEVED FROM THE ARCHIVE -->",
        "<!-- Page saved with SingleFile \n saved date: Fri Jan 10 2025 10:00:00 GMT+0300 -->",
        "<!-- Mirrored from paper.example by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 10 Jan 2025 08:00 GMT -->",
    ],
)
def test_what_saved_a_page_tells_when(comment: str) -> None:
    assert metadata_of(f"<html><p>{BODY}</p>{comment}</html>").known.crawled == "2025-01-10"


def test_times_of_changes_are_no_dates_of_publication() -> None:
    page = '<time class="updated" datetime="2020-05-05">5 مايو</time><time datetime="2020-05-01">1 مايو</time>'
    assert metadata_of(page).published == (Published("2020-05-01", "time-element"),)


@pytest.mark.parametrize("name", ["admin", "https://paper.example/a", "الضفة نيوز", "(القاهرة - الضفة)"])
def test_who_is_no_author(name: str) -> None:
    head = f'<meta name="author" content="{name}"><meta property="og:site_name" content="الضفة نيوز">'
    assert metadata_of(head).known.author is None


@pytest.mark.parametrize(
    ("url", "name", "country"),
    [
        ("https://www.aljazeera.net/news/1", "الجزيرة", "QA"),
        ("https://m.youm7.com/story/1", "اليوم السابع", "EG"),
        ("https://arabic.rt.com/world/1", "آر تي عربي", "RU"),
        ("https://notyoum7.com/", None, None),
        ("http://[", None, None),
    ],
)
def test_outlets_by_host(url: str, name: str | None, country: str | None) -> None:
    site = site_of(url)
    assert (site.name if site else None, outlet_country(None, url)) == (name, country)


def test_users_add_outlets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "outlets.tsv"
    table.write_text(
        "form\tcountry\tdomains\n# ours\nصوت الضفة|الضفة\tJO\tdaffa.example old-daffa.example\nاليوم\t\tyoum7.com\n",
        "utf-8",
    )
    monkeypatch.setenv(VARIABLE, str(table))
    assert outlet_country(None, "https://www.old-daffa.example/1") == "JO"
    assert outlet_country("الضفة") == "JO"
    assert metadata_of(f"<p>{BODY}</p>", "https://daffa.example/1").known.outlet == "صوت الضفة"
    site = site_of("https://www.youm7.com/1")
    assert site is not None
    assert site.name == "اليوم"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "must name its columns"), ("name\nالضفة\n", "must name its columns"), ("form\tkind\n\tpaper\n", "line 2")],
)
def test_a_broken_table_of_outlets_is_named(
    text: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "outlets.tsv"
    table.write_text(text, "utf-8")
    monkeypatch.setenv(VARIABLE, str(table))
    with pytest.raises(InputError, match=reason):
        site_of("https://daffa.example/")


def test_a_missing_table_of_outlets_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.tsv"))
    with pytest.raises(InputError, match="no table of outlets"):
        outlet_country("الضفة")
