"""What somebody rules of two things of a record: that they are one, or that they are not.  It holds for ever."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from khabar.errors import KhabarError
from khabar.model import Links, Ruling
from khabar.record import Record
from khabar.record.rules import present_rules
from khabar.record.write import Writer

Kind = Literal["entity", "happening"]


def judge(record: Path, first: str, second: str, *, same: bool) -> Ruling:
    """Keep a ruling in a record, instead of an earlier one on the same two, and link anew what it touches.

    Args:
        record: The record's file.
        first: An entity by its id or a label of it, an event by its id, or as one report tells it (``DOCUMENT:EVENT``).
        second: Another of the same kind.
        same: Are they one?

    Returns:
        The ruling as it is kept.

    Raises:
        KhabarError: when one is not in the record, both are the same, or one is an entity and the other an event.
        RecordError: when the record cannot be used; RecordBusy while a build writes it.
    """
    with Record(record) as opened:
        links = opened.links()
        things = [_thing(opened, links, name) for name in (first, second)]
    (kind, one), (other_kind, other) = things
    if kind != other_kind:
        raise KhabarError(f"{first!r} and {second!r} are not of one kind: an event is no person, body or place")
    if one == other:
        raise KhabarError(f"{first!r} and {second!r} are the same thing already told by one name: nothing to rule")
    ruling = Ruling(kind, one, other, same)
    with Writer(record, present_rules()) as writer:
        writer.rule(ruling)
        writer.link(lambda _: None)
    return ruling


def _thing(record: Record, links: Links, name: str) -> tuple[Kind, str]:
    """Kind of a thing, and how a ruling tells it: the label that single documents give, or a report's event."""
    for entity in links.entities:
        if name in entity.labels:
            return "entity", name
        if name in (entity.id, entity.label):
            return "entity", entity.labels[0]
    for happening in links.happenings:
        if name == happening.id:
            return "happening", f"{happening.mentions[0].document}#{happening.mentions[0].event}"
    document, _, part = name.rpartition(":")
    for annotated in record.documents([document]):
        if part in {event.id for event in annotated.events}:
            return "happening", f"{document}#{part}"
    raise KhabarError(f"nothing in {record.path} has the id or label {name!r}; `khabar search` and `show` tell ids")
