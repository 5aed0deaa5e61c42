"""Are an Arabic word and a Latin one one name, by their letters?

The Latin word is read as a name may be written, with and without its accents, the Arabic one with and without its
article; each spelling has a weight by the networks of `khabar.link.readings`, learned by ``python -m training.letters``
from the train part of NETransliteration (Merhav and Ash 2018, names of Wikidata, CC0) as a discriminative edit
distance (McCallum, Bellare and Pereira 2005): true pairs against the names that are spelled most like them.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

from khabar.link.readings import log_weight, networks
from khabar.text import search_key

_LATIN = {
    "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "þ": "th", "ð": "d", "š": "sh", "ş": "sh",
    "ș": "sh", "ś": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh", "ź": "zh", "ż": "zh", "ñ": "ny", "ń": "ny",
    "ň": "ny", "ğ": "gh", "ə": "a", "ħ": "h", "ǧ": "j",
}  # fmt: skip
"""Latin letters with a sound of their own, as names are spelled where they are missing."""
_LATIN_TABLE = str.maketrans(_LATIN)
_NO_ACCENT = str.maketrans({letter: plain for letter, plain in _LATIN.items() if letter in "øłßæœđıþðəħ"})
_ACCENTED = frozenset("àáâãäåçèéëíïñóöøúüýāăćčđğīıłńōşšūžșț")
"""Letters that the networks read as they are."""
_ARABIC = frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
_FOREIGN = str.maketrans("ڤپگچژڨکی", "فبكججقكي")
_SPARE = 1.0
"""So much below even odds two words are still told apart by how far they are."""
_LONGEST = 40
SURE = 0.8
"""How alike two words in different scripts are said to be where one name and two are as likely."""


@lru_cache(maxsize=100_000)
def latin_letters(word: str) -> str:
    """A Latin word in the 26 plain letters: accents dropped, ``š`` as sh, ``ø`` as o; all else left out.

    >>> latin_letters("Šešelj"), latin_letters("O'Neill"), latin_letters("Müller")
    ('sheshelj', 'oneill', 'muller')
    """
    plain = unicodedata.normalize("NFC", word.lower()).translate(_LATIN_TABLE)
    return "".join(letter for letter in unicodedata.normalize("NFKD", plain) if "a" <= letter <= "z")


@lru_cache(maxsize=100_000)
def bare_letters(word: str) -> str:
    """A Latin word as it is typed where nobody cares for accents.

    >>> bare_letters("Vučić"), bare_letters("François")
    ('vucic', 'francois')
    """
    plain = unicodedata.normalize("NFKD", word.lower()).translate(_NO_ACCENT)
    return "".join(letter for letter in plain if "a" <= letter <= "z")


@lru_cache(maxsize=100_000)
def arabic_letters(word: str) -> str:
    """An Arabic word without article, hamza and vowel signs, as the costs know it.

    >>> arabic_letters("الدُّبَيبة"), arabic_letters("أوباما")
    ('دبيبه', 'اوباما')
    """
    letters = "".join(letter for letter in search_key(word) if letter.isalpha())
    return letters[2:] if letters.startswith("ال") and len(letters) > 4 else letters


@lru_cache(maxsize=20_000)
def latin_spellings(word: str) -> tuple[str, ...]:
    """A Latin word in the letters of the networks, as it is written and without accents.

    >>> latin_spellings("Kočí"), latin_spellings("İlyas")
    (('kočí', 'koci'), ('ilyas',))
    """
    letters = unicodedata.normalize("NFC", word.lower())
    told = "".join(letter if letter in _ACCENTED else bare_letters(letter) for letter in letters)
    return tuple(dict.fromkeys((told, bare_letters(word))))


@lru_cache(maxsize=20_000)
def arabic_spellings(word: str) -> tuple[str, ...]:
    """An Arabic word in the letters of the networks, as it is written and without article.

    >>> arabic_spellings("الدبيبة"), arabic_spellings("ڤيكتور")
    (('الدبيبه', 'دبيبه'), ('فيكتور',))
    """
    told, bare = (
        "".join(letter for letter in letters.translate(_FOREIGN) if letter in _ARABIC)
        for letters in (search_key(word), arabic_letters(word))
    )
    return tuple(dict.fromkeys((told, bare)))


@lru_cache(maxsize=200_000)
def margin(arabic: str, latin: str) -> float:
    """Log odds that two words are one name; ``-inf`` where they are far below even.

    >>> margin("لوكاشينكو", "Lukashenko") > 0, margin("لوكاشينكو", "Lukashevich") > 0
    (True, False)
    """
    ours, theirs = arabic_spellings(arabic), latin_spellings(latin)
    return max(_odds(one, other) for one in ours for other in theirs)


def _odds(ours: str, theirs: str) -> float:
    if not ours or not theirs or max(len(ours), len(theirs)) > _LONGEST:
        return -math.inf
    known = networks()
    budget = known.budget + known.letter * (len(ours) + len(theirs))
    return budget + log_weight(theirs, ours, -budget - _SPARE)


def sounds_like(arabic: str, latin: str) -> float:
    """How surely an Arabic and a Latin word are one name, 0 to 1; from 0.5 on they are.

    >>> sounds_like("غوتيريش", "Guterres") > 0.5, sounds_like("حفتر", "Hifter") > 0.5, sounds_like("صدام", "Khalifa")
    (True, True, 0.0)
    """
    odds = margin(arabic, latin)
    return 1 / (1 + math.exp(-odds)) if odds > -_SPARE else 0.0
