"""Figures over time: what was counted in one story, when, how many, and who says so; with a small chart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from khabar.export.bare import bare
from khabar.export.dates import date_label, first_day
from khabar.export.labels import Label, is_labelled, label
from khabar.export.views import Link, Views, href, published, published_label
from khabar.model import Annotated, Document, Figure

WIDTH, HEIGHT, SIDE, TOP, FOOT = 360, 150, 22, 20, 22
"""Of a chart, and what is left free around its points, in the units of its own grid."""
BESIDE = 26
"""How far beside each other points of one day stand."""
HUES = 6
"""Claimants that have a colour of their own in a chart; the others share the last."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a chart: where it stands, its top and bottom, and its claimant's colour."""

    x: float
    top: float
    bottom: float
    hue: int
    text: str
    claimant: str
    href: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Points over time: the earliest at the left."""

    dots: tuple[Dot, ...]
    first: Label
    last: Label


@dataclass(frozen=True, slots=True)
class Point:
    """A figure that one source gives for one time; several outlets may print it."""

    date: Label
    by_report: bool
    """Is the date only that of the report?"""
    text: str
    what: str
    place: Label | None
    claimant: Label
    hue: int
    tellers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """What was counted, in which story, and its points in order of time."""

    subject: Label
    story: str
    points: tuple[Point, ...]
    chart: Chart | None


class Told(NamedTuple):
    """A figure, the document that holds it, and who gives it."""

    figure: Figure
    document: Document
    first: Document
    """The report that the document copies, else itself; it dates a figure that has no date of its own."""
    claimant: Label

    @property
    def when(self) -> str:
        """A key for its time: of the figure, else of the report."""
        return first_day(self.figure.date) if self.figure.date else published(self.first)[:10]

    @property
    def same(self) -> tuple[str, float, float, Label, str]:
        """What two tellings of one figure by one source share."""
        return self.when, self.figure.low, self.figure.high, self.claimant, self.figure.what or ""


def all_series(views: Views) -> Iterator[Series]:
    """Figures of one thing in one story, or in one report outside every story; the longest first."""
    groups: dict[tuple[Label, str], list[Told]] = {}
    story_of = {document: story.label for story in views.links.stories for document in story.documents}
    for found in views.documents.values():
        first = views.documents.get(views.copy_of.get(found.document.id, ""), found).document
        story = story_of.get(found.document.id) or found.document.title or found.document.id
        for figure in found.figures:
            if figure.what and not figure.vague and figure.unit != "percent":
                told = Told(figure, found.document, first, _claimant(views, found, figure))
                groups.setdefault((_subject(figure), story), []).append(told)
    made = [series for (subject, story), told in groups.items() if (series := _series(views, subject, story, told))]
    return iter(sorted(made, key=lambda series: (-len(series.points), series.subject, series.story)))


def _subject(figure: Figure) -> Label:
    if figure.kind and is_labelled("series", figure.kind):
        return label("series", figure.kind)
    return (figure.what or "", figure.what or "")


def _claimant(views: Views, found: Annotated, figure: Figure) -> Label:
    claim = next((claim for claim in found.claims if claim.id == figure.claim), None)
    if claim is None or claim.source is None:
        return found.document.publisher, found.document.publisher
    return views.name(claim.source_entity) if claim.source_entity else (bare(claim.source.text),) * 2


def _series(views: Views, subject: Label, story: str, told: Sequence[Told]) -> Series | None:
    """The series, where it has two points or more."""
    ordered = sorted(told, key=lambda one: (one.same, published(one.document), one.document.id))
    groups = [list(group) for _, group in groupby(ordered, key=lambda one: one.same)]
    if len(groups) < 2:
        return None
    hues: dict[Label, int] = {}
    for one in ordered:
        hues.setdefault(one.claimant, min(len(hues), HUES - 1))
    points = tuple(_point(views, group, hues[group[0].claimant]) for group in groups)
    return Series(subject, story, points, _chart([group[0] for group in groups], hues))


def _point(views: Views, group: Sequence[Told], hue: int) -> Point:
    figure = group[0].figure
    tellers = dict.fromkeys(_teller(one) for one in group)
    place = views.name(figure.place) if figure.place else None
    return Point(
        date=_shown(group[0]),
        by_report=not figure.date,
        text=figure.span.text,
        what=figure.what or "",
        place=place,
        claimant=group[0].claimant,
        hue=hue,
        tellers=tuple(tellers),
    )


def _shown(told: Told) -> Label:
    """The date of a figure, else that of its report."""
    return date_label(told.figure.date) if told.figure.date else published_label(told.first) or date_label(None)


def _teller(told: Told) -> Link:
    publisher = told.document.publisher
    return Link((publisher, publisher), href(told.document.id, told.figure.span))


def _chart(told: Sequence[Told], hues: Mapping[Label, int]) -> Chart | None:
    """A chart, where there are points on several days."""
    dated = [(day, one) for one in told if (day := _day(one.when))]
    days = [day.toordinal() for day, _ in dated]
    if len(set(days)) < 2:
        return None
    highest = max(one.figure.high for _, one in dated) or 1.0
    first, wide = min(days), max(days) - min(days)

    def dot(at: int, day: date, one: Told) -> Dot:
        aside = days[:at].count(days[at]) * BESIDE
        x = SIDE + (day.toordinal() - first) / wide * (WIDTH - 2 * SIDE)
        x = min(x + aside, WIDTH - SIDE) if x < WIDTH / 2 else max(x - aside, SIDE)
        top, bottom = (_height(value, highest) for value in (one.figure.high, one.figure.low))
        link = href(one.document.id, one.figure.span)
        return Dot(round(x, 1), top, bottom, hues[one.claimant], f"{one.figure.high:,.10g}", one.claimant[0], link)

    dots = tuple(dot(at, day, one) for at, (day, one) in enumerate(dated))
    ends = (min(dated, key=lambda pair: pair[0]), max(dated, key=lambda pair: pair[0]))
    return Chart(dots, *(_shown(one) for _, one in ends))


def _height(value: float, highest: float) -> float:
    """How far from the top of the chart a value stands."""
    return round(TOP + (1 - value / highest) * (HEIGHT - TOP - FOOT), 1)


def _day(when: str) -> date | None:
    """The first day that a date covers; None where it names none."""
    parts = when[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    year, month, day = (*map(int, parts), 1, 1)[:3]
    try:
        return date(year, month, day)
    except ValueError:
        return None
