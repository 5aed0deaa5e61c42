"""JSON: one report, a list of reports, or one report a line; in the annotation form or as sites write news."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, get_args

from khabar.errors import InputError
from khabar.model import Document, Origin, Published, PublishedHow
from khabar.readers.checks import MOST_BYTES, check_text, sha256
from khabar.readers.clean import make_document, slug
from khabar.readers.encoding import UnknownEncodingError, decode
from khabar.readers.known import Known, iso_date

_TEXT = ("text", "body", "content", "articleBody", "article", "fulltext", "full_text", "story")
_TITLE = ("title", "headline", "name")
_DATE = (
    "published",
    "published_at",
    "date",
    "pubDate",
    "pub_date",
    "datePublished",
    "publishedAt",
    "date_published",
    "publish_date",
    "time",
)
_OUTLET = ("outlet", "source", "publisher", "site", "newspaper", "source_name", "sitename")
_AUTHOR = ("author", "byline", "creator")
_URL = ("url", "link", "uri", "source_url")
_SECTION = ("section", "category", "articleSection", "rubric")
_CRAWLED = ("crawled", "crawled_at", "date_crawled", "retrieved", "accessed", "fetched_at")
_ID = ("id", "_id", "guid", "uid")
_ANNOTATIONS = frozenset({"times", "names", "events", "claims"})
_HOW = frozenset(get_args(PublishedHow))
_MARKUP = re.compile(r"<(?:p|br|div|span|a|strong|b|h[1-6]|ul|li|img)\b[^<>]{0,2000}>", re.IGNORECASE)
_MOST_RECORDS = 1_000_000


def is_annotated(record: Mapping[str, Any]) -> bool:
    """Is this an object of the annotation form, whose text must stay as it is?"""
    return "text" in record and not _ANNOTATIONS.isdisjoint(record)


def documents_of_json(path: str, stem: str, data: bytes, encoding: str, text: str) -> Iterator[Document | InputError]:
    """The report or reports of a JSON file.

    Raises:
        InputError: when the file is no JSON, or holds neither an object nor a list of objects.
    """
    loaded = _loads(path, text)
    if isinstance(loaded, dict) and not _field(loaded, _TEXT) and (inner := _list_inside(loaded)):
        loaded = inner
    if isinstance(loaded, dict):
        yield _document(path, loaded, stem, Origin(path, sha256(data), "application/json", encoding))
        return
    if not isinstance(loaded, list):
        raise InputError(path, "a JSON file must hold a report (an object with a text) or a list of reports")
    if not loaded:
        raise InputError(path, "an empty list: no reports")
    for number, record in enumerate(loaded[:_MOST_RECORDS], 1):
        origin = Origin(path, sha256(_bytes_of(record)), "application/json", encoding, f"record {number}")
        yield _checked(f"{path} record {number}", record, f"{stem}-{number:03}", origin)


def documents_of_lines(path: str, stem: str, stream: BinaryIO) -> Iterator[Document | InputError]:
    """The report of each line of a JSONL file; a bad line gives an error that names it, and the next goes on."""
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield _of_line(f"{path} line {number}", path, f"{stem}-line{number:03}", number, line)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines, each read no further than a record may be long; what is left of a longer one is passed over."""
    while line := stream.readline(MOST_BYTES + 1):
        yield line
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MOST_BYTES + 1)
            if len(line) <= MOST_BYTES:
                break


def _of_line(place: str, path: str, name: str, number: int, line: bytes) -> Document | InputError:
    if len(line) > MOST_BYTES:
        return InputError(place, f"longer than {MOST_BYTES // 1_000_000} MB")
    try:
        decoded = decode(line)
        record = _loads(place, decoded.text)
    except UnknownEncodingError as error:
        return InputError(place, str(error))
    except InputError as error:
        return error
    origin = Origin(path, sha256(line.rstrip(b"\r\n")), "application/jsonl", decoded.encoding, f"line {number}")
    return _checked(place, record, name, origin)


def _checked(place: str, record: Any, name: str, origin: Origin) -> Document | InputError:
    if not isinstance(record, dict):
        return InputError(place, "is not a JSON object")
    try:
        return _document(place, record, name, origin)
    except InputError as error:
        return error


def _loads(place: str, text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if "\n" in text.strip() else f"column {error.colno}"
        raise InputError(place, f"broken JSON in {where}: {error.msg}") from None
    except RecursionError:
        raise InputError(place, "JSON nested too deep") from None
    except ValueError:
        raise InputError(place, "broken JSON: a number has too many digits") from None


def _list_inside(record: Mapping[str, Any]) -> list[Any] | None:
    """The list of an object such as ``{"articles": [...]}``."""
    lists = [value for value in record.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return lists[0] if len(lists) == 1 else None


def _bytes_of(record: Any) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    except RecursionError:
        return b""


def _document(place: str, record: Mapping[str, Any], name: str, origin: Origin) -> Document:
    text = _field(record, _TEXT)
    if text is None:
        raise InputError(place, f"no text: none of the fields {', '.join(_TEXT)} holds one")
    check_text(place, text)
    given = _field(record, _ID)
    id = slug(given, name) if given else name
    return _annotated(id, text, record, origin) if is_annotated(record) else _news(id, text, record, origin)


def _annotated(id: str, text: str, record: Mapping[str, Any], origin: Origin) -> Document:
    """A document in the annotation form: spans were counted in its text, so not a character of it is touched."""
    day = iso_date(record.get("published"))
    how: Any = record.get("published_how")
    known = _known(record, Published(day, how if how in _HOW else "given") if day else None)
    return Document(
        id=slug(id), text=text, raw=text, plan=(), origin=origin, title=known.title, outlet=known.outlet,
        author=known.author, section=known.section, url=known.url, published=known.published, crawled=known.crawled,
    )  # fmt: skip


def _news(id: str, text: str, record: Mapping[str, Any], origin: Origin) -> Document:
    day = next((value for key in _DATE if (value := iso_date(record.get(key)))), None)
    known = _known(record, Published(day, "metadata") if day else None)
    if len(_MARKUP.findall(text)) >= 2:
        from khabar.readers.web import fragment_plan  # only for fields that hold HTML

        title = html_title(known.title)
        return make_document(id, title + text, origin, known, fragment_plan(title + text))
    return make_document(id, _with_title(text, known.title), origin, known)


def html_title(title: str | None) -> str:
    """A title put before a field that holds HTML, as a paragraph of it."""
    from html import escape

    return f"<h1>{escape(title, quote=False)}</h1>\n" if title else ""


def _with_title(text: str, title: str | None) -> str:
    """Headline, empty line, body; the body alone where it begins with the headline."""
    if not title or text.lstrip().startswith(title):
        return text
    return f"{title}\n\n{text}"


def _known(record: Mapping[str, Any], published: Published | None) -> Known:
    title = _field(record, _TITLE)
    return Known(
        title=title.strip() if title else None,
        outlet=_field(record, _OUTLET),
        author=_field(record, _AUTHOR),
        section=_field(record, _SECTION),
        url=_field(record, _URL),
        published=published,
        crawled=next((value for key in _CRAWLED if (value := iso_date(record.get(key)))), None),
    )


def _field(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of these fields that says something; of a list its first, of an object its name."""
    for name in names:
        value = record.get(name)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, int) and not isinstance(value, bool) and name in _ID:
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value
    return None
