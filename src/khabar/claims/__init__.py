"""Placeholder until this stage lands."""
from __future__ import annotations
from collections.abc import Sequence
from khabar.model import Name, Time, Claim
from khabar.text import Tokenized

def find_claims(text: Tokenized, names: Sequence[Name], times: Sequence[Time]) -> tuple[Claim, ...]:
    return ()
