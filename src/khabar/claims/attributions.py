"""Claims marked by a phrase beside them: ``بحسب مصادر ...``, ``وفق ما أعلنت ...``, ``على حد تعبيره``."""

from __future__ import annotations

from dataclasses import replace

from khabar.claims.contents import Opening, begins_clause
from khabar.claims.cues import find_phrases
from khabar.claims.memory import Memory, subject_of
from khabar.claims.relays import relays_between
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.sites import Frame, joint
from khabar.claims.subjects import Source, after
from khabar.claims.words import Attribution, media, particle
from khabar.model import Span
from khabar.text import Match, Sentence
from khabar.text.quotes import QUOTES

_LEADS = frozenset({"فان", "فانه", "فانها", "فقد", "ان", "انه", "انها", "فهناك"})
_FEWEST = 3
_CARRIED = 4

Phrase = Match[Attribution]


def _source(scene: Scene, phrase: Phrase, sentence: Sentence, memory: Memory) -> Source | None:
    """The source after a phrase; in a clause (``حسبما ذكرت ...``) after its verb, or whom the sentence is about."""
    at = phrase.last
    if phrase.value.role == "clause":
        at = at + 2 if particle(scene.word(at + 1)) == "preposition" else at + 1
        found = after(scene, at, sentence.last, bare=False) or _quoted(scene, at)
        if found is not None and _past_marks(scene, found.last) != found.last:
            found = replace(found, last=_past_marks(scene, found.last))
        inner = _learned(scene, found, sentence)
        return inner or found or subject_of(scene, sentence, phrase.first) or memory.last
    while particle(scene.word(at).removeprefix("ل")) == "transparent" or scene.word(at) in ("من", "ل"):
        at += 1
    found = after(scene, at, sentence.last, bare=False, clitics=True)
    return None if found is not None and found.rule == "phrase" else found


def _past_marks(scene: Scene, at: int) -> int:
    while scene.mark(at) in QUOTES and scene.mark(at):
        at += 1
    return at


def _quoted(scene: Scene, at: int) -> Source | None:
    """An outlet that stands only in quotation marks (``«ضفتان»``)."""
    close = scene.quoted_name(at) if at in scene.opens else None
    span = scene.text.token_span(at + 1, close - 1) if close is not None and close - at > _FEWEST - 1 else None
    return None if close is None or span is None else Source(at, close, span, "organisation", None, None, "name")


def _learned(scene: Scene, outlet: Source | None, sentence: Sentence) -> Source | None:
    """From whom an outlet has it (``وفق ما علمت الصحيفة من مصدرين``, ``وفق ما نقلته وكالة عن مسؤول``)."""
    if outlet is None or scene.word(outlet.last) not in ("من", "عن"):
        return None
    inner = after(scene, outlet.last + 1, sentence.last, bare=False)
    return inner if inner is not None and inner.noun is not None else None


def _cue(scene: Scene, phrase: Phrase) -> Span:
    with_verb = phrase.value.role == "clause" and phrase.last < len(scene.tokens)
    return scene.text.span(phrase.start, scene.tokens[phrase.last].end if with_verb else phrase.end)


def _leads(scene: Scene, phrase: Phrase, source: Source, sentence: Sentence) -> bool:
    """Does the phrase stand before what it attributes?"""
    led = scene.mark(phrase.first - 1) in COMMAS and scene.word(source.last) in _LEADS
    quoted = source.last in scene.opens and scene.quoted_name(source.last) is None
    opens = phrase.first - sentence.first <= 1 or led or quoted or joint(scene, phrase.first - 1) > 0
    return opens and sentence.last - source.last > _FEWEST


def _opening_after(scene: Scene, source: Source, sentence: Sentence) -> Opening | None:
    at = source.last
    while at < sentence.last and (scene.mark(at) in COMMAS | QUOTES or scene.word(at) in _LEADS):
        at += 1
    by = "quote" if at - 1 in scene.opens else "phrase"
    return Opening(at, scene.tokens[at].start, by) if at < sentence.last else None


def _content_before(scene: Scene, phrase: Phrase, sentence: Sentence) -> Span | None:
    """What stands before a phrase in its sentence, or the whole sentence before it."""
    clauses = (at for at in range(phrase.first - 1, sentence.first, -1) if begins_clause(scene, at))
    first = next(clauses, sentence.first)
    if scene.word(first) in ("فان", "فانه", "فانها"):
        return None
    start = scene.tokens[first + 2 if begins_clause(scene, first) and scene.word(first + 1) == "ان" else first].start
    if phrase.first - sentence.first > _FEWEST - 1:
        return scene.span(start, phrase.start - len(phrase.prefix))
    number = scene.text.sentence_at(start)
    if number == 0:
        return None
    previous = scene.text.sentences[number - 1]
    return scene.span(previous.start, previous.end)


