"""What the words before a participant say of it: who governs it, what it is counted by, where its own words begin."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.events.actors import Head
from khabar.events.particles import particles
from khabar.model import Span
from khabar.text import Token, Tokenized


def agent(tokens: Sequence[Token], at: int) -> bool:
    """``من قبل``, ``من جانب``, ``على يد``: who did it follows."""
    word, before = tokens[at].folded, tokens[at - 1].folded if at else ""
    return (before == "من" and word in ("قبل", "جانب")) or (before == "علي" and word in particles("agent-noun"))


def partitive(tokens: Sequence[Token], at: int, word: str) -> str:
    """``من`` after a number or a quantity does not govern: ``ثلاثة من المسلحين``."""
    before = tokens[at - 1] if at else None
    if word == "من" and before is not None and (before.kind == "number" or before.folded in particles("quantity")):
        return ""
    return word


def counted_and(tokens: Sequence[Token], first: int) -> bool:
    """``وخمسة مدنيين``, ``و16 جنديا``: the و stands before the number."""
    if first > 2 and tokens[first - 1].folded == "من" and tokens[first - 2].kind == "number":
        first -= 1
    if first < 2:
        return False
    before = tokens[first - 1]
    if before.kind == "number":
        return tokens[first - 2].folded == "و"
    return before.folded.startswith("و") and before.folded[1:] in particles("quantity")


def bare_span(text: Tokenized, first: int, last: int, head: Head) -> Span:
    """The words of a description without the particles written on to the first; fused ``لل`` stays whole."""
    token, span = text.tokens[first], text.token_span(first, last)
    if len(token.text) != len(token.folded):
        return span
    fused = head.article and head.prefix.endswith("ل")
    return text.span(span.start + len(head.prefix) - fused, span.end)
