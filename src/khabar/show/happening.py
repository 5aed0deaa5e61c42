"""One event with its accounts side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from khabar.model import Annotated, Claim, Event, Happening, Value
from khabar.show.clean import clean, isolated, plain, shortened
from khabar.show.parts import SUPPORT_STYLES, chain, kind, sentence, table, where
from khabar.show.timeline import parties

_QUOTE = 400


def happening_view(happening: Happening, documents: Mapping[str, Annotated]) -> RenderableType:
    """What happened, what each source says of each part of it, and every account with its place in the text."""
    parts: list[RenderableType] = [_head(happening)]
    if happening.values:
        parts.append(_values(happening.values))
    parts.append(_accounts(happening, documents))
    return Group(*parts)


def _head(happening: Happening) -> RenderableType:
    what = f"{clean(happening.id)}  {kind(happening.type, happening.mode)} ({happening.status})"
    when = " · ".join(part for part in (happening.date or "undated", isolated(happening.place)) if part)
    support = Text(
        f"{happening.support}, independent roots: {happening.independent}", SUPPORT_STYLES[happening.support]
    )
    lines = [Text(what, "bold"), Text(parties(happening)), Text(when), support, plain(happening.reason)]
    if happening.roots:
        lines.append(Text("told in the end by: " + ", ".join(isolated(root) for root in happening.roots)))
    if happening.planned:
        lines.append(Text(f"announced before as: {clean(happening.planned)}"))
    return Group(*lines)


def _values(values: Sequence[Value]) -> Table:
    """Each value that anybody gives, with all who give it."""
    tellers: dict[tuple[str, float, str], list[str]] = {}
    for value in values:
        teller = f"{isolated(value.source)} [{clean(value.document)}]"
        tellers.setdefault((value.slot, value.low or 0, value.value), []).append(teller)
    made = table("part", "value", "who says so", title="Who says what")
    for slot, low, text in sorted(tellers):
        who = dict.fromkeys(tellers[slot, low, text])
        made.add_row(plain(slot), plain(text), Text("\n".join(who)))
    return made


def _accounts(happening: Happening, documents: Mapping[str, Annotated]) -> Table:
    made = table("told by", "words", title="Accounts")
    for mention in happening.mentions:
        annotated = documents[mention.document]
        for event in annotated.events:
            if event.id == mention.event:
                for cells in _account(annotated, event):
                    made.add_row(*cells)
    return made


def _account(annotated: Annotated, event: Event) -> Iterator[list[RenderableType]]:
    """A row for each claim that tells the event, or one for the outlet's own voice."""
    document = annotated.document
    told: list[Claim | None] = [claim for claim in annotated.claims if claim.id in event.claims]
    for claim in told or [None]:
        quote = claim.content if claim else sentence(annotated, event)
        teller = chain(document, claim)
        teller.append(f"\n{claim.stance if claim else 'own voice'}", "dim")
        if document.published:
            teller.append(f" {clean(document.published.value)}", "dim")
        id = f"{document.id}:{claim.id if claim else event.id}"
        teller.append(f"\n{clean(id)}\n{where(document, quote)}", "dim")
        yield [teller, plain(shortened(quote.text, _QUOTE))]
