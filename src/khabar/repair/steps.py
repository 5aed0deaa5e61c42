"""Edits that several rules made over one text, turned into the steps of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khabar.model import Edit, Step
from khabar.repair.plan import Plan

Ruled = tuple[str, Edit]
"""An edit and the name of the rule that made it."""


def in_steps(edits: Iterable[Ruled]) -> Plan:
    """One step a rule, in the order in which the rules first made an edit.

    All edits are offsets into one and the same text and do not overlap; each step's come out as offsets into
    what the steps before it leave.

    >>> plan = in_steps([("markup", Edit(0, 3, "")), ("entity", Edit(4, 9, "&")), ("markup", Edit(10, 14, ""))])
    >>> plan[1] == Step("entity", (Edit(1, 6, "&"),))
    True
    """
    ordered = sorted(edits, key=lambda ruled: (ruled[1].start, ruled[1].end))
    rules = list(dict.fromkeys(rule for rule, _ in ordered))
    return tuple(Step(rule, _shifted(ordered, rule, frozenset(rules[:at]))) for at, rule in enumerate(rules))


def _shifted(ordered: list[Ruled], rule: str, done: frozenset[str]) -> tuple[Edit, ...]:
    shift, moved = 0, []
    for name, edit in ordered:
        if name in done:
            shift += len(edit.new) - (edit.end - edit.start)
        elif name == rule:
            moved.append(replace(edit, start=edit.start + shift, end=edit.end + shift))
    return tuple(moved)
