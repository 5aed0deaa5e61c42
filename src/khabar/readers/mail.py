"""Mail: one message (.eml), a page saved as one (.mhtml), or a folder of messages (mbox), with what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from khabar.errors import InputError
from khabar.model import Document, Edit, Published, Step
from khabar.readers.checks import MOST_BYTES_OF_MANY, MOST_CHARACTERS, check_text, sha256
from khabar.readers.clean import make_document
from khabar.readers.encoding import UnknownEncodingError, decode, decode_as
from khabar.readers.kinds import documents_of_part, origin_of
from khabar.readers.known import Known, iso_date
from khabar.readers.records import report_of, with_title
from khabar.readers.sniff import kind_of_media_type, kind_of_name, refused_by_name, suffix_of
from khabar.readers.source import Source
from khabar.repair.plan import Plan

Found = Iterator[Document | InputError]

_FROM = re.compile(rb"From \S.*\d{4}")
_QUOTED_FROM = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_MOST_LINES, _MOST_PARTS_IN_ALL = 1_500_000, 2_000
_MOST_PARTS = 1_000
_SOFT_END = re.compile(r" (\r?\n)(?=[^\r\n>])")
_SIGNATURE = "-- "
_SAVED = re.compile(r"<saved by ", re.IGNORECASE)


def documents_of_mbox(source: Source) -> Found:
    """The documents of each message of a folder, read message by message."""
    with source.open() as stream:
        for number, data in enumerate(_messages(stream), 1):
            yield from documents_of_part(_part(source, data, number))


def _part(source: Source, data: bytes, number: int) -> Source:
    """A message as a source; it is known by its own id, as numbers change when others are deleted."""
    id = re.search(rb"^Message-ID:\s*(\S+)", data[:50_000], re.IGNORECASE | re.MULTILINE)
    stem = f"{source.stem}-{sha256(id[1])[:8]}" if id else f"{source.stem}-{number:03}"
    return source.part(f"message {number}", data, stem=stem, media_type="message/rfc822")


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """Messages between lines that begin with ``From`` behind an empty line; a longer one is cut at the limit."""
    data, after_empty = bytearray(), True
    while line := stream.readline(MOST_BYTES_OF_MANY):
        if after_empty and _FROM.match(line):
            yield from _message(bytes(data))
            data = bytearray()
        elif len(data) <= MOST_BYTES_OF_MANY:
            data += line
        after_empty = not line.strip()
    yield from _message(bytes(data))


def _message(data: bytes) -> Iterator[bytes]:
    if data.strip():
        yield _QUOTED_FROM.sub(b"", data)


def _check(name: str, data: bytes) -> None:
    """Python's parser makes an object of every line, and looks at every line in each of the parts that it lies in."""
    if data.count(b"\n") > _MOST_LINES:
        raise InputError(name, f"too large: a message of more than {_MOST_LINES:,} lines")
    if data.lower().count(b"\ncontent-type:") > _MOST_PARTS_IN_ALL:
        raise InputError(name, f"too large: a message of more than {_MOST_PARTS_IN_ALL:,} parts")


def documents_of_mail(source: Source) -> Found:
    """A message's text under its subject, and the documents attached to it; of a saved page the page.

    Raises:
        InputError: when neither the message nor anything attached to it holds a report.
    """
    data = source.read(MOST_BYTES_OF_MANY)
    _check(source.name, data)
    message = message_from_bytes(data)
    bodies, attached = _parts(message)
    if _SAVED.match(message.get("From", "")) or "Snapshot-Content-Location" in message:
        yield from _saved_page(source, message, bodies)
        return
    known = _known(message).over(source.known)
    reason, found = None, 0
    try:
        yield _body(source, data, bodies, known)
    except InputError as error:
        reason = error.reason
    for number, part in enumerate(attached[:_MOST_PARTS], 1):
        for document in documents_of_part(_attachment(source, part, number, known)):
            found += isinstance(document, Document)
            yield document
    if reason and not found:
        raise InputError(source.name, reason)


def _known(message: Message) -> Known:
    """What the head tells."""
    day = iso_date(_head(message, "Date"))
    name, address = parseaddr(_head(message, "From") or "")
    published = Published(day, "metadata") if day else None
    return Known(title=_head(message, "Subject"), author=name or address or None, published=published)


