"""Files of every format, made of one report."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping

HEADLINE = "وفد وزاري يزور المدينة لبحث الإعمار"
BODY = "قال الوزير في بيان إن الوفد وصل إلى المدينة صباح الثلاثاء، والتقى رئيس البلدية ثم غادر على متن الطائرة."
SECOND = "وأضاف الوزير أن الوفد سيعود إلى المدينة بعد أسبوع مع خبراء من ثلاث وزارات لبدء العمل في الميناء."
NOTE = "هذه حاشية عن الميناء القديم في شرق المدينة."
PAGE = (
    f"<html><head><title>{HEADLINE}</title></head><body><h1>{HEADLINE}</h1><p>{BODY}</p><p>{SECOND}</p></body></html>"
)


def packed(members: Mapping[str, str | bytes], **options: int) -> bytes:
    """A ZIP."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _p(text: str) -> str:
    tabs = '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
    return f'<w:p>{tabs}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(created: str = "2020-05-06T10:30:00Z", title: str = HEADLINE) -> bytes:
    """A Word document with a table, a text box (twice, as Word writes it), a note, a header and a deletion."""
    box = f"<w:txbxContent>{_p('مربع نص')}</w:txbxContent>"
    boxed = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    table = f"<w:tbl><w:tr><w:tc>{_p('خانة أولى')}</w:tc><w:tc>{_p('خانة ثانية')}</w:tc></w:tr></w:tbl>"
    deleted = "<w:p><w:del><w:r><w:delText>محذوف</w:delText><w:t>محذوف</w:t></w:r></w:del><w:r>"
    last = f"{deleted}<w:t>{SECOND}</w:t><w:footnoteReference w:id='2'/>{boxed}</w:r></w:p>"
    control = f"<w:sdt><w:sdtContent>{_p(BODY)}</w:sdtContent></w:sdt>"
    body = f"{_p(HEADLINE)}{control}{table}{last}"
    drawn = f"<w:footnote w:type='separator'>{_p('')}</w:footnote>"
    return packed({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W} {_MC}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {_W}>{drawn}<w:footnote>{_p(NOTE)}</w:footnote></w:footnotes>",
        "word/header1.xml": f"<w:hdr {_W}>{_p('رأس الصفحة')}</w:hdr>",
        "docProps/core.xml": '<c:p xmlns:c="c" xmlns:dc="d" xmlns:t="t">'
        f"<dc:title>{title}</dc:title><dc:creator>سالم الهادي</dc:creator><t:created>{created}</t:created></c:p>",
    })  # fmt: skip


_ODF = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "table", "draw", "meta", "dc"))


def odt(mimetype: str = "application/vnd.oasis.opendocument.text", **more: str) -> bytes:
    """An OpenDocument text with a table, a text box, a note, a remark and a deletion."""
    noted = f"<text:note-body><text:p>{NOTE}</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{noted}</text:note>"
    remark = "<office:annotation><text:p>ملاحظة المحرر</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>مربع نص</text:p></draw:text-box></draw:frame>"
    cell = "<table:table-cell><text:p>خانة {}</text:p></table:table-cell>"
    cells = cell.format("أولى") + cell.format("ثانية")
    first, rest = BODY.split(" ", 1)
    deleted = "<text:tracked-changes><text:p>محذوف</text:p></text:tracked-changes>"
    text = (
        f"{deleted}<text:h>{HEADLINE}</text:h>\n"
        f"<text:p><text:span>{first}</text:span><text:s/>\n{rest.replace(' ', chr(10) + '  ', 1)}</text:p>"
        f"<table:table><table:table-row>{cells}</table:table-row></table:table><text:p>{SECOND}{note}{remark}{box}</text:p>"
    ).replace("<text:s/>\n", "<text:s/>")
    told = (
        f"<dc:title>{HEADLINE}</dc:title><meta:initial-creator>سالم الهادي</meta:initial-creator>"
        "<meta:creation-date>2020-05-06T10:30:00</meta:creation-date>"
    )
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    return packed({
        "mimetype": mimetype,
        "content.xml": f"<office:document-content {_ODF}>{body}</office:document-content>",
        "meta.xml": f"<office:document-meta {_ODF}><office:meta>{told}</office:meta></office:document-meta>",
        **more,
    })  # fmt: skip


