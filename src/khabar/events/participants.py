"""Who stands where in a text: names with their titles, and common nouns for those who act (``مسلحون``).

A participant is one noun phrase.  ``وزير الخارجية الروسي سيرغي لافروف`` is one, and its entity is the person:
the bodies and countries inside a title are not participants themselves.  A title that stands alone
(``الوزير الروسي``) gets the person to whom the document gives that title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from khabar.events import phrases
from khabar.events.actors import Head, bare_word, head_at, is_rank, nation, qualified_rank
from khabar.events.particles import particles
from khabar.events.titles import Named, Titles
from khabar.model import Name, Span
from khabar.text import Token, Tokenized, fold

_QUOTES = frozenset('"«»“”')
_GROUP_REACH = 3
_BACK = 3
_NOW = "الان"
"""``حتى الآن``: a preposition that has its noun governs nothing behind it."""
AGENT = "من قبل"
"""What stands for every preposition of the one by whom a thing is done."""
_REIGNING = {"prince": "Emir", "king": "King", "sultan": "Sultan"}


@dataclass(frozen=True, slots=True)
class Participant:
    """A noun phrase over tokens `first` to `last` (left out) that may fill a role."""

    first: int
    last: int
    entity: str
    span: Span
    kind: str
    """``PER``, ``ORG``, ``LOC``, or for common nouns ``armed``, ``government``, ``people``, ``office``."""
    armed: bool
    preposition: str
    joined: bool
    """Joined by و or a comma to the participant just before it."""
    head: str = ""
    nation: str = ""
    inner: bool = False
    """Complement of an event noun just before it (``زيارة الرئيس``) or joined to one that a preposition governs."""
    label: str = ""
    """English label of the common noun, without a nationality."""
    words: frozenset[str] = frozenset()
    """The other bare words of a title: ``وزير`` is held with ``خارجيه``."""
    titles: tuple[tuple[str, frozenset[str]], ...] = ()
    """Further titles of the same person, each by its first word and its others."""
    apposed: bool = False
    """A title set after its holder, who is the participant before it."""

    @property
    def free(self) -> bool:
        """May it be the subject of its clause?"""
        return not self.preposition and not self.inner

    @property
    def named(self) -> bool:
        return self.kind in ("PER", "ORG", "LOC")


class Finder:
    """Finds the participants of one text, left to right."""

    def __init__(self, text: Tokenized, names: Sequence[Name], verbs: frozenset[int], triggers: frozenset[int]) -> None:
        self.text = text
        self.triggers = triggers
        self.beginnings = {sentence.first for sentence in text.sentences}
        self.tokens: Sequence[Token] = text.tokens
        self.verbs = verbs
        self.named: Named = {}
        for name in names:
            first = text.token_at(name.span.start)
            self.named[first] = (name, text.token_at(max(name.span.start, name.span.end - 1)) + 1)
        self.titles = Titles(self.tokens, self.named, verbs, triggers, self.beginnings)
        self.found: list[Participant] = []
        self.bodies: dict[str, Name] = {}
        """Head word of a body's name → the body, so far: what ``المجلس`` stands for later on."""

    def all(self) -> list[Participant]:
        """All participants, in order."""
        index = 0
        while index < len(self.tokens):
            made = self._at(index)
            if made is None:
                index += 1
                continue
            self._take(made)
            second = self._second(self.found[-1])
            if second is not None:
                self.found.append(second)
                made = second
            index = max(index + 1, made.last)
        return self.found

    def _second(self, one: Participant) -> Participant | None:
        """``وزيرا الخارجية التركي والقطري``, ``الجانبان المصري والليبي``: the other one of two, by his adjective."""
        if one.kind not in ("office", "pair") or not one.nation or one.last >= len(self.tokens):
            return None
        made = nation(self.tokens[one.last].folded)
        if made is None or not self.tokens[one.last].folded.startswith("وال"):
            return None
        if one.kind == "pair":
            one = replace(one, kind="government", label="side", entity=f"{one.nation} side")
            self.found[-1] = one
        span = self.text.span(self.tokens[one.last].start + 1, self.tokens[one.last].end)
        return replace(
            one, first=one.last, last=one.last + 1, entity=f"{made[1]} {one.label}", nation=made[0], span=span,
            joined=True, preposition="",
        )  # fmt: skip

    def _take(self, made: Participant) -> None:
        if self.found and phrases.apposed(self.tokens, self.verbs, self.found[-1], made):
            holder = self.found[-1]
            made = replace(made, entity=holder.entity, kind="PER", apposed=True)
        elif made.joined and made.last in self.verbs and not self.found[-1].free:
            made = replace(made, joined=False)
        elif self.found and (phrases.leads(self.found[-1], made) or phrases.added(self.tokens, self.found[-1], made)):
            made = replace(made, preposition="", joined=True)
        elif self.found and phrases.joins_force(self.found[-1], made):
            made = replace(made, entity=f"{made.entity} forces", kind="armed", armed=True, label="forces")
        inner = not made.preposition and self._complement(made)
        self.found.append(replace(made, inner=True) if inner else made)

    def _complement(self, made: Participant) -> bool:
        if made.joined and self.found:
            return self.found[-1].inner or bool(self.found[-1].preposition)
        first, _ = phrases.honoured(self.tokens, made.first)
        for at in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if at in self.triggers and at not in self.verbs:
                return True
            if self.tokens[at].kind != "word" or at in self.verbs or self._named_end(at) or at + 1 in self.beginnings:
                return False
        return False

    def _at(self, index: int) -> Participant | None:
        if index in self.named:
            name, last = self.named[index]
            self._remember(index, name)
            if name.type == "PER" and index not in self.beginnings and phrases.kin(self.tokens, index):
                return replace(self._make(index, last, name, False, ""), entity=f"{name.entity} family", kind="people")
            if name.type == "LOC" and phrases.dateline(self.tokens, self.named, self.beginnings, index, last):
                return replace(self._make(index, last, name, False, ""), preposition="-")
            return self._make(index, last, name, name.type == "ORG", "")
        token = self.tokens[index]
        if token.kind != "word" or index in self.verbs:
            return None
        head = head_at(token)
        if head is None:
            return self._people(index)
        if token.folded in particles("adjectival") and index - 1 in self.triggers:
            return None
        if head.kind in ("office", "rank"):
            return self._office(index, head)
        if is_rank(head.stem):
            ranked = self._office(index, replace(head, kind="rank")) or self._officer(index, head)
            return ranked or self._group(index, head)
        return self._group(index, head)

    def _people(self, index: int) -> Participant | None:
        """``مئات العراقيين``, ``80 فلسطينيا``, ``قتل فلسطيني``: people by their nation alone."""
        land = phrases.territory(self.tokens, index)
        if land:
            first = self.tokens[index].folded[0]
            prefix = first if first in "بل" else ""
            place, span = self._preposition(index, prefix, True), self.text.token_span(index + 1, index + 2)
            return Participant(index, index + 2, land, span, "LOC", False, place, self._joined(index, prefix))
        made = nation(self.tokens[index].folded) if index else None
        if made is None:
            return None
        before, word = self.tokens[index - 1], self.tokens[index].folded
        counted = before.kind == "number" or before.folded.lstrip("و") in particles("quantity")
        if not (counted or (index - 1 in self.verbs and not word.startswith("ال"))):
            return None
        return self._common(index, index + 1, Head("people", "people", "", "", word.startswith("ال")), made[1])

    def _remember(self, index: int, name: Name) -> None:
        head = head_at(self.tokens[index]) if name.type == "ORG" else None
        if head is not None:
            self.bodies[head.stem] = name

    def _office(self, index: int, head: Head) -> Participant | None:
        """A title and its holder, or the title alone; a rank alone is nobody."""
        each = phrases.each_of(self.tokens, index, self.named) if head.stem in particles("plural-office") else None
        if each is not None:
            return self._make(index, each[1], each[0], False, head.prefix, head.stem)
        title = self.titles.read(index, head)
        if title.body is not None:
            self._remember(self.text.token_at(title.body[0].span.start), title.body[0])
        if title.holder is not None:
            name, last = title.holder
            words = self.titles.words(index, title.end)
            made = self._make(index, last, name, False, head.prefix, head.stem, title.nation, words=words)
            return replace(made, label=self.titles.label(index, head)[0], titles=self.titles.further(index, title.end))
        if title.body is not None and head.stem in particles("plural-office"):
            return self._make(index, title.body[1], title.body[0], False, head.prefix, head.stem)
        if head.kind != "office":
            return None
        label, length = self.titles.label(index, head)
        adjective = "" if label.startswith(title.adjective) else title.adjective
        one = self._common(index, max(title.end, index + length), replace(head, label=label), adjective)
        body = phrases.member_of(self.tokens, index, self.named, head) if title.body is None and not adjective else None
        if body is not None:
            return self._make(index, body[1], body[0], True, head.prefix, head.stem)
        if title.body is not None and title.body[0].type == "LOC" and not title.adjective:
            one = replace(one, entity=f"{_REIGNING.get(head.label, label)} of {title.body[0].entity}")
        elif title.body is not None and not title.adjective:
            leader = "leader" if label == "president" else label
            one = replace(one, entity=f"{title.body[0].entity} {leader}")
        return replace(one, nation=title.nation, words=self.titles.words(index, title.end))

    def _officer(self, index: int, head: Head) -> Participant | None:
        """``اللواء المتقاعد``: a rank with what only an officer is, though the word may name a force."""
        after = bare_word(self.tokens[index + 1].folded) if index + 1 < len(self.tokens) else ""
        label = qualified_rank(head.stem, after) if head.article else ""
        return self._common(index, index + 2, replace(head, kind="office", label=label), "") if label else None

    def _group(self, index: int, head: Head) -> Participant:
        """A force, body or crowd: the name that it carries (``قوات حفتر``), else its description."""
        at, people, end, closed = index + 1, "", index + 1, head.article
        leader = phrases.led_by(self.tokens, index, self.named) if head.label == "delegation" else None
        if leader is not None:
            return self._make(index, leader[1], leader[0], False, head.prefix, head.stem)
        if closed and head.kind in ("people", "pair") and self._is_person(at):
            return self._make(index, self.named[at][1], self.named[at][0], False, head.prefix)
        while at < min(len(self.tokens), index + 1 + _GROUP_REACH) and at not in self.beginnings:
            if at in self.named:
                barred = (closed and not self._apposed_name(index, at, head)) or self._absolute(index, at)
                return self._of_name(index, end, head, None if barred else at)
            if self.tokens[at].text in _QUOTES:
                at += 1
                continue
            owner = self._owner(at, head)
            if owner is not None:
                return self._group_of(index, owner[1], owner[0], head)
            if self._and(at) and head_at(self.tokens[at]) is None:
                break  # قتيلا وتقرير أممي: the adjective is another's
            made = nation(self.tokens[at].folded)
            if self._group_ends(at) or made:
                people, end = (made[1], at + 1) if made else (people, end)
                break
            inner = head_at(self.tokens[at]) if at == end else None
            if inner is not None and closed and not inner.article:
                break  # السلطات حركة: a definite noun governs no genitive
            if inner is not None and inner.kind in ("armed", "government") and inner.prefix == "":
                known = self.bodies.get(inner.stem) if inner.article else None
                if known is not None:
                    return self._make(index, at + 1, known, head.kind == "armed", head.prefix, head.stem)
                end, closed = at + 1, inner.article
            at += 1
        return self._common(index, end, head, people)

    def _of_name(self, index: int, end: int, head: Head, at: int | None) -> Participant:
        """A group before the name that it carries at token `at`, if that governs it."""
        if at is None or self._prefix(at):
            return self._common(index, end, head, "")
        name, last = self.named[at]
        if name.type != "ORG":
            return self._common(index, last, head, name.entity)
        self.bodies[head.stem] = name
        return self._group_of(index, last, name, head)

    def _group_ends(self, at: int) -> bool:
        """Is a token no part of the description before it: a mark, particle, number, other people or an event?"""
        token = self.tokens[at]
        if token.kind != "word" or at in self.triggers:
            return True
        if any(token.folded in particles(kind) for kind in ("preposition", "stop", "quantity")):
            return True
        inner = head_at(token)
        return inner is not None and inner.kind in ("people", "office", "thing")

    def _and(self, at: int) -> bool:
        return self.tokens[at].folded.startswith("و")

    def _apposed_name(self, index: int, at: int, head: Head) -> bool:
        """``المتمردين الحوثيين``: right behind a definite word for fighters stands their own name as an adjective."""
        name = self.named[at][0]
        own = self.tokens[at].folded.startswith("ال")
        return at == index + 1 and name.type == "ORG" and head.kind == "armed" and own

    def _absolute(self, index: int, at: int) -> bool:
        """A plural with its nun governs no genitive: ``مستوطنون``, but ``مسلحو``; an adjective may follow it."""
        adjective = self.tokens[index].folded.startswith("ال") and self.tokens[at].folded.startswith("ال")
        return self.tokens[index].folded.endswith(("ون", "ين")) and not adjective

    def _is_person(self, at: int) -> bool:
        return at in self.named and self.named[at][0].type == "PER"

    def _group_of(self, index: int, last: int, name: Name, head: Head) -> Participant:
        return self._make(index, last, name, head.kind == "armed", head.prefix, head.stem, label=head.label)

    def _owner(self, at: int, head: Head) -> tuple[Name, int] | None:
        """``مسلحين من تنظيم داعش``, ``ميليشيات تابعة لداعش``: the organisation to which a group belongs."""
        member = head.kind in ("armed", "people") or head.label == "delegation"
        if not member or self.tokens[at].folded not in particles("member-of"):
            return None
        for named in range(at + 1, min(len(self.tokens), at + 4)):
            if named in self.named:
                name, last = self.named[named]
                return (name, last) if name.type == "ORG" else None
            if self.tokens[named].text not in _QUOTES and head_at(self.tokens[named]) is None:
                return None
        return None

    def _common(self, first: int, last: int, head: Head, people: str) -> Participant:
        label = f"{people} {head.label}".strip()
        span = phrases.bare_span(self.text, first, last, head)
        preposition = self._preposition(first, head.prefix)
        joined = self._joined(first, head.prefix)
        known = self.bodies.get(head.stem) if head.article and not people and last == first + 1 else None
        if known is not None:
            return Participant(
                first, last, known.entity, span, known.type, head.kind == "armed", preposition, joined, head.stem
            )
        return Participant(
            first, last, label, span, head.kind, head.kind == "armed", preposition, joined, head.stem, people,
            label=head.label,
        )  # fmt: skip

    def _make(
        self,
        first: int,
        last: int,
        name: Name,
        armed: bool,
        prefix: str,
        head: str = "",
        people: str = "",
        *,
        label: str = "",
        words: frozenset[str] = frozenset(),
    ) -> Participant:
        prefix = prefix or self._prefix(first)
        locative = name.type == "LOC"
        return Participant(
            first, last, name.entity, name.span, name.type, armed, self._preposition(first, prefix, locative),
            self._joined(first, prefix), head, people, label=label, words=words,
        )  # fmt: skip

    def _prefix(self, index: int) -> str:
        """The clitics that a name leaves outside (``وبموسكو`` → ``وب``), and the fused ``لل``."""
        if index not in self.named:
            return ""
        token, start = self.tokens[index], self.named[index][0].span.start
        if start > token.start:
            return fold(self.text.text[token.start : start])
        return "ل" if token.folded.startswith("لل") else ""

    def _preposition(self, first: int, prefix: str, locative: bool = False) -> str:
        """The preposition that governs the phrase, its clitic first, then back over a few plain words."""
        first, prefix = phrases.honoured(self.tokens, first, prefix)
        if prefix[-1:] in ("ب", "ل", "ك"):
            return prefix[-1]
        if prefix.startswith(("و", "ف")) or (first and self.tokens[first - 1].folded in particles("foremost")):
            return ""
        for at in range(first - 1, max(-1, first - 1 - _BACK), -1):
            if at + 1 in self.beginnings:
                return ""
            token = self.tokens[at]
            if (at in self.triggers and at not in self.verbs) or token.folded == _NOW:
                return ""
            if phrases.agent(self.tokens, at):
                return AGENT
            if token.folded in particles("preposition") or token.folded.lstrip("و") in particles("preposition"):
                return phrases.partitive(self.tokens, at, token.folded)
            if token.text in _QUOTES:
                continue
            if token.kind != "word" or at in self.verbs or self._named_end(at) or token.folded in particles("stop"):
                return ""
            if locative and len(token.folded) > 4 and token.folded[0] in "بل" and head_at(token) is None:
                return token.folded[0]
        return ""

    def _named_end(self, at: int) -> bool:
        return bool(self.found) and self.found[-1].last > at

    def _joined(self, first: int, prefix: str) -> bool:
        first, prefix = phrases.honoured(self.tokens, first, prefix)
        if not self.found or not self.beginnings.isdisjoint(range(self.found[-1].last, first + 1)):
            return False
        gap = first - self.found[-1].last
        if first and self.tokens[first - 1].folded in particles("foremost"):
            return gap <= 3
        if (
            prefix.startswith("و")
            or (first and self.tokens[first - 1].folded == "و")
            or phrases.counted_and(self.tokens, first)
        ):
            return gap <= 5
        return gap == 1 and self.tokens[first - 1].text in "،,"
