"""Phrases of a table found in a text: whole words, folded, the longest first, clitics allowed before the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from khabar.text.fold import fold, fold_with_positions
from khabar.text.morphology import readings
from khabar.text.tokens import Token, Tokenized, tokenize

Value = TypeVar("Value")

_REMEMBERED = 50_000
"""Words whose beginnings a table remembers."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Value]):
    """A phrase found: tokens `first` to `last` (left out), its characters `start` to `end`, its table value.

    `prefix` holds the clitics (``و``, ``ب``, ...) that stand before `start` in the first token.
    """

    first: int
    last: int
    start: int
    end: int
    prefix: str
    value: Value


def stem_start(token: Token, letters: int) -> int:
    """Offset in the text of the folded token's letter number `letters`.

    >>> token = tokenize("وَبالرياض").tokens[0]
    >>> stem_start(token, 2)
    3
    """
    positions = fold_with_positions(token.text)[1]
    return token.start + (positions[letters] if letters < len(positions) else len(token.text))


@dataclass(frozen=True, slots=True)
class _Start(Generic[Value]):
    """How a phrase may begin in a word: after `offset` letters of clitics, with `tail` still to come."""

    offset: int
    prefix: str
    tail: tuple[str, ...]
    value: Value


_Starts: TypeAlias = dict[str, list[_Start[Value]]]
"""By the second word of the phrase, empty for one of a single word."""


class Phrases(Generic[Value]):
    """A set of phrases with values, searched by whole words.

    >>> table = Phrases([("مجلس النواب", "parliament"), ("النواب", "deputies")])
    >>> [(m.start, m.end, m.prefix, m.value) for m in table.find(tokenize("قال ومجلس النوّاب"))]
    [(5, 17, 'و', 'parliament')]
    """

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._tails: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for form, value in entries:
            words = _words(form)
            if words:
                self._tails.setdefault(words[0], []).append((words[1:], value))
        self._known: dict[str, _Starts[Value]] = {}
        self._known_bare: dict[str, _Starts[Value]] = {}

    def __contains__(self, form: str) -> bool:
        words = tuple(fold(form).split())
        return any(tail == words[1:] for tail, _ in self._tails.get(words[0], ()))

    def at(self, text: Tokenized, index: int, *, clitics: bool = True) -> Match[Value] | None:
        """The longest phrase that begins in token `index`, or None; the least clitics win among equals."""
        token = text.tokens[index]
        known = self._known if clitics else self._known_bare
        starts = known.get(token.folded)
        if starts is None:
            if len(known) >= _REMEMBERED:
                known.clear()
            starts = known[token.folded] = self._starts(token.folded, clitics)
        if not starts:
            return None
        longer = starts.get(text.tokens[index + 1].folded, ()) if index + 1 < len(text.tokens) else ()
        for start in longer:
            if _follows(text.tokens, index + 1, start.tail):
                return _match(text, index, start)
        alone = starts.get("")
        return None if alone is None else _match(text, index, alone[0])

    def _starts(self, folded: str, clitics: bool) -> _Starts[Value]:
        """What may begin with a word, by the word that comes next, the longest first."""
        found = [
            _Start(offset, prefix, tail, value)
            for offset, prefix, stem in _stems(folded, clitics)
            for tail, value in self._tails.get(stem, ())
        ]
        starts: _Starts[Value] = {}
        for start in sorted(found, key=lambda start: -len(start.tail)):
            starts.setdefault(start.tail[0] if start.tail else "", []).append(start)
        return starts

    def find(
        self, text: Tokenized, first: int = 0, last: int | None = None, *, clitics: bool = True
    ) -> list[Match[Value]]:
        """All phrases in tokens `first` to `last`, left to right, not overlapping."""
        found: list[Match[Value]] = []
        index, end = first, len(text.tokens) if last is None else last
        while index < end:
            match = self.at(text, index, clitics=clitics)
            if match is None or match.last > end:
                index += 1
            else:
                found.append(match)
                index = match.last
        return found


def _words(form: str) -> tuple[str, ...]:
    """The folded tokens of a phrase; one of letters alone is cut at its spaces, which is much quicker."""
    if form.replace(" ", "").isalpha():
        return tuple(map(fold, form.split()))
    return tuple(token.folded for token in tokenize(form).tokens)


def _stems(folded: str, clitics: bool) -> Iterator[tuple[int, str, str]]:
    yield 0, "", folded
    if clitics:
        for reading in readings(folded):
            if reading.prefix:
                yield reading.offset, reading.prefix, f"ال{reading.stem}" if reading.article else reading.stem


def _follows(tokens: Sequence[Token], at: int, tail: tuple[str, ...]) -> bool:
    if at + len(tail) > len(tokens):
        return False
    return all(tokens[at + k].folded == word for k, word in enumerate(tail))


def _match(text: Tokenized, index: int, start: _Start[Value]) -> Match[Value]:
    token, last = text.tokens[index], index + 1 + len(start.tail)
    begin = stem_start(token, start.offset) if start.offset else token.start
    return Match(index, last, begin, text.tokens[last - 1].end, start.prefix, start.value)
