"""Common nouns that stand for those who act, titles, and adjectives of nationality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from khabar.lexicon import forms, table
from khabar.text import Token, fold
from khabar.text.morphology import readings

_LONGEST_OFFICE = 4
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that heads a phrase about an actor: its kind, English label, stem, clitics and article."""

    kind: str
    label: str
    stem: str
    prefix: str
    article: bool


def _without_article(form: str) -> str:
    """A form of a table, folded, without its article; the alef of ``ألماني`` is no article.

    >>> _without_article("الغرب"), _without_article("ألماني")
    ('غرب', 'الماني')
    """
    return fold(form.removeprefix("ال"))


@cache
def _actor_nouns() -> dict[str, tuple[str, str]]:
    return {_without_article(form): (row["kind"], row["label"]) for form, row in forms("event_actors")}


@cache
def _office_labels() -> dict[tuple[str, ...], str]:
    """The words of an office without articles → its English label."""
    rows = (row for row in table("titles") if row["kind"] == "office")
    return {
        tuple(word.removeprefix("ال") for word in fold(form).split()): _lower(row["label"])
        for row in rows
        for form in row["form"].split("|")
        if " " in form and row["label"].split()[-1] not in ("for", "in", "of")
    }


def _lower(label: str) -> str:
    return " ".join(word if word.isupper() else word.lower() for word in label.split())


def office_label(words: Sequence[str]) -> tuple[str, int]:
    """The label of the longest office that some words begin with, and of how many words it is.

    >>> office_label(("رئيس", "وزراء", "عراقي"))
    ('prime minister', 2)
    """
    known = _office_labels()
    for length in range(min(_LONGEST_OFFICE, len(words)), 1, -1):
        if tuple(words[:length]) in known:
            return known[tuple(words[:length])], length
    return "", 0


@cache
def _ranks() -> frozenset[str]:
    """Single-word ranks and honours: heads only where a person's name follows."""
    rows = (row for row in table("titles") if row["kind"] in ("rank", "honour"))
    return frozenset(
        _without_article(form) for row in rows for form in row["form"].split("|") if " " not in form and len(form) > 3
    )


@cache
def _qualified_ranks() -> dict[tuple[str, ...], str]:
    """``لواء متقاعد`` and the like, as bare words → their English label."""
    rows = (row for row in table("titles") if row["kind"] == "rank")
    return {
        tuple(word.removeprefix("ال") for word in fold(form).split()): _lower(row["label"])
        for row in rows
        for form in row["form"].split("|")
        if len(form.split()) == 2
    }


def qualified_rank(rank: str, after: str) -> str:
    """The label of an officer whose rank is told with the word after it (``اللواء المتقاعد``), else nothing.

    >>> qualified_rank("لواء", "متقاعد"), qualified_rank("لواء", "مدرع")
    ('retired major general', '')
    """
    return _qualified_ranks().get((rank, after), "")


@cache
def _nations() -> dict[str, tuple[str, str]]:
    """Folded adjective → (label of the country or body, English adjective)."""
    labels = {row["iso"]: row["label"] for row in table("countries")}
    found = {
        _without_article(form): (labels.get(row["iso"], row["label"]), row["label"]) for form, row in forms("demonyms")
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


def head_at(token: Token) -> Head | None:
    """The actor noun or title that a word of a text is."""
    return head_of(token.folded, token.text.endswith("ة"))


@lru_cache(maxsize=50_000)
def head_of(folded: str, feminine: bool = False) -> Head | None:
    """The actor noun or title that a word is, by its stem, or None; a `feminine` word ends in ``ة``, not in a pronoun.

    >>> head_of("والمسلحين").kind
    'armed'
    >>> head_of("محافظه", feminine=True) is None
    True
    """
    nouns = _actor_nouns()
    for reading in readings(folded):
        for stem in (reading.stem, reading.stem.removesuffix("ا"), _without_pronoun(reading.stem)):
            if feminine and not stem.endswith("ه"):
                continue
            if not feminine and _owned(stem) and not reading.article and nouns.get(stem, ("",))[0] == "people":
                continue
            if stem in nouns and not reading.prefix.endswith("س"):
                return Head(*nouns[stem], stem, reading.prefix, reading.article)
        if reading.stem in _ranks() and not reading.prefix.endswith("س"):
            return Head("rank", "", reading.stem, reading.prefix, reading.article)
    return None


def _owned(stem: str) -> bool:
    """``طلبه`` is somebody's request, ``طلبة`` are students."""
    return len(stem) == _SHORT and stem.endswith("ه")


def is_rank(stem: str) -> bool:
    """Is a noun also a rank: ``لواء``, a brigade and a major general?

    >>> is_rank("لواء"), is_rank("جيش")
    (True, False)
    """
    return stem in _ranks()


@lru_cache(maxsize=50_000)
def bare_word(folded: str) -> str:
    """A noun without article and clitics before it; an actor noun in the form of its table.

    >>> bare_word("والجيش"), bare_word("للخارجيه")
    ('جيش', 'خارجيه')
    """
    head = head_of(folded)
    if head is not None:
        return head.stem
    return next((reading.stem for reading in readings(folded) if reading.article), folded)


def _without_pronoun(stem: str) -> str:
    for pronoun in ("هم", "ها", "ه"):
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= 3:
            short = stem.removesuffix(pronoun)
            return short[:-1] + "ه" if short.endswith("ت") else short
    return stem


@cache
def states() -> frozenset[str]:
    """Labels of the places that act as states: countries, and the capitals that stand for them."""
    return frozenset(row["label"] for row in (*table("countries"), *table("capitals")))
