"""Who says it, where the source stands before the reporting word."""

from __future__ import annotations

from khabar.claims.noun_phrases import is_governed, is_indefinite, is_nisba
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.subjects import Source, after
from khabar.claims.words import source_noun
from khabar.text.quotes import QUOTES

_FARTHEST = 26
_MOST_BETWEEN = 4
_PEOPLE = frozenset({"analyst", "official", "witness", "insider"})


def before(scene: Scene, at: int, floor: int) -> Source | None:
    """The source right before the reporting word at token `at`, not before token `floor`.

    Only a noun phrase that opens its clause counts (``كان الوزير قد أعلن``, ``الوزير يحذر``), or the antecedent
    of a relative pronoun (``واشنطن التي تتهم``).
    """
    end = at
    while end > floor and (scene.particle(end - 1) in ("auxiliary", "adverb", "relative") or end - 1 in scene.timed):
        end -= 1
    pronouns = [scene.word(spot) for spot in range(end, at) if scene.particle(spot) == "relative"]
    return _antecedent(scene, end, floor, pronouns[-1], scene.word(at)) if pronouns else _clause_head(scene, end, floor)


def _clause_head(scene: Scene, end: int, floor: int) -> Source | None:
    while end > floor and scene.mark(end - 1) in QUOTES:
        end -= 1
    found = _phrase_between(scene, _clause_start(scene, end, floor), end)
    return found or (_described(scene, end) if end > floor else None)


def _described(scene: Scene, end: int) -> Source | None:
    """An indefinite person or source right before its verb (``مع خبراء يقولون``, ``وفق مصدر في الشرطة أوضح``)."""
    for at in range(end - 1, max(-1, end - _MOST_BETWEEN - 1), -1):
        if scene.mark(at):
            return None
        noun = source_noun(scene.word(at)) if at not in scene.name_of else None
        side = (scene.word(at - 1), scene.word(at)) == ("من", "جهه")
        if noun is not None and noun.role in _PEOPLE and is_indefinite(scene, at, at + 1) and not side:
            found = after(scene, at, end, bare=False, clitics=True)
            return found if found is not None and found.last == end else None
    return None


def _antecedent(scene: Scene, end: int, floor: int, pronoun: str, verb: str) -> Source | None:
    if not _agrees(pronoun, verb):
        return None
    while end > floor and scene.mark(end - 1) in QUOTES | COMMAS:
        end -= 1
    first = _antecedent_start(scene, _clause_start(scene, end, floor), end)
    found = _phrase_between(scene, first, end)
    return None if found is not None and found.rule == "phrase" else found


def _agrees(pronoun: str, verb: str) -> bool:
    """Do a relative pronoun and a verb agree in gender and number?"""
    if pronoun in ("الذين", "اللذان", "اللذين"):
        return verb.endswith(("وا", "ون", "ا", "ان"))
    feminine = verb.endswith("ت") or verb.startswith("ت")
    return feminine == (pronoun == "التي")


def _clause_start(scene: Scene, end: int, floor: int) -> int:
    first = end
    while first > floor and end - first < _FARTHEST and not _bounds_clause(scene, first - 1):
        first -= 1
    return first


def _bounds_clause(scene: Scene, at: int) -> bool:
    if scene.mark(at):
        return scene.mark(at) not in QUOTES
    return scene.particle(at) in ("conjunction", "introducer", "auxiliary")


def _antecedent_start(scene: Scene, first: int, end: int) -> int:
    """The start of the noun phrase that ends at `end`: its name, or the nearest definite noun."""
    if end - 1 in scene.name_of:
        at = end - 1
        while at - 1 >= first and scene.name_of.get(at - 1) == scene.name_of[end - 1]:
            at -= 1
        return at
    at = end - 1
    while at > first and is_nisba(scene.word(at)) and scene.word(at).startswith("ال"):
        at -= 1
    return at


def _phrase_between(scene: Scene, first: int, end: int) -> Source | None:
    """The source that fills tokens `first` to `end` exactly, or nearly."""
    while first < end and (scene.mark(first) or scene.particle(first) in ("auxiliary", "adverb", "conjunction")):
        first += 1
    if first >= end or scene.stops(first):
        return None
    found = after(scene, first, end, bare=False)
    was = scene.particle(first - 1) == "auxiliary"
    if found is None or (found.rule == "phrase" and not was and not scene.word(first).startswith("ال")):
        return None
    rest = [spot for spot in range(found.last, end) if not scene.mark(spot) and spot not in scene.timed]
    if not rest or found.rule == "office":
        return found
    adjunct = scene.particle(rest[0]) == "preposition" or is_governed(scene, rest[0])
    return found if adjunct and len(rest) <= _MOST_BETWEEN else None
