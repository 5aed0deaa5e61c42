"""The words of counting, from the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from khabar.lexicon import forms, table
from khabar.text import Phrases, fold


@dataclass(frozen=True, slots=True)
class Noun:
    """What a number counts: its unit, what became of it, whether the noun is definite or a dual."""

    unit: str
    kind: str
    dual: bool = False


@cache
def nouns() -> Phrases[Noun]:
    """Counted nouns, with and without the article."""
    entries = []
    for form, row in forms("counted_nouns"):
        noun = Noun(row["unit"], row["kind"])
        entries += [(form, noun), ("ال" + form, noun)]
    known = {fold(form) for form, _ in entries}
    return Phrases([*_peoples(known), *_accusatives(known), *entries])


def _accusatives(known: set[str]) -> list[tuple[str, Noun]]:
    """``55 ابنا``: the accusative of those people whose row does not give it."""
    people = [row for row in table("counted_nouns") if row["unit"] == "person"]
    single = [(row["form"].split("|")[0], row["kind"]) for row in people]
    made = [(form + "ا", Noun("person", kind)) for form, kind in single if " " not in form and form[-1] not in "ةاىء"]
    return [(form, noun) for form, noun in made if fold(form) not in known]


def _peoples(known: set[str]) -> list[tuple[str, Noun]]:
    """Men of a nation as they stand behind a number: ``84 روسيا``, ``خمسة مصريين``."""
    plurals = {form for form, _ in forms("demonyms") if form.endswith(("ون", "ين"))}
    single = {form for form, _ in forms("demonyms") if form.endswith("ي")}
    women = {form for form, _ in forms("demonyms") if form.endswith("ية")}
    women |= {form[:-1] + "ات" for form in women}
    counted = single | {form + "ا" for form in single} | plurals | women
    return [(form, Noun("person", "")) for form in sorted(counted) if fold(form) not in known]


def _duals(singular: str) -> list[str]:
    stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
    return [stem + "ان", stem + "ين"]


@cache
def duals() -> Phrases[Noun]:
    """``قتيلان``, ``سفينتين``: the duals of the first form of every one-word noun."""
    entries, known = [], {fold(form) for form, _ in forms("counted_nouns")}
    for row in table("counted_nouns"):
        singular = row["form"].split("|")[0]
        if " " not in singular and singular.isalpha():
            noun = Noun(row["unit"], row["kind"], dual=True)
            entries += [(dual, noun) for dual in _duals(singular) if len(singular) > 2 and fold(dual) not in known]
    return Phrases(entries)


@cache
def numbered_nouns() -> Phrases[None]:
    """Nouns whose number tells which one (``المادة 16``)."""
    return Phrases([(form, None) for name, _ in forms("numbered_nouns") for form in (name, "ال" + name)])


@cache
def ordinals() -> Phrases[None]:
    """``الخامسة``, ``خامس``."""
    return Phrases([(form, None) for name, _ in forms("ordinals") for form in (name, "ال" + name)])


@cache
def fractions() -> Phrases[float]:
    """Fractions as shares in per cent."""
    return Phrases((form, float(row["percent"])) for form, row in forms("figure_fractions"))


@cache
def vague_amounts() -> Phrases[tuple[float, float]]:
    """``عشرات`` and the like with their conventional bounds."""
    return Phrases((form, (float(row["low"]), float(row["high"]))) for form, row in forms("vague_amounts"))


@cache
def begun_with_al() -> frozenset[str]:
    """Folded counted nouns whose own first letters are those of the article (``ألقاب``, ``ألغام``)."""
    return frozenset(fold(form) for form, _ in forms("counted_nouns") if form.startswith(("أل", "إل")))


@cache
def units_of_time() -> frozenset[str]:
    """Folded forms of units of time."""
    return frozenset(fold(form) for form, _ in forms("time_units"))


@cache
def followers(name: str) -> frozenset[str]:
    """Words behind a number: ``stop``, ``head`` or ``noun`` (see the table)."""
    return frozenset(fold(form) for form, row in forms("figure_followers") if row["class"] == name)


@cache
def plurals() -> frozenset[str]:
    """Counted nouns that are plural: neither feminine singulars nor those that have an accusative of their own."""
    known: set[str] = set()
    for row in table("counted_nouns"):
        words = row["form"].split("|")
        singular = {words[0], words[0] + "ا"} | {word for word in words if word + "ا" in words}
        known |= {fold(word) for word in words if word not in singular and word.removesuffix("ا") not in singular}
    return frozenset(word for word in known if not word.endswith("ه"))


@cache
def words_of(name: str) -> frozenset[str]:
    """Folded forms of a table that are one word."""
    return frozenset(fold(form) for form, _ in forms(name) if " " not in form)


@cache
def first_words(name: str) -> frozenset[str]:
    """Folded first words of a table's forms."""
    return frozenset(fold(form).split()[0] for form, _ in forms(name))


@cache
def stops() -> frozenset[str]:
    """Words behind a number that are never what it counts."""
    return followers("stop") | word_class("clause")


@cache
def word_class(name: str) -> frozenset[str]:
    """Folded words of a class of the table ``figure_words``."""
    return frozenset(fold(form) for form, row in forms("figure_words") if name in row["class"].split())
