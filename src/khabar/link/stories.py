"""Stories: documents about one running matter.

Documents are bags of content words weighted by tf-idf.  How common a word is comes from the collection and, as
two hundred imagined documents, from the language (wordfreq), so that two documents alone compare as they would
among thousands.  Grouping is average linkage over pairs that share telling words within some weeks.

Weights come from the earliest part of the collection, half of it or more, and change only when that has doubled or
changes itself: a new report leaves those of all others as they are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from khabar.link.bodies import Body
from khabar.link.cluster import Edge, Groups, strongest_first
from khabar.link.frequency import frequency
from khabar.link.state import Keys, block_key
from khabar.model import Annotated
from khabar.text import fold

Vector = dict[str, float]

ALIKE = 0.18
"""Mean cosine from which two groups of documents tell one story."""
WINDOW = 30
"""Days after which a new report opens a new story."""
_PRIOR = 200
_PRIOR_WORDS = 250
_SLOPE = 0.0015
"""How much more alike two reports must be for every day between them."""
_TELLING = 30
_NAMES = 0.35
"""How much of the likeness of two reports is that of their names."""
_FEW_NAMES = 25.0
"""A report whose names weigh less than this in all has few: about five telling ones."""
_NAME = "@"
RECENT = 25
"""With how many documents before it that have the same telling word a document is compared."""
_ALL = 64
_LATER = 0.8
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


def basis(documents: int) -> int:
    """From how many of the earliest documents weights come: all of a few, else the largest power of two that leaves
    a fifth out, so that reports of the day on which it was passed do not change it any more.

    >>> basis(40), basis(100), basis(31_030)
    (40, 64, 16384)
    """
    return documents if documents <= _ALL else 2 ** int(math.log2(_LATER * documents))


class Weights:
    """How telling each word of a collection is, by in how many of so many documents it stands."""

    def __init__(self, documents: int, holding: Mapping[str, int]) -> None:
        self._documents = documents
        self._holding = holding
        self._known: dict[str, tuple[str, float]] = {}

    def __call__(self, word: str) -> float:
        """Smoothed inverse document frequency."""
        return self._of(word)[1]

    def _of(self, word: str) -> tuple[str, float]:
        """A word, as it was first met, so that vectors share it, and what it weighs."""
        known = self._known.get(word)
        if known is None:
            expected = self._holding.get(word, 0) + _PRIOR * _commonness(word)
            known = self._known[word] = word, max(0.0, math.log((self._documents + _PRIOR) / (expected + 0.1)))
        return known

    def vector(self, words: Mapping[str, int]) -> Vector:
        """Weighted words, of length one."""
        weighted = self._weighted(words)
        length = _length(weighted)
        return {word: value / length for word, value in weighted.items()} if length else {}

    def mixed(self, words: Mapping[str, int], named: Mapping[str, int]) -> Vector:
        """Weighted words, and those of names once more: reports of one matter name the same people and places.

        A report with a few names has short part of names, so that one of them in common is not all of it.
        """
        names = self._weighted(named)
        length = max(_length(names), _FEW_NAMES)
        found = {word: value * math.sqrt(1 - _NAMES) for word, value in self.vector(words).items()}
        return found | {_name(word): value * math.sqrt(_NAMES) / length for word, value in names.items()}

    def _weighted(self, words: Mapping[str, int]) -> Vector:
        found: Vector = {}
        for word, count in words.items():
            known, weight = self._of(word)
            found[known] = (1 + _logarithm(count)) * weight
        return found


_logarithm = lru_cache(maxsize=1_000)(math.log)


@lru_cache(maxsize=200_000)
def _name(word: str) -> str:
    return _NAME + word


def _length(weighted: Vector) -> float:
    return math.sqrt(sum(value * value for value in weighted.values()))


def words_told(text: Body) -> Counter[str]:
    """The content words of a document, each with how often it stands there."""
    return content_words([*text.headline, *(word for passage in text.passages for word in passage.words)])


def names_told(document: Annotated) -> Counter[str]:
    """The content words of a document's names, each with how often it stands in one."""
    return content_words([fold(word) for name in document.names for word in name.span.text.split()])


