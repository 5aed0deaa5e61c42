"""A headline that is a claim without a reporting word: ``الوزير: الطريق مفتوح``."""

from __future__ import annotations

from dataclasses import replace

from khabar.claims.contents import Opening
from khabar.claims.relays import relays_between
from khabar.claims.scene import Scene
from khabar.claims.sites import Frame
from khabar.claims.subjects import Source, after
from khabar.claims.words import is_verbal_noun, media, speaks
from khabar.text import Sentence

_FARTHEST = 12
_FEWEST = 4
_DASHES = frozenset({"-", "–", "—"})


def _is_dateline(source: Source) -> bool:
    """A body or place before a colon may be what the headline is about (``غزة: انفجار ...``); an outlet speaks."""
    return source.rule == "name" and source.kind == "organisation" and source.entity not in media()


_ASKING = frozenset({"من", "ما", "ماذا", "هل", "كيف", "لماذا", "متي", "اين", "كم"})


def _asks(scene: Scene, at: int, sentence: Sentence) -> bool:
    """``الاتفاق: من وقع ومن رفض``, ``المرفأ: من كان يعرف؟`` ask about what stands before the colon."""
    return scene.word(at) in _ASKING or scene.mark(sentence.last - 1) in ("؟", "?")


def _is_topic(scene: Scene, source: Source) -> bool:
    """Two names side by side, or a place that is no state and no capital, are what the headline is about."""
    name = scene.begins_name(source.first)
    return source.rule == "names" or (name is not None and name.type == "LOC" and not speaks(name.span.text))


def headline_frames(scene: Scene, sentence: Sentence) -> list[Frame]:
    """The claims of a headline, a speaker before each colon: ``الوزير: الطريق مفتوح.. والحزب: لا حوار``."""
    ends = [at for at in range(sentence.first, sentence.last) if scene.mark(at) == ".."] + [sentence.last]
    starts = [sentence.first, *(at + 1 for at in ends[:-1])]
    parts = [_part(scene, first, last) for first, last in zip(starts, ends, strict=True) if first < last]
    several = len(parts) > 1
    found = [(part, _frame(scene, part, _FEWEST - 2 * several)) for part in parts]
    return [replace(frame, until=part.last) if several else frame for part, frame in found if frame is not None]


def _part(scene: Scene, first: int, last: int) -> Sentence:
    return Sentence(scene.tokens[first].start, scene.tokens[last - 1].end, first, last)


def entry_frames(scene: Scene, sentence: Sentence) -> list[Frame]:
    """The claim of an entry of a live report: ``12:40 - الوزير: الطريق مفتوح``."""
    first = sentence.first
    while first < sentence.last and (first in scene.timed or scene.mark(first) in _DASHES or _is_clock(scene, first)):
        first += 1
    clocked = any(_is_clock(scene, at) for at in range(sentence.first, first))
    found = _frame(scene, _part(scene, first, sentence.last)) if clocked and first < sentence.last else None
    return [] if found is None else [found]


def _is_clock(scene: Scene, at: int) -> bool:
    return scene.tokens[at].kind == "number" and ":" in scene.tokens[at].text


def _frame(scene: Scene, sentence: Sentence, fewest: int = _FEWEST) -> Frame | None:
    """The claim of a headline: its speaker stands before a colon."""
    colon = next(
        (at for at in range(sentence.first, min(sentence.last, sentence.first + _FARTHEST)) if scene.mark(at) == ":"),
        None,
    )
    if colon is None or colon + fewest > sentence.last:
        return None
    label = [at for at in range(sentence.first, colon) if scene.mark(at) == "/"]
    first = label[-1] + 1 if label else sentence.first
    source = after(scene, first, colon, bare=False)
    if source is None or source.rule == "phrase" or colon - source.last > 6:
        return None
    if _is_dateline(source) and is_verbal_noun(scene.word(colon + 1)):
        return None
    if _asks(scene, colon + 1, sentence) or _is_topic(scene, source):
        return None
    if source.rule == "name" and (scene.mark(source.last) != ":" or scene.mark(sentence.last - 1) == "؟"):
        return None
    begun = Opening(colon + 1, scene.tokens[colon + 1].start, "headline")
    via = relays_between(scene, source.last, colon, source)
    return Frame(None, source, via, begun, None, "assert", "headline", 0.7)
