"""Which news agencies a report credits: by name, by code in its dateline or sign-off, or by the word for an agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from khabar.lexicon import forms
from khabar.text import Match, Phrases, Tokenized, fold, tokenize
from khabar.text.quotes import QUOTES, SINGLE

_HEAD, _TAIL = 50, 8
_SHORT = 420
"""Words of a report that goes back to an agency as a whole even where it names it once."""
_OPENING = frozenset("([-–—:|/\n،") | {""}
_CLOSING = frozenset(")]-–—:|/\n")
_STOPS = _CLOSING | frozenset(".,،؛؟!") | {""}
_GAP = "".join(sorted(QUOTES | SINGLE)) + " \t"
_AGENCY = frozenset({"وكاله", "لوكاله", "ووكاله"})
_NEWS_WORDS = frozenset({"وكاله", "الوكاله", "برس", "انباء", "الانباء", "للانباء", "للاعلام", "نيوز"})
_OF_NEWS = frozenset({"للانباء", "الاخباريه", "للاخبار"})


@dataclass(frozen=True, slots=True)
class _Credit:
    label: str
    anywhere: bool
    """False for a code or a short word that is an ordinary one too (``واس``, ``بنا``)."""


@cache
def _agencies() -> Phrases[_Credit]:
    rows = ((form, row) for form, row in forms("outlets") if row["kind"] == "agency")
    return Phrases((_plain(form), _Credit(row["label"], row["sure"] == "yes" or _telling(form))) for form, row in rows)


def _plain(form: str) -> str:
    return " ".join(form.replace(".", " ").split())


def _telling(form: str) -> bool:
    """Does the form name an agency wherever it stands?  One with the word for an agency, news or press does."""
    words = fold(_plain(form)).split()
    return len(words) > 1 and not _NEWS_WORDS.isdisjoint(words)


def _words_only(text: str) -> Tokenized:
    """A text without its punctuation: ``أ.ف.ب`` and ``وكالة «سبأ»`` read like their plain forms."""
    read = tokenize(text)
    words = tuple(token for token in read.tokens if token.kind != "mark")
    return Tokenized(text, words, (), tuple(token.start for token in words))


def credits(text: str) -> tuple[str, ...]:
    """Labels of the agencies that a report credits, in order.

    What stands in the headline, dateline or first sentence is a credit.  Further down, an agency is one if it is the
    only one there and the report is short or names it again; several quoted for a remark each are the root of none.

    >>> credits("باريس - أ ف ب: وصل الوفد."), credits("قال شاهد لوكالة «رويترز» إن الوفد وصل.")
    (('Agence France-Presse',), ('Reuters',))
    >>> credits("ذكرت وكالة «الضفاف» أن الوفد وصل."), credits("زار الوفد وكالة الفضاء.")
    (('وكالة الضفاف',), ())
    """
    words = _words_only(text)
    found = sorted(_mentions(words))
    head = dict.fromkeys(label for at, label in found if at < _HEAD)
    body = dict.fromkeys(label for at, label in found if at >= _HEAD)
    if head or len(body) != 1:
        return tuple(head)
    return (
        tuple(body) if len(found) > 1 or len(words.tokens) <= _SHORT or found[0][0] > len(words.tokens) - _TAIL else ()
    )


def _mentions(words: Tokenized) -> Iterator[tuple[int, str]]:
    """Every agency named so that it may be a credit, with the number of its first word."""
    listed = [match for match in _agencies().find(words) if _is_credit(words, match)]
    taken = {at for match in listed for at in range(match.first, match.last)}
    yield from ((match.first, match.value.label) for match in listed)
    yield from ((at, label) for at, label in _unlisted(words) if at + 1 not in taken)


def agency_of(outlet: str | None) -> str | None:
    """The label of an outlet that is an agency, None for any other.

    >>> agency_of("رويترز"), agency_of("وكالة الضفاف للأنباء"), agency_of("صحيفة الضفاف")
    ('Reuters', 'وكالة الضفاف', None)
    """
    if not outlet:
        return None
    words = _words_only(outlet)
    match = _agencies().at(words, 0) if words.tokens else None
    if match is not None and match.last == len(words.tokens):
        return match.value.label
    return next((label for _, label in _unlisted(words)), None)


def _unlisted(words: Tokenized) -> Iterator[tuple[int, str]]:
    """``وكالة`` with a name of one word that no table has: in quotes, before a stop, or followed by ``للأنباء``."""
    for at, token in enumerate(words.tokens[:-1]):
        if token.folded in _AGENCY and _is_name(words, at + 1):
            yield at, f"وكالة {words.tokens[at + 1].text}"


def _is_name(words: Tokenized, at: int) -> bool:
    token = words.tokens[at]
    if token.folded in _other_agencies() or (token.folded.endswith("يه") and not token.folded.startswith("ال")):
        return False
    if at + 1 < len(words.tokens) and words.tokens[at + 1].folded in _OF_NEWS:
        return True
    quoted = words.text[token.start - 1] in "\"“«'‘"
    return quoted or words.text[token.end : token.end + 3].lstrip(_GAP)[:1] in _STOPS


@cache
def _other_agencies() -> frozenset[str]:
    """Agencies that gather no news (``وكالة الفضاء``)."""
    return frozenset(fold(form) for form, _ in forms("other_agencies"))


def _is_credit(words: Tokenized, match: Match[_Credit]) -> bool:
    if match.value.anywhere:
        return True
    at_edge = match.first < _HEAD or match.last > len(words.tokens) - _TAIL
    before = words.text[max(0, match.start - 4) : match.start].rstrip(" \t")[-1:]
    after = words.text[match.end : match.end + 4].lstrip(" \t")[:1]
    opened = before in _OPENING or not words.text[match.start :].startswith("ال")
    return not match.prefix and at_edge and opened and (after in _CLOSING or after == "")
