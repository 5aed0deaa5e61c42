"""What the page says of an event: worked out from the documents and their links, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from khabar.export.accounts import Account, accounts, sentence_of
from khabar.export.bare import bare
from khabar.export.dates import date_label, first_day, told_label
from khabar.export.labels import Label, counted, label, slot_label, type_label
from khabar.model import Annotated, Claim, Document, Happening, Links, Mention, Role, Span, Time, Value

SNIPPET = 320
"""Characters of a sentence that an account shows before it is cut."""
LINE = 110
"""Characters of it that the line of an event shows."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and where they stand."""

    text: Label
    href: str | None


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a sentence with the words that matter, and where these stand."""

    before: str
    hit: str
    after: str
    href: str


@dataclass(frozen=True, slots=True)
class AccountView:
    """How one document, or one source in it, tells an event, as the page shows it."""

    published: Label | None
    quote: Quote
    chain: tuple[Link, ...]
    source_kind: Label | None
    stance: Label | None
    status: Label
    copy_of: str | None
    first: bool
    """Is it the first of several?"""
    new: bool


@dataclass(frozen=True, slots=True)
class ToldValue:
    """A value told for a slot, what it was reckoned from, and who tells it."""

    value: Label
    note: Label | None
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A slot of an event, with the values told for it."""

    label: Label
    values: tuple[ToldValue, ...]


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
    reason: Label
    actors: tuple[Label, ...]
    recipients: tuple[Label, ...]
    place: Label | None
    accounts: tuple[AccountView, ...]
    counts: tuple[Label, ...]
    """How many accounts and independent roots, where there are several."""
    line: Quote
    told: tuple[Told, ...]
    news: str
    """``new`` where all that tell it have just come, ``more`` where some have, else empty."""

    @property
    def first(self) -> AccountView:
        """Who told it first, as far as is known."""
        return self.accounts[0]

    @property
    def year(self) -> str:
        """The year that it stands under; empty where it has no date."""
        return first_day(self.happening.date)[:4] if self.happening.date else ""


class Views:
    """The views of a record's events; `new` holds the ids of documents that have just come."""

    def __init__(self, documents: Sequence[Annotated], links: Links, new: frozenset[str] = frozenset()) -> None:
        self.documents = {found.document.id: found for found in documents}
        self.links = links
        self.new = new
        self.copy_of = {copy.second: copy.first for copy in links.copies}
        self._arabic = _descriptions(documents) | {entity.label: bare(entity.arabic) for entity in links.entities}
        self._times = {(found.document.id, time.span): time for found in documents for time in found.times}

    def name(self, label: str) -> Label:
        """A participant in Arabic and in English."""
        return self._arabic.get(label, label), label

    @cached_property
    def events(self) -> tuple[EventView, ...]:
        """All events, the latest first; those without a date come last, as the latest reports tell them."""
        by_day = sorted(self.links.happenings, key=lambda happening: (first_day(happening.date), happening.id))
        dated = [happening for happening in by_day if happening.date]
        undated = sorted((happening for happening in by_day if not happening.date), key=_as_told)
        undated.sort(key=self._told_on, reverse=True)
        return tuple(self._event(happening) for happening in (*reversed(dated), *undated))

    def _told_on(self, happening: Happening) -> str:
        """The day on which an event was first told of; empty where no report of it tells when it was published."""
        days = (self.documents[mention.document].document.published for mention in happening.mentions)
        return min((day.value[:10] for day in days if day), default="")

    @cached_property
    def of_mention(self) -> Mapping[Mention, str]:
        """For each event of each document the id of the event over all documents."""
        return {mention: happening.id for happening in self.links.happenings for mention in happening.mentions}

    def _event(self, happening: Happening) -> EventView:
        name, meaning = type_label(happening.type)
        told = sorted(accounts(happening, self.documents), key=lambda account: published(account.document))
        return EventView(
            happening=happening,
            date=date_label(happening.date) if happening.date else told_label(self._told_on(happening)),
            type=name,
            meaning=meaning,
            mode=label("mode", happening.mode) if happening.mode else None,
            status=label("status", happening.status),
            support=label("support", happening.support),
            reason=self._reason(happening),
            actors=tuple(self.name(label) for label in happening.actors),
            recipients=tuple(self.name(label) for label in happening.recipients),
            place=self.name(happening.place) if happening.place else None,
            accounts=tuple(self._account(account, len(told) > 1 and not at) for at, account in enumerate(told)),
            counts=tuple(_counts(len(told), happening.independent)),
            line=quote(told[0].document, told[0].trigger, LINE),
            told=tuple(self._told(happening)),
            news=self._news(happening),
        )

    def _reason(self, happening: Happening) -> Label:
        """Why it is supported so, with the Arabic words for sources without a name, and outlets for ids of reports."""
        arabic, english = happening.reason_ar, happening.reason
        sources = {value.source for value in happening.values} | set(happening.roots)
        for source in sorted(sources, key=lambda source: (-len(source), source)):
            arabic = arabic.replace(f"({source})", f"({self.name(source)[0]})")
        for id in dict.fromkeys(mention.document for mention in happening.mentions):
            outlet = self.documents[id].document.publisher
            arabic, english = (words.replace(f"({id})", f"({outlet})") for words in (arabic, english))
        return arabic, english

    def _news(self, happening: Happening) -> str:
        came = {mention.document in self.new for mention in happening.mentions}
        return "new" if came == {True} else "more" if True in came else ""

    def _account(self, account: Account, first: bool) -> AccountView:
        document, claim = account.document, account.claim
        return AccountView(
            published=published_label(document),
            quote=quote(document, account.trigger, SNIPPET),
            chain=chain(document, claim),
            source_kind=label("source_kind", claim.source_kind) if claim else None,
            stance=label("stance", claim.stance) if claim else None,
            status=label("status", account.event.status),
            copy_of=self.copied(document.id),
            first=first,
            new=document.id in self.new,
        )

    def copied(self, document: str) -> str | None:
        """Who published what a document copies."""
        first = self.copy_of.get(document)
        return self.documents[first].document.publisher if first in self.documents else None

    def _told(self, happening: Happening) -> Iterator[Told]:
        """What is told for each slot, without that it happened where nobody says otherwise."""
        slots: dict[str, dict[Label, list[Value]]] = {}
        for value in happening.values:
            slots.setdefault(value.slot, {}).setdefault(self._shown(value), []).append(value)
        for slot, told in slots.items():
            if slot == "happened" and set(told) == {label("status", happening.status)}:
                continue
            yield Told(slot_label(slot), tuple(self._value(shown, same) for shown, same in told.items()))

    def _value(self, shown: Label, told: Sequence[Value]) -> ToldValue:
        notes = (self._note(value) for value in told if value.slot == "date")
        return ToldValue(shown, next((note for note in notes if note), None), tuple(self._sources(told)))

    def _sources(self, told: Sequence[Value]) -> Iterator[Link]:
        """Who gives a value; with the outlet where several outlets have it from one source."""
        first: dict[tuple[str, str], Value] = {}
        for value in told:
            first.setdefault((value.source, self.documents[value.document].document.publisher), value)
        outlets = Counter(source for source, _ in first)
        for (source, outlet), value in first.items():
            arabic, english = self.name(source)
            several = f" ({outlet})" if outlets[source] > 1 and outlet != source else ""
            yield Link((arabic + several, english + several), href(value.document, value.span))

    def _shown(self, value: Value) -> Label:
        if value.slot == "date":
            return date_label(value.value)
        if value.slot == "happened":
            return label("status", value.value)
        return self.name(value.value) if value.low is None else (value.value, value.value)

    def _note(self, value: Value) -> Label | None:
        """The words of a date, and the day that they were reckoned from."""
        time = self._times.get((value.document, value.span))
        return anchored(time) if time else None


