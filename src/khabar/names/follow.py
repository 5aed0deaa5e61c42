"""Inside a text the short form of a name means what the long one means: ``الصندوق`` after ``صندوق النقد الدولي``.

For names that no table knows and that were found as names already; where the long form stands first or, as below a
headline, only afterwards.  The nearest long form before decides, else the first one after.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from khabar.names.candidate import Candidate, words_of
from khabar.names.evidence import particles
from khabar.names.labels import skeleton
from khabar.text import Tokenized
from khabar.text.quotes import CLOSING, OPENING

_MINISTRY = "وزاره"
_SPELLED = "consonants"
_BONES = 3
"""Consonants by which a family name is known again in another spelling."""
_LONGEST = 7
"""Tokens of a foreign name in brackets."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name with its folded words; `weak` where no table knows what it means."""

    name: Candidate
    words: tuple[str, ...]
    weak: bool


def followed(text: Tokenized, names: Sequence[Candidate], weak: Sequence[bool]) -> list[Candidate]:
    """The names, in order; the weak ones with the label of the long form that they are short for, if there is one."""
    all_named = [_Named(one, words_of(text, one), unsure) for one, unsure in zip(names, weak, strict=True)]
    all_named = _in_own_letters(text, all_named)
    owners = _owners(all_named)
    alias = _acronyms(text, all_named)
    return [_follow(one, owners, alias) for one in all_named]


def _in_own_letters(text: Tokenized, named: Sequence[_Named]) -> list[_Named]:
    """Foreign names as the text itself spells them, in brackets behind one of their mentions."""
    spelled = {
        (one.name.type, one.words): _latin(text, one.name.last)
        for one in named
        if one.weak and _latin(text, one.name.last)
    }
    return [
        replace(one, name=replace(one.name, label=spelled.get((one.name.type, one.words), one.name.label)))
        if one.weak
        else one
        for one in named
    ]


def _latin(text: Tokenized, at: int) -> str:
    """The Latin letters that stand in brackets from token `at` on, nothing else beside them; else no letters."""
    if at >= len(text.tokens) or text.tokens[at].text != "(":
        return ""
    for last in range(at + 1, min(at + 2 + _LONGEST, len(text.tokens))):
        token = text.tokens[last]
        if token.text == ")":
            inside = text.text[text.tokens[at].end : token.start].strip()
            return inside if inside[:1].isupper() else ""
        if not token.text.isascii() or token.kind == "number":
            break
    return ""


def _follow(one: _Named, owners: Mapping[tuple[str, ...], list[_Named]], alias: Mapping[str, str]) -> Candidate:
    if not one.weak:
        return one.name
    if len(one.words) == 1 and one.words[0] in alias and one.name.type == "ORG":
        return replace(one.name, label=alias[one.words[0]])
    short = (one.name.type, *one.words)
    longer = [owner for owner in owners.get(short, ()) if len(owner.words) > len(one.words)]
    if not longer and one.name.type == "PER" and len(one.words) == 1:
        longer = owners.get((_SPELLED, skeleton(one.words[0])), [])
    if not longer:
        return one.name
    at = bisect_right([owner.name.first for owner in longer], one.name.first)
    label = longer[max(0, at - 1)].name.label
    return replace(one.name, label=label, short=one.name.type == "PER")


def _owners(named: Sequence[_Named]) -> dict[tuple[str, ...], list[_Named]]:
    """Every short form (its type first) to the long names that it may stand for, in order."""
    found: dict[tuple[str, ...], list[_Named]] = defaultdict(list)
    for one in sorted(named, key=lambda one: one.name.first):
        shorts = _person_shorts(one.words) if one.name.type == "PER" else _body_shorts(one.words)
        for short in dict.fromkeys(shorts):
            found[(one.name.type, *short)].append(one)
        bones = skeleton(one.words[-1]) if one.words else ""
        if one.name.type == "PER" and len(one.words) > 1 and len(bones) >= _BONES:
            found[(_SPELLED, bones)].append(one)
    return found


def _person_shorts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The family name with its particle or without, every shorter beginning and end, the given name alone."""
    for at in range(1, len(words)):
        if words[at - 1] not in particles() or words[at - 1] in ("بن", "ابن"):
            yield words[at:]
        if words[at - 1] not in particles():
            yield words[:at]


def _body_shorts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Shorter beginnings (``المجلس العسكري``), the head alone with its article, what stands behind it (``النهضة``)."""
    if len(words) < 2:
        return
    for at in range(1, len(words)):
        yield words[:at]
        yield (_definite(words[0]), *words[1:at])
    if words[0] == _MINISTRY or len(words) == 2:
        yield (words[1],)


def _definite(word: str) -> str:
    return word if word.startswith("ال") else f"ال{word}"


def _acronyms(text: Tokenized, named: Sequence[_Named]) -> dict[str, str]:
    """One word in brackets right behind a body is its short name: ``... لحقوق الإنسان (هيومن)``."""
    found: dict[str, str] = {}
    ordered = sorted(named, key=lambda one: one.name.first)
    for long, short in pairwise(ordered):
        between = [token.text for token in text.tokens[long.name.last : short.name.first]]
        bracketed = len(between) == 1 and between[0] in OPENING and _closes(text, short.name.last)
        if bracketed and len(short.words) == 1 and len(long.words) > 1 and long.name.type == short.name.type == "ORG":
            label = short.name.label if long.weak and not short.weak else long.name.label
            found.setdefault(short.words[0], label or "")
    return found


def _closes(text: Tokenized, at: int) -> bool:
    return at < len(text.tokens) and text.tokens[at].text in CLOSING
