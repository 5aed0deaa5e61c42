"""What a record holds, read from its tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Select, alias, func, select

from khabar.export.annotation import from_json
from khabar.model import Annotated, Dropped, Entity, Links, Mention, Ruling
from khabar.record import schema
from khabar.record.codec import decode
from khabar.record.ledger import Held

_MOST_IDS = 500
"""Ids in one query; databases limit how many values a query may have."""


def _current() -> Select[Any]:
    held, found = schema.documents, schema.annotated
    columns = (held.c.id, held.c.path, held.c.raw, found.c.data)
    return select(*columns).join_from(held, found).where(held.c.current).order_by(held.c.key)


def _annotated(row: Any) -> Annotated:
    return from_json({**json.loads(row.data), "id": row.id, "raw": row.raw}, row.path)


def load_documents(connection: Connection) -> Iterator[Annotated]:
    """All current documents, in the order in which they came."""
    return (_annotated(row) for row in connection.execute(_current()))


def load_some(connection: Connection, ids: Sequence[str]) -> dict[str, Annotated]:
    """Some current documents by id; those that there are."""
    found = {}
    for first in range(0, len(ids), _MOST_IDS):
        rows = connection.execute(_current().where(schema.documents.c.id.in_(ids[first : first + _MOST_IDS])))
        found.update({row.id: _annotated(row) for row in rows})
    return found


def load_ids(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """Ids of documents by their keys, in no order."""
    held = schema.documents
    rows = connection.execute(select(held.c.key, held.c.id).where(held.c.key.in_(keys)))
    return {row.key: row.id for row in rows}


def load_current(connection: Connection) -> set[str]:
    """Ids of all current documents."""
    return set(connection.scalars(select(schema.documents.c.id).where(schema.documents.c.current)))


def load_outlets(connection: Connection) -> dict[str, str]:
    """For each current document its outlet, or its own id where that is unknown."""
    held, found = schema.documents, schema.annotated
    query = select(held.c.id, found.c.outlet).join_from(held, found).where(held.c.current)
    return {row.id: row.outlet or row.id for row in connection.execute(query)}


def load_arrivals(connection: Connection) -> dict[str, str]:
    """For each current document when it came into the record, in UTC (ISO 8601)."""
    held = schema.documents
    query = select(held.c.id, held.c.added).where(held.c.current)
    return {row.id: row.added for row in connection.execute(query)}


def load_words(connection: Connection) -> dict[Mention, str]:
    """For each event of each current document the words that name it best."""
    held, event = schema.documents, schema.events
    query = select(held.c.id, event.c.id, event.c.trigger_text).join_from(held, event).where(held.c.current)
    return {Mention(id, part): words for id, part, words in connection.execute(query) if words}


def load_links(connection: Connection) -> Links:
    """What the last linking found."""
    found: dict[str, Any] = {}
    for field in fields(Links):
        table = schema.LINKED[field.name]
        sorted_rows = select(table.c.data).order_by(table.c.rank, table.c.position)
        found[field.name] = [json.loads(data) for data in connection.scalars(sorted_rows)]
    return decode(Links, found)


def load_entities(connection: Connection, positions: Sequence[int]) -> tuple[Entity, ...]:
    """Entities by their place in the table, in that order."""
    table = schema.entities
    rows = connection.execute(select(table.c.position, table.c.data).where(table.c.position.in_(positions)))
    by_position = {row.position: decode(Entity, json.loads(row.data)) for row in rows}
    return tuple(by_position[position] for position in positions if position in by_position)


def links_made_by(connection: Connection) -> str:
    """Hash of the rules that made the links; empty where documents have changed since."""
    return connection.scalar(select(schema.meta.c.value).where(schema.meta.c.key == "links")) or ""


def load_rulings(connection: Connection) -> list[Ruling]:
    """What people have decided."""
    table = schema.rulings
    rows = connection.execute(select(table).order_by(table.c.kind, table.c.first, table.c.second))
    return [Ruling(row.kind, row.first, row.second, row.same) for row in rows]


def load_due(connection: Connection) -> set[str]:
    """Ids of documents that came, changed or went since the last linking."""
    return set(connection.scalars(select(schema.due.c.document)))


def load_dropped(connection: Connection) -> tuple[Dropped, ...]:
    """Inputs that could not become documents, as the last build that met them left it."""
    rows = connection.execute(select(schema.dropped.c.path, schema.dropped.c.reason).order_by(schema.dropped.c.path))
    return tuple(Dropped(row.path, row.reason) for row in rows)


def load_counts(connection: Connection) -> dict[str, int]:
    """How much there is of everything."""
    current = select(func.count()).select_from(schema.documents).where(schema.documents.c.current)
    found = {"documents": connection.scalar(current) or 0}
    for name in ("claims", "times", "figures", "happenings", "stories", "copies", "dropped"):
        found[name] = connection.scalar(select(func.count()).select_from(schema.metadata.tables[name])) or 0
    by_type = select(schema.entities.c.type, func.count()).group_by(schema.entities.c.type)
    types: dict[str, int] = {row[0]: row[1] for row in connection.execute(by_type)}
    return found | {"people": types.get("PER", 0), "bodies": types.get("ORG", 0), "places": types.get("LOC", 0)}


def load_held(connection: Connection) -> Iterator[Held]:
    """All rows of documents, superseded ones too, without their texts."""
    held, found = schema.documents, schema.annotated
    made, read = alias(schema.runs), alias(schema.runs)
    columns = (
        held.c.key,
        held.c.id,
        held.c.path,
        held.c.sha256,
        held.c.current,
        made.c.rules,
        read.c.rules,
        held.c.given,
    )
    query = (
        select(*columns)
        .join_from(held, found)
        .join(made, made.c.id == found.c.run)
        .join(read, read.c.id == found.c.read_run)
    )
    return (Held(*row) for row in connection.execute(query.order_by(held.c.key)))
