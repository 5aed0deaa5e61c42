"""A record's file opened, for reading or for a build, with errors that name it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from khabar.errors import KhabarError, RecordError
from khabar.export.files import make_folder
from khabar.record.migrations import MIGRATIONS, migrate, version_of

_WAIT_SECONDS = 30
_CACHE_KIBIBYTES = 256 * 1024
"""At most; linking many documents looks up many blocks."""
_REASONS = {
    "file is not a database": "not a Khabar record; it was left as it is",
    "unable to open database file": "cannot be opened; the file or its folder does not allow it",
    "attempt to write a readonly database": "cannot be written: it is read-only",
    "database or disk is full": "the disk is full; what was reported as done is kept",
}


def _engine(path: Path, query: str, begin: str) -> Engine:
    """An engine that leaves beginning a transaction to us: the driver would not begin one for tables."""

    def connect() -> sqlite3.Connection:
        url = f"file:{quote(str(path.absolute()))}?{query}"
        return sqlite3.connect(url, uri=True, isolation_level=None, timeout=_WAIT_SECONDS)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turns what the database says into a sentence that names the record.

    Raises:
        RecordError: for any error of the database.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        raise RecordError(f"{path}: {_REASONS.get(said, said)}") from error


def open_for_reading(path: Path) -> Connection:
    """A connection that sees the record as it is now, whatever a build does meanwhile.

    Raises:
        RecordError: when there is none, it is no record, or it cannot be read.
        RecordTooNew: when a later version wrote it.
    """
    _refuse_folder(path)
    if not path.exists():
        raise RecordError(f"{path}: there is no record here; make one with: khabar build FOLDER --record {path}")
    with named_errors(path):
        for query in ("mode=rw", "mode=ro"):  # the first leaves no log files beside the record behind
            try:
                return _checked(path, query)
            except DBAPIError as error:
                if "not a database" in str(error.orig):
                    raise
        return _checked(path, _unwritten(path))


def _unwritten(path: Path) -> str:
    """For a folder in which no log can be kept: without one beside it the file can be read as it is."""
    return "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"


def _checked(path: Path, query: str) -> Connection:
    connection = _engine(path, query, "BEGIN").connect()
    try:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        version = version_of(connection, str(path))
        if version < len(MIGRATIONS):
            what = "an empty file" if version == 0 else "written by an earlier version of Khabar"
            raise RecordError(f"{path}: {what}; run khabar build with --record {path} first")
    except (RecordError, DBAPIError):
        connection.close()
        raise
    return connection


def open_for_writing(path: Path) -> Engine:
    """An engine on a record in its present form, made where there was none.  The caller holds its lock.

    Raises:
        RecordError: when the file is something else or cannot be written; it is not touched then.
        RecordTooNew: when a later version wrote it.
    """
    with named_errors(path):
        if path.exists():
            _refuse_foreign(path)
        engine = _engine(path, "mode=rwc", "BEGIN IMMEDIATE")
        event.listen(engine, "connect", _prepare)
        with engine.begin() as connection:
            migrate(connection, str(path))
        return engine


def _refuse_foreign(path: Path) -> None:
    """Look before anything is written: to set a file's journal mode already changes it."""
    with _engine(path, "mode=rw", "BEGIN").connect() as connection:
        version_of(connection, str(path))


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise RecordError(f"{path}: a folder, not a record; name a file, such as {path / 'khabar.db'}")


def prepare_place(path: Path) -> None:
    """Make the folder that a record is to lie in.

    Raises:
        RecordError: when the path itself is a folder, or its folder cannot be made.
    """
    _refuse_folder(path)
    try:
        make_folder(path.absolute().parent)
    except KhabarError as error:
        raise RecordError(f"{path}: no record can be made here: {error}") from error
