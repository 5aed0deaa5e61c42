"""What a build did, and what it left out."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from khabar.build import Summary
from khabar.model import Dropped
from khabar.show.clean import plain
from khabar.show.parts import Listing

_MOST = 20
"""Dropped inputs of one reason that are named one by one in a terminal; the record holds them all."""


def summary_view(summary: Summary) -> RenderableType:
    """The table that a build ends with, and what was left out and why."""
    made = Table.grid(padding=(0, 2))
    made.add_column()
    made.add_column(justify="right")
    rows = {"read": summary.read, "read again (changed)": summary.changed, "unchanged": summary.unchanged}
    rows["dropped"] = len(summary.dropped)
    if summary.damaged:
        rows["too damaged to trust"] = summary.damaged
    for name, number in {**rows, "in the record": summary.counts["documents"]}.items():
        made.add_row(Text(name), Text(f"{number:,}"))
    for name in ("happenings", "claims", "people", "bodies", "places"):
        made.add_row(Text("events" if name == "happenings" else name), Text(f"{summary.counts[name]:,}"))
    parts: list[RenderableType] = [made]
    if summary.rules_only:
        parts.append(Text(f"found by rules only, without the encoder: {summary.rules_only}"))
    return Group(*parts, dropped_view(summary.dropped)) if summary.dropped else Group(*parts)


def dropped_view(dropped: Sequence[Dropped]) -> RenderableType:
    """Inputs that were left out, each with its reason."""
    made = Listing("dropped", "reason")
    for item in dropped[:_MOST]:
        made.add_row(plain(item.path), plain(item.reason))
    if len(dropped) > _MOST:
        made.add_row(Text("…"), Text(f"and {len(dropped) - _MOST} more; the record's table 'dropped' has them all"))
    return made
