"""A record, opened for reading."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType

from khabar.errors import RecordError
from khabar.model import Annotated, Dropped, Links, Mention
from khabar.record.connect import named_errors, open_for_reading
from khabar.record.load import (
    links_made_by,
    load_arrivals,
    load_counts,
    load_documents,
    load_dropped,
    load_links,
    load_outlets,
    load_rulings,
    load_some,
    load_words,
)  # fmt: skip
from khabar.record.search import Found, search


class Record:
    """What is stored in one file, as it was when it was opened, even while a build goes on writing it.

    Raises:
        RecordError: when there is no record at `path`, or it cannot be read.
        RecordTooNew: when a later version of Khabar wrote it.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from khabar.build import build
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "visit.txt").write_text("وصل الوزير أمس إلى القاهرة للقاء نظيره المصري.", "utf-8")
    ...     _ = build([Path(folder)], Path(folder) / "khabar.db")
    ...     with Record(Path(folder) / "khabar.db") as record:
    ...         [hit.document for hit in record.search("بالقاهره").hits]
    ['visit']
    >>> Record("absent.db")
    Traceback (most recent call last):
    khabar.errors.RecordError: absent.db: there is no record here; make one with: khabar build FOLDER --record absent.db
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._connection = open_for_reading(self.path)

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def documents(self, ids: Sequence[str] | None = None) -> tuple[Annotated, ...]:
        """All documents, or some, with what was found in them; one thing has one label in all of them."""
        from khabar.link import relabel

        if ids is None:
            return relabel(self._single(), self.links())
        with named_errors(self.path):
            found = load_some(self._connection, ids)
        return relabel([found[id] for id in ids if id in found], self.links())

    def document(self, id: str) -> Annotated:
        """One document by its id.

        Raises:
            RecordError: when there is none; the text names ids like it.
        """
        for found in self.documents([id]):
            return found
        raise RecordError(f"{self.path}: no document {id!r}{self._near(id)}")

    def _near(self, id: str) -> str:
        near = difflib.get_close_matches(id, self.ids(), 3)
        return f"; did you mean {', '.join(near)}?" if near else ""

    def ids(self) -> list[str]:
        """Ids of all documents."""
        return list(self.outlets())

    def outlets(self) -> dict[str, str]:
        """For each document its outlet, or its own id where that is unknown."""
        with named_errors(self.path):
            return load_outlets(self._connection)

    def arrivals(self) -> dict[str, str]:
        """For each document when it came into the record, in UTC (ISO 8601)."""
        with named_errors(self.path):
            return load_arrivals(self._connection)

    def words(self) -> dict[Mention, str]:
        """For each event of each document the words that name it best."""
        with named_errors(self.path):
            return load_words(self._connection)

    def links(self) -> Links:
        """What linking found over all documents."""
        return self._links

    @cached_property
    def _links(self) -> Links:
        """Stored links; made anew where a build has added documents and has not linked them (yet)."""
        from khabar.link import link

        with named_errors(self.path):
            if links_made_by(self._connection):
                return load_links(self._connection)
            rulings = load_rulings(self._connection)
        return link(self._single(), rulings)

    def _single(self) -> tuple[Annotated, ...]:
        with named_errors(self.path):
            return tuple(load_documents(self._connection))

    def search(self, words: str, limit: int = 20) -> Found:
        """Documents that have all of some words under any spelling, and entities so named.

        Raises:
            KhabarError: when `words` has no word in it.
        """
        with named_errors(self.path):
            return search(self._connection, words, limit)

    def dropped(self) -> tuple[Dropped, ...]:
        """Inputs that could not become documents, and why."""
        with named_errors(self.path):
            return load_dropped(self._connection)

    def counts(self) -> dict[str, int]:
        """How many documents, happenings, claims, people, bodies, places, ... there are."""
        with named_errors(self.path):
            return load_counts(self._connection)
