"""How a record comes to the present form of its tables: one function a step, in order, never changed once released."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select, text, update

from khabar.errors import RecordError, RecordTooNew
from khabar.link.state import TABLES
from khabar.record import schema

APPLICATION_ID = 0x4B484252
"""``KHBR``: written into the head of the file, so that ``file`` and we can tell a record from any other SQLite file."""


def m001_initial(connection: Connection) -> None:
    """All tables of version 1."""
    schema.metadata.create_all(connection, [table for table in schema.metadata.sorted_tables if table not in _LATER])
    for statement in schema.SEARCH_DDL:
        connection.execute(text(statement))
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    connection.execute(insert(schema.meta), [{"key": "schema", "value": "0"}, {"key": "links", "value": ""}])


def m002_addresses(connection: Connection) -> None:
    """What is known of addresses on the web."""
    schema.addresses.create(connection)


def m003_linking(connection: Connection) -> None:
    """Links that are changed bit by bit, what linking remembers, and what people have ruled; all is linked anew."""
    linked = list(schema.LINKED.values())
    schema.metadata.drop_all(connection, linked)
    schema.metadata.create_all(connection, [*linked, schema.due, schema.rulings])
    for statement in TABLES:
        connection.execute(text(statement))
    connection.execute(update(schema.meta).where(schema.meta.c.key == "links").values(value=""))


_LATER = (schema.addresses, schema.due, schema.rulings, *schema.LINKED.values())
"""Tables that came, or were made anew, after version 1."""

MIGRATIONS: tuple[Callable[[Connection], None], ...] = (m001_initial, m002_addresses, m003_linking)


def version_of(connection: Connection, path: str) -> int:
    """The version of a record's form: 0 for an empty file.

    Raises:
        RecordError: when the file is a database but no record.
        RecordTooNew: when a later Khabar wrote it.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return 0
    if connection.execute(text("PRAGMA application_id")).scalar() != APPLICATION_ID or "meta" not in tables:
        raise RecordError(f"{path}: a database, but not a Khabar record; it was left as it is")
    value = connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "schema")).scalar()
    version = int(value or 0)
    if version > len(MIGRATIONS):
        raise RecordTooNew(
            f"{path}: written by a later version of Khabar (form {version}; this one knows {len(MIGRATIONS)}); "
            "update Khabar to use it"
        )
    return version


def migrate(connection: Connection, path: str) -> None:
    """Bring a record to the present form, inside the caller's transaction.

    Raises:
        RecordError, RecordTooNew: as `version_of`.
    """
    for step in MIGRATIONS[version_of(connection, path) :]:
        step(connection)
    value = {"value": str(len(MIGRATIONS))}
    connection.execute(update(schema.meta).where(schema.meta.c.key == "schema").values(value))
