"""Sentences by which a site speaks to its reader: follow us, subscribe, log in; and who the author is.

They end with a full stop as the report's own do, so each rule asks for more than one sign.
"""

from __future__ import annotations

from functools import cache

from khabar.lexicon import forms
from khabar.readers.lines import Page, words_of

_LONGEST = 32
_QUOTES = frozenset('"«»“”')
_LAST = 3
"""Lines at the end of a report among which one may tell of its author."""


@cache
def _words(match: str) -> frozenset[str]:
    rows = (form for form, row in forms("rubbish") if row["match"] == match)
    return frozenset(" ".join(words_of(form)) for form in rows)


@cache
def _channels() -> frozenset[str]:
    networks = (form for form, row in forms("rubbish") if row["kind"] == "network")
    return _words("channel") | {" ".join(words_of(form)) for form in networks if len(form) > 1}


def appeal(page: Page, at: int) -> bool:
    """``تابعوا قناتنا على واتساب``: asks the reader for something, and names a channel, the site or the reader.

    Amid the prose it must begin with the request and speak of ``our`` channel, of the outlet by name or to the
    reader; around the prose two signs of the three are enough.  What is quoted is no appeal.
    """
    line = page.lines[at]
    if not 1 <= len(line.words) <= _LONGEST or _QUOTES & set(line.text):
        return False
    if page.at_edge(at) and " ".join(line.words) in _words("appeal"):
        return True
    asks = line.words[0] in _words("appeal") or " ".join(line.words[:2]) in _words("appeal")
    channel = any(word in _channels() for word in line.words)
    to_reader = any(word in _words("reader") for word in line.words)
    ours = to_reader or (channel and _names_outlet(page, line.words))
    if not page.at_edge(at):
        return asks and ours
    return asks + channel + to_reader >= 2


def _names_outlet(page: Page, words: tuple[str, ...]) -> bool:
    size = len(page.outlet)
    return size > 0 and any(words[at : at + size] == page.outlet for at in range(len(words) - size + 1))


def terms_of_use(page: Page, at: int) -> bool:
    """One of the last paragraphs, on ``سياسة الخصوصية`` and ``شروط الاستخدام``: two such terms at least."""
    if at < max(page.head, len(page.lines) - _LAST):
        return False
    text = f" {' '.join(page.lines[at].words)} "
    return sum(f" {term} " in text for term in _terms()) >= 2


@cache
def _terms() -> frozenset[str]:
    openings = (form for form, row in forms("rubbish") if (row["kind"], row["match"]) == ("consent", "start"))
    return _words("terms") | {" ".join(words_of(form)) for form in openings}


def author_bio(page: Page, at: int) -> bool:
    """``سلمى حداد صحفية في ...`` among the last lines, where she wrote the report; ``كاتب وباحث`` behind the prose."""
    line = page.lines[at]
    if at < len(page.lines) - _LAST or at < page.head or len(line.words) > _LONGEST:
        return False
    size = len(page.author)
    if size and line.words[:size] == page.author:
        return any(word in _words("profession") for word in line.words[size : size + 2])
    return at >= page.tail and len(line.words) >= 2 and line.words[0] in _words("profession")
