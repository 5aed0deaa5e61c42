"""The particles that mark where phrases and clauses begin and end, from ``event_particles``."""

from __future__ import annotations

from functools import cache

from khabar.lexicon import forms
from khabar.text import fold


@cache
def particles(kind: str) -> frozenset[str]:
    """The folded words of one kind: ``preposition``, ``barrier``, ``relative``, ...

    >>> "الذي" in particles("relative")
    True
    """
    return frozenset(fold(form) for form, row in forms("event_particles") if kind in row["kinds"].split())
