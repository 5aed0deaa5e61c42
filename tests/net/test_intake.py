"""Addresses into a record: pages, feeds, sitemaps; once, again, and where some of it fails."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from khabar.analyse import Analysis
from khabar.analyse import analyse as analyse_all
from khabar.build import MOST_ENTRIES, Summary, build, divided
from khabar.record import Record
from khabar.record.rules import Rules
from tests.net.conftest import BOAT, VISIT, Reply, Site

HTML = "text/html; charset=utf-8"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "khabar.db"


def page(text: str, title: str = "", head: str = "") -> str:
    sentences = "".join(f"<p>{sentence}.</p>" for sentence in text.split(". "))
    head = f"<head><title>{title}</title>{head}</head>"
    return f"<!doctype html><html>{head}<body><article>{sentences}</article></body></html>"


def run(record: Path, *inputs: str | Path, entries: int = MOST_ENTRIES) -> Summary:
    return build(inputs, record, entries=entries, allow_private=True)


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.read, summary.changed, summary.unchanged, len(summary.dropped)


def reasons(summary: Summary) -> list[str]:
    return [f"{item.path}: {item.reason}" for item in summary.dropped]


def test_a_page_becomes_a_document_that_knows_its_address(site: Site, record: Path) -> None:
    address = site.page("/news/visit.html", page(VISIT, "وصول البرهان"), Content_Type=HTML)
    assert counts(run(record, f"{address}#top", address)) == (1, 0, 0, 0)
    with Record(record) as opened:
        document = opened.document("visit").document
    assert (document.origin.path, document.url, document.raw) == (address, address, page(VISIT, "وصول البرهان"))
    assert document.crawled is not None
    assert "العلمين" in document.text


def test_a_second_build_fetches_only_what_is_new(site: Site, record: Path) -> None:
    def known(headers: dict[str, str]) -> Reply:
        return Reply(status=304) if headers.get("If-None-Match") == '"1"' else Reply(VISIT, headers={"ETag": '"1"'})

    site.pages["/known"] = known
    plain = site.page("/plain", BOAT)
    both = (f"{site.url}/known", plain)
    assert counts(run(record, *both)) == (2, 0, 0, 0)
    assert counts(run(record, *both)) == (0, 0, 2, 0)
    assert "If-None-Match" in site.asked[-2][1]
    site.page("/plain", f"{BOAT} وأعلنت الشرطة ذلك مساء.")
    assert counts(run(record, *both)) == (0, 1, 1, 0)
    with Record(record) as opened:
        assert len(opened.ids()) == 2


def test_other_rules_fetch_the_whole_again(site: Site, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = site.page("/a", VISIT, ETag='"1"')
    run(record, address)
    monkeypatch.setattr("khabar.build.present_rules", lambda: Rules("2", "others", "others"))
    assert counts(run(record, address)) == (0, 1, 0, 0)
    assert "If-None-Match" not in site.asked[-1][1]


def test_files_and_addresses_together(
    site: Site, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(VISIT, "utf-8")
    named = tmp_path / "https:" / "paper.example"
    named.mkdir(parents=True)
    (named / "report").write_text(BOAT, "utf-8")
    inputs = ["report.txt", "https://paper.example/report", site.page("/a", f"{BOAT} وقالت الشرطة ذلك."), "C:\\absent"]
    assert divided(inputs)[1] == [inputs[2]]
    summary = run(record, *inputs)
    assert (counts(summary), reasons(summary)) == ((3, 0, 0, 1), ["C:\\absent: no such file or folder"])


def test_each_failure_names_its_address_and_reason(site: Site, record: Path) -> None:
    good = site.page("/good", VISIT)
    site.page("/english", "The minister arrived in Cairo on Tuesday to meet his counterpart.")
    site.page("/lie.pdf", b"not a PDF at all", Content_Type="application/pdf")
    site.page("/empty", b"")
    secret = site.url.replace("http://", "http://me:secret@")
    paths = ["/english", "/absent", "/lie.pdf", "/empty"]
    summary = run(record, good, "ftp://paper.example/a", *(secret + path for path in paths))
    assert counts(summary) == (1, 0, 0, 5)
    said = dict(line.split(": ", 1) for line in reasons(summary))
    assert said["ftp://paper.example/a"] == "only http and https addresses are fetched"
    assert said[f"{site.url}/absent"] == "the server answered 404 (Not Found)"
    assert "not Arabic" in said[f"{site.url}/english"]
    assert "broken PDF" in said[f"{site.url}/lie.pdf"]
    assert "empty" in said[f"{site.url}/empty"]
    with Record(record) as opened:
        assert {item.path for item in opened.dropped()} == set(said)
    assert b"secret" not in record.read_bytes()
    site.page("/absent", BOAT)
    assert counts(run(record, good, site.url + "/absent")) == (1, 0, 1, 0)
    with Record(record) as opened:
        assert f"{site.url}/absent" not in {item.path for item in opened.dropped()}


def test_private_addresses_are_refused_unless_allowed(site: Site, record: Path) -> None:
    summary = build([site.page("/a", VISIT)], record)
    assert reasons(summary) == [
        f"{site.url}/a: refused: 127.0.0.1 is a loopback address, not one of the public network"
    ]
    assert site.asked == []


def test_what_servers_say_of_characters_is_not_believed(site: Site, record: Path) -> None:
    site.page("/lie", VISIT.encode("windows-1256"), Content_Type="text/plain; charset=utf-8")
    site.page("/other", BOAT, Content_Type="text/plain; charset=windows-1256")
    site.page("/unknown", f"{BOAT} ثم عادوا.", Content_Type="text/plain; charset=x-none")
    run(record, *(f"{site.url}/{name}" for name in ("lie", "other", "unknown")))
    with Record(record) as opened:
        texts = {found.document.id: found.document.text for found in opened.documents()}
    assert texts == {"lie": VISIT, "other": BOAT, "unknown": f"{BOAT} ثم عادوا."}


def test_a_feed_is_followed_to_its_reports(site: Site, record: Path) -> None:
    site.page("/visit", page(VISIT), Content_Type=HTML)
    own = '<meta property="og:title" content="غرق قارب قبالة طرابلس">'
    site.page("/boat", page(BOAT, head=own), Content_Type=HTML)
    feed = site.feed(
        "/feed", site.item("/visit", "البرهان في القاهرة"), site.item("/boat", "عنوان آخر"), site.item("/visit")
    )
    assert counts(run(record, feed)) == (2, 0, 0, 0)
    with Record(record) as opened:
        visit, boat = opened.document("visit").document, opened.document("boat").document
    assert (visit.title, visit.url) == ("البرهان في القاهرة", f"{site.url}/visit")
    assert visit.published is not None
    assert (visit.published.value, visit.published.how) == ("2023-08-29T20:45", "feed")
    assert boat.title == "غرق قارب قبالة طرابلس"
    before = len(site.asked)
    assert counts(run(record, feed)) == (0, 0, 2, 0)
    assert [path for path, _ in site.asked[before:]] == ["/robots.txt", "/feed"]


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, record: Path) -> None:
    site.page("/visit", VISIT)
    address = site.feed("/feed", site.item("/visit"), ETag='"1"')
    whole = site.pages["/feed"]
    assert isinstance(whole, Reply)
    site.pages["/feed"] = lambda headers: Reply(status=304) if "If-None-Match" in headers else whole
    assert counts(run(record, address)) == (1, 0, 0, 0)
    assert counts(run(record, address)) == (0, 0, 1, 0)
    assert site.paths() == ["/feed", "/visit", "/feed"]
    assert reasons(run(record, site.feed("/empty"))) == [f"{site.url}/empty: an empty feed: it names no report"]


def test_a_page_that_a_sitemap_calls_changed_is_fetched_again(site: Site, record: Path) -> None:
    def sitemap(day: str) -> str:
        return site.page("/map", f"<urlset><url><loc>{site.url}/visit</loc><lastmod>{day}</lastmod></url></urlset>")

    site.page("/visit", VISIT)
    assert run(record, sitemap("2023-01-01")).read == 1
    with sqlite3.connect(record) as connection:
        connection.execute("UPDATE addresses SET asked = '2023-01-02T00:00:00+00:00'")
    connection.close()
    site.page("/visit", f"{VISIT} {BOAT}")
    assert run(record, sitemap("2023-01-02")).changed == 0
    assert run(record, sitemap("9999-01-01")).changed == 0
    assert run(record, sitemap("2023-01-03")).changed == 1


def test_a_feed_brings_its_own_text_where_the_page_gives_none(site: Site, record: Path) -> None:
    site.page("/wall", page("Please accept our cookies before you go on reading this page."), Content_Type=HTML)
    items = [site.item("/gone", "غرق قارب", text=BOAT), site.item("/wall", "زيارة", text=VISIT), site.item("", "x")]
    feed = site.feed("/feed", *items, site.item("", "بيان", text=f"{BOAT} وأكدت الشرطة ذلك."))
    summary = run(record, feed)
    assert summary.read == 3
    said = {item.path.partition("#")[0]: item.reason for item in summary.dropped}
    assert said[f"{site.url}/gone"] == "the server answered 404 (Not Found)"
    assert "not Arabic" in said[f"{site.url}/wall"]
    assert said[f"{site.url}/feed"] == "the feed gives neither an address nor a text of it"
    with Record(record) as opened:
        gone = opened.document("gone").document
    assert (gone.origin.path, gone.origin.member) == (f"{site.url}/gone", f"as told by {feed}")
    assert BOAT in gone.text
    site.page("/gone", page(f"{BOAT} وأعلنت الشرطة فتح تحقيق في ذلك"), Content_Type=HTML)
    assert run(record, feed).changed == 1
    with Record(record) as opened:
        assert "تحقيق" in opened.document("gone").document.text
        assert len(opened.ids()) == 3


def test_a_long_feed_comes_in_parts(site: Site, record: Path) -> None:
    for number in range(5):
        site.page(f"/{number}", f"{VISIT} وقال {number} من الشهود ذلك.")
    feed = site.feed("/feed", *(site.item(f"/{number}") for number in range(5)))
    assert [run(record, feed, entries=2).read for _ in range(4)] == [2, 2, 1, 0]


def test_what_fails_does_not_keep_what_is_new_away(site: Site, record: Path) -> None:
    site.page("/visit", VISIT)
    feed = site.feed("/feed", site.item("/gone"), site.item("/lost"), site.item("/visit"))
    assert [run(record, feed, entries=2).read for _ in range(2)] == [0, 1]


def test_sitemaps_lead_to_sitemaps_and_to_pages(site: Site, record: Path) -> None:
    def sitemap(root: str, kind: str, *places: tuple[str, str]) -> str:
        urls = "".join(f"<{kind}><loc>{site.url}{path}</loc><lastmod>{day}</lastmod></{kind}>" for path, day in places)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{space}">{urls}</{root}>'

    site.page("/visit", VISIT)
    site.page("/boat", BOAT)
    index = site.page(
        "/index.xml", sitemap("sitemapindex", "sitemap", ("/old.xml.gz", "2020-01-01"), ("/new.xml", "2023-01-01"))
    )
    old = sitemap("urlset", "url", ("/boat", "2020-01-01"))
    site.page("/old.xml.gz", gzip.compress(old.encode()), Content_Type="application/gzip")
    site.page("/new.xml", sitemap("urlset", "url", ("/visit", "2023-01-01")))
    assert counts(run(record, index)) == (2, 0, 0, 0)
    assert site.paths() == ["/index.xml", "/new.xml", "/visit", "/old.xml.gz", "/boat"]


def test_a_sitemap_that_holds_itself_ends(site: Site, record: Path) -> None:
    for name, other in (("/a.xml", "/b.xml"), ("/b.xml", "/a.xml")):
        body = f"<sitemapindex><sitemap><loc>{site.url}{other}</loc></sitemap></sitemapindex>"
        site.page(name, body, Content_Type="application/xml")
    summary = run(record, f"{site.url}/a.xml")
    assert [item.reason for item in summary.dropped] == ["a feed inside 2 others"]
    assert len(site.paths()) <= 3


def test_a_feed_that_is_none(site: Site, record: Path) -> None:
    broken = site.page(
        "/broken", '<?xml version="1.0"?><rss version="2.0"><channel>', Content_Type="application/rss+xml"
    )
    hostile = site.feed(
        "/hostile", "<item><link>file:///etc/passwd</link></item>", "<item><link>http://[/</link></item>"
    )
    summary = run(record, broken, hostile)
    assert summary.read == 0
    assert any("only http and https" in item.reason for item in summary.dropped)


def test_a_record_of_before_takes_addresses_in(site: Site, record: Path) -> None:
    run(record, site.page("/a", VISIT))
    with sqlite3.connect(record) as connection:
        connection.execute("DROP TABLE addresses")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    connection.close()
    assert counts(run(record, f"{site.url}/a")) == (0, 0, 1, 0)


def analyse(out: Path, *inputs: str, entries: int = MOST_ENTRIES) -> Analysis:
    return analyse_all(inputs, out, linked=False, entries=entries, allow_private=True)


def test_analyse_takes_addresses_too(site: Site, tmp_path: Path) -> None:
    site.page("/visit", VISIT)
    feed = site.feed("/feed", site.item("/visit"), site.item("/gone", text=BOAT), site.item("/more"))
    done = analyse(tmp_path, feed, "ftp://paper.example/", entries=2)
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == ["gone", "visit"]
    assert [item.path for item in done.dropped] == [f"{site.url}/gone", "ftp://paper.example/"]
