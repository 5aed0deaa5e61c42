"""Rules for persons: a title with the name after it, and a given name with what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from khabar.lexicon import Row, forms, table
from khabar.names.candidate import Candidate, is_on
from khabar.names.evidence import (
    attested,
    is_arabic_form,
    is_family,
    is_given,
    is_name_word,
    is_rare,
    particles,
    stops,
    words,
    zipf,
)
from khabar.names.gazetteer import known, nation
from khabar.names.known import TANWIN
from khabar.text import Match, Phrases, Tokenized, fold
from khabar.text.morphology import readings
from khabar.text.phrases import stem_start

At = Mapping[int, Candidate]

_LONGEST = 8
_REACH = 12
"""How many tokens may stand between the beginning of an office and the name of its holder."""
_BREATHS = frozenset('،,-–—:"«“()')


@cache
def titles() -> Phrases[Row]:
    """The table of titles and offices."""
    return Phrases(forms("titles"))


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("title_modifiers"))


def titled_persons(text: Tokenized, at: At) -> list[Candidate]:
    """``وزير الخارجية الروسي سيرغي لافروف``: the name, with the office as its title."""
    found: list[Candidate] = []
    index = 0
    while index < len(text.tokens):
        match = titles().at(text, index)
        if match is None:
            index += 1
            continue
        candidate = _holder(text, match, at)
        if candidate is not None:
            found.append(candidate)
        index = match.last
    return found


def _holder(text: Tokenized, match: Match[Row], at: At) -> Candidate | None:
    office = match.value["kind"] == "office" or match.value["form"] in _professions()
    definite = (
        not office
        or text.tokens[match.first].folded.lstrip("وفبلك").removeprefix("ا").startswith("ل")
        or "نظير" in match.value["form"]
    )
    index, breaths, last_title = match.last, 0, match.last
    while index < len(text.tokens) and index - match.first < _REACH:
        person = _person_at(text, index, at, strict=breaths > 0)
        if person is not None and person.rule == "titled-word" and not definite:
            return None
        if person is not None:
            return _with_title(person, match.first, last_title)
        step, breath = _passed(text, index, at, office)
        breaths += breath
        if not step or breaths > 1:
            return None
        index += step
        last_title = last_title if breath else index
    return None


@cache
def _professions() -> frozenset[str]:
    """Titles that may have a field behind them (``الباحث الليبي في العلاقات الدولية``)."""
    fields = (row["form"].removesuffix(" في") for row in table("titles") if row["kind"] == "office")
    return frozenset(form for form in fields if form.startswith("ال"))


def _with_title(person: Candidate, first: int, last: int) -> Candidate:
    return replace(person, title=(first, min(last, person.first)))


def _passed(text: Tokenized, index: int, at: At, office: bool) -> tuple[int, int]:
    """How many tokens between an office and its holder to step over, and whether a comma or dash was among them."""
    token = text.tokens[index]
    known = at.get(index)
    if known is not None and known.type != "PER":
        return (known.last - index, 0) if office or known.type == "ORG" else (0, 0)
    if token.text in _BREATHS:
        return 1, 1
    if token.kind != "word":
        return 0, 0
    another = titles().at(text, index)
    if another is not None:
        return another.last - index, 0
    word = token.folded
    if word in _modifiers() or nation(word) is not None or (office and word in words("office-link")):
        return 1, 0
    definite = word.removeprefix("و").startswith("ال") or word.startswith("لل")
    return (1, 0) if office and definite and zipf(word) >= 3.5 and word not in stops() else (0, 0)


def _person_at(text: Tokenized, index: int, at: At, strict: bool) -> Candidate | None:
    """The person whose name begins at a token that follows a title."""
    known = at.get(index)
    if known is not None and known.type == "PER":
        end = _chain(text, index, known.last, sure=True) if not known.short else known.last
        return known if end == known.last else _named(text, index, end, "titled-person", 0.8)
    if known is not None and known.rule == "known" and not is_given(text.tokens[index].folded):
        return None
    if text.tokens[index].kind != "word" or text.tokens[index].folded in _modifiers() or _is_title(text, index):
        return None
    weak = _weak_short(text, index)
    end = _chain(text, index, index)
    if weak is not None and end <= index + 1:
        return weak
    return _judged(text, index, end, strict)


def _is_title(text: Tokenized, index: int) -> bool:
    """Another title: unless it is a name too and a name goes on (``سلطان العتواني``)."""
    return titles().at(text, index) is not None and not is_given(text.tokens[index].folded)


def _judged(text: Tokenized, index: int, end: int, strict: bool) -> Candidate | None:
    word = text.tokens[index].folded
    if end == index:
        return None
    if end == index + 1:
        alone = not strict and nation(word) is None and word not in _modifiers() and _names_alone(word)
        return _named(text, index, end, "titled-word", 0.6) if alone else None
    if strict and not is_given(word) and not _is_foreign_pair(text, index):
        return None
    return _named(text, index, end, "titled-person", 0.8)


def _names_alone(word: str) -> bool:
    seen = attested(word)
    if word.startswith(("و", "ل", "ب")) and len(word) > 4 and seen is None:
        return False
    if word.startswith("ال"):
        return seen is not None and seen.given + seen.family > 1
    return is_given(word) or (is_family(word) and zipf(word) < 4.7) or (is_rare(word) and not is_arabic_form(word))


def _is_foreign_pair(text: Tokenized, index: int) -> bool:
    first, second = text.tokens[index].folded, text.tokens[index + 1].folded
    return first in particles() or (is_rare(first) and (is_rare(second) or is_family(second) or second in particles()))


def _weak_short(text: Tokenized, index: int) -> Candidate | None:
    """A family name that stands for one known man only after a title (``الرئيس هادي``)."""
    match = known().at(text, index, clitics=False)
    entry = next((entry for entry in match.value if entry.type == "PER"), None) if match else None
    if match is None or entry is None:
        return None
    return Candidate(
        index, match.last, match.start, match.end, "PER", "known-after-title", 0.75, entry.label, short=True
    )


def _named(text: Tokenized, first: int, last: int, rule: str, score: float, start: int | None = None) -> Candidate:
    begin = text.tokens[first].start if start is None else start
    return Candidate(first, last, begin, text.tokens[last - 1].end, "PER", rule, score)


def _chain(text: Tokenized, first: int, index: int, sure: bool = False) -> int:
    """End of the words of a person's name that began at `first` and goes on at `index`.

    With `sure`, a word that no name attests does not go on it.
    """
    while index < len(text.tokens) and index - first < _LONGEST:
        word = text.tokens[index].folded
        if sure and not (word in particles() or is_given(word) or is_family(word)):
            break
        step = _link(text, first, index)
        if not step:
            break
        index += step
    return index


def _link(text: Tokenized, first: int, index: int) -> int:
    """How many tokens from `index` go on the name that began at `first`."""
    token = text.tokens[index]
    word = token.folded
    if token.text == "-" and index > first and text.tokens[index - 1].end == token.start:
        return _joined(text, index + 1)
    if (
        token.kind != "word"
        or word.startswith("لل")
        or TANWIN in token.text
        or is_on(token)
        or (index > first and _breaks_line(text, index))
    ):
        return 0
    if word in particles():
        following = text.tokens[index + 1] if index + 1 < len(text.tokens) else None
        return 2 if following is not None and following.kind == "word" and following.folded not in stops() else 0
    if index > first and word in words("compound"):
        return 1
    if index > first and titles().at(text, index, clitics=False) is not None and word not in words("title-and-name"):
        return 0
    if index > first and word.startswith("و") and titles().at(text, index) is not None:
        return 0
    if nation(word) is not None and not is_given(word):
        return 1 if word.startswith("ال") and index == first + 1 and is_given(text.tokens[first].folded) else 0
    match = known().at(text, index, clitics=False)
    if match is not None and match.value[0].type == "LOC" and match.value[0].sure and not _is_personal(text, index):
        return 0
    return 1 if is_name_word(word) or _is_known_length(text, first, index) else 0


def _is_known_length(text: Tokenized, first: int, index: int) -> bool:
    """After ``فلان بن فلان`` even a common definite word is the family (``حسين بن إبراهيم العوض``)."""
    word = text.tokens[index].folded
    begun = all(token.folded in particles() or is_given(token.folded) for token in text.tokens[first:index])
    common = 4.2 if index - first < 2 else 4.6
    return (
        index > first
        and begun
        and word.startswith("ال")
        and word not in stops()
        and word not in _modifiers()
        and zipf(word) < common
        and not (word.endswith(("ين", "ون", "ات")) and attested(word) is None)
    )


def _is_personal(text: Tokenized, index: int) -> bool:
    """Is the name of a place here part of a person's name (``قطر``, ``عدنان الرياض``)?  Only if attested as one."""
    return is_given(text.tokens[index].folded) and zipf(text.tokens[index].folded) < 4.5


