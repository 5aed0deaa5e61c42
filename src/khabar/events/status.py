"""Whether an event has happened, will, may, or has not: cue words of ``event_status`` and the verb's own form."""

from __future__ import annotations

from functools import cache

from khabar.events.clauses import Clauses, Mention
from khabar.events.particles import particles
from khabar.lexicon import forms
from khabar.text import Token, Tokenized, fold
from khabar.text.morphology import readings

_NEXT = 2
_CLAUSE = 7
_AFTER = 4
_FUTURE_PREFIXES = ("س", "وس", "فس")
_PURPOSE_PREFIXES = ("ل", "ول", "فل")


@cache
def _cues() -> dict[str, tuple[str, str]]:
    return {fold(form): (row["status"], row["reach"]) for form, row in forms("event_status")}


def _cue(word: str) -> tuple[str, str] | None:
    cues = _cues()
    if word in cues:
        return cues[word]
    for reading in readings(word):
        stem = "ال" + reading.stem if reading.article else reading.stem
        if len(stem) > 2 and reading.prefix in ("و", "ف", "ب", "ل") and stem in cues:
            return cues[stem]
    return None


def status_of(clauses: Clauses, mention: Mention) -> str:
    """The status of one mention, the nearest cue first."""
    analysis = mention.trigger.analysis
    before = _before(clauses, mention)
    if before:
        return "actual" if before == "negated" and _denied_charge(mention) else before
    if _denied(clauses, mention):
        return "negated"
    if analysis.tense == "present" and analysis.prefix in _FUTURE_PREFIXES:
        return "future"
    if analysis.tense == "present" and analysis.prefix in _PURPOSE_PREFIXES:
        return "hypothetical"
    if analysis.tense == "noun" and (mention.asked or _aimed_at(mention) or _called_for(clauses, mention)):
        return "hypothetical"
    return _after(clauses, mention) or _predicted(clauses.text, mention) or _coordinated(clauses, mention) or "actual"


def _predicted(text: Tokenized, mention: Mention) -> str:
    """``قال إن اجتماع الوزيرين سيركز على الحرب``: what will do something is itself to come."""
    token = mention.trigger.token
    opens = token > 0 and text.tokens[token - 1].folded in _THAT
    if mention.trigger.analysis.tense != "noun" or not opens or mention.trigger.analysis.article:
        return ""
    for word in text.tokens[token + 1 : min(len(text.tokens), token + 1 + _PREDICATE)]:
        if word.kind == "mark":
            return ""
        if word.folded.startswith(_WILL) and len(word.folded) >= _LONG:
            return "future"
    return ""


def _coordinated(clauses: Clauses, mention: Mention) -> str:
    """``تهديده بقتل وذبح الرهائن``: a noun joined to what has not happened has not happened either."""
    token, analysis = mention.trigger.token, mention.trigger.analysis
    if analysis.tense != "noun" or not analysis.prefix.startswith("و"):
        return ""
    for at in range(token - 1, max(0, token - _JOINED) - 1, -1):
        if clauses.text.tokens[at].kind == "mark" or at in clauses.verbs or at in clauses.cues:
            return ""
        if at in clauses.statuses:
            return clauses.statuses[at] if clauses.statuses[at] in ("hypothetical", "future") else ""
    return ""


def _denied(clauses: Clauses, mention: Mention) -> bool:
    """``نفى أن تكون قواته قد قصفت``: what a denial opens with has not happened; what it takes up as known may have."""
    token, claim = mention.trigger.token, clauses.claim_of(mention.trigger.token)
    taken_up = mention.trigger.analysis.article or mention.trigger.entry.type == "ACCUSE"
    if claim is None or claim.cue is None or claim.stance != "deny" or taken_up:
        return False
    tokens, text = clauses.text.tokens, clauses.text
    cue = _cue(tokens[text.token_at(claim.cue.start)].folded)
    between = tokens[text.token_at(claim.content.start) : token]
    near = len(between) <= _DENIAL and not any(_turns(word) for word in between)
    return cue is not None and cue[0] == "negated" and near


