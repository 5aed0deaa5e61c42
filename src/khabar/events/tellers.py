"""Who makes a claim, as a role of the event that the claim tells of or that its cue is."""

from __future__ import annotations

from khabar.events.clauses import Clauses, Mention
from khabar.events.complements import COMMAS
from khabar.events.participants import Participant
from khabar.model import Claim, Role, Span

_TITLE_REACH = 3


def participant_at(clauses: Clauses, span: Span | None) -> Participant | None:
    """The participant that holds the first word of a span."""
    if span is None:
        return None
    at = clauses.text.token_at(span.start)
    near = clauses.between(max(0, at - _TITLE_REACH), at + 1)
    return next((one for one in reversed(near) if one.first <= at < one.last), None)


def source_role(clauses: Clauses, claim: Claim | None, rule: str, score: float) -> Role | None:
    """Who makes a claim, in a role: its source's own label, else whom the words for it stand for here (``الوزير``)."""
    if claim is None or claim.source is None:
        return None
    if claim.source_entity:
        return Role(claim.source_entity, claim.source, rule, score)
    one = participant_at(clauses, claim.source)
    return Role(one.entity, claim.source, rule, score) if one is not None else None


def tellers(clauses: Clauses, mention: Mention, cue: Claim | None) -> list[Role]:
    """Who says what the mention is the cue of: ``دعت الجامعة والسعودية الطرفين``."""
    if cue is None or cue.source is None:
        return []
    follows = cue.source.start >= mention.trigger.start
    one = participant_at(clauses, cue.source) if follows else None
    if follows and not cue.source_entity:
        return []  # the words of several, or of one without a name: the subject, as of any verb
    first = source_role(clauses, cue, "claim-source", 0.8)
    joined = with_source(clauses, one)[1:] if one is not None else []
    others = [Role(other.entity, other.span, "claim-source", 0.7) for other in joined]
    return ([first] if first is not None else []) + others


def with_source(clauses: Clauses, one: Participant) -> list[Participant]:
    """A source and those joined to it by و; behind a comma alone an object may stand."""
    group = clauses.chain(one)
    while len(group) > 1 and clauses.text.tokens[group[-1].first - 1].text in COMMAS:
        group.pop()
    return group
