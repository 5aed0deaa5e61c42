"""The tables of this stage, read once: reporting words, source nouns, attribution phrases, particles."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, cast

from khabar.lexicon import forms, table
from khabar.model import SourceKind, Stance
from khabar.text import Phrases, fold
from khabar.text.morphology import readings, without_pronoun

CueKind = Literal["verb", "participle", "noun", "phrase", "mark"]


@dataclass(frozen=True, slots=True)
class Reporting:
    """A word that reports speech: what may open its content, and how its speaker stands to it."""

    lemma: str
    kind: CueKind
    stance: Stance
    openers: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A noun that can head the words for a source."""

    kind: SourceKind
    role: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A phrase like بحسب, and what follows it: a source, a clause, or nothing (على حد تعبيره)."""

    role: str
    stance: Stance


_PRONOUNS = ("ه", "ها", "هم", "هما")


def _with_pronoun(form: str) -> list[str]:
    """A form with each pronoun; before one ى is an alef (``نفاه``), ة a ت (``دعوته``)."""
    stem = fold(form)
    if form.endswith(("ة", "ى")):
        stem = stem[:-1] + ("ت" if form.endswith("ة") else "ا")
    return [stem + pronoun for pronoun in _PRONOUNS]


def _as_noun(form: str) -> list[str]:
    """The verbal noun of a verb in ى, which only a pronoun tells from it (``نفيه`` beside ``نفاه``)."""
    past = form.endswith("ى") and form[0] not in _IMPERFECT
    return [fold(form) + pronoun for pronoun in _PRONOUNS] if past else []


_WITH_OBJECT = frozenset(
    {"whole", "label", "estimate", "clause", "strict", "carried", "relay", "ascribe", "said", "call"}
)
"""Verbs that may have a pronoun for their object: ``وصفته``, ``قدرها``, ``وهو ما نفاه``, ``ما نقلته``, ``دعتهم``."""


_IMPERFECT = ("ي", "ت")


def _has_dual(folded: str) -> bool:
    """Has a form of the past its dual in an added alef (``أفادا``, ``أشارتا``)?"""
    return folded.endswith("ت") or (len(folded) > 3 and not folded.endswith(("ي", "ا")) and folded[0] not in _IMPERFECT)


@cache
def reporting_words() -> dict[str, tuple[Reporting, bool]]:
    """Folded form → its entry, and whether the form carries an attached pronoun (``إعلانه``, ``وصفته``)."""
    found: dict[str, tuple[Reporting, bool]] = {}
    attached: dict[str, tuple[Reporting, bool]] = {}
    owned: dict[str, tuple[Reporting, bool]] = {}
    duals: dict[str, tuple[Reporting, bool]] = {}
    for form, row in forms("reporting_verbs"):
        entry = Reporting(
            row["lemma"],
            cast(CueKind, row["kind"]),
            cast(Stance, row["stance"]),
            frozenset(row["construction"].split(",")),
        )
        found[fold(form)] = (entry, False)
        if entry.kind == "verb" and _has_dual(fold(form)):
            duals[fold(form) + "ا"] = (entry, False)
        if entry.kind == "noun" or (entry.openers & _WITH_OBJECT and entry.kind == "verb"):
            forms_of = owned if entry.kind == "noun" else attached
            forms_of |= dict.fromkeys(_with_pronoun(form), (entry, True))
        if entry.kind == "verb" and "direct" in entry.openers:
            owned |= dict.fromkeys(_as_noun(form), (replace(entry, kind="noun"), True))
    return attached | owned | duals | found


@cache
def source_nouns() -> dict[str, SourceNoun]:
    """Folded noun, without article → what kind of source it makes."""
    return {fold(form): SourceNoun(cast(SourceKind, row["kind"]), row["class"]) for form, row in forms("source_nouns")}


@cache
def attribution_phrases() -> Phrases[Attribution]:
    """The phrases that attribute what stands beside them."""
    return Phrases(
        (form, Attribution(row["class"], cast(Stance, row["stance"]))) for form, row in forms("attribution_phrases")
    )


@cache
def _particles() -> dict[str, str]:
    return {fold(form): row["class"] for form, row in forms("claim_particles")}


def particle(folded: str) -> str:
    """The class of a closed-class word, the empty string for any other.

    >>> particle("خلال"), particle("وزير")
    ('preposition', '')
    """
    return _particles().get(folded, "")


@lru_cache(maxsize=50_000)
def source_noun(folded: str) -> SourceNoun | None:
    """The source noun that a folded word is, with or without article, clitics and the accusative's alef.

    >>> source_noun("المصادر").role
    'insider'
    """
    table = source_nouns()
    if folded in table:
        return table[folded]
    if folded.endswith("ا") and folded[:-1] in table:
        return table[folded[:-1]]
    for reading in readings(folded):
        if reading.stem in table and (reading.article or reading.prefix in ("", "و", "ف")):
            return table[reading.stem]
    return _owned_noun(folded)


_OWNED = frozenset({"title", "spokesman", "body", "witness"})
_SHORTEST_OWNED = 5


def _owned_noun(folded: str) -> SourceNoun | None:
    """The source noun before an attached pronoun (``سفيرها``, ``ومكتبه``)."""
    if len(folded) < _SHORTEST_OWNED or folded.startswith("ال"):
        return None
    for word in (folded, folded[1:] if folded[0] in "وف" else ""):
        for stem in without_pronoun(word)[1:]:
            noun = source_nouns().get(stem)
            if noun is not None and noun.role in _OWNED and len(stem) > 3:
                return noun
    return None


@cache
def _peoples() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("demonyms"))


def is_people(folded: str) -> bool:
    """Is the word an adjective of nationality (``يمني``), with or without article?

    >>> is_people("يمني"), is_people("يغطي")
    (True, False)
    """
    return folded.removeprefix("ال") in _peoples()


@cache
def media() -> frozenset[str]:
    """Labels of outlets and agencies."""
    return frozenset(row["label"] for row in table("outlets"))


@cache
def _powers() -> frozenset[str]:
    return frozenset(fold(form) for name in ("countries", "capitals") for form, _ in forms(name))


def speaks(place: str) -> bool:
    """Is a place a state or its capital, which stands for those who govern it?

    >>> speaks("موسكو"), speaks("درنة")
    (True, False)
    """
    return fold(place) in _powers()


@cache
def steering(kind: str) -> frozenset[str]:
    """The folded words of one class of the table of words that steer the reading of a claim (``carrier``, ``led``)."""
    return frozenset(fold(form) for form, row in forms("claim_words") if kind in row["class"].split())


_VERBAL_NOUN = re.compile(r"است..?ا.|ا.ت.ا.|ان..ا.|ا..ا.|ا.ا.ه|ت..ي.|ت..يه|ت.ا..|م.ا..ه|م.ا..ات|است..ا.ه")
_ENDINGS = ("ها", "هم", "ه", "")


@lru_cache(maxsize=50_000)
def is_verbal_noun(folded: str) -> bool:
    """Does the word have the pattern of a derived verbal noun, without article (``اقتحام``, ``تحريرها``)?

    >>> is_verbal_noun("اقتحام"), is_verbal_noun("يمنيه")
    (True, False)
    """
    if particle(folded) == "opener":
        return True
    stems = (folded[: len(folded) - len(ending)] for ending in _ENDINGS if folded.endswith(ending))
    return any(_VERBAL_NOUN.fullmatch(stem) for stem in stems)
