"""The report: HTML pages of a record, in Arabic and in English, which need no network and no program.

Everything that came from a document is text and is escaped by the templates; a page carries its own style and
script, loads nothing, and says so in a content security policy that allows exactly that one script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from khabar.export.dates import UNDATED, date_label
from khabar.export.labels import Label, counted, digits, label
from khabar.export.mended import left, mended, trust
from khabar.export.mixed import mixed
from khabar.export.overview import Some, just_come, mentions, names, overview, stories, told
from khabar.export.pages import MOST, Page, Section, Unit, grouped, path, places, relinked, spread, starts
from khabar.export.series import all_series
from khabar.export.texts import segments
from khabar.export.views import Views
from khabar.model import Annotated, Dropped, Links

_SECTIONS: Mapping[str, Label] = {
    "stories": ("القصص", "Stories"),
    "events": ("الأحداث", "Events"),
    "figures": ("الأرقام عبر الزمن", "Figures over time"),
    "names": ("الأسماء", "Names"),
    "reports": ("التقارير", "Reports"),
}
"""What each section is called, in the order in which they stand; those that hold nothing are left out."""


def render_report(documents: Sequence[Annotated], links: Links, dropped: Sequence[Dropped] = ()) -> str:
    """Everything on one page, however heavy."""
    ((_, html),) = render_pages("report.html", documents, links, dropped, most=10**12)
    return html


def render_pages(
    name: str,
    documents: Sequence[Annotated],
    links: Links,
    dropped: Sequence[Dropped] = (),
    *,
    arrived: Mapping[str, str] | None = None,
    since: str | None = None,
    most: int = MOST,
) -> Iterator[tuple[str, str]]:
    """The pages as pairs of a file and its HTML: one where everything fits on it, else `name` and a folder beside it.

    `arrived` says when each document came into the record (ISO 8601); those that came from `since` on, or on the
    last day, are shown as new.
    """
    start, new = just_come(arrived or {}, since)
    report = _Report(Views(documents, links, new), dropped, start)
    pages = spread(name, report.sections(), most)
    place_of = places(pages)
    for page in pages:
        yield page.file, relinked(report.page(page, pages), page.file, place_of)


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section, or the part of it that stands on one page."""

    kind: str
    label: Label
    groups: list[tuple[Label | None, list[Unit]]]
    number: int
    of: int
    pages: list[tuple[int, str, Label | None]]
    """Number and address of each page on which it goes on, and under which headings."""


class _Report:
    def __init__(self, views: Views, dropped: Sequence[Dropped], since: str | None) -> None:
        self.views = views
        self.dropped = dropped
        self.since = since
        loader = PackageLoader("khabar.export", ".")
        self._templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self._templates.filters["mixed"] = mixed
        self._templates.globals |= {"digits": digits, "mended": mended, "left": left, "trust": trust}

    @cached_property
    def _parts(self) -> Any:
        return self._templates.get_template("parts.html.j2").module

    def sections(self) -> list[Section]:
        """Everything that stands on the pages, drawn."""
        return [
            Section("stories", list(self._stories()), leads=True),
            Section("events", list(self._events()), leads=True),
            Section("figures", list(self._figures())),
            Section("names", list(self._names())),
            Section("reports", list(self._reports())),
        ]

    def _stories(self) -> Iterator[Unit]:
        for story in stories(self.views):
            yield Unit(f"story:{story.id}", str(self._parts.story(story)))

    def _events(self) -> Iterator[Unit]:
        for event in self.views.events:
            year = (digits(event.year), event.year) if event.year else UNDATED
            yield Unit(f"event:{event.happening.id}", str(self._parts.event(event)), year)

    def _figures(self) -> Iterator[Unit]:
        for number, series in enumerate(all_series(self.views), 1):
            id = f"figure:{number}"
            shown = {"id": id, "of": series, "count": counted(len(series.points), "figure")}
            yield Unit(id, str(self._parts.series(shown)))

    def _names(self) -> Iterator[Unit]:
        for kind in ("PER", "ORG", "LOC"):
            for name in names(self.views, kind):
                yield Unit(f"name:{name.entity.id}", str(self._parts.name(name)), label("entity_type", kind))

    def _reports(self) -> Iterator[Unit]:
        roots, tells = dict(self.views.links.roots), mentions(self.views)
        documents = list(self.views.documents.values())
        documents.sort(key=lambda found: found.document.published.value if found.document.published else "")
        for found in reversed(documents):
            document = found.document
            named = [self.views.name(root) for root in roots.get(document.id, ()) if root != document.publisher]
            how = label("published_how", document.published.how) if document.published else None
            events = tells[document.id]
            listed = (counted(len(events), "event"), Some(events, 0)) if events else None
            text = segments(found, self.views.of_mention)
            shown = self._parts.document(found, told(self.views, document), text, named, listed, how)
            yield Unit(f"doc:{document.id}", str(shown))

    def page(self, page: Page, pages: Sequence[Page]) -> str:
        """One page as HTML."""
        script = (files("khabar.export") / "report.js").read_text("utf-8")
        first = pages[0]
        is_first = page is first
        found = starts(pages)
        return self._templates.get_template("report.html.j2").render(
            style=(files("khabar.export") / "report.css").read_text("utf-8"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            home=path(page.file, first.file),
            nav=[
                (title, f"{path(page.file, found[kind])}#{kind}") for kind, title in _SECTIONS.items() if kind in found
            ],
            overview=overview(self.views, self.since) if is_first else None,
            counts=self._counts(),
            days=self._days(),
            sections=[_section(kind, page, pages) for kind in _SECTIONS if kind in page.parts],
            any_news=bool(self.views.new),
            dropped=self.dropped,
        )

    def _counts(self) -> list[Label]:
        documents = [found.document for found in self.views.documents.values()]
        outlets = {document.outlet for document in documents if document.outlet}
        counts = {"report": len(documents), "outlet": len(outlets), "event": len(self.views.events)}
        return [counted(number, what) for what, number in counts.items() if number]

    def _days(self) -> Label | None:
        """From the first report to the last."""
        documents = (found.document for found in self.views.documents.values())
        known = sorted(document.published.value[:10] for document in documents if document.published)
        if not known:
            return None
        return date_label(known[0] if known[0] == known[-1] else f"{known[0]}/{known[-1]}")


def _headings(units: Sequence[Unit]) -> Label | None:
    """The first and the last heading over some units."""
    first, last = units[0].group, units[-1].group
    if first is None or last is None or first == last:
        return first
    return f"{first[0]} – {last[0]}", f"{first[1]} – {last[1]}"


def _section(kind: str, page: Page, pages: Sequence[Page]) -> SectionView:
    holding = [other for other in pages if kind in other.parts]
    addresses = [
        (at, f"{path(page.file, other.file)}#{kind}", _headings(other.parts[kind]))
        for at, other in enumerate(holding, 1)
    ]
    groups = list(grouped(page.parts[kind]))
    return SectionView(kind, _SECTIONS[kind], groups, holding.index(page) + 1, len(holding), addresses)
