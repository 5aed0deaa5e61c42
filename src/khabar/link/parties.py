"""Do two reports tell of one event, by those who take part in it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache

from khabar.lexicon import table
from khabar.link.compare import Feature
from khabar.link.nations import states_of
from khabar.link.scenes import Scene
from khabar.link.stories import dot

FEW_NAME = 0.5
"""From this rarity on few reports name a party."""
_KIN = 0.7
"""A state and a body of it are the same party to this degree."""
_UNNAMED = 0.3
_KNOWN = 0.5
"""How much one whom every report names speaks for one event, of what one speaks for it whom few name."""
_REVERSED, _STRANGERS, _OTHERS_BESIDE, _PARTICLE = -2.0, -2.5, -1.7, 3
_SAME_WORDS = 0.6
"""Cosine from which two passages say the same."""
_DEALINGS = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE", "REQUEST", "ACCUSE", "REJECT", "AID", "SANCTION"})
"""Types whose events are told by who deals with whom."""
_MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
"""Types in which who is actor and who recipient is the reporter's choice."""


def one_in_other(one: str, other: str) -> bool:
    """Is one named within the other's name (``Jenin`` in ``Jenin camp``)?"""
    ours, theirs = set(one.split()), set(other.split())
    return ours <= theirs or theirs <= ours


@cache
def countries() -> frozenset[str]:
    """A country says little beside a town, which may lie in it."""
    return frozenset(row["label"] for row in table("countries"))


def who(one: Scene, other: Scene) -> Feature | None:
    """Those who do it."""
    return _telling(_sides("actors", one.actors, other.actors, 0.95, -0.7), one, other)


def to_whom(one: Scene, other: Scene) -> Feature | None:
    """Those to whom it is done."""
    return _telling(_sides("recipients", one.recipients, other.recipients, 1.6, -0.2), one, other)


def _telling(found: Feature | None, one: Scene, other: Scene) -> Feature | None:
    """A party that every report of these days names speaks less for one event than one that few name."""
    if found is None or found.weight <= 0:
        return found
    return replace(found, weight=found.weight * (_KNOWN + (1 - _KNOWN) * rarity(one, other)))


def rarity(one: Scene, other: Scene) -> float:
    """How telling the rarest party is that both have."""
    shared = (one.actors | one.recipients) & (other.actors | other.recipients)
    return max((max(one.rare[label], other.rare[label]) for label in shared if not label.islower()), default=0.0)


def parties(one: Scene, other: Scene) -> Feature | None:
    """All of them together: in a meeting, who is actor and who recipient is the reporter's choice."""
    return _sides("parties", one.actors | one.recipients, other.actors | other.recipients, 0.0, -0.2)


def strangers(one: Scene, other: Scene) -> Feature | None:
    """Each has somebody whom few name and the other lacks: a governor receives many guests in a day, each by himself.

    A guest may be no more than named beside the event; but who is named in nearly the same words is beside it in both.
    """
    if one.event.type not in _DEALINGS:
        return None
    ours, theirs = _lacking(one.rare, other.rare), _lacking(other.rare, one.rare)
    if ours and theirs:
        return Feature("other parties", 1.0, _STRANGERS, f"{ours} there, {theirs} here")
    if dot(one.words, other.words) >= _SAME_WORDS:
        return None
    ours, theirs = _lacking(_present(one), _present(other)), _lacking(_present(other), _present(one))
    return Feature("other company", 1.0, _OTHERS_BESIDE, f"{ours} there, {theirs} here") if ours and theirs else None


def _present(scene: Scene) -> Mapping[str, float]:
    """All that take part in it or are named beside it; places and what else is no party tell nothing."""
    return {**dict.fromkeys(scene.names, 0.0), **scene.company, **scene.rare}


def _lacking(ours: Mapping[str, float], theirs: Mapping[str, float]) -> str | None:
    """One of ours that few name, of whose name theirs have no part, nor anybody of its state."""
    known = {part for label in theirs for part in _parts(label)}
    rare = (label for label in sorted(ours) if ours[label] >= FEW_NAME and not label.islower())
    lacking = (label for label in rare if known.isdisjoint(_parts(label)))
    return next((label for label in lacking if not any(_of_one_state(label, near) for near in theirs)), None)


@lru_cache(maxsize=50_000)
def _parts(label: str) -> frozenset[str]:
    """The parts of a name that are more than a particle."""
    return frozenset(part for part in label.lower().replace("-", " ").split() if len(part) > _PARTICLE)


def _sides(name: str, ours: frozenset[str], theirs: frozenset[str], agree: float, differ: float) -> Feature | None:
    """How many of the smaller side stand on the other too; `agree` is the weight where any do, `differ` where none.

    Those without a name (``soldiers``) are seldom the same ones.
    """
    if not ours or not theirs:
        return None
    shared = ours & theirs
    smaller, larger = sorted((ours, theirs), key=len)
    agree = agree * _UNNAMED if all(label.islower() for label in shared) else agree
    kin = [label for label in sorted(smaller - shared) if any(_of_one_state(label, other) for other in larger)]
    score = (len(shared) + _KIN * len(kin)) / len(smaller)
    reason = f"{name}: {', '.join([*sorted(shared), *kin][:3]) or 'none in common'}"
    return Feature(name, score, agree, reason) if score else Feature(f"no {name}", 1.0, differ, reason)


def _of_one_state(one: str, other: str) -> bool:
    """A state, its capital and its government, ministry or army act as one in the press; two bodies of one may not.

    So do a commander and what is called after him (``Haftar``, ``Haftar forces``).
    """
    if one in other or other in one:
        return one[0].isupper() and not one.islower() and one_in_other(one, other)
    shared = _states(one) & _states(other)
    return bool(shared) and (_is_state(one) or _is_state(other))


def _states(label: str) -> frozenset[str]:
    return states_of(_capitals().get(label, label))


def _is_state(label: str) -> bool:
    return label in countries() or label in _capitals()


@cache
def _capitals() -> dict[str, str]:
    """Labels of capitals, with those of their states."""
    return {row["label"]: row["country"] for row in table("capitals")}


def reversal(one: Scene, other: Scene) -> Feature | None:
    """Who blames or hits here is blamed or hit there: the answer to it, not the same again."""
    if one.event.type in _MUTUAL or one.event.type != other.event.type:
        return None
    crossed = _meet(one.actors, other.recipients) or _meet(other.actors, one.recipients)
    if not crossed or _meet(one.actors, other.actors) or _meet(one.recipients, other.recipients):
        return None
    return Feature("reversed", 1.0, _REVERSED, "the sides reversed")


def _meet(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Do two sides have somebody by name in common?"""
    return any(not label.islower() for label in ours & theirs)
