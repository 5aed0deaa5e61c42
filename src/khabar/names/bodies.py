"""Rules for organisations: a noun such as ``وزارة`` or ``حزب`` with what completes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from khabar.lexicon import Row, forms
from khabar.names.candidate import Candidate, is_on, name_start
from khabar.names.evidence import is_arabic_form, is_given, is_name_word, is_rare, stops, words, zipf
from khabar.names.gazetteer import Nation, adjectives, country_codes, nation
from khabar.text import Match, Phrases, Tokenized, fold, tokenize
from khabar.text.quotes import CLOSING, OPENING

At = Mapping[int, Candidate]
"""Known names by the token that they begin with."""

_LONGEST = 7
_STRONG = 0.75
_MINISTRY = "وزارة "
_VAGUE = "القوات"
"""Forces, which a party may be called too."""
_MALIAN = frozenset({"المالي", "الماليه"})
_AFFAIRS = frozenset({"وشوون", "وشؤون", "وشئون"})


@cache
def _states() -> Phrases[Row]:
    return Phrases(forms("state_bodies"))


@cache
def _heads() -> Phrases[Row]:
    return Phrases(forms("body_heads"))


@cache
def _ends() -> frozenset[str]:
    """Definite words that complete no name: days, titles, stop words."""
    return stops() | {fold(form) for name in ("weekdays", "titles") for form, _ in forms(name)}


def state_bodies(text: Tokenized, at: At) -> list[Candidate]:
    """``الجيش الليبي``; and without a nationality what is a name even so (``وزارة الداخلية``)."""
    found = []
    for match in _states().find(text):
        candidate = _state_body(text, match, at)
        if candidate is not None:
            found.append(candidate)
    return found


def _state_body(text: Tokenized, match: Match[Row], at: At) -> Candidate | None:
    label, last = match.value["label"], match.last
    wider = _second_field(text, match)
    if wider > last:
        national = wider < len(text.tokens) and nation(text.tokens[wider].folded) is not None
        return _body(text, match, wider + national, "two-fields", 0.75, None)
    following = text.tokens[last].folded if last < len(text.tokens) else ""
    state = _nation(following, label) if _agrees(match.value["form"], following) else None
    if state is not None:
        return _body(text, match, last + 1, "state-body", 0.85, f"{state.adjective} {label}")
    country = at.get(last)
    if (
        country is not None
        and country.reference
        and country.start == text.tokens[last].start
        and not match.value["form"].startswith("ال")
    ):
        return _body(text, match, country.last, "state-body", 0.75, f"{_adjective(country.label)} {label}")
    return _body(text, match, last, "bare-state-body", 0.7, None) if match.value["bare"] == "yes" else None


def _nation(adjective: str, label: str) -> Nation | None:
    """The state of a nationality; ``المالية`` is one only behind an army, else finance."""
    malian = adjective in _MALIAN and label.endswith(("Army", "Armed Forces"))
    return Nation("ML", "Malian") if malian else nation(adjective)


def _second_field(text: Tokenized, match: Match[Row]) -> int:
    """End of ``وزارة الثقافة والسياحة``, ``وزارة الخارجية وشؤون المغتربين``; else that of the ministry itself."""
    last = match.last
    if not match.value["form"].startswith(_MINISTRY) or last >= len(text.tokens):
        return last
    word = text.tokens[last].folded
    if word.startswith("وال") and _is_definite(word[1:]) and word[1:] not in _plain_bodies():
        last += 1
    elif word in _AFFAIRS:
        return last + 2 if last + 1 < len(text.tokens) and _is_definite(text.tokens[last + 1].folded) else last
    else:
        return last
    if last < len(text.tokens) and _is_definite(text.tokens[last].folded) and nation(text.tokens[last].folded) is None:
        last += 1
    return last


def _agrees(noun: str, adjective: str) -> bool:
    """Does a definite adjective agree with a noun?  ``وزير الخارجية القطري`` has no ministry in it.

    >>> _agrees("الخارجية", "القطري"), _agrees("القوات المسلحة", "القطريه"), _agrees("الجيش", "القطري")
    (False, True, True)
    """
    head = noun.split()[0]
    feminine = head.endswith(("ة", "ات")) or fold(head) in words("feminine")
    if not adjective.startswith("ال") or adjective.endswith(("ون", "ين", "ات")):
        return False
    return adjective.endswith("ه") == feminine or (head == "خفر" and adjective.endswith("ه"))


def _adjective(label: str | None) -> str:
    state = adjectives().get(country_codes().get(label or "", ""))
    return state.adjective if state else str(label)


def _body(text: Tokenized, match: Match[Row], last: int, rule: str, score: float, label: str | None) -> Candidate:
    start = name_start(text, match.first, match.start)
    return Candidate(match.first, last, start, text.tokens[last - 1].end, "ORG", rule, score, label)


def state_label(text: Tokenized, found: Candidate) -> str | None:
    """What a state body is called in English without its nationality; None where the name is more than that body."""
    match = _states().at(text, found.first)
    return match.value["label"] if match and match.last >= found.last - found.rule.startswith("state") else None


@cache
def official() -> dict[str, str]:
    """What the table of organisations calls a state's body, by what it would be called without it.

    >>> official()["Lebanese Army"]
    'Lebanese Armed Forces'
    """
    found: dict[str, str] = {}
    for form, row in forms("organisations"):
        text = tokenize(form)
        match = _states().at(text, 0, clitics=False)
        state = nation(text.tokens[-1].folded)
        vague = match is not None and match.value["form"] == _VAGUE
        if match is not None and not vague and state is not None and match.last == len(text.tokens) - 1:
            found.setdefault(f"{state.adjective} {match.value['label']}", row["label"])
    return found


def headed_bodies(text: Tokenized, at: At) -> list[Candidate]:
    """``حزب``, ``جامعة``, ``لجنة``, ... with the definite words that complete the name."""
    found = []
    for match in _heads().find(text):
        if (match.first in at and at[match.first].type == "ORG") or _is_fused(text, match):
            continue
        kind = match.value["place"]
        if _is_unity(match, at) or _is_apposition(match, at):
            continue
        candidate = _named_after(text, match, at) if kind == "outside" else _completed(text, match, kind, at)
        if candidate is not None:
            found.append(candidate)
    return found


def _is_unity(match: Match[Row], at: At) -> bool:
    """``وحدة السودان`` is that a country is one, no unit."""
    found = at.get(match.last)
    return match.value["form"] == "وحدة" and found is not None and found.type == "LOC"


def _is_apposition(match: Match[Row], at: At) -> bool:
    """``منظمة اليونيسف``: the noun only says what kind of body the name is of."""
    found = at.get(match.last)
    one = found is not None and found.type == "ORG" and found.last - found.first == 1
    return match.value["form"] == "منظمة" and one


def _is_fused(text: Tokenized, match: Match[Row]) -> bool:
    """``للجنة`` may be ``ل`` with ``اللجنة``, which begins no idafa."""
    return match.prefix.endswith("ل") and text.text[match.start] == "ل"


def _completed(text: Tokenized, match: Match[Row], kind: str, at: At) -> Candidate | None:
    last, words, backed = _complement(text, match.last, at)
    needed = {"strong": 1, "medium": 2, "weak": 3}[kind]
    if last == match.last or not (backed or words >= needed) or (kind == "weak" and not backed):
        return None
    score = _STRONG if kind == "strong" else (0.65 if backed else 0.6)
    return Candidate(
        match.first,
        last,
        name_start(text, match.first, match.start),
        text.tokens[last - 1].end,
        "ORG",
        f"headed-body-{kind}",
        score,
    )


def _complement(text: Tokenized, index: int, at: At) -> tuple[int, int, bool]:
    """End of the words that complete a noun, how many they are, whether a nationality or a place backs them."""
    last, words = index, 0
    while last < len(text.tokens) and last - index < _LONGEST and not _begins_line(text, last):
        known = at.get(last)
        if (
            known is not None
            and known.start == text.tokens[last].start
            and known.type == "LOC"
            and known.rule == "known"
        ):
            return known.last, words + 1, True
        if not words and _is_field(text, last, at):
            return at[last + 1].last, 2, True
        if words and text.tokens[last].folded == "في":
            return _located(last, words, at)
        word = text.tokens[last].folded
        step = _step(text, last, words, at)
        if not step:
            break
        last, words = last + step, words + 1
        if nation(word) is not None and word.startswith("ال"):
            return last, words, True
    return last, words, False


def _begins_line(text: Tokenized, index: int) -> bool:
    return index > 0 and "\n" in text.text[text.tokens[index - 1].end : text.tokens[index].start]


def _is_field(text: Tokenized, index: int, at: At) -> bool:
    """Is it the field of a body before the place that it is for (``دائرة صحة ديالى``, ``محكمة استئناف عدن``)?"""
    token, place = text.tokens[index], at.get(index + 1)
    if place is None or place.type != "LOC" or place.rule != "known" or place.start != text.tokens[index + 1].start:
        return False
    return token.kind == "word" and not token.folded.startswith("ال") and token.folded not in stops() | _placed()


@cache
def _placed() -> frozenset[str]:
    """Nouns of places, which stand before their name as an apposition (``مجلس محافظة نينوى``)."""
    return frozenset(fold(form) for form, _ in forms("place_heads"))


def _located(last: int, words: int, at: At) -> tuple[int, int, bool]:
    """A place after ``في`` does not belong to the name; it backs it."""
    return last, words, last + 1 in at and at[last + 1].type == "LOC" and words > 1


def _step(text: Tokenized, last: int, words: int, at: At) -> int:
    """How many tokens from `last` go on the name: a definite word, or an indefinite one before a definite one."""
    word = text.tokens[last].folded
    if text.tokens[last].kind != "word" or is_on(text.tokens[last]):
        return 0
    if _is_definite(word) or (words and word.startswith("لل") and len(word) > 4):
        return 1
    if (
        words
        and word.startswith("وال")
        and _is_definite(word[1:])
        and word[1:] not in _plain_bodies()
        and zipf(word[1:]) < 5.6
    ):
        return 0 if last in at else 1
    following = text.tokens[last + 1].folded if last + 1 < len(text.tokens) else ""
    joins = not words or (word.startswith("ل") and len(word) > 3)
    return (
        2
        if joins and word not in stops() and _is_definite(following) and zipf(word) > 3 and nation(word) is None
        else 0
    )


def _is_definite(word: str) -> bool:
    return word.startswith("ال") and len(word) > 4 and word not in _ends()


@cache
def _plain_bodies() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("state_bodies"))


def _named_after(text: Tokenized, match: Match[Row], at: At) -> Candidate | None:
    """The name after a noun outside it: quoted (``صحيفة «الوطن»``), or of words that Arabic does not have."""
    first = match.last
    if first >= len(text.tokens):
        return None
    if text.tokens[first].text in OPENING:
        return _quoted(text, first + 1)
    last = first
    while last < len(text.tokens) and last - first < 3 and _is_foreign(text.tokens[last].folded):
        last += 1
    if last == first or first in at:
        return None
    return Candidate(first, last, text.tokens[first].start, text.tokens[last - 1].end, "ORG", "named-after-noun", 0.55)


def _is_foreign(word: str) -> bool:
    return (
        len(word) > 3
        and is_name_word(word)
        and is_rare(word)
        and not is_arabic_form(word)
        and not word.startswith("ال")
        and not is_given(word)
        and nation(word) is None
    )


def _quoted(text: Tokenized, first: int) -> Candidate | None:
    for last in range(first, min(first + 5, len(text.tokens))):
        if text.tokens[last].text in CLOSING:
            if last == first or text.tokens[first].kind != "word":
                return None
            return Candidate(
                first, last, text.tokens[first].start, text.tokens[last - 1].end, "ORG", "quoted-body", 0.7
            )
        if text.tokens[last].kind == "mark" and text.tokens[last].text not in ".-":
            return None
    return None
