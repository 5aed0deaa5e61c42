"""Quotation marks and round brackets, as Arabic news types them."""

from __future__ import annotations

QUOTES = frozenset('«»“”"')
"""Double quotation marks."""
SINGLE = frozenset("'‘’")
"""Single ones, also typed for an apostrophe."""
OPENING = frozenset("«“”\"'‘(")
"""What may open a quotation or an aside; ``”`` too, which many keyboards type on both sides."""
CLOSING = frozenset("»“”\"'’)")
"""What may close one."""
CLOSER = {"«": "»", "“": "”", '"': '"', "‘": "’"}
"""For an opening mark the one that closes it."""
