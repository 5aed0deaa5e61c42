"""What a search found, and what a build did."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from khabar.build import Summary
from khabar.model import Dropped
from khabar.record import Found, Hit
from khabar.show.clean import clean, isolated, plain
from khabar.show.entity import TYPES
from khabar.show.parts import table

_MOST = 20
"""Dropped inputs of one reason that are named one by one in a terminal; the record holds them all."""


def found_view(found: Found) -> RenderableType:
    """Entities so named, and documents with the words marked."""
    parts: list[RenderableType] = []
    if found.entities:
        made = table("label", "what", "id", "documents", "spellings", title="People, bodies and places")
        for entity in found.entities:
            forms = ", ".join(isolated(form) for form in entity.forms)
            count = str(len(entity.documents))
            made.add_row(
                plain(entity.label), Text(TYPES[entity.type]), Text(clean(entity.id)), Text(count), Text(forms)
            )
        parts.append(made)
    if found.hits:
        more = f" of {found.total}" if found.total > len(found.hits) else ""
        made = table("outlet", "published", "document", "words", title=f"Documents: {len(found.hits)}{more}")
        for hit in found.hits:
            made.add_row(plain(hit.outlet), plain(hit.published), Text(clean(hit.document)), _words(hit))
        parts.append(made)
    return Group(*parts) if parts else Text("nothing found")


def _words(hit: Hit) -> Text:
    made = Text("\u2068")
    for piece in hit.snippet:
        made.append(_spaced(piece.text), "bold reverse" if piece.hit else "")
    return made.append("\u2069")


def _spaced(text: str) -> str:
    """`clean`, with the white space that parts it from its neighbours."""
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return before + clean(text) + after if text.strip() else " "


def summary_view(summary: Summary) -> RenderableType:
    """The table that a build ends with, and what was left out and why."""
    made = Table.grid(padding=(0, 2))
    made.add_column()
    made.add_column(justify="right")
    rows = {"read": summary.read, "read again (changed)": summary.changed, "unchanged": summary.unchanged}
    rows["dropped"] = len(summary.dropped)
    for name, number in {**rows, "in the record": summary.counts["documents"]}.items():
        made.add_row(Text(name), Text(f"{number:,}"))
    for name in ("happenings", "claims", "people", "bodies", "places"):
        made.add_row(Text("events" if name == "happenings" else name), Text(f"{summary.counts[name]:,}"))
    return Group(made, dropped_view(summary.dropped)) if summary.dropped else made


def dropped_view(dropped: Sequence[Dropped]) -> RenderableType:
    """Inputs that were left out, each with its reason."""
    made = table("dropped", "reason")
    for item in dropped[:_MOST]:
        made.add_row(plain(item.path), plain(item.reason))
    if len(dropped) > _MOST:
        made.add_row(Text("…"), Text(f"and {len(dropped) - _MOST} more; the record's table 'dropped' has them all"))
    return made
