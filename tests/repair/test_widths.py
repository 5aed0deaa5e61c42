"""How wide the lines of a text are, as evidence for where a line began."""

from __future__ import annotations

from khabar.repair.widths import Widths

LENGTHS = [90, 88, 91, 89, 92, 87, 92, 90, 40]
WORDS = [2, 3, 4, 4, 5, 5, 6, 7, 8]


def test_a_word_that_had_room_above_is_no_first_word() -> None:
    widths = Widths(LENGTHS, [(90, 5), (88, 6), (87, 7), (86, 8)], WORDS)
    assert widths.against(84, 3) > widths.against(84, 9) == 0


def test_a_short_line_ended_by_itself() -> None:
    widths = Widths(LENGTHS, [(90, 5)], WORDS)
    assert widths.ends_paragraph(40)
    assert widths.against(40, 3) == 0


def test_lines_that_were_not_broken_at_a_width_prove_nothing() -> None:
    loose = [(82, 3), (80, 2), (83, 4), (81, 2), (84, 3), (80, 3), (82, 4), (81, 5)] * 3
    assert Widths(LENGTHS, loose, WORDS).against(84, 3) == 0


def test_few_lines_have_no_width() -> None:
    assert Widths([90, 91], [], WORDS).against(50, 2) == 0