def anchored(time: Time) -> Label | None:
    """The words of a relative time, and the date that they were reckoned from; None where they say it all."""
    if time.anchor is None or time.anchored_by not in ("published", "passage"):
        return None
    arabic, english = date_label(time.anchor[:10])
    by_report = time.anchored_by == "published"
    from_arabic, from_english = ("تاريخ النشر", "published") if by_report else ("قبله في النص", "before it in the text")
    return f"«{time.span.text}» من {arabic}، {from_arabic}", f"“{time.span.text}”, from {english}, {from_english}"


def _counts(told: int, independent: int) -> Iterator[Label]:
    if told > 1:
        yield counted(told, "account")
        yield counted(independent, "root")


def _descriptions(documents: Sequence[Annotated]) -> dict[str, str]:
    """The Arabic words behind the short English descriptions of participants without a name; the shortest met."""
    roles = (role for found in documents for event in found.events for role in (*event.actors, *event.recipients))
    return {role.entity: bare(role.span.text) for role in _longest_first(roles) if role.span is not None}


def _longest_first(roles: Iterable[Role]) -> list[Role]:
    return sorted(roles, key=lambda role: (len(role.span.text), role.span.text) if role.span else (0, ""), reverse=True)


def _as_told(happening: Happening) -> tuple[str, int, str]:
    """A key by which events stand in the order in which a report tells them."""
    first = happening.mentions[0]
    return first.document, len(first.event), first.event


def published(document: Document) -> str:
    """A key by which documents stand in the order in which they were published."""
    return document.published.value if document.published else "9999"


def published_label(document: Document) -> Label | None:
    """The day on which a document was published."""
    return date_label(document.published.value[:10]) if document.published else None


def quote(document: Document, words: Span, length: int) -> Quote:
    """The sentence of some words, cut before and after them where it is long."""
    sentence = sentence_of(document, words)
    before, after = document.text[sentence.start : words.start], document.text[words.end : sentence.end]
    if len(before) > length // 2:
        before = "… " + before[-length // 2 :].partition(" ")[2]
    if len(after) > length // 2:
        after = after[: length // 2].rpartition(" ")[0] + " …"
    return Quote(before, words.text, after, href(document.id, words))


def chain(document: Document, claim: Claim | None) -> tuple[Link, ...]:
    """Who tells it: the outlet, the media that relayed it, the source, nearest to the reader first."""
    links = [Link((document.publisher, document.publisher), f"#doc:{document.id}")]
    if claim is not None:
        links += [Link((bare(span.text), bare(span.text)), href(document.id, span)) for span in claim.via]
        if claim.source is not None:
            words = bare(claim.source.text)
            links.append(Link((words, claim.source_entity or words), href(document.id, claim.source)))
    return tuple(links)


def href(document: str, span: Span) -> str:
    """The link to exact characters of a document on the page."""
    return f"#doc:{document}@{span.start}-{span.end}"
