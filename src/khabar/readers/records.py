"""JSON: one report, a list of reports, or one report a line; in the annotation form or as sites write news."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, BinaryIO, get_args

from khabar.errors import InputError
from khabar.lexicon import forms
from khabar.model import Document, Origin, Published, PublishedHow
from khabar.readers.checks import MOST_BYTES, MOST_CHARACTERS, check_text, sha256
from khabar.readers.clean import make_document, slug
from khabar.readers.encoding import UnknownEncodingError, decode
from khabar.readers.known import Known, iso_date
from khabar.readers.source import Source
from khabar.repair.plan import Plan, apply
from khabar.text import fold

_ANNOTATIONS = frozenset({"times", "names", "events", "claims"})
_HOW = frozenset(get_args(PublishedHow))
_MARKUP = re.compile(r"<(?:p|br|div|span|a|strong|b|h[1-6]|ul|li|img)\b[^<>]{0,2000}>", re.IGNORECASE)
_MOST_MEMORY = 500_000_000
_BYTES_OF_PART = 100
"""What Python needs for a small list, dict or string and its place in another."""
_MOST_RECORDS = 1_000_000
_SHOWN, _LONGEST_NAME = 20, 40


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """What each field may be called, as `normal` writes it, the best name first."""
    rows = [(row["field"], normal(form)) for form, row in forms("record_fields")]
    return {field: tuple(name for of, name in rows if of == field) for field, _ in rows}


def normal(name: str) -> str:
    """The name of a field or a column, however it is spelled.

    >>> normal("Published At"), normal(" تاريخُ النشر")
    ('published_at', 'تاريخ_النشر')
    """
    return re.sub(r"[\s_-]+", "_", fold(name.strip("\ufeff\u200e\u200f \t\r\n")))


def field_of(name: str) -> str | None:
    """Which field (``text``, ``title`` ...) a name means."""
    wanted = normal(name)
    return next((field for field, names in _names().items() if wanted in names), None)


def is_annotated(record: Mapping[str, Any]) -> bool:
    """Is this an object of the annotation form, whose text must stay as it is?"""
    return "text" in record and any(isinstance(record.get(name), list) for name in _ANNOTATIONS)


def documents_of_json(source: Source, data: bytes, encoding: str, text: str) -> Iterator[Document | InputError]:
    """The report or reports of a JSON file.

    Raises:
        InputError: when the file is no JSON, or holds neither an object nor a list of objects.
    """
    if _is_lines(text):
        yield from documents_of_lines(source, io.BytesIO(data))
        return
    loaded = _loads(source.name, text)
    if isinstance(loaded, dict) and not _told(_normal(loaded), "text") and (inner := _list_inside(loaded)):
        loaded = inner
    if isinstance(loaded, dict):
        origin = Origin(source.path, sha256(data), "application/json", encoding, source.member)
        yield document_of_record(source, source.name, loaded, source.stem, origin)
        return
    if not isinstance(loaded, list):
        raise InputError(source.name, "a JSON file must hold a report (an object with a text) or a list of reports")
    if not loaded:
        raise InputError(source.name, "an empty list: no reports")
    for number, record in enumerate(loaded[:_MOST_RECORDS], 1):
        origin = Origin(
            source.path, sha256(_bytes_of(record)), "application/json", encoding, member_of(source, f"record {number}")
        )
        yield _checked(source, f"{source.name} record {number}", record, f"{source.stem}-{number:03}", origin)


def member_of(source: Source, part: str) -> str:
    """A record of a source, and which part of its file the source is."""
    return f"{source.member} {part}" if source.member else part


def _is_lines(text: str) -> bool:
    """One object a line, whatever the file is called?"""
    first, _, rest = text.lstrip().partition("\n")
    if not (first.rstrip().endswith("}") and rest.lstrip().startswith("{")):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def documents_of_lines(source: Source, stream: BinaryIO) -> Iterator[Document | InputError]:
    """The report of each line of a JSONL file; a bad line gives an error that names it, and the next goes on."""
    for number, line in enumerate(_lines(stream), 1):
        if line.strip():
            yield _of_line(source, number, line)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines, each read no further than a record may be long; what is left of a longer one is passed over."""
    while line := stream.readline(MOST_BYTES + 1):
        yield line
        while len(line) > MOST_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MOST_BYTES + 1)
            if len(line) <= MOST_BYTES:
                break


def _of_line(source: Source, number: int, line: bytes) -> Document | InputError:
    place = f"{source.name} line {number}"
    if len(line) > MOST_BYTES:
        return InputError(place, f"longer than {MOST_BYTES // 1_000_000} MB")
    try:
        decoded = decode(line)
        record = _loads(place, decoded.text)
    except UnknownEncodingError as error:
        return InputError(place, str(error))
    except InputError as error:
        return error
    digest, member = sha256(line.rstrip(b"\r\n")), member_of(source, f"line {number}")
    origin = Origin(source.path, digest, "application/jsonl", decoded.encoding, member)
    return _checked(source, place, record, f"{source.stem}-line{number:03}", origin)


