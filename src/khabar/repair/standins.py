"""Signs that stand for a letter in Arabic words, or for nothing: ``اटكتاب`` for ``الكتاب``, ``المتح$دث``.

A PDF whose font tells wrongly which letter a glyph is gives back some other script's letter, always the same one.
Which letter it stands for is what makes known words of nearly all words that hold it.  Characters of private use are
left alone: those are flagged, unless they are digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from khabar.model import Edit
from khabar.repair.words import LETTER, MARK, familiarity, oddities, sureness

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى"
_FOREIGN = r"\u0100-\u036f\u0370-\u058f\u0700-\u074f\u0780-\u1fff\u2c00-\ud7ff"
_SIGN = r"$^~|<>=\\{}¤¦§¬¶"
_WORD = re.compile(rf"[{LETTER}{MARK}{_FOREIGN}{re.escape(_SIGN)}]+")
_SIGNS = re.compile(f"[{_FOREIGN}{re.escape(_SIGN)}]")
_CHEAP = re.compile(rf"[{_FOREIGN}][{LETTER}]|[{LETTER}][{_FOREIGN}]|[{LETTER}][{re.escape(_SIGN)}][{LETTER}]")
_INSIDE = re.compile(rf"(?<=[{LETTER}{MARK}])[{re.escape(_SIGN)}](?=[{LETTER}])|[{_FOREIGN}]")
_FEWEST, _MOST = 4, 60
"""Words that must tell, and words that are looked at."""
_SHARE = 0.75
_KNOWN = 3.0
_MARGIN = 0.8


def stand_ins(text: str) -> tuple[Edit, ...]:
    """Letters of other scripts and signs inside Arabic words, where the words tell what they stand for.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "اटكتاب في اटمدينة وقاट اटوزير"
    >>> apply_edits(text, stand_ins(text))
    'الكتاب في المدينة وقال الوزير'
    """
    if not _SIGNS.search(oddities(text)) or not _CHEAP.search(text):
        return ()
    words = [found for found in _WORD.finditer(text) if _CHEAP.search(found.group())]
    signs = {sign for found in words for sign in _INSIDE.findall(found.group())}
    meant = {
        sign: letter for sign in sorted(signs) if (letter := _meaning(sign, {w.group() for w in words})) is not None
    }
    edits = []
    for word in words:
        for found in _INSIDE.finditer(word.group()):
            if found.group() in meant:
                at = word.start() + found.start()
                edits.append(Edit(at, at + 1, meant[found.group()], sureness(1)))
    return tuple(edits)


def _meaning(sign: str, words: Iterable[str]) -> str | None:
    """The letter, or nothing, that makes known words of those that hold the sign; None where that is not sure."""
    held = sorted(word for word in words if sign in word and len(set(_INSIDE.findall(word))) == 1)[:_MOST]
    if len(held) < _FEWEST:
        return None
    letters = _LETTERS if unicodedata.category(sign).startswith("L") else ("", *_LETTERS)
    scores = sorted(
        ((_known([word.replace(sign, letter) for word in held]), letter) for letter in letters), reverse=True
    )
    (share, mean), best = scores[0]
    return best if share >= _SHARE and mean - scores[1][0][1] >= _MARGIN else None


def _known(words: list[str]) -> tuple[float, float]:
    """The share of words that are known, and how well they are in the mean."""
    known = [familiarity(word) for word in words]
    return sum(score >= _KNOWN for score in known) / len(known), sum(known) / len(known)
