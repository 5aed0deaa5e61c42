"""Who spoke before: the source that an elided subject or a short reference (``المصدر``, ``الوزير``) stands for."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from khabar.claims.clauses import Gender, verb_gender
from khabar.claims.scene import Scene
from khabar.claims.subjects import Source, after, holder
from khabar.claims.words import source_noun
from khabar.model import Name
from khabar.text import Sentence, fold

_APPOSITION = 10
_REMEMBERED = 60
_LATE = 6
_HOLDING = frozenset({"title", "honorific", "spokesman"})
_OPENING, _FARTHEST = 2, 40
_DATELINE = frozenset({"-", "–", "—", ":"})


@dataclass(slots=True)
class Memory:
    """The last sources with the gender of their verbs, those of late with their words, bodies by their first word."""

    speakers: deque[tuple[Source, Gender]] = field(default_factory=lambda: deque(maxlen=_LATE))
    spoken: deque[tuple[frozenset[str], Source]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    bodies: dict[str, list[Name]] = field(default_factory=dict)

    @classmethod
    def of(cls, scene: Scene) -> Memory:
        """A memory of nobody, that knows the bodies of the text by the first word of their names."""
        bodies: dict[str, list[Name]] = {}
        for name in scene.names:
            if name.type == "ORG":
                bodies.setdefault(_stem(fold(name.span.text.split()[0])), []).append(name)
        return cls(bodies=bodies)

    @property
    def last(self) -> Source | None:
        """Who spoke last in a main clause."""
        return self.speakers[-1][0] if self.speakers else None

    def last_of(self, gender: Gender) -> Source | None:
        """Who spoke last and may be the subject of a verb of this gender."""
        agreeing = (source for source, own in reversed(self.speakers) if None in (gender, own) or own == gender)
        return next(agreeing, self.last)

    def remember(self, scene: Scene, source: Source | None, *, main: bool = True, gender: Gender = None) -> None:
        """Keeps a source, as the last one where it speaks in the main clause."""
        if source is None:
            return
        if main or not self.speakers:
            self._speaks(source, gender)
        words = _words(scene, source.first, _description_end(scene, source))
        if not self.spoken or self.spoken[-1][1] != source:
            self.spoken.append((words, source))

    def _speaks(self, source: Source, gender: Gender) -> None:
        if self.speakers and self.speakers[-1][0] == source:
            gender = self.speakers.pop()[1] or gender
        self.speakers.append((source, gender))

    def resolve(self, scene: Scene, source: Source) -> Source:
        """A short or definite reference with kind and entity of the source that it repeats.

        ``المصدر`` stays as it is written; what is followed back is who it was.
        """
        if source.rule == "phrase":
            return self._last_name(scene, source) or self._body(scene, source)
        if source.rule != "noun" or not scene.word(source.first).lstrip("و").startswith("ال"):
            return source
        words = _words(scene, source.first, source.last)
        for spoken, earlier in reversed(self.spoken):
            if words <= spoken and earlier.rule != "phrase":
                return replace(source, kind=earlier.kind, entity=earlier.entity)
        return self._body(scene, source) if source.kind == "organisation" else source

    def _last_name(self, scene: Scene, source: Source) -> Source | None:
        """A last name alone that has spoken before under its full name."""
        words = _words(scene, source.first, source.last)
        for spoken, earlier in reversed(self.spoken):
            if earlier.kind == "person" and len(words) <= 2 and words <= spoken:
                return replace(source, rule="short", kind="person", entity=earlier.entity)
        return None

    def _body(self, scene: Scene, source: Source) -> Source:
        """``المؤتمر`` for a body named before whose name begins so (``المؤتمر الشعبي``)."""
        if source.last - source.first > 1 or source.entity is not None:
            return source
        named = self.bodies.get(_stem(scene.word(source.first)), [])[:_REMEMBERED]
        before = [name for name in named if name.span.end <= source.span.start]
        if not before:
            return source
        return replace(source, rule="short", kind="organisation", entity=before[-1].entity)


def _words(scene: Scene, first: int, last: int) -> frozenset[str]:
    return frozenset(_stem(scene.word(at)) for at in range(first, last))


def _description_end(scene: Scene, source: Source) -> int:
    """The token after a person's office behind the name (``فلان، المتحدث باسم الوزارة``)."""
    at, limit = source.last, min(len(scene.tokens), source.last + _APPOSITION)
    if source.rule != "name" or source.kind != "person":
        return at
    while at < limit and scene.particle(at) != "introducer" and scene.mark(at) in ("", "،"):
        at += 1
    return at


