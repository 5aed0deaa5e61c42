"""Where a text may name an event: verbs and verbal nouns of the trigger tables, found with their clitics.

A row of ``event_verbs`` or ``event_nouns`` gives the PLOVER type and mode, the role of each complement, words
that must follow (the rest of a light verb: ``أجرى ... محادثات``), words that must not, and what must be filled
for an ambiguous word to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from khabar.events.actors import bare_word, nation
from khabar.events.inflect import jussive_forms, noun_forms, past_forms, present_forms
from khabar.events.particles import particles
from khabar.lexicon import Row, table
from khabar.text import Tokenized, fold
from khabar.text.morphology import readings

_TAIL_REACH = 12
_ENDS = frozenset(".؛:")
"""Marks behind which the rest of a light verb does not stand; a comma may set a phrase of time apart."""
_DESCRIBED = 3
"""Words before a relative pronoun that may be described by its clause."""
_BARRED_REACH = 6
_EXPLOSIVE_REACH = 12
_VERB_PREFIXES = frozenset({"", "و", "ف"})
_FUTURE_PREFIXES = frozenset({"س", "وس", "فس"})
_PURPOSE_PREFIXES = frozenset({"ل", "ول", "فل"})
_PRONOUNS = ("هما", "هم", "ها", "نا", "ه")
_OF_EVENTS = frozenset(["REJECT", "AGREE"])
"""What is called off or agreed to is an event of its own: ``ألغى زيارة``, ``قبل دعوة``."""
_MOVEMENTS = frozenset(["MOBILIZE", "RETREAT"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a trigger table, read."""

    form: str
    word_class: str
    """``verb``, ``noun`` or ``participle``."""
    type: str
    mode: str | None
    subject: str
    """Role of a verb's subject (``either``: by voice; ``passive``: the one acted on), or of a noun's genitive."""
    object: str
    prepositions: tuple[tuple[str, str], ...]
    needs: str
    tail: tuple[str, ...]
    unless: frozenset[str]

    @property
    def taken(self) -> tuple[str, str]:
        """The roles of subject and object, or of the genitive."""
        return self.subject, self.object

    @property
    def adjacent(self) -> bool:
        """Must the tail follow at once?  It must after a noun, not after a verb with its subject between."""
        return self.word_class != "verb"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to read a word as a trigger: its entry, tense, clitics and attached pronoun."""

    entry: Entry
    tense: str
    """``past``, ``present``, ``jussive`` or ``noun``."""
    prefix: str
    article: bool
    pronoun: str
    offset: int
    """Letters of the folded word before the trigger without its clitics."""
    length: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of the text that names an event, as far as its neighbours tell."""

    token: int
    start: int
    end: int
    analysis: Analysis
    others: tuple[Trigger, ...] = ()
    """Other readings, for when what this one needs is not there."""

    @property
    def entry(self) -> Entry:
        return self.analysis.entry


def _pairs(cell: str) -> tuple[tuple[str, str], ...]:
    found = [piece.rsplit("=", 1) for piece in cell.replace("من قبل=", "من_قبل=").split()]
    return tuple((fold(word), role) for word, role in found)


def _entry(row: Row, form: str, word_class: str) -> Entry:
    words = [fold(word) for word in form.split()]
    subject = row["subject"] if word_class == "verb" else row["genitive"]
    return Entry(
        form, word_class, row["type"], row["mode"] or None, subject, row.get("object", ""),
        _pairs(row["prepositions"]), row["needs"], tuple(words[1:]),
        frozenset(fold(word) for word in row["unless"].split("|") if word),
    )  # fmt: skip


Index = dict[str, list[tuple[Entry, str]]]


def _add(index: Index, forms: set[str], entry: Entry, tense: str) -> None:
    for form in forms:
        index[form].append((entry, tense))


