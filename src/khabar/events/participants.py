"""Who stands where in a text: names with their titles, and common nouns for those who act (``مسلحون``).

A participant is one noun phrase.  ``وزير الخارجية الروسي سيرغي لافروف`` is one, and its entity is the person:
the bodies and countries inside a title are not participants themselves.  A title that stands alone
(``الوزير الروسي``) gets the person to whom the document gives that title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from khabar.lexicon import forms, table
from khabar.model import Name, Span
from khabar.text import Token, Tokenized, fold
from khabar.text.morphology import readings

PREPOSITIONS = frozenset(
    [
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "بين",
        "ضد",
        "لدي",
        "قرب",
        "عند",
        "نحو",
        "باتجاه",
        "تجاه",
        "ازاء",
        "برفقه",
        "بحضور",
        "بمشاركه",
        "منذ",
        "حتي",
        "بعد",
        "قبل",
        "خلال",
        "اثناء",
        "وسط",
        "شمال",
        "جنوب",
        "شرق",
        "غرب",
        "عبر",
    ]
)
LOCATIVE = frozenset(["في", "ب", "قرب", "وسط", "شمال", "جنوب", "شرق", "غرب", "عند"])
_STOPS = frozenset(
    [
        "ان",
        "انه",
        "انها",
        "بان",
        "الذي",
        "التي",
        "الذين",
        "حيث",
        "فيما",
        "بينما",
        "كما",
        "اذا",
        "لكن",
        "بل",
        "خلال",
        "بعد",
        "قبل",
        "منذ",
        "مع",
        "الي",
        "علي",
        "عن",
        "ضد",
        "بين",
        "من",
    ]
)
_QUANTITIES = frozenset(
    [
        "عدد",
        "عددا",
        "عشرات",
        "العشرات",
        "مئات",
        "المئات",
        "الاف",
        "الالاف",
        "كل",
        "بعض",
        "واحد",
        "اثنين",
        "اثنان",
        "ثلاثه",
        "اربعه",
        "خمسه",
        "سته",
        "سبعه",
        "ثمانيه",
        "تسعه",
        "عشره",
    ]
)
_QUOTES = frozenset('"«»“”')
_TITLE_REACH = 14
_PLURAL_OFFICES = frozenset(
    [
        "وزراء",
        "رؤساء",
        "قاده",
        "زعماء",
        "ممثلين",
        "ممثلي",
        "ممثلون",
        "مسؤولين",
        "مسؤولي",
        "مسؤولون",
        "سفراء",
        "مستشارين",
        "ملوك",
        "امراء",
    ]
)
"""Officials of several states or bodies stand for these: ``وزراء خارجية تونس ومصر``."""
_RANK_REACH = 6
_GROUP_REACH = 3
_BACK = 3


@dataclass(frozen=True, slots=True)
class Participant:
    """A noun phrase over tokens `first` to `last` (left out) that may fill a role."""

    first: int
    last: int
    entity: str
    span: Span
    kind: str
    """``PER``, ``ORG``, ``LOC``, or for common nouns ``armed``, ``government``, ``people``, ``office``."""
    armed: bool
    preposition: str
    joined: bool
    """Joined by و or a comma to the participant just before it."""
    head: str = ""
    nation: str = ""
    inner: bool = False
    """Complement of an event noun just before it (``زيارة الرئيس``), so no subject of its clause."""

    @property
    def free(self) -> bool:
        """May it be the subject of its clause?"""
        return not self.preposition and not self.inner

    @property
    def named(self) -> bool:
        return self.kind in ("PER", "ORG", "LOC")


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    label: str
    stem: str
    prefix: str
    article: bool


@cache
def _actor_nouns() -> dict[str, tuple[str, str]]:
    return {fold(form).removeprefix("ال"): (row["kind"], row["label"]) for form, row in forms("event_actors")}


@cache
def _ranks() -> frozenset[str]:
    """Single-word ranks and honours: heads only where a person's name follows."""
    rows = (row for row in table("titles") if row["kind"] in ("rank", "honour"))
    return frozenset(
        fold(form).removeprefix("ال")
        for row in rows
        for form in row["form"].split("|")
        if " " not in form and len(form) > 3
    )


@cache
def _nations() -> dict[str, tuple[str, str]]:
    """Folded adjective → (label of the country or body, English adjective)."""
    labels = {row["iso"]: row["label"] for row in table("countries")}
    found = {
        fold(form).removeprefix("ال"): (labels.get(row["iso"], row["label"]), row["label"])
        for form, row in forms("demonyms")
    }
    return found | {fold(form): (row["label"], row["adjective"]) for form, row in forms("body_adjectives")}


@lru_cache(maxsize=50_000)
def nation(folded: str) -> tuple[str, str] | None:
    """The country that an adjective of nationality stands for, and its English adjective.

    >>> nation("الاميركيه")[0]
    'United States'
    """
    table_of = _nations()
    for reading in readings(folded):
        for stem in (reading.stem, reading.stem.removesuffix("ا")):
            if stem in table_of and reading.prefix in ("", "و", "ل", "ب"):
                return table_of[stem]
    return None


