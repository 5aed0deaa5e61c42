"""Words that stand before the verb that reports them: ``«لن ننسحب»، يقول القائد``, ``الطريق، يقول السائق، مغلق``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.claims.contents import Opening, opening
from khabar.claims.cues import cue_at, is_passive
from khabar.claims.memory import Memory, clause_subject, last_named, subject_of
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.sites import Frame, Site, Speaker, frame_at
from khabar.claims.subjects import Source, after
from khabar.text import Sentence
from khabar.text.quotes import QUOTES

_FEWEST, _UNMARKED, _LONGEST, _INSIDE = 3, 8, 400, 60
_SAYS = frozenset({"clause", "said"})


def _fits(site: Site) -> bool:
    """A verb that can report speech, that no conjunction joins to what stands before it."""
    plain = not site.cue.prefix and not site.cue.pronoun and not is_passive(site.scene, site.cue)
    return site.cue.word.kind == "verb" and plain and bool(site.kinds & _SAYS)


def _speaker(site: Site, clause: int) -> Speaker | None:
    """Who stands behind the verb, or spoke last where nobody does; None where the words follow as usual."""
    scene, cue = site.scene, site.cue
    found = after(scene, cue.last, site.limit, bare=False)
    if found is not None and found.rule == "phrase":
        found = _short(site, found)
        if found is None:
            return None
    at = found.last if found is not None else cue.last
    then = opening(scene, at, min(site.limit, at + 2), frozenset({"clause"}))
    if then is not None and then.by == "clause":
        return None
    if found is None:
        spoken = site.memory.last_of(cue.gender) or last_named(scene, clause)
        return Speaker(spoken, cue.last, clause, False)
    return Speaker(site.memory.resolve(scene, found), at, clause, False)


def _short(site: Site, found: Source) -> Source | None:
    """A last name that has spoken before, or an unknown one that ends its clause."""
    known = site.memory.resolve(site.scene, found)
    ends = site.scene.mark(found.last) != "" or found.last >= site.sentence.last
    return known if known.rule == "short" else found if ends and found.last - found.first <= 2 else None


def _frame(site: Site, speaker: Speaker, first: int, last: int, rule: str) -> Frame | None:
    content = site.scene.text.token_span(first, last) if first < last else None
    trimmed = None if content is None else site.scene.span(content.start, content.end)
    if speaker.source is None or trimmed is None:
        return None
    end = site.scene.tokens[speaker.at - 1].end
    return replace(frame_at(site, speaker, Opening(speaker.at, end, "quote"), rule, 0.8), content=trimmed)


def quoted_before(site: Site) -> Frame | None:
    """``«لن ننسحب»، يقول القائد``, also with full stops in it, and inside it (``«لن ننسحب، يقول، ...»``)."""
    scene, cue = site.scene, site.cue
    if not _fits(site):
        return None
    comma = scene.mark(cue.first - 1) in COMMAS
    end = cue.first - comma
    opened = scene.opened.get(end - 1)
    words = opened is not None and not all(spot in scene.name_of for spot in range(opened + 1, end - 1))
    if words and opened is not None and (_FEWEST if comma else _UNMARKED) <= end - opened <= _LONGEST:
        speaker = _speaker(site, opened)
        return None if speaker is None else _frame(site, speaker, opened + 1, end - 1, "quote before")
    return _within_quotation(site, end)


def _within_quotation(site: Site, end: int) -> Frame | None:
    """A verb set off by a comma within the quotation that it reports."""
    scene, cue = site.scene, site.cue
    if end == cue.first:
        return None
    around = (at for at in range(end - 1, max(-1, end - _INSIDE), -1) if at in scene.opens)
    opened = next(around, None)
    if opened is None or scene.closes.get(opened, 0) <= cue.first or end - opened < _FEWEST:
        return None
    speaker = _speaker(site, opened)
    if speaker is None or not _set_off(scene, speaker.at):
        return None
    return _frame(site, speaker, opened + 1, end, "quote around")


def _set_off(scene: Scene, at: int) -> bool:
    return scene.mark(at) in COMMAS | QUOTES and scene.mark(at) != ""


def inserted(site: Site) -> Frame | None:
    """``الطريق، يقول السائق، مغلق``: the verb with its subject is thrust in between commas."""
    scene, cue = site.scene, site.cue
    if not _fits(site) or scene.mark(cue.first - 1) != "،" or cue.first - site.sentence.first < _FEWEST:
        return None
    speaker = _speaker(site, cue.first)
    if speaker is None or speaker.source is None or speaker.at == cue.last:
        return None
    goes_on = scene.mark(speaker.at) == "،" and not scene.word(speaker.at + 1).startswith("و")
    if goes_on and site.sentence.last - speaker.at > _FEWEST:
        condition = scene.word(speaker.at + 1).startswith("ف")
        first = site.sentence.first if condition else speaker.at + 1
        return _frame(site, speaker, first, site.sentence.last, "inserted")
    ends = speaker.at >= site.sentence.last - 1 or scene.mark(speaker.at) == "،"
    return _frame(site, speaker, site.sentence.first, cue.first - 1, "inserted") if ends else None


def continued(scene: Scene, frame: Frame) -> Frame | None:
    """A second quotation behind the verb and its subject: ``«لن نرحل»، قال السائق. «هذا بيتنا»``."""
    if frame.rule != "quote before":
        return None
    at = frame.opening.token
    while at < frame.opening.token + 2 and scene.mark(at) and scene.mark(at) in COMMAS | {"."}:
        at += 1
    last = scene.closes.get(at, at) if at in scene.opens else at
    again = any(cue_at(scene, spot) for spot in range(last + 1, min(last + 3, len(scene.tokens))))
    if again or not _FEWEST < last - at <= _LONGEST:
        return None
    span = scene.text.token_span(at + 1, last)
    content = None if span is None else scene.span(span.start, span.end)
    return None if content is None else replace(frame, content=content, left=None)


def unreported(scene: Scene, sentence: Sentence, frames: Sequence[Frame], memory: Memory) -> Frame | None:
    """``يبتسم السائق: «لم ينته شيء»``: a quotation behind a colon that no word reports."""
    spots = range(sentence.first + 1, sentence.last - _FEWEST)
    colon = next((at for at in spots if scene.mark(at) == ":" and at + 1 in scene.opens), None)
    if colon is None or scene.closes.get(colon + 1, 0) - colon < _UNMARKED - 2:
        return None
    start = scene.tokens[colon + 2].start
    if any(frame.opening.token <= colon + 2 or (frame.content and frame.content.start == start) for frame in frames):
        return None
    found = clause_subject(scene, sentence, colon, None) or subject_of(scene, sentence, colon)
    source = memory.resolve(scene, found) if found is not None else memory.last
    begun = Opening(colon + 2, start, "quote")
    return None if source is None else Frame(None, source, (), begun, None, "assert", "quotation", 0.6)
