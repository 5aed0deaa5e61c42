"""Listings on terminals of every width, and who tells an event."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from khabar.model import Links, Mention
from khabar.show.clean import END, ISOLATE, plain
from khabar.show.parts import Listing
from khabar.show.timeline import tellers, when


def printed(listing: Listing, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(listing)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


@pytest.fixture
def listing() -> Listing:
    made = Listing("id", "what", "told by", title="Events")
    made.add_row(Text("01-a-long-report"), Text("ASSAULT/heavy-weapons"), Text("a paper, an agency and a channel"))
    made.add_row(Text("02"), Text(""), Text("جريدة المرفأ"))
    return made


@pytest.mark.parametrize("width", [30, 45, 60, 80, 140])
def test_no_word_is_broken_and_no_line_is_too_long(listing: Listing, width: int) -> None:
    out = printed(listing, width)
    for word in ("01-a-long-report", "ASSAULT/heavy-weapons", "agency", "channel", "المرفأ"):
        assert word in out
    assert max(map(cell_len, out.splitlines())) <= width


def test_a_table_where_there_is_room_else_rows_without_their_empty_cells(listing: Listing) -> None:
    assert "─" in printed(listing, 80)
    narrow = printed(listing, 40)
    assert "─" not in narrow
    assert (narrow.count("told by"), narrow.count("what")) == (2, 1)


def test_columns_without_anything_in_them_are_left_out() -> None:
    made = Listing("outlet", "document")
    made.add_row(Text(""), Text("a"))
    made.add_row(Text(""), Text("b"))
    assert printed(made, 40).split()[0] == "document"


@pytest.mark.parametrize("width", [24, 30, 41])
def test_an_isolate_ends_in_the_line_in_which_it_began(width: int) -> None:
    made = Listing("value", "who")
    made.add_row(plain("باخرة محملة بالقمح والشعير وبعض المستلزمات الطبية"), Text("a spokesman"))
    lines = printed(made, width).splitlines()
    assert [line for line in lines if line.count(ISOLATE) != line.count(END)] == []
    assert max(map(cell_len, lines)) <= width


def test_an_empty_listing_shows_its_columns() -> None:
    assert printed(Listing("id", "what"), 40).split()[:2] == ["id", "what"]


def test_of_many_tellers_the_first_are_named(links: Callable[..., Links]) -> None:
    (happening,) = links("d0").happenings
    many = replace(happening, mentions=tuple(Mention(f"d{at}", "e1") for at in range(11)))
    assert tellers(many, {}) == "d0, d1, d2, d3, d4, d5, d6, d7, and 3 more"
    assert tellers(happening, {"d0": "المرصد"}) == "\u2068المرصد\u2069"


def test_when(links: Callable[..., Links]) -> None:
    (happening,) = links("d0").happenings
    assert [when(replace(happening, date=date)) for date in ("2023-08", "2023-08-29/2023-08-31", None)] == [
        "2023-08",
        "2023-08-29 – 2023-08-31",
        "undated",
    ]
