"""Documents for linking: read when they are asked for, and the last ones kept."""

from __future__ import annotations

import gc
import pickle
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Generic, TypeVar

from khabar.link.bodies import body
from khabar.link.relabel import labels_of, relabelled
from khabar.link.scenes import Scene, scenes
from khabar.link.stories import Weights
from khabar.model import Annotated, Document

Load = Callable[[list[str]], Mapping[str, Annotated]]
"""Documents by their ids; those that there are."""
Kept = TypeVar("Kept")
_MOST = 2_000
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

    `labels` gives for some labels where they lead; `weights` and `story` what scenes need of the collection.
    """

    def __init__(self, load: Load, labels: Callable[[Iterable[str]], Mapping[str, str]]) -> None:
        self._load = load
        self._labels = labels
        self.documents = Last(self._document, _MOST)
        self.bodies = Last(lambda id: body(self.documents[id].document), _MOST)
        self.told = Last(self._relabelled, _MOST)
        self.scenes = Last(self._scenes, _MOST)
        """Those of a document, by their ids, without all else in it."""
        self._packed: dict[str, bytes] = {}
        self.weights = Weights(0, {})
        self.story: Callable[[str], str] = str

    def clear(self) -> None:
        """Forget all that was read."""
        for last in (self.documents, self.bodies, self.told, self.scenes):
            last.clear()
        self._packed.clear()

    def ahead(self, ids: Iterable[str]) -> None:
        """Read documents that will be asked for next, all at once."""
        for id, document in self._load([id for id in ids if id not in self.documents]).items():
            self.documents[id] = document

    def whole(self, id: str, scene: str) -> Scene:
        """A scene with all that is in its document, under the labels that linking has settled on."""
        return replace(self.scenes[id][scene], document=self.told[id])

    def _document(self, id: str) -> Annotated:
        return self._load([id])[id]

    def _relabelled(self, id: str) -> Annotated:
        document = self.documents[id]
        return relabelled(document, self._labels(labels_of(document)))

    def _scenes(self, id: str) -> dict[str, Scene]:
        """Those of one document: once made they are kept in few bytes, for documents are read slowly."""
        if id in self._packed:
            known: dict[str, Scene] = pickle.loads(zlib.decompress(self._packed[id]))
            return known
        found = scenes([self.told[id]], {id: self.bodies[id]}, self.weights, {id: self.story(id)})
        bare = {scene.id: _bare(scene) for scene in found}
        self._packed[id] = zlib.compress(pickle.dumps(bare, pickle.HIGHEST_PROTOCOL), 1)
        return bare


def _bare(scene: Scene) -> Scene:
    """The scene without all else in its document, for those of thousands of documents are compared."""
    document = scene.document.document
    return replace(scene, document=Annotated(Document(document.id, "", "", (), document.origin)))


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
