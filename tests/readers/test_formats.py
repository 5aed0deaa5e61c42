"""Every format gives the same report, with what the format says of it; broken and hostile files say what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import brotli
import pytest

from khabar.build import build
from khabar.errors import InputError
from khabar.model import Document, Dropped
from khabar.readers import ocr, unpack
from khabar.readers.feeds import addresses_of_sitemap, entries_of_feed
from khabar.readers.files import read_all
from khabar.readers.kinds import kind_of
from khabar.readers.properties import known_from
from khabar.readers.source import source_of_bytes
from khabar.record import Record
from khabar.repair import apply
from tests.readers import formats
from tests.readers.formats import ATOM, BODY, HEADLINE, NOTE, PAGE, RDF, RSS, SECOND, SITEMAP, packed

TEXT = f"{HEADLINE}\n\n{BODY}"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def documents(path: Path) -> list[Document]:
    """What a file holds; every plan must replay, and nothing may be dropped."""
    found = list(read_all(path))
    assert [item.reason for item in found if isinstance(item, Dropped)] == []
    return replayed(found)


def replayed(found: list[Document | Dropped]) -> list[Document]:
    kept = [item for item in found if isinstance(item, Document)]
    for document in kept:
        assert apply(document.raw, document.plan) == document.text
        assert len(document.origin.sha256) == 64
    return kept


def one(path: Path) -> Document:
    (document,) = documents(path)
    return document


def dropped(path: Path) -> dict[str, str]:
    """Reasons by what they are about, without the folder."""
    found = [item for item in read_all(path) if isinstance(item, Dropped)]
    assert all(item.path.startswith(str(path)) for item in found)
    return {item.path.removeprefix(str(path)).strip(): item.reason for item in found}


def reason(path: Path) -> str:
    (why,) = dropped(path).values()
    return why


def date_of(document: Document) -> tuple[str, str] | None:
    return (document.published.value, document.published.how) if document.published else None


# Word processors


def test_word_document(tmp_path: Path) -> None:
    document = one(put(tmp_path, "a.docx", formats.docx()))
    lines = [HEADLINE, BODY, "خانة أولى", "خانة ثانية", SECOND, "مربع نص", NOTE]
    assert document.text.split("\n") == lines
    assert (document.title, document.author, document.origin.encoding) == (HEADLINE, "سالم الهادي", "docx")
    assert date_of(document) == ("2020-05-06", "metadata")


def test_open_document_text(tmp_path: Path) -> None:
    document = one(put(tmp_path, "a.odt", formats.odt()))
    lines = [HEADLINE, BODY, "خانة أولى", "خانة ثانية", SECOND, "مربع نص", NOTE]
    assert document.text.split("\n") == lines
    assert (document.title, document.author, document.origin.encoding) == (HEADLINE, "سالم الهادي", "odt")
    assert date_of(document) == ("2020-05-06", "metadata")


def test_book(tmp_path: Path) -> None:
    document = one(put(tmp_path, "a.epub", formats.epub()))
    assert document.text.split("\n") == [HEADLINE, BODY, SECOND]
    assert (document.title, document.author) == (HEADLINE, "سالم الهادي")


@pytest.mark.parametrize("name", ["a.zip", "a.bin", "a.txt", "a"])
@pytest.mark.parametrize("make", [formats.docx, formats.odt, formats.epub], ids=lambda make: make.__name__)
def test_members_tell_packed_formats_apart(name: str, make: Callable[[], bytes]) -> None:
    assert kind_of(source_of_bytes(name, "a", make())) == make.__name__


def test_a_date_in_the_text_goes_before_the_day_the_file_was_made(tmp_path: Path) -> None:
    content = formats.docx(created="2022-01-01T00:00:00Z")
    path = put(tmp_path, "a.docx", content)
    assert date_of(one(path)) == ("2022-01-01", "metadata")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    dated = members["word/document.xml"].replace(HEADLINE.encode(), f"{HEADLINE}</w:t><w:br/><w:t>5 مايو 2020".encode())
    path = put(tmp_path, "b.docx", packed({**members, "word/document.xml": dated}))
    assert date_of(one(path)) == ("2020-05-05", "text")


@pytest.mark.parametrize("created", ["1904-01-01", "2999-01-01", "2013-12-23T23:15:00Z", "", "soon"])
def test_impossible_days_of_making_are_not_believed(tmp_path: Path, created: str) -> None:
    assert one(put(tmp_path, "a.docx", formats.docx(created=created))).published is None


@pytest.mark.parametrize("title", ["Microsoft Word - خبر عن الوفد.doc", "خبر_الوفد_الأول", "تقرير", "Untitled"])
def test_names_of_files_are_no_titles(tmp_path: Path, title: str) -> None:
    assert one(put(tmp_path, "a.docx", formats.docx(title=title))).title == HEADLINE


def test_a_title_that_the_text_does_not_show_is_not_its_headline() -> None:
    assert known_from({"Title": "نموذج خطاب رسمي للوزارة", "Author": "HP"}, TEXT).title is None
    assert known_from({"Title": HEADLINE, "Author": "user"}, TEXT).author is None


# Tables

COLUMNS = ["title,text,published,outlet", "العنوان;النص;تاريخ النشر;المصدر", "Headline\tBODY\tPub Date\tSource Name"]


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_table(tmp_path: Path, columns: str, encoding: str) -> None:
    mark = next(mark for mark in ",;\t" if mark in columns)
    row = mark.join([HEADLINE, f'"{BODY}\n{SECOND}"', "2020-05-06", "الضفة"])
    path = put(tmp_path, "a.csv", f"{columns}\r\n{row}\r\n\r\n{row.replace('06', '07')}\r\n".encode(encoding))
    first, second = documents(path)
    assert first.text == f"{TEXT}\n{SECOND}"
    assert (first.title, first.outlet, date_of(first)) == (HEADLINE, "الضفة", ("2020-05-06", "metadata"))
    assert (first.id, first.origin.member, second.origin.member) == ("a-row002", "row 2", "row 4")


def test_a_table_is_known_by_its_first_line(tmp_path: Path) -> None:
    assert one(put(tmp_path, "table", f"id|title|text\nx7|{HEADLINE}|{BODY}\n")).id == "x7"
    assert one(put(tmp_path, "a.csv", f"sep=;\nالنص\n{BODY}\n")).text == BODY


def test_broken_tables(tmp_path: Path) -> None:
    assert "its columns: price, colour" in reason(put(tmp_path, "a.csv", "price,colour\n1,2\n"))
    assert "no row" in reason(put(tmp_path, "b.csv", "\ufeff"))
    path = put(tmp_path, "c.csv", f"title,text\nx,\n{HEADLINE},{BODY}\nx,English only\n")
    assert dropped(path).keys() == {"row 2", "row 4"}
    assert [document.text for document in replayed(list(read_all(path)))] == [TEXT]


def test_an_endless_field_does_not_cost_the_other_rows(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", f'text\n{BODY}\n"{"ل" * 5_100_000}"\n{SECOND}\n')
    assert "field limit" in reason(path)
    assert replayed(list(read_all(path)))[0].text == BODY


# Feeds


def test_rss(tmp_path: Path) -> None:
    path = put(tmp_path, "news.xml", RSS)
    whole, teaser, headline = replayed(list(read_all(path)))
    title = f'{HEADLINE} "1"'
    assert whole.text == f"{title}\n\n{BODY}\n\n{SECOND}"
    assert (whole.title, whole.outlet, whole.author, whole.section) == (title, "المرصد", "سالم الهادي", "محليات")
    assert (whole.url, date_of(whole)) == ("https://a.example/one", ("2020-05-06T10:30", "feed"))
    assert [document.origin.member for document in (whole, teaser, headline)] == [
        "entry 1", "entry 2 teaser", "entry 3 teaser",
    ]  # fmt: skip
    assert (date_of(teaser), headline.text) == (("2020-05-06", "feed"), "خبر ثالث عن الميناء")
    assert dropped(path) == {"entry 4": "not Arabic: (almost) none of its letters are"}


@pytest.mark.parametrize("words", ["The post {} appeared first on {}.", "ظهرت المقالة {} أولاً على {}."])
def test_the_line_below_each_entry_goes(tmp_path: Path, words: str) -> None:
    line = words.format(f'<a href="x">{HEADLINE} "1"</a>', '<a href="y">المرصد</a>')
    path = put(tmp_path, "news.xml", RSS.replace("]]>", f"<p>{line}</p>]]>"))
    whole, *_ = replayed(list(read_all(path)))
    assert whole.text.endswith(SECOND)
    assert any(step.rule == "rubbish:feed-footer" for step in whole.plan)


def test_an_entry_keeps_its_id_when_others_come(tmp_path: Path) -> None:
    item = "<item><title>خبر جديد</title><description>وصل الوفد إلى المدينة</description></item>"
    before = documents(put(tmp_path, "news.xml", RSS.split("<item><title>English")[0] + "</channel></rss>"))
    text = RSS.split("<item><title>English")[0].replace("<item>", f"{item}<item>", 1) + "</channel></rss>"
    after = documents(put(tmp_path, "news.xml", text))
    assert [document.id for document in after[1:]] == [document.id for document in before]


@pytest.mark.parametrize("feed", [ATOM, RDF], ids=["atom", "rdf"])
@pytest.mark.parametrize("name", ["a.xml", "a.html", "a", "a.rss"])
def test_atom_and_rdf(tmp_path: Path, feed: str, name: str) -> None:
    document = one(put(tmp_path, name, feed))
    assert (document.text, document.title, document.url) == (TEXT, HEADLINE, "https://a.example/one")
    assert document.published is not None
    assert (document.published.value[:10], document.published.how) == ("2020-05-06", "feed")


def test_entries_for_who_fetches_their_pages() -> None:
    first, second, *_ = entries_of_feed("x", RSS.encode())
    assert (first.key, first.whole, second.whole, second.url) == ("g-1", True, False, "https://a.example/two")
    assert entries_of_feed("x", b"<rss version='2.0'><channel></channel></rss>") == []


def test_broken_feeds(tmp_path: Path) -> None:
    assert "no entries" in reason(put(tmp_path, "a.xml", "<rss version='2.0'><channel></channel></rss>"))
    cut = put(tmp_path, "b.xml", RSS[: RSS.index("<item><title>خبر ثان")])
    assert "cut off" in reason(cut)
    assert len(replayed(list(read_all(cut)))) == 1
    assert "not a feed" in reason(put(tmp_path, "c.rss", "قال الوزير إنه وصل"))


def test_entities_of_a_feed_reach_no_file_and_do_not_explode(tmp_path: Path) -> None:
    put(tmp_path, "secret", "قال السر")
    doors = f'<!ENTITY x SYSTEM "file://{tmp_path}/secret"><!ENTITY a "قال ها">'
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    item = f"<item><title>{HEADLINE} &x; &h;</title></item>"
    text = f'<?xml version="1.0"?><!DOCTYPE rss [{doors}{bomb}]><rss version="2.0"><channel>{item}</channel></rss>'
    found = documents(put(tmp_path, "a.xml", text))
    assert all("السر" not in document.raw and len(document.raw) < 1000 for document in found)


def test_sitemap(tmp_path: Path) -> None:
    first, second = addresses_of_sitemap("x", SITEMAP.encode())
    assert (first.url, first.changed, first.title) == ("https://a.example/one", "2020-05-07", "وفد يزور المدينة")
    assert first.known.published is not None
    assert (first.known.published.value, first.outlet, second.url) == (
        "2020-05-06T10:30", "المرصد", "https://a.example/two",
    )  # fmt: skip
    assert "khabar build URL" in reason(put(tmp_path, "sitemap.xml", SITEMAP))
    (inner,) = addresses_of_sitemap(
        "x", b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>"
    )
    assert inner.is_sitemap


# Web archives


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "crawl"])
def test_web_archive(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, formats.warc_gz() if name.endswith("gz") else b"".join(formats.warc()))
    page, plain, text_only = documents(path)
    assert [document.text for document in (page, plain, text_only)] == [
        f"{HEADLINE}\n\n{BODY}\n\n{SECOND}", f"{TEXT}\n", f"{HEADLINE}\n\n{SECOND}\n",
    ]  # fmt: skip
    assert (page.url, page.crawled, page.origin.media_type) == (
        "https://a.example/one", "2021-02-03T04:05", "text/html",
    )  # fmt: skip
    assert (plain.origin.encoding, plain.published) == ("windows-1256", None)
    members = [str(document.origin.member).removeprefix("a.warc ") for document in (page, plain, text_only)]
    assert members == ["record 1", "record 4", "record 5"]


def test_broken_web_archives(tmp_path: Path) -> None:
    records = formats.warc()
    cut = put(tmp_path, "a.warc", b"".join(records[:6])[:-20])
    assert len(replayed(list(read_all(cut)))) == 2
    assert "cut off" in reason(cut)
    damaged = put(tmp_path, "b.warc", records[1] + b"JUNK JUNK\r\n\r\n" + records[5])
    assert len(replayed(list(read_all(damaged)))) == 1
    assert "the rest is lost" in reason(damaged)
    assert "no pages" in reason(put(tmp_path, "c.warc", records[0] + records[3]))
    packed_and_cut = put(tmp_path, "d.warc.gz", formats.warc_gz()[:-200])
    assert len(replayed(list(read_all(packed_and_cut)))) >= 1
    assert "cannot be unpacked to its end" in " ".join(dropped(packed_and_cut).values())


def body(head: str, content: bytes) -> bytes:
    """A record of a report that is chunked or packed, or was."""
    return formats.record("response", "https://a.example/x", content, f"text/plain\r\n{head}")


PACKED = {
    "gzip": ("Content-Encoding: gzip", gzip.compress(TEXT.encode())),
    "deflate": ("Content-Encoding: deflate", zlib.compress(TEXT.encode())),
    "brotli": ("Content-Encoding: br", brotli.compress(TEXT.encode())),
    "chunks": ("Transfer-Encoding: chunked", b"4\r\n" + TEXT.encode()[:4] + b"\r\nff;x=1\r\n" + TEXT.encode()[4:]),
    "no longer gzip": ("Content-Encoding: gzip", TEXT.encode()),
    "no longer brotli": ("Content-Encoding: br", TEXT.encode()),
    "no longer chunks": ("Transfer-Encoding: chunked", TEXT.encode()),
    "unknown": ("Content-Encoding: zip", TEXT.encode()),
    "broken gzip": ("Content-Encoding: gzip", b"\x1f\x8b\x08\x00oops"),
}


@pytest.mark.parametrize("name", PACKED)
def test_bodies_as_crawlers_store_them(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, "a.warc", body(*PACKED[name]) + formats.record("resource", "u", SECOND, "text/plain"))
    found = replayed(list(read_all(path)))
    assert found[-1].text == SECOND
    assert [document.text for document in found[:-1]] == ([] if name == "broken gzip" else [TEXT])


def test_an_answer_that_unpacks_to_too_much(tmp_path: Path) -> None:
    bomb = body("Content-Encoding: gzip", gzip.compress(b" " * 21_000_000))
    path = put(tmp_path, "a.warc", bomb + formats.record("resource", "u", SECOND, "text/plain"))
    assert "too large" in reason(path)
    assert [document.text for document in replayed(list(read_all(path)))] == [SECOND]


def test_a_web_archive_is_read_record_by_record(tmp_path: Path) -> None:
    path = put(tmp_path, "a.warc", b"".join(formats.warc()) * 2)
    found = read_all(path)
    assert isinstance(next(found), Document)
    found.close()  # type: ignore[attr-defined]


# Mail


def message(body: str = BODY, subject: str = HEADLINE, **heads: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "سالم الهادي <salem@a.example>", "x@a.example", subject
    mail["Date"], mail["Message-ID"] = "Wed, 06 May 2020 10:30:00 +0300", "<1@a.example>"
    for name, value in heads.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail


def test_message(tmp_path: Path) -> None:
    mail = message()
    mail.add_alternative(PAGE, subtype="html")
    for name in ("a.eml", "a"):
        document = one(put(tmp_path, name, bytes(mail)))
        assert (document.text.strip(), document.title, document.author) == (TEXT, HEADLINE, "سالم الهادي")
        assert date_of(document) == ("2020-05-06T10:30", "metadata")


def test_message_in_an_arabic_code_page_without_saying_so(tmp_path: Path) -> None:
    mail = f"From: a@a.example\nSubject: {HEADLINE}\nDate: 6 May 2020\nMIME-Version: 1.0\n\n{BODY}\n"
    document = one(put(tmp_path, "a.eml", mail.encode("cp1256")))
    assert (document.text.strip(), document.title) == (TEXT, HEADLINE)


def test_html_message(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = HEADLINE
    mail.set_content(f"<div><p>{BODY}</p><p>{SECOND}</p></div>", subtype="html")
    assert one(put(tmp_path, "a.eml", bytes(mail))).text == f"{TEXT}\n\n{SECOND}"


def test_flowed_lines_are_joined(tmp_path: Path) -> None:
    words = BODY.split(" ")
    body = f"{' '.join(words[:8])} \n{' '.join(words[8:])}\n> اقتباس \n> من رسالة سابقة\n"
    mail = f"Subject: {HEADLINE}\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n{body}"
    document = one(put(tmp_path, "a.eml", mail))
    assert BODY in document.text
    assert "> من رسالة سابقة" in document.text


def test_attachments(tmp_path: Path) -> None:
    mail = message("مرفق نص البيان، مع تحياتي")
    mail.add_attachment(formats.docx(), maintype="application", subtype="octet-stream", filename="بيان.docx")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    mail.add_attachment(b"{\\rtf1", maintype="application", subtype="rtf", filename="old.rtf")
    path = put(tmp_path, "a.eml", bytes(mail))
    own, attached = replayed(list(read_all(path)))
    assert "مع تحياتي" in own.text
    assert BODY in attached.text
    assert (attached.origin.member, attached.id) == ("بيان.docx", "a-بيان")
    assert date_of(attached) == ("2020-05-06T10:30", "metadata")
    assert dropped(path) == {"(old.rtf)": "RTF is not read; save it as .docx, .odt or plain text"}


def test_an_english_covering_letter_is_no_error(tmp_path: Path) -> None:
    mail = message("Please find attached.", "Fwd: statement")
    mail.add_attachment(TEXT.encode(), maintype="text", subtype="plain", filename="a.txt")
    assert one(put(tmp_path, "a.eml", bytes(mail))).text == TEXT
    assert "not Arabic" in reason(put(tmp_path, "b.eml", bytes(message("Nothing for you.", "Hello"))))


def test_forwarded_message(tmp_path: Path) -> None:
    mail = message("للاطلاع على الرسالة المرفقة", "رسالة محولة")
    mail.add_attachment(message())
    own, inner = documents(put(tmp_path, "a.eml", bytes(mail)))
    assert (own.title, inner.title, inner.text.strip()) == ("رسالة محولة", HEADLINE, TEXT)


def test_mbox(tmp_path: Path) -> None:
    second = bytes(message(f"From here on\n{SECOND}", "خبر ثان", X_Spam="no")).replace(b"\nFrom here", b"\n>From here")
    second = second.replace(b"<1@", b"<2@")
    start = b"From x@a.example Wed May  6 10:30:00 2020\n"
    path = put(tmp_path, "a.mbox", start + bytes(message()) + b"\n" + start + second)
    first, other = documents(path)
    assert (first.text.strip(), first.origin.member, other.origin.member) == (TEXT, "message 1", "message 2")
    assert first.id != other.id
    assert kind_of(source_of_bytes("folder", "a", path.read_bytes())) == "mbox"
    assert documents(put(tmp_path, "a.mbox", start + second))[0].id == other.id


def test_saved_page(tmp_path: Path) -> None:
    saved = EmailMessage()
    saved["From"], saved["Date"] = "<Saved by Blink>", "Fri, 05 Feb 2021 10:00:00 -0000"
    saved["Snapshot-Content-Location"] = "https://a.example/one"
    saved.set_content(PAGE, subtype="html", cte="quoted-printable")
    saved.make_related()
    document = one(put(tmp_path, "a.mhtml", bytes(saved)))
    assert (document.text, document.url, document.published) == (
        f"{HEADLINE}\n\n{BODY}\n\n{SECOND}", "https://a.example/one", None,
    )  # fmt: skip
    assert (document.crawled, document.id) == ("2021-02-05T10:00", "a")


@pytest.mark.parametrize("subject", ["=?utf-9?B?xx?=", "=?utf-8?B?A?=", "=?utf-8?Q?=ff=fe?=", "\udcff\udcfe"])
def test_broken_heads(tmp_path: Path, subject: str) -> None:
    mail = f"Subject: {subject}\nDate: yesterday\nFrom: <<>\nMIME-Version: 1.0\n\n{BODY}\n"
    assert BODY in one(put(tmp_path, "a.eml", mail.encode("utf-8", "surrogateescape"))).text


# Archives


def test_zip(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "a.zip",
        packed({
            "2020/a.txt": TEXT, "2021/a.txt": f"{HEADLINE}\n\n{SECOND}", "p.html": PAGE, "photo.png": "x",
            "__MACOSX/._p.html": "x", ".hidden": "x", "links.json": "{}",
            "deep/b.zip": packed({"w.docx": formats.docx()}),
            "t.csv.gz": gzip.compress(f"text\n{BODY}\n".encode()), "c.warc.gz": formats.warc_gz(),
        }),
    )  # fmt: skip
    found = documents(path)
    assert [document.origin.member for document in found] == [
        "2020/a.txt", "2021/a.txt", "p.html", "deep/b.zip w.docx", "t.csv.gz t.csv row 2",
        "c.warc.gz c.warc record 1", "c.warc.gz c.warc record 4", "c.warc.gz c.warc record 5",
    ]  # fmt: skip
    assert len({document.id for document in found}) == len(found)
    assert all(document.origin.path == str(path) for document in found)


def test_all_of_an_archive_reaches_the_record(tmp_path: Path) -> None:
    members = {"a/x.txt": TEXT, "b/x.txt": f"{HEADLINE}\n\n{SECOND}", "a-x.txt": f"{HEADLINE}\n\n{NOTE}", "f.xml": ATOM}
    path = put(tmp_path, "a.zip", packed(members))
    for changed in (4, 0):
        summary = build([path], tmp_path / "record.db")
        assert (summary.read, summary.dropped) == (changed, [])
    with Record(tmp_path / "record.db") as record:
        ids = [annotated.document.id for annotated in record.documents()]
    assert len(set(ids)) == 4
    assert {"a-a-x", "a-a-x-2", "a-b-x"} < set(ids)


def test_gzip(tmp_path: Path) -> None:
    document = one(put(tmp_path, "a.html.gz", gzip.compress(PAGE.encode())))
    assert (document.text, document.id, document.origin.member) == (f"{HEADLINE}\n\n{BODY}\n\n{SECOND}", "a", "a.html")


def encrypted() -> bytes:
    """A ZIP whose member says that it is locked."""
    data = bytearray(packed({"a.txt": TEXT}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    return bytes(data)


def test_one_bad_member_does_not_cost_the_others(tmp_path: Path) -> None:
    members = {
        "a.txt": TEXT,
        "b.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "c.pdf": "x",
    }
    path = put(
        tmp_path, "a.zip", packed({**members, "d.zip": encrypted(), "e.rtf": "{\\rtf1", "\x1b[31m\u202e.txt": ""})
    )
    assert [document.text for document in replayed(list(read_all(path)))] == [TEXT]
    why = dropped(path)
    assert list(why) == ["(b.doc)", "(c.pdf)", "(d.zip a.txt)", "(e.rtf)", r"(\x1b[31m\u202e.txt)"]
    assert [
        word
        for word, told in zip(["old Word", "broken PDF", "password", "RTF", "empty"], why.values(), strict=True)
        if word not in told
    ] == []


def test_damaged_member(tmp_path: Path) -> None:
    content = bytearray(packed({"a.txt": TEXT, "b.txt": f"{SECOND}\n" * 50}))
    at = content.index(b"b.txt") + 20
    content[at : at + 8] = b"\xff" * 8
    path = put(tmp_path, "a.zip", bytes(content))
    assert dropped(path) == {"(b.txt)": "broken: it cannot be unpacked to its end"}


def test_paths_that_lead_out_of_an_archive_are_only_names(tmp_path: Path) -> None:
    path = put(tmp_path, "a.zip", packed({"../../../out.txt": TEXT, "/etc/out.txt": f"{HEADLINE}\n\n{SECOND}"}))
    assert [document.id for document in documents(path)] == ["a-..-..-..-out", "a--etc-out"]
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_names_of_members_in_an_arabic_code_page(tmp_path: Path) -> None:
    name = "خبر.txt"
    content = packed({"1234567": TEXT}).replace(b"1234567", name.encode("cp720"))
    assert one(put(tmp_path, "a.zip", content)).origin.member == name


def test_archives_too_deep(tmp_path: Path) -> None:
    content: str | bytes = TEXT
    for number in range(5):
        content = packed({"a.zip" if number else "a.txt": content})
    assert "lies in more than 3 archives" in reason(put(tmp_path, "a.zip", content))


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "_LEAST_ALLOWED", 300_000)
    big = b" " * 200_000
    assert "a bomb?" in reason(put(tmp_path, "a.zip", packed({"a.html": big * 10})))
    inner = packed({f"{number}.html": big for number in range(3)})
    nested = dropped(put(tmp_path, "b.zip", packed({f"{number}.zip": inner for number in range(3)})))
    assert "a bomb?" in " ".join(nested.values())
    assert "a bomb?" in reason(put(tmp_path, "c.txt.gz", gzip.compress(big * 10)))


REFUSED = {
    "a.rtf": (b"{\\rtf1\\ansi", "RTF"),
    "a.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
    "a.ppt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"), ".ppt"),
    "b.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "a.pptx": (packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "PowerPoint"),
    "a.xlsx": (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "Excel"),
    "a.ods": (formats.odt("application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument table"),
    "b.odt": (formats.odt(**{"META-INF/manifest.xml": "<encryption-data/>"}), "password"),
    "a.odt": (b"PK\x03\x04", "broken OpenDocument"),
    "c.odt": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "content.xml is missing"),
    "d.odt": (formats.odt(**{"content.xml": "<a><b>"}), "content.xml is cut off"),
    "a.docx": (formats.docx()[:-300], "broken Word"),
    "c.docx": ("قال الوزير", "broken Word"),
    "a.epub": (packed({"mimetype": "application/epub+zip"}), "chapters"),
    "a.zip": (packed({"p.png": "x"}), "without a file that can be read"),
    "b.zip": (packed({"a.txt": TEXT})[:-30], "cut off"),
    "a.gz": (b"\x1f\x8b\x08\x00", "cannot be unpacked"),
    "b.txt.gz": (gzip.compress(TEXT.encode())[:-12], "cannot be unpacked"),
    "a.rar": (b"Rar!\x1a\x07\x00", "RAR"),
    "a.fodt": ("<?xml version='1.0'?><office:document xmlns:office='o'/>", "flat OpenDocument"),
    "a.xml": ("<?xml version='1.0'?><?mso-application progid='Word.Document'?><w:wordDocument/>", "Word 2003"),
    "a.tar": (b"a" * 257 + b"ustar", "tar"),
    "a.warc": ("x", "broken WARC"),
    "a.mbox": (b"From x@a.example Wed May  6 10:30:00 2020\nSubject: hello\n\nEnglish\n", "not Arabic"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    content, why = REFUSED[name]
    assert why in reason(put(tmp_path, name, content))


# Kinds

TOLD = {
    "a page called a PDF": ("a.pdf", PAGE, "html"),
    "a page called text": ("a.txt", f"<!DOCTYPE html>\n{PAGE}", "html"),
    "a page behind a prologue": (
        "a",
        f"<?xml version='1.0'?><!-- a --><!-- b --><!DOCTYPE html [<!ENTITY a 'b'>]>{PAGE}",
        "html",
    ),
    "a feed called a page": ("a.html", RSS, "feed"),
    "a feed in UTF-16": ("a.xml", ATOM.encode("utf-16"), "feed"),
    "records called text": ("a.txt", json.dumps({"text": BODY}), "json"),
    "a quotation": ("a.txt", "{وقال نسوة} من الآية", "text"),
    "lines called a record": ("a.json", '{"text": "ا"}\n{"text": "ب"}', "lines"),
    "a letter to the editor": ("a.txt", "From: Cairo\nقال الوزير", "text"),
    "comments without an end": ("a.txt", "<!-- " * 800, "text"),
}


@pytest.mark.parametrize("name", TOLD)
def test_bytes_go_before_the_name(name: str) -> None:
    called, content, kind = TOLD[name]
    data = content if isinstance(content, bytes) else content.encode()
    assert kind_of(source_of_bytes(called, "a", data)) == kind


def test_lines_that_are_called_a_record(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": text, "pad": "x" * 5000}) for text in (BODY, SECOND))
    assert [document.text for document in documents(put(tmp_path, "a.json", lines))] == [BODY, SECOND]


def test_json_feed(tmp_path: Path) -> None:
    items = [
        {"id": "1", "content_html": f"<p>{BODY}</p><p>{SECOND}</p>", "date_published": "2020-05-06T10:30:00+03:00"}
    ]
    content = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "المرصد", "items": items})
    document = one(put(tmp_path, "feed.json", content))
    assert (document.text, date_of(document)) == (f"{BODY}\n\n{SECOND}", ("2020-05-06T10:30", "metadata"))


def test_the_name_goes_before_the_media_type() -> None:
    source = source_of_bytes("https://a.example/list.csv?page=1.html", "a", "النص\nقال".encode())
    assert kind_of(source) == "table"
    assert kind_of(source.part("answer", "النص\nقال".encode(), media_type="text/csv; charset=utf-8")) == "table"
    assert kind_of(source.part("a.txt", "النص\nقال".encode(), media_type="text/csv")) == "text"


# Scans

needs_tesseract = pytest.mark.skipif(not ocr.is_installed(), reason="tesseract with its Arabic model is not installed")


def scan() -> bytes:
    """A PDF of one empty page."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(300, 300)
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def test_a_scan_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    assert "OCR needs tesseract" in reason(put(tmp_path, "a.pdf", scan()))


def test_text_of_a_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "_read", lambda path, picture: f"{TEXT}\n{picture[:14]!r}")
    document = one(put(tmp_path, "a.pdf", scan()))
    assert document.origin.encoding == "ocr"
    assert {damage.span.text for damage in document.damage if damage.kind == "picture-number"} >= {"1250"}
    assert document.raw.startswith(f"{TEXT}\nb'P5 1250 1250 2'")
    assert one(put(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n ABCDEF")).origin.encoding == "ocr"


def test_a_scan_of_too_many_pages() -> None:
    with pytest.raises(InputError, match=r"61 scanned pages|OCR needs"):
        ocr.ocr_pages("a.pdf", b"", 61)


@needs_tesseract
@pytest.mark.slow
def test_empty_scan_and_broken_picture(tmp_path: Path) -> None:
    assert "OCR sees no text" in reason(put(tmp_path, "a.pdf", scan()))
    assert "cannot read" in reason(put(tmp_path, "a.png", b"\x89PNG\r\n\x1a\n" + bytes(50)))
