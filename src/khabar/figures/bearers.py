"""Whom a fate can befall: people, of things only arms; the ill are not wounded, and masked men are not the seized."""

from __future__ import annotations

import itertools
from functools import cache

from khabar.figures.amounts import Amount
from khabar.figures.reader import Reader
from khabar.figures.words import word_class
from khabar.lexicon import forms
from khabar.model import Span
from khabar.text import fold

_SEIZED_WITHIN = 3
_ILL_REACH, _REACH, _COUNT_REACH = 10, 6, 16
_CAUGHT = ("مصاب", "اصيب", "اصابه", "يصاب")
_ENDS = frozenset({"،", ",", "؛", "؟", "!", ":", "(", ")", "متن", "متنه", "متنها", "."})
_FREIGHT_WITHIN = 3
_DEPLOYABLE = frozenset({"vessel", "aircraft", "weapon"})


def fits(reader: Reader, fate: str, unit: str, what: Span | None) -> bool:
    """People meet every fate, but only the armed and their helpers are deployed; of things, only arms are."""
    if fate == "arrested" and (_seizing(reader, what) or _suspended(reader, what)):
        return False
    if fate != "deployed":
        return unit == "person"
    return (unit in _DEPLOYABLE and not _freight(reader, what)) or (
        unit in ("person", "vehicle") and what is not None and _armed(what.text)
    )


def _seizing(reader: Reader, what: Span | None) -> bool:
    """``خطف ثلاثة مسلحين قسا``: masked men take others away."""
    if what is None or fold(what.text).split()[0] not in word_class("gunmen"):
        return False
    at = reader.text.token_at(what.start)
    return any(
        reader.folded(index).removeprefix("و") in word_class("seized") for index in range(at - _SEIZED_WITHIN, at)
    )


def _freight(reader: Reader, what: Span | None) -> bool:
    """``أرسلت أربع طائرات شحن محملة بالأغذية``: sent with goods, not deployed."""
    behind = reader.text.token_at(what.end - 1) + 1 if what is not None else 0
    near = {reader.folded(at) for at in range(behind - 1, behind + _FREIGHT_WITHIN)}
    return bool(near & word_class("freight"))


def _suspended(reader: Reader, what: Span | None) -> bool:
    """``إيقاف خمسة لاعبين عن النشاط``: kept from their work, not seized."""
    behind = reader.text.token_at(what.end - 1) + 1 if what is not None else 0
    return what is not None and reader.folded(behind) == "عن" and reader.folded(behind + 1).startswith("ال")


@cache
def _armed(what: str) -> bool:
    return any(fold(word).removeprefix("ال") in _forces() for word in what.split())


@cache
def _forces() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in forms("forces"))


def is_ill(reader: Reader, amount: Amount, kind: str) -> bool:
    """``200 مصاب بالسكري`` are ill, not wounded."""
    if kind != "wounded":
        return False
    reach = (reader.folded(at) for at in range(amount.last, amount.last + _ILL_REACH))
    behind = list(itertools.takewhile(lambda word: word not in _ENDS, reach))
    sentence = reader.text.sentences[reader.text.sentence_at(amount.start)]
    named = {
        reader.folded(at)
        for at in range(amount.first - _COUNT_REACH, min(sentence.last, amount.last + _REACH))
        if at >= sentence.first or reader.folded(amount.last) in word_class("case")
        if reader.folded(at) != "به" or reader.folded(at - 1).removeprefix("ال").startswith(_CAUGHT)
    }
    if any(word.startswith(tuple(word_class("illness"))) for word in behind):
        return True
    return bool(named & word_class("ailing") and not named & word_class("injured"))
