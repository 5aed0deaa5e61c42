"""The links of a record, brought up to date together with what linking remembers."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, delete, select, text, update

from khabar.link.delta import Change, Delta
from khabar.link.state import State
from khabar.model import Entity
from khabar.record import schema
from khabar.record.codec import encode
from khabar.record.load import load_current, load_due, load_rulings, load_some
from khabar.record.tables import dumps, insert_rows, storable
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
    """Make the changes of links in their tables; what comes as it was is left alone."""
    for name, change in delta.changes().items():
        table = schema.LINKED[name]
        for some in _in_turn(_going(table, change)):
            connection.execute(delete(table).where(some))
        written = _write(connection, table, change)
        if table is schema.entities:
            _index_entities(connection, change.gone, {key: change.come[key][1] for key in written})


def _write(connection: Connection, table: Table, change: Change) -> list[str]:
    """Write what comes and is new or other than before; the keys of it."""
    written: list[str] = []
    coming = sorted(change.come.items(), key=lambda item: item[0])
    for at in range(0, len(coming), _AT_ONCE):
        rows = {key: _row(table, key, place, thing) for key, (place, thing) in coming[at : at + _AT_ONCE]}
        known = _known(connection, table, [row["position"] for row in rows.values()])
        new = {key: row for key, row in rows.items() if known.get(row["position"]) != (row["rank"], row["data"])}
        insert_rows(connection, table.name, list(new.values()), "REPLACE")
        written += new
    return written


def _known(connection: Connection, table: Table, positions: list[int]) -> dict[int, tuple[str, str]]:
    """What stands at some positions: the rank, and all else as JSON."""
    query = select(table.c.position, table.c.rank, table.c.data).where(table.c.position.in_(positions))
    return {position: (rank, data) for position, rank, data in connection.execute(query)}


def _going(table: Table, change: Change) -> Iterator[tuple[Any, list[Any]]]:
    """Which rows go, as columns and values."""
    if table is schema.copies:
        documents = sorted(map(storable, change.gone))
        return iter([(table.c.first, documents), (table.c.second, documents)])
    return iter([(table.c.position, sorted(position(key) for key in change.gone - change.come.keys()))])


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


def _index_entities(connection: Connection, gone: Iterable[str], written: Mapping[str, Entity]) -> None:
    """Search finds entities by all their spellings."""
    going = [{"key": position(key)} for key in sorted({*gone, *written})]
    if going:
        connection.execute(text("DELETE FROM entity_words WHERE rowid = :key"), going)
    insert_rows(connection, "entity_words", [_words(key, entity) for key, entity in written.items()])


def _words(key: str, entity: Entity) -> dict[str, Any]:
    words, stems = index_columns(text_words(entity.label, *entity.forms, *entity.labels))
    return {"rowid": position(key), "words": words, "stems": stems}
