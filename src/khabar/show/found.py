"""What a search found."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from khabar.record import Found, Hit
from khabar.show.clean import clean, isolated, plain
from khabar.show.entity import TYPES
from khabar.show.parts import Listing


def found_view(found: Found) -> RenderableType:
    """Entities so named, and documents with the words marked."""
    parts: list[RenderableType] = []
    if found.entities:
        made = Listing("label", "what", "id", "documents", "spellings", title="People, bodies and places")
        for entity in found.entities:
            forms = ", ".join(isolated(form) for form in entity.forms)
            count = str(len(entity.documents))
            made.add_row(
                plain(entity.label), Text(TYPES[entity.type]), Text(clean(entity.id)), Text(count), Text(forms)
            )
        parts.append(made)
    if found.hits:
        more = f" of {found.total}" if found.total > len(found.hits) else ""
        made = Listing("outlet", "published", "document", "words", title=f"Documents: {len(found.hits)}{more}")
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
