"""Years without a word of their own: ``في 2010``, ``(2014)``, ``2019-2020``; and what leads to a date."""

from __future__ import annotations

from khabar.text.phrases import stem_start
from khabar.times.meaning import Found, Meaning, Range
from khabar.times.pieces import HIJRI_YEARS, Piece, second_calendar, year_number
from khabar.times.words import View, phrases_of, words_as, words_of

FROM = frozenset({"من", "بين", "وبين", "ومن"})
TO = frozenset({"الي", "حتي", "وحتي", "والي", "لغايه", "ولغايه", "-", "–"})
_RECENT = range(2001, 2040)
_HYPHENS = frozenset("-/–_")
_TIMES = frozenset({"في", "x", "×", "*"})
_BOUNDS = frozenset({"اكثر", "اقل", "ازيد", "لاكثر", "باكثر"})
_RUN, _FIRST_RUN, _LAST_RUN = 3, 1900, 2040
_LONGEST_SPAN = 30
"""Years; what lies farther apart is rather two numbers than a span."""
_HEAD_WITHIN, _ASIDE = 5, 20
_DATING = frozenset({"2000", "1900"})
"""Round numbers are sooner counts."""


def opening_of(view: View, index: int) -> int:
    """Where ``من`` or ``بين`` begins, an attached ``و`` left outside."""
    token = view.tokens[index]
    return stem_start(token, 1) if token.folded.startswith("و") else token.start


def prepositional(folded: str) -> bool:
    known = words_of("time_prepositions")
    return folded in known or (folded[:1] in "وف" and folded[1:] in known)


def hijri_life(view: View, index: int) -> Found | None:
    """``(1300-1371هـ)``: from one Hijri year to another, the mark behind the second only."""
    first, second = view.digits(index), year_number(view, index + 2)
    if first is None or first not in HIJRI_YEARS or second is None or second[1] != "hijri":
        return None
    if view.folded(index + 3) == ")" and view.folded(index + 4) in ("ه", "هـ"):
        # الموسم الرياضي (1436 - 1437)هـ
        second = second[0], second[1], index + 5
    if view.folded(index + 1) not in _HYPHENS or second[2] == index + 3 or second[0] <= first:
        return None
    start, end = view.tokens[index].start, view.tokens[second[2] - 1].end
    if second[0] == first + 1:
        # الموسم الرياضي 1435 - 1436هـ
        season = Meaning(year=first, calendar="hijri", season="SCHOOL")
        return Found(index, second[2], start, end, season, "school-year", 0.85)
    meaning = Range(Meaning(year=first, calendar="hijri"), Meaning(year=second[0], calendar="hijri"))
    return Found(index, second[2], start, end, meaning, "range-of-years", 0.85)


def marked_hijri(view: View, index: int) -> Found | None:
    """``موسم حج 1436هـ``: the mark alone makes it a year."""
    year = year_number(view, index)
    if year is None or year[1] != "hijri" or year[2] != index + 2 or _glued(view, index):
        return None
    number, calendar, last = second_calendar(view, year)
    start, end = view.tokens[index].start, view.tokens[last - 1].end
    return Found(index, last, start, end, Meaning(year=number, calendar=calendar), "bare-year", 0.85)


def bare_year(view: View, index: int, found: list[Found]) -> Found | None:
    """``في 2010``, ``(2014)``, ``ثورة 2011``, the second year of ``2011 و2012``."""
    year = year_number(view, index)
    if year is not None and year[1] == "gregorian" and _in_run(view, index):
        token = view.tokens[index]
        return Found(index, index + 1, token.start, token.end, Meaning(year=year[0]), "bare-year", 0.8)
    if year is None or _sum(view, index) or not _bare(view, index, year[0]) or not _reads_as_year(view, index, found):
        return None
    behind = view.number(year[2])
    if _glued(view, index) or (behind is not None and not behind.prefix) or _counts(view, year[2]):
        return None
    if view.folded(year[2]) in _TIMES and view.digits(year[2] + 1) is not None:
        # شاشة 1920 في 1080
        return None
    token = view.tokens[index]
    piece = Piece("year", Meaning(year=year[0]), year[2], token.start, view.tokens[year[2] - 1].end, "bare-year", 0.85)
    ranged = _year_range(view, index, piece)
    return ranged or Found(index, piece.last, piece.start, piece.end, piece.meaning, piece.rule, piece.score)


def _in_run(view: View, index: int) -> bool:
    """``( 1965 1967 1968 )``: three years or more side by side, each later than the one before."""
    first = index
    while first > index - _RUN and _later(view, first - 1):
        first -= 1
    last = index
    while last < index + _RUN and _later(view, last):
        last += 1
    return last - first >= _RUN - 1


def _later(view: View, index: int) -> bool:
    """Do two rising years stand in a token and the next?"""
    one, two = view.digits(index), view.digits(index + 1)
    return one is not None and two is not None and _FIRST_RUN <= one < two <= _LAST_RUN


def _bare(view: View, index: int, year: int) -> bool:
    """1800 is sooner a count than a year, but not ``في 1880``, nor ``(1581 - 1609 م)``."""
    closing = index + 3 + (view.folded(index + 3) == ")")
    if view.folded(index - 1) == "(" and view.folded(index + 1) in _HYPHENS and view.folded(closing) == "م":
        return True
    return 1900 <= year <= 2100 or (year >= 1800 and view.folded(index - 1) in ("في", "وفي", "منذ"))


