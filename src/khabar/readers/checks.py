"""What every text must be before it is read: not empty, not endless, Arabic."""

from __future__ import annotations

import hashlib
import re

from khabar.errors import InputError

MOST_CHARACTERS = 5_000_000
"""A thick book; beyond it reading and finding would take minutes and gigabytes."""
MOST_BYTES = 4 * MOST_CHARACTERS
"""No text of at most `MOST_CHARACTERS` can have more bytes than this."""
MOST_BYTES_OF_MANY = 100_000_000
"""For files that hold pictures or many reports beside text: PDF, Word, JSON lists."""
_SAMPLE = 400_000
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SHARE = 0.2
"""Reports full of Latin names stay above half; English reports with an Arabic name in them stay below a twentieth."""


def sha256(data: bytes) -> str:
    """The digest by which the bytes of a document are known."""
    return hashlib.sha256(data).hexdigest()


def check_text(path: str, text: str) -> None:
    """Refuses what cannot be an Arabic report.

    Raises:
        InputError: when the text is empty, longer than `MOST_CHARACTERS`, or (nearly) without Arabic letters.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(path, f"too large: {len(text):,} characters, where a report may have {MOST_CHARACTERS:,}")
    if not text.strip("\ufeff\u200b\u200e\u200f \t\r\n\x0b\x0c\xa0"):
        raise InputError(path, "empty: nothing but white space")
    sample = text[:_SAMPLE]
    arabic = len(_ARABIC.findall(sample))
    if arabic < _LEAST_SHARE * len(_LETTER.findall(sample)) or arabic == 0:
        raise InputError(path, "not Arabic: (almost) none of its letters are")
