"""All events of a record in order of time."""

from __future__ import annotations

from collections.abc import Mapping

from rich.table import Table
from rich.text import Text

from khabar.model import Happening, Links
from khabar.show.clean import clean, isolated, plain
from khabar.show.parts import SUPPORT_STYLES, kind, table


def timeline(outlets: Mapping[str, str], links: Links) -> Table:
    """One row an event: when, what, who, where, told by whom, supported by how many independent sources.

    Those without a date stand last.
    """
    made = table("when", "id", "what", "who and where", "told by")
    for happening in sorted(links.happenings, key=by_date):
        made.add_row(*_cells(happening, outlets))
    return made


def by_date(happening: Happening) -> tuple[bool, str]:
    """Sort key: earliest first, undated last."""
    return happening.date is None, happening.date or ""


def _cells(happening: Happening, outlets: Mapping[str, str]) -> list[Text]:
    status = "" if happening.status == "actual" else f" ({happening.status})"
    place = f", {isolated(happening.place)}" if happening.place else ""
    return [
        plain(happening.date or "undated"),
        Text(clean(happening.id)),
        plain(kind(happening.type, happening.mode) + status),
        Text(parties(happening) + place),
        Text(f"{happening.support} ({happening.independent}): ", SUPPORT_STYLES[happening.support])
        + Text(tellers(happening, outlets)),
    ]


def tellers(happening: Happening, outlets: Mapping[str, str]) -> str:
    """Outlets that tell an event."""
    names = (isolated(outlets.get(mention.document, mention.document)) for mention in happening.mentions)
    return ", ".join(dict.fromkeys(names))


def parties(happening: Happening) -> str:
    """Who does it → to or with whom."""
    sides = (happening.actors, happening.recipients)
    return " → ".join(", ".join(isolated(name) for name in side) or "?" for side in sides if side or side is sides[0])