def _year_range(view: View, index: int, piece: Piece) -> Found | None:
    """``2019-2020``, ``بين 2011 و2014``, ``من 2011 إلى 2014``."""
    mark, opening = view.folded(piece.last), view.folded(index - 1)
    closes = (
        mark in ("-", "/", "–", "_") or (mark in TO and opening in FROM) or (mark == "و" and opening in ("بين", "وبين"))
    )
    at = piece.last + (2 if view.folded(piece.last + 1) == "غايه" else 1)
    second = year_number(view, at) if closes else None
    first = piece.meaning.year or 0
    if second is not None and second[0] == first - 1 and mark in _HYPHENS:
        # 2015-2014, copied from right to left
        meaning = Range(Meaning(year=second[0]), piece.meaning)
        end = view.tokens[second[2] - 1].end
        return Found(index, second[2], piece.start, end, meaning, "range-of-years", 0.85)
    if second is None or second[0] <= first:
        return None
    opened = opening in FROM
    start = opening_of(view, index - 1) if opened else piece.start
    meaning = Range(piece.meaning, Meaning(year=second[0]))
    return Found(index, second[2], start, view.tokens[second[2] - 1].end, meaning, "range-of-years", 0.9)


def _reads_as_year(view: View, index: int, found: list[Found]) -> bool:
    before = view.folded(index - 1)
    joined = view.folded(index + 1) in ("و", "الي", "حتي")
    if before in ("بين", "وبين", "مابين") and joined and view.number(index + 2) is not None:
        # ما بين 2000 و3000 ميغاواط, ما بين 2000 إلى 2400 ريال
        return year_number(view, index + 2) is not None
    if before == ":" and view.folded(index - 2) == "في":
        # المنتجة في: 2015
        return True
    if before == "ل" and view.adjacent(index) and (view.digits(index) or 0) in _RECENT:
        # صورة العام لـ2017
        return True
    if before in ("ب", "مع") and view.folded(index - 2) in words_of("comparisons"):
        # مقارنة بـ2015
        return True
    if prepositional(before) or before in words_of("dated_heads") or _era_marked(view, index):
        return True
    stem = before[1:] if before[:1] in "وبلف" else before
    if {before.removeprefix("ال"), stem, stem.removeprefix("ال")} & words_of("dated_heads"):
        return True
    if before == "(" and (view.folded(index + 1) == ")" or view.folded(index + 1)[:1] in ("و", "-")):
        return True
    if opens_chronicle(view, index) or _spans_years(view, index) or _of_head(view, index):
        return True
    aside = _behind_aside(view, index) if before == "و" else index - 1
    joined = bool(found) and found[-1].last == aside and before in ("و", "،", "او")
    return joined and isinstance(found[-1].meaning, Meaning) and found[-1].meaning.given() <= {"year", "calendar"}


def _of_head(view: View, index: int) -> bool:
    """``معركة المدينة القديمة 1991``: a head some words before; ``رؤية السعودية 2030`` is a name."""
    if view.folded(index) in _DATING or not view.folded(index - 1).isalpha():
        return False
    heads = words_as("dated_heads", "far")
    for at in range(index - 2, max(-1, index - 1 - _HEAD_WITHIN), -1):
        folded = view.folded(at)
        if view.tokens[at].kind != "word" or not view.same_line(at, index):
            return False
        if folded.lstrip("وبلفك").startswith(("رويه", "رويت", "قرار")) or folded.removeprefix("ال").startswith("قرار"):
            return False
        stem = folded[1:] if folded[:1] in "وبلف" else folded
        if {folded, stem, folded.removeprefix("ال"), stem.removeprefix("ال"), stem.removeprefix("ل")} & heads:
            return True
    return False


def _behind_aside(view: View, index: int) -> int:
    """``عامي 2006 (فاز الفريق) و2014``: the token of the bracket that opens before the ``و``."""
    at = index - 2
    if view.folded(at) != ")":
        return index - 1
    while at > index - _ASIDE and view.folded(at) != "(":
        at -= 1
    return at


def opens_chronicle(view: View, index: int) -> bool:
    """``1980 - تعديل في القانون``: the year that opens a line of a chronicle."""
    opens = index == 0 or view.folded(index - 1) == "." or not view.same_line(index - 1, index)
    word = index + 2 < len(view.tokens) and view.tokens[index + 2].kind == "word"
    return opens and view.folded(index + 1) in ("-", "–", ":") and word


def _spans_years(view: View, index: int) -> bool:
    """``المخطط الخماسي 2016-2020``, ``الموسم 2015 / 2016``."""
    first, second = year_number(view, index), year_number(view, index + 2)
    if first is None or second is None or view.folded(index + 1) not in ("-", "–", "/", "_"):
        return False
    after = view.folded(second[2])
    return after not in ("-", "/") and -1 <= second[0] - first[0] <= _LONGEST_SPAN


def _era_marked(view: View, index: int) -> bool:
    return view.folded(index + 1) == "م" and view.adjacent(index + 1)


def _sum(view: View, index: int) -> bool:
    """``2000 م د``: millions of dinars; ``أكثر من 2000``: a count."""
    if view.folded(index - 1) == "من" and view.folded(index - 2) in _BOUNDS:
        return True
    return view.folded(index + 1) == "م" and view.folded(index + 2) == "د"


def _glued(view: View, index: int) -> bool:
    """Part of a longer code: ``الجيش-2023``, ``م-2015/44``."""
    before, after = view.folded(index - 1), view.folded(index + 1)
    if before in ("-", "/") and view.adjacent(index):
        return True
    return after == "/" and view.adjacent(index + 1) and year_number(view, index + 2) is None


def _counts(view: View, index: int) -> bool:
    """``في 2000 هكتار``: what follows is counted; a thing or an event (``في 2007 قرار``) more rarely so."""
    if view.folded(index) in ("%", "٪"):
        return True
    match = (
        phrases_of("counted_nouns", "unit").at(view.text, index, clitics=False) if index < len(view.tokens) else None
    )
    return match is not None and match.value not in ("item", "event", "other")
