"""The contents of claims, looked up by span."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from khabar.model import Claim, Span


class Contents:
    """The contents of claims, looked up by span."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.claims = sorted(claims, key=lambda claim: claim.content.start)
        self.starts = [claim.content.start for claim in self.claims]
        self.furthest = list(accumulate((claim.content.end for claim in self.claims), max))
        self.order = {claim.id: number for number, claim in enumerate(claims)}

    def holding(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Ids of the claims in whose content one of the spans stands, in the order of the claims."""
        found: set[str] = set()
        for span in spans:
            at = bisect_right(self.starts, span.start) - 1
            while at >= 0 and self.furthest[at] >= span.end:
                if self.claims[at].content.end >= span.end:
                    found.add(self.claims[at].id)
                at -= 1
        return tuple(sorted(found, key=self.order.__getitem__))