@cache
def _index() -> Index:
    index: Index = defaultdict(list)
    for row in table("event_verbs"):
        for form in row["form"].split("|"):
            entry = _entry(row, form, "verb")
            _add(index, set(past_forms(form.split()[0])), entry, "past")
            for stem in filter(None, row["present"].split("|")):
                plain = set(present_forms(stem))
                _add(index, plain, entry, "present")
                _add(index, set(jussive_forms(stem)) - plain, entry, "jussive")
    for row in table("event_nouns"):
        for form in row["form"].split("|"):
            entry = _entry(row, form, row["class"])
            head = fold(form.split()[0])
            forms = set(noun_forms(head)) if entry.word_class == "noun" else {head}
            _add(index, forms, entry, "noun")
    for entries in index.values():
        entries.sort(key=lambda pair: -len(pair[0].tail))
    return index


def _fits(prefix: str, article: bool, tense: str) -> bool:
    if tense == "noun":
        return not prefix.endswith("س")
    if article:
        return False
    if tense == "present":
        return prefix in _VERB_PREFIXES | _FUTURE_PREFIXES | _PURPOSE_PREFIXES
    return prefix in _VERB_PREFIXES


@lru_cache(maxsize=50_000)
def analyses(folded: str) -> tuple[Analysis, ...]:
    """All trigger readings of a folded word, those with the longest tail first.

    >>> [(a.entry.type, a.tense, a.prefix) for a in analyses("وسيزور")]
    [('CONSULT', 'present', 'وس')]
    """
    found = []
    index = _index()
    for reading in readings(folded):
        for pronoun in ("", *_PRONOUNS):
            stem = reading.stem.removesuffix(pronoun) if pronoun else reading.stem
            if (pronoun and (stem == reading.stem or reading.article)) or len(stem) < 2:
                continue
            for entry, tense in _entries(index, stem, reading.article):
                if _fits(reading.prefix, reading.article, tense) and (
                    not pronoun or tense != "noun" or stem[-1] != "ه"
                ):
                    found.append(
                        Analysis(entry, tense, reading.prefix, reading.article, pronoun, reading.offset, len(stem))
                    )
    found.sort(key=lambda a: (-len(a.entry.tail), len(a.pronoun)))
    return tuple(found)


def _entries(index: Index, stem: str, article: bool) -> list[tuple[Entry, str]]:
    """Entries of a stem, and of the stem with its article where the table writes it so."""
    return index.get(stem, []) + (index.get("ال" + stem, []) if article else [])


@lru_cache(maxsize=50_000)
def bare(folded: str) -> frozenset[str]:
    """What a word may be without clitics, article, tanwin and pronoun; for comparing tails.

    >>> "هجوم" in bare("هجوما"), "علاقات" in bare("علاقاتها"), "نار" in bare("النار")
    (True, True, True)
    """
    stems = {reading.stem for reading in readings(folded)} | {folded}
    stems |= {stem.removesuffix("ا") for stem in stems if len(stem) > 3}
    return frozenset(stems | {stem.removesuffix(pronoun) for stem in stems for pronoun in _PRONOUNS if len(stem) > 3})


def _same(word: str, wanted: str) -> bool:
    return word == wanted or wanted.removeprefix("ال") == word or wanted.removeprefix("ال") in bare(word)


def _tail(text: Tokenized, index: int, entry: Entry) -> list[int] | None:
    """The tokens of the rest of the entry, in order behind token `index`; None where it is not there."""
    at, reach = index + 1, len(entry.tail) if entry.adjacent else _TAIL_REACH
    while entry.adjacent and entry.tail and at < len(text.tokens) and text.tokens[at].kind == "number":
        at += 1
        reach += 1
    found: list[int] = []
    end = min(len(text.tokens), index + 1 + max(reach, len(entry.tail)))
    for wanted in entry.tail:
        while at < end and not _same(text.tokens[at].folded, wanted):
            if entry.adjacent or text.tokens[at].text in _ENDS or text.tokens[at].folded in particles("barrier"):
                return None
            at += 1
        if at >= end:
            return None
        found.append(at)
        at += 1
    return found


