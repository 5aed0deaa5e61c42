"""Claims marked by a phrase beside them: ``بحسب مصادر ...``, ``وفق ما أعلنت ...``, ``على حد تعبيره``."""

from __future__ import annotations

from dataclasses import replace

from khabar.claims.contents import Opening
from khabar.claims.cues import find_phrases
from khabar.claims.memory import Memory, subject_of
from khabar.claims.scene import COMMAS, QUOTES, Scene
from khabar.claims.sites import Frame, joint
from khabar.claims.subjects import Source, after
from khabar.claims.words import Attribution, particle
from khabar.model import Span
from khabar.text import Match, Sentence

_LEADS = frozenset({"فان", "فانه", "فانها", "فقد", "ان", "انه", "انها", "فهناك"})


def _attributed(scene: Scene, match: Match[Attribution], sentence: Sentence, memory: Memory) -> Source | None:
    """The source after a phrase; in a clause (``حسبما ذكرت ...``) after its verb."""
    at = match.last
    if match.value.role == "clause":
        at = at + 2 if particle(scene.word(at + 1)) == "preposition" else at + 1
        found = after(scene, at, sentence.last, bare=False)
        return found or subject_of(scene, sentence, match.first) or memory.last
    while particle(scene.word(at).removeprefix("ل")) == "transparent" or scene.word(at) in ("من", "ل"):
        at += 1
    return after(scene, at, sentence.last, bare=False, clitics=True)


def _cue_end(scene: Scene, match: Match[Attribution]) -> int:
    return scene.tokens[match.last].end if match.value.role == "clause" else match.end


def _encloses(frame: Frame, match: Match[Attribution]) -> bool:
    return frame.cue is not None and frame.cue.start < match.start


def _leads(scene: Scene, match: Match[Attribution], source: Source, sentence: Sentence) -> bool:
    """Does the phrase stand before what it attributes?"""
    opens = (
        match.first - sentence.first <= 1
        or joint(scene, match.first - 1) > 0
        or (scene.mark(match.first - 1) in COMMAS and scene.word(source.last) in _LEADS)
    )
    return opens and sentence.last - source.last > 3


def _opening_after(scene: Scene, source: Source, sentence: Sentence) -> Opening | None:
    at = source.last
    while at < sentence.last and (scene.mark(at) in COMMAS | QUOTES or scene.word(at) in _LEADS):
        at += 1
    return Opening(at, scene.tokens[at].start, "phrase") if at < sentence.last else None


def _content_before(scene: Scene, match: Match[Attribution], sentence: Sentence) -> Span | None:
    """What stands before a phrase in its sentence, or the whole sentence before it."""
    start = scene.tokens[sentence.first].start
    content = scene.span(start, match.start - len(match.prefix))
    if content is not None and match.first - sentence.first > 2:
        return content
    number = scene.text.sentence_at(start)
    previous = scene.text.sentences[number - 1] if number else None
    return scene.span(previous.start, previous.end) if previous is not None else None


def _frame(scene: Scene, match: Match[Attribution], source: Source, sentence: Sentence) -> Frame | None:
    cue = scene.text.span(match.start, _cue_end(scene, match))
    if _leads(scene, match, source, sentence):
        begun = _opening_after(scene, source, sentence)
        return (
            None
            if begun is None
            else Frame(cue, source, (), begun, match.first, match.value.stance, "phrase before", 0.8)
        )
    content = _content_before(scene, match, sentence)
    if content is None:
        return None
    begun = Opening(scene.text.token_at(content.start), content.start, "phrase")
    return Frame(cue, source, (), begun, None, match.value.stance, "phrase after", 0.8, content=content)


def _relayed(frame: Frame, match: Match[Attribution], source: Source) -> Frame:
    """A claim that is itself relayed: the phrase names the relay and ends the content."""
    until = match.first if match.first > frame.opening.token else frame.until
    until = until if frame.until is None else frame.until
    if match.value.role == "origin" and frame.source is not None:
        return replace(frame, source=source, via=(frame.source.span, *frame.via), until=until)
    return replace(frame, via=(source.span, *frame.via), until=until)


def _enclosing(frames: list[Frame], match: Match[Attribution]) -> int | None:
    found = [number for number, frame in enumerate(frames) if _encloses(frame, match)]
    return found[-1] if found else None


def _introduced(frames: list[Frame], match: Match[Attribution], source: Source) -> int | None:
    """The claim that follows a leading phrase with an outlet and has a source of its own."""
    for number, frame in enumerate(frames):
        if (
            frame.cue is not None
            and frame.cue.start > match.start
            and source.noun is not None
            and source.noun.role == "outlet"
        ):
            return number
    return None


def attribution_frames(scene: Scene, sentence: Sentence, frames: list[Frame], memory: Memory) -> list[Frame]:
    """The frames of a sentence with those that phrases make, and with what phrases say about them."""
    for match in find_phrases(scene, sentence):
        own = [number for number, frame in enumerate(frames) if _is_own(scene, frame, match)]
        frames = [frame for number, frame in enumerate(frames) if number not in own]
        enclosing = _enclosing(frames, match)
        if match.value.role == "closing":
            if enclosing is not None and frames[enclosing].until is None:
                frames[enclosing] = replace(frames[enclosing], until=match.first)
            continue
        source = _attributed(scene, match, sentence, memory)
        if source is None or source.rule == "phrase":
            continue
        if enclosing is not None and joint(scene, match.first - 1):
            enclosing = None
        target = enclosing if enclosing is not None else _introduced(frames, match, source)
        if target is not None:
            frames[target] = _relayed(frames[target], match, source)
            continue
        made = _frame(scene, match, source, sentence)
        if made is not None:
            frames = sorted([*frames, made], key=lambda frame: frame.opening.start)
            memory.remember(scene, source)
    return frames


def _is_own(scene: Scene, frame: Frame, match: Match[Attribution]) -> bool:
    """Is the frame's cue the verb of the phrase itself (``وفق ما أعلنت``)?"""
    if match.value.role != "clause" or frame.cue is None or match.last >= len(scene.tokens):
        return False
    return scene.tokens[match.last].start <= frame.cue.start < scene.tokens[match.last].end
