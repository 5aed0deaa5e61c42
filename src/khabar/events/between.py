"""The sides of talks and fights that ``بين`` names, also where a clause parts it from its noun or from one of them."""

from __future__ import annotations

from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import give
from khabar.events.particles import particles

_BETWEEN = "بين"
_RULE = "preposition-بين"
_AND_BETWEEN = "وبين"
_BETWEEN_IT = frozenset(["بينها", "بينه", "بينهم"])
_FAR = 26
_AIM = 5


def between(clauses: Clauses, mention: Mention) -> None:
    """Give an event noun the sides behind ``بين`` that its clause has not told already."""
    if dict(mention.trigger.entry.prepositions).get(_BETWEEN) != "actor":
        return
    _between_it(clauses, mention)
    if not mention.actors:
        _between_far(clauses, mention)
    _second_side(clauses, mention)


def _last(clauses: Clauses, mention: Mention) -> int:
    return min(clauses.text.sentences[mention.sentence].last, mention.trigger.token + _FAR)


def _between_far(clauses: Clauses, mention: Mention) -> None:
    """``اللقاء الذي جرى أمس في العاصمة بين الوزير ونظيره``: the sides behind the clause that describes it."""
    token, last = mention.trigger.token, _last(clauses, mention)
    for at in range(token + 1, last):
        if at in clauses.triggered:
            return
        if clauses.text.tokens[at].folded == _BETWEEN:
            found = [one for one in clauses.between(at + 1, min(last, at + _AIM)) if one.preposition == _BETWEEN]
            give(mention, clauses.chain(found[0]) if found else (), "actor", _RULE, 0.55)
            return


def _between_it(clauses: Clauses, mention: Mention) -> None:
    """``سيطر الجيش على القرية عقب اشتباكات بينه وبين المسلحين``: the subject of the clause and who is named."""
    token, tokens, last = mention.trigger.token, clauses.text.tokens, _last(clauses, mention)
    pronoun = next((at for at in range(token + 1, last - 1) if tokens[at].folded in _BETWEEN_IT), None)
    if pronoun is None or tokens[pronoun + 1].folded != _AND_BETWEEN:
        return
    other = [one for one in clauses.between(pronoun, last) if one.preposition == _AND_BETWEEN][:1]
    subject = [one for one in clauses.between(clauses.left(token, mention.sentence), token) if one.free][:1]
    give(mention, clauses.chain(other[0]) if other else (), "actor", _RULE, 0.55)
    give(mention, subject, "actor", "between-it", 0.5)


def _second_side(clauses: Clauses, mention: Mention) -> None:
    """``محادثات بين باريس التي ترعى الاتفاق وروما``: the second of two sides, behind what is said of the first."""
    told = [role for role in mention.actors if role.rule == _RULE]
    near = clauses.between(mention.trigger.token + 1, _last(clauses, mention))
    first = next((one for one in near if len(told) == 1 and one.entity == told[0].entity), None)
    tokens = clauses.text.tokens
    if first is None or first.last >= len(tokens) or tokens[first.last].folded not in particles("relative"):
        return
    joined = [one for one in near if one.first > first.last and one.joined and not one.preposition]
    alike = (one for one in joined if one.kind == first.kind and tokens[one.first].folded.startswith("و"))
    second = next(alike, None)
    give(mention, clauses.chain(second) if second is not None else (), "actor", _RULE, 0.55)
