"""What every text must be before it is read: not empty, not endless, Arabic."""

from __future__ import annotations

import hashlib
import re
import zlib

from khabar.errors import InputError

MOST_CHARACTERS = 5_000_000
"""Of what holds a report, markup and all."""
MOST_IN_A_REPORT = 2_500_000
"""Characters of one report's text, 5 MB of Arabic: a very thick book, half a minute and 250 MB of work."""
MOST_BYTES = 4 * MOST_CHARACTERS
"""No text of at most `MOST_CHARACTERS` can have more bytes than this."""
MOST_BYTES_OF_MANY = 100_000_000
"""For files that hold pictures or many reports beside text: PDF, Word, JSON lists."""
MOST_LINES = 100_000
_LONG, _MOST_PACKED = 20_000, 30
_SPACES = re.compile(r"\s+")
_SAMPLE = 400_000
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
_LETTER = re.compile(r"[^\W\d_]+")
_LEAST_SHARE = 0.2
"""Reports full of Latin names stay above half; English reports with an Arabic name in them stay below a twentieth."""


def sha256(data: bytes) -> str:
    """The digest by which the bytes of a document are known."""
    return hashlib.sha256(data).hexdigest()


def check_text(path: str, text: str) -> None:
    """Refuses what cannot be an Arabic report.

    Raises:
        InputError: when the text is empty, longer than `MOST_IN_A_REPORT` or `MOST_LINES`, (nearly) without Arabic
            letters, or the same few words from beginning to end.
    """
    if len(text) > MOST_IN_A_REPORT:
        raise InputError(path, f"too large: {len(text):,} characters, where a report may have {MOST_IN_A_REPORT:,}")
    if text.count("\n") > MOST_LINES:
        raise InputError(path, f"too large: {text.count(chr(10)):,} lines, where a report may have {MOST_LINES:,}")
    if not text.strip("\ufeff\u200b\u200e\u200f \t\r\n\x0b\x0c\xa0"):
        raise InputError(path, "empty: nothing but white space")
    sample = text[:_SAMPLE]
    arabic = sum(map(len, _ARABIC.findall(sample)))
    if arabic < _LEAST_SHARE * sum(map(len, _LETTER.findall(sample))) or arabic == 0:
        raise InputError(path, "not Arabic: (almost) none of its letters are")
    if _repeats(text):
        raise InputError(path, "no report: the same few words over and over")


def _repeats(text: str) -> bool:
    """Does a long text say nothing new?  It then packs into next to nothing (white space is not counted).

    Reports pack to a quarter, and concatenated reports with their boilerplate to a sixth.  The stages take several
    times as long for ``قال قال قال ...`` as for prose, so that it would block a build for minutes.
    """
    if len(text) < _LONG:
        return False
    data = _SPACES.sub(" ", text).encode("utf-8", "surrogatepass")
    return len(data) > _LONG and len(zlib.compress(data, 1)) * _MOST_PACKED < len(data)
