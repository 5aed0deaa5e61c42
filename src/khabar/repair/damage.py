"""What could not be mended: places of a text that look damaged, of what kind, and how sure that is.

Nothing is changed here.  Every finder is a small function over the repaired text; those that need to know whether a
word exists look for a cheap sign first, since the frequencies take a second to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from khabar.lexicon import forms
from khabar.model import Damage, Document, Span
from khabar.repair.words import LETTER, MARK, familiarity, frequency
from khabar.text import fold

Found = Iterator[tuple[int, int, float]]
"""Where damage begins and ends, and how sure it is."""
Finder = Callable[[str], Found]

_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]+")


def _unknown_characters(text: str) -> Found:
    """The replacement sign, and characters that only some font can draw."""
    for found in _UNKNOWN.finditer(text):
        yield found.start(), found.end(), 0.99


_SPOILT = re.compile("(?:[ØÙÚÛ][^\\s\0-\x7f]){2,}|[\xc0-\xff]{4,}")


def _wrong_encoding(text: str) -> Found:
    """Bytes of Arabic that were read in another encoding."""
    for found in _SPOILT.finditer(text):
        yield found.start(), found.end(), 0.9


_WORD = re.compile(rf"(?<![\w{MARK}])[{LETTER}{MARK}]+(?![\w{MARK}])")
_NO_START = "ةىئؤ"
_PIECE = re.compile(
    rf"(?<![\w{MARK}])[{_NO_START}][{LETTER}]+"
    rf"|(?<![\w{MARK}.,/])(?<!\d )(?<!\s[{LETTER}] )[تثحخذرزشضظغكن](?= [{LETTER}]{{2}})"
)


def _torn_words(text: str) -> Found:
    """Words that begin as no word does, and single letters that are neither particles nor the letters of a list."""
    for found in _PIECE.finditer(text):
        if not _reads_backwards(found.group()):
            yield found.start(), found.end(), 0.9 if len(found.group()) > 1 else 0.5


def _reversed_words(text: str) -> Found:
    """Words that are known only when they are read backwards."""
    for found in _PIECE.finditer(text):
        if _reads_backwards(found.group()):
            yield found.start(), found.end(), 0.7


def _reads_backwards(word: str) -> bool:
    return len(word) > 2 and frequency(word[::-1]) > max(3.0, frequency(word) + 1)


_TOKEN = re.compile(rf"[\w{MARK}]+")
_SCRIPTS = re.compile(rf"[{LETTER}{MARK}]+|[A-Za-z\u0370-\u04ff]+")
_CHEAP_MIX = re.compile(rf"[{LETTER}][A-Za-z\u0370-\u04ff]|[A-Za-z\u0370-\u04ff][{LETTER}]")
_PARTICLES = frozenset({"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "فال", "ول", "وب"})


def _mixed_scripts(text: str) -> Found:
    """Arabic and Latin letters in one word, not two whole words, nor a particle before a name (``وFBI``)."""
    if not _CHEAP_MIX.search(text):
        return
    for found in _TOKEN.finditer(text):
        parts = _SCRIPTS.findall(found.group())
        scripts = {part[0] > "\u0600" for part in parts}
        two_words = len(parts) == 2 and (parts[0] in _PARTICLES or min(map(len, parts)) > 1)
        if len(scripts) == 2 and not two_words:
            yield found.start(), found.end(), 0.6


_SPACED_COMMA = re.compile(r"\S [،؛](?=\s)")
_GAP_BEFORE_SIGN = re.compile(rf"(?<!\d )(?<![{LETTER}])(?P<head>[{LETTER}]{{3,5}}) +(?=[،.؛)](?!\d))")
_WIDE_GAP = re.compile(rf"(?<![{LETTER}])(?:في|يوم|منذ|حتى|من|مسافة|نحو)  +(?:من )?(?P<next>[{LETTER}]+)")
_BARE_PERCENT = re.compile(r"(?<![\d٠-٩۰-۹\s.,٫])[ ]+[%٪](?![\d٠-٩])")
_MEASURES = frozenset({"المئه", "المائه", "بالمئه", "بالمائه", "كم", "كيلومترا", "متر", "مترا", "طن", "مليون", "مليار"})
_MANY_SPACED = 3


def _lost_digits(text: str) -> Found:
    """Where a number must have stood: ``منذ عام ، في``, ``في  يونيو``, ``بنسبة %``."""
    if len(_SPACED_COMMA.findall(text)) <= _MANY_SPACED:
        for found in _GAP_BEFORE_SIGN.finditer(text):
            if fold(found["head"]) in _heads():
                yield found.start(), found.end(), 0.8
    for found in _WIDE_GAP.finditer(text):
        if fold(found["next"]) in _months() | _MEASURES:
            yield found.start(), found.end(), 0.7
    for found in _BARE_PERCENT.finditer(text):
        yield found.start(), found.end(), 0.6


@cache
def _heads() -> frozenset[str]:
    """``عام``, not ``العام``, which is a public too."""
    return frozenset(fold(form) for form, _ in forms("year_heads") if not form.startswith("ال"))


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(form).split()[0] for form, _ in forms("months"))


_ORDINARY = re.compile(
    rf"(?<![\w{MARK}])(?:[وفبكل]?ال[{LETTER}{MARK}]{{2,}}|في|من|على|إلى|أن|عن|ما|لا|و|هذا|التي|كان|بن)(?![\w{MARK}])"
)
_FEW_ORDINARY = 0.15
_LEAST_LINE = 8
_LEAST_RUN = 4
_STRANGE = 1.5


def _unreadable(text: str) -> Found:
    """Runs of words that nobody knows, in lines that lack the words that all Arabic has."""
    at = 0
    for line in text.split("\n"):
        words = list(_WORD.finditer(line))
        if len(words) >= _LEAST_LINE and sum(1 for _ in _ORDINARY.finditer(line)) < _FEW_ORDINARY * len(words):
            for first, last in _strange_runs(words):
                yield at + first, at + last, 0.8
        at += len(line) + 1


def _strange_runs(words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    run: list[re.Match[str]] = []
    for word in [*words, None]:
        if word is not None and familiarity(word.group()) < _STRANGE:
            run.append(word)
        else:
            if len(run) >= _LEAST_RUN:
                yield run[0].start(), run[-1].end()
            run = []


FINDERS: tuple[tuple[str, Finder], ...] = (
    ("unknown-character", _unknown_characters),
    ("wrong-encoding", _wrong_encoding),
    ("reversed-word", _reversed_words),
    ("torn-word", _torn_words),
    ("mixed-scripts", _mixed_scripts),
    ("lost-digits", _lost_digits),
    ("unreadable", _unreadable),
)


def find_damage(text: str) -> tuple[Damage, ...]:
    r"""What looks damaged in a repaired text, in order and without overlaps.

    >>> [(damage.kind, damage.span.text) for damage in find_damage("منذ عام ، قال \ufffd\ufffdالوزير")]
    [('lost-digits', 'عام '), ('unknown-character', '\ufffd\ufffd')]
    """
    found = [(start, end, kind, score) for kind, finder in FINDERS for start, end, score in finder(text)]
    found.sort(key=lambda one: (one[0], -one[3], -one[1]))
    kept: list[Damage] = []
    for start, end, kind, score in found:
        if not kept or start >= kept[-1].span.end:
            kept.append(Damage(Span(start, end, text[start:end]), kind, score))
    return tuple(kept)


_TOO_MUCH, _SEVERAL = 0.1, 3
_ANY_WORD = re.compile(r"\S+")


def damaged_share(document: Document) -> float:
    """Part of a document's words that damage touches, 0 to 1, each damage counted by how sure it is."""
    words = sum(1 for _ in _ANY_WORD.finditer(document.text))
    touched = sum(damage.score * len(damage.span.text.split() or ["?"]) for damage in document.damage)
    return min(1.0, touched / words) if words else 0.0


def is_too_damaged(document: Document) -> bool:
    """Is so much of it damaged that what is found in it cannot be trusted: several places, one word in ten?"""
    return len(document.damage) >= _SEVERAL and damaged_share(document) >= _TOO_MUCH


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    return {row["kind"]: (row["form"].split("|")[0], row["english"]) for row in (row for _, row in forms("damages"))}


def kind_label(kind: str) -> tuple[str, str]:
    """What a kind of damage is called in Arabic and in English.

    >>> kind_label("lost-digits")
    ('أرقام مفقودة', 'lost digits')
    """
    return _kinds().get(kind, (kind, kind))
