"""One row for every account of an event: who tells it, how, and where exactly it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from khabar.export.annotation import raw_offsets
from khabar.model import Annotated, Claim, Event, Happening, Links, Role, Span
from khabar.text import tokenize

COLUMNS = (
    "happening", "type", "mode", "status", "support", "date", "place", "actors", "recipients", "outlet", "published",
    "source", "via", "stance", "quote", "document", "event", "claim", "start", "end", "raw_start", "raw_end",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int


def harmless(cell: Cell | None) -> Cell:
    """A cell that no spreadsheet takes for a formula: OWASP's rule, an apostrophe before what would begin one.

    >>> harmless("=HYPERLINK(1)"), harmless("القاهرة"), harmless(-3), harmless(None)
    ("'=HYPERLINK(1)", 'القاهرة', -3, '')
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(" \u00a0\u200e\u200f\u202a-\u202e\ufeff").startswith(_FORMULA):
        return "'" + cell
    return cell


def rows(documents: Sequence[Annotated], links: Links) -> Iterator[dict[str, Cell | None]]:
    """The accounts of all happenings, in order of the happenings."""
    by_id = {annotated.document.id: annotated for annotated in documents}
    for happening in links.happenings:
        for mention in happening.mentions:
            annotated = by_id[mention.document]
            event = next(event for event in annotated.events if event.id == mention.event)
            yield from _accounts(happening, annotated, event)


def _accounts(happening: Happening, annotated: Annotated, event: Event) -> Iterator[dict[str, Cell | None]]:
    claims: Mapping[str, Claim] = {claim.id: claim for claim in annotated.claims}
    told: list[Claim | None] = [claims[id] for id in event.claims if id in claims]
    for claim in told or [None]:
        quote = claim.content if claim else _sentence(annotated, event)
        yield {
            **_event_cells(happening, event),
            **_source_cells(annotated, claim),
            **_place_cells(annotated, event, claim, quote),
        }


def _event_cells(happening: Happening, event: Event) -> dict[str, Cell | None]:
    return {
        "happening": happening.id, "type": event.type, "mode": event.mode, "status": event.status,
        "support": happening.support, "date": event.date, "place": event.place, "actors": _labels(event.actors),
        "recipients": _labels(event.recipients),
    }  # fmt: skip


def _labels(roles: Sequence[Role]) -> str:
    return "; ".join(role.entity for role in roles)


def _source_cells(annotated: Annotated, claim: Claim | None) -> dict[str, Cell | None]:
    document = annotated.document
    cells: dict[str, Cell | None] = {
        "outlet": document.outlet, "published": document.published.value if document.published else None,
    }  # fmt: skip
    if claim is None:
        return {**cells, "source": None, "via": None, "stance": None}
    source = claim.source_entity or (claim.source.text if claim.source else None)
    return {**cells, "source": source, "via": "; ".join(via.text for via in claim.via), "stance": claim.stance}


def _place_cells(annotated: Annotated, event: Event, claim: Claim | None, quote: Span) -> dict[str, Cell | None]:
    raw_start, raw_end = raw_offsets(annotated.document, quote)
    return {
        "quote": quote.text, "document": annotated.document.id, "event": event.id, "claim": claim.id if claim else None,
        "start": quote.start, "end": quote.end, "raw_start": raw_start, "raw_end": raw_end,
    }  # fmt: skip


def _sentence(annotated: Annotated, event: Event) -> Span:
    """The sentence in which the outlet itself tells an event."""
    text = tokenize(annotated.document.text)
    sentence = text.sentences[text.sentence_at(event.triggers[0].start)]
    return text.span(sentence.start, sentence.end)


def csv_text(documents: Sequence[Annotated], links: Links, *, bom: bool = False) -> Iterator[str]:
    """The table as CSV (RFC 4180), line by line; with `bom`, spreadsheets see at once that it is UTF-8."""
    yield "\ufeff" * bom + _line(COLUMNS)
    for row in rows(documents, links):
        yield _line([harmless(row[column]) for column in COLUMNS])


def _line(cells: Sequence[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
