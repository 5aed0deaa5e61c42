"""Does a clause look ahead?  Decides which Tuesday ``الثلاثاء`` is."""

from __future__ import annotations

from functools import lru_cache

from khabar.times.words import View, phrases_of, words_of

_REACH = 14
_BREAKS = frozenset(
    {".", "؟", "!", "؛", ":", '"', "«", "الذي", "التي", "الذين", "ان", "انه", "انها", "بان", "بانه", "بانها"}
)
_TRANSPARENT = frozenset({"ان", "انه", "انها", "بان", "بانه", "بانها"})


@lru_cache(maxsize=100_000)
def is_future_verb(folded: str) -> bool:
    """``سيعقد``, ``وسنبحث``: the future particle on an imperfect verb, told from its look-alikes by a table."""
    word = folded[1:] if folded[:2] in ("وس", "فس") else folded
    return len(word) >= 5 and word[0] == "س" and word[1] in "يتن" and word not in words_of("future_lookalikes")


def is_future(view: View, index: int) -> bool:
    """Is the nearest cue before token `index` in its clause one of the future?

    ``أعلن أنه سيزور موسكو الثلاثاء`` looks ahead; ``سيبحث الاتفاق الذي وقع الثلاثاء`` does not.
    """
    for at in range(index - 1, max(-1, index - _REACH), -1):
        token = view.tokens[at]
        if "\n" in view.text.text[token.end : view.tokens[at + 1].start]:
            return False
        if is_future_verb(token.folded) or phrases_of("future_words", "example").at(view.text, at) is not None:
            return True
        if token.folded in _BREAKS and token.folded not in _TRANSPARENT:
            return False
    return False
