"""Whom a description stands for: a title its holder, a body's short form the body, the dual the two who met.

Only what the same text says is used: the person to whom it gives the title, the organisation whose name begins
with the words, the one armed group that it names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from khabar.events.actors import bare_word, nation
from khabar.events.participants import Participant
from khabar.events.particles import particles
from khabar.model import Name
from khabar.text import Tokenized, fold

_HOLDERS = 20
"""Holders of a title looked at on each side of a title that stands alone."""
_LONGEST_BODY = 6
_UNNAMED = frozenset(
    ["armed group", "gunmen", "militias", "rebels", "fighters", "militants", "extremists", "attackers", "members"]
)
"""Labels of the common nouns that news puts for an armed group that it has named."""

_OF_ONE = frozenset([("ولي", "نائب"), ("نائب", "وزير")])
"""Offices that one person holds: an heir to a throne is deputy of the prime minister, and he is a minister."""
_KINGDOMS = frozenset(["Saudi Arabia", "Morocco", "Jordan", "Bahrain"])

Bodies = dict[tuple[str, ...], list[tuple[int, Name]]]


def resolve(text: Tokenized, found: Sequence[Participant], names: Sequence[Name]) -> list[Participant]:
    """The participants, with descriptions replaced by the entities for which they stand in this text."""
    held = _with_kingdoms(text, _with_holders(_with_counterparts(_stacked(found))), names)
    bodies = _bodies(text, names)
    armed = _armed_groups(text, found)
    headed = _headed(found)
    return [_body(text, one, bodies, armed, headed) for one in held]


def _with_kingdoms(text: Tokenized, found: Sequence[Participant], names: Sequence[Name]) -> list[Participant]:
    """``المملكة``: the kingdom that the text named last before, else the first that it names."""
    named = [name for name in names if name.entity in _KINGDOMS]
    firsts = [text.token_at(name.span.start) for name in named]
    out: list[Participant] = []
    for one in found:
        if one.head == "مملكه" and one.entity == one.label and one.last == one.first + 1 and named:
            at = bisect_left(firsts, one.first)
            one = replace(one, entity=named[max(0, at - 1)].entity, kind="LOC")
        out.append(one)
    return out


def _with_counterparts(found: Sequence[Participant]) -> list[Participant]:
    """``نظيره الروسي``: a counterpart holds the office of whoever was named before him."""
    out: list[Participant] = []
    last: Participant | None = None
    for one in found:
        if one.head in particles("counterpart") and last is not None:
            label = last.label or "counterpart"
            entity = one.entity if one.kind == "PER" else one.entity.replace("counterpart", label)
            one = replace(one, label=label, entity=entity)
            one = replace(one, head=last.head, words=last.words)
        elif one.kind in ("PER", "office", "ORG", "armed") and one.head:
            last = one
        out.append(one)
    return out


def _stacked(found: Sequence[Participant]) -> list[Participant]:
    """``ولي العهد نائب رئيس الوزراء وزير الدفاع فلان``: the titles right before his are those of one person.

    In ``استقبل أمير الدولة وزير الخارجية`` the second is the object, so that what stands before the first decides.
    """
    out: list[Participant] = []
    for one in reversed(found):
        behind = out[-1] if out else None
        if behind is not None and behind.kind == "PER" and _stacks(one, behind):
            titles = ((behind.head, behind.words), *behind.titles)
            one = replace(one, last=behind.last, entity=behind.entity, span=behind.span, kind="PER", titles=titles)
            out[-1] = one
        else:
            out.append(one)
    return out[::-1]


def _stacks(one: Participant, behind: Participant) -> bool:
    titled = one.kind == "office" and bool(behind.head) and one.last == behind.first and not behind.preposition
    usual = (one.head, behind.head) in _OF_ONE
    return titled and (usual or (bool(one.preposition) and not one.inner))


def _with_holders(found: Sequence[Participant]) -> list[Participant]:
    holders: dict[str, list[Participant]] = {}
    for one in found:
        if one.kind == "PER" and one.head:
            holders.setdefault(one.head, []).append(one)
            for head, words in one.titles:
                holders.setdefault(head, []).append(replace(one, head=head, words=words))
    firsts = {head: [one.first for one in people] for head, people in holders.items()}
    out: list[Participant] = []
    for one in found:
        people = holders.get(one.head, []) if one.kind == "office" else []
        holder = _holder(one, people, bisect_left(firsts.get(one.head, []), one.first))
        out.append(one if holder is None else replace(one, entity=holder.entity, kind="PER"))
    return _with_titles(out)


def _with_titles(found: Sequence[Participant]) -> list[Participant]:
    """The participants without the titles set after them, which become part of them."""
    out: list[Participant] = []
    for one in found:
        if not one.apposed:
            out.append(one)
        elif out and out[-1].entity == one.entity:
            out[-1] = replace(out[-1], last=one.last)
    return out


def _holder(office: Participant, people: Sequence[Participant], at: int) -> Participant | None:
    """The person to whom the document gives this title, for choice of this nation, the nearest before, else after."""
    near = (*reversed(people[max(0, at - _HOLDERS) : at]), *people[at : at + _HOLDERS])
    able = [one for one in near if _may_hold(office, one)]
    if fold(office.span.text.split()[0]) in particles("counterpart"):
        return next((one for one in able if office.nation and one.nation == office.nation), None)
    return next((one for one in able if one.nation == office.nation), next(iter(able), None))


def _may_hold(office: Participant, one: Participant) -> bool:
    if office.nation and one.nation and one.nation != office.nation:
        return False
    former = particles("former")
    if office.words & former != one.words & former:
        return False
    return office.words <= one.words or not one.words


def _bodies(text: Tokenized, names: Sequence[Name]) -> Bodies:
    """Every beginning of an organisation's name, as bare words → where it stands and which it is."""
    found: Bodies = {}
    for name in names:
        if name.type != "ORG":
            continue
        first, last = text.token_at(name.span.start), text.token_at(max(name.span.start, name.span.end - 1)) + 1
        words = tuple(bare_word(text.tokens[at].folded) for at in range(first, min(last, first + _LONGEST_BODY)))
        for length in range(1, len(words) + 1):
            found.setdefault(words[:length], []).append((first, name))
    return found


