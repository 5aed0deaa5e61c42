"""The base model's 250,000 pieces cut down to those that Arabic news needs."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from tokenizers import Tokenizer

from khabar.encoder.windows import plain

LATIN = 5_000
"""Latin pieces kept, the most frequent first: the base lists its pieces in that order."""
_SPECIAL = 4
_MARKS = frozenset("٠١٢٣٤٥٦٧٨٩،؛؟٪٫٬٭«»–—…“”‘’•·°€£²½©®™−×÷→￼") | frozenset(map(chr, range(0x21, 0x7F)))
_PERSIAN = frozenset("پچژگڤڭڨکیےہھۀەۆۇۈۋېںٹڈڑ")
_SPACE = "▁"
_SURE = -2.0
"""Log-probability of a whole word, in the unigram model of the tokenizer: above that of any way to tear it."""


def kept_pieces(pieces: list[str]) -> list[int]:
    """Indexes of the pieces to keep: all in Arabic letters that Arabic uses, frequent Latin ones, digits, marks.

    >>> kept_pieces(["<s>", "<pad>", "</s>", "<unk>", "▁قال", "گفت", "the", "привет", "2023", "،"])
    [0, 1, 2, 3, 4, 6, 8, 9]
    """
    found = list(range(_SPECIAL))
    latin = 0
    for index, piece in enumerate(pieces[_SPECIAL:], _SPECIAL):
        letters = piece.replace(_SPACE, "")
        kind = _kind(letters)
        latin += kind == "latin"
        if kind == "arabic" or kind == "mark" or (kind == "latin" and (latin <= LATIN or len(letters) == 1)):
            found.append(index)
    return found


def _kind(letters: str) -> str:
    if all(sign in _MARKS and not sign.isalpha() for sign in letters):
        return "mark"
    names = {unicodedata.name(sign, "").split(" ")[0] for sign in letters if sign.isalpha()}
    if names == {"ARABIC"}:
        return "arabic" if len(letters) == 1 or not _PERSIAN & set(letters) else "other"
    return "latin" if names == {"LATIN"} and letters.isascii() else "other"


def frequent_words(tokenizer: Tokenizer, texts: Iterable[Sequence[str]], least: int) -> list[str]:
    """The Arabic words that the pieces would tear and that texts hold at least `least` times, each as a piece.

    A word in one piece takes one place in a window instead of two or three.  A rarer word is better left torn: a
    vector of its own that was hardly ever taught says less than its pieces.  The most frequent word comes first.
    """
    counts = Counter(plain(word) for words in texts for word in words)
    often = sorted((word for word in counts if counts[word] >= least), key=lambda word: (-counts[word], word))
    torn = (word for word in often if _kind(word) in ("arabic", "mark") and len(_pieces(tokenizer, word)) > 1)
    return [_SPACE + word for word in torn]


def _pieces(tokenizer: Tokenizer, word: str) -> list[int]:
    ids: list[int] = tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids
    return ids


def with_words(tokenizer: dict[str, Any], words: list[str]) -> tuple[dict[str, Any], list[list[int]]]:
    """The tokenizer with whole words as pieces, and for each of these the pieces that it was torn into before."""
    before = Tokenizer.from_str(json.dumps(tokenizer))
    parts = [_pieces(before, word.removeprefix(_SPACE)) for word in words]
    vocabulary = tokenizer["model"]["vocab"] + [[word, _SURE] for word in words]
    return tokenizer | {"model": tokenizer["model"] | {"vocab": vocabulary}}, parts


def cut_tokenizer(tokenizer: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """The tokenizer with the kept pieces alone, renumbered in their order."""
    pieces = tokenizer["model"]["vocab"]
    return tokenizer | {
        "model": tokenizer["model"] | {"vocab": [pieces[index] for index in kept]},
        "added_tokens": [token for token in tokenizer["added_tokens"] if token["id"] < _SPECIAL],
        "truncation": None,
        "padding": None,
    }
