"""Links made by hand put into a record, as linking would put its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update

from khabar.link.delta import COPY_KEY, Change, Delta
from khabar.model import Links
from khabar.record import schema
from khabar.record.linking import change_links
from khabar.record.write import Writer


def keep(writer: Writer, links: Links) -> None:
    """Store links as those of all documents."""
    delta = Delta(
        Change(come={entity.label: (entity.label, entity) for entity in links.entities}),
        Change(come={happening.id: (happening.id, happening) for happening in links.happenings}),
        Change(come={story.id: (story.id, story) for story in links.stories}),
        Change(come={f"{copy.first}{COPY_KEY}{copy.second}": (copy.first, copy) for copy in links.copies}),
        Change(come={document: (document, (document, roots)) for document, roots in links.roots}),
    )
    writer.commit()
    with writer._errors() as connection:
        change_links(connection, delta)
        values = {"value": writer.rules.link}
        connection.execute(update(schema.meta).where(schema.meta.c.key == "links").values(values))
    writer.commit()


@pytest.fixture(scope="session")
def keep_links() -> Callable[[Writer, Links], None]:
    """`keep`."""
    return keep
