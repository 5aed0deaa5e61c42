"""Documents for linking: read when they are asked for, and the last ones kept."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Generic, TypeVar

from khabar.link.bodies import Body, body
from khabar.link.packed import pack, unpack
from khabar.link.relabel import labels_of, relabelled
from khabar.link.scenes import Scene, scenes
from khabar.link.state import Packed
from khabar.link.stories import Weights
from khabar.link.values import values_of
from khabar.model import Annotated, Document, Value

Load = Callable[[list[str]], Mapping[str, Annotated]]
"""Documents by their ids; those that there are."""
Kept = TypeVar("Kept")
Telling = tuple[Annotated, dict[str, tuple[Value, ...]]]
"""Of a document what is needed to tell its events, and the values of each by the scene's id."""
_MOST, _SCENES = 2_000, 20_000
"""How many documents are kept at once: whole ones, and their scenes, which are small and asked for all over again."""
_AT_ONCE = 100


class Last(Generic[Kept]):
    """The last things that were asked for, by name.

    >>> last = Last(str.upper, 1)
    >>> last["a"], last["b"], len(last)
    ('A', 'B', 1)
    """

    def __init__(self, make: Callable[[str], Kept], most: int) -> None:
        self._make = make
        self._most = most
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, name: str) -> Kept:
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        found = self._make(name)
        self[name] = found
        return found

    def __setitem__(self, name: str, thing: Kept) -> None:
        self._kept[name] = thing
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def __contains__(self, name: str) -> bool:
        return name in self._kept

    def clear(self) -> None:
        """Let all go."""
        self._kept.clear()


class Reader:
    """Documents, their bodies and their scenes.

    `labels` gives for some labels where they lead; `weights` and `story` what scenes need of the collection.  Scenes
    and what they tell are put into `kept`, where they are found again until they are `made` anew.
    """

    def __init__(
        self, load: Load, labels: Callable[[Iterable[str]], Mapping[str, str]], kept: tuple[Packed, Packed]
    ) -> None:
        self._load = load
        self._labels = labels
        self._kept_scenes, self._kept_tellings = kept
        self.documents = Last(self._document, _MOST)
        self.bodies = Last(self._body, _MOST)
        self._packed_bodies: dict[str, bytes] = {}
        self.told = Last(self._relabelled, _MOST)
        self.scenes = Last(self._scenes, _SCENES)
        """Those of a document, by their ids, without all else in it."""
        self._tellings = Last(self._telling, _MOST)
        self.weights = Weights(0, {})
        self.story: Callable[[str], str] = str

    def clear(self) -> None:
        """Forget all that was read."""
        for last in (self.documents, self.bodies, self.told, self.scenes, self._tellings):
            last.clear()
        self._packed_bodies.clear()

    def ahead(self, ids: Iterable[str]) -> None:
        """Read documents that will be asked for next, all at once."""
        for id, document in self._load([id for id in ids if id not in self.documents]).items():
            self.documents[id] = document

    def made(self, id: str) -> dict[str, Scene]:
        """The scenes of a document that has changed, or whose labels or story have."""
        document, text = self.told[id], self.bodies[id]
        whole = scenes([document], {id: text}, self.weights, {id: self.story(id)})
        self.scenes[id] = found = {scene.id: replace(scene, document=_named(document)) for scene in whole}
        self._tellings[id] = telling = _telling(document), {scene.id: values_of(scene) for scene in whole}
        self._kept_scenes[id], self._kept_tellings[id] = pack(found), pack(telling)
        return found

    def remade(self, id: str) -> dict[str, Scene]:
        """Those scenes of a document that come out otherwise than they were kept, for its labels or story changed."""
        packed = self._kept_scenes.get(id)
        before: dict[str, Scene] = {} if packed is None else unpack(packed)
        return {name: scene for name, scene in self.made(id).items() if before.get(name) != scene}

    def telling(self, id: str, scene: str) -> Scene:
        """A scene with what its document tells of it, under the labels that linking has settled on."""
        document, values = self._tellings[id]
        return replace(self.scenes[id][scene], document=document, values=values[scene])

    def _body(self, id: str) -> Body:
        """That of one document: once made it is kept in few bytes, for texts are read slowly."""
        packed = self._packed_bodies.get(id)
        found: Body = body(self.documents[id].document) if packed is None else unpack(packed)
        if packed is None:
            self._packed_bodies[id] = pack(found)
        return found

    def _document(self, id: str) -> Annotated:
        return self._load([id])[id]

    def _relabelled(self, id: str) -> Annotated:
        document = self.documents[id]
        return relabelled(document, self._labels(labels_of(document)))

    def _scenes(self, id: str) -> dict[str, Scene]:
        packed = self._kept_scenes.get(id)
        found: dict[str, Scene] = self.made(id) if packed is None else unpack(packed)
        return found

    def _telling(self, id: str) -> Telling:
        packed = self._kept_tellings.get(id)
        if packed is None:
            self.made(id)
            return self._tellings[id]
        found: Telling = unpack(packed)
        return found


def _named(document: Annotated) -> Annotated:
    """Nothing of a document but its name, for scenes of thousands of documents are compared."""
    return Annotated(Document(document.document.id, "", "", (), document.document.origin))


def _telling(document: Annotated) -> Annotated:
    """What is needed of a document where the values that it tells are known: no text, no names."""
    return replace(_named(document), times=document.times, claims=document.claims, figures=document.figures)


def in_turn(ids: Iterable[str]) -> Iterable[list[str]]:
    """Ids in order, as many at once as are read together."""
    every = list(ids)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))


@contextmanager
def without_collection() -> Iterator[None]:
    """No looking for rings of dead objects, which linking does not make: of millions of live ones it takes long."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
