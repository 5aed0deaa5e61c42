"""Stories: documents about one running matter.

Documents are bags of content words weighted by tf-idf.  How common a word is comes from the collection and, as
two hundred imagined documents, from the language (wordfreq), so that two documents alone compare as they would
among thousands.  Grouping is average linkage over pairs that share telling words within some weeks.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from khabar.link.bodies import Body
from khabar.link.cluster import Edge, Groups, strongest_first
from khabar.link.frequency import frequency
from khabar.model import Story

Vector = dict[str, float]

ALIKE = 0.2
"""Mean cosine from which two groups of documents tell one story."""
WINDOW = 30
"""Days after which a new report opens a new story."""
_PRIOR = 200
_PRIOR_WORDS = 250
_SLOPE = 0.006
"""How much more alike two reports must be for every day between them."""
_TELLING = 30
_RECENT = 25
_LABELLED = 50
_ARTICLES = ("وال", "بال", "فال", "كال", "لل", "ال")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without its article (and the particle before it).

    >>> stem("والقوات"), stem("الي")
    ('قوات', 'الي')
    """
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


@lru_cache(maxsize=200_000)
def _commonness(word: str) -> float:
    """The chance that a report of 250 words has the word, from its frequency in the language."""
    return float(1 - (1 - 10 ** (max(frequency(word), 1.0) - 9)) ** _PRIOR_WORDS)


class Weights:
    """How telling each word of a collection is."""

    def __init__(self, texts: Sequence[Body]) -> None:
        self._documents = len(texts)
        self._with = Counter(word for text in texts for word in content_words(_words(text)))

    def __call__(self, word: str) -> float:
        """Smoothed inverse document frequency."""
        expected = self._with[word] + _PRIOR * _commonness(word)
        return max(0.0, math.log((self._documents + _PRIOR) / (expected + 0.1)))

    def vector(self, words: Mapping[str, int]) -> Vector:
        """Weighted words, of length one."""
        weighted = {word: (1 + math.log(count)) * self(word) for word, count in words.items()}
        length = math.sqrt(sum(value * value for value in weighted.values()))
        return {word: value / length for word, value in weighted.items()} if length else {}


def _words(text: Body) -> Iterator[str]:
    yield from text.headline
    for passage in text.passages:
        yield from passage.words


def content_words(words: Iterator[str] | Sequence[str]) -> Counter[str]:
    """Stems of the words that may tell what a text is about: no numbers, nothing of one or two letters."""
    return Counter(stem(word) for word in words if len(word) > 2 and not word[0].isdigit())


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Inner product, over the smaller of the two."""
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(value * other.get(word, 0.0) for word, value in one.items())


def find_stories(texts: Sequence[Body], weights: Weights) -> tuple[Story, ...]:
    """Groups of at least two documents, labelled with the title of the most central; `texts` are in order of date."""
    vectors = {text.id: weights.vector(content_words(_words(text))) for text in texts}
    groups = _average_linkage(vectors, _edges(texts, vectors))
    order = {text.id: at for at, text in enumerate(texts)}
    stories = [sorted(members, key=order.__getitem__) for members in groups.all() if len(members) > 1]
    stories.sort(key=lambda members: order[members[0]])
    return tuple(
        Story(f"s{number}", tuple(members), _label([texts[order[member]] for member in members], vectors))
        for number, members in enumerate(stories, 1)
    )


def _edges(texts: Sequence[Body], vectors: Mapping[str, Vector]) -> Iterator[Edge]:
    """Pairs that share a telling word, each document with those that used it shortly before."""
    recent: dict[str, list[Body]] = defaultdict(list)
    for text in texts:
        partners: dict[str, Body] = {}
        vector = vectors[text.id]
        for word in sorted(vector, key=lambda word: (-vector[word], word))[:_TELLING]:
            partners.update((before.id, before) for before in recent[word][-_RECENT:])
            recent[word].append(text)
        for before in partners.values():
            alike = dot(vector, vectors[before.id])
            if alike >= _threshold(before, text):
                first, second = sorted((before.id, text.id))
                yield Edge(first, second, alike, f"words alike by {alike:.2f}")


def _threshold(one: Body, other: Body) -> float:
    """How alike two documents must be: more, the longer the time between them; never beyond the window."""
    if one.day is None or other.day is None:
        return 2 * ALIKE
    days = abs(one.day - other.day)
    return ALIKE + _SLOPE * days if days <= WINDOW else math.inf


def _average_linkage(vectors: Mapping[str, Vector], edges: Iterator[Edge]) -> Groups[str]:
    """Average linkage; a group keeps the sum of its vectors, whose products are sums over all pairs."""
    groups = Groups(vectors)
    sums: dict[str, Vector] = {}
    for edge in strongest_first(edges):
        if groups.together(edge.first, edge.second):
            continue
        one, other = groups.root(edge.first), groups.root(edge.second)
        pairs = len(groups.members(one)) * len(groups.members(other))
        total = sums.pop(one, None) or dict(vectors[one])
        added = sums.pop(other, None) or dict(vectors[other])
        if dot(total, added) >= ALIKE * pairs:
            groups.join(one, other)
            sums[groups.root(one)] = _add(total, added)
        else:
            sums[one], sums[other] = total, added
    return groups


def _add(one: Vector, other: Vector) -> Vector:
    large, small = (one, other) if len(one) >= len(other) else (other, one)
    for word, value in small.items():
        large[word] = large.get(word, 0.0) + value
    return large


def _label(members: Sequence[Body], vectors: Mapping[str, Vector]) -> str:
    """The title of the report nearest to all others; the most telling words where none has a title."""
    total: Vector = {}
    for member in members[:_LABELLED]:
        for word, value in vectors[member.id].items():
            total[word] = total.get(word, 0.0) + value
    titled = [member for member in members[:_LABELLED] if member.title]
    if titled:
        return max(titled, key=lambda member: dot(vectors[member.id], total)).title
    return " ".join(sorted(total, key=lambda word: (-total[word], word))[:4])
