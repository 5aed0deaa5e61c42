"""Titles and offices: how far they run, whose they are, what they are called in English.

``وزير الخارجية الروسي سيرغي لافروف`` ends with its holder, ``أمير الكويت`` with its country.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khabar.events.actors import Head, bare_word, head_at, nation, office_label, states
from khabar.events.particles import particles
from khabar.model import Name
from khabar.text import Token

_TITLE_REACH = 14
_TITLE_WORDS = 4
_RANK_REACH = 6
_ELECTED = "deputy"
_PORTFOLIOS = frozenset(["وزير", "وزيره"])
_SENT = frozenset(["envoy", "ambassador", "representative", "delegate"])

Named = dict[int, tuple[Name, int]]
"""First token of a name → the name and the token after its last."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as far as it was read: where it ends, its holder, its body or country."""

    end: int
    holder: tuple[Name, int] | None = None
    body: tuple[Name, int] | None = None
    nation: str = ""
    adjective: str = ""
    complete: bool = False
    """Has it got the country or body that ends a title?"""


class Titles:
    """Reads the titles of one text."""

    def __init__(
        self,
        tokens: Sequence[Token],
        named: Named,
        verbs: frozenset[int],
        triggers: frozenset[int],
        beginnings: set[int],
    ) -> None:
        self.tokens = tokens
        self.named = named
        self.verbs = verbs
        self.triggers = triggers
        self.beginnings = beginnings

    def read(self, index: int, head: Head) -> Title:
        """How far a title runs, and what it tells of its holder; a place behind ``في`` counts only before a holder."""
        at, title = index + 1, Title(index + 1)
        short: Title | None = None
        while at < min(len(self.tokens), index + (_TITLE_REACH if head.kind == "office" else _RANK_REACH)):
            if at in self.named and not self._portfolio(index, at, head):
                name, last = self.named[at]
                if name.type == "PER":
                    return replace(title, holder=(name, last), end=at)
                if (
                    name.type == "LOC"
                    and title.adjective
                    and self.tokens[at - 1].folded not in particles("preposition")
                ):
                    break
                made = nation(self.tokens[last - 1].folded) if name.type == "ORG" else None
                land = title.nation or (made[0] if made else name.entity)
                title = replace(title, body=title.body or (name, last), nation=land, end=last, complete=True)
                at = last
                continue
            sent = self._sent(at, head)
            if (self._closes(at) and not sent) or (title.complete and at in self.triggers):
                break
            if at > index + 1 and self._new_title(at, title.complete):
                break
            if sent:
                short = short or title
            if self.tokens[at].folded in particles("locative") and not self._names_body(at + 1):
                short = short or title
            made = nation(self.tokens[at].folded)
            if made and not title.adjective:
                title = replace(title, nation=made[0], adjective=made[1], end=at + 1, complete=True)
            at += 1
        return short or title

    def _sent(self, at: int, head: Head) -> bool:
        """``مبعوث الرئيس إلى ليبيا``, ``النائب عن الحزب``: does a preposition at a token belong to the title?"""
        word = self.tokens[at].folded
        return (head.label in _SENT and word == "الي") or (head.label == _ELECTED and word == "عن")

    def _portfolio(self, index: int, at: int, head: Head) -> bool:
        """``وزيرة الخارجية الألمانية``: the words after it belong to the office, though they may name a ministry.

        So may a place that another noun is joined to: ``وزير أوروبا والشؤون الخارجية``.
        """
        if at != index + 1:
            return False
        name, last = self.named[at]
        if name.type == "LOC":
            joined = last < len(self.tokens) and self.tokens[last].folded.startswith("وال")
            return joined and last not in self.named and head.stem in _PORTFOLIOS and name.entity not in states()
        words = head.stem, bare_word(self.tokens[at].folded)
        return name.type == "ORG" and office_label(words)[1] == len(words)

    def further(self, index: int, end: int) -> tuple[tuple[str, frozenset[str]], ...]:
        """The second and further titles of one person: ``نائب رئيس الوزراء وزير الخارجية``, each with its words."""
        return tuple((head_stem, self.words(at, end)) for at, head_stem in self._titles_in(index, end))

    def _titles_in(self, index: int, end: int) -> Iterator[tuple[int, str]]:
        for at in range(index + 2, end):
            if at in self.named or at - 1 in self.named or self.tokens[at].folded.startswith("ال"):
                continue
            head = head_at(self.tokens[at])
            behind = self.tokens[at - 1].folded.startswith("ال") or self.tokens[at - 1].folded.startswith("وال")
            if head is not None and head.kind == "office" and behind and head.prefix in ("", "و"):
                yield at, head.stem

    def _new_title(self, at: int, complete: bool) -> bool:
        """Does another one's title begin at a token: ``أمير الكويت وزير الخارجية``, ``الرئيس السفير``?"""
        head = head_at(self.tokens[at])
        if head is None or head.kind != "office" or head.prefix:
            return False
        if head.stem in particles("counterpart"):
            return True
        honour = head.article and head.stem in particles("honour")
        definite = self.tokens[at - 1].folded.startswith("ال")
        return not honour and (complete or (head.article and definite))

    def label(self, index: int, head: Head) -> tuple[str, int]:
        """The English label of a title, and how many words it translates."""
        words = [head.stem]
        for at in range(index + 1, min(len(self.tokens), index + _TITLE_WORDS + 1)):
            if (at in self.named and not self._portfolio(index, at, head)) or self._closes(at):
                break
            words.append(bare_word(self.tokens[at].folded))
        label, length = office_label(words)
        return label or head.label, length

    def words(self, index: int, end: int) -> frozenset[str]:
        """The nouns that belong to a title (``وزير الخارجية``), without nationalities."""
        words: list[str] = []
        for at in range(index + 1, min(end, index + 1 + _TITLE_WORDS)):
            token = self.tokens[at]
            definite = token.folded.startswith("ال")
            construct = at + 1 < end and self.tokens[at + 1].folded.startswith("ال")
            if at in self.named or at in self.triggers or not (definite or construct) or self._closes(at):
                break
            if nation(token.folded) is None and token.folded not in particles("courtesy"):
                words.append(bare_word(token.folded))
        return frozenset(words)

    def _closes(self, at: int) -> bool:
        """Does a title end before token `at`?"""
        token = self.tokens[at]
        if at in self.beginnings:
            return True
        if token.kind == "mark":
            return not (token.text in ',،-–("«“' and at + 1 in self.named and self.named[at + 1][0].type == "PER")
        if at in self.verbs or token.folded in particles("stop") or self.tokens[at - 1].end + 1 < token.start:
            return True
        head = head_at(token)
        return head is not None and head.kind == "office" and head.prefix.startswith("و")

    def _names_body(self, at: int) -> bool:
        return at in self.named and self.named[at][0].type == "ORG"
