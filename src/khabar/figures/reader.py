"""A text with the stretches that are already a time or a name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import cached_property

from khabar.figures.words import Noun, begun_with_al, nouns, plurals
from khabar.model import Name, Span, Time
from khabar.text import Tokenized
from khabar.text.addresses import address_tokens

_CENTIMETRES = re.compile(r"[0-9]\.[0-9]{2}")
_PRICE, _MANY_PRICES = re.compile(r"[0-9]{1,2},[0-9]{3}"), 5
_THOUSANDTHS = re.compile(r"0\.[0-9]{3}")
_ARTICLE = re.compile("^(?:و?(?:ال|لل|بال)|و|[بل](?=أ))")
_PLURAL_H = re.compile("أ[ء-ي]{3}ة")
_EVENINGS = frozenset({"أغنية", "أمسية", "أمنية", "أضحية", "أرملة", "أجندة", "أخيرة"})
_BROKEN = re.compile("أ..ا.|ت.ا.ي.|م.ا.ي.|[^تمأ]وا..|..ائ.")
"""``أنواع``, ``تدابير``, ``مشاريع``, ``عوامل``, ``فصائل``."""
_OWNED_PLURALS = ("اتها", "اته", "اتهم", "اتنا")
_DASHES = frozenset("-–—−")
_LIST_MARKS = frozenset({"-", ".", ")", "–", "/", "—"})
_LONGEST_LIST = 40


class Reader:
    """A text with the stretches that are already something else."""

    def __init__(self, text: Tokenized, times: Iterable[Time], names: Iterable[Name]) -> None:
        self.text = text
        self.tokens = text.tokens
        # a page's ``24`` is no channel where it stands alone
        times, names = tuple(times), tuple(name for name in names if not name.span.text.isdecimal())
        covered_by = frozenset(at for span in _spans(times, names) for at in self._covered(span))
        self.taken = covered_by | address_tokens(text)
        covered = [
            tokens
            for name in names
            if (tokens := self._covered(name.span)) and self.tokens[tokens.start].start == name.span.start
        ]
        self.people = frozenset(self._covered(name.span).stop for name in names if name.type == "PER")
        """The tokens behind names of people."""
        self.behind_names = frozenset(self._covered(name.span).stop - 1 for name in names)
        """The last tokens of names."""
        self.named = frozenset(at for name in names for at in self._covered(name.span))
        """The tokens of names."""
        self.timed = frozenset(at for time in times for at in self._covered(time.span))
        """The tokens of times."""
        self.name_ends = {tokens.start: tokens.stop for tokens in covered}
        """The token behind each name, by the token that opens it."""
        self.name_starts = {tokens.stop: tokens.start for tokens in covered}
        """The token that opens each name, by the token behind it."""

    @cached_property
    def listed(self) -> frozenset[int]:
        """Numbers that count through a list, in one line or many: ``1- ... 2- ... 3- ...``."""
        marked = [
            (int(token.folded), self.folded(index + 1), index)
            for index, token in enumerate(self.tokens)
            if token.kind == "number" and token.folded.isdecimal() and len(token.folded) < 3
            if self.folded(index + 1) in _LIST_MARKS and self.folded(index + 2)[:1].isalpha()
            if not self._counts_in_brackets(index)
        ]
        pairs = [
            (first[2], second[2])
            for first, second in itertools.pairwise(marked)
            if second[0] == first[0] + 1 <= _LONGEST_LIST and second[1] == first[1]
        ]
        return frozenset(at for pair in pairs for at in pair)

    def _counts_in_brackets(self, index: int) -> bool:
        """``اشترى (18) طائرة``: what is counted stands right behind the brackets."""
        return self.folded(index - 1) == "(" and self.folded(index + 1) == ")" and self.noun(index + 2) is not None

    @cached_property
    def thousandths(self) -> bool:
        """Does the text write decimals of three places (``0.770``)?"""
        return any(token.kind == "number" and _THOUSANDTHS.fullmatch(token.folded) for token in self.tokens)

    @cached_property
    def dinars(self) -> bool:
        """Does the text count dinars?"""
        return any(token.folded.startswith("دينار") or token.folded == "دنانير" for token in self.tokens)

    @cached_property
    def tariff(self) -> bool:
        """Is the text a list of prices in dinars (``المعلوم بالدينار``, then ``5,000 تجديد``)?"""
        prices = sum(token.kind == "number" and bool(_PRICE.fullmatch(token.folded)) for token in self.tokens)
        return prices >= _MANY_PRICES and any(token.folded == "بالدينار" for token in self.tokens)

    @cached_property
    def metres(self) -> bool:
        """Does the text measure in metres and centimetres (``1.76 متر``)?"""
        return any(
            token.kind == "number" and _CENTIMETRES.fullmatch(token.folded) and self.folded(index + 1).startswith("متر")
            for index, token in enumerate(self.tokens)
        )

    def _covered(self, span: Span) -> range:
        first = self.text.token_at(span.start)
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return range(first, last)

    def folded(self, index: int) -> str:
        """The folded token, or an empty string past either end."""
        return self.tokens[index].folded if 0 <= index < len(self.tokens) else ""

    def dash(self, index: int) -> bool:
        """Is a token a dash, be it of tatweels (``8 ــ 80``)?"""
        if not 0 <= index < len(self.tokens):
            return False
        return self.tokens[index].text in _DASHES or self.tokens[index].text.strip("ـ") == ""

    def plural(self, index: int) -> bool:
        """Is a token a plural, as far as its letters or the tables tell (``الدول``, ``المهاجمين``)?"""
        word = _ARTICLE.sub("", self.folded(index))
        broken = _ARTICLE.sub("", self.tokens[index].text) if 0 <= index < len(self.tokens) else ""
        if _PLURAL_H.fullmatch(broken) and broken not in _EVENINGS:
            return True
        if _BROKEN.fullmatch(broken) or self.folded(index) in plurals():
            return True
        sound = word.endswith(("ين", "ون", "ات", *_OWNED_PLURALS)) and not word.endswith("تين")
        return word in plurals() or (len(word) > 4 and sound)

    def adjacent(self, index: int) -> bool:
        """Does a token follow the one before it without a space?"""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def line_start(self, index: int) -> bool:
        """Is a token the first of its line?"""
        if not 0 < index < len(self.tokens):
            return index == 0
        return "\n" in self.text.text[self.tokens[index - 1].end : self.tokens[index].start]

    def noun(self, index: int) -> Noun | None:
        """The counted noun that begins in a token; a definite one or a name (``ليبيا``) is not counted."""
        if index >= len(self.tokens):
            return None
        if self.tokens[index].text.startswith("ال") and self.folded(index) not in begun_with_al():
            return None
        if self.folded(index) == "غير":
            # 56 غير سعوديين
            index += 1
        match = nouns().at(self.text, index, clitics=False) if index < len(self.tokens) else None
        # but for the riyal that a club is called after (مليار ريال)
        named = match is not None and index in self.name_ends and not match.value.unit.startswith("money")
        return match.value if match is not None and not named else None


def _spans(times: Iterable[Time], names: Iterable[Name]) -> list[Span]:
    return [time.span for time in times] + [name.span for name in names]
