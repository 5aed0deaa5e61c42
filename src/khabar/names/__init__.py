"""Placeholder until this stage lands."""
from __future__ import annotations
from collections.abc import Sequence
from khabar.model import Name
from khabar.text import Tokenized

def find_names(text: Tokenized) -> tuple[Name, ...]:
    return ()
