"""When a report was published, where several things tell it and do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from khabar.model import Published

_OF_A_TEMPLATE = frozenset({"json-ld", "meta", "time-element"})
"""What software writes into a page, which writes the day of a move or of an update there, too."""
_SLACK = 2
"""Days by which two tellings of one day may differ (time zones, the print edition)."""


def choose_published(told: Sequence[Published]) -> Published | None:
    """The telling to believe, of several in their order of belief.

    The first, unless a page's markup tells a day far behind what two others tell, or behind the day in its
    address: then the page was changed or moved on that day.

    >>> moved = Published("2016-05-04", "meta")
    >>> choose_published([moved, Published("2010-02-18", "text"), Published("2010-02-18", "url")]).how
    'text'
    >>> choose_published([moved]).how
    'meta'
    """
    if not told or told[0].how not in _OF_A_TEMPLATE:
        return told[0] if told else None
    earlier = [other for other in told[1:] if _days_behind(told[0], other) > _SLACK]
    agreed = [one for one in earlier if any(two is not one and abs(_days_behind(one, two)) < _SLACK for two in told)]
    of_address = [one for one in earlier if one.how == "url" and len(one.value) >= len("2010-02-18")]
    return next(iter([*agreed, *of_address]), told[0])


def _days_behind(later: Published, earlier: Published) -> float:
    """Days between two tellings; none is told where one is no day, but a month or a year."""
    first, second = later.value[:10], earlier.value[:10]
    if len(first) < 10 or len(second) < 10:
        return 0 if first[:7] == second[:7] else float("inf") * (1 if first > second else -1)
    return (date.fromisoformat(first) - date.fromisoformat(second)).days
