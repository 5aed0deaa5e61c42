"""What the first bytes of an input, its name and its media type tell of its kind."""

from __future__ import annotations

import codecs
import posixpath
import re
from urllib.parse import urlsplit

from khabar.text.fold import fold

START = 4096
"""Bytes that are looked at."""

_NAMES = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".json": "json",
    ".jsonl": "lines", ".ndjson": "lines", ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".odt": "odt",
    ".epub": "epub", ".csv": "table", ".tsv": "table", ".tab": "table", ".rss": "feed", ".atom": "feed",
    ".rdf": "feed", ".warc": "warc", ".mbox": "mbox", ".mbx": "mbox", ".eml": "mail", ".mht": "mail",
    ".mhtml": "mail", ".zip": "zip", ".gz": "gzip",
}  # fmt: skip
_MEDIA_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/json": "json",
    "application/x-ndjson": "lines", "application/jsonl": "lines", "application/pdf": "pdf", "text/csv": "table",
    "text/tab-separated-values": "table", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed", "message/rfc822": "mail", "multipart/related": "mail", "application/mbox": "mbox",
}  # fmt: skip
_MAGIC = (
    (b"%PDF-", "pdf"), (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x1f\x8b", "gzip"), (b"WARC/", "warc"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"\x89PNG\r\n\x1a\n", "picture"), (b"\xff\xd8\xff", "picture"),
    (b"II*\0", "picture"), (b"MM\0*", "picture"),
)  # fmt: skip
_REFUSED = (
    (b"{\\rtf", "RTF is not read; save it as .docx, .odt or plain text"),
    (b"Rar!\x1a\x07", "a RAR archive is not read; unpack it, or pack it as ZIP"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive is not read; unpack it, or pack it as ZIP"),
    (b"BZh", "a bzip2 file is not read; unpack it, or pack it with gzip"),
    (b"\xfd7zXZ\0", "an xz file is not read; unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file is not read; unpack it, or pack it with gzip"),
    (b"GIF8", "a GIF picture is not read; save it as PNG"),
    (b"SQLite format 3\0", "a database is not read; export its reports as CSV or JSON"),
)
_REFUSED_NAMES = frozenset({".doc", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx", ".pages", ".rar", ".7z", ".tar"})
_TAR_AT = 257
BINARY = {
    "pdf": "PDF", "docx": "Word document", "odt": "OpenDocument text", "epub": "EPUB book", "zip": "ZIP archive",
    "gzip": "gzip file", "warc": "WARC archive",
}  # fmt: skip
"""Kinds that their first bytes always tell, and what they are called."""

_ROOTS = {
    "rss": "feed", "feed": "feed", "rdf:rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap",
    "office:document": "flat-odt", "w:worddocument": "word-2003", "pkg:package": "flat-docx",
}  # fmt: skip
UNREAD = {
    "flat-odt": "a flat OpenDocument file is not read; save it as .odt",
    "word-2003": "XML of Word 2003 is not read; save it as .docx",
    "flat-docx": "a flat Word document is not read; save it as .docx",
}
"""Why XML files of known formats are not read, by kind."""
_PROLOGUE = re.compile(r"(?>\s+|<\?(?>[^>]+)>|<!--.*?-->|<!doctype\b(?>[^<>\[]*)(?>\[.*?\]\s*)?>)*+", re.DOTALL)
_ROOT = re.compile(r"<([a-z][\w.-]*:)?([a-z][\w.-]*)")
_PAGE = frozenset({"html", "head", "body"})
_PIECE = frozenset({"article", "div", "p", "section", "main", "h1", "span", "table"})
_JSON = re.compile(r'\s*+(?:\[\s*+)?\{\s*+"(?:[^"\\]|\\.){0,100}"\s*+:')
_SEVERAL = re.compile(r'\}\s*\n\s*\{\s*"')
_MBOX = re.compile(r"from \S[^\n]{0,200}\d{4}[^\n]{0,20}\n>?[a-z][a-z0-9-]{1,60}:")
_HEAD = re.compile(r"([a-z][a-z0-9-]{1,60}):[^\n]*\n(?:[ \t]+\S[^\n]*\n)*+")
_HEADS = frozenset({"from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path"})
_SURE_HEADS = frozenset({"message-id", "mime-version", "received", "return-path"})


def refused(start: bytes) -> str | None:
    """Why a file that begins so is not read, where its format is known and is none of ours."""
    if start[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "a tar archive is not read; unpack it, or pack it as ZIP"
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "a WebP picture is not read; save it as PNG"
    return next((reason for mark, reason in _REFUSED if start.startswith(mark)), None)


def kind_of_bytes(start: bytes) -> str | None:
    """The kind that first bytes tell surely; None where they could be plain text.

    >>> kind_of_bytes(b"%PDF-1.7"), kind_of_bytes(b'<?xml version="1.0"?><rss version="2.0">')
    ('pdf', 'feed')
    >>> kind_of_bytes("قال الوزير".encode()) is None
    True
    """
    found = next((kind for mark, kind in _MAGIC if start.startswith(mark)), None)
    return found or _kind_of_characters(_characters(start))


def _characters(start: bytes) -> str:
    """Enough of the characters to see markup; letters beyond ASCII may come out wrong."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return start.decode("utf-16", "replace")
    for encoding, mark in (("utf-16-le", b"<\0"), ("utf-16-be", b"\0<")):
        if start.startswith(mark):
            return start.decode(encoding, "replace")
    return start.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _kind_of_characters(start: str) -> str | None:
    start = start.lstrip().replace("\r\n", "\n").lower()
    if start.startswith("<"):
        return _kind_of_markup(start)
    if _JSON.match(start):
        return "lines" if _SEVERAL.search(start) else "json"
    if _MBOX.match(start):
        return "mbox"
    return "mail" if _is_mail(start) else None


def _kind_of_markup(start: str) -> str | None:
    if start.startswith("<!doctype html"):
        return "html"
    root = _ROOT.match(start, _PROLOGUE.match(start).end())  # type: ignore[union-attr]
    if root is None:
        return None
    return "html" if root[2] in _PAGE else _ROOTS.get(root[0][1:]) or _ROOTS.get(root[2])


def _is_mail(start: str) -> bool:
    heads, at = set(), 0
    while found := _HEAD.match(start, at):
        heads.add(found[1])
        at = found.end()
    return len(heads & _HEADS) >= 3 and not heads.isdisjoint(_SURE_HEADS)


_OFFICE = (
    ("EncryptedPackage", "an Office file locked with a password"),
    ("WordDocument", "an old Word document (.doc) is not read; save it as .docx, .odt or PDF"),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt) is not read; save it as PDF or text"),
    ("Workbook", "an old Excel workbook (.xls) is not read; save it as CSV"),
    ("__substg1.0_", "an Outlook message (.msg) is not read; save it as .eml"),
)


def refused_office_file(data: bytes) -> str:
    """Why one of the old formats of Microsoft Office is not read; the names of its streams tell which it is."""
    found = (reason for stream, reason in _OFFICE if stream.encode("utf-16-le") in data)
    return next(found, "an old Office file is not read; save it as .docx, .odt or PDF")


def refused_by_name(suffix: str) -> bool:
    """Does a name end as those of known formats do that are not read?"""
    return suffix in _REFUSED_NAMES


def suffix_of(name: str) -> str:
    """The ending of a name or of an address, in small letters.

    >>> suffix_of("2020/Report.PDF"), suffix_of("https://site.example/a.html?x=1.b"), suffix_of("record 3")
    ('.pdf', '.html', '')
    """
    return posixpath.splitext(urlsplit(name).path if "://" in name else name)[1].lower()


def kind_of_name(suffix: str) -> str | None:
    """The kind that the ending of a name tells (``.pdf``)."""
    return _NAMES.get(suffix)


def kind_of_media_type(media_type: str | None) -> str | None:
    """The kind that a server's or a mail's ``Content-Type`` tells."""
    return _MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower())


def kind_of_text(text: str) -> str:
    """The kind of characters of which neither bytes nor name nor media type tell more."""
    start = text[:START].lstrip().lower()
    root = _ROOT.match(start, _PROLOGUE.match(start).end())  # type: ignore[union-attr]
    if start.startswith("<?xml") or (root is not None and root[2] in _PAGE | _PIECE) or start.startswith("<!--"):
        return "html"
    if start.startswith(("{", "[{")):
        return "json"
    return "table" if _is_table(start) else "text"


def _is_table(start: str) -> bool:
    """Does the first line name columns, one of which holds texts?"""
    from khabar.readers.tables import delimiter_of  # needs the table of field names

    line = fold(start.partition("\n")[0])
    return delimiter_of(line, least=2) is not None
