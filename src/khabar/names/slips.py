"""Rule: a country or a capital with one letter wrong, missing, doubled or out of place (``ليببا``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain

from khabar.lexicon import folded_forms
from khabar.names.candidate import Candidate
from khabar.names.evidence import attested, is_inflected, stops, words, zipf
from khabar.names.gazetteer import Entry, meaning, nation, towns
from khabar.text import Tokenized
from khabar.text.morphology import readings
from khabar.text.phrases import stem_start

_SHORTEST = 5
"""Letters of a name that can be known again with one of them wrong."""
_LONG = 7
"""Letters of a name of which any one may be missing."""
_VOWELS = frozenset("اوي")
_SHAPES = ("بتثنيىئ", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "وؤ")
"""Letters that dots alone set apart, at least inside a word."""
_BEFORE = ("", "و", "ب", "ل", "ف", "وب", "ول")
_SCORE = 0.65


def misspelt_places(text: Tokenized, at: Mapping[int, Candidate]) -> list[Candidate]:
    """Words that nobody has seen and that one slip of the pen sets apart from exactly one country or capital."""
    found = []
    for index, token in enumerate(text.tokens):
        if token.kind != "word" or index in at:
            continue
        slip = _slip(token.folded)
        if slip is not None:
            offset, entry = slip
            start = stem_start(token, offset)
            found.append(
                Candidate(index, index + 1, start, token.end, "LOC", "misspelt", _SCORE, entry.label, entry.reference)
            )
    return found


@lru_cache(maxsize=50_000)
def _slip(word: str) -> tuple[int, Entry] | None:
    """How many letters of clitics stand before the name, and what it means; None where the word is no such slip."""
    if len(word) < _SHORTEST or _is_word(word):
        return None
    stems = [(one.offset, one.stem) for one in readings(word) if one.prefix in _BEFORE and not one.article]
    meant = {(offset, entry) for offset, stem in stems if not _is_word(stem) for entry in _meant(stem)}
    return meant.pop() if len({entry.label for _, entry in meant}) == 1 == len(meant) else None


def _is_word(word: str) -> bool:
    """Is it a word of the language, a name of a person or a town, a nationality?"""
    known = (
        word in stops() | words("no-slip")
        or zipf(word) > 0
        or attested(word) is not None
        or word in towns()
        or nation(word) is not None
    )
    return known or is_inflected(word)


def _meant(stem: str) -> Iterator[Entry]:
    """The countries and capitals of which a word is a slip; the first letter is never the wrong one."""
    if len(stem) > _longest():
        return
    forms = set(chain.from_iterable(_by_part().get(part, ()) for part in _parts(stem)))
    for form in forms:
        if form[0] == stem[0] and is_slip(stem, form):
            entry = meaning((form,), "LOC")
            if entry is not None:
                yield entry


def is_slip(written: str, meant: str) -> bool:
    """Is a word another one with one letter too many, missing, swapped or of other dots?

    Other letters set two names apart more often than they are slips (``ميرسك`` is no ``مينسك``).

    >>> is_slip("ليببا", "ليبيا"), is_slip("العرااق", "العراق"), is_slip("بلجكيا", "بلجيكا"), is_slip("ميرسك", "مينسك")
    (True, True, True, False)
    """
    apart = next((at for at, (one, other) in enumerate(zip(written, meant, strict=False)) if one != other), None)
    at = min(len(written), len(meant)) if apart is None else apart
    if len(written) == len(meant):
        return _is_swapped(written[at:], meant[at:]) or _has_other_dots(written[at:], meant[at:])
    if len(written) == len(meant) + 1:
        again = written[at] == written[at - 1]
        return written[at + 1 :] == meant[at:] and (again or (written[at] in _VOWELS and at < len(meant)))
    missing = len(written) == len(meant) - 1 and written[at:] == meant[at + 1 :]
    return missing and (meant[at] in _VOWELS or len(meant) >= _LONG)


def _is_swapped(written: str, meant: str) -> bool:
    return written[:2] == meant[1::-1] and written[2:] == meant[2:] and len(written) > 1


def _has_other_dots(written: str, meant: str) -> bool:
    same = written[1:] == meant[1:] and len(written) > 0
    return same and any(written[0] in shape and meant[0] in shape for shape in _SHAPES)


@cache
def _by_part() -> dict[str, list[str]]:
    """Names with nothing or one letter left out, to the whole: two words one letter apart share such a part."""
    found: dict[str, list[str]] = defaultdict(list)
    countries = ((form, _SHORTEST) for form, _ in folded_forms("countries"))
    for form, least in chain(countries, ((form, _SHORTEST + 1) for form, _ in folded_forms("capitals"))):
        if len(form) >= least and form.isalpha():
            for part in _parts(form):
                found[part].append(form)
    return found


@cache
def _longest() -> int:
    """Letters of the longest slip that may be meant for a name."""
    return max(map(len, _by_part())) + 1


def _parts(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
