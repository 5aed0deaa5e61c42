"""What the heads of answers say in numbers and dates; whatever makes no sense there counts as not said."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_HOUR, _DAY = 3_600.0, 86_400.0
_MOST_LETTERS = 1_000
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)


def number(value: str | None) -> int:
    """A size; 0 where there is none.

    >>> number("120"), number("many"), number(None)
    (120, 0, 0)
    """
    return int(value) if value and re.fullmatch(r"\s*[0-9]{1,18}\s*", value) else 0


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a server wants to be left alone, given in seconds or as a moment; never more than a day.

    >>> retry_after("120"), retry_after("soon")
    (120.0, None)
    >>> retry_after("Tue, 29 Aug 2023 00:01:00 GMT", datetime(2023, 8, 29, tzinfo=UTC))
    60.0
    """
    if not value:
        return None
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return min(float(value), _DAY)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - (now or datetime.now(UTC))).total_seconds()), _DAY)


def fresh_seconds(value: str | None) -> float:
    """Seconds for which an answer need not be asked for again (``Cache-Control``), never more than an hour:
    what hands out feeds for their sites often says a day or a year of all files alike.

    >>> fresh_seconds("public, max-age=600"), fresh_seconds("no-cache"), fresh_seconds(None)
    (600.0, 0.0, 0.0)
    """
    found = _MAX_AGE.search(value or "")
    return min(float(found[1]), _HOUR) if found else 0.0


def validator(value: str | None) -> str | None:
    """An ETag or a date of change that can be sent back; None where it could not be a header again.

    >>> validator('W/"a1"'), validator("x\\nHost: other")
    ('W/"a1"', None)
    """
    if value is None or len(value) > _MOST_LETTERS or not value.isascii() or not value.isprintable():
        return None
    return value
