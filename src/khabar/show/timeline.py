"""All events of a record in order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from khabar.model import Happening, Mention
from khabar.record import Record
from khabar.show.clean import clean, isolated
from khabar.show.parts import SUPPORT_STYLES, Listing, kind

_CONTESTED = ("disputed", "denied")
_MOST_TELLERS = 8


def timeline(
    record: Record, *, undated: bool = False, disputed: bool = False, since: str | None = None
) -> RenderableType:
    """One row an event: when, what, who, where, told by whom, supported by how many independent sources.

    Those without a date are only counted, or stand last where `undated` asks for them.  With `disputed` only those
    that are disputed or denied stand there, and why; with `since` those of reports that came on that day or later.
    """
    chosen = _since(record.links().happenings, record.arrivals(), since)
    happenings = sorted((one for one in chosen if one.support in _CONTESTED or not disputed), key=by_date)
    shown = [happening for happening in happenings if undated or happening.date]
    if not happenings:
        return Text("no such events")
    outlets, words = record.outlets(), record.words()
    made = Listing("when and id", "what", "who and where", "told by")
    for happening in shown:
        made.add_row(*_cells(happening, outlets, words))
    left = len(happenings) - len(shown)
    return Group(made, Text(f"and {left} without a date: --undated shows them", "dim")) if left else made


def _since(happenings: Sequence[Happening], arrived: Mapping[str, str], since: str | None) -> list[Happening]:
    """Events that a report tells which came on a day or later."""
    if since is None:
        return list(happenings)
    return [one for one in happenings if any(arrived.get(mention.document, "") >= since for mention in one.mentions)]


def by_date(happening: Happening) -> tuple[bool, str, str, int, str]:
    """Sort key: earliest first, undated last; of one date, and undated, in the order in which a report tells them."""
    told = happening.mentions[0]
    return happening.date is None, happening.date or "", told.document, len(told.event), told.event


def when(happening: Happening) -> str:
    """The date of an event, an interval with room for a line break."""
    return clean(happening.date or "undated").replace("/", " – ")


def _cells(happening: Happening, outlets: Mapping[str, str], words: Mapping[Mention, str]) -> list[Text]:
    status = "" if happening.status == "actual" else f" ({happening.status})"
    place = f"in {isolated(happening.place)}" if happening.place else ""
    named = next((isolated(words[mention]) for mention in happening.mentions if mention in words), "")
    support = Text(f"{happening.support} ({happening.independent}): ", SUPPORT_STYLES[happening.support])
    told = support + Text(tellers(happening, outlets))
    if happening.support in _CONTESTED:
        told += Text(f"\n{isolated(happening.reason)}")
    return [
        Text(f"{when(happening)}\n{clean(happening.id)}"),
        Text(f"{kind(happening.type, happening.mode)}{status}\n{named}".strip()),
        Text("\n".join(part for part in (parties(happening), place) if part)),
        told,
    ]


def tellers(happening: Happening, outlets: Mapping[str, str]) -> str:
    """Outlets that tell an event; where they are many, the first of them and how many more."""
    names = list(dict.fromkeys(outlets.get(mention.document, mention.document) for mention in happening.mentions))
    more = [f"and {len(names) - _MOST_TELLERS} more"] if len(names) > _MOST_TELLERS else []
    return ", ".join([*map(isolated, names[:_MOST_TELLERS]), *more])


def parties(happening: Happening) -> str:
    """Who does it → to or with whom; empty where neither is known."""
    actors, recipients = _names(happening.actors), _names(happening.recipients)
    return f"{actors or '?'} → {recipients}" if recipients else actors


def _names(labels: Sequence[str]) -> str:
    return ", ".join(isolated(label) for label in labels)
