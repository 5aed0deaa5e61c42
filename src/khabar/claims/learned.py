"""What the encoder's heads for claims say of a text: how probable a word is a cue, and the sources that they see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from khabar import encoder
from khabar.model import SourceKind
from khabar.text import Tokenized

if TYPE_CHECKING:
    from khabar.encoder.encoding import Encoding

CUES, SOURCES, STANCE = "cues", "sources", "stance"


@dataclass(frozen=True, slots=True)
class Seen:
    """A source that the encoder sees in tokens `first` to `last` (left out)."""

    first: int
    last: int
    kind: SourceKind
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """The encoder's view of the claims of a text."""

    cues: Sequence[float]
    """For each token how probable it is that it is part of a cue."""
    sources: tuple[Seen, ...]
    stances: Sequence[tuple[str, float]] = ()
    """For each token the stance that a cue there would have, and how probable; empty where there is no such head."""

    def source_at(self, at: int) -> Seen | None:
        """The source that covers a token."""
        return next((seen for seen in self.sources if seen.first <= at < seen.last), None)


def opinion(text: Tokenized) -> Opinion | None:
    """What the encoder says, or None where it cannot be used or has no heads for claims."""
    if not text.tokens or not encoder.available():
        return None
    encoding = encoder.encode(text)
    return opinion_of(encoding) if {CUES, SOURCES} <= encoding.heads.keys() else None


def opinion_of(encoding: Encoding) -> Opinion:
    """The view that an encoding of a text holds."""
    import numpy as np

    outside = encoding.heads[CUES].labels.index("O")
    cues = 1 - np.exp(encoding.scores[CUES][:, outside])
    seen = (Seen(one.first, one.last, cast(SourceKind, one.label), one.probability) for one in encoding.spans(SOURCES))
    return Opinion(cues.tolist(), tuple(seen), _stances(encoding))


def _stances(encoding: Encoding) -> tuple[tuple[str, float], ...]:
    import numpy as np

    if STANCE not in encoding.heads:
        return ()
    labels, scores = encoding.heads[STANCE].labels, np.exp(encoding.scores[STANCE])
    return tuple((labels[best], float(row[best])) for row, best in zip(scores, scores.argmax(axis=1), strict=True))
