"""Input that was made to harm: each function gives the bytes of one bomb, small to store, large to open."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from functools import cache

from tests.readers import formats
from tests.readers.formats import BODY, HEADLINE, packed

PAGE = f"<html><head><title>{HEADLINE}</title></head><body>"
END = f"<p>{BODY}</p></body></html>"


@cache
def zeros(megabytes: int) -> bytes:
    """A ZIP of one text that is nothing but zeros."""
    return packed({"a.txt": bytes(megabytes * 1_000_000)})


def nested() -> bytes:
    """A thousand archives in ten, in one; each of the thousand holds 20 MB."""
    content = zeros(20)
    for _ in range(3):
        content = packed({f"{number}.zip": content for number in range(10)})
    return content


def overlapping(names: int = 2_000) -> bytes:
    """One packed member of 10 MB that the directory names two thousand times."""
    data = zeros(10)
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<II", data[end + 12 : end + 20])
    directory = data[start : start + size] * names
    return (
        data[:start]
        + directory
        + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, names, names, len(directory), start, 0)
    )


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a table of where they stand."""
    stream, places = io.BytesIO(), []
    stream.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(stream.tell())
        stream.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = stream.tell()
    stream.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    stream.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    stream.write(b"trailer\n<</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, start))
    return stream.getvalue()


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (more, len(data), data)


_FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
_CATALOG = b"<</Type /Catalog /Pages 2 0 R>>"
_RESOURCES = b"/Resources <</Font <</F 4 0 R>>>>"


def pdf_page(content: bytes, box: bytes = b"0 0 300 300", pages: bytes = b"/Kids [3 0 R] /Count 1") -> bytes:
    """A PDF of one page with this stream of drawing commands."""
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 5 0 R %s>>" % (box, _RESOURCES)
    return pdf([_CATALOG, b"<</Type /Pages %s>>" % pages, page, _FONT, content])


def drawing() -> bytes:
    """A stream that shows enough words to be no scan."""
    return _stream(b"".join(_SHOWN.replace(b"100", b"%d" % (14 * line)) for line in range(1, 20)))


_SHOWN = b"BT /F 12 Tf 20 100 Td (report) Tj ET\n"


def pdf_stream_bomb(rounds: int = 60) -> bytes:
    """Drawing commands, packed twice, that unpack to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    chunk = _SHOWN * 27_000
    once = b"".join(packer.compress(chunk) for _ in range(rounds)) + packer.flush()
    return pdf_page(_stream(zlib.compress(once), b"/Filter [/FlateDecode /FlateDecode]"))


def pdf_forms() -> bytes:
    """Forms that draw each other ten times, nine deep: a thousand million letters."""
    forms = []
    for number in range(9):
        inner = b"/X Do " * 10 if number < 8 else _SHOWN
        names = b"/Resources <</XObject <</X %d 0 R>> /Font <</F 4 0 R>>>>" % (7 + number)
        forms.append(_stream(inner, b"/Type /XObject /Subtype /Form /BBox [0 0 300 300] " + names))
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 5 0 R "
    page += b"/Resources <</XObject <</X 6 0 R>> /Font <</F 4 0 R>>>>>>"
    kids = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    return pdf([_CATALOG, kids, page, _FONT, _stream(b"/X Do"), *forms])


def word(document: bytes, size: int = 0) -> bytes:
    """A Word document whose body is this XML, with zeros behind it."""
    parts = {"word/document.xml": document + bytes(size)}
    with zipfile.ZipFile(io.BytesIO(formats.docx())) as good:
        kept = {name: good.read(name) for name in good.namelist() if name not in parts}
    return packed({**kept, **parts})


def laughs(element: str, rounds: int = 12) -> bytes:
    """An XML document whose entities name each other ten times, twelve deep."""
    entities = "".join(f'<!ENTITY l{at + 1} "{f"&l{at};" * 10}">' for at in range(rounds))
    kind = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "{BODY}">{entities}]>'
    return f"{kind}{element.replace('BODY', f'&l{rounds};')}".encode()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LAUGHING = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>BODY</w:t></w:r></w:p></w:body></w:document>'
_HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: 2020-05-06T10:30:00Z\r\n"
_LETTER = b"From a@a.example Wed May  6 10:30:00 2020\nSubject: a\n"


def letter_of_parts(parts: int) -> bytes:
    """A letter of very many empty parts."""
    head = _LETTER + b"Content-Type: multipart/mixed; boundary=x\n\n"
    return head + b"--x\nContent-Type: text/plain\n\n\n" * parts + b"--x--\n"


def nested_letter(depth: int) -> bytes:
    """Letters in letters."""
    parts = (b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (at, at) for at in range(depth))
    return _LETTER + b"".join(parts)


def rss_of(items: int) -> bytes:
    """A feed without end."""
    item = f"<item><title>{HEADLINE}</title><description>{BODY}</description></item>"
    return f'<rss version="2.0"><channel><title>a</title>{item * items}</channel></rss>'.encode()


BOMBS = {
    "flat.zip": lambda: zeros(120),
    "nested.zip": nested,
    "overlapping.zip": overlapping,
    "many-members.zip": lambda: packed({f"{number}.txt": "" for number in range(5_000)}),
    "deep-div.html": lambda: (PAGE + "<div>" * 1_000_000 + END).encode()[:4_900_000],
    "deep-b.html": lambda: (PAGE + "<b>" * 1_000_000 + END).encode(),
    "attributes.html": lambda: (PAGE + "<p " + "".join(f'a{n}="x" ' for n in range(200_000)) + ">" + END).encode(),
    "one-attribute.html": lambda: (PAGE + "<p a='" + "x" * 4_000_000 + "'>" + END).encode(),
    "quotes.html": lambda: (PAGE + "<p '>'" * 300_000 + END).encode(),
    "pieces.html": lambda: (PAGE + "<p>ا" * 500_000 + END).encode(),
    "scripts.html": lambda: (PAGE + '<script type="application/ld+json">' * 60_000 + END).encode(),
    "comments.html": lambda: (PAGE + "<!-->" * 400_000 + END).encode(),
    "laughs.html": lambda: laughs("<html><body><p>BODY</p></body></html>"),
    "object-loop.pdf": lambda: pdf([_CATALOG, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2>>"]),
    "parent-loop.pdf": lambda: pdf([b"<</Type /Catalog /Pages 1 0 R /Kids [1 0 R] /Count 9 /Parent 1 0 R>>"]),
    "length-loop.pdf": lambda: pdf_page(b"<</Length 5 0 R>>\nstream\nBT\nendstream"),
    "many-pages.pdf": lambda: pdf_page(_stream(_SHOWN), pages=b"/Kids [3 0 R] /Count 2147483647"),
    "same-page.pdf": lambda: pdf_page(
        _stream(_SHOWN), pages=b"/Kids [" + b"3 0 R " * 300_000 + b"] /Count 300000"
    ),
    "huge-page.pdf": lambda: pdf_page(_stream(_SHOWN), box=b"0 0 1e9 1e9"),
    "stream.pdf": pdf_stream_bomb,
    "forms.pdf": pdf_forms,
    "filters.pdf": lambda: pdf_page(_stream(_SHOWN, b"/Filter [" + b"/FlateDecode " * 5_000 + b"]")),
    "deep.pdf": lambda: pdf([b"[" * 1_000_000]),
    "laughs.docx": lambda: word(laughs(_LAUGHING)),
    "zeros.docx": lambda: word(b"<", 201_000_000),
    "deep.docx": lambda: word(f'<w:document xmlns:w="{_W}">'.encode() + b"<w:p>" * 500_000),
    "letters.docx": lambda: word(_LAUGHING.replace("BODY", "ا" * 5_000_000).encode()),
    "deep.json": lambda: b"[" * 100_000,
    "deep-in.json": lambda: json.dumps({"text": BODY}).encode()[:-1] + b', "a": ' + b"[" * 100_000,
    "lists.json": lambda: b"[" + b"[],{}," * 8_000_000 + b"[]]",
    "long-line.jsonl": lambda: b'{"text": "' + b"x" * 30_000_000 + b'"}\n',
    "deep.jsonl": lambda: b'{"a":' * 100_000 + b"\n",
    "field.csv": lambda: "title,text\nعنوان,\"".encode() + b"x" * 100_000_000,
    "columns.csv": lambda: b"text" + b"," * 5_000_000 + b"\n" + b"," * 5_000_000,
    "longer.warc": lambda: _HEAD + b"Content-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx",
    "negative.warc": lambda: _HEAD + b"Content-Length: -5\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\r\n\r\n" * 5,
    "headers.warc": lambda: _HEAD + b"A: b\r\n" * 1_000_000,
    "zeros.warc.gz": lambda: gzip.compress(_HEAD + b"Content-Length: 120000000\r\n\r\n" + bytes(120_000_000), 1),
    "zeros.txt.gz": lambda: gzip.compress(bytes(120_000_000), 1),
    "matryoshka.gz": lambda: gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(bytes(10**7)))))),
    "parts.mbox": lambda: letter_of_parts(100_000),
    "letters.mbox": lambda: (_LETTER + b"\nx\n\n") * 5_000,
    "deep.eml": lambda: nested_letter(20_000),
    "heads.eml": lambda: _LETTER[42:] + b"To: <" + b"(" * 500_000,
    "laughs.rss": lambda: laughs("<rss><channel><item><description>BODY</description></item></channel></rss>"),
    "deep.rss": lambda: b"<rss><channel>" + b"<item>" * 5_000,
    "endless.rss": lambda: rss_of(1_000),
    "endless.jsonl": lambda: b'{"a": 1}\n' * 10_000,
    "laughs.odt": lambda: formats.odt(**{"content.xml": laughs("<a>BODY</a>").decode()}),
    "same-word.txt": lambda: "قال ".encode() * 600_000,
    "one-word.txt": lambda: ("قالوزير" * 300_000).encode(),
    "signs.txt": lambda: ("ب" + "\u064b" * 2_000_000).encode(),
    "lines.txt": lambda: (BODY + "\n" * 2_000_000).encode(),
    "brackets.txt": lambda: (BODY + "(" * 1_000_000).encode(),
}  # fmt: skip
"""By the name of the file."""
