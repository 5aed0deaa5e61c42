"""Who fights whom in a report: what one event tells of two sides fills the side that another leaves out.

``اشتبك الجيش مع التنظيم ... ثم حاصر الجيش القرية``: besieged is the one opponent of the army that the text knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from khabar.events.clauses import FIRM
from khabar.events.merge import Draft
from khabar.model import Role

_FIGHTS = frozenset(["ASSAULT", "COERCE"])
_AIMED = _FIGHTS | {"MOBILIZE"}
_MUTUAL = ("preposition-بين", "preposition-مع")
_UNSURE = frozenset(["object-of-noun", "nationality", "among"])
_ANSWERS = frozenset(["AGREE", "REJECT"])
_OBJECT_REACH = 8
_SCORE = 0.4

Against = dict[str, dict[str, Role]]


def oppose(drafts: Sequence[Draft], named: frozenset[str]) -> None:
    """Fill the empty side of an event of force with the only opponent of the other side; `named` are entities.

    Who answers a demand or an offer answers the one who made it.
    """
    _answer(drafts, named)
    against = _against(drafts, named)
    for draft in drafts:
        if draft.type not in _AIMED or _mutual(draft):
            continue
        if not draft.recipients:
            _fill(draft.recipients, draft.actors, against)
        elif not draft.actors and draft.type == "ASSAULT":
            _fill(draft.actors, draft.recipients, against)


def _answer(drafts: Sequence[Draft], named: frozenset[str]) -> None:
    """``قبلت الحركة الدعوة``, ``رفض الطلب``: who agrees or refuses turns to the one who made what he answers."""
    told = sorted(
        ((one.trigger.token, one, draft) for draft in drafts for one in draft.mentions), key=lambda told: told[0]
    )
    for (token, answer, draft), (to, deed, other) in pairwise(told):
        near = answer.sentence == deed.sentence and to - token <= _OBJECT_REACH
        if not near or draft.type not in _ANSWERS or other is draft:
            continue
        makers = {entity: role for entity, role in other.actors.items() if entity in named - draft.actors.keys()}
        if len(makers) == 1 and named.isdisjoint(draft.recipients):
            entity, role = next(iter(makers.items()))
            draft.recipients[entity] = Role(entity, role.span, "answered", _SCORE)


def _against(drafts: Sequence[Draft], named: frozenset[str]) -> Against:
    """Each side of the fights told of → those whom it fights."""
    found: Against = {}
    for draft in drafts:
        if draft.type not in _FIGHTS:
            continue
        actors, recipients = _sides(draft.actors, named), _sides(draft.recipients, named)
        if _mutual(draft) and len(actors) == 2 and not recipients:
            actors, recipients = dict(list(actors.items())[:1]), dict(list(actors.items())[1:])
        for one, own in actors.items():
            for other, theirs in recipients.items():
                if one != other:
                    found.setdefault(one, {}).setdefault(other, theirs)
                    found.setdefault(other, {}).setdefault(one, own)
    return found


def _sides(roles: Mapping[str, Role], named: frozenset[str]) -> dict[str, Role]:
    """Those who have a name, by sure rules."""
    sure = {entity: role for entity, role in roles.items() if role.score >= FIRM and role.rule not in _UNSURE}
    return {entity: role for entity, role in sure.items() if entity in named}


def _mutual(draft: Draft) -> bool:
    return any(role.rule in _MUTUAL for role in draft.actors.values())


def _fill(empty: dict[str, Role], known: Mapping[str, Role], against: Against) -> None:
    found = {other: role for one in known for other, role in against.get(one, {}).items() if other not in known}
    if len(found) == 1:
        empty.update((other, Role(other, role.span, "opponent", _SCORE)) for other, role in found.items())
