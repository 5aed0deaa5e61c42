"""Lines that belong to the web page and not to the report.

Each rule is a small function that says of one line whether it is rubbish of its kind; the first in `RULES` that
says yes names the deletion.  Most look only before the first paragraph and after the last one.  What they take
is recorded in the plan as ``rubbish:KIND``, so nothing is lost.  First rule: a report copied cleanly stays as it
is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from khabar.lexicon import forms
from khabar.model import Edit
from khabar.readers.appeals import appeal, author_bio, terms_of_use
from khabar.readers.lines import LONG, Line, Page, alike, words_of
from khabar.repair.steps import Ruled

Rule = Callable[[Page, int], bool]
Taken = dict[int, str]
"""Number of a line → the rule that takes it out."""

_LONGEST = 600
"""Characters beyond which a line is not looked at: no rubbish is so long."""
_LISTS = frozenset({"related", "elsewhere", "tags", "contributors", "comments", "copyright"})
"""Kinds whose heading is followed by more of the kind."""
_BEHIND = frozenset({"elsewhere", "comments", "copyright", "subscription"})
"""Kinds that stand behind a report, never amid it."""
_MOST = 0.6
"""Part of a text's words behind which such a heading ends the report."""


@cache
def _table(match: str) -> dict[str, tuple[str, bool]]:
    """Folded forms of one way to match → kind, and whether it counts anywhere or only at the edges."""
    rows = ((form, row) for form, row in forms("rubbish") if row["match"] == match)
    return {" ".join(words_of(form)): (row["kind"], row["where"] == "any") for form, row in rows}


@cache
def _longest_start() -> int:
    return max(len(form.split()) for match in ("start", "opening") for form in _table(match))


@cache
def _agencies() -> frozenset[str]:
    rows = ((form, row) for form, row in forms("outlets") if row["kind"] == "agency")
    return frozenset(" ".join(words_of(form)) for form, _ in rows)


def _from_table(page: Page, at: int) -> str | None:
    """The kind of a line that the table knows, whole or by its beginning."""
    line = page.lines[at]
    found = _whole(line) or _by_beginning(line)
    if found is None:
        return None
    kind, anywhere = found
    if not anywhere and not page.at_edge(at):
        return None
    return "share" if kind == "network" else kind  # a network's name alone is a button


def opens_list(text: str) -> bool:
    """Is a line the heading of what stands behind a report: ``مواضيع ذات صلة``, ``التعليقات``, ``جميع الحقوق``?"""
    return _label(text) in _LISTS | {"subscription"}


def ends_report(text: str) -> bool:
    """Is a line one that stands behind a report only: ``الأكثر قراءة``, ``التعليقات (14)``, never amid it?"""
    return _label(text) in _BEHIND


def _label(text: str) -> str | None:
    line = Line(0, len(text), text.strip(), words_of(text))
    if len(line.text) > _LONGEST:
        return None
    found = _whole(line) or _by_beginning(line)
    return found[0] if found else None


def _whole(line: Line) -> tuple[str, bool] | None:
    return _table("line").get(line.key) or _table("comments").get(line.key)


def is_label(text: str) -> bool:
    """Is a line one that every page of a site bears: ``طباعة``, ``الصفحة الرئيسية``?"""
    return " ".join(words_of(text)) in _table("line")


def is_network(name: str) -> bool:
    """Is this the name of a network on which outlets have channels: Telegram, ``فيسبوك``?"""
    found = _table("line").get(" ".join(words_of(name)))
    return found is not None and found[0] == "network"


def _by_beginning(line: Line) -> tuple[str, bool] | None:
    stopped = line.text.endswith(".") and not line.text.endswith("..") and ":" not in line.text[:20]
    prose = len(line.words) >= LONG or stopped
    for count in range(min(_longest_start(), len(line.words)), 0, -1):
        start = " ".join(line.words[:count])
        found = _table("opening").get(start) or (None if prose else _table("start").get(start))
        if found is not None:
            return found
    return None


_DEGREES = re.compile(r"[℃℉]|°\s*[CFcf]?")


def weather(page: Page, at: int) -> bool:
    """``℃ 11 تركيا``; a lone ``°`` or ``C``."""
    line = page.lines[at]
    return page.at_edge(at) and len(line.words) <= 5 and _DEGREES.search(line.text) is not None


_ORDINAL = re.compile(r"\d{1,2}\s*[/.)-]")
"""``1/`` numbers a passage."""


def count(page: Page, at: int) -> bool:
    """A number alone, or with ``مشاهدة`` and the like: how often the page was read, how long that takes."""
    line = page.lines[at]
    if not page.at_edge(at) or not 1 <= len(line.words) <= 8 or len(line.text) > 60:
        return False
    known = _table("word")
    numbers = [word for word in line.words if word.isdigit()]
    if not numbers or sum(map(len, numbers)) > 8 or _ORDINAL.fullmatch(line.text):
        return False
    return all(word.isdigit() or word in known for word in line.words)


