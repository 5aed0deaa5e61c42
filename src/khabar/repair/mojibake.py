"""Mojibake: bytes of one encoding that were read as another.

Two kinds are mended.  UTF-8 that was read one byte a character (``Ø§Ù„`` or ``ط§ظ„`` for ``ال``): there the
characters fall into groups whose bytes are UTF-8, which hardly happens by chance, so even part of a line can be
mended, and text that was spoilt twice is mended twice.  And the one-byte Arabic encodings that were read as Western
ones (``ÞÇá`` for ``قال``): whole words of nothing but accented capitals and signs, of which that encoding is right
that gives known words.  The idea of finding the groups in characters instead of bytes is ftfy's; these encodings and
tests are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from khabar.model import Edit
from khabar.repair.words import LETTER, familiarity, oddities

_LOST = {0xD8: "ح", 0xD9: "ف", 0xE2: "”"}
"""Characters whose last byte became a soft hyphen or a control character, which copies lose."""
_LOST_SCORE = 0.8
_WESTERN = ("cp1252", "mac_roman", "cp437")
_ARABIC = ("cp1256", "iso8859_6")
_READINGS = (*_WESTERN, *_ARABIC)

_FOREIGN = re.compile(
    "[\x80-\xaa\xac-\xba\xbc-\xff\u0100-\u05ff\u063b-\u063f\u066e-\u06ef\u06fa-\u1fff\u20a0-\u2fff]"
    "|[\u200c\u200d\u201a\u201e\u2020\u2021\u2030\u2039\u203a]"
)
"""Signs of which every word that was read wrongly holds some, and good Arabic few or none."""
_CHEAP_WESTERN = re.compile("[\xa1-\xffŸ√╪┘├┬Γ][^\\s\0-\x7f\u0600-\u06ff]")
_CHEAP_ARABIC = re.compile("[طظعغ][^\\sء-يپ][طظعغ]|[طظعغ]پ[طظعغ]|â€")


@dataclass(frozen=True, slots=True)
class Reading:
    """One encoding that UTF-8 was read as: the byte of each of its characters, and how its damage looks."""

    bytes: Mapping[str, int]
    sign: re.Pattern[str]
    """Two Arabic letters in a row, spoilt; for Western encodings also two that were spoilt twice."""
    group: re.Pattern[str]
    """The characters of one spoilt character, of one whose second byte was lost, or any other character."""
    western: bool


def mojibake(text: str) -> tuple[Edit, ...]:
    """UTF-8 read as Windows-1252, Latin-1, Mac Roman, DOS, Windows-1256 or ISO-8859-6, made Arabic again.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "قال Ø§Ù„ÙˆØ²ÙŠØ± أمس"
    >>> apply_edits(text, mojibake(text))
    'قال الوزير أمس'
    """
    if not _FOREIGN.search(oddities(text)):
        return ()
    names = (*(_WESTERN if _CHEAP_WESTERN.search(text) else ()), *(_ARABIC if _CHEAP_ARABIC.search(text) else ()))
    if not names:
        return ()
    signs = {name: sum(1 for _ in _reading(name).sign.finditer(text)) for name in names}
    name = max(signs, key=lambda name: signs[name])
    return tuple(_mended(text, _reading(name))) if signs[name] else _punctuation(text)


def _byte(value: int, name: str) -> str:
    """The character of a byte; a byte that the encoding leaves out is its own number, as browsers read it."""
    try:
        return bytes([value]).decode(name)
    except UnicodeDecodeError:
        return chr(value)


@cache
def _reading(name: str) -> Reading:
    of_byte = {_byte(value, name): value for value in range(0x80, 0x100)}
    if name == "cp1252":  # Latin-1 is the same but for the control characters
        of_byte |= {chr(value): value for value in range(0x80, 0xA0)}

    def those(first: int, last: int) -> str:
        return "[" + "".join(re.escape(sign) for sign, value in of_byte.items() if first <= value <= last) + "]"

    rest, arabic = those(0x80, 0xBF), those(0xD8, 0xDB)
    group = f"{those(0xC2, 0xDF)}{rest}|{those(0xE0, 0xEF)}{rest}{rest}|{those(0xF0, 0xF4)}{rest}{rest}{rest}"
    lost, western = those(0xD8, 0xD9), name in _WESTERN
    quote = _byte(0xE2, name) + _byte(0x80, name)
    return Reading(
        of_byte,
        re.compile(f"(?:{arabic}{rest}){{2}}" + (f"|(?:{group}){{4}}" if western else "")),
        re.compile(rf"(?P<group>{group})|(?P<lost>{lost}(?={arabic}|[\s.,:\"()-]|$)|{quote})|(?P<good>[\0-\x7f])|."),
        western,
    )


def _mended(text: str, reading: Reading) -> Iterator[Edit]:
    """Line by line: where one word is spoilt beyond doubt, so are those that could be read so."""
    at = 0
    for line in text.split("\n"):
        if reading.sign.search(line):
            for token in re.finditer(r"[^ \t\r]+", line):
                yield from _of_token(token.group(), at + token.start(), reading)
        at += len(line) + 1


def _of_token(token: str, at: int, reading: Reading) -> list[Edit]:
    """The edits of one word; none where a part of it could not be spoilt text, which Western letters never are."""
    edits = []
    for found in reading.group.finditer(token):
        if found["group"]:
            plain = _decoded(found.group(), reading)
            if plain is None:
                return []
            edits.append(Edit(at + found.start(), at + found.end(), plain))
        elif found["lost"]:
            letter = _LOST[reading.bytes[found.group()[0]]]
            edits.append(Edit(at + found.start(), at + found.end(), letter, _LOST_SCORE))
        elif not found["good"] and not reading.western:
            return []
    return edits


def _decoded(group: str, reading: Reading) -> str | None:
    try:
        return bytes(reading.bytes[sign] for sign in group).decode("utf-8")
    except UnicodeDecodeError:
        return None


_SIGN_SCORE = 0.95
_SPOILT_SIGN = re.compile(
    "â€[\x80-\xbf˜™œšž\u201c\u201d\u2022\u2013\u2026¦\x9d]|â€(?![^\\s.,،])|Ã[\x80-\xbf€-™]|Â[\xa0«»°·©®]"
)


def _punctuation(text: str) -> tuple[Edit, ...]:
    """Quotation marks, dashes and accented letters spoilt among good Arabic: ``â€œنعمâ€‌``."""
    reading = _reading("cp1252")
    if not _SPOILT_SIGN.search(text):
        return ()
    found = ((sign, _decoded(sign.group(), reading) or "”") for sign in _SPOILT_SIGN.finditer(text))
    return tuple(Edit(sign.start(), sign.end(), plain, _SIGN_SCORE) for sign, plain in found)


_ACCENTED = (
    "\xa1-\xbf\xc0-\xff\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0152\u0160\u0153\u0161\u017d\u017e\u0178"
)
_ACCENT = re.compile("[\xc0-\xff]")
_SPOILT_WORD = re.compile(rf"(?<![A-Za-z{LETTER}{_ACCENTED}])[{_ACCENTED}]{{3,}}(?![A-Za-z{LETTER}])")
_SPOILT_RUN = re.compile(rf"(?<![A-Za-z{LETTER}{_ACCENTED}])[{_ACCENTED}]+(?![A-Za-z{LETTER}])")
_LEAST_WORDS = 2
_LEAST_KNOWN = 3.0
"""Mean familiarity of the words that a one-byte encoding must give: running Arabic has more than 4."""


def one_byte_arabic(text: str) -> tuple[Edit, ...]:
    """Windows-1256 or ISO-8859-6 that was read as Latin-1 or Windows-1252.

    >>> from khabar.repair.plan import apply_edits
    >>> text = "ÞÇá ÇáæÒíÑ Åä ÇáÇÊÝÇÞ ÞÑíÈ"
    >>> apply_edits(text, one_byte_arabic(text))
    'قال الوزير إن الاتفاق قريب'
    """
    if not _ACCENT.search(oddities(text)):
        return ()
    found = _SPOILT_WORD.findall(text)
    if len(found) < _LEAST_WORDS:
        return ()
    words = sorted(set(found))[:300]
    score, name = max((_known(words, name), name) for name in _ARABIC)
    if score < _LEAST_KNOWN:
        return ()
    return tuple(edit for run in _SPOILT_RUN.finditer(text) for edit in _letters(run, name))


def _known(words: Iterable[str], name: str) -> float:
    """Mean familiarity of words once they are read in an encoding."""
    read = [re.findall(rf"[{LETTER}]+", _as(word, name)) for word in words]
    known = [familiarity(word) for parts in read for word in parts]
    return sum(known) / len(known) if known else 0.0


def _as(word: str, name: str) -> str:
    of_byte = _reading("cp1252").bytes
    return "".join(_byte(of_byte[sign], name) for sign in word)


def _letters(run: re.Match[str], name: str) -> Iterator[Edit]:
    for at, (sign, letter) in enumerate(zip(run.group(), _as(run.group(), name), strict=True), run.start()):
        if sign != letter:
            yield Edit(at, at + 1, letter, _SIGN_SCORE)
