"""What a time expression says, before it is known when it was said."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

Unit = Literal["minute", "second", "hour", "night", "day", "week", "month", "year", "decade", "century"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The parts that the words of one expression give; what they do not give is None.

    Two partial meanings that stand side by side (``مساء`` + ``أمس`` + ``الخميس``) are merged field by field.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    """The second day of ``يومي 24 و25``."""
    calendar: str = "gregorian"
    weekday: int | None = None
    """1 is Monday."""
    last_weekday: int | None = None
    shift: tuple[str, float] | None = None
    """A unit, and how many of them away from the anchor: ``("day", -1)`` is yesterday."""
    direction: int | None = None
    """-1 ``الماضي``, 0 ``الجاري``, 1 ``المقبل``."""
    part: str | None = None
    clock: str | None = None
    zone: str = ""
    season: str | None = None
    """``SP`` to ``WI``, ``Q1`` to ``Q4``, ``H1`` or ``H2``, ``WE`` for the end of a week."""
    decade: int | None = None
    """Its digits, ``199`` for the nineties, or one digit where the century is not said."""
    century: int | None = None
    passage: bool = False
    """Counted from the date that the passage has set (``اليوم التالي``), not from the report's own."""
    prior: bool = False
    """``السابق``: before the last one that was named near, else before the present one."""
    far: bool = False
    """``ذلك العام`` points to what was told, never to the present one."""
    fixed: str | None = None
    nth: tuple[str, int] | None = None
    """Which ``weekday``, ``week`` or ``day`` of the month, -1 for the last."""
    edge: str | None = None
    """``start``, ``mid`` or ``end`` of the period: no part of a value in news, whose ``مطلع`` is no fixed day."""
    holiday: str | None = None

    def given(self) -> frozenset[str]:
        """Names of the fields that the words fill."""
        return frozenset(
            field.name for field in fields(self) if getattr(self, field.name) not in (None, "", False, "gregorian")
        )


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: so many of a unit (``P3M``), or a set (``كل عام``)."""

    amount: float
    unit: str
    every: bool = False
    least: float | None = None
    """The lesser end of ``بين 25 و42 سنة``."""


@dataclass(frozen=True, slots=True)
class Range:
    """From one date to another."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression: tokens `first` to `last` (left out), its characters, what it says and the rule."""

    first: int
    last: int
    start: int
    end: int
    meaning: Meaning | Length | Range
    rule: str
    score: float


def merge(first: Meaning, second: Meaning) -> Meaning | None:
    """Both together, or None where they contradict; what the second says on the same field wins where it is equal.

    >>> merge(Meaning(part="EV"), Meaning(shift=("day", -1)))
    Meaning(year=None, month=None, day=None, last_day=None, calendar='gregorian', weekday=None, \
last_weekday=None, shift=('day', -1), direction=None, part='EV', clock=None, zone='', season=None, decade=None, \
century=None, passage=False, prior=False, far=False, fixed=None, nth=None, edge=None, holiday=None)
    """
    values = {}
    for name in (field.name for field in fields(first)):
        one, two = getattr(first, name), getattr(second, name)
        empty = (None, "", False, "gregorian")
        if one not in empty and two not in empty and one != two:
            return None
        values[name] = two if one in empty else one
    return Meaning(**values)
