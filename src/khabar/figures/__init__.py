"""Figures: numbers that count or measure something other than time, with their bounds, unit, date, place, claim."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.model import Claim, Event, Figure, Name, Time
from khabar.text import Tokenized


def find_figures(
    text: Tokenized, times: Sequence[Time], names: Sequence[Name], claims: Sequence[Claim], events: Sequence[Event]
) -> tuple[Figure, ...]:
    """All figures of a text, in order, not overlapping; vague amounts and bare duals are marked ``vague``.

    >>> from khabar.text import tokenize
    >>> found = find_figures(tokenize("أسفر الهجوم عن مقتل أكثر من 15 جنديا وإصابة ثلاثة آخرين"), (), (), (), ())
    >>> [(figure.span.text, figure.low, figure.unit, figure.kind) for figure in found]
    [('أكثر من 15', 15, 'person', 'dead'), ('ثلاثة', 3, 'person', 'wounded')]
    """
    from khabar.figures.find import find
    from khabar.figures.reader import Reader
    from khabar.figures.resolve import figure, surroundings

    reader = Reader(text, times, names)
    amounts = find(reader)
    around = surroundings(text, times, names, claims, events)
    return tuple(figure(reader, amounts, at, around) for at in range(len(amounts)))


__all__ = ["find_figures"]
