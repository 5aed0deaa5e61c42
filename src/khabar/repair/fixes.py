"""One small function per defect: it looks at a text and returns the edits that mend it.

First rule: a text without the defect gives no edit.  Vowel signs are no defect and stay.  The order of `FIXES`
matters: an entity may hide a bidi control, a presentation form a kashida, and letters in visual order are turned
before a ligature among them becomes two.  Text that was spoilt several times is mended in several passes.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from khabar.lexicon import forms
from khabar.model import Edit, Step
from khabar.repair.digits import private_digits
from khabar.repair.ligatures import ligature_order
from khabar.repair.mojibake import mojibake, one_byte_arabic
from khabar.repair.numbers import mixed_digits, reversed_digits
from khabar.repair.pages import running_lines
from khabar.repair.paragraphs import torn_lines
from khabar.repair.plan import Plan, apply_edits
from khabar.repair.spacing import glued_words, split_words
from khabar.repair.standins import stand_ins
from khabar.repair.torn import torn_words
from khabar.repair.visual import visual_order
from khabar.repair.words import LETTER, MARK, frequency, oddities

Fix = Callable[[str], tuple[Edit, ...]]


def _edits(pairs: Iterator[tuple[re.Match[str], str]]) -> tuple[Edit, ...]:
    return tuple(Edit(found.start(), found.end(), new) for found, new in pairs if found.group() != new)


def _matches(one: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Of a pattern that a single character meets: no search through a text that lacks all of these."""
    return one.finditer(text) if one.search(oddities(text)) else iter(())


_RETURN = re.compile(r"\r\n?|[\x85\u2028\u2029\x0b\x0c]")


def line_breaks(text: str) -> tuple[Edit, ...]:
    r"""Windows and old Macintosh line ends, form feeds, Unicode line separators.

    >>> apply_edits("أ\r\nب", line_breaks("أ\r\nب"))
    'أ\nب'
    """
    return _edits((found, "\n") for found in _matches(_RETURN, text))


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def control_characters(text: str) -> tuple[Edit, ...]:
    """Control characters go; half a surrogate pair, which no file could hold, becomes the replacement sign."""
    return _edits((found, "\ufffd" if found.group() >= "\ud800" else "") for found in _matches(_CONTROL, text))


_ENTITY = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _unescape(entity: str) -> str:
    for _ in range(3):
        plain = html.unescape(entity)
        if plain == entity:
            break
        entity = plain
    return entity


def entities(text: str) -> tuple[Edit, ...]:
    """HTML entities left in the text, also those escaped twice.

    >>> apply_edits("قال &amp;quot;نعم&quot;", entities("قال &amp;quot;نعم&quot;"))
    'قال "نعم"'
    """
    if "&" not in text:
        return ()
    return _edits((found, _unescape(found.group())) for found in _ENTITY.finditer(text))


_PRESENTATION = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")


def presentation_forms(text: str) -> tuple[Edit, ...]:
    """Letters as they were drawn, back to the letters themselves.

    Unicode decomposes a vowel sign that stands alone into a space or a kashida and the sign; only the sign is
    wanted.

    >>> apply_edits("ﻋﺸﺮﺓ ﻻ", presentation_forms("ﻋﺸﺮﺓ ﻻ"))
    'عشرة لا'
    """
    return _edits((found, _base(found.group())) for found in _matches(_PRESENTATION, text))


def _base(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lstrip(" ").replace("\u0640", "")


_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    rf"|(?<=[{LETTER}])\u200d|\u200d(?=[{LETTER}])"
)


def invisible_characters(text: str) -> tuple[Edit, ...]:
    """Bidi controls, zero-width characters, soft hyphens.  The joiner inside an emoji stays."""
    return _edits((found, "") for found in _INVISIBLE.finditer(text)) if _UNSEEN.search(oddities(text)) else ()


_KASHIDA = re.compile("\u0640+")
_JOINED = re.compile(rf"[{LETTER}{MARK}]")


def kashida(text: str) -> tuple[Edit, ...]:
    """The stroke that stretches a word.

    It stays where it is a dash between spaces and in ``هـ``, the sign of a Hijri year.

    >>> text = 'وصــل لــ"الصحيفة" ـ عام 1445هـ'
    >>> apply_edits(text, kashida(text))
    'وصل ل"الصحيفة" ـ عام 1445هـ'
    """
    if "\u0640" not in text:
        return ()
    return _edits((found, _unstretched(text, found)) for found in _KASHIDA.finditer(text))