def _barred(text: Tokenized, index: int, entry: Entry) -> bool:
    """Do the words around, or those that a clause describes (``الكارثة التي ضربت المدينة``), say otherwise?"""
    if not entry.unless:
        return False
    reach = 3 if entry.adjacent or not entry.tail else _BARRED_REACH
    described = index > 0 and text.tokens[index - 1].folded in particles("relative")
    before = text.tokens[max(0, index - (1 + _DESCRIBED if described else 1)) : index]
    around = [*before, *text.tokens[index + 1 : index + reach]]
    return any(token.folded in entry.unless or not entry.unless.isdisjoint(bare(token.folded)) for token in around)


def _halted(text: Tokenized, index: int, analysis: Analysis) -> bool:
    """``وقف فوري لإطلاق النار``, ``مكافحة الإرهاب``: force that stops is no force used."""
    force = analysis.entry.type == "ASSAULT" or analysis.entry.mode == "cyber"
    if analysis.tense != "noun" or not force or index == 0:
        return False
    before = index - 1
    if index > 1 and text.tokens[before].folded.removeprefix("ال") in particles("halting-adjective"):
        before -= 1
    word = text.tokens[before].folded
    return any(one in particles("halting") for one in (bare_word(word), word.lstrip("وبفل")))


def _unexplosive(text: Tokenized, index: int, entry: Entry) -> bool:
    """``انفجر الوضع``: what must be an ``explosive`` has none in its words around."""
    if entry.needs != "explosive":
        return False
    around = text.tokens[max(0, index - _EXPLOSIVE_REACH) : index + _EXPLOSIVE_REACH]
    return not any(bare_word(token.folded) in particles("explosive") for token in around)


def _noun_position(text: Tokenized, index: int, analysis: Analysis) -> bool:
    """Must the word be a noun here (after a preposition, with an article or a preposition written on to it)?"""
    if analysis.article or analysis.prefix[-1:] in ("ب", "ك", "ل"):
        return True
    if _described(text, index, analysis):
        return True
    return index > 0 and not analysis.prefix and text.tokens[index - 1].folded in particles("before-noun")


def _described(text: Tokenized, index: int, analysis: Analysis) -> bool:
    """``قصف إسرائيلي``, ``قصف مدفعي``: an indefinite adjective describes a noun; but ``قتل فلسطيني`` is a verb."""
    if index + 1 >= len(text.tokens) or analysis.entry.subject not in ("actor", "either"):
        return False
    word = text.tokens[index + 1].folded
    if word in particles("kind-adjective"):
        return True
    return nation(word) is not None and not word.startswith(("ال", "وال", "لل", "بال"))


def _verb_position(text: Tokenized, index: int, names: frozenset[int]) -> bool:
    """May an unmarked past-tense form be a verb here: at a beginning, after a particle, a name or a mark?"""
    if index == 0:
        return True
    before = text.tokens[index - 1]
    return (
        before.kind == "mark"
        or (index - 1 in names and not _in_clause_of_verb(text, index, names))
        or before.folded in particles("before-verb")
        or before.end < _line_start(text, index)
    )


def _in_clause_of_verb(text: Tokenized, index: int, names: frozenset[int]) -> bool:
    """``أدانت المنظمة قصف المدينة``: after a verb and its named subject a noun follows, not a second verb."""
    for at in range(index - 1, max(-1, index - 1 - _TAIL_REACH), -1):
        token = text.tokens[at]
        if token.kind == "mark" or token.folded in particles("barrier") or token.end < _line_start(text, at + 1):
            return False
        if at not in names and any(one.entry.word_class == "verb" for one in analyses(token.folded)):
            return True
    return False


def _line_start(text: Tokenized, index: int) -> int:
    token = text.tokens[index]
    return token.start if "\n" in text.text[text.tokens[index - 1].end : token.start] else -1


def _accepted(text: Tokenized, index: int, analysis: Analysis, names: frozenset[int]) -> bool:
    entry = analysis.entry
    if _tail(text, index, entry) is None or _barred(text, index, entry) or _halted(text, index, analysis):
        return False
    if _unexplosive(text, index, entry):
        return False
    if analysis.tense == "jussive" and not (index and text.tokens[index - 1].folded in particles("jussive")):
        return False
    if analysis.pronoun and entry.type in _MOVEMENTS and entry.word_class == "verb" and not entry.object:
        return False
    if analysis.tense == "past" and not analysis.prefix and _noun_here(text, index, names):
        return False
    return analysis.tense != "noun" or not _verbal(text, index, analysis, names)


