"""What was fetched, as the readers take it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from khabar.errors import InputError
from khabar.model import Document, Dropped
from khabar.net.fetch import Answer
from khabar.readers.kinds import documents_of
from khabar.readers.known import Known
from khabar.readers.source import Source


def source_of_answer(answer: Answer, known: Known | None = None) -> Source:
    """An answer; `known` is what a feed tells of it."""
    url = str(answer.address)
    return Source(
        url,
        url,
        answer.address.stem,
        lambda: io.BytesIO(answer.data),
        media_type=answer.media_type,
        charset=answer.charset,
        known=replace(known or Known(), url=str(answer.final), crawled=answer.fetched),
    )


def documents(source: Source) -> Iterator[Document | Dropped]:
    """The documents of a source, and a `Dropped` for each part, or the whole, that cannot become one."""
    try:
        for found in documents_of(source):
            yield Dropped(found.path, found.reason) if isinstance(found, InputError) else found
    except InputError as error:
        yield Dropped(error.path, error.reason)
