"""The base model's 250,000 pieces cut down to those that Arabic news needs."""

from __future__ import annotations

import unicodedata
from typing import Any

LATIN = 5_000
"""Latin pieces kept, the most frequent first: the base lists its pieces in that order."""
_SPECIAL = 4
_MARKS = frozenset("٠١٢٣٤٥٦٧٨٩،؛؟٪٫٬٭«»–—…“”‘’•·°€£²½©®™−×÷→￼") | frozenset(map(chr, range(0x21, 0x7F)))
_PERSIAN = frozenset("پچژگڤڭڨکیےہھۀەۆۇۈۋېںٹڈڑ")
_SPACE = "▁"


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


def cut_tokenizer(tokenizer: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """The tokenizer with the kept pieces alone, renumbered in their order."""
    pieces = tokenizer["model"]["vocab"]
    return tokenizer | {
        "model": tokenizer["model"] | {"vocab": [pieces[index] for index in kept]},
        "added_tokens": [token for token in tokenizer["added_tokens"] if token["id"] < _SPECIAL],
        "truncation": None,
        "padding": None,
    }