def _turns(word: Token) -> bool:
    return word.text in "،,؛" or word.folded in particles("relative")


def _denied_charge(mention: Mention) -> bool:
    """``نفى الاتهامات``: the charge was made, only its truth is denied."""
    return mention.trigger.entry.type == "ACCUSE" and mention.trigger.analysis.tense == "noun"


def _aimed_at(mention: Mention) -> bool:
    """``عملية لتحرير المدينة``: a goal, not yet an event."""
    analysis, kind = mention.trigger.analysis, mention.trigger.entry.type
    because = bool(analysis.pronoun) and kind in _STANCES  # لرفضها الاقتراح: a reason, not a goal
    return analysis.prefix.endswith("ل") and not analysis.article and not because and kind not in _ANYHOW


def _called_for(clauses: Clauses, mention: Mention) -> bool:
    """``يطالب الجيش بالانسحاب``, ``هدد بقصف المدينة``: what is asked for or threatened has not happened yet."""
    token, prefix = mention.trigger.token, mention.trigger.analysis.prefix
    tokens = clauses.text.tokens
    behind = tokens[token - 1].folded in ("الي", "علي") if token else False
    if not (prefix.endswith("ب") or behind):
        return False
    left = max(clauses.text.sentences[mention.sentence].first, token - _CALL_REACH)
    for at in range(token - 1, left - 1, -1):
        if tokens[at].text in _STOPS or tokens[at].folded in particles("barrier"):
            return False
        if at in clauses.calls:
            return True
        if at in clauses.verbs or at in clauses.cues:
            return False
    return False


_IF = frozenset(["اذا", "ان", "لو"])
_STOPS = frozenset("؛.")
_CALL_REACH = 16
_DENIAL = 9
"""Tokens of a denial's content in which what is denied is named."""
_ANYHOW = frozenset(["CONSULT", "REQUEST", "ACCUSE"])
_STANCES = frozenset(["REJECT", "AGREE", "SUPPORT", "THREATEN"])
_THAT = frozenset(["ان", "بان", "وان"])
_WILL = ("سي", "ست")
_LONG = 5
"""Letters from which a word that begins so is a verb."""
_PREDICATE = 14
_JOINED = 6


def _before(clauses: Clauses, mention: Mention) -> str:
    token, found = mention.trigger.token, ""
    left = max(clauses.text.sentences[mention.sentence].first, token - _CLAUSE)
    for at in range(token - 1, left - 1, -1):
        word = clauses.text.tokens[at]
        if word.kind == "mark" and word.text in "،,؛:.":
            return found
        cue = _cues().get(f"{word.folded} {clauses.text.tokens[at + 1].folded}") or _cue(word.folded)
        if cue and _reaches(cue[1], token - at, mention.trigger.analysis.tense):
            if cue[0] == "future" and at and clauses.text.tokens[at - 1].folded in particles("negator"):
                return "negated"
            if cue[0] == "negated" and at and clauses.text.tokens[at - 1].folded.lstrip("وف") in _IF:
                return "hypothetical"
            if cue[0] == "negated" or cue[1] != "touch":
                return cue[0]
            found = found or cue[0]
        if at in clauses.cues:
            return found
    return found


def _reaches(reach: str, distance: int, tense: str) -> bool:
    if reach == "present":
        return distance == 1 and tense == "present"
    if reach == "after":
        return False
    return distance <= {"touch": 1, "next": _NEXT, "clause": _CLAUSE}[reach]


def _after(clauses: Clauses, mention: Mention) -> str:
    """``الزيارة المرتقبة``: what an adjective behind a noun says; another event's adjective is not its own."""
    if mention.trigger.analysis.tense != "noun":
        return ""
    tokens = clauses.text.tokens
    for at in range(mention.trigger.token + 1, min(len(tokens), mention.trigger.token + 1 + _AFTER)):
        cue = _cue(tokens[at].folded)
        if cue and cue[1] == "after":
            return "" if tokens[at].folded.startswith("وي") else cue[0]
        if tokens[at].kind == "mark" or at in clauses.triggered:
            return ""
    return ""
