"""Names in Latin letters, letter by letter: what no table and no register of names attests.

Arabic writes no short vowels, so they are put where the syllables need them: an ``a`` in Arabic words, an ``e`` in
foreign ones, whose clusters of consonants are kept where Latin spelling has them too (``Staronatifka``).
"""

from __future__ import annotations

from functools import lru_cache

_LATIN = "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y w y p ch v g"
_LETTERS = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويؤئپچڤگ", _LATIN.split(), strict=True)) | {"ء": ""}
_FOREIGN_LETTERS = _LETTERS | {"غ": "g", "ق": "k"}
_ARABIC_ONLY = frozenset("حعصضظثذ")
_WEAK = frozenset("اوي")
_ONSETS = frozenset(
    {"st", "sp", "sk", "sm", "sn", "sl", "sw", "br", "pr", "tr", "dr", "kr", "gr", "fr", "bl", "pl", "kl", "gl", "fl"}
    | {"khr", "shv", "shm", "shn"}
)
_CODAS = frozenset(
    {"nd", "nt", "ns", "nk", "ng", "nz", "rn", "rt", "rd", "rk", "rs", "rm", "rg", "rf", "rz", "lt", "ld", "ls", "lk"}
    | {"lm", "st", "sk", "ks", "ts", "nch", "rsh"}
)

Sound = tuple[str, bool]
"""Latin letters, and whether they are a vowel."""


def is_foreign(word: str) -> bool:
    """Has an unattested folded word the look of a foreign name: many long vowels or consonants in a row?

    >>> is_foreign("مولوتكوف"), is_foreign("القويري"), is_foreign("رقوش")
    (True, False, False)
    """
    if word.startswith("ال") or not _ARABIC_ONLY.isdisjoint(word):
        return False
    inner = word[1:]
    return sum(letter in _WEAK for letter in inner) >= 2 or _longest_run(word) > 2


def _longest_run(word: str) -> int:
    longest = run = 0
    for letter in word:
        run = 0 if letter in _WEAK else run + 1
        longest = max(longest, run)
    return longest


@lru_cache(maxsize=20_000)
def spelled(word: str, *, foreign: bool) -> str:
    """A folded word, without article, in Latin letters with a capital.

    >>> spelled("محشادي", foreign=False), spelled("رقوش", foreign=False), spelled("صواغيه", foreign=False)
    ('Mahshadi', 'Raqush', 'Sawaghiya')
    >>> spelled("مولوتكوف", foreign=True), spelled("تاونسند", foreign=True)
    ('Molotkov', 'Taunsend')
    """
    sounds = _sounds(word, foreign)
    text = "".join(_syllables(sounds, foreign))
    return text[:1].upper() + text[1:]


def _sounds(word: str, foreign: bool) -> list[Sound]:
    letters = _FOREIGN_LETTERS if foreign else _LETTERS
    found: list[Sound] = []
    at = 0
    while at < len(word):
        if foreign and word.startswith("تش", at):
            found.append(("ch", False))
            at += 2
            continue
        if foreign and at > 1 and word[at:] == "وف":
            return [*found, ("o", True), ("v", False)]
        found.append(_sound(word, at, letters, foreign))
        at += 1
    return found


def _sound(word: str, at: int, letters: dict[str, str], foreign: bool) -> Sound:
    letter, last = word[at], at == len(word) - 1
    if letter in "وي":
        return _glide(word, at, foreign)
    if letter == "ه" and last and at > 1:
        return ("h", False) if word[at - 1] == "ا" else ("a", True)
    return letters.get(letter, letter), letter == "ا"


def _glide(word: str, at: int, foreign: bool) -> Sound:
    """``و`` and ``ي`` as consonants before a vowel and at the beginning, else as vowels."""
    letter, following = word[at], word[at + 1 : at + 2]
    consonant, vowel = ("w", "o" if foreign else "u") if letter == "و" else ("y", "i")
    if letter == "و" and at and word[at - 1] in "اي":
        vowel = "u"
    if at == 0:
        return (consonant, False)
    if at == 1 and word[0] == "ي" and letter == "و":
        return "u", True
    if letter == "ي" and following == "ه" and at == len(word) - 2:
        return "iy", True
    before_vowel = following in _WEAK and following != ""
    if before_vowel and (letter == "و" or not foreign) and word[at - 1] not in "وي":
        return consonant, False
    if word[at - 1] == "ع" and at + 1 < len(word):
        return consonant, False
    return vowel, True


def _syllables(sounds: list[Sound], foreign: bool) -> list[str]:
    """The sounds with a short vowel wherever consonants meet that cannot."""
    out: list[str] = []
    run: list[str] = []
    for latin, vowel in [*sounds, ("", True)]:
        if vowel:
            out += _cluster(run, first=not out, last=latin == "", foreign=foreign)
            out.append(latin)
            run = []
        else:
            run.append(latin)
    return out


def _cluster(run: list[str], *, first: bool, last: bool, foreign: bool) -> list[str]:
    """Consonants in a row, broken by a short vowel where they are too many for their place in the word."""
    kept = 2 - first - last
    if len(run) <= max(kept, 1) or (foreign and _is_sayable(run, first=first, last=last)):
        return run
    short = "e" if foreign else "a"
    if first:
        short = "" if run[0] == "a" else short
        return [run[0], short, *_cluster(run[1:], first=False, last=last, foreign=foreign)]
    if foreign and last and "".join(run[-2:]) in _CODAS:
        return [*_cluster(run[:-2], first=False, last=False, foreign=True), short, *run[-2:]]
    if last and len(run) == 2:
        return [run[0], short, run[1]]
    if foreign and "".join(run[-2:]) in _CODAS:
        return [*run[:-2], short, *run[-2:]]
    return [*run[:-1], short, run[-1]] if last or foreign else [*run[:2], short, *run[2:]]


def _is_sayable(run: list[str], *, first: bool, last: bool) -> bool:
    if first and last:
        return False
    if first:
        return len(run) == 2 and "".join(run) in _ONSETS
    if last:
        return len(run) == 2 and "".join(run) in _CODAS
    return len(run) == 3 and ("".join(run[1:]) in _ONSETS or "".join(run[:2]) in _CODAS - {"ns", "ts", "ks"})
