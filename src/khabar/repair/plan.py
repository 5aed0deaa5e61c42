"""A repair plan: the recorded edits that lead from a raw text to a clean one, and the way back.

A plan is a tuple of steps; each step's edits are offsets into the text that the step before it left.  So a plan
can be replayed (`apply`), and any offset of the clean text can be followed back to the raw text (`origin`).
The idea of a plan that explains and repeats a repair is ftfy's; the offset map is ours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from khabar.model import Edit, Step

Plan = tuple[Step, ...]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made.

    Raises:
        ValueError: when edits overlap, are out of order or reach past the end.

    >>> apply_edits("كـتاب", [Edit(1, 2, "")])
    'كتاب'
    """
    parts, at = [], 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit} does not fit a text of {len(text)} characters after {at}")
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])


def apply(raw: str, plan: Plan) -> str:
    """Replay a plan.

    >>> apply("كـتاب &amp;", (Step("kashida", (Edit(1, 2, ""),)), Step("entity", (Edit(5, 10, "&"),))))
    'كتاب &'
    """
    for step in plan:
        raw = apply_edits(raw, step.edits)
    return raw


class OffsetMap:
    """Follows offsets of the clean text back to the raw text, in logarithmic time.

    >>> plan = (Step("kashida", (Edit(1, 2, ""),)),)
    >>> OffsetMap(plan).origin(1, 4), "كـتاب"[2:5]
    ((2, 5), 'تاب')
    """

    def __init__(self, plan: Plan) -> None:
        self._steps = [_after(step.edits) for step in reversed(plan) if step.edits]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text that ``clean[start:end]`` came from."""
        for starts, ends, edits in self._steps:
            start, end = (
                _back(start, starts, ends, edits, is_end=False),
                _back(end, starts, ends, edits, is_end=True),
            )
            end = max(start, end)
        return start, end


def _after(edits: tuple[Edit, ...]) -> tuple[list[int], list[int], tuple[Edit, ...]]:
    """Where each edit's new text begins and ends in the text after the step."""
    starts, ends, shift = [], [], 0
    for edit in edits:
        starts.append(edit.start + shift)
        ends.append(edit.start + shift + len(edit.new))
        shift += len(edit.new) - (edit.end - edit.start)
    return starts, ends, edits


def _back(offset: int, starts: list[int], ends: list[int], edits: tuple[Edit, ...], *, is_end: bool) -> int:
    """One step back.  A start steps over what was deleted before it, an end stays before what was deleted after it."""
    at = bisect_right(starts, offset) - 1
    if is_end:
        while at >= 0 and starts[at] == offset:
            at -= 1
    if at < 0:
        return offset
    if offset >= ends[at]:
        return edits[at].end + offset - ends[at]
    return edits[at].end if is_end else edits[at].start
