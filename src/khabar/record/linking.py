"""The links of a record, brought up to date together with what linking remembers."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, text, update

from khabar.link.delta import Change, Delta
from khabar.link.state import State
from khabar.model import Entity
from khabar.record import schema
from khabar.record.codec import encode
from khabar.record.load import load_current, load_due, load_rulings, load_some
from khabar.record.tables import dumps, storable
from khabar.record.words import index_columns, text_words

log = logging.getLogger("khabar")
_AT_ONCE = 400


def update_links(connection: Connection, rules: str, begin: Callable[[int], None]) -> None:
    """Link what has changed since the last time, or everything where other rules made the links.

    `begin` is told how many documents are to be linked.  The caller commits: links and memory change together.
    """
    from khabar.link.linker import Linker

    state = _opened(connection)
    current = load_current(connection)
    if state.note("rules") == rules:
        due = load_due(connection)
        added, dropped = due & current, due - current
    else:
        _forget(connection, state)
        added, dropped = current, set()
    begin(len(added))
    linker = Linker(state, lambda ids: load_some(connection, ids), load_rulings(connection))
    for told in linker.contradictions():
        log.warning("%s", told)
    change_links(connection, linker.update(added, dropped))
    state.keep_note("rules", rules)
    connection.execute(delete(schema.due))
    connection.execute(update(schema.meta).where(schema.meta.c.key == "links").values(value=rules))


def _opened(connection: Connection) -> State:
    """Linking's memory, in the transaction of the record."""
    connection.execute(select(schema.meta.c.key).limit(1))  # a transaction begins with the first statement of ours
    return State(cast(sqlite3.Connection, connection.connection.driver_connection))


def _forget(connection: Connection, state: State) -> None:
    state.clear()
    for table in schema.LINKED.values():
        connection.execute(delete(table))
    connection.execute(text("DELETE FROM entity_words"))


def change_links(connection: Connection, delta: Delta) -> None:
    """Make the changes of links in their tables."""
    for name, change in delta.changes().items():
        table = schema.LINKED[name]
        for some in _in_turn(_going(table, change)):
            connection.execute(delete(table).where(some))
        coming = sorted(change.come.items(), key=lambda item: item[0])
        for at in range(0, len(coming), _AT_ONCE):
            rows = [_row(table, key, place, thing) for key, (place, thing) in coming[at : at + _AT_ONCE]]
            connection.execute(insert(table), rows)
    _index_entities(connection, delta.entities)


def _going(table: Table, change: Change) -> Iterator[tuple[Any, list[Any]]]:
    """Which rows go, as columns and values."""
    if table is schema.copies:
        documents = sorted(map(storable, change.gone))
        return iter([(table.c.first, documents), (table.c.second, documents)])
    return iter([(table.c.position, sorted(position(key) for key in change.gone | change.come.keys()))])


def _in_turn(going: Iterable[tuple[Any, list[Any]]]) -> Iterator[ColumnElement[bool]]:
    for column, values in going:
        yield from (column.in_(values[at : at + _AT_ONCE]) for at in range(0, len(values), _AT_ONCE))


def position(key: str) -> int:
    """The number of a linked thing in its table, from what it is known by."""
    return int.from_bytes(blake2b(storable(key).encode(), digest_size=8).digest()) >> 1


def _row(table: Table, key: str, place: str, thing: Any) -> dict[str, Any]:
    """The columns that a table has of a linked thing, and the whole of it as JSON."""
    row = {"position": position(key), "rank": storable(place), "data": dumps(encode(thing))}
    if isinstance(thing, tuple):
        return {**row, "document": storable(thing[0])}
    plain = {column.name: getattr(thing, column.name) for column in table.c if column.name not in row}
    return {**row, **{name: storable(value) if isinstance(value, str) else value for name, value in plain.items()}}


def _index_entities(connection: Connection, change: Change) -> None:
    """Search finds entities by all their spellings."""
    going = [{"key": position(key)} for key in sorted(change.gone | change.come.keys())]
    if going:
        connection.execute(text("DELETE FROM entity_words WHERE rowid = :key"), going)
    coming = [_words(key, entity) for key, (_, entity) in change.come.items()]
    if coming:
        statement = text("INSERT INTO entity_words(rowid, words, stems) VALUES (:key, :words, :stems)")
        connection.execute(statement, coming)


def _words(key: str, entity: Entity) -> dict[str, Any]:
    words, stems = index_columns(text_words(entity.label, *entity.forms, *entity.labels))
    return {"key": position(key), "words": words, "stems": stems}
