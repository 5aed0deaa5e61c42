"""Voice and agreement, as far as letters and the vowel signs that news prints show them.

A damma on the first letter of a past, or on the person's letter of a present, is printed to show a passive.
Verbs agree with a subject told before them in gender and number, pronouns with what they stand for.
"""

from __future__ import annotations

import re
from typing import Literal

from khabar.events.actors import head_at
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.events.triggers import Analysis
from khabar.text import Token, fold

Gender = Literal["m", "f", ""]
Number = Literal["s", "p", ""]

_DAMMA = "\u064f"
_BROKEN_PLURAL = re.compile("[وف]?(?:ال)?(?:أ..ا.|..ائ.)")
"""``أحزاب``, ``كتائب``: they take the verb of a feminine singular."""
_PLURAL_PRESENT = ("ون", "وا")


def marked_passive(token: Token, analysis: Analysis) -> bool:
    """Does a printed damma show that a verb is passive: ``قُتل``, ``وأُغلق``, ``اعتُقل``, ``تُستهدف``?"""
    if analysis.tense == "noun" or _DAMMA not in token.text:
        return False
    before = fold(token.text[: token.text.index(_DAMMA)])[len(analysis.prefix) :]
    derived = analysis.tense == "past" and len(before) == 3 and before[0] == "ا" and before[-1] in "تط"
    return len(before) == 1 or derived


def verb_form(token: Token, analysis: Analysis) -> tuple[Gender, Number]:
    """Gender and number that a verb's own letters show, before its object pronoun.

    A dual and a singular of weak verbs look alike, so that only what is sure is told.
    """
    word = token.folded[len(analysis.prefix) :].removesuffix(analysis.pronoun)
    if analysis.tense == "past":
        if word.endswith("وا"):
            return "m", "p"
        return ("f", "s") if word.endswith("ت") else ("m", "")
    if word.endswith(_PLURAL_PRESENT) and len(word) > 4:
        return "m", "p"
    return ("f", "s") if word.startswith("ت") else ("m", "") if word.startswith("ي") else ("", "")


def pronoun_form(pronoun: str) -> tuple[Gender, Number]:
    """Gender and number of what an attached pronoun stands for; ``ها`` stands for things in the plural too.

    >>> pronoun_form("ه"), pronoun_form("هم")
    (('m', 's'), ('m', 'p'))
    """
    forms: dict[str, tuple[Gender, Number]] = {"ه": ("m", "s"), "ها": ("f", ""), "هم": ("m", "p")}
    return forms.get(pronoun, ("", ""))


def gender_of(one: Participant, first: Token) -> Gender:
    """Gender of a participant, by its kind and its first words; empty where nothing tells it."""
    feminine = first.text.endswith("ة")
    if one.kind in ("PER", "office"):
        return "f" if feminine else "m"
    if one.kind == "LOC":
        return "m" if first.folded in particles("masculine-place") else "f"
    if feminine or first.text.endswith("ات") or _plural_body(one.span.text) or _BROKEN_PLURAL.fullmatch(first.text):
        return "f"
    known = first.text.startswith("ال") or head_at(first) is not None
    return "m" if known and not first.text.endswith(("ا", "ى", "اء")) else ""


def _plural_body(name: str) -> bool:
    """``الأمم المتحدة``: the adjective shows that the name is feminine."""
    words = name.split()
    return len(words) > 1 and words[0].startswith("ال") and words[1].startswith("ال") and words[1].endswith("ة")


def agrees(one: Participant, first: Token, wanted: tuple[Gender, Number]) -> bool:
    """May a participant be the subject of a verb, or what a pronoun stands for?"""
    gender, number = wanted
    if number == "p":
        return one.kind not in ("PER", "LOC", "office")
    own = gender_of(one, first)
    return not (gender and own) or gender == own
