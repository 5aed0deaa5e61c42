"""The written forms of a verb or noun, made from the stems that the tables hold.

Only what news prints is made: third persons and the first plural, short jussives only where they are long
enough not to look like other words, duals and sound plurals.  All forms are folded; clitics and attached
pronouns are taken off before look-up.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from khabar.text import fold

Tense = Literal["past", "present", "jussive"]

_PERSONS = ("ي", "ت", "ن")
_PAST_ENDINGS = ("", "ت", "وا", "و", "ا", "تا", "ن", "نا")
_PRESENT_ENDINGS = ("", "ون", "وا", "و", "ان", "ا", "ن")


def past_forms(form: str) -> Iterator[str]:
    """Third persons and ``we`` of a verb's past.

    >>> {"التقي", "التقت", "التقوا", "التقيا"} <= set(past_forms("التقى"))
    True
    """
    stem = fold(form)
    if not stem.endswith(("ي", "ا")):
        yield from (stem + ending for ending in _PAST_ENDINGS)
        return
    short = stem[:-1]
    yield from (stem, short + "ا", short + "ت", short + "وا", short + "و", short + "تا", short + "ينا")
    yield short + ("وا" if stem.endswith("ا") else "يا")


def present_forms(stem: str) -> Iterator[str]:
    """Third persons and ``we`` of a verb's present, from its stem without the prefix (``زور`` → ``يزور``).

    >>> {"يلتقي", "تلتقي", "يلتقون", "يلتقيان"} <= set(present_forms("لتقي"))
    True
    """
    stem = fold(stem)
    for person in _PERSONS:
        if stem.endswith(("ي", "و")):
            short = person + stem[:-1]
            if len(stem) > 3:
                yield short
            yield from (person + stem, short + "ون", short + "وا", person + stem + "ان", person + stem + "ا")
        else:
            yield from (person + stem + ending for ending in _PRESENT_ENDINGS)


def jussive_forms(stem: str) -> Iterator[str]:
    """The short forms of hollow and weak verbs after ``لم`` (``زور`` → ``يزر``, ``جري`` → ``يجر``).

    >>> "يزر" in jussive_forms("زور"), "يجر" in jussive_forms("جري"), "يلتق" in jussive_forms("لتقي")
    (True, True, True)
    """
    stem = fold(stem)
    for person in _PERSONS:
        if stem.endswith(("ي", "و")):
            yield person + stem[:-1]
        elif len(stem) >= 3 and stem[-2] in "ويا":
            yield person + stem[:-2] + stem[-1]


def noun_forms(form: str) -> Iterator[str]:
    """A noun with its tanwin alef, its duals, and its shapes before an attached pronoun.

    >>> {"لقاء", "لقائ", "لقاؤ", "لقاءين"} <= set(noun_forms("لقاء"))
    True
    >>> {"غاره", "غارت", "غارتين"} <= set(noun_forms("غارة"))
    True
    """
    stem = fold(form)
    yield stem
    if stem.endswith("ه"):
        yield from (stem[:-1] + "ت", stem[:-1] + "تين", stem[:-1] + "تان")
        return
    yield from (stem + "ا", stem + "ين", stem + "ان")
    if stem.endswith("ء"):
        yield from (stem[:-1] + "ئ", stem[:-1] + "ؤ")