def _noun_here(text: Tokenized, index: int, names: frozenset[int]) -> bool:
    """Is a word that looks like a past verb the noun of the same letters: after a preposition or another verb?"""
    nouns = [one for one in analyses(text.tokens[index].folded) if one.tense == "noun" and not one.pronoun]
    nominal = bool(nouns)
    if any(_described(text, index, one) for one in nouns):
        return True
    if index == 0:
        return False
    if text.tokens[index - 1].folded in particles("before-noun"):
        return True
    return nominal and _in_clause_of_verb(text, index, names)


def _verbal(text: Tokenized, index: int, analysis: Analysis, names: frozenset[int]) -> bool:
    """Is a word that may be a noun rather a verb here?"""
    alternatives = any(other.tense == "past" and not other.pronoun for other in analyses(text.tokens[index].folded))
    if not alternatives or _noun_position(text, index, analysis):
        return False
    return _verb_position(text, index, names)


def find_triggers(text: Tokenized, names: frozenset[int]) -> list[Trigger]:
    """All triggers of a text in order, one a word, with its other readings; `names` are the tokens that names cover."""
    found = []
    for index, token in enumerate(text.tokens):
        if token.kind != "word" or index in names:
            continue
        read = [_trigger(text, index, analysis) for analysis in _readings(text, index, names)]
        if read:
            found.append(replace(read[0], others=tuple(read[1:])) if len(read) > 1 else read[0])
    return _without_tails(text, found)


def _without_tails(text: Tokenized, found: Sequence[Trigger]) -> list[Trigger]:
    """``أعرب عن دعمه``: the noun of a light verb is no event of another type."""
    tails: dict[int, str] = {}
    for one in found:
        if one.entry.word_class == "verb" and one.entry.tail and not one.others and one.entry.type not in _OF_EVENTS:
            tails.update(dict.fromkeys(_tail(text, one.token, one.entry) or (), one.entry.type))
    return [one for one in found if tails.get(one.token, one.entry.type) == one.entry.type]


def carried_nouns(text: Tokenized, trigger: Trigger) -> list[int]:
    """The tokens of the noun that says what a light verb is about: ``اتصالا`` in ``تلقى الوزير اتصالا``.

    None where the noun names an event of its own (``ألغى زيارة``).
    """
    if trigger.entry.word_class != "verb" or trigger.entry.type in _OF_EVENTS:
        return []
    found = _tail(text, trigger.token, trigger.entry) or []
    return [at for at in found if text.tokens[at].folded not in particles("preposition")]


def _readings(text: Tokenized, index: int, names: frozenset[int]) -> list[Analysis]:
    """The readings that the neighbours allow; of one entry only the first, of one kind of word and tense only."""
    token = text.tokens[index]
    found: list[Analysis] = []
    for analysis in analyses(token.folded):
        if analysis.pronoun == "ه" and token.text.endswith("ة"):
            continue
        if found and (analysis.tense != found[0].tense or analysis.entry.form in {one.entry.form for one in found}):
            continue
        if _accepted(text, index, analysis, names):
            found.append(analysis)
    return found


def _trigger(text: Tokenized, index: int, analysis: Analysis) -> Trigger:
    token = text.tokens[index]
    if len(token.text) != len(token.folded):
        return Trigger(index, token.start, token.end, analysis)
    fused = analysis.article and analysis.prefix.endswith("ل")
    skip = 0 if fused else analysis.offset if analysis.tense == "noun" else int(analysis.prefix[:1] in ("و", "ف"))
    start = token.start + skip
    end = token.end - (0 if token.folded[: -len(analysis.pronoun) or None].endswith("ت") else len(analysis.pronoun))
    return Trigger(index, start, end, analysis)
