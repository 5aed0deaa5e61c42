"""Which words like to stand side by side in Arabic news: evidence for where a line was cut.

A small bigram model, `neighbours.tsv`, made by scripts/make_neighbours.py: logarithms of how much oftener two words,
or two kinds of words, follow each other than chance would have it (pointwise mutual information).  A kind is told by
what can be seen: the article, a particle in front, the ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from khabar.names.evidence import is_given
from khabar.text import fold

SCALE = 5
"""Scores are logarithms times this."""
_EDGES = "\"'“”«»()[]{} \t"
_STOPS = {".": ".", "؟": ".", "!": ".", "?": ".", "…": ".", "،": ",", ",": ",", "؛": ",", ";": ",", ":": ":"}
_TAIL = re.compile(f"[{re.escape(''.join(_STOPS))}]+$")
_NUMBER = re.compile(r"[\d\ue000-\uf8ff]+")
_LONG_NUMBER = 5
_LATIN = re.compile(r"[A-Za-z]")
_ENDINGS = ("ات", "ين", "ون", "ان", "يه", "ها", "هم", "وا", "ه", "ي", "ا", "ت")


def tokens(word: str) -> list[str]:
    """A word of a text as the model knows it: folded, and the stop behind it as a token of its own.

    >>> tokens("«الزيارة»،"), tokens("-")
    (['الزياره', ','], ['-'])
    """
    inner = word.strip(_EDGES)
    stop = _TAIL.search(inner)
    core = fold(inner[: stop.start()].strip(_EDGES) if stop else inner)
    return [part for part in (core, _STOPS[stop.group()[0]] if stop else "") if part]


def is_number(word: str) -> bool:
    """Does a word begin with a digit, or with the code of a font that may be one?"""
    return _NUMBER.match(word) is not None


@lru_cache(maxsize=50_000)
def kind(word: str) -> str:
    """The kind of a folded word: a given name, or its article or particle and its ending.

    >>> kind("والسيارات"), kind("يكتبون"), kind("٢٠١١")
    ('#وD_ات', '#ي_ون', '#NUMBER4')
    """
    number = _NUMBER.match(word)
    if number:
        return f"#NUMBER{min(len(number.group()), _LONG_NUMBER)}"
    if _LATIN.match(word):
        return "#LATIN"
    if is_given(word):
        return "#GIVEN"
    joined = "و" if len(word) > 3 and word[0] in "وف" else ""
    stem = word[len(joined) :]
    before = ""
    if stem.startswith(("ال", "لل")):
        before, stem = "D", stem[2:]
    elif len(stem) > 4 and stem.startswith(("بال", "كال")):
        before, stem = "bD", stem[3:]
    elif len(stem) > 3 and stem[0] in "بل":
        before, stem = "b", stem[1:]
    ending = next((one for one in _ENDINGS if len(stem) > len(one) + 1 and stem.endswith(one)), "")
    verb = stem[0] if not before and len(stem) > 2 and stem[0] in "يتنسا" else ""
    return f"#{joined}{before}{verb}_{ending}"


@dataclass(frozen=True, slots=True)
class _Model:
    """Classes of words, and scores of pairs by part: ``kind``, ``second`` (with one word between them), ``word``."""

    classes: Mapping[str, str]
    scores: Mapping[str, Mapping[tuple[str, str], float]]
    common: Mapping[str, frozenset[str]]
    """By part: words that are a kind of their own."""


@cache
def _model() -> _Model:
    classes: dict[str, str] = {}
    scores: dict[str, dict[tuple[str, str], float]] = {"kind": {}, "second": {}, "word": {}}
    for line in files("khabar.repair").joinpath("neighbours.tsv").read_text("utf-8").splitlines():
        if line.startswith("# "):
            continue
        part, first, *columns = line.split("\t")
        if part == "class":
            classes.update(dict.fromkeys(columns[0].split(" "), first))
            continue
        for column in columns:
            score, *seconds = column.split(" ")
            scores[part].update(((first, second), int(score) / SCALE) for second in seconds)
    common = {part: frozenset(word[1:] for pair in scores[part] for word in pair if word[0] == "=") for part in scores}
    return _Model(classes, scores, common)


@lru_cache(maxsize=100_000)
def _counted_as(word: str, part: str) -> str:
    model = _model()
    return f"={word}" if word in model.common[part] else model.classes.get(word) or kind(word)


@lru_cache(maxsize=200_000)
def affinity(first: str, second: str) -> float:
    """How gladly one folded word (or stop) follows another: above 0 where oftener than by chance.

    >>> affinity("في", "المدينه") > affinity("في", "قال")
    True
    """
    pair = _counted_as(first, "kind"), _counted_as(second, "kind")
    return _model().scores["word"].get((first, second), 0.0) + _model().scores["kind"].get(pair, 0.0)


@lru_cache(maxsize=200_000)
def second_affinity(first: str, second: str) -> float:
    """The same of a word and the next but one."""
    return _model().scores["second"].get((_counted_as(first, "second"), _counted_as(second, "second")), 0.0)
