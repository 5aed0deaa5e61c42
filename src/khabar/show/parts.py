"""What several views share: source chains, quotes with their places, tables of one look."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from khabar.export.annotation import raw_offsets
from khabar.model import Annotated, Claim, Document, Event, Role, Span
from khabar.show.clean import isolated, plain
from khabar.text import tokenize

SUPPORT_STYLES = {"corroborated": "green", "single-source": "yellow", "disputed": "magenta", "denied": "red"}
_ONE_LINE = frozenset({"id", "when", "published", "document", "status", "stance", "support"})
_ARROW = " ← "


def table(*columns: str, title: str | None = None) -> Table:
    """An empty table; ids, dates and outlets keep to one line where there is room, the last column takes the rest."""
    heading = Text(title) if title else None
    made = Table(title=heading, title_justify="left", title_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for number, column in enumerate(columns, 1):
        last = number == len(columns)
        made.add_column(column, overflow="fold", ratio=1 if last else None, no_wrap=column in _ONE_LINE and not last)
    return made


def facts(*rows: tuple[str, str | None]) -> Table:
    """Names and values, without those that have no value."""
    made = Table.grid(padding=(0, 2))
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in rows:
        if value:
            made.add_row(name, plain(value))
    return made


def outlet(document: Document) -> str:
    """Who published it, else the document's id."""
    return document.outlet or document.id


def chain(document: Document, claim: Claim | None) -> Text:
    """Who tells it, from the reader inwards: outlet ← relayed by ← source."""
    if claim is None:
        return plain(outlet(document))
    inner = claim.source.text if claim.source else "unnamed"
    label = f" ({isolated(claim.source_entity)})" if claim.source_entity else ""
    steps = [outlet(document), *(via.text for via in claim.via), inner]
    return Text(_ARROW.join(isolated(step) for step in steps) + label)


def where(document: Document, span: Span) -> str:
    """The place of a span in the clean text and in the raw one."""
    raw_start, raw_end = raw_offsets(document, span)
    return f"text {span.start}-{span.end}, raw {raw_start}-{raw_end}"


def labels(roles: tuple[Role, ...]) -> str:
    """Who fills a role."""
    return ", ".join(isolated(role.entity) for role in roles)


def sentence(annotated: Annotated, event: Event) -> Span:
    """The sentence with the fullest trigger of an event."""
    text = tokenize(annotated.document.text)
    found = text.sentences[text.sentence_at(event.triggers[0].start)]
    return text.span(found.start, found.end)


def kind(type: str, mode: str | None) -> str:
    """An event's type and mode in one."""
    return f"{type}/{mode}" if mode else type