def _stem(folded: str) -> str:
    return folded.removeprefix("و").removeprefix("ال")


def _acts(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Is a place the subject of the verb right before it, at the head of its clause (``عرقلت موسكو``)?"""
    before = scene.word(at - 1).removeprefix("و")
    verb = before.endswith("ت") or before.startswith("ت")
    free = scene.tokens[at].start == scene.names[scene.name_of[at]].span.start and not scene.particle(at - 1)
    return (
        at > sentence.first and free and verb and len(before) > 3 and not before.endswith("ات") and "ال" not in before
    )


def subject_of(scene: Scene, sentence: Sentence, at: int, gender: Gender = None) -> Source | None:
    """Who the sentence is about before token `at`: the first person or body that it names there.

    A state, which is feminine in Arabic, only where the verb at `at` is feminine too.
    """
    for spot in range(sentence.first, min(at, sentence.first + _FARTHEST)):
        found = _candidate(scene, sentence, spot, at, states=gender == "feminine")
        if found is not None:
            return found
    return None


def clause_subject(scene: Scene, sentence: Sentence, at: int, gender: Gender) -> Source | None:
    """The subject of the nearest verb before token `at` that may have the same one (``ترأس الوزير الجلسة، وأكد``)."""
    spot = at - 1
    while spot > sentence.first - 1 and at - spot < _FARTHEST:
        if spot in scene.opened:
            spot = scene.opened[spot] - 1
            continue
        own = verb_gender(scene, sentence, spot)
        fits = own is not None and (gender in (None, own) or _is_either(scene.word(spot)))
        found = after(scene, spot + 1, at, bare=True) if fits else None
        if found is not None and found.rule != "phrase" and found.first <= spot + 2 and _may_be(scene, found, own):
            return found
        spot -= 1
    return None


def _is_either(folded: str) -> bool:
    """May a verb in ت be a masculine past (``ترأس``) as well as a feminine imperfect (``تعلن``)?"""
    stem = folded.removeprefix("و").removeprefix("ف")
    return stem.startswith("ت") and not stem.endswith("ت")


def _may_be(scene: Scene, found: Source, own: Gender) -> bool:
    """Does a source agree with its verb: a place is feminine, a person of the tables is what his word says?"""
    name = scene.begins_name(found.first)
    if name is not None:
        return name.type != "LOC" or own == "feminine"
    return own == "feminine" or not scene.word(found.first).endswith(("ه", "ات"))


def last_named(scene: Scene, at: int) -> Source | None:
    """The person named last before token `at`: who speaks where nobody has spoken yet (``كان فلان هناك. وقال إن``)."""
    for spot in range(at - 1, max(-1, at - _FARTHEST), -1):
        name = scene.begins_name(spot)
        if name is not None and name.type == "PER":
            return after(scene, spot, at, bare=False)
    return None


def topic_of(scene: Scene, sentence: Sentence, at: int) -> Source | None:
    """Whom the clause is about in ``أما فلان فقال``."""
    for spot in range(at - 1, max(sentence.first, at - _FARTHEST) - 1, -1):
        if scene.word(spot).removeprefix("و") == "اما":
            return after(scene, spot + 1, at, bare=False)
    return None


def _candidate(scene: Scene, sentence: Sentence, spot: int, at: int, *, states: bool) -> Source | None:
    name = scene.begins_name(spot)
    noun = source_noun(scene.word(spot)) if spot not in scene.name_of else None
    opens = noun is not None and spot - sentence.first <= _OPENING
    acts = name is not None and (name.type != "LOC" or (states and _acts(scene, sentence, spot)))
    if not (opens or acts or (noun is not None and noun.role in _HOLDING)):
        return None
    found = after(scene, spot, at, bare=False)
    if found is not None and scene.mark(found.last) in _DATELINE:
        return None
    if found is None or opens or found.rule != "noun":
        return found
    return found if spot - sentence.first <= _OPENING or holder(scene, spot, at) is not None else None
