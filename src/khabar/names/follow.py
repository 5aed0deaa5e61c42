"""Inside a text the short form of a name means what the long one means: ``الصندوق`` after ``صندوق النقد الدولي``.

For names that no table knows and that were found as names already; where the long form stands first or, as below a
headline, only afterwards.  The nearest long form before decides, else the first one after.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from khabar.names.candidate import Candidate, words_of
from khabar.names.evidence import particles
from khabar.text import Tokenized
from khabar.text.quotes import CLOSING, OPENING

_MINISTRY = "وزاره"


@dataclass(frozen=True, slots=True)
class _Named:
    """A name with its folded words; `weak` where no table knows what it means."""

    name: Candidate
    words: tuple[str, ...]
    weak: bool


def followed(text: Tokenized, names: Sequence[Candidate], weak: Sequence[bool]) -> list[Candidate]:
    """The names, in order, the weak ones with the label of the long form that they are short for, where there is one."""
    all_named = [_Named(one, words_of(text, one), unsure) for one, unsure in zip(names, weak, strict=True)]
    owners = _owners(all_named)
    alias = _acronyms(text, all_named)
    return [_follow(one, owners, alias) for one in all_named]


def _follow(one: _Named, owners: Mapping[tuple[str, ...], list[_Named]], alias: Mapping[str, str]) -> Candidate:
    if not one.weak:
        return one.name
    if len(one.words) == 1 and one.words[0] in alias and one.name.type == "ORG":
        return replace(one.name, label=alias[one.words[0]])
    longer = [owner for owner in owners.get((one.name.type, *one.words), ()) if len(owner.words) > len(one.words)]
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
    return found


def _person_shorts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The family name with its particle or without, every shorter beginning and end, the given name alone."""
    for at in range(1, len(words)):
        if words[at - 1] not in particles() or words[at - 1] in ("بن", "ابن"):
            yield words[at:]
        if words[at - 1] not in particles():
            yield words[:at]


def _body_shorts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Shorter beginnings (``المجلس العسكري``), the head alone with its article, of a ministry what it is for."""
    if len(words) < 2:
        return
    for at in range(1, len(words)):
        yield words[:at]
        yield (_definite(words[0]), *words[1:at])
    if words[0] == _MINISTRY:
        yield (words[1],)


def _definite(word: str) -> str:
    return word if word.startswith("ال") else f"ال{word}"


def _acronyms(text: Tokenized, named: Sequence[_Named]) -> dict[str, str]:
    """One word in brackets right behind a body is its short name: ``... لحقوق الإنسان (هيومن)``."""
    found: dict[str, str] = {}
    ordered = sorted(named, key=lambda one: one.name.first)
    for long, short in zip(ordered, ordered[1:], strict=False):
        between = [token.text for token in text.tokens[long.name.last : short.name.first]]
        bracketed = len(between) == 1 and between[0] in OPENING and _closes(text, short.name.last)
        if bracketed and len(short.words) == 1 and len(long.words) > 1 and long.name.type == short.name.type == "ORG":
            label = short.name.label if long.weak and not short.weak else long.name.label
            found.setdefault(short.words[0], label or "")
    return found


def _closes(text: Tokenized, at: int) -> bool:
    return at < len(text.tokens) and text.tokens[at].text in CLOSING
