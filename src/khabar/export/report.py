"""The report: one self-contained HTML page of a record, Arabic first, English labels beside.

Everything that came from a document is text and is escaped by the template; the page carries its own style and
script, loads nothing, and says so in a content security policy that allows exactly that one script.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise

from khabar.export.accounts import Account, accounts, sentence_of
from khabar.export.mended import left, mended, trust
from khabar.model import (
    Annotated,
    Claim,
    Document,
    Dropped,
    Entity,
    Figure,
    Happening,
    Links,
    Span,
    Value,
)

Label = tuple[str, str]
"""A label in Arabic and in English."""

SNIPPET = 320
"""Characters of a sentence that an account shows before it is cut."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document that the same annotations cover."""

    start: int
    text: str
    kinds: str
    """Space-separated classes: ``PER ORG LOC time trigger claim cue source figure``."""


@dataclass(frozen=True, slots=True)
class Link:
    """One chain member of a source: its words and where they stand."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class AccountView:
    """How one document, or one source in it, tells an event, as the page shows it."""

    published: str
    href: str
    before: str
    hit: str
    after: str
    chain: tuple[Link, ...]
    source_kind: Label | None
    stance: Label | None
    status: Label
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A slot of an event, with the values told for it and who tells each."""

    label: Label
    values: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as the page shows it."""

    happening: Happening
    date: Label
    type: Label
    meaning: str
    mode: Label | None
    status: Label
    support: Label
    actors: tuple[Label, ...]
    recipients: tuple[Label, ...]
    place: Label | None
    accounts: tuple[AccountView, ...]
    told: tuple[Told, ...]

    @property
    def english(self) -> str:
        """Names that the page's filter looks through beside what is shown."""
        return " ".join(english for _, english in (*self.actors, *self.recipients))


def render_report(documents: Sequence[Annotated], links: Links, dropped: Sequence[Dropped] = ()) -> str:
    """The page as HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from khabar.export.mixed import mixed

    environment = Environment(loader=PackageLoader("khabar.export", "."), autoescape=True, undefined=StrictUndefined)
    environment.filters["mixed"] = mixed
    script = (files("khabar.export") / "report.js").read_text("utf-8")
    pages = _Pages(documents, links)
    return environment.get_template("report.html.j2").render(
        style=(files("khabar.export") / "report.css").read_text("utf-8"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        years=list(pages.years()),
        count=len(links.happenings),
        documents=[(found.document, list(segments(found)), pages.roots(found.document.id)) for found in documents],
        entities=list(pages.entities()),
        series=list(pages.series()),
        copies=links.copies,
        outlets=pages.outlets,
        dropped=dropped,
        date_label=date_label,
        mended=mended,
        left=left,
        trust=trust,
    )


def segments(annotated: Annotated) -> Iterator[Segment]:
    """The document's text, cut wherever an annotation begins or ends."""
    marks = sorted(_marks(annotated))
    text = annotated.document.text
    bounds = sorted({0, len(text), *(mark[0] for mark in marks), *(mark[1] for mark in marks)})
    active: list[tuple[int, int, str]] = []
    at = 0
    for start, end in pairwise(bounds):
        active = [mark for mark in active if mark[1] > start]
        while at < len(marks) and marks[at][0] == start:
            active.append(marks[at])
            at += 1
        yield Segment(start, text[start:end], " ".join(sorted({mark[2] for mark in active})))


def _marks(annotated: Annotated) -> Iterator[tuple[int, int, str]]:
    spans: list[tuple[Span | None, str]] = [(name.span, name.type) for name in annotated.names]
    spans += [(time.span, "time") for time in annotated.times]
    spans += [(figure.span, "figure") for figure in annotated.figures]
    spans += [(trigger, "trigger") for event in annotated.events for trigger in event.triggers]
    for claim in annotated.claims:
        spans += [(claim.content, "claim"), (claim.cue, "cue"), (claim.source, "source")]
    return ((span.start, span.end, kind) for span, kind in spans if span is not None)