@lru_cache(maxsize=50_000)
def _head(folded: str) -> _Head | None:
    nouns = _actor_nouns()
    for reading in readings(folded):
        for stem in (reading.stem, reading.stem.removesuffix("ا"), _without_pronoun(reading.stem)):
            if stem in nouns and not reading.prefix.endswith("س"):
                return _Head(*nouns[stem], stem, reading.prefix, reading.article)
        if reading.stem in _ranks() and not reading.prefix.endswith("س"):
            return _Head("rank", "", reading.stem, reading.prefix, reading.article)
    return None


def _without_pronoun(stem: str) -> str:
    for pronoun in ("هم", "ها", "ه"):
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= 3:
            short = stem.removesuffix(pronoun)
            return short[:-1] + "ه" if short.endswith("ت") else short
    return stem


class Finder:
    """Finds the participants of one text, left to right."""

    def __init__(self, text: Tokenized, names: Sequence[Name], verbs: frozenset[int], triggers: frozenset[int]) -> None:
        self.text = text
        self.triggers = triggers
        self.beginnings = {sentence.first for sentence in text.sentences}
        self.tokens: Sequence[Token] = text.tokens
        self.verbs = verbs
        self.named: dict[int, tuple[Name, int]] = {}
        for name in names:
            first = text.token_at(name.span.start)
            self.named[first] = (name, text.token_at(max(name.span.start, name.span.end - 1)) + 1)
        self.found: list[Participant] = []
        self.bodies: dict[str, Name] = {}
        """Head word of a body's name → the body, so far: what ``المجلس`` stands for later on."""

    def all(self) -> list[Participant]:
        """All participants, in order."""
        index = 0
        while index < len(self.tokens):
            made = self._at(index)
            if made is None:
                index += 1
                continue
            if not self._apposed(made):
                self.found.append(replace(made, inner=not made.preposition and self._complement(made)))
            index = max(index + 1, made.last)
        return _with_holders(self.found)

    def _complement(self, made: Participant) -> bool:
        if made.joined and self.found:
            return self.found[-1].inner
        behind = range(made.first - 1, max(-1, made.first - 1 - _BACK), -1)
        for at in behind:
            if at in self.triggers and at not in self.verbs:
                return True
            if self.tokens[at].kind != "word" or at in self.verbs or self._named_end(at) or at + 1 in self.beginnings:
                return False
        return False

    def _at(self, index: int) -> Participant | None:
        if index in self.named:
            name, last = self.named[index]
            self._remember(index, name)
            return self._make(index, last, name, name.type == "ORG", "")
        token = self.tokens[index]
        if token.kind != "word" or index in self.verbs:
            return None
        head = _head(token.folded)
        if head is None:
            return None
        return self._office(index, head) if head.kind in ("office", "rank") else self._group(index, head)

    def _remember(self, index: int, name: Name) -> None:
        head = _head(self.tokens[index].folded) if name.type == "ORG" else None
        if head is not None:
            self.bodies[head.stem] = name

    def _office(self, index: int, head: _Head) -> Participant | None:
        """A title and its holder, or the title alone; a rank alone is nobody."""
        at, end, people = index + 1, index + 1, ""
        body: tuple[Name, int] | None = None
        while at < min(len(self.tokens), index + (_TITLE_REACH if head.kind == "office" else _RANK_REACH)):
            if at in self.named:
                name, last = self.named[at]
                self._remember(at, name)
                if name.type == "PER":
                    return self._make(index, last, name, False, head.prefix, head.stem, people)
                body = body or (name, last)
                people, at, end = people or name.entity, last, last
                continue
            if self._closes(at):
                break
            made = nation(self.tokens[at].folded)
            if made:
                people, end = made[0], at + 1
            at += 1
        if body is not None and head.stem in _PLURAL_OFFICES:
            return self._make(index, body[1], body[0], False, head.prefix, head.stem)
        return self._common(index, end, head, people) if head.kind == "office" else None

    def _closes(self, at: int) -> bool:
        """Does a title end before token `at`?"""
        token = self.tokens[at]
        if at in self.beginnings:
            return True
        if token.kind == "mark":
            return not (token.text in ',،-–("«“' and at + 1 in self.named and self.named[at + 1][0].type == "PER")
        if at in self.verbs or token.folded in _STOPS or self.tokens[at - 1].end + 1 < token.start:
            return True
        head = _head(token.folded)
        return head is not None and head.kind == "office" and head.prefix.startswith("و")

    def _group(self, index: int, head: _Head) -> Participant:
        """A force, body or crowd: the name that it carries (``قوات حفتر``), else its description."""
        at, people, end, closed = index + 1, "", index + 1, head.article
        while at < min(len(self.tokens), index + 1 + _GROUP_REACH):
            if at in self.beginnings or (closed and at in self.named):
                break
            if at in self.named and self._prefix(at) == "":
                name, last = self.named[at]
                if name.type == "PER":
                    return self._common(index, last, head, name.entity)
                if name.type == "ORG":
                    self.bodies[head.stem] = name
                    return self._make(index, last, name, head.kind == "armed", head.prefix, head.stem)
                people, end = name.entity, last
                break
            token = self.tokens[at]
            if token.text in _QUOTES:
                at += 1
                continue
            if token.kind != "word" or at in self.triggers or token.folded in PREPOSITIONS or token.folded in _STOPS:
                break
            made = nation(token.folded)
            if made and not token.folded.startswith("و"):
                people, end = made[1], at + 1
                break
            inner = _head(token.folded) if at == end else None
            if inner is not None and inner.kind in ("armed", "government") and inner.prefix == "":
                known = self.bodies.get(inner.stem) if inner.article else None
                if known is not None:
                    return self._make(index, at + 1, known, head.kind == "armed", head.prefix, head.stem)
                end, closed = at + 1, inner.article
            at += 1
        return self._common(index, end, head, people)

    def _common(self, first: int, last: int, head: _Head, people: str) -> Participant:
        label = f"{people} {head.label}".strip()
        span = self.text.token_span(first, last)
        preposition = self._preposition(first, head.prefix)
        joined = self._joined(first, head.prefix)
        known = self.bodies.get(head.stem) if head.article and not people and last == first + 1 else None
        if known is not None:
            return Participant(
                first, last, known.entity, span, known.type, head.kind == "armed", preposition, joined, head.stem
            )
        return Participant(
            first, last, label, span, head.kind, head.kind == "armed", preposition, joined, head.stem, people
        )

    def _make(
        self, first: int, last: int, name: Name, armed: bool, prefix: str, head: str = "", people: str = ""
    ) -> Participant:
        prefix = prefix or self._prefix(first)
        locative = name.type == "LOC"
        return Participant(
            first, last, name.entity, name.span, name.type, armed, self._preposition(first, prefix, locative),
            self._joined(first, prefix), head, people,
        )  # fmt: skip

    def _prefix(self, index: int) -> str:
        """The clitics that a name leaves outside (``وبموسكو`` → ``وب``), and the fused ``لل``."""
        if index not in self.named:
            return ""
        token, start = self.tokens[index], self.named[index][0].span.start
        if start > token.start:
            return fold(self.text.text[token.start : start])
        return "ل" if token.folded.startswith("لل") else ""

    def _preposition(self, first: int, prefix: str, locative: bool = False) -> str:
        """The preposition that governs the phrase, its clitic first, then back over a few plain words."""
        if prefix[-1:] in ("ب", "ل", "ك"):
            return prefix[-1]
        if prefix.startswith(("و", "ف")):
            return ""
        for at in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if at + 1 in self.beginnings:
                return ""
            token = self.tokens[at]
            if token.folded in PREPOSITIONS or token.folded.lstrip("و") in PREPOSITIONS:
                return self._partitive(at, token.folded)
            if token.text in _QUOTES:
                continue
            if token.kind != "word" or at in self.verbs or self._named_end(at) or token.folded in _STOPS:
                return ""
            if locative and len(token.folded) > 4 and token.folded[0] in "بل" and _head(token.folded) is None:
                return token.folded[0]
        return ""

    def _named_end(self, at: int) -> bool:
        return bool(self.found) and self.found[-1].last > at

    def _partitive(self, at: int, word: str) -> str:
        """``من`` after a number or a quantity does not govern: ``ثلاثة من المسلحين``."""
        before = self.tokens[at - 1] if at else None
        if word == "من" and before is not None and (before.kind == "number" or before.folded in _QUANTITIES):
            return ""
        return word

    def _joined(self, first: int, prefix: str) -> bool:
        if not self.found or not self.beginnings.isdisjoint(range(self.found[-1].last, first + 1)):
            return False
        gap = first - self.found[-1].last
        if prefix.startswith("و") or (first and self.tokens[first - 1].folded == "و"):
            return gap <= 5
        return gap == 1 and self.tokens[first - 1].text in "،,"

    def _apposed(self, made: Participant) -> bool:
        """A title set after its holder by a comma: ``..., وزير الخارجية``."""
        return (
            made.kind == "office" and bool(self.found) and self.found[-1].kind == "PER"
            and made.first == self.found[-1].last + 1 and self.tokens[made.first - 1].text in "،,"
        )  # fmt: skip


def _with_holders(found: list[Participant]) -> list[Participant]:
    people = [one for one in found if one.kind == "PER" and one.head]
    out: list[Participant] = []
    for one in found:
        holder = _holder(one, people) if one.kind == "office" else None
        out.append(one if holder is None else replace(one, entity=holder.entity, kind="PER"))
    return out


def _holder(office: Participant, people: list[Participant]) -> Participant | None:
    """The person to whom the document gives this title, the nearest before, else the first after."""
    fitting = [
        one
        for one in people
        if one.head == office.head and (not office.nation or not one.nation or one.nation == office.nation)
    ]
    before = [one for one in fitting if one.first < office.first]
    return before[-1] if before else fitting[0] if fitting else None
