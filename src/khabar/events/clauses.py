"""Mentions of events and the clauses in which they stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from khabar.events.actors import states
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.events.triggers import Trigger
from khabar.model import Claim, Role, Span
from khabar.text import Tokenized

_MARK_BARRIERS = frozenset("؛:;")
_SPEECH = frozenset(["ACCUSE", "SUPPORT", "REJECT", "REQUEST", "CONSULT"])
FIRM = 0.5
"""Score of a role from which it is evidence that an ambiguous word names an event."""
_CALLS = frozenset(["REQUEST", "THREATEN"])
_TRAVELLERS = frozenset(["delegation", "diplomats", "engineers"])
"""Labels of common nouns for those who come and go like persons."""
_LONGEST_LIST = 12
_LEFT_REACH = 40
_PARENTHESIS = 14
_PAIR_REACH = 40
_COMMAS = frozenset("،,")


@dataclass
class Mention:
    """A trigger with what its clause says about it."""

    trigger: Trigger
    sentence: int
    actors: list[Role] = field(default_factory=list)
    recipients: list[Role] = field(default_factory=list)
    places: list[Participant] = field(default_factory=list)
    others: list[Participant] = field(default_factory=list)
    """Participants of the clause that fill no role."""
    pair: tuple[Role, ...] = ()
    """The two who met in the mention before, else the two named together: what ``الجانبان`` stands for."""
    pairs: dict[str, tuple[Role, ...]] = field(default_factory=dict)
    """Label of a dual that says more (``الوزيران``) → the two for whom it stands."""
    armed: bool = False
    person: bool = False
    force: bool = False
    """Is an actor an armed force?"""
    acted_on: set[int] = field(default_factory=set)
    """Participants, by first token, that this mention has as recipient."""
    passive: bool = False
    """Do printed vowel signs show that the verb is passive?"""
    asked: bool = False
    """Is it what somebody asks for, and so not yet done?"""
    status: str = "actual"
    date: str | None = None
    date_span: Span | None = None
    date_fit: float = 0.0
    """How well the date fits: from about 0 on it is its own more likely than not."""

    def fill(self, role: str, one: Participant, rule: str, score: float) -> None:
        """Give a participant a role of this mention, once."""
        if role == "place":
            self.places.append(one)
            return
        if role == "actor" and self.trigger.entry.type == "ASSAULT" and _town(one):
            # A town is shelled (قصف تاجوراء); it does not shell.
            role = "recipient"
            self.places.append(one)
        if role == "recipient":
            self.acted_on.add(one.first)
        slot = self.recipients if role == "recipient" else self.actors
        pair = self.pairs.get(one.label, self.pair) if one.kind == "pair" else ()
        if pair and role in ("actor", "recipient"):
            self.fill_pair(role, pair, score)
        elif role in ("actor", "recipient") and all(known.entity != one.entity for known in slot):
            slot.append(Role(one.entity, one.span, rule, score))
        self.armed |= one.armed
        self.force |= one.armed and role == "actor" and score >= FIRM
        self.person |= role == "actor" and (one.kind in ("PER", "office") or one.label in _TRAVELLERS)

    def fill_pair(self, role: str, pair: Sequence[Role], score: float) -> None:
        """Give two who are meant together a role of this mention."""
        slot = self.recipients if role == "recipient" else self.actors
        known = {one.entity for one in slot}
        slot.extend(Role(one.entity, one.span, "pair", score) for one in pair if one.entity not in known)


def _town(one: Participant) -> bool:
    return one.kind == "LOC" and one.entity not in states()


def _named_together(pair: Sequence[Participant]) -> bool:
    one, other = pair
    if not other.joined or not one.named or one.kind != other.kind or one.entity == other.entity:
        return False
    return one.kind != "LOC" or {one.entity, other.entity} <= states()


class Clauses:
    """The participants of a text, looked up by clause."""

    def __init__(
        self,
        text: Tokenized,
        found: Sequence[Participant],
        triggers: Sequence[Trigger],
        claims: Sequence[Claim],
        dated: frozenset[int] = frozenset(),
    ) -> None:
        self.dated = dated
        """Tokens of time expressions."""
        self.text = text
        self.found = found
        self.firsts = [one.first for one in found]
        self.triggered = {trigger.token for trigger in triggers}
        self.verbs = {trigger.token for trigger in triggers if trigger.entry.word_class == "verb"}
        self.passives = {
            trigger.token for trigger in triggers if trigger.entry.subject in ("passive", "either", "able")
        }
        nouns = [trigger for trigger in triggers if trigger.entry.word_class == "noun"]
        self.speech = {
            one.token: one.entry.type for one in triggers if one.entry.type in _SPEECH and one.token in self.verbs
        }
        self.calls = {one.token for one in triggers if one.entry.type in _CALLS}
        """What asks for or threatens something."""
        self.assaults = {one.token for one in nouns if one.entry.type == "ASSAULT"}
        self.coordinated = {one.token for one in nouns if one.analysis.prefix == "و"}
        self.pair: tuple[Role, ...] = ()
        """The two sides of the last meeting told of."""
        self.statuses: dict[int, str] = {}
        """Token of a trigger → its status, for those already read."""
        self.acted_on: set[int] = set()
        """Participants (by first token) that an earlier mention has as recipient."""
        self.innermost = _innermost(text, claims)
        self.cues = {text.token_at(c.cue.start): c for c in claims if c.cue is not None}
        self.cue_tokens = sorted(self.cues)

    def between(self, first: int, last: int) -> Sequence[Participant]:
        return self.found[bisect_left(self.firsts, first) : bisect_left(self.firsts, last)]

    def chain(self, one: Participant) -> list[Participant]:
        """A participant and those joined to it, however far the list runs."""
        at = bisect_left(self.firsts, one.first)
        group = [one]
        for other in self.found[at + 1 : at + _LONGEST_LIST]:
            if not other.joined or any(at in self.triggered for at in range(group[-1].last, other.first)):
                break
            group.append(other)
        return group

    def joined_pair(self, token: int, kind: str = "") -> tuple[Role, ...]:
        """The last two persons, bodies or states named together before a token; of one `kind` if it is given."""
        at = bisect_left(self.firsts, token)
        for last in range(at - 1, max(0, at - _PAIR_REACH), -1):
            pair = self.found[last - 1 : last + 1]
            third = last + 1 < len(self.found) and self.found[last + 1].joined
            if not third and _named_together(pair) and kind in ("", pair[0].kind):
                return tuple(Role(one.entity, one.span, "pair", FIRM) for one in pair)
        return self._of_one_office(at) if kind == "PER" else ()

    def _of_one_office(self, at: int) -> tuple[Role, ...]:
        """``الوزيران``: the last two persons before a participant who hold the same office."""
        holders: dict[str, dict[str, Participant]] = {}
        for one in reversed(self.found[max(0, at - _PAIR_REACH) : at]):
            if one.kind == "PER" and one.head:
                same = holders.setdefault(one.head, {})
                same.setdefault(one.entity, one)
                if len(same) == 2:
                    return tuple(Role(other.entity, other.span, "pair", FIRM) for other in reversed(same.values()))
        return ()

    def past_parenthesis(self, start: int) -> int:
        """The token after a time or place set between commas (``، الأحد في القاهرة،``), else `start`."""
        tokens = self.text.tokens
        if start >= len(tokens):
            return start
        comma = tokens[start].text in _COMMAS
        at = start + comma
        if at >= len(tokens) or not (at in self.dated or (comma and tokens[at].folded in particles("locative"))):
            return start
        for end in range(at, min(len(tokens), at + _PARENTHESIS)):
            if tokens[end].text in _COMMAS and comma:
                return end + 1
            if end in self.verbs or (tokens[end].kind == "mark" and end not in self.dated):
                return start
            if not comma and end not in self.dated:
                return end
        return start

    def claim_of(self, token: int) -> Claim | None:
        """The innermost claim in whose content a token stands."""
        return self.innermost.get(token)

    def _barrier(self, at: int) -> bool:
        token = self.text.tokens[at]
        return token.folded in particles("barrier") or token.text in _MARK_BARRIERS or at in self.cues

    def left(self, token: int, sentence: int) -> int:
        """First token of the clause that holds `token`."""
        first = max(self.text.sentences[sentence].first, token - _LEFT_REACH)
        claim = self.claim_of(token)
        content = first if claim is None else self.text.token_at(claim.content.start)
        for at in range(token - 1, max(first, content) - 1, -1):
            if self._barrier(at):
                return at + 1
        return max(first, content)

    def right(self, token: int, sentence: int, reach: int) -> int:
        """The token after the last of the clause, not past the next verb."""
        last = min(self.text.sentences[sentence].last, token + 1 + reach)
        for at in range(token + 1, last):
            if self._barrier(at) or at in self.verbs:
                return at
        return last


def _innermost(text: Tokenized, claims: Sequence[Claim]) -> dict[int, Claim]:
    """For every token the smallest claim in whose content it stands."""
    found: dict[int, Claim] = {}
    for claim in sorted(claims, key=lambda one: one.content.start - one.content.end):
        first, last = text.token_at(claim.content.start), text.token_at(claim.content.end - 1)
        found.update(dict.fromkeys(range(first, last + 1), claim))
    return found
