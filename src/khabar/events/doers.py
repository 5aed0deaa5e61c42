"""Who takes part in an event by the clause that describes it.

``الغارة التي شنها الجيش``, ``المباحثات التي جرت بينهما``.
"""

from __future__ import annotations

from functools import cache

from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import COMMAS, give, prepositional
from khabar.events.inflect import past_forms, present_forms
from khabar.events.particles import particles
from khabar.lexicon import table

_REACH = 8
_SUBJECT_REACH = 9
_PAIR_REACH = 40
_PRONOUNS = ("ه", "ها", "هما", "هم")
_RESUMED = frozenset(["به", "بها", "بهما", "له", "لها", "لهما"])
_SUFFERED = frozenset(["ASSAULT", "COERCE", "ACCUSE", "THREATEN", "SANCTION"])
_SIDES = frozenset(["CONSULT", "AGREE", "SUPPORT"])


@cache
def _doers() -> dict[str, tuple[str, bool]]:
    """Folded verb with its pronoun → the role of its subject or object, and whether ``بها`` must follow."""
    found: dict[str, tuple[str, bool]] = {}
    for row in table("event_doers"):
        stems = {form for part in row["form"].split("|") for form in past_forms(part)}
        stems |= {form for stem in row["present"].split("|") for form in present_forms(stem)}
        endings = _PRONOUNS if row["pronoun"] == "yes" else ("",)
        for stem in stems - particles("preposition"):
            found.update((stem + ending, (row["role"], row["pronoun"] == "by")) for ending in endings)
    return found


def does(word: str) -> bool:
    """Is it a verb that tells who takes part in the noun before it: ``شنه``?"""
    return _doers().get(word, ("", False))[0] != ""


def relative_doers(clauses: Clauses, mention: Mention) -> None:
    """Roles from the verb of the clause that describes an event noun."""
    found = _doer(clauses, mention)
    if found is None:
        return
    at, role = found
    if role == "recipient" and mention.trigger.entry.type not in _SUFFERED:
        return
    last = min(clauses.text.sentences[mention.sentence].last, at + _SUBJECT_REACH)
    near = clauses.between(at + 1, last)
    for one in near:
        between = clauses.text.tokens[at + 1 : one.first]
        if clauses.text.tokens[one.first - 1].text in COMMAS:
            return
        if not one.preposition and any(_parts(token.folded) for token in between):
            return  # اتصالات أجراها مع الوزير فيما كان الرئيس
        if not one.preposition:
            group = clauses.chain(one)
            give(mention, group, role, "relative-doer", 0.65)
            prepositional(clauses, mention, [other for other in near if other.first >= group[-1].last])
            return


def _parts(word: str) -> bool:
    """Does a word keep what follows it from being the subject of the verb before it?"""
    return word in particles("barrier") or word in particles("preposition")


def _doer(clauses: Clauses, mention: Mention) -> tuple[int, str] | None:
    tokens, first = clauses.text.tokens, mention.trigger.token + 1
    last = min(clauses.text.sentences[mention.sentence].last, first + _REACH)
    for at in range(first, last):
        if at in clauses.triggered and at not in clauses.verbs:
            return None  # رفض الاتفاق الذي وقعته: the clause describes the agreement
        role, apart = _doers().get(tokens[at].folded, ("", False))
        if role and not apart:
            return at, role
        if role and at + 1 < last and tokens[at + 1].folded in _RESUMED:
            return at + 1, role
        if tokens[at].text in COMMAS or at in clauses.verbs or tokens[at].folded in particles("circumstantial"):
            return None
    return None


def between_them(clauses: Clauses, mention: Mention) -> None:
    """``المباحثات التي جرت بينهما``: the two who met before, else the two named together before."""
    tokens, first = clauses.text.tokens, mention.trigger.token + 1
    if mention.actors or mention.trigger.entry.type not in _SIDES:
        return
    if all(token.folded != "بينهما" for token in tokens[first : first + 4]):
        return
    if mention.pair:
        mention.fill_pair("actor", mention.pair, 0.6)
        return
    token = mention.trigger.token
    before = clauses.between(max(clauses.text.sentences[mention.sentence].first, token - _PAIR_REACH), token)
    joined = [at for at, one in enumerate(before) if at and one.joined and one.named]
    if joined:
        give(mention, before[joined[-1] - 1 : joined[-1] + 1], "actor", "between-them", 0.55)