def _checked(source: Source, place: str, record: Any, name: str, origin: Origin) -> Document | InputError:
    if not isinstance(record, dict):
        return InputError(place, "is not a JSON object")
    try:
        return document_of_record(source, place, record, name, origin)
    except InputError as error:
        return error


def _loads(place: str, text: str) -> Any:
    parts = text.count(",") + text.count("[") + text.count("{")
    if 2 * sys.getsizeof(text) + _BYTES_OF_PART * parts > _MOST_MEMORY:
        raise InputError(place, f"needs more than {_MOST_MEMORY // 1_000_000} MB: JSON of {parts:,} parts")
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


def document_of_record(source: Source, place: str, record: Mapping[str, Any], name: str, origin: Origin) -> Document:
    """The report that a record tells, in fields of any of the known names.

    Raises:
        InputError: when it has no text, or one that is not Arabic.
    """
    fields = _normal(record)
    text = _told(fields, "text")
    if text is None:
        shown = ", ".join(name[:_LONGEST_NAME] for name in list(record)[:_SHOWN])
        raise InputError(place, f"no text: none of its fields ({shown}) is one of text, body, content, النص ...")
    given = _told(fields, "id")
    id = slug(given, name) if given else name
    if is_annotated(record):
        check_text(place, text)
        return _annotated(source, id, text, fields, origin)
    day = next((value for name in _names()["published"] if (value := iso_date(fields.get(name)))), None)
    known = _known(fields, Published(day, "metadata") if day else None).over(source.known)
    return report_of(place, id, text, origin, known)


def _normal(record: Mapping[str, Any]) -> dict[str, Any]:
    return {normal(name): value for name, value in reversed(list(record.items()))}


def _annotated(source: Source, id: str, text: str, fields: Mapping[str, Any], origin: Origin) -> Document:
    """A document in the annotation form: spans were counted in its text, so not a character of it is touched."""
    day = iso_date(fields.get("published"))
    how: Any = fields.get("published_how")
    known = _known(fields, Published(day, how if how in _HOW else "given") if day else None).over(source.known)
    return Document(
        id=slug(id), text=text, raw=text, plan=(), origin=origin, title=known.title, outlet=known.outlet,
        author=known.author, section=known.section, url=known.url, published=known.published, crawled=known.crawled,
    )  # fmt: skip


def report_of(
    place: str,
    id: str,
    text: str,
    origin: Origin,
    known: Known,
    *,
    markup: bool | None = None,
    ending: Callable[[str], Plan] | None = None,
) -> Document:
    """A report whose headline stands beside its text, which is HTML where `markup` says so, or where it looks so.

    Its raw form is the headline, an empty line and the text; the text alone where it begins with the headline.
    `ending` gives what is to go from the end of the characters of an HTML text.

    Raises:
        InputError: when the text is empty, too long or not Arabic.
    """
    if not (len(_MARKUP.findall(text)) >= 2 if markup is None else markup):
        check_text(place, text)
        return make_document(id, with_title(text, known.title), origin, known)
    if len(text) > MOST_CHARACTERS:
        raise InputError(place, f"too large: {len(text):,} characters, where a page may have {MOST_CHARACTERS:,}")
    from khabar.readers.web import fragment_plan  # only for fields that hold HTML

    raw = _html_title(known.title) + text
    try:
        plan = fragment_plan(raw)
    except InputError as error:
        raise InputError(place, error.reason) from None
    document = make_document(id, raw, origin, known, (*plan, *(ending(apply(raw, plan)) if ending else ())))
    check_text(place, document.text)
    return document


def _html_title(title: str | None) -> str:
    """A title put before a field that holds HTML, as a heading of it."""
    from html import escape

    return f"<h1>{escape(title, quote=False)}</h1>\n" if title else ""


def with_title(text: str, title: str | None) -> str:
    """Headline, empty line, body; the body alone where it begins with the headline."""
    if not title or text.lstrip().startswith(title):
        return text
    return f"{title}\n\n{text}"


def _known(fields: Mapping[str, Any], published: Published | None) -> Known:
    title = _told(fields, "title")
    return Known(
        title=title.strip() if title else None,
        outlet=_told(fields, "outlet"),
        author=_told(fields, "author"),
        section=_told(fields, "section"),
        url=_told(fields, "url"),
        published=published,
        crawled=next((value for name in _names()["crawled"] if (value := iso_date(fields.get(name)))), None),
    )


def _told(fields: Mapping[str, Any], field: str) -> str | None:
    """What a record says of a field; of a list its first, of an object its name."""
    for name in _names()[field]:
        if (value := fields.get(name)) is None:
            continue
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, int) and not isinstance(value, bool) and field == "id":
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value
    return None
