"""Words torn in two by a PDF's reader, their pieces at the two ends of a line.

Where a font draws ``زي`` or ``ري`` in one stroke, some readers cut the line there and mix up the pieces:
``في زيارة وصفت ... موسكو`` comes out as ``يارة وصفت ... موسكو في ز``.  A line is put right where its last letters and
its first make a word that the language has, and the text shows the defect several times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from khabar.lexicon import forms
from khabar.model import Edit
from khabar.text import fold

_TAIL = re.compile(r"\w*[اأدذرزو]")
_HEAD = re.compile(r"ي[\w\u064b-\u0652]*")
_PRIVATE = "".join(map(chr, range(0xE000, 0xF900))) + " "
"""Characters of a font's own, which stand where digits stood."""
_KNOWN, _WORD, _FEWEST = 2.4, 3.0, 3
_LEAST_WORDS = 6
_SENTENCE_ENDS = (".", "؟", "!")
_LEADING = frozenset({"في", "من", "هذه", "تلك", "هذا", "خلال", "مع", "ضمن", "عن", "إلى", "على", "بعد", "قبل"})
"""Words that belong to the torn word behind them and move with it."""
_POINTING = frozenset({"هذه", "هذا", "تلك", "ذلك"})
_OPENING = frozenset({"وبحسب", "وكان", "وكانت", "حيث", "ويرى", "وترى", "لكن", "فيما", "بينما"})


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    words: tuple[str, ...]
    end: int
    following: str
    """First word of the next line that has one."""


def torn_words(text: str) -> tuple[Edit, ...]:
    """Lines whose first and last letters are the pieces of one word, put in order.

    A text in which fewer than three lines show it beyond doubt is left as it is.
    """
    if not any(_HEAD.match(line.lstrip()) for line in text.split("\n")):
        return ()
    pairs = frozenset(pairwise(_bare(word) for word in text.split()))
    torn = [(line, _pieces(line, pairs)) for line in _lines(text)]
    found = [(line, pieces) for line, pieces in torn if pieces is not None]
    sure = sum(_is_sure(line.words[0], line.words[-1]) for line, _ in found)
    if sure < _FEWEST:
        return ()
    return tuple(Edit(line.start, line.end, " ".join(_mended(pieces))) for line, pieces in found)


def _lines(text: str) -> list[_Line]:
    found, at = [], 0
    all_lines = text.split("\n")
    for number, whole in enumerate(all_lines):
        line = whole.strip().lstrip(_PRIVATE)
        start = at + len(whole.rstrip()) - len(line)
        if len(line.split()) >= _LEAST_WORDS and line.startswith("ي"):
            below = next((other.split()[0] for other in all_lines[number + 1 : number + 3] if other.strip()), "")
            found.append(_Line(start, tuple(line.split()), start + len(line), below))
        at += len(whole) + 1
    return found


def _pieces(line: _Line, pairs: frozenset[tuple[str, str]]) -> list[list[str]] | None:
    """The line's pieces in the order in which they should be read, None where nothing is torn."""
    words = list(line.words)
    inner = _inner(words)
    if inner is not None:
        head, tail = inner
        return [words[tail + 1 :], words[head : tail + 1], words[:head]]
    if not _joins(words[-1], words[0]):
        return None
    goes_on = (_bare(words[-2]), _bare(line.following)) in pairs and words[-2] not in _POINTING
    at = len(words) - 1 if goes_on else _turn(words)
    return [words[at:], words[:at]]


def _inner(words: list[str]) -> tuple[int, int] | None:
    """Where a line of three pieces is cut: ``ير الدفاع | يارة مع وز | من يونيو ... تلك الز``."""
    for head in range(1, len(words) - 2):
        if not _is_piece(words[head]) or not _joins(words[-1], words[head]):
            continue
        for tail in range(head + 1, min(len(words) - 1, head + _LEAST_WORDS)):
            if zipf(_bare(words[tail])) < _WORD + 1 and _joins(words[tail], words[0]):
                return head, tail
    return None


def _turn(words: list[str]) -> int:
    """At which word the piece that should be read first begins."""
    for at in range(1, len(words) - 1):
        if words[at - 1].endswith(_SENTENCE_ENDS):
            return at
    if words[-2] in _POINTING:
        return len(words) - 2
    for at in range(1, len(words) - 1):
        if words[at - 1].endswith("،"):
            continue
        if words[at] in _OPENING or fold(words[at]) in _reporting():
            return at
    for at in range(1, len(words) - 1):
        if words[at - 1].endswith("،"):
            return at
    at = len(words) - 1
    while at > 1 and words[at - 1] in _LEADING:
        at -= 1
    return at


@lru_cache(maxsize=1)
def _reporting() -> frozenset[str]:
    """``وأضاف``, ``وقالت``: a verb of saying behind ``و`` opens a sentence."""
    verbs = (form for form, row in forms("reporting_verbs") if row["kind"] == "verb" and " " not in form)
    return frozenset("و" + fold(form) for form in verbs)


def _mended(pieces: list[list[str]]) -> list[str]:
    """All words in order, the torn ones joined."""
    words = list(pieces[0])
    for piece in pieces[1:]:
        words[-1] += piece[0]
        words += piece[1:]
    return words


def _bare(word: str) -> str:
    return fold(word.strip("،,.؛;:؟!\"'“”«»()"))


def _joins(tail: str, head: str) -> bool:
    """Do two pieces make a word, better known than the first piece by itself?"""
    if not _TAIL.fullmatch(tail) or not _HEAD.match(head):
        return False
    joined = _frequency(_bare(tail + head))
    return joined >= _KNOWN and (len(tail) == 1 or zipf(_bare(tail)) < joined + 1)


def _frequency(joined: str) -> float:
    """How well a word is known, also by its forms without the ending of a dual or a relative adjective."""
    forms_of = [joined]
    if joined.endswith("ي"):
        forms_of.append(joined[:-1])
    if joined.endswith("يه"):
        forms_of += [joined[:-1], joined[:-2], joined[:-2] + "ات"]
    return max(zipf(form) for form in forms_of)


def _is_piece(word: str) -> bool:
    return word.startswith("ي") and zipf(_bare(word)) < _KNOWN


def _is_sure(head: str, tail: str) -> bool:
    """Is neither piece a word by itself?"""
    return zipf(_bare(head)) < _WORD and (len(tail) == 1 or zipf(_bare(tail)) < _WORD + 1)


def zipf(word: str) -> float:
    """Frequency of a folded word, with the particles before it taken off where it has none itself."""
    from khabar.names.evidence import zipf as frequency

    best = frequency(word)
    for clitic in ("و", "ل", "ب", "ف", "ال", "وال", "لل"):
        if not best and word.startswith(clitic) and len(word) > len(clitic) + 2:
            best = frequency(word[len(clitic) :]) - 0.5
    return best
