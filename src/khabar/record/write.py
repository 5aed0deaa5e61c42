"""The writing side of a record, for one build at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update

from khabar.model import Annotated, Dropped, Ruling
from khabar.record import schema
from khabar.record.connect import named_errors, open_for_writing, prepare_place
from khabar.record.ledger import Held, Ledger, Placement
from khabar.record.linking import update_links
from khabar.record.load import links_made_by, load_counts, load_held, load_some
from khabar.record.lock import BuildLock
from khabar.record.rules import Rules
from khabar.record.tables import annotation_row, found_rows, insert_rows, storable, word_row
from khabar.record.visits import Visit, delete_visits, load_named_by, load_visits, replace_visit

_BATCH_SECONDS = 0.5


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Writer:
    """A record opened for a build: nobody else can write it until it is closed.

    What was added is safe once `commit` has run; `commit_if_due` runs it about twice a second.

    Raises:
        RecordBusy: when another build has it open.
        RecordError: when it cannot be written or is no record.
        RecordTooNew: when a later version wrote it.
    """

    def __init__(self, path: Path, rules: Rules, published: str | None = None) -> None:
        prepare_place(path)
        self.path = path
        self.rules = rules
        self._lock = BuildLock(path)
        with ExitStack() as undo:
            undo.callback(self._lock.release)
            self._connection = open_for_writing(path).connect()
            self.ledger = Ledger(rules.annotate, published)
            self._fill_ledger()
            undo.pop_all()
        self._run: int | None = None
        self._told_stale = False
        self._committed = time.monotonic()

    def _fill_ledger(self) -> None:
        with self._errors():
            for held in load_held(self._connection):
                self.ledger.hold(held)
            self._connection.rollback()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None or issubclass(kind, KeyboardInterrupt):
                self.commit()
        finally:
            self._connection.close()
            self._lock.release()

    @contextmanager
    def _errors(self) -> Iterator[Connection]:
        with named_errors(self.path):
            yield self._connection

    def file_is_unchanged(self, path: str, sha256: str) -> bool:
        """Was this file read to its end with these bytes, these rules and this ``--published``?"""
        with self._errors() as connection:
            row = connection.execute(select(schema.files).where(schema.files.c.path == storable(path))).first()
        option = self.ledger.option
        return (
            row is not None and (row.sha256, row.rules) == (sha256, self.rules.annotate) and option in (None, row.given)
        )

    def place(self, document: Any, path: str) -> Placement:
        """What a document just read is to this record."""
        return self.ledger.place(document, storable(path))

    def add(self, annotated: Annotated, placement: Placement) -> None:
        """Store an annotated document in its place."""
        older = placement.older
        held = self.ledger.record(placement)
        with self._errors() as connection:
            if placement.same is None:
                insert_rows(connection, schema.documents.name, [_document_row(annotated, placement, held)])
            else:
                values = {"id": storable(held.id), "given": held.given, "current": True, "superseded_by": None}
                connection.execute(update(schema.documents).where(schema.documents.c.key == held.key).values(values))
                self._forget(held.key, annotation=True)
            if older is not None:
                self._retire(older, held.key)
            self._annotate(annotated, held, self._run_id(), self._run_id())

    def again(self, held: Held, annotated: Annotated) -> None:
        """Store what present rules find in a document whose file was not met in this run."""
        with self._errors() as connection:
            read_run = connection.scalar(
                select(schema.annotated.c.read_run).where(schema.annotated.c.document == held.key)
            )
            self._forget(held.key, annotation=True)
            self._annotate(annotated, held, self._run_id(), read_run or self._run_id())
        held.rules = self.rules.annotate

    def _annotate(self, annotated: Annotated, held: Held, run: int, read_run: int) -> None:
        connection, key = self._connection, held.key
        insert_rows(connection, schema.annotated.name, [annotation_row(annotated, key, run, read_run)])
        for name, rows in found_rows(annotated, key).items():
            insert_rows(connection, name, rows)
        insert_rows(connection, "document_words", [word_row(annotated, key)])
        self._links_are_stale(held.id)

    def _forget(self, key: int, *, annotation: bool = False) -> None:
        """Take a document out of the tables that hold current ones only, and drop its annotation where told so."""
        for table in (*schema.FOUND, schema.annotated) if annotation else schema.FOUND:
            self._connection.execute(delete(table).where(table.c.document == key))
        self._connection.execute(text("DELETE FROM document_words WHERE rowid = :key"), {"key": key})

    def _retire(self, held: Held, by: int | None) -> None:
        self._forget(held.key)
        values = {"current": False, "superseded_by": by}
        self._connection.execute(update(schema.documents).where(schema.documents.c.key == held.key).values(values))
        self._links_are_stale(held.id)

    def _run_id(self) -> int:
        if self._run is None:
            values = {"version": self.rules.version, "rules": self.rules.annotate, "started": _now()}
            self._run = int(
                self._connection.execute(insert(schema.runs).returning(schema.runs.c.id), values).scalar_one()
            )
        return self._run

    def begin_file(self, path: str) -> None:
        """A file is about to be read: what was dropped of it before is forgotten."""
        self.ledger.met.clear()
        with self._errors() as connection:
            connection.execute(delete(schema.dropped).where(schema.dropped.c.source == storable(path)))

    def drop(self, dropped: Dropped, path: str) -> None:
        """Record that an input of a file was left out, and why."""
        values = {
            "path": storable(dropped.path),
            "source": storable(path),
            "reason": storable(dropped.reason),
            "at": _now(),
        }
        with self._errors() as connection:
            connection.execute(insert(schema.dropped), values)

    def finish_file(self, path: str, sha256: str) -> None:
        """A file was read to its end and nothing of it dropped: what it no longer has is superseded."""
        path = storable(path)
        with self._errors() as connection:
            for held in self.ledger.unmet(path):
                self.ledger.retire(held)
                self._retire(held, None)
            connection.execute(delete(schema.files).where(schema.files.c.path == path))
            values = {"path": path, "sha256": sha256, "rules": self.rules.annotate, "given": self.ledger.option}
            connection.execute(insert(schema.files), values)

    def visit(self, url: str) -> Visit | None:
        """What is known of an address."""
        return self.visits([url]).get(url)

    def visits(self, urls: Sequence[str]) -> dict[str, Visit]:
        """What is known of some addresses; those of which anything is."""
        with self._errors() as connection:
            return load_visits(connection, urls)

    def named_by(self, feed: str) -> list[str]:
        """Addresses that a feed has named and that were taken in."""
        with self._errors() as connection:
            return load_named_by(connection, feed)

    def forget_visits(self, feed: str, before: str) -> None:
        """Forget those reports of a feed that gave nothing and were last asked before a moment."""
        with self._errors() as connection:
            delete_visits(connection, feed, before)

    def visited(self, visit: Visit) -> None:
        """An address was asked just now."""
        with self._errors() as connection:
            replace_visit(connection, visit)

    def stored(self, id: str) -> Annotated:
        """A current document by its id."""
        with self._errors() as connection:
            return load_some(connection, [id])[id]

    def counts(self) -> dict[str, int]:
        """How much there is of everything."""
        with self._errors() as connection:
            return load_counts(connection)

    def links_are_stale(self) -> bool:
        """Have documents changed since the last linking, or has its program?"""
        with self._errors() as connection:
            return links_made_by(connection) != self.rules.link

    def _links_are_stale(self, *ids: str) -> None:
        """Note that documents have come, changed or gone, so that they will be linked."""
        if ids:
            insert_rows(self._connection, schema.due.name, [{"document": storable(id)} for id in ids], "IGNORE")
        if not self._told_stale:
            self._told_stale = True
            self._connection.execute(update(schema.meta).where(schema.meta.c.key == "links").values(value=""))

    def rule(self, ruling: Ruling) -> None:
        """Keep what somebody has decided, instead of what was decided before of the same two."""
        first, second = sorted((storable(ruling.first), storable(ruling.second)))
        table = schema.rulings
        with self._errors() as connection:
            same = (table.c.kind == ruling.kind) & (table.c.first == first) & (table.c.second == second)
            connection.execute(delete(table).where(same))
            values = {"kind": ruling.kind, "first": first, "second": second, "same": ruling.same, "at": _now()}
            connection.execute(insert(table), values)
            self._links_are_stale()

    def link(self, begin: Callable[[int], None]) -> None:
        """Bring the links up to date, all at once; `begin` is told how many documents are to be linked."""
        self.commit()
        with self._errors() as connection, ExitStack() as undo:
            undo.callback(connection.rollback)  # links and memory change together, or not at all
            update_links(connection, self.rules.link, begin)
            undo.pop_all()
        self._told_stale = False
        self.commit()

    def commit(self) -> None:
        """Make everything so far safe."""
        with self._errors() as connection:
            connection.commit()
        self._committed = time.monotonic()

    def commit_if_due(self) -> bool:
        """Commit where the last time lies half a second back; did it?"""
        due = time.monotonic() - self._committed >= _BATCH_SECONDS
        if due:
            self.commit()
        return due


def _document_row(annotated: Annotated, placement: Placement, held: Held) -> dict[str, Any]:
    return {
        "key": held.key, "id": storable(held.id), "base": storable(placement.base), "path": held.path,
        "sha256": held.sha256, "raw": storable(annotated.document.raw), "given": held.given, "added": _now(),
        "current": True, "superseded_by": None,
    }  # fmt: skip