def epub() -> bytes:
    """A book of two chapters, listed out of order."""
    spine = '<spine><itemref idref="n"/><itemref idref="b"/><itemref idref="a"/></spine>'
    first = '<item id="a" href="two.xhtml"/><item id="b" href="text/one%20.xhtml"/>'
    items = f'{first}<item id="n" href="nav.xhtml" properties="nav"/>'
    told = f"<dc:title>{HEADLINE}</dc:title><dc:creator>سالم الهادي</dc:creator><dc:date>2020-05-06</dc:date>"
    listed = f"<metadata>{told}</metadata><manifest>{items}</manifest>{spine}"
    chapter = "<html><head><title>x</title></head><body><div><p>{}</p></div></body></html>"
    return packed({
        "mimetype": "application/epub+zip",
        "OEBPS/book.opf": f'<package xmlns:dc="d">{listed}</package>',
        "OEBPS/text/one .xhtml": chapter.format(f"{HEADLINE}</p>\n<p>{BODY}"),
        "OEBPS/two.xhtml": chapter.format(SECOND.replace(" ", "\n", 1)),
        "OEBPS/nav.xhtml": chapter.format("المحتويات"),
    })  # fmt: skip


def record(kind: str, url: str, content: str | bytes, media_type: str = "text/html", status: int = 200) -> bytes:
    """A record of a web archive."""
    content = content.encode() if isinstance(content, str) else content
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n\r\n" if kind in {"response", "revisit"} else ""
    block = head.encode() + content
    own = "application/http; msgtype=response" if head else media_type
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-02-03T04:05:06Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{len(url)}>\r\nContent-Type: {own}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def warc() -> list[bytes]:
    """The records of a web archive, of which the 2nd, the 6th and the 7th hold a report."""
    return [
        record("warcinfo", "", "software: x", "application/warc-fields"),
        record("response", "https://a.example/one", PAGE),
        record("response", "https://a.example/gone", PAGE, status=404),
        record("response", "https://a.example/p.png", b"\x89PNG", "image/png"),
        record("revisit", "https://a.example/one", b""),
        record("response", "https://a.example/two", f"{HEADLINE}\n\n{BODY}\n".encode("cp1256"), "text/plain"),
        record("conversion", "https://a.example/three", f"{HEADLINE}\n\n{SECOND}\n", "text/plain"),
        record("response", "https://a.example/robots.txt", "User-agent: *", "text/plain"),
    ]


def warc_gz() -> bytes:
    """The same, each record packed by itself as crawlers do."""
    return b"".join(map(gzip.compress, warc()))


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
><channel><title>المرصد</title><link>https://a.example/</link>
<item><title>{HEADLINE} &amp;quot;1&amp;quot;</title><link>/one</link><guid>g-1</guid>
<dc:creator>سالم الهادي</dc:creator>
<category>محليات</category><category>إعمار</category><pubDate>Wed, 06 May 2020 10:30:00 +0300</pubDate>
<description>ملخص</description><content:encoded><![CDATA[<p>{BODY}</p><p>{SECOND}</p>]]></content:encoded></item>
<item><title>خبر ثان</title><link>https://a.example/two</link><description>{SECOND[:60]} ...</description>
<pubDate>6 مايو 2020</pubDate></item>
<item><title>خبر ثالث عن الميناء</title></item>
<item><title>English</title><description>not ours</description></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>المرصد</title><entry><id>urn:1</id>
<title type="html">&lt;b&gt;{HEADLINE}&lt;/b&gt;</title><updated>2020-05-06T10:30:00+03:00</updated>
<author><name>سالم الهادي</name></author><link href="https://a.example/one"/><category term="محليات"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p></div></content></entry></feed>"""

RDF = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x">
<title>المرصد</title></channel><item rdf:about="https://a.example/one"><title>{HEADLINE}</title><link>https://a.example/one</link>
<description>{BODY}</description><dc:date>2020-05-06</dc:date></item></rdf:RDF>"""

SITEMAP = """<?xml version="1.0"?><!-- made by a plugin --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://a.example/one</loc><lastmod>2020-05-07T00:00:00Z</lastmod><news:news><news:publication>
<news:name>المرصد</news:name></news:publication><news:publication_date>2020-05-06T10:30:00+03:00</news:publication_date>
<news:title>وفد يزور المدينة</news:title></news:news><image:image><image:loc>https://a.example/p.jpg</image:loc>
<image:title>صورة</image:title></image:image></url><url><loc>https://a.example/two</loc></url></urlset>"""