class _Pages:
    """What the template shows, worked out from the documents and their links."""

    def __init__(self, documents: Sequence[Annotated], links: Links) -> None:
        self.documents = {found.document.id: found for found in documents}
        self.links = links
        self.arabic = _descriptions(documents) | {entity.label: entity.arabic for entity in links.entities}
        self.outlets = Counter(found.document.publisher for found in documents).most_common()
        self.copy_of = {copy.second: copy.first for copy in links.copies}
        self._roots = dict(links.roots)

    def name(self, label: str) -> Label:
        return self.arabic.get(label, label), label

    def roots(self, document: str) -> str:
        return "، ".join(self.name(root)[0] for root in self._roots.get(document, ()))

    def years(self) -> Iterator[tuple[str, list[EventView]]]:
        """Events by year, in order of date; those without one come last."""
        ordered = sorted(self.links.happenings, key=lambda happening: (happening.date or "9999", happening.id))
        for year, group in groupby(ordered, key=lambda happening: (happening.date or "")[:4]):
            yield year, [self._event(happening) for happening in group]

    def _event(self, happening: Happening) -> EventView:
        name, meaning = type_label(happening.type)
        return EventView(
            happening=happening,
            date=(date_label(happening.date), happening.date or "no date"),
            type=name,
            meaning=meaning,
            mode=label("mode", happening.mode) if happening.mode else None,
            status=label("status", happening.status),
            support=label("support", happening.support),
            actors=tuple(self.name(label) for label in happening.actors),
            recipients=tuple(self.name(label) for label in happening.recipients),
            place=self.name(happening.place) if happening.place else None,
            accounts=tuple(self._account(account) for account in accounts(happening, self.documents)),
            told=tuple(self._told(happening.values)),
        )

    def _account(self, account: Account) -> AccountView:
        document, claim, trigger = account.document, account.claim, account.trigger
        before, after = _context(document, trigger)
        return AccountView(
            published=document.published.value[:10] if document.published else "",
            href=href(document.id, trigger),
            before=before,
            hit=trigger.text,
            after=after,
            chain=chain(document, claim),
            source_kind=label("source_kind", claim.source_kind) if claim else None,
            stance=label("stance", claim.stance) if claim else None,
            status=label("status", account.event.status),
            copy_of=self._copied(document.id),
        )

    def _copied(self, document: str) -> str | None:
        first = self.copy_of.get(document)
        return self.documents[first].document.publisher if first in self.documents else None

    def _told(self, values: Sequence[Value]) -> Iterator[Told]:
        slots: dict[str, dict[str, list[Link]]] = {}
        for value in values:
            shown = self._shown(value)
            link = Link(self.name(value.source)[0], href(value.document, value.span))
            sources = slots.setdefault(value.slot, {}).setdefault(shown, [])
            if link not in sources:
                sources.append(link)
        for slot, told in slots.items():
            yield Told(label("slot", slot), tuple((value, tuple(sources)) for value, sources in told.items()))

    def _shown(self, value: Value) -> str:
        if value.slot == "date":
            return date_label(value.value)
        return label("status", value.value)[0] if value.slot == "happened" else self.name(value.value)[0]

    def entities(self) -> Iterator[tuple[Label, list[tuple[Entity, str]]]]:
        for kind in ("PER", "ORG", "LOC"):
            chosen = [(entity, entity.arabic) for entity in self.links.entities if entity.type == kind]
            chosen.sort(key=lambda pair: (-len(pair[0].documents), pair[0].label))
            yield label("entity_type", kind), chosen

    def series(self) -> Iterator[tuple[str, str, list[tuple[Figure, Document, str]]]]:
        """Figures of one thing in one story, or in one report outside every story, in order of date."""
        groups: dict[tuple[str, str], list[tuple[Figure, Document, str]]] = {}
        story_of = {document: story.label for story in self.links.stories for document in story.documents}
        for found in self.documents.values():
            story = story_of.get(found.document.id) or found.document.title or found.document.id
            for figure in found.figures:
                if figure.what and not figure.vague and figure.unit != "percent":
                    point = (figure, found.document, self._claimant(found, figure))
                    groups.setdefault((_subject(figure), story), []).append(point)
        for (subject, story), points in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
            if len(points) > 1:
                yield subject, story, sorted(points, key=lambda point: point[0].date or _published(point[1]))

    def _claimant(self, found: Annotated, figure: Figure) -> str:
        claim = next((claim for claim in found.claims if claim.id == figure.claim), None)
        return claim.source.text if claim and claim.source else found.document.publisher


