"""An annotated document as rows of the tables that SQL users read, and as rows of the full-text table."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection

from khabar.export.annotation import to_json
from khabar.model import Annotated, Claim, Event, Figure, Name, Role, Span, Time
from khabar.record.words import index_columns, text_words

Row = dict[str, Any]
OnKnown = Literal["ABORT", "IGNORE", "REPLACE"]
_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """A text without lone surrogates, which UTF-8 cannot hold; each becomes U+FFFD, so that offsets stay.

    >>> storable("a\\ud800b")
    'a\\ufffdb'
    """
    return _SURROGATE.sub("\ufffd", text)


def dumps(value: Any) -> str:
    """Compact JSON, Arabic as it is."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def insert_rows(connection: Connection, table: str, rows: Sequence[Row], known: OnKnown = "ABORT") -> None:
    """Insert rows that have the same columns, past SQLAlchemy's compiler, which takes longer than SQLite does.

    `known` says what becomes of a row whose key is already there.
    """
    if rows:
        connection.exec_driver_sql(_insertion(table, tuple(rows[0]), known), list(rows))


@cache
def _insertion(table: str, columns: tuple[str, ...], known: OnKnown) -> str:
    names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(f":{name}" for name in columns)
    return f"INSERT OR {known} INTO {table} ({names}) VALUES ({values})"


def annotation_row(annotated: Annotated, key: int, run: int, read_run: int) -> Row:
    """The row of `schema.annotated`."""
    document = annotated.document
    return {
        "document": key, "run": run, "read_run": read_run, "outlet": _plain(document.outlet),
        "title": _plain(document.title), "published": document.published.value if document.published else None,
        "data": dumps(to_json(annotated)),
    }  # fmt: skip


def found_rows(annotated: Annotated, key: int) -> dict[str, list[Row]]:
    """Rows of the tables `schema.FOUND`, by table name."""
    rows = {
        "times": [_time(time) for time in annotated.times],
        "names": [_name(name) for name in annotated.names],
        "claims": [_claim(claim) for claim in annotated.claims],
        "events": [_event(event) for event in annotated.events],
        "roles": [row for event in annotated.events for row in _roles(event)],
        "figures": [_figure(figure) for figure in annotated.figures],
    }
    for table in rows.values():
        for row in table:
            row["document"] = key
    return rows


def word_row(annotated: Annotated, key: int) -> Row:
    """The row of the full-text table: text, title and outlet, and the names' labels for Latin queries."""
    document = annotated.document
    labels = sorted({name.entity for name in annotated.names})
    words, stems = index_columns(text_words(document.title, document.outlet, document.text, *labels))
    return {"rowid": key, "words": words, "stems": stems}


def _plain(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _span(span: Span | None, prefix: str = "") -> Row:
    if span is None:
        return {f"{prefix}text": None, f"{prefix}start": None, f"{prefix}end": None}
    return {f"{prefix}text": storable(span.text), f"{prefix}start": span.start, f"{prefix}end": span.end}


def _decided(found: Time | Name | Claim | Event | Figure | Role) -> Row:
    return {"rule": found.rule, "score": found.score}


def _time(time: Time) -> Row:
    return {
        **_span(time.span),
        "value": time.value,
        "kind": time.kind,
        "earliest": time.earliest,
        "latest": time.latest,
        **_decided(time),
    }


def _name(name: Name) -> Row:
    return {
        **_span(name.span),
        "type": name.type,
        "entity": storable(name.entity),
        "reference": name.reference,
        **_decided(name),
    }


def _claim(claim: Claim) -> Row:
    return {
        "id": claim.id, "cue": _span(claim.cue)["text"], "source": _span(claim.source)["text"],
        "source_kind": claim.source_kind, "source_entity": _plain(claim.source_entity),
        "via": dumps([via.text for via in claim.via]), "stance": claim.stance,
        **_span(claim.content, "content_"), **_decided(claim),
    }  # fmt: skip


def _event(event: Event) -> Row:
    return {
        "id": event.id, "type": event.type, "mode": event.mode, "status": event.status, "date": event.date,
        "place": _plain(event.place), **_span(event.triggers[0] if event.triggers else None, "trigger_"),
        "claims": dumps(event.claims), **_decided(event),
    }  # fmt: skip


def _roles(event: Event) -> list[Row]:
    filled = [("actor", role) for role in event.actors] + [("recipient", role) for role in event.recipients]
    return [
        {"event": event.id, "role": name, "entity": storable(role.entity), **_span(role.span), **_decided(role)}
        for name, role in filled
    ]


def _figure(figure: Figure) -> Row:
    return {
        **_span(figure.span), "low": float(figure.low), "high": float(figure.high), "approx": figure.approx,
        "unit": figure.unit, "what": _plain(figure.what), "kind": figure.kind, "date": figure.date,
        "place": _plain(figure.place),
        "claim": figure.claim, "event": figure.event, "vague": figure.vague, **_decided(figure),
    }  # fmt: skip
