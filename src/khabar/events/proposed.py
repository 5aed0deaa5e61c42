"""Who acts where no rule names him: the name that the encoder holds for the likeliest actor of an event's words.

Measured on the gold sets and on our corpus, a name so found is right in one of three events that have a name for
their actor at all, which is more than it costs; recipients and second actors so found are not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from khabar.events.clauses import Clauses
from khabar.events.merge import Draft
from khabar.events.sides import outlets
from khabar.model import Name, Role, Span

if TYPE_CHECKING:
    from khabar.encoder.links import Links

_ACTOR = "actor"
_LEAST = 0.0
"""Log-odds from which on a name is taken: even odds."""
_REACH = 250
"""Tokens on each side of a trigger in which names are looked for; the encoder's windows are shorter."""
_SCORE = 0.35

Unit = tuple[int, str, Span]
"""First token, entity and words of a mention by name, or of a description that stands for one."""


def propose(
    drafts: Sequence[Draft], clauses: Clauses, names: Sequence[Name], towns: frozenset[str], links: Links
) -> None:
    """Give each event without a named actor the likeliest one, where he is likely enough."""
    if _ACTOR not in links.kinds:
        return
    acting = frozenset(name.entity for name in names) - towns
    units = _units(clauses, acting - outlets())
    suffering = {entity for draft in drafts for entity in draft.recipients}
    suffering -= {entity for draft in drafts for entity in draft.actors}
    for draft in drafts:
        if not acting.isdisjoint(draft.actors):
            continue
        best = _likeliest(draft, _able(draft, units, suffering), links)
        if best is not None:
            draft.actors[best[1]] = Role(best[1], best[2], "encoder", _SCORE)


def _units(clauses: Clauses, acting: frozenset[str]) -> list[Unit]:
    text = clauses.text
    found = [(text.token_at(one.span.start), one.entity, one.span) for one in clauses.found if one.entity in acting]
    return sorted(found, key=_place)


def _place(unit: Unit) -> tuple[int, str]:
    return unit[:2]


def _able(draft: Draft, units: Sequence[Unit], suffering: set[str]) -> list[Unit]:
    """The mentions near an event's words of those who are neither its place nor acted on here or throughout."""
    taken = draft.places | draft.recipients.keys() | draft.actors.keys()
    near: set[Unit] = set()
    for one in draft.mentions:
        first = bisect_left(units, one.trigger.token - _REACH, key=lambda unit: unit[0])
        last = bisect_left(units, one.trigger.token + _REACH, key=lambda unit: unit[0])
        near.update(units[first:last])
    return sorted((unit for unit in near if unit[1] not in taken and unit[1] not in suffering), key=_place)


def _likeliest(draft: Draft, able: Sequence[Unit], links: Links) -> Unit | None:
    import numpy as np

    if not able:
        return None
    triggers = [one.trigger.token for one in draft.mentions]
    odds = np.nan_to_num(links.odds(_ACTOR, triggers, [unit[0] for unit in able]), nan=-np.inf).max(axis=0)
    best = int(odds.argmax())
    return able[best] if odds[best] > _LEAST else None
