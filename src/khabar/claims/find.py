"""Claims of a text: each reporting word with its source, its content and the outlets that relayed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from khabar.claims.attributions import attribution_frames
from khabar.claims.contents import end_of
from khabar.claims.cues import find_cues
from khabar.claims.evidence import distance_of, evidence_of
from khabar.claims.frames import frame_of
from khabar.claims.headlines import entry_frames, headline_frames
from khabar.claims.learned import opinion
from khabar.claims.memory import Memory
from khabar.claims.quotations import continued, unreported
from khabar.claims.scene import Scene, set_scene
from khabar.claims.sites import Frame, reach
from khabar.claims.stance import settled, stance_of
from khabar.model import Claim, Name, Span, Time
from khabar.text import Sentence, Tokenized

_LONGEST_SENTENCE = 400
_SURE = 0.8
"""How sure the encoder must be of a stance to soften one that only the words of the content told."""
_STOPS = frozenset({".", "!", "؟", "?"})


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A frame with its content."""

    frame: Frame
    content: Span


def _sentence_frames(scene: Scene, sentence: Sentence, memory: Memory, *, first: bool) -> list[Frame]:
    frames: list[Frame] = []
    cues = find_cues(scene, sentence)
    for number, cue in enumerate(cues):
        limit = reach(scene, cue, islice(cues, number + 1, None), sentence)
        frame = frame_of(scene, cue, limit, sentence, frames, memory)
        if frame is not None:
            frames.append(frame)
            main = frame.left is not None or len(frames) == 1
            memory.remember(scene, frame.source, main=main, gender=cue.gender)
    if not frames:
        frames += headline_frames(scene, sentence) if first else entry_frames(scene, sentence)
    frames = attribution_frames(scene, sentence, frames, memory)
    alone = unreported(scene, sentence, frames, memory)
    rest = [more for frame in frames if (more := continued(scene, frame)) is not None]
    added = [*rest, *([] if alone is None else [alone])]
    return sorted([*frames, *added], key=lambda frame: frame.opening.start) if added else frames


def _bounded(scene: Scene, frames: list[Frame], sentence: Sentence) -> list[_Bounded]:
    found = []
    for number, frame in enumerate(frames):
        content = frame.content or _content(scene, frame, frames[number + 1 :], sentence)
        if content is not None:
            found.append(_Bounded(frame, content))
    return found


def _content(scene: Scene, frame: Frame, later: Sequence[Frame], sentence: Sentence) -> Span | None:
    cuts = [other.left for other in later if other.left is not None and other.left > frame.opening.token]
    cut = min(cuts, default=len(scene.tokens))
    cut = min(cut, frame.until if frame.until is not None else cut)
    end = end_of(scene, frame.opening, sentence, cut)
    if end <= frame.opening.token:
        return None
    return scene.span(frame.opening.start, scene.tokens[end - 1].end)


def _claim(scene: Scene, bounded: _Bounded, number: int) -> Claim:
    frame, source = bounded.frame, bounded.frame.source
    stance = stance_of(frame.stance, bounded.content.text)
    return Claim(
        id=f"c{number}",
        cue=frame.cue,
        source=source.span if source else None,
        source_kind=source.kind if source else "anonymous",
        source_entity=source.entity if source else None,
        via=frame.via,
        content=bounded.content,
        stance=settled(stance, frame.stance, _heard_stance(scene, frame)),
        rule=frame.rule,
        score=frame.score,
        evidence=evidence_of(scene, frame, bounded.content),
        distance=distance_of(scene, frame, bounded.content),
    )


def _heard_stance(scene: Scene, frame: Frame) -> str:
    """The stance of which the encoder is sure, empty where it is not."""
    if frame.cue is None or scene.opinion is None or not scene.opinion.stances:
        return ""
    stance, probability = scene.opinion.stances[scene.text.token_at(frame.cue.start)]
    return stance if probability >= _SURE else ""


def _place(bounded: _Bounded) -> tuple[int, int]:
    cue = bounded.frame.cue
    return (cue.start if cue else bounded.content.start, bounded.content.start)


def _pieces(scene: Scene, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, in pieces where it runs on for ever, so that time stays linear in the length of the text.

    Also cut at a full stop before a straight quotation mark that opens (``. "لن ننسحب"، يقول ...``).
    """
    first = sentence.first
    for at in range(first + 1, sentence.last):
        apart = scene.tokens[at].start > scene.tokens[at - 1].end
        quotes = apart and at in scene.opens and scene.mark(at - 1) in _STOPS
        if quotes or at - first == _LONGEST_SENTENCE:
            yield Sentence(scene.tokens[first].start, scene.tokens[at - 1].end, first, at)
            first = at
    yield Sentence(scene.tokens[first].start, scene.tokens[sentence.last - 1].end, first, sentence.last)


def find_claims(text: Tokenized, names: Sequence[Name], times: Sequence[Time]) -> tuple[Claim, ...]:
    """What a report does not say in its own voice, in the order of the text, with ids ``c1``, ``c2`` ...

    A claim without words for its source (``وأضاف``) takes the last source that spoke.

    >>> from khabar.text import tokenize
    >>> text = tokenize("قالت مصادر أمنية إن الطريق مغلق، مشيرة إلى وجود ألغام.")
    >>> [(c.cue.text, c.source.text, c.content.text) for c in find_claims(text, (), ())]
    [('قالت', 'مصادر أمنية', 'الطريق مغلق'), ('مشيرة', 'مصادر أمنية', 'وجود ألغام')]
    """
    scene = set_scene(text, names, times, opinion(text))
    memory = Memory.of(scene)
    found: list[_Bounded] = []
    for number, sentence in enumerate(piece for whole in text.sentences for piece in _pieces(scene, whole)):
        frames = _sentence_frames(scene, sentence, memory, first=number == 0)
        found += _bounded(scene, frames, sentence)
    found.sort(key=_place)
    return tuple(_claim(scene, bounded, number) for number, bounded in enumerate(found, 1))
