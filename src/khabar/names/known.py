"""Rule: a form that a table knows, where nothing speaks against it."""

from __future__ import annotations

from functools import cache

from khabar.lexicon import forms
from khabar.names.candidate import Candidate, name_start
from khabar.names.evidence import is_rare, words, zipf
from khabar.names.gazetteer import Entry, known, nation
from khabar.text import Match, Phrases, Tokenized, fold
from khabar.text.quotes import CLOSER, OPENING

TANWIN = "\u064b"
"""The ending of an adverb (``دوماً``), which no place has."""
_BRACKETS = frozenset({("(", ")")})
_BACK, _WORDS = 2, 3
_DOUBTFUL = 0.55
_OF_A_BASE = frozenset({"الجويه", "البحريه", "العسكريه", "الدولي"})
"""Adjectives of bases and airports."""
_Match = Match[tuple[Entry, ...]]


@cache
def place_nouns() -> frozenset[str]:
    """Folded nouns that stand before the name of a place (``مدينة``)."""
    return frozenset(fold(form) for form, _ in forms("place_heads"))


@cache
def body_nouns() -> frozenset[str]:
    """Folded nouns that stand before the name of an armed group, party or company (``تنظيم``, ``حزب``)."""
    outside = (fold(form) for form, row in forms("body_heads") if row["place"] == "outside")
    return frozenset(outside) - media_nouns() | words("group-noun")


@cache
def media_nouns() -> frozenset[str]:
    """Folded nouns that stand before the name of a medium (``صحيفة``)."""
    kinds = {"Newspaper", "Magazine", "Website", "Channel", "Radio", "Network", "Agency", "Portal"}
    outside = (fold(form) for form, row in forms("body_heads") if row["label"] in kinds and row["form"] != "جهاز")
    return frozenset(outside)


@cache
def _nouns() -> frozenset[str]:
    return place_nouns() | body_nouns() | media_nouns()


def known_names(text: Tokenized) -> list[Candidate]:
    """Every known form in the text, longest first at each word."""
    found: list[Candidate] = []
    index = 0
    while index < len(text.tokens):
        candidate = _at(text, index)
        if candidate is not None:
            found.append(candidate)
            index = candidate.last if candidate.rule != "known-weak" else index + 1
        else:
            index += 1
    return found


def _at(text: Tokenized, index: int) -> Candidate | None:
    match = known().at(text, index)
    if match is None or _is_unlikely_split(match) or TANWIN in text.tokens[match.last - 1].text:
        return None
    if in_idiom(text, match.first, match.last):
        return None
    media = [entry for entry in match.value if entry.media]
    if media and _is_medium(text, match):
        return _candidate(text, match, media[0], "known-medium", 0.92)
    entry = next((entry for entry in match.value if entry.sure or _is_backed(text, match, entry)), None)
    if entry is None or (
        entry.type == "LOC" and (_is_adjective(text, match) or _is_counted(text, match) or _is_accusative(text, match))
    ):
        return None
    score = _DOUBTFUL if is_homograph(text, match) else 0.9 if entry.sure else 0.7
    return _candidate(text, match, entry, "known" if entry.sure else "known-weak", score)


def is_homograph(text: Tokenized, match: _Match) -> bool:
    """Is it one word that is as often no name (``مالي``, ``ترأس``)?  Then the rest of the sentence must tell."""
    return match.last - match.first == 1 and fold(text.text[match.start : match.end]) in words("homograph")


def _candidate(text: Tokenized, match: _Match, entry: Entry, rule: str, score: float) -> Candidate:
    first = _without_noun(text, match, entry)
    start = name_start(text, first, match.start) if first == match.first else text.tokens[first].start
    last = _whole(text, match, entry)
    end = text.tokens[last - 1].end
    return Candidate(first, last, start, end, entry.type, rule, score, entry.label, entry.reference, short=entry.short)


def _whole(text: Tokenized, match: _Match, entry: Entry) -> int:
    """End of a place with its noun that an adjective goes on (``قاعدة عين الأسد الجوية``)."""
    last = match.last
    noun = fold(text.text[match.start : text.tokens[match.first].end])
    if entry.type == "LOC" and match.last - match.first > 1 and noun in place_nouns():
        while last < len(text.tokens) and text.tokens[last].folded in _OF_A_BASE:
            last += 1
    return last


def _without_noun(text: Tokenized, match: _Match, entry: Entry) -> int:
    """First token of the name itself: ``وكالة`` before a name that means the same alone does not belong to it."""
    noun = fold(text.text[match.start : text.tokens[match.first].end])
    if match.last - match.first < 2 or noun not in words("said-before"):
        return match.first
    rest = known().at(text, match.first + 1, clitics=False)
    rare = match.last - match.first == 2 and is_rare(text.tokens[match.first + 1].folded)
    alone = rest is not None and rest.last == match.last and any(_is_same(one, entry, rare) for one in rest.value)
    return match.first + alone


def _is_same(one: Entry, other: Entry, rare: bool) -> bool:
    return (one.sure or (one.media and rare)) and one.label == other.label and one.type == other.type


