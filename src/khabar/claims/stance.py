"""How a source stands to what it says: the word's own stance, bent by the content's first words."""

from __future__ import annotations

from itertools import pairwise

from khabar.claims.words import particle, steering
from khabar.model import Stance
from khabar.text import fold

_URGED = "اهميه"
_EARLY = 14


def _is_future(folded: str) -> bool:
    """Is the word an imperfect verb with the future's س (``سيزور``)?"""
    return folded.startswith(("سي", "ست", "سن")) and len(folded) > 3 and particle(folded) != "present"


def _asks(stance: Stance, words: list[str]) -> bool:
    if stance == "assert" and words[0] == _URGED:
        return True
    duty = any(particle(word) == "duty" for word in words) or (words[0] == "علي" and "ان" in words[:7])
    return duty or any(word in steering("need") for word in words[:4])


def _denies(words: list[str]) -> bool:
    """Does a negation open the content, and not one that says that something lasts (``لا تزال``)?"""
    pairs = zip(words[:2], [*words[1:], ""], strict=False)
    return any(word in steering("denial") and then not in steering("lasting") for word, then in pairs)


def _is_baseless(words: list[str]) -> bool:
    """``المزاعم لا أساس لها``, ``الخبر لا صحة له``."""
    return any(word == "لا" and then in ("اساس", "صحه") for word, then in pairwise(words))


def _may_be(words: list[str]) -> bool:
    """Does ``قد`` stand before an imperfect verb (``قد يزور``), which leaves open whether it will be so?"""
    return any(word in ("قد", "فقد") and then[:1] in ("ي", "ت") for word, then in pairwise(words))


def stance_of(stance: Stance, content: str) -> Stance:
    """The stance of a claim.

    >>> stance_of("assert", "ضرورة وقف القتال"), stance_of("assert", "القوات ستدخل المدينة"), stance_of("deny", "ستدخل")
    ('demand', 'predict', 'deny')
    """
    words = [fold(word.strip('«»“”"،.:')) for word in content.split(maxsplit=_EARLY)[:_EARLY]]
    if stance not in ("assert", "confirm") or not words:
        return stance
    if _asks(stance, words):
        return "demand"
    if _denies(words) or _is_baseless(words):
        return "deny"
    if any(_is_future(word) or word in ("سوف", "لن") for word in words[:6]) or _may_be(words[:9]):
        return "predict"
    return "assert" if particle(words[0]) == "opener" and words[0] not in ("مقتل", "وجود", "وفاه") else stance


def settled(stance: Stance, own: Stance, heard: str) -> Stance:
    """The stance, where the encoder is sure that something is only said: not denied or confirmed by words within it.

    >>> settled("deny", "assert", "assert"), settled("deny", "deny", "assert"), settled("predict", "assert", "assert")
    ('assert', 'deny', 'predict')
    """
    bent = stance == "confirm" or (stance == "deny" and own != "deny")
    return "assert" if bent and heard == "assert" else stance
