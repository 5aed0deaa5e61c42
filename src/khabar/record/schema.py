"""Every table of a record, defined once.

``documents`` holds sources, addressed by path and hash of their bytes, and never overwritten.  ``annotations``
holds, for the run that made it, what was read and found in a document as one JSON object; ``times``, ``names``,
``claims``, ``events``, ``roles`` and ``figures`` hold the same in columns, for whoever asks in SQL.
``addresses`` says when each address was asked and what it gave, so that only what is new is fetched.
``entities``, ``happenings``, ``stories``, ``copies`` and ``roots`` are what linking found over all documents,
``rulings`` what people have decided about it, ``due`` the documents that came or went since.
Only the full-text tables and linking's memory (``link_...``, in `khabar.link.state`) are SQLite's own.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

metadata = MetaData()


def _text(name: str, *, needed: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=not needed)


def _document() -> Column[Any]:
    return Column("document", ForeignKey("documents.key"), nullable=False, index=True)


def _span(prefix: str = "") -> list[Column[Any]]:
    return [_text(f"{prefix}text"), Column(f"{prefix}start", Integer), Column(f"{prefix}end", Integer)]


def _decided() -> list[Column[Any]]:
    return [_text("rule"), Column("score", Float)]


meta = Table("meta", metadata, Column("key", Text, primary_key=True), _text("value", needed=True))

runs = Table(
    "runs", metadata,
    Column("id", Integer, primary_key=True),
    _text("version", needed=True),
    _text("rules", needed=True),
    _text("started", needed=True),
)  # fmt: skip

documents = Table(
    "documents", metadata,
    Column("key", Integer, primary_key=True),
    _text("id", needed=True),
    _text("base", needed=True),
    _text("path", needed=True),
    _text("sha256", needed=True),
    _text("raw", needed=True),
    _text("given"),
    _text("added", needed=True),
    Column("current", Boolean, nullable=False),
    Column("superseded_by", ForeignKey("documents.key")),
    UniqueConstraint("path", "sha256"),
    Index("documents_id", "id"),
)  # fmt: skip

files = Table(
    "files", metadata,
    Column("path", Text, primary_key=True),
    _text("sha256", needed=True),
    _text("rules", needed=True),
    _text("given"),
)  # fmt: skip

addresses = Table(
    "addresses", metadata,
    Column("url", Text, primary_key=True),
    _text("state", needed=True),
    _text("asked", needed=True),
    Column("feed", Text, index=True),
    _text("etag"),
    _text("last_modified"),
    _text("sha256"),
    _text("due"),
    Column("failures", Integer, nullable=False),
)  # fmt: skip

annotated = Table(
    "annotations", metadata,
    Column("document", ForeignKey("documents.key"), primary_key=True),
    Column("run", ForeignKey("runs.id"), nullable=False),
    Column("read_run", ForeignKey("runs.id"), nullable=False),
    _text("outlet"), _text("title"), _text("published"),
    _text("data", needed=True),
)  # fmt: skip

times = Table(
    "times",
    metadata,
    _document(),
    *_span(),
    _text("value"),
    _text("kind"),
    _text("earliest"),
    _text("latest"),
    *_decided(),
)

names = Table(
    "names",
    metadata,
    _document(),
    *_span(),
    _text("type"),
    Column("entity", Text, index=True),
    _text("reference"),
    *_decided(),
)

claims = Table(
    "claims", metadata, _document(), _text("id"), _text("cue"), _text("source"), _text("source_kind"),
    _text("source_entity"), _text("via"), _text("stance"), *_span("content_"), *_decided(),
)  # fmt: skip

events = Table(
    "events", metadata, _document(), _text("id"), _text("type"), _text("mode"), _text("status"), _text("date"),
    _text("place"), *_span("trigger_"), _text("claims"), *_decided(),
)  # fmt: skip

roles = Table("roles", metadata, _document(), _text("event"), _text("role"), _text("entity"), *_span(), *_decided())

figures = Table(
    "figures", metadata, _document(), *_span(), Column("low", Float), Column("high", Float), Column("approx", Boolean),
    _text("unit"), _text("what"), _text("kind"), _text("date"), _text("place"), _text("claim"), _text("event"),
    Column("vague", Boolean), *_decided(),
)  # fmt: skip

dropped = Table("dropped", metadata, Column("path", Text, index=True), _text("source"), _text("reason"), _text("at"))


def _linked(name: str, *columns: Column[Any]) -> Table:
    """`position` is a number made from what a thing is known by; `rank` sorts them."""
    rank = Column("rank", Text, nullable=False)
    return Table(
        name, metadata, Column("position", Integer, primary_key=True), rank, *columns, _text("data", needed=True)
    )


entities = _linked("entities", Column("id", Text, index=True), _text("label"), _text("type"))
happenings = _linked(
    "happenings", Column("id", Text, index=True), _text("type"), _text("mode"), _text("status"), _text("date"),
    _text("place"), _text("support"), Column("independent", Integer),
)  # fmt: skip
stories = _linked("stories", Column("id", Text, index=True), _text("label"))
copies = _linked(
    "copies", Column("first", Text, index=True), Column("second", Text, index=True), Column("share", Float)
)
roots = _linked("roots", _text("document"))

due = Table("due", metadata, Column("document", Text, primary_key=True))
rulings = Table(
    "rulings", metadata, Column("kind", Text, primary_key=True), Column("first", Text, primary_key=True),
    Column("second", Text, primary_key=True), Column("same", Boolean, nullable=False), _text("at", needed=True),
)  # fmt: skip

FOUND = (times, names, claims, events, roles, figures)
"""Tables that hold what was found in one document."""

LINKED = {"entities": entities, "happenings": happenings, "stories": stories, "copies": copies, "roots": roots}
"""Tables that hold what linking found, by the field of `Links` that they hold."""

SEARCH_DDL = (
    "CREATE VIRTUAL TABLE document_words USING fts5(words, stems, tokenize = 'unicode61 remove_diacritics 0')",
    "CREATE VIRTUAL TABLE document_vocabulary USING fts5vocab(document_words, col)",
    "CREATE VIRTUAL TABLE entity_words USING fts5(words, stems, tokenize = 'unicode61 remove_diacritics 0')",
)
"""SQLite's full-text tables: the words as written, and what is left of them without clitics, as search keys."""
