"""The two sides of an event, once all its mentions are together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from khabar.events.actors import states
from khabar.events.clauses import FIRM
from khabar.events.merge import Draft
from khabar.lexicon import table
from khabar.model import Role

_WORDS = frozenset(["ACCUSE", "SUPPORT", "THREATEN"])
_STANDING = frozenset(["authorities", "states", "ministers", "presidents"])
"""Labels of common nouns that stand for the state whose adjective they bear."""
_SIDED = frozenset(["attendee", "encoder"])
"""Rules that tell visitors from hosts themselves."""
_WITHOUT_OUTLETS = frozenset(["CONSULT", "AGREE", "COOPERATE", "AID", "MOBILIZE", "RETREAT", "CONCEDE"])

Sides = tuple[tuple[Role, ...], tuple[Role, ...]]


@cache
def _capitals() -> dict[str, str]:
    """Label of a capital → label of its country."""
    return {row["label"]: row["country"] for row in table("capitals")}


@cache
def outlets() -> frozenset[str]:
    """Labels of the news outlets that the tables know."""
    return frozenset(row["label"] for row in table("outlets"))


@cache
def _adjectives() -> dict[str, str]:
    """English adjective of a state or body → its label."""
    states = {row["iso"]: row["label"] for row in table("countries")}
    found = {row["label"]: states.get(row["iso"], row["label"]) for row in table("demonyms")}
    return found | {row["adjective"]: row["label"] for row in table("body_adjectives")}


def _stood_for(roles: dict[str, Role], named: frozenset[str]) -> dict[str, Role]:
    """``السلطات الهولندية``, ``دول الخليج``: the state or body itself, where the text names it."""
    out: dict[str, Role] = {}
    for entity, role in roles.items():
        adjective, _, rest = entity.partition(" ")
        state = _adjectives().get(adjective, "") if rest in _STANDING and entity not in named else ""
        label = state if state in named else entity
        out.setdefault(label, role if label == entity else Role(label, role.span, role.rule, role.score))
    return out


def _without(roles: dict[str, Role], left_out: frozenset[str]) -> dict[str, Role]:
    return {entity: role for entity, role in roles.items() if entity not in left_out}


def sides_of(draft: Draft, named: frozenset[str], towns: frozenset[str]) -> Sides:
    """Actors and recipients; who is told as both is kept where the surer rule put him.

    A town takes part only in words (``هدد حلب``); elsewhere it is where the event was, and so is a capital under
    attack.  Outlets tell of meetings, they do not meet.
    """
    left_out = towns if draft.type not in _WORDS else frozenset[str]()
    left_out |= outlets() if draft.type in _WITHOUT_OUTLETS else frozenset[str]()
    actors = _without(_stood_for(draft.actors, named), left_out)
    left_out |= _capitals().keys() if draft.type == "ASSAULT" else frozenset[str]()
    recipients = _without(_stood_for(draft.recipients, named), left_out)
    for entity in actors.keys() & recipients.keys():
        del (recipients if actors[entity].score >= recipients[entity].score else actors)[entity]
    if draft.type == "ASSAULT":
        recipients = _hit(draft, recipients, named)
    if "visit" in draft.modes:
        return _visit(draft, actors, recipients)
    return tuple(actors.values()), tuple(recipients.values())


def _hit(draft: Draft, recipients: dict[str, Role], named: frozenset[str]) -> dict[str, Role]:
    """Where a force is told to be hit in a place, the force is the recipient and the place only says where.

    A state in which people without a name are hit (``مقتل مدنيين``) is hit itself.
    """
    forces = {entity: role for entity, role in recipients.items() if entity not in draft.places}
    if forces and named.isdisjoint(forces):
        return {entity: role for entity, role in recipients.items() if entity in forces or entity in states()}
    return forces or recipients


def _visit(draft: Draft, actors: dict[str, Role], recipients: dict[str, Role]) -> Sides:
    """Who comes is the actor; whom he meets there is visited, else the country, for which a capital stands.

    Nobody visits his own state: as a side of talks (``المحادثات الروسية الليبية``) it is that of the visitors.
    """
    known = visitors(draft)
    met = [role for role in actors.values() if known and role.entity not in known and role.rule not in _SIDED]
    came = tuple(role for role in actors.values() if role not in met)
    hosts = [role for role in (*recipients.values(), *met) if role.entity not in draft.places]
    inviters = [role for role in draft.inviters.values() if role not in came and role.entity not in actors]
    told = _hosts([*(hosts or [*recipients.values(), *met]), *inviters])
    home = {_adjectives().get(role.entity.partition(" ")[0]) for role in came}
    return came, tuple(role for role in told if role.rule != "nationality" or role.entity not in home)


def invite(drafts: Sequence[Draft]) -> None:
    """``يزور الوزير تونس بدعوة من نظيره``: who invites is visited, who visits was invited."""
    visits = [draft for draft in drafts if "visit" in draft.modes]
    for call in drafts:
        if call.type != "REQUEST" or "meet" not in call.modes:
            continue
        for visit in visits:
            if visit.sentences & call.sentences:
                _invited(call, visit)


def _invited(call: Draft, visit: Draft) -> None:
    known = visitors(visit) or set(visit.actors) - call.actors.keys()
    visit.inviters.update((entity, role) for entity, role in call.actors.items() if entity not in known)
    if not call.recipients and visit.inviters:
        call.recipients.update((entity, visit.actors[entity]) for entity in known & visit.actors.keys())


def visitors(draft: Draft) -> set[str]:
    """Who is told to come by a word for a journey."""
    travels = [mention for mention in draft.mentions if mention.trigger.entry.mode == "visit"]
    return {role.entity for mention in travels for role in mention.actors if role.score > FIRM}


def _hosts(roles: Iterable[Role]) -> Iterable[Role]:
    seen: set[str] = set()
    for role in roles:
        entity = _capitals().get(role.entity, role.entity)
        if entity not in seen:
            seen.add(entity)
            yield Role(entity, role.span, role.rule, role.score)
