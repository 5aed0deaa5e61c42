"""A text with what the earlier stages found, indexed by token, and the small questions asked of its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabar.claims.learned import Opinion
from khabar.claims.words import particle
from khabar.model import Name, Span, Time
from khabar.text import Token, Tokenized
from khabar.text.morphology import readings
from khabar.text.phrases import stem_start
from khabar.text.quotes import CLOSER, CLOSING

COMMAS = frozenset("،,؛;-–—")
_STOPS = frozenset(
    {"introducer", "relative", "adverb", "conjunction", "negation", "auxiliary", "tail", "preposition", "duty"}
)
_TRIM = frozenset(" \t\n\r\u00a0،,؛;:.…-–—_«»“”\"'‘’()[]/!*")


@dataclass(frozen=True, slots=True)
class Scene:
    """Tokens with the names and times that cover them."""

    text: Tokenized
    names: tuple[Name, ...]
    name_of: dict[int, int]
    timed: frozenset[int]
    opens: frozenset[int]
    """Tokens that open a quotation; of two straight marks the first."""
    closes: dict[int, int]
    """For every opening mark the next mark that can close it."""
    opened: dict[int, int]
    """For a closing mark the nearest mark that it closes."""
    opinion: Opinion | None = None
    """What the encoder says of the text, None where it is silent."""

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.text.tokens

    def word(self, at: int) -> str:
        """The folded token, empty outside the text."""
        return self.text.tokens[at].folded if 0 <= at < len(self.text.tokens) else ""

    def mark(self, at: int) -> str:
        """The punctuation mark at a token, empty for words."""
        if not 0 <= at < len(self.text.tokens) or self.text.tokens[at].kind != "mark":
            return ""
        return self.text.tokens[at].text

    def name(self, at: int) -> Name | None:
        """The name that covers a token."""
        index = self.name_of.get(at)
        return None if index is None else self.names[index]

    def name_last(self, at: int) -> int:
        """The token after the name that covers `at`."""
        index = self.name_of[at]
        while self.name_of.get(at) == index:
            at += 1
        return at

    def begins_name(self, at: int) -> Name | None:
        """The name whose first token this is."""
        name = self.name(at)
        return name if name is not None and self.name_of.get(at - 1) != self.name_of[at] else None

    def particle(self, at: int) -> str:
        """The particle class of a token that is part of no name."""
        return "" if at in self.name_of else particle(self.word(at))

    def stops(self, at: int) -> bool:
        """Can the token begin or continue no source: a preposition, a conjunction, an adverb ...?"""
        return self.particle(at) in _STOPS

    def closing(self, at: int, within: int) -> int | None:
        """The token that closes the quotation that token `at` opens."""
        close = self.closes.get(at)
        return close if close is not None and close <= at + within else None

    def quoted_name(self, at: int) -> int | None:
        """The token after a short quotation that is only a name or title (``«الجريدة»``), None for speech."""
        close = self.closing(at, 8)
        if close is None:
            return None
        named = any(spot in self.name_of for spot in range(at + 1, close))
        return close + 1 if close - at <= 4 or (named and close - at <= 6) else None

    def cue_odds(self, at: int) -> float:
        """How probable the encoder holds it that a token is a cue, 0 where it is silent."""
        return 0.0 if self.opinion is None else self.opinion.cues[at]

    def span(self, start: int, end: int) -> Span | None:
        """The characters from `start` to `end` without white space and punctuation at their ends."""
        text = self.text.text
        while start < end and (text[start] in _TRIM or text[start].isspace()):
            start += 1
        while end > start and (text[end - 1] in _TRIM or text[end - 1].isspace()):
            end -= 1
        return self.text.span(start, end) if start < end else None

    def skip_clitic(self, at: int, clitics: str) -> int:
        """Offset of a token's stem, after the first of `clitics` that it begins with (0 of them: its start)."""
        token = self.text.tokens[at]
        return stem_start(token, 1) if token.folded[:1] in clitics and len(token.folded) > 2 else token.start


def _tokens_of(text: Tokenized, span: Span) -> range:
    return range(text.token_at(span.start), text.token_at(span.end - 1) + 1)


def set_scene(text: Tokenized, names: Sequence[Name], times: Sequence[Time], opinion: Opinion | None = None) -> Scene:
    """Indexes names and times by token."""
    ordered = tuple(sorted(names, key=lambda name: name.span))
    name_of = {at: index for index, name in enumerate(ordered) for at in _tokens_of(text, name.span)}
    timed = frozenset(at for time in times for at in _tokens_of(text, time.span))
    opens, closes = _opening_marks(text), _closing_marks(text)
    opened = {close: at for at, close in sorted(closes.items()) if at in opens}
    return Scene(text, ordered, name_of, timed, opens, closes, opened, opinion)


def _opening_marks(text: Tokenized) -> frozenset[int]:
    """Tokens that open a quotation; a straight mark opens and closes by turns within a paragraph."""
    found, is_open, last = set(), False, 0
    for at, token in enumerate(text.tokens):
        if token.text == '"':
            is_open = not (is_open and "\n" not in text.text[last : token.start])
            last = token.end
            found |= {at} if is_open else set()
        elif token.text in CLOSER:
            found.add(at)
    return frozenset(found)


def _closing_marks(text: Tokenized) -> dict[int, int]:
    """Marks paired from the end: one that closes goes with the last that opens, a straight one within its paragraph."""
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = {mark: [] for mark in CLOSING}
    last = len(text.text)
    for at in range(len(text.tokens) - 1, -1, -1):
        mark = text.tokens[at].text
        if mark not in CLOSER and mark not in CLOSING:
            continue
        if "\n" in text.text[text.tokens[at].end : last]:
            waiting['"'].clear()
        last = text.tokens[at].start
        closers = waiting.get(CLOSER.get(mark, ""))
        if closers:
            found[at] = closers[-1] if mark == '"' else closers.pop()
        if mark in CLOSING:
            waiting[mark].append(at)
    return found


def clitic(folded: str, letter: str) -> tuple[str, bool] | None:
    """Stem and article of a word taken as `letter` + noun, or None: ``بمقتل`` with ``ب`` gives ``مقتل``.

    >>> clitic("بالدور", "ب"), clitic("مقتل", "ب")
    (('دور', True), None)
    """
    for reading in readings(folded):
        if reading.prefix == letter and (len(reading.stem) > 2 or reading.stem == "ما"):
            return reading.stem, reading.article
    return None