def _joined(text: Tokenized, index: int) -> int:
    if index >= len(text.tokens) or text.tokens[index - 1].end != text.tokens[index].start:
        return 0
    word = text.tokens[index].folded
    return 2 if is_name_word(word) and not word.startswith("ال") and known().at(text, index) is None else 0


def _breaks_line(text: Tokenized, index: int) -> bool:
    return "\n" in text.text[text.tokens[index - 1].end : text.tokens[index].start]


def given_chains(text: Tokenized, at: At) -> list[Candidate]:
    """A given name and at least one word more that names use, without any title."""
    found: list[Candidate] = []
    index = 0
    while index < len(text.tokens):
        candidate = _given_chain(text, index, at)
        if candidate is not None:
            found.append(candidate)
        index = candidate.last if candidate is not None else index + 1
    return found


def _given_chain(text: Tokenized, index: int, at: At) -> Candidate | None:
    token = text.tokens[index]
    known = at.get(index)
    if token.kind != "word" or (known is not None and known.type != "PER"):
        return None
    start = _given_start(text, index)
    if start is None:
        return None
    end = _chain(text, index, index + (2 if _bare(text, index, start) in particles() else 1))
    if end - index < 2 or not _is_sound(text, index, end, start):
        return None
    return _named(text, index, end, "given-and-family", 0.7, start)


