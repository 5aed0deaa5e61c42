"""What several views share: source chains, places in the text, listings of one look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from khabar.export.annotation import raw_offsets
from khabar.model import Claim, Document, Role, Span
from khabar.show.clean import END, ISOLATE, isolated, plain

SUPPORT_STYLES = {"corroborated": "green", "single-source": "yellow", "disputed": "magenta", "denied": "red"}
_GAP, _EDGES = 3, 2
"""Columns of the terminal between two columns of a table, and at its two sides."""
_ARROW = " ← "


class Listing:
    """Rows of named cells: a table, or row under row where the terminal is so narrow that words would be broken.

    Columns without anything in them are left out.
    """

    def __init__(self, *columns: str, title: str | None = None) -> None:
        self._columns = columns
        self._title = Text(title, "bold") if title else None
        self._rows: list[tuple[Text, ...]] = []

    def add_row(self, *cells: Text) -> None:
        """One cell a column."""
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._title:
            yield self._title
        filled = self._filled()
        widths = self._widths(filled, options.max_width)
        yield Group(*self._stacked()) if widths is None else self._table(console, filled, widths)

    def _filled(self) -> list[int]:
        """The columns that have something in them; all where there are no rows."""
        return [at for at in range(len(self._columns)) if not self._rows or any(row[at].plain for row in self._rows)]

    def _widths(self, filled: Sequence[int], room: int) -> list[int] | None:
        """A width a column, in which no word is broken; None where there is no room for that."""
        columns = [[self._columns[at], *(row[at].plain for row in self._rows)] for at in filled]
        words = [max(cell_len(word) for cell in cells for word in cell.split() or [""]) for cells in columns]
        lines = [max(cell_len(line) for cell in cells for line in cell.split("\n")) for cells in columns]
        spare = room - _EDGES - _GAP * (len(columns) - 1) - sum(words)
        share = min(1.0, spare / max(1, sum(lines) - sum(words)))
        if spare < 0:
            return None
        return [word + int(share * (line - word)) for word, line in zip(words, lines, strict=True)]

    def _table(self, console: Console, filled: Sequence[int], widths: Sequence[int]) -> Table:
        made = Table(pad_edge=False, box=SIMPLE_HEAD)
        for at, width in zip(filled, widths, strict=True):
            made.add_column(self._columns[at], width=width, overflow="fold")
        for row in self._rows:
            made.add_row(*(balanced(console, row[at], width) for at, width in zip(filled, widths, strict=True)))
        return made

    def _stacked(self) -> Iterator[RenderableType]:
        for row in self._rows:
            yield Text()
            yield _grid((name, cell) for name, cell in zip(self._columns, row, strict=True) if cell.plain)


def balanced(console: Console, cell: Text, width: int) -> Text:
    """A cell broken into lines, in each of which every isolate that is opened is closed.

    An isolate that goes on in the next line would take the columns to the right of its line along.
    """
    made, deep = [], 0
    for line in cell.wrap(console, width, overflow="fold"):
        line.rstrip()
        before, deep = deep, deep + line.plain.count(ISOLATE) - line.plain.count(END)
        made.append(Text.assemble(ISOLATE * before, line, END * deep))
    return Text("\n").join(made)


def facts(*rows: tuple[str, str | None]) -> Table:
    """Names and values, without those that have no value."""
    return _grid((name, plain(value)) for name, value in rows if value)


def _grid(rows: Iterable[tuple[str, Text]]) -> Table:
    made = Table.grid(padding=(0, 2))
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in rows:
        made.add_row(name, value)
    return made


def chain(document: Document, claim: Claim | None) -> Text:
    """Who tells it, from the reader inwards: outlet ← relayed by ← source."""
    if claim is None:
        return plain(document.publisher)
    inner = claim.source.text if claim.source else "unnamed"
    label = f" ({isolated(claim.source_entity)})" if claim.source_entity else ""
    steps = [document.publisher, *(via.text for via in claim.via), inner]
    return Text(_ARROW.join(isolated(step) for step in steps) + label)


def where(document: Document, span: Span) -> str:
    """The place of a span in the clean text and in the raw one."""
    raw_start, raw_end = raw_offsets(document, span)
    return f"text {span.start}-{span.end}, raw {raw_start}-{raw_end}"


def labels(roles: tuple[Role, ...]) -> str:
    """Who fills a role."""
    return ", ".join(isolated(role.entity) for role in roles)


def kind(type: str, mode: str | None) -> str:
    """An event's type and mode in one."""
    return f"{type}/{mode}" if mode else type