def _owners(text: str) -> bool:
    """Is this the owner of a photo: ``Getty``, ``رويترز``, ``مصور/أ ف ب``?"""
    parts = [" ".join(words_of(part)) for part in re.split(r"[/|،,–-]", text)]
    return len(text) <= 60 and any(part in _agencies() or part in _table("credit") for part in parts)


def credit(page: Page, at: int) -> bool:
    """The owner of a photo, alone on a line.  An agency's name alone counts only in brackets.

    ``(رويترز)`` after the last paragraph is the signature of the report and stays.
    """
    line = page.lines[at]
    if len(line.words) > 4:
        return False
    if " ".join(line.words) in _table("credit"):
        return True
    in_brackets = line.text.startswith("(") and line.text.endswith(")")
    return in_brackets and at < page.tail and _owners(line.text[1:-1])


_BRACKET_AT_END = re.compile(r"(?s)^(?P<what>.*\S)\s*[(\[](?P<who>[^()\[\]]{2,60})[)\]]$")
_SLASH_AT_END = re.compile(r"(?s)^(?P<what>.*\S)\s*[/|-]\s*(?P<who>[\w .]{2,30})$")


def caption(page: Page, at: int) -> bool:
    """What stands under a photo: a short line without a full stop that ends with the photo's owner.

    ``القاهرة (رويترز)`` before the prose is where the report was filed, not a caption.
    """
    line = page.lines[at]
    if len(line.words) >= LONG:
        return False
    found = _BRACKET_AT_END.match(line.text) or _SLASH_AT_END.match(line.text)
    if found is None or not _owners(found["who"]) or found["what"].endswith("."):
        return False
    if found.re is _SLASH_AT_END and " ".join(words_of(found["who"])) not in _table("credit"):
        return False
    return len(words_of(found["what"])) >= (3 if at < page.head else 2)


def photo_of(page: Page, at: int) -> bool:
    """``صورة من اللقاء - المكتب الإعلامي``: a line about a photo that is no sentence."""
    line = page.lines[at]
    if at == 0 or not line.words or line.words[0] != "صوره" or len(line.words) > 14 or line.ends_sentence:
        return False
    return len(line.words) == 1 or line.words[1][0] in "لم" or "-" in line.text


_PHOTOGRAPHER = re.compile(r"(?:^|[\s(/-])(?:تصوير|بعدسة|عدسة)\s*[:/-]")


def photo_by(page: Page, at: int) -> bool:
    """``الوزير في الميناء / تصوير: سعاد علي``: a caption that names the photographer."""
    line = page.lines[at]
    return len(line.words) < LONG and not line.ends_sentence and _PHOTOGRAPHER.search(line.text) is not None


def hashtags(page: Page, at: int) -> bool:
    """A line of nothing but ``#كلمات``."""
    parts = page.lines[at].text.split()
    return all(part.startswith("#") and len(part) > 1 for part in parts)


def doubled_headline(page: Page, at: int) -> bool:
    """The headline a second time, to the letter; or a near copy of it that another one follows."""
    line, head = page.lines[at], page.lines[: page.head]
    if at >= page.head or len(line.words) < 3:
        return False
    if any(other.words == line.words for other in head[:at]):
        return True
    if any(len(other.words) >= 4 for other in head[:at]):
        return False
    later = [below for below in range(at + 1, page.head) if head[below].words != line.words]
    return any(alike(line, head[below]) and not breadcrumb(page, below) for below in later)


_CRUMB = re.compile(r"\s*[/›>|←\\]\s*|\s+»\s+")


def breadcrumb(page: Page, at: int) -> bool:
    """``الرئيسية / أخبار / العنوان``: the way through the site to this page."""
    parts = [" ".join(words_of(part)) for part in _CRUMB.split(page.lines[at].text)]
    if at >= page.head or len(parts) < 2:
        return False
    return _table("line").get(parts[0], ("", False))[0] == "navigation"


RULES: tuple[tuple[str, Rule], ...] = (
    ("weather", weather),
    ("count", count),
    ("credit", credit),
    ("caption", caption),
    ("caption", photo_of),
    ("caption", photo_by),
    ("tags", hashtags),
    ("breadcrumb", breadcrumb),
    ("doubled-headline", doubled_headline),
    ("appeal", appeal),
    ("contributors", author_bio),
    ("consent", terms_of_use),
)


def find_rubbish(page: Page) -> Taken:
    """Lines that are rubbish by themselves, by the list above them, or because a paragraph repeats them."""
    taken = {at: kind for at in range(len(page.lines)) if (kind := _kind(page, at)) is not None}
    for rule in (_lists, _behind, _pull_quotes):
        for at, kind in rule(page, taken):
            taken.setdefault(at, kind)
    return taken


def _kind(page: Page, at: int) -> str | None:
    if len(page.lines[at].text) > _LONGEST:
        return None
    known = _from_table(page, at)
    if known is not None:
        return known
    return next((kind for kind, rule in RULES if rule(page, at)), None)


