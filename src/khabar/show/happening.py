"""One event with its accounts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from khabar.export.accounts import Account, accounts
from khabar.export.labels import slot_label
from khabar.model import Annotated, Happening, Value
from khabar.show.clean import clean, isolated, plain, shortened
from khabar.show.parts import SUPPORT_STYLES, Listing, chain, kind, where
from khabar.show.timeline import parties, when

_QUOTE = 400
_SLOTS = ("happened", "date", "place", "actor", "recipient", "target")


def happening_view(happening: Happening, documents: Mapping[str, Annotated]) -> RenderableType:
    """What happened, what each source says of each part of it, and every account with its place in the text."""
    parts: list[RenderableType] = [_head(happening)]
    if happening.values:
        parts.append(_values(happening.values))
    parts.append(_accounts(happening, documents))
    return Group(*parts)


def _head(happening: Happening) -> RenderableType:
    what = f"{clean(happening.id)}  {kind(happening.type, happening.mode)} ({happening.status})"
    date_and_place = " · ".join(part for part in (when(happening), isolated(happening.place)) if part)
    support = Text(
        f"{happening.support}, independent roots: {happening.independent}", SUPPORT_STYLES[happening.support]
    )
    lines = [Text(what, "bold"), Text(parties(happening)), Text(date_and_place), support, plain(happening.reason)]
    if happening.roots:
        lines.append(Text("told in the end by: " + ", ".join(isolated(root) for root in happening.roots)))
    if happening.planned:
        lines.append(Text(f"announced before as: {clean(happening.planned)}"))
    return Group(*lines)


def _values(values: Sequence[Value]) -> Listing:
    """Each value that anybody gives, with all who give it and in which document, where several tell it."""
    several = len({value.document for value in values}) > 1
    tellers: dict[tuple[str, float, str], list[str]] = {}
    for value in values:
        teller = f"{isolated(value.source)} [{clean(value.document)}]" if several else isolated(value.source)
        tellers.setdefault((value.slot, value.low or 0, value.value), []).append(teller)
    made = Listing("part", "value", "who says so", title="Who says what")
    for slot, low, text in sorted(tellers, key=_place_of):
        who = dict.fromkeys(tellers[slot, low, text])
        made.add_row(plain(slot_label(slot)[1]), plain(text), Text("\n".join(who)))
    return made


def _place_of(told: tuple[str, float, str]) -> tuple[int, str, float, str]:
    """Parts of the event first, figures after them."""
    slot, low, text = told
    return _SLOTS.index(slot) if slot in _SLOTS else len(_SLOTS), slot, low, text


def _accounts(happening: Happening, documents: Mapping[str, Annotated]) -> Listing:
    made = Listing("told by", "words", title="Accounts")
    for account in accounts(happening, documents):
        made.add_row(_teller(account), plain(shortened(account.quote.text, _QUOTE)))
    return made


def _teller(account: Account) -> Text:
    """Who tells it, how, when, and where that stands."""
    document, claim = account.document, account.claim
    teller = chain(document, claim)
    teller.append(f"\n{claim.stance if claim else 'own voice'}", "dim")
    if document.published:
        teller.append(f" {clean(document.published.value)}", "dim")
    id = f"{document.id}:{claim.id if claim else account.event.id}"
    return teller.append(f"\n{clean(id)}\n{where(document, account.quote)}", "dim")
