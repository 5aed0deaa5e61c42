"""The nouns that pass between the rooms, and nothing else.

Every annotation is stand-off: offsets into :attr:`Document.text`, counted in Unicode code points, end
exclusive.  A :class:`Span` also carries its characters, so that ``text[span.start:span.end] == span.text``
can be asserted anywhere; no stage ever looks a string up again to find where it stood.

Values never say more than the words: a time that names a month has a month as its value, a document whose
date is unknown has none, and whatever decided a value is named in ``rule`` with a ``score`` from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NameType = Literal["PER", "ORG", "LOC"]
PlaceLevel = Literal["country", "province", "town"]
SourceKind = Literal["person", "organisation", "document", "anonymous"]
Stance = Literal["assert", "confirm", "deny", "demand", "predict", "doubt"]
Evidence = Literal["seen", "heard", "inferred"]
Distance = Literal["alleged", "so-called", "scare-quotes"]
EventStatus = Literal["actual", "future", "hypothetical", "negated"]
PublishedHow = Literal[
    "given", "json-ld", "meta", "time-element", "metadata", "feed", "dateline", "text", "url", "search"
]
"""``metadata``: a field of a record, a mail's head, the properties of a file; ``search``: found by htmldate."""
OTHER = "OTHER"
"""The type of events for which PLOVER has none: accidents, losses, finds, natural deaths, disasters."""
Support = Literal["single-source", "corroborated", "disputed", "denied"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: ``text[start:end]`` is exactly ``self.text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: ``before[start:end]`` becomes ``new`` (offsets into the text before its step)."""

    start: int
    end: int
    new: str
    score: float = 1.0
    """How sure it is that this mends and does not spoil: 1 where no other reading is possible."""


@dataclass(frozen=True, slots=True)
class Step:
    """One pass of a repair plan: the rule that made it, and its edits, in order and not overlapping."""

    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document came from: the file, the record inside it, and how its bytes became characters."""

    path: str
    sha256: str
    """Of the bytes that this document was read from (the whole file, or its own line or record)."""
    media_type: str
    encoding: str
    member: str | None = None
    """Which record of a file that holds several (``line 3``), else None."""


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published, never finer than known, and how that is known."""

    value: str
    """ISO 8601: ``2023-09-29``, ``2023-09`` or ``2023-09-29T08:04``; as precise as it is known."""
    how: PublishedHow


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a document's text that looks damaged and could not be mended."""

    span: Span
    kind: str
    """What is wrong with it, a key of the table of damages: ``unknown-character``, ``torn-word`` ..."""
    score: float
    """How sure it is that this is damage."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its cleaned text, its raw characters, and the plan that leads from these to that."""

    id: str
    text: str
    raw: str
    plan: tuple[Step, ...]
    origin: Origin
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    """The part of the paper or site that it stands in (``اقتصاد``)."""
    url: str | None = None
    published: Published | None = None
    crawled: str | None = None
    """When this copy was made (ISO 8601), which says nothing of when the report was published."""
    damage: tuple[Damage, ...] = ()
    """What could not be mended, in order."""

    @property
    def publisher(self) -> str:
        """Who published it, as far as is known: the outlet's name, else the document's own id."""
        return self.outlet or self.id


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and what it means: a TIMEX3 / ISO 8601 value and the interval that it covers."""

    span: Span
    value: str | None
    """None where the document has no date to resolve a relative expression with."""
    kind: Literal["date", "time", "duration", "set"]
    earliest: str | None
    """First day of the interval (``YYYY-MM-DD``), None where unknown or for a length of time."""
    latest: str | None
    anchor: str | None
    """The date that a relative expression was resolved against, None for an absolute one."""
    anchored_by: Literal["published", "passage", "absolute", "none"]
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the world that a name may mean."""

    reference: str
    """``geonames:2210247`` for a town; ``iso:LY`` for a country, ``iso:SY-HA`` for a province."""
    label: str
    country: str
    """ISO 3166-1 code."""
    level: PlaceLevel
    latitude: float | None
    """Degrees north; of a country or a province those of its capital, None where unknown."""
    longitude: float | None
    score: float
    """How probable it is that this one is meant; those of all candidates have the sum of 1 at most."""
    reason: str


@dataclass(frozen=True, slots=True)
class Name:
    """A mention by name.  ``entity`` is one English label for one real thing."""

    span: Span
    type: NameType
    entity: str
    rule: str
    score: float
    title: Span | None = None
    """The title or office written beside a person (``اللواء المتقاعد``)."""
    reference: str | None = None
    """An outside identifier: ``geonames:2210247``, ``iso:LY``; of a place that of its first candidate, if likely."""
    candidates: tuple[Place, ...] = ()
    """The places that it may mean, the most probable first; empty for what is no place and for unknown ones."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage that the outlet does not say in its own voice."""

    id: str
    cue: Span | None
    source: Span | None
    source_kind: SourceKind
    source_entity: str | None
    via: tuple[Span, ...]
    content: Span
    stance: Stance
    rule: str
    score: float
    evidence: Evidence | None = None
    """How the source knows it, where the words say so: it saw it, has it from others, or concludes it."""
    distance: Distance | None = None
    """How the outlet keeps its distance: ``زعم``, ``ما وصفه ب...``, or a word or two of it in quotation marks."""


@dataclass(frozen=True, slots=True)
class Role:
    """Who fills a role of an event: an entity label or a short description, and where it says so."""

    entity: str
    span: Span | None
    rule: str
    score: float


FIRM = 0.25
"""Probability from which the date of an event is more than a guess."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a document, in the terms of PLOVER or `OTHER`, with every place that names it."""

    id: str
    triggers: tuple[Span, ...]
    """The fullest first."""
    type: str
    mode: str | None
    status: EventStatus
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    date: str | None
    date_span: Span | None
    place: str | None
    place_span: Span | None
    claims: tuple[str, ...]
    """Ids of the claims in whose content it is told; empty where the outlet tells it itself."""
    rule: str
    score: float
    date_score: float | None = None
    """How probable its date is; None where it has none, or where a person gave it."""

    @property
    def firm_date(self) -> str | None:
        """Its date where that is more than a guess: what links documents, and what is counted, rests on no other."""
        return self.date if self.date_score is None or self.date_score >= FIRM else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts or measures something other than time."""

    span: Span
    low: float
    high: float
    approx: bool
    unit: str
    what: str | None
    """What is counted, in the words of the text (``جندي``)."""
    kind: str | None
    """What became of those counted: dead, wounded, arrested, displaced, deployed, trained; else None."""
    date: str | None
    place: str | None
    claim: str | None
    event: str | None
    vague: bool
    """True for ``عشرات`` and bare duals, which the annotation guide leaves out."""
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with everything that was found in it.  What `annotate` returns."""

    document: Document
    times: tuple[Time, ...] = ()
    names: tuple[Name, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, body or place over all documents, under every spelling."""

    id: str
    label: str
    type: NameType
    forms: tuple[str, ...]
    """Every spelling met, the most frequent first."""
    labels: tuple[str, ...]
    """The labels that single documents gave it; each leads here."""
    documents: tuple[str, ...]
    reason: str
    score: float

    @property
    def arabic(self) -> str:
        """Its name in Arabic: the fullest of its most frequent spellings, the label where no spelling is Arabic."""
        forms = [form for form in self.forms if any("\u0600" <= letter <= "\u06ff" for letter in form)]
        return max(forms[:3], key=len, default=self.label)


@dataclass(frozen=True, slots=True)
class Mention:
    """One document's event that is part of an event over all documents."""

    document: str
    event: str
    """Id of the event in that document."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that somebody gives for a slot of an event, and who says so."""

    slot: str
    """``date``, ``place``, ``actor``, ``recipient``, ``target``, ``happened``, or a figure's kind."""
    value: str
    low: float | None
    high: float | None
    document: str
    span: Span
    claim: str | None
    source: str
    """The innermost source's label, else the outlet's."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the world as told by all documents together, with how well it is supported."""

    id: str
    type: str
    mode: str | None
    status: EventStatus
    date: str | None
    place: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    mentions: tuple[Mention, ...]
    values: tuple[Value, ...]
    support: Support
    independent: int
    """How many independent roots tell it: innermost named sources or agencies, not outlets."""
    roots: tuple[str, ...]
    reason: str
    reason_ar: str
    planned: str | None = None
    """Id of the happening that announced this one, where one did."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents of which one repeats the other's sentences."""

    first: str
    """The earlier one, as far as is known."""
    second: str
    share: float
    """Part of the shorter text that stands in the longer one, 0 to 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about one running matter."""

    id: str
    documents: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Links:
    """What `link` finds over a set of annotated documents."""

    entities: tuple[Entity, ...] = ()
    happenings: tuple[Happening, ...] = ()
    stories: tuple[Story, ...] = ()
    copies: tuple[Copy, ...] = ()
    roots: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """For every document the sources that its account comes from in the end."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What somebody has ruled: two labels are one person, body or place, or two mentions one event; or they are not."""

    kind: Literal["entity", "happening"]
    first: str
    """An entity label as single documents give it; or a document and the id of an event in it (``report-7#e2``)."""
    second: str
    same: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input that could not become a document, and why."""

    path: str
    reason: str
