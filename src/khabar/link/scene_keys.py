"""In which blocks a document's event is looked for: only events that share one are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.link.scenes import Scene
from khabar.link.state import Keys, block_key

WINDOW = 25
"""With how many scenes before it in each block a scene is compared."""
_SPAN = 6
"""Days over which a date may stretch for its weeks to be looked at."""


def keys_of(scene: Scene) -> Keys:
    """The blocks of a scene, each once."""
    return tuple((key, key) for key in sorted({block_key("events", *words) for words in _keys(scene)}))


def _keys(scene: Scene) -> Iterator[tuple[object, ...]]:
    """Shared words around a trigger; the story with the word or a party; a party or place with the week."""
    yield from (("spot", spot) for spot in sorted(scene.spots))
    yield from (("story", scene.story, word) for word in sorted(scene.triggers))
    who = sorted(scene.actors | scene.recipients)[:8]
    yield from (("story", scene.story, label) for label in who)
    for week in _weeks(scene):
        yield from (("week", week, label) for label in who)
        if scene.event.place:
            yield ("week", week, scene.event.place, scene.event.type)


def _weeks(scene: Scene) -> Sequence[int]:
    """The week of a dated event and its neighbours' edges; that of the report where no day is known."""
    if scene.when and scene.when[1] - scene.when[0] <= _SPAN:
        return sorted({(scene.when[0] - 1) // 7, (scene.when[1] + 1) // 7})
    return [] if scene.day is None else [scene.day // 7]
