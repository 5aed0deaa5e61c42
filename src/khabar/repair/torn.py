"""Words torn in two by a PDF's reader, their line cut there and its pieces in the wrong order.

Where a font draws ``زي`` or ``ري`` in one stroke, some readers take the text from there to the end of the line before
the text in front of it: ``وصل الوفد في ز|يارة إلى موسكو`` comes out as ``يارة إلى موسكو وصل الوفد في ز``.  So a line's
last letters and its first make a word.  Where the line began is no longer to be seen; of all places that one is taken
where the line reads on best from the line above and into the line below, by the neighbours that words like to have
(`khabar.repair.neighbours`).  All lines of a text are read together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log

from khabar.model import Edit
from khabar.repair.neighbours import affinity, second_affinity, tokens
from khabar.repair.widths import Widths
from khabar.repair.words import LETTER, MARK, bare, familiarity, frequency, sureness

_ENDS_OPEN = re.compile(rf"[اأإآدذرزو][{MARK}]*[ \t\r]*$", re.MULTILINE)
"""The end of a line whose last letter joins none behind it."""
_TAIL = re.compile(rf"(?<![{LETTER}{MARK}])[{LETTER}{MARK}]*[اأإآدذرزو][{MARK}]*$")
_HEAD = re.compile(rf"[{LETTER}{MARK}]{{2,}}")
_NUMBERS = re.compile(r"[\d\ue000-\uf8ff]+")
_LEAST_WORDS, _MOST_WORDS = 3, 60
_CHANCE = 9.0
"""Zipf frequencies are logarithms of uses in 10^9 words: so much is taken off for two words that meet by chance."""
_STRONG, _FAIR, _WEAK = 2.4, 1.5, 1.0
"""How much better known the whole word must be than its pieces side by side: to show that a text is torn at all, in
a torn text, and in one that is torn behind few letters."""
_FEWEST, _SHARE = 2, 0.08
_FEW_PLACES = 6
_MOST_WAYS = 40
_MOST_TWICE = 1_500
"""Lines of a text that is read a second time, with the neighbours that the first time has put together."""
_JOIN = 3.0
"""Weight of a torn word's gain (logarithm of ten) against that of neighbours (natural logarithms)."""
_SECOND, _MET = 0.5, 2.0
"""Weights of neighbours but one, and of neighbours met elsewhere in the text."""
_OFTEN = 4
_OPENS = 1.2
"""Added to the weight of a word that likes to open a sentence, where one must be opened."""
_STOP = 1.0
"""For a stop before an empty line, against none."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: tuple[str, ...]
    numbers: str
    """Those before its first word, which stood at its end."""
    last: bool
    """Does an empty line follow?"""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a line: its words in order, and how well they read."""

    words: tuple[str, ...]
    score: float
    gain: float = 0.0
    """Of its least sure torn word."""

    @property
    def length(self) -> int:
        """In characters."""
        return sum(map(len, self.words)) + len(self.words) - 1


def torn_words(text: str) -> tuple[Edit, ...]:
    """Lines whose last letters and first are the pieces of one word, put in order.

    A text in which fewer than two lines show it beyond doubt is left as it is.
    """
    if sum(1 for _, _ in zip(_ENDS_OPEN.finditer(text), range(_FEWEST), strict=False)) < _FEWEST:
        return ()
    lines = _lines(text)
    places = _places(lines)
    if places is None:
        return ()
    chosen = [_Way(line.words, 0.0) for line in lines]
    for _ in range(2 if len(lines) <= _MOST_TWICE else 1):
        chosen = _best_path(lines, places, Flow(way.words for way in chosen), _widths(lines, chosen, places))
    return tuple(
        Edit(line.start, line.end, " ".join(way.words), sureness(way.gain / 2))
        for line, way in zip(lines, chosen, strict=True)
        if way.gain
    )


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    at = 0
    for whole in text.split("\n"):
        words = whole.split()
        if words:
            start = at + len(whole) - len(whole.lstrip())
            numbers = words[0] if len(words) > 1 and _NUMBERS.fullmatch(words[0]) else ""
            end = at + len(whole.rstrip())
            found.append(_Line(start, end, tuple(words[1:] if numbers else words), numbers, last=False))
        elif found:
            found[-1] = replace(found[-1], last=True)
        at += len(whole) + 1
    return found


