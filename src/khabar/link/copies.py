"""Copies: documents that repeat each other's sentences.

Candidates share rare shingles (the lowest hashes of each sentence: a bottom sketch, Broder 1997); whether one
is a copy is then measured exactly: which sentences of the shorter stand, nearly word for word, in the longer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from khabar.link.bodies import Body, Passage
from khabar.model import Copy

COPY = 0.6
"""From this share of the shorter body on, one is a copy of the other."""
RELATED = 0.45
"""From this share on, the two go back to one text, though each has much of its own."""
SAME_SENTENCE = 0.72
"""A sentence is the same when this part of its words stands in the other text in groups of three."""
_SKETCH = 2
_SHARED = 2
_PARTNERS = 12
"""In a crowded block a document is compared with this many that came before all others."""
_PAIRS = 400


def find_copies(texts: Sequence[Body]) -> tuple[Copy, ...]:
    """Pairs that share at least `RELATED` of the shorter one, the earlier first."""
    groups = _same_words(texts)
    heads = [group[0] for group in groups]
    found = list(_identical(groups))
    by_id = {group[0].id: group for group in groups}
    for first, second in _candidates(heads):
        part = share(first, second)
        if part >= RELATED:
            found += _between(by_id[first.id], by_id[second.id], part)
    return tuple(sorted(found, key=lambda copy: (copy.first, copy.second)))


def _same_words(texts: Sequence[Body]) -> list[list[Body]]:
    """Documents of exactly the same words, so that ten thousand of them cost one comparison."""
    groups: dict[str, list[Body]] = defaultdict(list)
    for text in texts:
        groups[text.digest].append(text)
    return list(groups.values())


def _identical(groups: Sequence[Sequence[Body]]) -> Iterator[Copy]:
    for group in groups:
        if not group[0].size:
            continue
        pairs = ((one, other) for at, one in enumerate(group) for other in group[at + 1 :])
        star = ((group[0], other) for other in group[1:])
        for one, other in pairs if len(group) ** 2 <= _PAIRS else star:
            yield Copy(one.id, other.id, 1.0, "the same words")


def _between(group: Sequence[Body], others: Sequence[Body], part: float) -> Iterator[Copy]:
    crowded = len(group) * len(others) > _PAIRS
    for one in group[:1] if crowded else group:
        for other in others[:1] if crowded else others:
            first, second = sorted((one, other), key=lambda text: text.order)
            yield Copy(first.id, second.id, part, f"{part:.0%} of the shorter text stands in the longer")


def _candidates(texts: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    """Pairs that share at least two sketch values; `texts` are in order of date."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        shared: Counter[int] = Counter()
        sketch = _sketch(text)
        for value in sketch:
            shared.update(blocks[value])
            if len(blocks[value]) < _PARTNERS:
                blocks[value].append(at)
        for before, count in sorted(shared.items()):
            if count >= min(_SHARED, len(sketch)):
                yield texts[before], text


def _sketch(text: Body) -> set[int]:
    return {value for passage in text.passages for value in sorted(set(passage.shingles))[:_SKETCH]}


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