def _descriptions(documents: Sequence[Annotated]) -> dict[str, str]:
    """The Arabic words behind the short English descriptions of participants without a name."""
    return {
        role.entity: role.span.text
        for found in documents
        for event in found.events
        for role in (*event.actors, *event.recipients)
        if role.span is not None
    }


def _subject(figure: Figure) -> str:
    return label("slot", figure.kind)[0] if figure.kind else figure.what or ""


def _published(document: Document) -> str:
    return document.published.value if document.published else "9999"


def _context(document: Document, trigger: Span) -> tuple[str, str]:
    """What stands before and after a trigger in its sentence, cut where it is long."""
    sentence = sentence_of(document, trigger)
    before, after = document.text[sentence.start : trigger.start], document.text[trigger.end : sentence.end]
    if len(before) > SNIPPET // 2:
        before = "… " + before[-SNIPPET // 2 :].partition(" ")[2]
    if len(after) > SNIPPET // 2:
        after = after[: SNIPPET // 2].rpartition(" ")[0] + " …"
    return before, after


def chain(document: Document, claim: Claim | None) -> tuple[Link, ...]:
    """Who tells it: the outlet, the media that relayed it, the source, nearest to the reader first."""
    links = [Link(document.publisher, None)]
    if claim is not None:
        links += [Link(span.text, href(document.id, span)) for span in claim.via]
        if claim.source is not None:
            links.append(Link(claim.source.text, href(document.id, claim.source)))
    return tuple(links)


def href(document: str, span: Span) -> str:
    """The link to exact characters of a document on the page."""
    return f"#doc:{document}@{span.start}-{span.end}"


@cache
def _labels() -> Mapping[tuple[str, str], Label]:
    from khabar.lexicon import table

    return {(row["kind"], row["key"]): (row["form"].split("|")[0], row["english"]) for row in table("labels")}


def label(kind: str, key: str) -> Label:
    """What a value of the model is called in Arabic and English; the key itself where no label is known."""
    return _labels().get((kind, key), (key, key))


@cache
def _types() -> Mapping[str, tuple[Label, str]]:
    from khabar.lexicon import table

    return {row["type"]: ((row["form"].split("|")[0], row["type"]), row["meaning"]) for row in table("plover")}


def type_label(type_: str) -> tuple[Label, str]:
    """The name of a PLOVER type in Arabic and English, and what it means."""
    return _types().get(type_, ((type_, type_), ""))


def date_label(value: str | None) -> str:
    """A TIMEX3 date in Arabic words, never finer than the value.

    >>> date_label("2023-09-29"), date_label("2023-09"), date_label("2023"), date_label(None)
    ('٢٩ سبتمبر ٢٠٢٣', 'سبتمبر ٢٠٢٣', '٢٠٢٣', 'بلا تاريخ')
    """
    if value is None:
        return "بلا تاريخ"
    if "/" in value:
        return " – ".join(date_label(part) for part in value.split("/"))
    parts = value[:10].split("-")
    if not all(part.isdigit() for part in parts):
        return value
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    words = [str(int(parts[2]))] if len(parts) > 2 else []
    words += [_months()[int(parts[1])]] if len(parts) > 1 else []
    return " ".join([*words, parts[0]]).translate(digits)


@cache
def _months() -> Mapping[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names("wide", locale="ar"))
