"""Times: every expression of a date, a part of a day, a period or a length, with its TIMEX3 value."""

from __future__ import annotations

from khabar.model import Published, Time
from khabar.text import Tokenized
from khabar.times.words import Reading


def find_times(text: Tokenized, published: Published | None, reading: Reading = "news") -> tuple[Time, ...]:
    """All time expressions of a text, in order, not overlapping.

    `reading` ``"news"`` looks back, as a report does (``الثلاثاء`` is the last one, ``26 مارس`` the nearest);
    ``"assistant"`` looks ahead from the hour of `published`, as one who asks for an appointment does, and gives days
    to the edges of months (``منتصف آذار`` is the 15th).

    Without `published` a relative expression is found but has no value, unless the text itself says which day
    it was written on (``اليوم الثلاثاء 5 مايو 2015``).

    >>> from khabar.text import tokenize
    >>> text = tokenize("وصل أمس الخميس، وكان زار المدينة في 17 أيلول/سبتمبر الماضي")
    >>> times = find_times(text, Published("2023-09-29", "given"))
    >>> [(time.span.text, time.value) for time in times]
    [('أمس الخميس', '2023-09-28'), ('17 أيلول/سبتمبر الماضي', '2023-09-17')]
    """
    from khabar.times.find import find_in
    from khabar.times.resolve import resolve

    view, found = find_in(text, reading)
    return resolve(view, found, published)


__all__ = ["find_times"]
