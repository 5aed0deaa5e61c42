"""One row for every account of an event: who tells it, how, and where exactly it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from khabar.export.accounts import Account, accounts
from khabar.export.annotation import raw_offsets
from khabar.model import Annotated, Event, Happening, Links, Role

COLUMNS = (
    "happening", "type", "mode", "status", "support", "date", "place", "actors", "recipients", "outlet", "published",
    "source", "via", "stance", "quote", "document", "event", "claim", "start", "end", "raw_start", "raw_end",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSEEN = " \u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""What a spreadsheet may pass over before a formula."""

Cell = str | int


def harmless(cell: Cell | None) -> Cell:
    """A cell that no spreadsheet takes for a formula: OWASP's rule, an apostrophe before what would begin one.

    >>> harmless("=HYPERLINK(1)"), harmless("-2+3"), harmless("القاهرة"), harmless(-3), harmless(None)
    ("'=HYPERLINK(1)", "'-2+3", 'القاهرة', -3, '')
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(_UNSEEN).startswith(_FORMULA):
        return "'" + cell
    return cell


def rows(documents: Sequence[Annotated], links: Links) -> Iterator[dict[str, Cell | None]]:
    """The accounts of all happenings, in order of the happenings."""
    by_id = {annotated.document.id: annotated for annotated in documents}
    for happening in links.happenings:
        for account in accounts(happening, by_id):
            yield {**_event_cells(happening, account.event), **_source_cells(account), **_place_cells(account)}


def _event_cells(happening: Happening, event: Event) -> dict[str, Cell | None]:
    return {
        "happening": happening.id, "type": event.type, "mode": event.mode, "status": event.status,
        "support": happening.support, "date": event.firm_date, "place": event.place, "actors": _labels(event.actors),
        "recipients": _labels(event.recipients),
    }  # fmt: skip


def _labels(roles: Sequence[Role]) -> str:
    return "; ".join(role.entity for role in roles)


def _source_cells(account: Account) -> dict[str, Cell | None]:
    document, claim = account.document, account.claim
    cells: dict[str, Cell | None] = {
        "outlet": document.outlet, "published": document.published.value if document.published else None,
    }  # fmt: skip
    if claim is None:
        return {**cells, "source": None, "via": None, "stance": None}
    source = claim.source_entity or (claim.source.text if claim.source else None)
    return {**cells, "source": source, "via": "; ".join(via.text for via in claim.via), "stance": claim.stance}


def _place_cells(account: Account) -> dict[str, Cell | None]:
    quote = account.quote
    raw_start, raw_end = raw_offsets(account.document, quote)
    return {
        "quote": quote.text, "document": account.document.id, "event": account.event.id,
        "claim": account.claim.id if account.claim else None, "start": quote.start, "end": quote.end,
        "raw_start": raw_start, "raw_end": raw_end,
    }  # fmt: skip


def csv_text(documents: Sequence[Annotated], links: Links, *, bom: bool = False) -> Iterator[str]:
    """The table as CSV (RFC 4180), line by line; with `bom`, spreadsheets see at once that it is UTF-8."""
    yield "\ufeff" * bom + _line(COLUMNS)
    for row in rows(documents, links):
        yield _line([harmless(row[column]) for column in COLUMNS])


def _line(cells: Sequence[Cell]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