def _lists(page: Page, taken: Taken) -> Iterator[tuple[int, str]]:
    """What stands in a list under ``اقرأ أيضا``, ``الوسوم``, ``المساهمون``: after the prose all that is left."""
    for at, kind in list(taken.items()):
        if kind in _LISTS and at >= page.tail:
            yield from ((below, kind) for below in range(at + 1, len(page.lines)))
        elif kind == "related" and _is_bare_label(page.lines[at]):
            yield from ((below, kind) for below in _links_below(page, at))


def _behind(page: Page, taken: Taken) -> Iterator[tuple[int, str]]:
    """What readers wrote, and teasers of other reports: all that follows a bare ``التعليقات`` or ``الأكثر قراءة``."""
    words = sum(len(line.words) for line in page.lines)
    above = 0
    for at, line in enumerate(page.lines):
        above += len(line.words)
        kind = taken.get(at) or _table("comments").get(line.key, ("", False))[0]
        if above >= _MOST * words and len(line.words) <= 5 and kind in {"comments", "elsewhere"}:
            yield from ((below, kind) for below in range(at, len(page.lines)))
            return


def _is_bare_label(line: Line) -> bool:
    return line.key in _table("line") or line.key in _table("start")


def _links_below(page: Page, at: int) -> Iterator[int]:
    """The headlines under a bare ``اقرأ أيضا`` amid the prose: one at least, more where no empty line parts them."""
    for below in range(at + 1, min(at + 5, len(page.lines))):
        line = page.lines[below]
        if not 3 <= len(line.words) < 16 or line.ends_sentence or (below > at + 1 and page.gap(below).count("\n") > 1):
            return
        yield below


_QUOTED_WORDS = 6


def _pull_quotes(page: Page, taken: Taken) -> Iterator[tuple[int, str]]:
    """Lines amid the prose that print a passage of it again, in large letters: no full stop, the same words.

    The first word may have lost its ``و``: the passage is looked up by the words after it.
    """
    wanted = [at for at in range(page.head, page.tail) if at not in taken and _may_be_quoted(page.lines[at])]
    places = _where(page, {page.lines[at].words[1:_QUOTED_WORDS] for at in wanted})
    for at in wanted:
        words = page.lines[at].words
        found = ((page.lines[other], first) for other, first in places[words[1:_QUOTED_WORDS]] if other != at)
        if any(_repeats(other, first, words) for other, first in found):
            yield at, "pull-quote"


def _may_be_quoted(line: Line) -> bool:
    return (
        _QUOTED_WORDS <= len(line.words) <= 60
        and len(line.text) <= _LONGEST
        and not line.ends_sentence
        and line.text[0] not in "*•-–"
    )


_Starts = dict[tuple[str, ...], list[tuple[int, int]]]


def _where(page: Page, starts: set[tuple[str, ...]]) -> _Starts:
    """For each run of words the lines and places where it stands; one pass over the text."""
    found: _Starts = {start: [] for start in starts}
    size = _QUOTED_WORDS - 1
    for at, line in enumerate(page.lines if starts else ()):
        for first in range(1, len(line.words) - size + 1):
            places = found.get(line.words[first : first + size])
            if places is not None and len(places) < 20:
                places.append((at, first))
    return found


def _repeats(line: Line, first: int, quote: Sequence[str]) -> bool:
    """Does a longer line, or one that ends as a sentence, go on at word `first` as the quote after its first?"""
    words = line.words
    if len(words) <= len(quote) and not line.ends_sentence:
        return False
    same = words[first : first + len(quote) - 1] == tuple(quote[1:])
    return same and words[first - 1].lstrip("وف") == quote[0].lstrip("وف")


def above_headline(page: Page, taken: Taken, headline: int | None) -> Iterator[tuple[int, str]]:
    """Short lines above the headline, where other rubbish shows that a site's head was copied along."""
    above = range(headline or 0)
    if sum(at in taken for at in above) >= 2:
        yield from ((at, "navigation") for at in above if len(page.lines[at].words) <= 3)


def ornaments(page: Page, taken: Taken) -> Iterator[tuple[int, str]]:
    """A lone ``|`` or ``-`` before the prose, left over between lines that went."""
    for at in range(page.head):
        if not page.lines[at].words and (at - 1 in taken or at + 1 in taken):
            yield at, "ornament"


def deletions(page: Page, taken: Taken) -> list[Ruled]:
    """The edits that take lines out, each with the larger of the gaps around its run kept."""
    edits: list[Ruled] = []
    for first, last in _runs(sorted(taken)):
        keep_after = first > 0 and (last == len(page.lines) or page.gap(last).count("\n") > page.gap(first).count("\n"))
        for at in range(first, last):
            start, end = _stretch(page, at, keep_after=keep_after)
            edits.append((f"rubbish:{taken[at]}", Edit(start, end, "")))
    return edits


def _stretch(page: Page, at: int, *, keep_after: bool) -> tuple[int, int]:
    """A line with the white space before it, or with that after it."""
    if keep_after:
        return page.lines[at - 1].end, page.lines[at].end
    end = page.lines[at + 1].start if at + 1 < len(page.lines) else len(page.text)
    return page.lines[at].start, end


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of numbers that follow one another, the end left out."""
    first = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[first], numbers[at - 1] + 1
            first = at
