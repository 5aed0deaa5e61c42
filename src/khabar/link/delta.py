"""What an update of the links changes, and links put together from such changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from khabar.model import Links


@dataclass(slots=True)
class Change:
    """Of one kind of linked things: what goes, and what comes or takes the place of an older one, by key."""

    gone: set[str] = field(default_factory=set)
    come: dict[str, tuple[str, Any]] = field(default_factory=dict)
    """Under its key the place of a thing among the others, by which they are sorted, and itself."""


@dataclass(slots=True)
class Delta:
    """The changes of all kinds, named as the fields of `Links`.

    Keys are labels for entities, first mentions for happenings, ids for stories, documents for roots; for copies the
    documents whose copies go, and both documents of those that come.
    """

    entities: Change = field(default_factory=Change)
    happenings: Change = field(default_factory=Change)
    stories: Change = field(default_factory=Change)
    copies: Change = field(default_factory=Change)
    roots: Change = field(default_factory=Change)

    def changes(self) -> Mapping[str, Change]:
        """Each kind by its name."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


COPY_KEY = "\x01"
"""Between the two documents in the key of a copy."""


class Collected:
    """Links kept in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, tuple[str, Any]]] = {part.name: {} for part in fields(Links)}

    def apply(self, delta: Delta) -> None:
        """Make the changes."""
        for name, change in delta.changes().items():
            kept = self._kept[name]
            for key in [key for key in kept if set(key.split(COPY_KEY)) & change.gone] if name == "copies" else ():
                del kept[key]
            for key in change.gone:
                kept.pop(key, None)
            kept.update(change.come)

    def links(self) -> Links:
        """All that there is, sorted."""
        return Links(
            **{
                name: tuple(thing for _, (_, thing) in sorted(kept.items(), key=lambda item: (item[1][0], item[0])))
                for name, kept in self._kept.items()
            }
        )