def _bare(text: Tokenized, index: int, start: int) -> str:
    return fold(text.text[start : text.tokens[index].end])


def _given_start(text: Tokenized, index: int) -> int | None:
    """Where a given name begins in a token, which may have a clitic before it."""
    token = text.tokens[index]
    if is_on(token):
        return None
    if (
        is_given(token.folded)
        or token.folded in ("ابو", "عبد", "ابي")
        or (token.folded == "ام" and token.text.startswith("أ"))
    ):
        return token.start
    for reading in readings(token.folded):
        if (
            reading.prefix in ("و", "ل", "ب", "ف", "ك")
            and not reading.article
            and _hides_name(token.folded, reading.stem)
        ):
            return stem_start(token, reading.offset)
    return None


def _hides_name(word: str, stem: str) -> bool:
    return zipf(word) < zipf(stem) and (is_given(stem) or stem in ("عبد", "ابو"))


def _is_sound(text: Tokenized, first: int, end: int, start: int) -> bool:
    """Two words at least of which each looks like a name, the common ones backed by others."""
    words = [
        _bare(text, first, start),
        *(token.folded for token in text.tokens[first + 1 : end] if token.kind == "word"),
    ]
    if words[-1] in particles() or len(words) < 2:
        return False
    strong = sum(is_given(word) or word in particles() for word in words) + sum(
        is_family(word) and not is_given(word) for word in words[1:]
    )
    return strong >= 2 or (is_rare(words[1]) and zipf(words[0]) < 5)


@cache
def _verbs() -> frozenset[str]:
    return frozenset(fold(form) for form, row in forms("reporting_verbs") if row["kind"] == "verb" and " " not in form)


def foreign_pairs(text: Tokenized, at: At) -> list[Candidate]:
    """Two words or three that Arabic does not have, after a verb of saying or an adjective of nationality."""
    found = []
    for index in range(1, len(text.tokens) - 1):
        before = text.tokens[index - 1].folded
        cued = (
            before in _verbs()
            or before.removeprefix("و") in _verbs()
            or (nation(before) is not None and before.startswith("ال"))
        )
        if cued and index not in at and _is_foreign(text, index) and _is_foreign(text, index + 1):
            last = index + 3 if _is_foreign(text, index + 2) else index + 2
            found.append(_named(text, index, last, "foreign-pair", 0.55))
    return found


def _is_foreign(text: Tokenized, index: int) -> bool:
    if index >= len(text.tokens) or text.tokens[index].kind != "word" or _breaks_line(text, index):
        return False
    word = text.tokens[index].folded
    if is_on(text.tokens[index]):
        return False
    plain = (
        word.isascii()
        or word.startswith("ال")
        or word.startswith("و")
        or is_arabic_form(word)
        or nation(word) is not None
    )
    return is_given(word) or (zipf(word) < 3.3 and is_rare(word) and not plain)


def led_by(text: Tokenized) -> list[Candidate]:
    """``قوات صالح``: a known short name after a noun for those whom a man leads."""
    found = []
    for index in range(1, len(text.tokens)):
        if text.tokens[index - 1].folded.removeprefix("و") in words("follower") and text.tokens[index].kind == "word":
            candidate = _weak_short(text, index)
            if candidate is not None:
                found.append(candidate)
    return found