def _widths(lines: Sequence[_Line], chosen: Sequence[_Way], places: frozenset[Place]) -> Widths:
    """Of lines put in order as far as that is known."""
    lengths = [way.length for way in chosen]
    whole = [not way.gain and not _gains(line.words, places) for line, way in zip(lines, chosen, strict=True)]
    below = zip(pairwise(lines), pairwise(whole), lengths, strict=False)
    certain = [(length, len(line.words[0])) for (above, line), sure, length in below if all(sure) and not above.last]
    wide = [length for line, length in zip(lines, lengths, strict=True) if len(line.words) >= _LEAST_WORDS]
    return Widths(wide, certain, [len(word) for line in lines for word in line.words])


Place = tuple[str, str]
"""Between which two letters words are torn."""


def _places(lines: Sequence[_Line]) -> frozenset[Place] | None:
    """Where the words of a text are torn; empty where that may be behind any letter, None where nothing is torn."""
    found: Counter[Place] = Counter()
    whole = 0
    for line in lines:
        if len(line.words) < _LEAST_WORDS:
            continue
        whole += 1
        found.update(_torn_at(line.words))
    number = sum(found.values())
    if number < max(_FEWEST, _SHARE * whole):
        return None
    few = frozenset(place for place, count in found.items() if count >= 0.1 * number)
    repeated = len(few) <= min(_FEW_PLACES, number / 2) and sum(found[place] for place in few) >= 0.8 * number
    return few if repeated else frozenset()


def _torn_at(words: Sequence[str]) -> Iterator[Place]:
    """Where a line's first word and its last are the pieces of one word, or each of them and one of two within."""
    last = len(words) - 1
    if _gain(words[last], words[0]) >= _STRONG:
        yield _place(words[last], words[0])
    elif _TAIL.search(words[last]) and _HEAD.match(words[0]) and last < _MOST_WORDS:
        tails = [at for at in range(1, last) if _gain(words[at], words[0]) >= _STRONG]
        heads = [at for at in range(1, last) if _gain(words[last], words[at]) >= _STRONG]
        if tails and heads and heads[0] <= tails[-1]:
            yield _place(words[last], words[heads[0]])


def _place(tail: str, head: str) -> Place:
    return bare(tail)[-1], bare(head)[0]


@lru_cache(maxsize=100_000)
def _gain(tail: str, head: str) -> float:
    """How much better known a whole word is than its two pieces would be side by side; 0 for no such pieces."""
    last, found = _TAIL.search(tail), _HEAD.match(head)
    if not found or not last or len(bare(last.group() + found.group())) < 3:
        return 0.0
    first, second = last.group(), found.group()
    by_chance = max(0.0, frequency(first) + frequency(second) - _CHANCE) if len(bare(first)) > 1 else 0.0
    return max(0.0, _known(bare(first + second)) - by_chance)


def _known(word: str) -> float:
    """How well a word is known, also by its stem without an ending of adjectives or a possessive."""
    best = familiarity(word)
    for ending, other in (("ية", "ي"), ("ية", ""), ("يا", "ي"), ("ها", ""), ("ي", "")):
        if best < _WEAK and word.endswith(ending) and len(word) > len(ending) + 3:
            best = max(best, familiarity(word[: -len(ending)] + other) - 0.5)
    return best


def _ways(line: _Line, places: frozenset[Place], flow: Flow) -> list[_Way]:
    """As the line stands, and every order of its pieces that makes whole words; the best of these."""
    as_it_stands = (line.numbers, *line.words) if line.numbers else line.words
    ways = [_Way(as_it_stands, flow.within(line.words) + flow.end(line, as_it_stands))]
    if not _LEAST_WORDS <= len(line.words) <= _MOST_WORDS:
        return ways
    gains = _gains(line.words, places)
    ways += [_reordered(line, cuts, gains, flow) for cuts in _cuts(len(line.words), gains)]
    ways[1:] = sorted(ways[1:], key=lambda way: -way.score)[:_MOST_WAYS]
    return ways


def _gains(words: Sequence[str], places: frozenset[Place]) -> dict[tuple[int, int], float]:
    """For each pair of a word and one before it in the line: how sure it is that they are pieces of one word."""
    found = {}
    for tail in range(1, len(words)):
        if not _TAIL.search(words[tail]):
            continue
        for head in range(tail):
            if not _HEAD.match(words[head]):
                continue
            gain = _gain(words[tail], words[head])
            if places and _place(words[tail], words[head]) not in places:
                continue
            if gain >= (_WEAK if places else _FAIR):
                found[tail, head] = gain
    return found


def _cuts(number: int, gains: dict[tuple[int, int], float]) -> Iterator[tuple[int, ...]]:
    """Where a line of so many words may be cut in two, three or four pieces.

    The pieces are in the wrong order, the last first: a piece's first word and the last word of the piece behind it
    belong together.
    """
    last = number - 1
    if (last, 0) in gains:
        yield from ((cut,) for cut in range(1, number))
    for end in [tail + 1 for tail, head in gains if head == 0 and tail < last]:
        yield from ((cut, end) for cut in range(1, end) if (last, cut) in gains)
        if (last, end) in gains:
            yield from ((head, end, tail + 1) for tail, head in gains if 0 < head < end <= tail < last)