def _saved_page(source: Source, message: Message, bodies: list[Message]) -> Found:
    """A page that a browser saved together with its pictures (MHTML); its date is that of the copy."""
    page = next((part for part in bodies if part.get_content_type() == "text/html"), None)
    if page is None:
        raise InputError(source.name, "a saved page without the page")
    known = Known(
        url=_head(message, "Snapshot-Content-Location") or _head(page, "Content-Location"),
        crawled=iso_date(_head(message, "Date")),
    )
    charset = page.get_content_charset()
    yield from documents_of_part(
        source.part(
            "page", _payload(page), stem=source.stem, media_type="text/html", charset=charset,
            known=known.over(source.known),
        )
    )  # fmt: skip


def _head(message: Message, name: str) -> str | None:
    """A field of the head, decoded; bare bytes, which old programs write, by evidence."""
    value = message.get(name)
    if value is None:
        return None
    text = str(value)
    try:
        text = str(make_header(decode_header(text)))
    except (LookupError, UnicodeError, ValueError, MessageError):
        text = str(value)
    if "\ufffd" in text or any("\udc80" <= letter <= "\udcff" for letter in text):
        text = _decoded(_bare_bytes(message, name)) or text
    return " ".join(text.encode("utf-8", "replace").decode().split()) or None


def _bare_bytes(message: Message, name: str) -> bytes:
    raw = next((value for field, value in message.raw_items() if field.lower() == name.lower()), "")
    return str(raw).encode("ascii", "surrogateescape")


def _decoded(data: bytes, charset: str | None = None) -> str | None:
    try:
        return decode(data).text
    except UnknownEncodingError:
        return decode_as(data, charset or "ascii")


def _parts(message: Message) -> tuple[list[Message], list[Message]]:
    """The texts of a message, and what is attached; what is of no known kind (pictures, signatures) is left out."""
    bodies, attached, waiting = [], [], [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822":
            attached.append(part)
        elif part.is_multipart():
            waiting = [*(each for each in part.get_payload() if isinstance(each, Message)), *waiting]
        elif part.get_content_type() in {"text/plain", "text/html"} and not _is_attached(part):
            bodies.append(part)
        elif _may_hold_reports(part):
            attached.append(part)
    return bodies, attached


def _may_hold_reports(part: Message) -> bool:
    suffix = suffix_of(_name(part))
    return bool(kind_of_name(suffix) or kind_of_media_type(part.get_content_type()) or refused_by_name(suffix))


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _name(part: Message) -> str:
    """The name of what is attached; decoded, on one line."""
    try:
        name = str(make_header(decode_header(part.get_filename() or "")))
    except (LookupError, UnicodeError, ValueError, MessageError):
        name = part.get_filename() or ""
    return " ".join(name.encode("utf-8", "replace").decode().split())


def _attachment(source: Source, part: Message, number: int, known: Known) -> Source:
    name = _name(part) or f"attachment {number}"
    return source.part(
        name,
        _payload(part),
        stem=f"{source.stem}-{name.rpartition('.')[0] or name}",
        media_type=part.get_content_type(),
        charset=part.get_content_charset(),
        known=Known(author=known.author, published=known.published, crawled=known.crawled),
    )


def _payload(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return b"\n".join(bytes(inner) for inner in part.get_payload() if isinstance(inner, Message))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(source: Source, data: bytes, bodies: list[Message], known: Known) -> Document:
    """The document of a message's own text: plain where it has that, else HTML.

    Raises:
        InputError: when it is empty, unreadable, too long or not Arabic.
    """
    for part in sorted(bodies, key=lambda part: part.get_content_type() != "text/plain"):
        text = _decoded(_payload(part), part.get_content_charset())
        if text is None or not text.strip() or len(text) > MOST_CHARACTERS:
            continue
        encoding = part.get_content_charset() or "ascii"
        origin = origin_of(source, data, "message/rfc822", encoding)
        if part.get_content_type() == "text/html":
            return report_of(source.name, source.stem, text, origin, known, markup=True)
        check_text(source.name, text)
        raw = with_title(text, known.title)
        return make_document(source.stem, raw, origin, known, _flowed(raw, part))
    raise InputError(source.name, "no text in this message")


def _flowed(raw: str, part: Message) -> Plan:
    """Lines that a mail program broke are joined again, where it says that it broke them (RFC 3676)."""
    if part.get_param("format", "") != "flowed":
        return ()
    joined = part.get_param("delsp", "") == "yes"
    ends = [
        Edit(found.start() if joined else found.start(1), found.end(), "")
        for found in _SOFT_END.finditer(raw)
        if raw[max(0, found.start() - 3) : found.start() + 1].lstrip("\n") != _SIGNATURE
    ]
    return (Step("flowed-lines", tuple(ends)),) if ends else ()
