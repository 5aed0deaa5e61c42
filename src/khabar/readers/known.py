"""What an input itself says of a report, before its text is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from khabar.model import Published

_ISO = re.compile(
    r"\s*(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Known:
    """Title, outlet, author, address and date of a report, each None where the input does not tell it."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    url: str | None = None
    published: Published | None = None
    crawled: str | None = None
    told: tuple[Published, ...] = ()
    """What tells the date where none is sure, the most believable first: it is weighed with what the text tells."""

    def over(self, other: Known) -> Known:
        """This, and what `other` tells where this tells nothing."""
        pairs = zip(_values(self), _values(other), strict=True)
        return Known(*(theirs if mine in (None, ()) else mine for mine, theirs in pairs))


def _values(known: Known) -> list[Any]:
    return [getattr(known, field.name) for field in fields(known)]


def iso_date(value: object) -> str | None:
    """A date as machines write it (ISO 8601, RFC 822, seconds since 1970), or as Arabic sites do, in ISO form.

    The clock time is kept as written, in the zone of the outlet; midnight, which sites write where they know
    only the day, is left out.

    >>> iso_date("2023-08-29T20:45:00+03:00"), iso_date("Tue, 29 Aug 2023 00:00:00 +0300"), iso_date("16 جانفي 2017")
    ('2023-08-29T20:45', '2023-08-29', '2017-01-16')
    >>> iso_date("2023-13-45") is None
    True
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_epoch(float(value))
    if not isinstance(value, str) or len(value) > 200:
        return None
    if _ISO.match(value):
        return _from_iso(value)
    return _from_mail(value) or _from_words(value)


def _from_epoch(seconds: float) -> str | None:
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if not 1e8 < seconds < 4.2e9:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _from_iso(value: str) -> str | None:
    found = _ISO.match(value)
    assert found is not None
    year, month, day, hour, minute = found.groups()
    try:
        datetime(int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0))
    except ValueError:
        return None
    dated = "-".join(part for part in (year, month, day) if part)
    return f"{dated}T{hour}:{minute}" if hour and (hour, minute) != ("00", "00") else dated


def _from_mail(value: str) -> str | None:
    from email.utils import parsedate_to_datetime  # brings sockets along; only feeds write dates so

    try:
        parsed = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _from_iso(parsed.strftime("%Y-%m-%dT%H:%M")) if 1900 < parsed.year < 2200 else None


def _from_words(value: str) -> str | None:
    from khabar.readers.dates import find_dates
    from khabar.text import fold

    found = find_dates(fold(value))
    return found[0].value if found else None


_URL_DATE = re.compile(r"/((?:19|20)\d\d)(?:/[a-z_]{2,30}){0,2}[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)")
_URL_DAY = re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?:[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/")


def date_in_url(url: str | None) -> str | None:
    """The day that an address holds, as many sites write it; the month, where it holds no day.

    >>> date_in_url("https://paper.example/news/2020/8/24/title"), date_in_url("https://paper.example/2020/08/title")
    ('2020-08-24', '2020-08')
    """
    found = _URL_DATE.search(url or "") or _URL_DAY.search(url or "")
    day = _from_iso(f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}") if found else None
    month = _URL_MONTH.search(url or "")
    return day or (f"{month[1]}-{int(month[2]):02}" if month else None)
