"""A repair plan: the recorded edits that lead from a raw text to a clean one, and the way back.

A plan is a tuple of steps; each step's edits are offsets into the text that the step before it left.  So a plan
can be replayed (`apply`) and undone (`invert`), and any offset of the clean text can be followed back to the raw text
(`origin`), any of the raw text forward (`target`).
The idea of a plan that explains and repeats a repair is ftfy's; the offset map is ours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

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


def inverse(raw: str, plan: Plan) -> Plan:
    """The plan that leads from the repaired text back to `raw`, which holds what the repair took away.

    >>> there = (Step("kashida", (Edit(1, 2, ""),)),)
    >>> apply("كتاب", inverse("كـتاب", there))
    'كـتاب'
    """
    steps: list[Step] = []
    for step in plan:
        steps.append(Step(step.rule, tuple(_undone(raw, step.edits))))
        raw = apply_edits(raw, step.edits)
    return tuple(reversed(steps))


def _undone(before: str, edits: tuple[Edit, ...]) -> Iterator[Edit]:
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield Edit(start, start + len(edit.new), before[edit.start : edit.end], edit.score)
        shift += len(edit.new) - (edit.end - edit.start)


def invert(text: str, plan: Plan, raw: str) -> str:
    """The raw text, won back from the repaired one.

    Raises:
        ValueError: when `text` is not what the plan makes of `raw`.

    >>> invert("كتاب", (Step("kashida", (Edit(1, 2, ""),)),), "كـتاب")
    'كـتاب'
    """
    if apply(raw, plan) != text:
        raise ValueError("the plan does not lead from this raw text to this text")
    return apply(text, inverse(raw, plan))


class OffsetMap:
    """Follows offsets of the clean text back to the raw text and forward again, in logarithmic time a step.

    >>> plan = (Step("kashida", (Edit(1, 2, ""),)),)
    >>> OffsetMap(plan).origin(1, 4), "كـتاب"[2:5], OffsetMap(plan).target(2, 5)
    ((2, 5), 'تاب', (1, 4))
    """

    def __init__(self, plan: Plan) -> None:
        self._steps = [_after(step.edits) for step in reversed(plan) if step.edits]
        self._forward = [_before(step.edits) for step in plan if step.edits]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text that ``clean[start:end]`` came from."""
        return _through(self._steps, start, end)

    def target(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the clean text that ``raw[start:end]`` became; empty where it was deleted."""
        return _through(self._forward, start, end)


_Sides = tuple[list[int], list[int], tuple[Edit, ...]]
"""Where each edit begins and ends on the side that is left, and the edits as they lead to the other side."""


def _through(steps: list[_Sides], start: int, end: int) -> tuple[int, int]:
    for starts, ends, edits in steps:
        start, end = (
            _back(start, starts, ends, edits, is_end=False),
            _back(end, starts, ends, edits, is_end=True),
        )
        end = max(start, end)
    return start, end


def _before(edits: tuple[Edit, ...]) -> _Sides:
    """The same as `_after` for the way forward: the edits as they stand in the text after the step."""
    starts, ends, _ = _after(edits)
    after = tuple(Edit(start, end, "") for start, end in zip(starts, ends, strict=True))
    return [edit.start for edit in edits], [edit.end for edit in edits], after


def _after(edits: tuple[Edit, ...]) -> _Sides:
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
