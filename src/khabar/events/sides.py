"""The two sides of an event, once all its mentions are together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from khabar.events.merge import Draft
from khabar.lexicon import table
from khabar.model import Role

_MET = frozenset(["preposition-مع", "preposition-ب", "object", "preposition-بين"])
"""Rules by which the other side of talks is found."""

Sides = tuple[tuple[Role, ...], tuple[Role, ...]]


@cache
def _capitals() -> dict[str, str]:
    """Label of a capital → label of its country."""
    return {row["label"]: row["country"] for row in table("capitals")}


def sides_of(draft: Draft, named: frozenset[str]) -> Sides:
    """Actors and recipients; who is told as both is kept where the surer rule put him."""
    actors, recipients = dict(draft.actors), dict(draft.recipients)
    for entity in actors.keys() & recipients.keys():
        del (recipients if actors[entity].score >= recipients[entity].score else actors)[entity]
    if draft.type == "ASSAULT":
        recipients = _hit(draft, recipients)
    if "visit" in draft.modes:
        return _visit(draft, actors, recipients, named)
    return tuple(actors.values()), tuple(recipients.values())


def _hit(draft: Draft, recipients: dict[str, Role]) -> dict[str, Role]:
    """Where a force is told to be hit in a place, the force is the recipient and the place only says where."""
    forces = {entity: role for entity, role in recipients.items() if entity not in draft.places}
    return forces or recipients


def _visit(draft: Draft, actors: dict[str, Role], recipients: dict[str, Role], named: frozenset[str]) -> Sides:
    """Who comes is the actor; whom he meets there is visited, and a capital stands for its country."""
    visitors = _visitors(draft)
    met = [role for role in actors.values() if visitors and role.entity not in visitors and role.rule in _MET]
    came = tuple(role for role in actors.values() if role not in met)
    return came, tuple(_hosts([*recipients.values(), *met], named))


def _visitors(draft: Draft) -> set[str]:
    travels = [mention for mention in draft.mentions if mention.trigger.entry.mode == "visit"]
    return {role.entity for mention in travels for role in mention.actors}


def _hosts(roles: Iterable[Role], named: frozenset[str]) -> Iterable[Role]:
    seen: set[str] = set()
    for role in roles:
        country = _capitals().get(role.entity, "")
        entity = country if country in named else role.entity
        if entity not in seen:
            seen.add(entity)
            yield Role(entity, role.span, role.rule, role.score)
