"""Placeholder until this stage lands."""
from __future__ import annotations
from collections.abc import Sequence
from khabar.model import Claim, Name, Published, Time, Event
from khabar.text import Tokenized

def find_events(text: Tokenized, times: Sequence[Time], names: Sequence[Name], claims: Sequence[Claim], published: Published | None) -> tuple[Event, ...]:
    return ()
