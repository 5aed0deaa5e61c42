"""Bytes to characters, by evidence: an encoding is believed when Arabic words come out of it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ("windows-1256", "iso-8859-6")
_SAMPLE = 200_000
_ARABIC_WORD = re.compile(r"[\u0621-\u063a\u0640-\u0652]+")
_MIXED = re.compile(r"[A-Za-z][\u0621-\u063a\u0640-\u0652]|[\u0621-\u063a\u0640-\u0652][A-Za-z]")
"""``prىsident``: accented letters of Europe read as Arabic."""
_HIGH = re.compile(r"[^\x00-\x7f]")
_FREQUENT = frozenset({
    "في", "من", "على", "إلى", "الى", "أن", "ان", "إن", "التي", "الذي", "عن", "مع", "هذا", "هذه", "ما", "لا",
    "بين", "كان", "بعد", "قال", "أو", "كما", "قد", "لم", "خلال", "حيث", "ذلك", "وقال",
})  # fmt: skip
"""Closed-class words, one in three or four of any report."""


class UnknownEncodingError(ValueError):
    """No encoding makes these bytes Arabic; its text says what they look like instead."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of some bytes, and the encoding that they were written in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Characters of `data`: UTF-8, UTF-16 (with a byte order mark or without), Windows-1256 or ISO-8859-6.

    Raises:
        UnknownEncodingError: when the bytes are no text, or no encoding gives Arabic words.

    >>> decode("قال في بيان".encode("windows-1256"))
    Decoded(text='قال في بيان', encoding='windows-1256')
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding)
    if b"\x00" in data[:_SAMPLE] or data.count(b"\x06", 0, _SAMPLE) > 3:
        return _utf16(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _by_evidence(data)


_NO_ENCODINGS_OF_TEXT = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})
"""Known to Python by such a name; the first two take the square of the length."""


def decode_as(data: bytes, charset: str) -> str | None:
    """Characters in the encoding that somebody claims; None where there is no such encoding or it does not fit.

    >>> decode_as("قال".encode("iso-8859-6"), "arabic"), decode_as(b"a", "x" + chr(0)), decode_as(b"a", "hex")
    ('قال', None, None)
    """
    try:
        known = codecs.lookup(charset).name
        return None if known.replace("-", "_") in _NO_ENCODINGS_OF_TEXT else data.decode(known)
    except (ValueError, LookupError):  # ValueError: a name with a zero in it, and every kind of UnicodeError
        return None


def _utf16(data: bytes) -> Decoded:
    encoding = max(("utf-16-le", "utf-16-be"), key=lambda name: _evidence(_sample(data, name)))
    if _evidence(_sample(data, encoding)) < 0.2:
        raise UnknownEncodingError("binary data, not text")
    return Decoded(data.decode(encoding, "replace"), encoding)


def _sample(data: bytes, encoding: str) -> str:
    return data[:_SAMPLE].decode(encoding, "replace")


def _by_evidence(data: bytes) -> Decoded:
    encoding = max(_SINGLE_BYTE, key=lambda name: _evidence(_sample(data, name)))
    evidence = _evidence(_sample(data, encoding))
    damaged = data.decode("utf-8", "replace")
    if (
        damaged.count("\ufffd") * 50 < len(_HIGH.findall(damaged[:_SAMPLE]))
        and _evidence(damaged[:_SAMPLE]) >= evidence
    ):
        return Decoded(damaged, "utf-8")
    if evidence < 0.3:
        raise UnknownEncodingError(
            "cannot tell the encoding: neither UTF-8, UTF-16, Windows-1256 nor ISO-8859-6 gives Arabic words"
        )
    return Decoded(data.decode(encoding, "replace"), encoding)


def _evidence(text: str) -> float:
    """How much a text looks like Arabic, 0 to 1: letters that are Arabic, and words that every report has.

    Nearly every pair of bytes is a letter in UTF-16 and every byte one in Windows-1256, so that letters alone
    prove little; the frequent words decide.
    """
    words = _ARABIC_WORD.findall(text)
    letters = sum(map(len, words))
    high = len(_HIGH.findall(text))
    if not letters or text.count("\ufffd") * 20 > high or len(_MIXED.findall(text)) * 10 > len(words):
        return 0.0
    frequent = sum(word in _FREQUENT for word in words) / len(words)
    return 0.5 * letters / max(high, 1) + min(0.5, 5 * frequent)