def _unstretched(text: str, found: re.Match[str]) -> str:
    start, end = found.span()
    followed = _JOINED.match(text, end) is not None
    preceded = start > 0 and _JOINED.match(text[start - 1]) is not None
    if not followed and text[start - 1 : start] == "ه" and not _JOINED.match(text[max(0, start - 2) : start - 1]):
        return "ـ"
    return "" if preceded or followed else found.group()


_YEH, _KAF, _HEH = "یېےۍێۑ", "کڪڬ", "ھہۂە"
_LOOKALIKE = {
    **dict.fromkeys(_YEH, "ي"),
    **dict.fromkeys(_KAF, "ك"),
    **dict.fromkeys(_HEH, "ه"),
    **{"ۃ": "ة", "ۀ": "ة", "ۓ": "ئ"},
}
_LOOKALIKE_SIGN = re.compile(f"[{''.join(_LOOKALIKE)}]")
_LOOKALIKE_WORD = re.compile(rf"(?<![{LETTER}{MARK}])[{LETTER}{MARK}]*[{''.join(_LOOKALIKE)}][{LETTER}{MARK}]*")
_QUOTED = 0.2
_ARABIC_WORD = re.compile(rf"[\u0621-\u064a{MARK}]*")


def lookalike_letters(text: str) -> tuple[Edit, ...]:
    """Persian and Urdu letters typed in words that are Arabic in all else.

    ``گوگل`` is left alone: it has a letter that Arabic lacks, so it is meant so.  Where many of the words have one,
    the report quotes Persian or Urdu.

    >>> apply_edits("مکتب علی الوزیر", lookalike_letters("مکتب علی الوزیر"))
    'مكتب على الوزير'
    """
    if not _LOOKALIKE_SIGN.search(oddities(text)):
        return ()
    words = list(_LOOKALIKE_WORD.finditer(text))
    foreign = sum(1 for found in words if not _ARABIC_WORD.fullmatch(_plain(found.group())))
    if foreign > _QUOTED * len(words):
        return ()
    return _edits((found, _arabic(found.group())) for found in words)


def _plain(word: str) -> str:
    return "".join(_LOOKALIKE.get(letter, letter) for letter in word)


def _arabic(word: str) -> str:
    plain = _plain(word)
    if not _ARABIC_WORD.fullmatch(plain):
        return word
    with_maqsura = plain[:-1] + "ى"
    if word[-1] != "ی" or with_maqsura in _words_in_maqsura():
        return plain if word[-1] != "ی" else with_maqsura
    return with_maqsura if frequency(with_maqsura) > frequency(plain) else plain


@cache
def _words_in_maqsura() -> frozenset[str]:
    """Compared as written, since folding makes one letter of ى and ي."""
    words = [form for form, _ in forms("alef_maqsura")]
    return frozenset(clitic + word for clitic in ("", "و", "ف") for word in words)


_SPACE = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def odd_spaces(text: str) -> tuple[Edit, ...]:
    """Non-breaking, thin and wide spaces."""
    return _edits((found, " ") for found in _matches(_SPACE, text))


FIXES: tuple[tuple[str, Fix], ...] = (
    ("entity", entities),
    ("mojibake", mojibake),
    ("mojibake", mojibake),
    ("mojibake", mojibake),
    ("one-byte-mojibake", one_byte_arabic),
    ("running-line", running_lines),
    ("line-break", line_breaks),
    ("control-character", control_characters),
    ("invisible", invisible_characters),
    ("visual-order", visual_order),
    ("presentation-form", presentation_forms),
    ("kashida", kashida),
    ("lookalike-letter", lookalike_letters),
    ("odd-space", odd_spaces),
    ("stand-in", stand_ins),
    ("ligature-order", ligature_order),
    ("torn-word", torn_words),
    ("split-word", split_words),
    ("glued-word", glued_words),
    ("private-digit", private_digits),
    ("mixed-digits", mixed_digits),
    ("reversed-digits", reversed_digits),
    ("torn-line", torn_lines),
)


def repair(text: str, fixes: tuple[tuple[str, Fix], ...] = FIXES) -> tuple[str, Plan]:
    """The text with every fix made, and the plan that makes it: ``apply(text, plan)`` is the repaired text.

    >>> repair("زيــارة") == ("زيارة", (Step("kashida", (Edit(2, 4, ""),)),))
    True
    """
    plan: list[Step] = []
    for name, fix in fixes:
        edits = fix(text)
        if edits:
            text = apply_edits(text, edits)
            plan.append(Step(name, edits))
    return text, tuple(plan)
