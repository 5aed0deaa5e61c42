"""What was done to a document's text, and what is still wrong with it, in words: for the page and the terminal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from khabar.model import Document
from khabar.repair.damage import damaged_share, is_too_damaged, kind_label
from khabar.repair.reasons import Reason, counted, least_sure, reason_of


@dataclass(frozen=True, slots=True)
class Mended:
    """One rule's changes: how many, why, and how sure the least sure of them is."""

    rule: str
    count: int
    reason: Reason
    score: float


@dataclass(frozen=True, slots=True)
class Left:
    """One kind of damage that is left: its name in Arabic and English, and how many places."""

    arabic: str
    english: str
    count: int


def mended(document: Document) -> tuple[Mended, ...]:
    """What every rule of the document's plan did, in the order of the plan."""
    scores = least_sure(document.plan)
    counts = counted(document.plan)
    return tuple(Mended(rule, count, reason_of(rule), scores.get(rule, 1.0)) for rule, count in counts.items())


def left(document: Document) -> tuple[Left, ...]:
    """The damage that could not be mended, the most frequent kind first."""
    counts = Counter(damage.kind for damage in document.damage)
    return tuple(Left(*kind_label(kind), count) for kind, count in counts.most_common())


def trust(document: Document) -> str | None:
    """A warning where a document is too damaged to trust, None otherwise."""
    return f"too damaged to trust ({damaged_share(document):.0%} of its words)" if is_too_damaged(document) else None
