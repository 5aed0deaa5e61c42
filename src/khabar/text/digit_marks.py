"""How digits are carried on behind a mark: decimals and thousands as agencies and papers key them."""

from __future__ import annotations

import re

from khabar.text.tokens import Token, Tokenized

_GROUP, _GROUPS, _FINE = 3, 4, 1e10
_MARKS = re.compile(r"[.,]")
_SHARES = frozenset({"%", "٪", "بالمئه", "بالمائه"})


def agency_decimal(text: Tokenized, last: int) -> bool:
    """``4ر2135`` is how agencies key 2135.4: the fraction first, a ر for the point, read from the left."""
    if last + 1 >= len(text.tokens) or text.tokens[last].folded != "ر":
        return False
    before, mark, after = text.tokens[last - 1 : last + 2]
    return (
        before.end == mark.start and mark.end == after.start and before.folded.isdecimal() and after.folded.isdecimal()
    )


def arabic_comma(text: Tokenized, last: int) -> str | None:
    """``12،2`` is how the Maghreb keys 12.2: the digits behind the comma, where one or two of them follow."""
    if last + 1 >= len(text.tokens) or text.tokens[last].text != "،":
        return None
    before, mark, after = text.tokens[last - 1 : last + 2]
    joined = before.end == mark.start and mark.end == after.start
    plain = before.folded.isdecimal() and after.folded.isdecimal() and len(after.folded) <= 2
    # 29145،6 م د: so many digits only before the abbreviated millions
    short = len(before.folded) <= 3 or (last + 2 < len(text.tokens) and text.tokens[last + 2].folded == "م")
    return after.folded if joined and plain and short else None


def thousands(text: Tokenized, last: int) -> bool:
    """``6،000``: three digits right behind an Arabic comma."""
    if last + 1 >= len(text.tokens) or text.tokens[last].text != "،":
        return False
    before, mark, after = text.tokens[last - 1 : last + 2]
    joined = before.end == mark.start and mark.end == after.start
    whole = before.folded.isdecimal() and len(before.folded) <= 3 and before.folded != "0"
    return joined and whole and after.folded.isdecimal() and len(after.folded) == 3


def spoken_comma(text: Tokenized, last: int) -> str | None:
    """``2 فاصل 7``: the digits behind the comma in words."""
    if last + 1 >= len(text.tokens) or text.tokens[last].folded not in ("فاصل", "فاصله"):
        return None
    before, after = text.tokens[last - 1].folded, text.tokens[last + 1].folded
    return after if before.isdecimal() and after.isdecimal() and len(after) <= 2 else None


def torn_point(text: Tokenized, last: int, *, scaled: bool) -> str | None:
    """``6. 7 مليار``, ``72. 4 في المئة``: a decimal that a line's setting has torn; what is measured follows."""
    if last + 1 >= len(text.tokens) or text.tokens[last].text != ".":
        return None
    before, point, after = text.tokens[last - 1 : last + 2]
    if before.end != point.start or after.start != point.end + 1 or text.text[point.end] != " ":
        return None
    if not (
        before.folded.isdecimal() and after.folded.isdecimal() and len(before.folded) <= 3 and len(after.folded) <= 2
    ):
        return None
    behind = [token.folded for token in text.tokens[last + 2 : last + 4]]
    # نزل 71. 1 دولار
    shared = bool(behind) and (
        behind[0] in _SHARES
        or behind[0] in ("دولار", "دولارا")
        or behind == ["في", "المائه"]
        or behind == ["في", "المئه"]
    )
    return after.folded if shared or scaled else None


def spaced_thousands(text: Tokenized, index: int, last: int) -> bool:
    """``50 000``: three digits after one space carry a number on, as the Maghreb prints it."""
    if last >= len(text.tokens):
        return False
    before, token = text.tokens[last - 1], text.tokens[last]
    if (
        token.kind != "number"
        or not token.folded.isdecimal()
        or len(token.folded) != 3
        or token.start != before.end + 1
    ):
        return False
    return (
        len(text.tokens[index].folded) <= 3
        and text.tokens[index].folded.isdecimal()
        and text.text[before.end] in " \u00a0\u202f"
    )


def turned_thousands(text: Tokenized, index: int) -> tuple[float, int] | None:
    """``733 7 مليون``, ``841 991 2 مسافر``: groups of thousands that a copy has turned around, and the token behind.

    No number ends in a group of one or two digits behind one of three.
    """
    groups: list[Token] = []
    for token in text.tokens[index : index + _GROUPS]:
        apart = bool(groups) and (token.start != groups[-1].end + 1 or text.text[groups[-1].end] not in " \u00a0\u202f")
        if token.kind != "number" or not token.folded.isdecimal() or apart or len(token.folded) > _GROUP:
            break
        groups.append(token)
        if len(token.folded) < _GROUP:
            break
    last = index + len(groups)
    if len(groups) < 2 or len(groups[-1].folded) == _GROUP or last >= len(text.tokens):
        return None
    if len(groups[0].folded) < _GROUP or text.tokens[last].kind != "word" or groups[-1].folded.startswith("0"):
        return None
    return float("".join(token.folded for token in reversed(groups))), last


def one_mark(groups: list[str], *, scaled: bool) -> float:
    """The value of digits about one mark: thousands before three digits, else a decimal."""
    whole, rest = groups
    if len(rest) == 3 and len(whole) <= 3 and whole != "0" and not scaled:
        return float(whole + rest)
    return float(f"{whole}.{rest}")


def scale_repeated(text: Tokenized, last: int) -> bool:
    """``45.750.000 مليون``, ``8000 آلاف``: the scale only repeats what the digits before it say."""
    thousands_again = text.tokens[last].folded == "الاف"
    return thousands_again or len(_MARKS.findall(text.tokens[last - 1].folded)) > 1


def all_thousands(written: str, value: float) -> float | None:
    """``(253,753.468) مليون ريال``: tens of thousands of millions so finely told are a number whose marks are mixed.

    >>> all_thousands("253,753.468", 253753.468e6), all_thousands("1,234.567", 1234.567e6)
    (253753468.0, None)
    """
    groups = re.split(r"[.,]", written)
    mixed = len(groups) > 2 and len(set(_MARKS.findall(written))) > 1
    if not mixed or value < _FINE or any(len(one) != len("000") for one in groups[1:]):
        return None
    return float("".join(groups))


def digits_follow(text: Tokenized, index: int) -> bool:
    """``الـ 25``, ``ال25``: digits right behind the article, a space only where it is drawn out."""
    following = text.tokens[index + 1] if index + 1 < len(text.tokens) else None
    if following is None or following.kind != "number":
        return False
    # الـ 25: behind the drawn-out article a space is allowed
    gap = following.start - text.tokens[index].end
    return gap == 0 or (gap == 1 and text.tokens[index].text.endswith("ـ"))
