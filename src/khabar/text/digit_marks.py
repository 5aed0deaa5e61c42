"""How digits are carried on behind a mark: decimals and thousands as agencies and papers key them."""

from __future__ import annotations

from khabar.text.tokens import Tokenized

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
    shared = bool(behind) and (behind[0] in _SHARES or behind == ["في", "المائه"] or behind == ["في", "المئه"])
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
