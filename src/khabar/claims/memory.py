"""Who spoke before: the source that an elided subject or a short reference (``المصدر``, ``الوزير``) stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from khabar.claims.scene import Scene
from khabar.claims.subjects import Source, after, holder
from khabar.claims.words import source_noun
from khabar.text import Sentence, fold

_APPOSITION = 10
_HOLDING = frozenset({"title", "honorific", "spokesman"})


@dataclass(slots=True)
class Memory:
    """The last source, and for the words of an office who holds it in this text."""

    last: Source | None = None
    holders: dict[str, str] = field(default_factory=dict)
    spoken: list[tuple[frozenset[str], Source]] = field(default_factory=list)

    @classmethod
    def of(cls, scene: Scene) -> Memory:
        """An empty memory."""
        return cls()

    def remember(self, scene: Scene, source: Source | None, *, main: bool = True) -> None:
        """Keeps a source, as the last one where it speaks in the main clause."""
        if source is None:
            return
        if main or self.last is None:
            self.last = source
        words = frozenset(_stem(scene.word(at)) for at in range(source.first, _description_end(scene, source)))
        if not self.spoken or self.spoken[-1][1] != source:
            self.spoken.append((words, source))

    def resolve(self, scene: Scene, source: Source) -> Source:
        """A short definite reference with kind and entity of the source that it repeats.

        ``المصدر`` stays as it is written; what is followed back is who it was.
        """
        if source.rule == "phrase":
            return self._repeated(scene, source) or _short_for(scene, source)
        if source.rule != "noun":
            return source
        words = frozenset(_stem(scene.word(at)) for at in range(source.first, source.last))
        if not scene.word(source.first).lstrip("و").startswith("ال"):
            return source
        for spoken, earlier in reversed(self.spoken):
            if words <= spoken and earlier.rule != "phrase":
                return replace(source, kind=earlier.kind, entity=earlier.entity)
        return _short_for(scene, source) if source.kind == "organisation" else source

    def _repeated(self, scene: Scene, source: Source) -> Source | None:
        """A last name alone that has spoken before under its full name."""
        words = frozenset(_stem(scene.word(at)) for at in range(source.first, source.last))
        for spoken, earlier in reversed(self.spoken):
            if earlier.kind == "person" and len(words) <= 2 and words <= spoken:
                return replace(source, rule="short", kind="person", entity=earlier.entity)
        return None


def _short_for(scene: Scene, source: Source) -> Source:
    """``المؤتمر`` for a body named before whose name begins so (``المؤتمر الشعبي``)."""
    head = _stem(scene.word(source.first))
    if source.last - source.first > 1 or source.entity is not None:
        return source
    for name in reversed(scene.names):
        if name.type == "ORG" and name.span.end <= source.span.start and _stem(fold(name.span.text.split()[0])) == head:
            return replace(source, rule="short", kind="organisation", entity=name.entity)
    return source


def _description_end(scene: Scene, source: Source) -> int:
    """The token after a person's office behind the name (``فلان، المتحدث باسم الوزارة``)."""
    at = source.last
    if source.rule != "name" or source.kind != "person":
        return at
    while (
        at < min(len(scene.tokens), source.last + _APPOSITION)
        and scene.particle(at) != "introducer"
        and scene.mark(at) in ("", "،")
    ):
        at += 1
    return at


def _stem(folded: str) -> str:
    return folded.removeprefix("و").removeprefix("ال")


def subject_of(scene: Scene, sentence: Sentence, at: int) -> Source | None:
    """Who the sentence is about before token `at`: the first person or body that it names there."""
    for spot in range(sentence.first, at):
        noun = source_noun(scene.word(spot)) if spot not in scene.name_of else None
        name = scene.begins_name(spot)
        opens = noun is not None and spot - sentence.first <= 2
        if opens or (name is not None and name.type != "LOC") or (noun is not None and noun.role in _HOLDING):
            found = after(scene, spot, at, bare=False)
            heads = spot - sentence.first <= 2 or (found is not None and found.rule != "noun")
            if found is not None and (heads or holder(scene, spot, at) is not None):
                return found
    return None
