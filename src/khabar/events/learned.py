"""What the encoder says of events: that a word names none after all, or surely one, and on which day an event was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from khabar import encoder
from khabar.text import Tokenized

if TYPE_CHECKING:
    from khabar.encoder.decode import Floats
    from khabar.encoder.encoding import Encoding
    from khabar.encoder.links import Links

_HEAD, _NONE, _DATE = "triggers", "O", "date"
_SURELY = 0.99
"""Probability from which on a word is held to name no event, whatever the lexicon says."""
_LIKELY = 0.95
"""Probability of a type from which on a word of the lexicon names such an event, also where its roles are not found."""


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """The encoder's view of a text's events."""

    nothing: frozenset[int]
    """Tokens that surely name no event."""
    likely: Mapping[str, frozenset[int]]
    """For each type of event the tokens that very probably name one."""
    links: Links

    def date_odds(self, trigger: int, times: Sequence[int]) -> list[float | None]:
        """For each of some times, told by their tokens, the log-odds that it dates the event of a trigger.

        None for what the encoder did not read together with the trigger.
        """
        if not times:
            return []
        odds: list[float] = self.links.odds(_DATE, [trigger], times)[0].tolist()
        return [None if one != one else one for one in odds]


def opinion(text: Tokenized) -> Opinion | None:
    """What the encoder says, or None where it cannot be used or its weights know nothing of events."""
    if not text.tokens or not encoder.available():
        return None
    found = encoder.encode(text)
    return opinion_of(found) if _HEAD in found.heads and _DATE in found.links.kinds else None


def opinion_of(encoding: Encoding) -> Opinion:
    """The view that an encoding of the text holds."""
    scores, labels = encoding.scores[_HEAD], encoding.heads[_HEAD].labels
    nothing = _above(scores[:, labels.index(_NONE)], _SURELY)
    likely = {label: _above(scores[:, at], _LIKELY) for at, label in enumerate(labels) if label != _NONE}
    return Opinion(nothing, likely, encoding.links)


def _above(scores: Floats, least: float) -> frozenset[int]:
    """The tokens whose probability, given by its logarithm, is above a bar."""
    import numpy as np

    return frozenset(np.flatnonzero(scores > np.log(least)).tolist())