def _armed_groups(text: Tokenized, found: Sequence[Participant]) -> set[str]:
    """The organisations behind a word for an armed group (``تنظيم``) or before ``الإرهابية`` and the like."""
    bodies = [one for one in found if one.kind == "ORG"]
    return {one.entity for one in bodies if (one.armed and one.label in _UNNAMED) or _extremist(text, one)}


def _extremist(text: Tokenized, one: Participant) -> bool:
    after = text.tokens[one.last].folded if one.last < len(text.tokens) else ""
    return after.startswith("ال") and after.removeprefix("ال") in particles("extremist")


def _headed(found: Sequence[Participant]) -> dict[str, set[str]]:
    """Head words (``تنظيم``, ``حركة``) → the organisations that the text names behind them."""
    headed: dict[str, set[str]] = {}
    for one in found:
        if one.kind == "ORG" and one.head:
            headed.setdefault(one.head, set()).add(one.entity)
    return headed


def _body(
    text: Tokenized, one: Participant, bodies: Bodies, armed: set[str], headed: dict[str, set[str]]
) -> Participant:
    """``قوات الأمن`` after ``قوات الأمن السعودية``, ``المتمردون`` where the text names one armed group."""
    if one.kind not in ("armed", "government", "body"):
        return one
    known = _named_body(text, one, bodies)
    if known is not None:
        return replace(one, entity=known.entity, kind="ORG")
    alone = headed.get(one.head, set())
    if len(alone) == 1 and one.last == one.first + 1 and not one.nation and _definite(text, one):
        return replace(one, entity=next(iter(alone)), kind="ORG")
    if len(armed) == 1 and one.label in _UNNAMED and not one.nation and _definite(text, one):
        return replace(one, entity=next(iter(armed)), kind="ORG")
    return one


def _named_body(text: Tokenized, one: Participant, bodies: Bodies) -> Name | None:
    """The body whose name begins with the phrase, as many of its words as match and no other nationality after."""
    words: tuple[str, ...] = ()
    found = None
    for at in range(one.first, min(len(text.tokens), one.first + _LONGEST_BODY)):
        words += (bare_word(text.tokens[at].folded),)
        if words not in bodies:
            break
        found = at + 1
    if found is None or found < one.last or (found == one.first + 1 and not _definite(text, one)):
        return None
    if found < len(text.tokens) and nation(text.tokens[found].folded):
        return None
    return _nearest(bodies[words if words in bodies else words[:-1]], one.first)


def _definite(text: Tokenized, one: Participant) -> bool:
    return "ال" in text.tokens[one.first].folded[:4] or text.tokens[one.last - 1].folded.startswith("ال")


def _nearest(known: Sequence[tuple[int, Name]], token: int) -> Name | None:
    """The name that stands last before a token, else the first after it."""
    if not known:
        return None
    at = bisect_left(known, token, key=lambda pair: pair[0])
    return known[at - 1][1] if at else known[0][1]