def _is_medium(text: Tokenized, match: _Match) -> bool:
    """Is it a medium that is meant: after ``صحيفة`` and the like, or alone in angle quotes (``«الشرق الأوسط»``)?"""
    before, _ = _before(text, match.first)
    if before in media_nouns():
        return True
    if before in ("ل", "ب"):
        return True
    if _is_dateline(text, match):
        return True
    if match.first == 0 or match.last >= len(text.tokens) or match.prefix:
        return False
    marks = text.tokens[match.first - 1].text, text.tokens[match.last].text
    credited = marks in _BRACKETS and match.value[0].media and match.last - match.first <= _WORDS
    quoted = CLOSER.get(marks[0]) == marks[1] and _after_agency(text, match.first - 2)
    return marks == ("«", "»") or credited or quoted


def _after_agency(text: Tokenized, at: int) -> bool:
    """``وكالة الأنباء الإيطالية "نوفا"``: a noun of media a few words back, in the same phrase."""
    words = [text.tokens[spot].folded for spot in range(max(0, at - _BACK), at + 1) if text.tokens[spot].kind == "word"]
    return any(word.lstrip("ولب") in media_nouns() or word in media_nouns() for word in words)


def _is_dateline(text: Tokenized, match: _Match) -> bool:
    """Does it open a line before a dash (``عين اليوم – الرياض``)?"""
    token = text.tokens[match.first]
    opens = match.first == 0 or "\n" in text.text[text.tokens[match.first - 1].end : token.start]
    return (
        opens
        and match.last - match.first > 1
        and match.last < len(text.tokens)
        and text.tokens[match.last].text in "-–—:"
    )


def _is_adjective(text: Tokenized, match: _Match) -> bool:
    """Is ``السعودية`` here an adjective of the definite noun before it (``الأراضي السعودية``)?"""
    token = text.tokens[match.first]
    if match.last - match.first > 1 or match.prefix or nation(token.folded) is None or match.first == 0:
        return False
    before = text.tokens[match.first - 1]
    return (
        before.kind == "word"
        and before.folded.lstrip("وفبل").removeprefix("ا").startswith("ل")
        and len(before.folded) > 4
    )


def _is_counted(text: Tokenized, match: _Match) -> bool:
    """Is it people that a number counts (``84 روسيا``: 84 Russians)?"""
    folded = text.tokens[match.first].folded
    one = match.last - match.first == 1 and not match.prefix and folded.endswith("يا")
    return one and match.first > 0 and text.tokens[match.first - 1].kind == "number" and nation(folded[:-1]) is not None


def _is_accusative(text: Tokenized, match: _Match) -> bool:
    """Is it an adjective in the accusative, which looks like its country (``مصدرا عسكريا ليبيا``)?"""
    folded = text.tokens[match.first].folded
    if match.last - match.first > 1 or match.prefix or match.first == 0 or nation(folded[:-1]) is None:
        return False
    before = text.tokens[match.first - 1]
    adjective = before.folded.endswith("يا") and known().at(text, match.first - 1) is None
    return folded.endswith("يا") and (adjective or before.folded in words("accusative-noun"))


@cache
def _idioms() -> Phrases[str]:
    return Phrases((form, form) for form, _ in forms("idioms"))


def in_idiom(text: Tokenized, first: int, last: int) -> bool:
    """Are tokens `first` to `last` (left out) part of a phrase that names nobody (``حصة الأسد``, ``مسقط رأسه``)?"""
    around = (_idioms().at(text, at) for at in range(max(0, first - 1), first + 1))
    return any(idiom is not None and idiom.last >= last for idiom in around)


def _is_unlikely_split(match: _Match) -> bool:
    """A clitic before a form of three letters or less is more often part of another word (``باب``)."""
    length = match.end - match.start
    if match.prefix and match.last == match.first + 1:
        return length <= 2 or (length == 3 and match.prefix not in ("و", "ل", "ب", "ف", "ك")) or match.prefix[-1] == "س"
    return False


def _is_backed(text: Tokenized, match: _Match, entry: Entry) -> bool:
    """Do the words before an unsure form say what it is?"""
    before, _ = _before(text, match.first)
    word = text.tokens[match.last - 1]
    if word.text.endswith("ه") and zipf(word.folded[:-1]) >= 3.5:
        return False
    if entry.type == "LOC":
        located = before in words("locative") or match.prefix.endswith("ب")
        return before in place_nouns() or (located and zipf(word.folded) < 4.3)
    if entry.type == "ORG":
        return not entry.media and before in body_nouns()
    return False


def _before(text: Tokenized, index: int) -> tuple[str, bool]:
    """The word before a token, and whether an opening mark stands between."""
    at = index - 1
    quoted = at >= 0 and text.tokens[at].text in OPENING
    while at >= 0 and text.tokens[at].kind == "mark" and text.tokens[at].text in OPENING:
        at -= 1
    if at < 0 or text.tokens[at].kind == "mark":
        return "", quoted
    word = text.tokens[at].folded
    return (word[1:] if word[:1] in ("و", "ل", "ب", "ف") and word[1:] in _nouns() else word), quoted
