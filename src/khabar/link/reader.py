"""Documents for linking: read when they are asked for, and the last ones kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from khabar.link.bodies import body
from khabar.link.relabel import labels_of, relabelled
from khabar.link.scenes import Scene, scenes
from khabar.link.stories import Weights
from khabar.model import Annotated

Load = Callable[[list[str]], Mapping[str, Annotated]]
"""Documents by their ids; those that there are."""
Kept = TypeVar("Kept")
_MOST = 1_000
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
        self.weights = Weights(0, {})
        self.story: Callable[[str], str] = str

    def clear(self) -> None:
        """Forget all that was read."""
        for last in (self.documents, self.bodies, self.told, self.scenes):
            last.clear()

    def ahead(self, ids: Iterable[str]) -> None:
        """Read documents that will be asked for next, all at once."""
        for id, document in self._load([id for id in ids if id not in self.documents]).items():
            self.documents[id] = document

    def _document(self, id: str) -> Annotated:
        return self._load([id])[id]

    def _relabelled(self, id: str) -> Annotated:
        document = self.documents[id]
        return relabelled(document, self._labels(labels_of(document)))

    def _scenes(self, id: str) -> dict[str, Scene]:
        found = scenes([self.told[id]], {id: self.bodies[id]}, self.weights, {id: self.story(id)})
        return {scene.id: scene for scene in found}


def in_turn(ids: Iterable[str]) -> Iterable[list[str]]:
    """Ids in order, as many at once as are read together."""
    every = list(ids)
    return (every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE))
