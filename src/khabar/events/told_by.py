"""Claims that tell an event in words of their own, which nothing joins to its other mentions.

``هاجم مسلحون المعسكر. وقال الجيش إن ضربة استهدفت جنودا``: a word of the content that stands alone, or was passed over,
and that names an event of the same type.  The claim tells the event too where the encoder holds that the reporting
word tells it and, less surely, that the other word names the same event.  Measured on the gold sets and on our corpus
the two together are right three times in five and more, either alone is not one time in two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from khabar.events.clauses import Mention
from khabar.events.merge import Draft
from khabar.model import Claim, Event
from khabar.text import Tokenized

if TYPE_CHECKING:
    from khabar.encoder.links import Links

_SAME, _TOLD = "same", "told"
_LEAST = {_SAME: -1.5, _TOLD: 0.0}
"""Log-odds from which on a link is taken: even odds, less for words of one event, of which it finds fewer than half."""
_ALONE = 2
"""The most mentions of an event that may be another's after all."""
_REACH = 250
"""Tokens on each side in which an event's mentions are looked for; the encoder's windows are shorter."""

Placed = list[tuple[int, int]]
"""The tokens of one type's mentions, in order, each with the number of its draft."""


def told_again(
    events: Sequence[Event],
    drafts: Sequence[Draft],
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    text: Tokenized,
    links: Links,
) -> list[Event]:
    """The events, each with the claims that tell it again; `events` and `drafts` are in the same order."""
    if not {_SAME, _TOLD} <= set(links.kinds):
        return list(events)
    sizes = {one.trigger.token: len(draft.mentions) for draft in drafts for one in draft.mentions}
    alone = sorted((one.trigger.token, one.trigger.entry.type) for one in mentions)
    alone = [(token, kind) for token, kind in alone if sizes.get(token, 0) <= _ALONE]
    placed = _placed(drafts)
    more: dict[int, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.cue is None:
            continue
        first, last = text.token_at(claim.content.start), text.token_at(claim.content.end - 1)
        for token, kind in alone[bisect_left(alone, (first, "")) : bisect_left(alone, (last + 1, ""))]:
            for number in _echoed(token, text.token_at(claim.cue.start), placed[kind], links):
                more[number].add(claim.id)
    order = {claim.id: number for number, claim in enumerate(claims)}
    return [_with(event, more[number], order) if number in more else event for number, event in enumerate(events)]


def _placed(drafts: Sequence[Draft]) -> defaultdict[str, Placed]:
    found: defaultdict[str, Placed] = defaultdict(list)
    for number, draft in enumerate(drafts):
        found[draft.type] += ((one.trigger.token, number) for one in draft.mentions)
    for placed in found.values():
        placed.sort()
    return found


def _echoed(token: int, cue: int, placed: Placed, links: Links) -> set[int]:
    """The drafts that a word of a claim names again: one mention of each is the same, one is told by the cue."""
    near = placed[bisect_left(placed, (token - _REACH, 0)) : bisect_left(placed, (token + _REACH, 0))]
    own = {number for at, number in placed if at == token}
    near = [(at, number) for at, number in near if number not in own]
    if not near:
        return set()
    tokens = [at for at, _ in near]
    same, told = links.odds(_SAME, [token], tokens)[0], links.odds(_TOLD, tokens, [cue])[:, 0]
    alike = {number for (_, number), odds in zip(near, same, strict=True) if odds > _LEAST[_SAME]}
    return alike & {number for (_, number), odds in zip(near, told, strict=True) if odds > _LEAST[_TOLD]}


def _with(event: Event, more: set[str], order: dict[str, int]) -> Event:
    return replace(event, claims=tuple(sorted({*event.claims, *more}, key=order.__getitem__)))
