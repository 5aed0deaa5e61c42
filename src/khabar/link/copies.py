"""Copies: documents that repeat each other's sentences.

Candidates share rare shingles (the lowest hashes of each sentence: a bottom sketch, Broder 1997); whether one
is a copy is then measured exactly: which sentences of the shorter stand, nearly word for word, in the longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from khabar.link.bodies import Body, Passage
from khabar.link.cluster import Edge, Groups
from khabar.link.state import Keys, block_key
from khabar.model import Copy

COPY = 0.6
"""From this share of the shorter body on, one is a copy of the other."""
RELATED = 0.45
"""From this share on, the two go back to one text, though each has much of its own."""
SAME_SENTENCE = 0.72
"""A sentence is the same when this part of its words stands in the other text in groups of three."""
WINDOW = 12
"""With how many documents before it in each block a document is compared."""
SHARED = 2
"""How many blocks two documents must share to be compared."""
_SKETCH = 2
_SAME = "the same words"
_MOST = 20
"""Of more documents of the same words each is told to be a copy of the first only."""


def keys_of(text: Body) -> Keys:
    """The blocks of a document: the lowest hashes of each of its sentences."""
    sketch = {value for passage in text.passages for value in sorted(set(passage.shingles))[:_SKETCH]}
    return tuple((key, key) for key in sorted(block_key("copies", value) for value in sketch))


def pair(one: Body, other: Body) -> Edge | None:
    """Do two documents go back to one text?"""
    first, second = sorted((one.id, other.id))
    if one.digest == other.digest:
        return Edge(first, second, 1.0, _SAME) if one.size else None
    part = share(one, other)
    if part < RELATED:
        return None
    return Edge(first, second, part, f"{part:.0%} of the shorter text stands in the longer")


def copies_of(places: Mapping[str, str], edges: Iterable[Edge]) -> Iterator[Copy]:
    """The copies in a part whose documents make no pairs with others, the earlier of each pair first.

    `places` sort its documents by date.
    """
    edges = list(edges)
    same = Groups(places)
    for edge in edges:
        if edge.reason == _SAME:
            same.join(edge.first, edge.second)
    for group in same.all():
        if len(group) > _MOST:
            first, *others = sorted(group, key=places.__getitem__)
            yield from (Copy(first, other, 1.0, _SAME) for other in others)
    for edge in edges:
        crowded = edge.reason == _SAME and len(same.members(edge.first)) > _MOST
        if edge.score >= COPY and not crowded:
            first, second = sorted((edge.first, edge.second), key=places.__getitem__)
            yield Copy(first, second, edge.score, edge.reason)


def share(one: Body, other: Body) -> float:
    """The part of the shorter body, in words, whose sentences stand in the longer one too.

    >>> from khabar import document_from_text
    >>> from khabar.link.bodies import body
    >>> text = "وصل الوفد إلى العاصمة صباح اليوم. وغادر الوزير المدينة بعد الظهر إلى بلاده."
    >>> share(body(document_from_text(text)), body(document_from_text("عاجل. " + text)))
    1.0
    """
    shorter, longer = sorted((one, other), key=lambda text: (text.size, text.order))
    same = sum(len(passage.words) for passage in shorter.passages if stands_in(passage, longer))
    return same / shorter.size if shorter.size else 0.0


def stands_in(passage: Passage, text: Body) -> bool:
    """Does the sentence stand, nearly word for word, in the text?"""
    return covered(passage, text.shingles) >= SAME_SENTENCE


def covered(passage: Passage, shingles: frozenset[int]) -> float:
    """The part of a sentence's words that lie in a shingle of the given ones."""
    words = [False] * len(passage.words)
    width = len(words) - len(passage.shingles) + 1
    for at, shingle in enumerate(passage.shingles):
        if shingle in shingles:
            words[at : at + width] = [True] * width
    return sum(words) / len(words)
