"""What a record knows of addresses: when they were asked, what they gave, and when they may be asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, insert, select

from khabar.record import schema
from khabar.record.tables import storable

_MOST_VALUES = 500
"""In one query; databases limit how many it may have."""
State = Literal["read", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Visit:
    """The last time that an address was asked.  Addresses stand here without names and passwords."""

    url: str
    state: State
    """``read``: its bytes were taken in; ``refused``: to ask again is no use; ``failed``: it may be of use."""
    asked: str
    """When, in UTC (ISO 8601)."""
    feed: str | None = None
    """The feed or sitemap that named it; None where the user did."""
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    """Of the bytes that were taken in last."""
    due: str | None = None
    """Not to be asked before, in UTC; None where it may be at any time."""
    failures: int = 0
    """In a row."""


def load_visits(connection: Connection, urls: Sequence[str]) -> dict[str, Visit]:
    """What is known of some addresses; those of which anything is."""
    table, found = schema.addresses, {}
    for first in range(0, len(urls), _MOST_VALUES):
        asked = {storable(url): url for url in urls[first : first + _MOST_VALUES]}
        for row in connection.execute(select(table).where(table.c.url.in_(asked))):
            found[asked[row.url]] = Visit(**row._mapping)
    return found


def replace_visit(connection: Connection, visit: Visit) -> None:
    """Put a visit in the place of the last one to the same address."""
    values = {name: storable(value) if isinstance(value, str) else value for name, value in asdict(visit).items()}
    connection.execute(delete(schema.addresses).where(schema.addresses.c.url == values["url"]))
    connection.execute(insert(schema.addresses), values)


def load_named_by(connection: Connection, feed: str) -> list[str]:
    """Addresses that a feed has named and that were taken in."""
    table = schema.addresses
    query = select(table.c.url).where(table.c.feed == storable(feed), table.c.state == "read")
    return list(connection.scalars(query))


def delete_visits(connection: Connection, feed: str, before: str) -> None:
    """Forget, with the reasons, those reports of a feed that gave nothing when they were asked last, long ago."""
    table = schema.addresses
    old = (table.c.feed == storable(feed)) & (table.c.state != "read") & (table.c.asked < before)
    urls = list(connection.scalars(select(table.c.url).where(old)))
    if urls:
        connection.execute(delete(table).where(old))
        gone = [{"gone": url} for url in urls]
        connection.execute(delete(schema.dropped).where(schema.dropped.c.source == bindparam("gone")), gone)