def _relaying(scene: Scene, phrase: Phrase, source: Source) -> tuple[Span, ...]:
    """The outlet between a clause's verb and the source that it has it from."""
    if phrase.value.role != "clause" or scene.word(source.first - 1) not in ("من", "عن"):
        return ()
    outlet = after(scene, phrase.last + 1, source.first - 1, bare=False)
    return () if outlet is None else (outlet.span,)


def _frame(scene: Scene, phrase: Phrase, source: Source, sentence: Sentence) -> Frame | None:
    cue, stance = _cue(scene, phrase), phrase.value.stance
    relays = _relaying(scene, phrase, source)
    if _leads(scene, phrase, source, sentence):
        begun = _opening_after(scene, source, sentence)
        if begun is None:
            return None
        return Frame(cue, source, relays, begun, phrase.first, stance, "phrase before", 0.8)
    content = _content_before(scene, phrase, sentence)
    if content is None:
        return None
    begun = Opening(scene.text.token_at(content.start), content.start, "phrase")
    via = relays + relays_between(scene, source.last, min(sentence.last, source.last + _CARRIED), source)
    return Frame(cue, source, via, begun, None, stance, "phrase after", 0.8, content=content)


def _relays(outlet: Source, inner: Source) -> bool:
    """Does an outlet say what unnamed sources told it (``ذكرت وكالة كذا وفق مصادر``)?"""
    is_outlet = (outlet.noun is not None and outlet.noun.role == "outlet") or outlet.entity in media()
    return is_outlet and inner.noun is not None and inner.noun.role in ("insider", "official", "witness")


def _relayed(frame: Frame, phrase: Phrase, source: Source) -> Frame:
    """A claim that is itself relayed: the phrase names the relay, or after نقلا عن the origin, and ends the content."""
    until = phrase.first if frame.until is None and phrase.first > frame.opening.token else frame.until
    if frame.source is not None and (phrase.value.role == "origin" or _relays(frame.source, source)):
        return replace(frame, source=source, via=(frame.source.span, *frame.via), until=until)
    if frame.source is None:
        return replace(frame, source=source, until=until)
    return replace(frame, via=(source.span, *frame.via), until=until)


def _enclosing(scene: Scene, frames: list[Frame], phrase: Phrase) -> int | None:
    """The claim in whose words a phrase stands, unless a conjunction sets it off."""
    if joint(scene, phrase.first - 1):
        return None
    before = (number for number, frame in enumerate(frames) if frame.cue is not None and frame.cue.start < phrase.start)
    found = max(before, default=None)
    return None if found is None or _set_off(scene, frames[found], phrase) else found


def _set_off(scene: Scene, frame: Frame, phrase: Phrase) -> bool:
    """Has another clause of the outlet begun since (``، ليتبين أن ...``, ``، فإن ...``)?"""
    return any(begins_clause(scene, at) for at in range(frame.opening.token, phrase.first))


def _introduced(frames: list[Frame], phrase: Phrase, source: Source) -> int | None:
    """The claim with a source of its own that follows a phrase with an outlet (``وبحسب الصحيفة، قال الوزير ...``)."""
    if source.noun is None or source.noun.role != "outlet":
        return None
    after_it = (number for number, frame in enumerate(frames) if frame.cue and frame.cue.start > phrase.start)
    return next(after_it, None)


def _closed(frames: list[Frame], number: int | None, phrase: Phrase) -> None:
    """``على حد تعبيره`` ends the content of the claim before it."""
    if number is not None and frames[number].until is None:
        frames[number] = replace(frames[number], until=phrase.first)


def _is_own(scene: Scene, frame: Frame, phrase: Phrase) -> bool:
    """Is the frame's cue the verb of the phrase itself (``وفق ما أعلنت``)?"""
    if phrase.value.role != "clause" or frame.cue is None or phrase.last >= len(scene.tokens):
        return False
    return scene.tokens[phrase.last].start <= frame.cue.start < scene.tokens[phrase.last].end


def _with_phrase(scene: Scene, sentence: Sentence, frames: list[Frame], phrase: Phrase, memory: Memory) -> list[Frame]:
    enclosing = _enclosing(scene, frames, phrase)
    if phrase.value.role == "closing":
        _closed(frames, enclosing, phrase)
        return frames
    source = _source(scene, phrase, sentence, memory)
    if source is None:
        return frames
    target = enclosing if enclosing is not None else _introduced(frames, phrase, source)
    if target is not None:
        frames[target] = _relayed(frames[target], phrase, source)
        return frames
    made = _frame(scene, phrase, source, sentence)
    memory.remember(scene, source, main=made is not None)
    return frames if made is None else sorted([*frames, made], key=lambda frame: frame.opening.start)


def attribution_frames(scene: Scene, sentence: Sentence, frames: list[Frame], memory: Memory) -> list[Frame]:
    """The frames of a sentence with those that phrases make, and with what phrases say about them."""
    for phrase in find_phrases(scene, sentence):
        others = [frame for frame in frames if not _is_own(scene, frame, phrase)]
        frames = _with_phrase(scene, sentence, others, phrase, memory)
    return frames