def content_words(words: Iterator[str] | Sequence[str]) -> Counter[str]:
    """Stems of the words that may tell what a text is about: no numbers, nothing of one or two letters."""
    return Counter(filter(None, map(_content, words)))


@lru_cache(maxsize=200_000)
def _content(word: str) -> str:
    return stem(word) if len(word) > 2 and not word[0].isdigit() else ""


def dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Inner product, exact but for one rounding, so that no order shows."""
    if len(one) > len(other):
        one, other = other, one
    return math.fsum([value * other[word] for word, value in one.items() if word in other])


def keys_of(vector: Vector) -> Keys:
    """The blocks of a document: its most telling words."""
    words = (word for word in vector if not word.startswith(_NAME))
    telling = sorted(words, key=lambda word: (-vector[word], word))[:_TELLING]
    return tuple((key, key) for key in sorted(block_key("stories", word) for word in telling))


@dataclass(frozen=True, slots=True)
class Report:
    """A document for stories."""

    id: str
    place: str
    """Sorts by date."""
    day: int | None
    title: str
    vector: Vector


def pair(one: Report, other: Report) -> Edge | None:
    """Are two documents alike enough for one story, which takes `ALIKE` at least?"""
    alike = dot(one.vector, other.vector)
    if alike < _threshold(one, other):
        return None
    first, second = sorted((one.id, other.id))
    return Edge(first, second, alike, f"words alike by {alike:.2f}")


def groups_of(reports: Mapping[str, Report], edges: Iterable[Edge]) -> list[list[str]]:
    """Documents of one story together, by their pairs; one without a story by itself."""
    return _average_linkage({id: reports[id].vector for id in sorted(reports)}, edges).all()


def story_of(reports: Iterable[Report]) -> tuple[tuple[str, ...], str]:
    """The documents of a story by date, and its label: the title of the most central one."""
    members = sorted(reports, key=lambda report: report.place)
    return tuple(report.id for report in members), _label(members)


def _threshold(one: Report, other: Report) -> float:
    """How alike two documents must be: more, the longer the time between them; never beyond the window."""
    if one.day is None or other.day is None:
        return 2 * ALIKE
    days = abs(one.day - other.day)
    return ALIKE + _SLOPE * days if days <= WINDOW else math.inf


def _average_linkage(vectors: Mapping[str, Vector], edges: Iterable[Edge]) -> Groups[str]:
    """Average linkage; a group keeps the sum of its vectors, whose products are sums over all pairs."""
    groups = Groups(vectors)
    sums: dict[str, Vector] = {}
    refused: dict[tuple[str, str], int] = {}
    for edge in strongest_first(edges):
        if groups.together(edge.first, edge.second):
            continue
        one, other = sorted((groups.root(edge.first), groups.root(edge.second)))
        ours, theirs = len(groups.members(one)), len(groups.members(other))
        if refused.get((one, other)) == ours * theirs:
            continue  # they have been compared, and neither has grown since
        total, added = sums.get(one, vectors[one]), sums.get(other, vectors[other])
        if dot(total, added) < ALIKE * ours * theirs:
            refused[one, other] = ours * theirs
            continue
        groups.join(one, other)
        sums.pop(one, None), sums.pop(other, None)
        sums[groups.root(one)] = _sum(total, added, ours > 1, theirs > 1)
    return groups


def _sum(one: Vector, other: Vector, ours: bool, theirs: bool) -> Vector:
    """The sum, in the longer of the two where that is a sum itself (`ours`, `theirs`), else in a new one."""
    (large, own), (small, _) = sorted(((one, ours), (other, theirs)), key=lambda part: -len(part[0]))
    large = large if own else dict(large)
    for word, value in small.items():
        large[word] = large.get(word, 0.0) + value
    return large


def _label(members: Sequence[Report]) -> str:
    """The title of the report nearest to all others; the most telling words where none has a title."""
    total: Vector = {}
    for member in members[:_LABELLED]:
        for word, value in member.vector.items():
            total[word] = total.get(word, 0.0) + value
    titled = [member for member in members[:_LABELLED] if member.title]
    if titled:
        return max(titled, key=lambda member: dot(member.vector, total)).title
    words = (word for word in total if not word.startswith(_NAME))
    return " ".join(sorted(words, key=lambda word: (-total[word], word))[:4])
