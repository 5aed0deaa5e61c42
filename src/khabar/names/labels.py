"""One English label for one thing: of a table where a table knows it, else romanised the same way every time."""

from __future__ import annotations

from functools import cache, lru_cache

from khabar.lexicon import forms, table
from khabar.names.evidence import attested, particles
from khabar.names.gazetteer import known, nation
from khabar.text import fold, tokenize

_ARAB = {
    "AE",
    "BH",
    "DJ",
    "DZ",
    "EG",
    "IQ",
    "JO",
    "KW",
    "LB",
    "LY",
    "MA",
    "MR",
    "OM",
    "PS",
    "QA",
    "SA",
    "SD",
    "SO",
    "SY",
    "TN",
    "YE",
}
"""States whose people's names are spelled in one way, but for hamza and the like."""
_LATIN = "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h u i u i p ch v g"
_LETTERS = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويؤئپچڤگ", _LATIN.split(), strict=True)) | {"ء": ""}
_FIRM = str.maketrans("غقكچگطثصزظذضڤپ", "جججججتتسسسددفب", "اويءئؤهع")
"""Letters that stand for one foreign sound made one, vowels and weak letters left out."""


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word, foreign g, k and s in any Arabic spelling alike.

    >>> skeleton("سيرغي") == skeleton("سيرجي"), skeleton("شويغو") == skeleton("شويجو"), skeleton("بوتين")
    (True, True, 'بتن')
    """
    return word.translate(_FIRM)


@cache
def _by_skeleton() -> dict[tuple[str, ...], str]:
    """Skeletons of full names of foreign persons to their label; those that two persons share are left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for form, row in forms("persons"):
        words = fold(form).split()
        if len(words) > 1:
            found.setdefault(tuple(skeleton(word) for word in words), set()).add(row["label"])
    return {key: labels.pop() for key, labels in found.items() if len(labels) == 1 and sum(map(len, key)) > 4}


@cache
def _arab() -> frozenset[str]:
    return frozenset(row["label"] for row in table("persons") if row["iso"] in _ARAB)


def variant(words: tuple[str, ...]) -> str | None:
    """The known foreigner whose name these folded words spell in another way, or None.

    >>> variant(("سيرجي", "لافروف")), variant(("محمد", "صلاح"))
    ('Sergei Lavrov', None)
    """
    label = _by_skeleton().get(tuple(skeleton(word) for word in words))
    return None if label in _arab() else label


def person_label(words: tuple[str, ...]) -> str:
    """A person's name in Latin letters, the same for ``عبدالله`` and ``عبد الله``.

    >>> person_label(("عبد", "الله", "بن", "احمد")) == person_label(("عبدالله", "بن", "احمد"))
    True
    """
    return variant(words) or " ".join(romanised(word) for word in _compounds(words))


def _compounds(words: tuple[str, ...]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "عبد":
            joined[-1] += word
        else:
            joined.append(word)
    return [part for word in joined for part in _apart(word)]


def _apart(word: str) -> list[str]:
    """``ابوبكر`` as ``ابو بكر``."""
    return ["ابو", word[3:]] if word.startswith("ابو") and len(word) > 5 else [word]


@cache
def _joiners() -> dict[str, str]:
    return {fold(form): row["label"] for form, row in forms("name_words") if row["label"] != "-"}


@lru_cache(maxsize=20_000)
def romanised(word: str) -> str:
    """A folded word in Latin letters: as attested in names, else letter by letter.

    >>> romanised("محمد"), romanised("بن")
    ('Mohamed', 'bin')
    """
    if word in _joiners():
        return _joiners()[word]
    seen = attested(word)
    if seen is not None and seen.given + seen.family > 1:
        return seen.latin
    if word.startswith("ال") and len(word) > 4:
        return "al-" + _spelled(word[2:])
    return _spelled(word)


def _spelled(word: str) -> str:
    letters = "".join(_LETTERS.get(letter, letter) for letter in word)
    return letters[:1].upper() + letters[1:]


def plain_label(words: tuple[str, ...]) -> str:
    """A place or body that no table knows: known names in it translated, head nouns too, the rest romanised."""
    return " ".join(_translated(word) for word in words)


@cache
def _nouns() -> dict[str, str]:
    return {fold(form): row["label"] for name in ("body_heads", "place_heads") for form, row in forms(name)}


def _translated(word: str) -> str:
    if word in _nouns() and word not in particles():
        return _nouns()[word]
    state = nation(word)
    if state is not None:
        return state.adjective
    match = known().at(tokenize(word), 0, clitics=False) if len(word) > 2 else None
    return match.value[0].label if match is not None and match.value[0].type == "LOC" else romanised(word)
