"""What the letters of a word tell where no table knows it: article, adjective, verb, particle."""

from __future__ import annotations

from khabar.figures.reader import Reader
from khabar.figures.words import begun_with_al, duals, followers, nouns, stops, word_class, words_of
from khabar.text.numbers import may_be_number_word

_ADJECTIVE_ENDS = ("ي", "يا", "يه", "يين", "يون", "يات", "ين")
_FUTURES = ("سي", "ست", "سن")
_SHORTEST, _TEENS = 3, 11
_WITH_LAM = ("لبنان", "ليبي", "لوجست", "لغوي", "ليبرال", "ليزر", "لاتين")


def partitive(reader: Reader, index: int) -> bool:
    """``15 من الجنود``; ``من قبل`` and its like tell by whom or why."""
    apart = reader.line_start(index) or reader.folded(index + 1) in word_class("not_partitive")
    return reader.folded(index) == "من" and not apart


def definite(reader: Reader, index: int) -> bool:
    word = reader.tokens[index].text if 0 <= index < len(reader.tokens) else ""
    own = reader.folded(index) in begun_with_al() | {"ال", "وال"}
    return word.startswith(("ال", "وال")) and not own


def plain(reader: Reader, index: int) -> bool:
    """Is a token a word that may say what a head (``أهم``, ``إجمالي``) is of?"""
    if index >= len(reader.tokens) or reader.tokens[index].kind != "word":
        return False
    return reader.folded(index) not in stops() | word_class("others")


def adjective(reader: Reader, index: int) -> bool:
    return (
        index < len(reader.tokens)
        and reader.folded(index).endswith(_ADJECTIVE_ENDS)
        and len(reader.folded(index)) > 4
        and reader.tokens[index].kind == "word"
        and reader.folded(index) not in followers("stop")
        and not reader.folded(index).startswith(("و", "بب", "لل", "لت", "لا", *_FUTURES))
        and reader.folded(index).removeprefix("ب") not in stops()
        and not reader.line_start(index)
        and not may_be_number_word(reader.folded(index))
        and reader.folded(index) not in word_class("owned")
        and not _to_somebody(reader, index)
    )


def _to_somebody(reader: Reader, index: int) -> bool:
    """``لشابين``, ``بجنديين``: a counted noun or its dual behind a preposition is no adjective."""
    word = reader.folded(index)
    placed = word[1:] in words_of("place_heads") or may_be_number_word(word[1:]) or index in reader.named
    if word[0] == "ب" and placed:
        # 3 درجات بولاية بنزرت, 15 مقعدا بمليونين, فتيات بسيدي بوزيد
        return True
    if word[0] == "ل" and word not in words_of("demonyms") and not word.startswith(_WITH_LAM):
        # لرعاية, لإغاثة
        return True
    match = nouns().at(reader.text, index) or duals().at(reader.text, index)
    return match is not None and match.prefix[-1:] in ("ل", "ب")


def particle(word: str, value: float) -> bool:
    """Does a particle stand before the word (``بجروح``, ``وذلك``)?  Nouns that only look so are in the table.

    Behind 11 to 99 the accusative shows the noun (``70 بئرا``), since ``بئرا`` has no other reading.
    """
    if word[0] not in "وبل" or word in followers("noun"):
        return False
    return not (11 <= value % 100 <= 99 and word.endswith("ا") and word[0] != "و")


def verb(reader: Reader, index: int, value: float) -> bool:
    """``تواصلت``, ``يحملون``, ``قتلوا``, ``سيتم``; a noun behind 11 to 99 is an accusative, or has its adjective."""
    word = reader.folded(index)
    if word in followers("noun"):
        return False
    if word.endswith("وا") or (word.startswith("ي") and word.endswith(("ون", "ان", "ين"))):
        return True
    if len(word) > _SHORTEST and word.endswith("ت") and word[-2] not in "اوي":
        return True
    if word.startswith("ي") and (value < _TEENS or not word.endswith("ا")) and len(word) > _SHORTEST:
        # من أصل سبعة يموت: few nouns begin so, and the table knows them
        return True
    if word.startswith((*_FUTURES, "تت")) and len(word) > _SHORTEST and not word.startswith(("تتويج", "تتابع")):
        return True
    open_ending = not word.endswith(("ا", "ه", "ي", "ء", "ئ"))
    verbal = 11 <= value % 100 <= 99 and open_ending and word.startswith(("ي", "ت", "ن"))
    return verbal and not (adjective(reader, index + 1) and not definite(reader, index + 1))
