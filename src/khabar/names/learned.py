"""What the encoder's head for names says of a text: its own candidates, and how probable it holds any other's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from khabar import encoder
from khabar.model import NameType
from khabar.names.candidate import Candidate
from khabar.names.clitics import stem_of
from khabar.names.evidence import words
from khabar.text import Tokenized

if TYPE_CHECKING:
    from khabar.encoder.encoding import Encoding

HEAD = "names"


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """The encoder's view of a text."""

    names: tuple[Candidate, ...]
    """Its own names: rule ``model``, whole words with their clitics cut off."""
    odds: Mapping[str, list[float]]
    """For each label (``O``, ``B-PER``, ``I-PER`` ...) its probability at each token."""

    def probability(self, first: int, last: int, kind: NameType) -> float:
        """How probable it is that tokens `first` to `last` (left out) are a name of this kind, no more and no less.

        The least probable thing that this rests on, as for the encoder's own spans: the label of each token, and that
        the token behind does not go on with it.
        """
        begins, goes_on = self.odds[f"B-{kind}"], self.odds[f"I-{kind}"]
        ends = 1 - goes_on[last] if last < len(goes_on) else 1.0
        return min(begins[first], *goes_on[first + 1 : last], ends)


def opinion(text: Tokenized) -> Opinion | None:
    """What the encoder says, or None where it cannot be used."""
    return opinion_of(text, encoder.encode(text)) if encoder.available() and text.tokens else None


def opinion_of(text: Tokenized, encoding: Encoding) -> Opinion:
    """The view that an encoding of the text holds."""
    import numpy as np

    here = {token.folded for token in text.tokens}
    names = []
    for first, last, label, probability in encoding.spans(HEAD):
        first, last = _trimmed(text, first, last)
        if first < last:
            kind = cast(NameType, label)
            start = stem_of(text, first, last, kind, here)
            names.append(Candidate(first, last, start, text.tokens[last - 1].end, kind, "model", min(1.0, probability)))
    columns = np.exp(encoding.scores[HEAD]).T.tolist()
    return Opinion(tuple(names), dict(zip(encoding.heads[HEAD].labels, columns, strict=True)))


def _trimmed(text: Tokenized, first: int, last: int) -> tuple[int, int]:
    """Without marks at either end and particles at the last."""
    while first < last and text.tokens[first].kind == "mark":
        first += 1
    while last > first and (text.tokens[last - 1].kind == "mark" or text.tokens[last - 1].folded in words("locative")):
        last -= 1
    return first, last