def _reordered(line: _Line, cuts: tuple[int, ...], gains: dict[tuple[int, int], float], flow: Flow) -> _Way:
    words = line.words
    bounds = (0, *cuts, len(words))
    pieces = [words[start:end] for start, end in pairwise(bounds)]
    joins = [gains[bounds[at + 2] - 1, bounds[at]] for at in range(len(cuts))]
    whole = list(pieces[-1])
    for at in range(len(pieces) - 2, -1, -1):
        whole[-1] += pieces[at][0]
        whole += pieces[at][1:]
    if line.numbers:
        whole.append(line.numbers)
    score = flow.within(whole) + flow.end(line, whole) + sum(_JOIN * (gain - _WEAK / 2) for gain in joins)
    return _Way(tuple(whole), score, min(joins))


class Flow:
    """How well words follow each other, by the model of neighbours and by the rest of the text."""

    def __init__(self, lines: Iterable[Sequence[str]]) -> None:
        self._met: Counter[tuple[str, str]] = Counter()
        for line in lines:
            words = _tokens(line)
            self._met.update(pairwise(words))

    def within(self, words: Sequence[str]) -> float:
        """The words of one line."""
        flat = _tokens(words)
        near = sum(self._beside(first, second) for first, second in pairwise(flat))
        return near + _SECOND * sum(second_affinity(*pair) for pair in zip(flat, flat[2:], strict=False))

    def _beside(self, first: str, second: str) -> float:
        met = min(self._met[first, second], _OFTEN)
        return affinity(first, second) + (_MET * log(met) if met > 1 else 0.0)

    def across(self, end: Pair, start: Pair, *, apart: bool = False) -> float:
        """The last two words of a line and the first two of the next; there may be a new paragraph between them."""
        seconds = second_affinity(end[0], start[0]) + second_affinity(end[1], start[1])
        goes_on = affinity(end[1], start[0]) + _MET * log(1 + self._met[end[1], start[0]]) + _SECOND * seconds
        begins = affinity(".", start[0])
        if apart:
            return max(goes_on, affinity(end[1], ".") + begins) + _OPENS * begins
        return goes_on + _OPENS * begins if end[1] == "." else goes_on

    def end(self, line: _Line, words: Sequence[str]) -> float:
        """Of a line before an empty one: does it end in a stop?"""
        return _STOP if line.last and words[-1].rstrip(_CLOSING).endswith(_STOPS) else 0.0


_CLOSING = "\"'“”«»()[]"
_STOPS = (".", "؟", "!", "…", ":")


def _tokens(words: Sequence[str]) -> list[str]:
    return [token for word in words for token in tokens(word)]


def _best_path(lines: Sequence[_Line], places: frozenset[Place], flow: Flow, widths: Widths) -> list[_Way]:
    """One way for each line, so that all lines read on well into the next (Viterbi's search)."""
    ways = [_ways(line, places, flow) for line in lines]
    scores = [flow.across(_OUTSIDE, _first(way)) + way.score for way in ways[0]]
    back: list[list[int]] = []
    for above, below, line in zip(ways, ways[1:], lines, strict=False):
        ends = [(_last(way), way.length) for way in above]
        step: list[int] = []
        new: list[float] = []
        for way in below:
            start = _first(way)
            first = len(way.words[0])
            reached = [
                score
                + flow.across(end, start, apart=line.last or widths.ends_paragraph(length))
                - (0.0 if line.last else widths.against(length, first))
                for score, (end, length) in zip(scores, ends, strict=True)
            ]
            best = max(range(len(reached)), key=reached.__getitem__)
            step.append(best)
            new.append(reached[best] + way.score)
        back.append(step)
        scores = new
    ended = [score + flow.across(_last(way), _OUTSIDE) for score, way in zip(scores, ways[-1], strict=True)]
    path = [max(range(len(ended)), key=ended.__getitem__)]
    for step in reversed(back):
        path.append(step[path[-1]])
    return [line[way] for line, way in zip(ways, reversed(path), strict=True)]


Pair = tuple[str, str]
_OUTSIDE = (".", ".")


def _first(way: _Way) -> tuple[str, str]:
    one, other, *_ = *_tokens(way.words[:2]), "", ""
    return one, other


def _last(way: _Way) -> tuple[str, str]:
    *_, one, other = "", "", *_tokens(way.words[-2:])
    return one, other
