"""Synthetic damage, one function a kind: a clean text goes in, what a careless program makes of it comes out.

Every kind takes a random number generator, so that a seed draws the same damage again.  The kinds follow what is seen
in real copies: text pulled from a PDF, pages read in the wrong encoding, feeds that escape twice.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from random import Random

from bench.repair_shape import LETTERS, join_left, shaped, visual

Damage = Callable[[str, Random], str]

WIDTH = 92
"""Characters a line, where a kind cuts a text into lines."""
_WORD = re.compile(rf"[{LETTERS}]+")
_DIGITS = re.compile(r"\d{2,}")
_LAM_ALEF = re.compile("ل([اأإآ])")
_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک", "ى": "ی"})
_URDU = str.maketrans({"ه": "ہ", "ك": "ک", "ي": "ی"})
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_TEAR = re.compile(rf"(?<=[زر])ي(?=[{LETTERS}])")
_ANY_TEAR = re.compile(rf"(?<=[{LETTERS}][اأدذرزو])(?=[{LETTERS}]{{2}})")


def lines_of(text: str, width: int = WIDTH) -> list[str]:
    """The text as a page prints it: lines no wider than `width`, an empty one between paragraphs."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += textwrap.wrap(paragraph, width, break_long_words=False, break_on_hyphens=False) or [""]
    return found


def kashida(text: str, random: Random) -> str:
    """Words stretched, as a page justified with kashida comes out."""

    def stretched(found: re.Match[str]) -> str:
        word = found.group()
        places = [at for at in range(1, len(word)) if join_left(word[at - 1])]
        if len(word) < 3 or not places or random.random() > 0.7:
            return word
        at = random.choice(places)
        return word[:at] + "ـ" * random.randint(1, 4) + word[at:]

    return _WORD.sub(stretched, text)


def presentation_forms(text: str, _: Random) -> str:
    """Letters as they are drawn, in reading order."""
    return shaped(text)


def visual_order(text: str, _: Random) -> str:
    """Whole lines from left to right as they stand on the page; numbers and Latin words keep their order."""
    return "\n".join(visual(line) for line in lines_of(text))


def visual_presentation_forms(text: str, _: Random) -> str:
    """Both of the two: what old typesetting programs write."""
    return "\n".join(visual(shaped(line)) for line in lines_of(text))


def reversed_lines(text: str, _: Random) -> str:
    """Every line back to front, numbers too."""
    return "\n".join(line[::-1] for line in lines_of(text))


def lam_alef(text: str, _: Random) -> str:
    """``لا`` drawn in one stroke whose two letters come out in the wrong order."""
    return _LAM_ALEF.sub(r"\1ل", text)


def some_lam_alef(text: str, random: Random) -> str:
    """The same in one of two such strokes, for fonts that spell only some of them right."""
    return _LAM_ALEF.sub(lambda found: found[1] + "ل" if random.random() < 0.5 else found[0], text)


def torn_letters(text: str, random: Random) -> str:
    """``زي`` and ``ري`` in one stroke cut the line there, and its pieces come out in the wrong order."""
    return "\n".join(_torn(line, _TEAR, 0.9, random) for line in lines_of(text))


def torn_letters_elsewhere(text: str, random: Random) -> str:
    """The same with a font that cuts behind other letters that do not join."""
    return "\n".join(_torn(line, _ANY_TEAR, 0.03, random) for line in lines_of(text))


def _torn(line: str, tear: re.Pattern[str], share: float, random: Random) -> str:
    cuts = [found.start() for found in tear.finditer(line) if random.random() < share]
    pieces = [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return " ".join(piece.strip() for piece in reversed(pieces))


def split_words(text: str, random: Random) -> str:
    """A space inside every twentieth word, behind a letter that does not join."""

    def split(found: re.Match[str]) -> str:
        word = found.group()
        places = [at for at in range(2, len(word) - 1) if not join_left(word[at - 1])]
        if not places or random.random() > 0.1:
            return word
        at = random.choice(places)
        return f"{word[:at]} {word[at:]}"

    return _WORD.sub(split, text)


def glued_words(text: str, random: Random) -> str:
    """Every thirtieth space lost."""
    return re.sub(r"(?<=\w) (?=\w)", lambda _: "" if random.random() < 1 / 30 else " ", text)


def private_digits(text: str, random: Random) -> str:
    """Digits that come out as the codes of a font."""
    first = random.randrange(0xE000, 0xF000)
    return re.sub(r"[0-9]", lambda found: chr(first + int(found.group())), text)


def reversed_digits(text: str, _: Random) -> str:
    """Numbers back to front in a text that is in order."""
    return _DIGITS.sub(lambda found: found.group()[::-1], text)


def mixed_digits(text: str, random: Random) -> str:
    """Numbers half in one set of digits and half in the other."""
    return re.sub(
        r"[0-9]",
        lambda found: found.group().translate(_ARABIC_DIGITS) if random.random() < 0.3 else found.group(),
        text,
    )


def utf8_as_1256(text: str, _: Random) -> str:
    """UTF-8 read as Windows-1256."""
    return text.encode().decode("cp1256")


def utf8_as_latin(text: str, _: Random) -> str:
    """UTF-8 read as Latin-1."""
    return text.encode().decode("latin-1")


def windows_as_latin(text: str, _: Random) -> str:
    """Windows-1256 read as Latin-1."""
    return text.encode("cp1256", "replace").decode("latin-1")


def persian_letters(text: str, _: Random) -> str:
    """A Persian keyboard's letters."""
    return text.translate(_PERSIAN)


def urdu_letters(text: str, _: Random) -> str:
    """An Urdu keyboard's letters."""
    return text.translate(_URDU)


def bidi_controls(text: str, random: Random) -> str:
    """Direction marks and zero-width characters strewn over the text."""
    signs = "\u200e\u200f\u202a\u202b\u202c\u2066\u2069\u200b\ufeff\u200c"
    return re.sub(r"(?<=\S)", lambda _: random.choice(signs) if random.random() < 0.03 else "", text)


def entities(text: str, random: Random) -> str:
    """Letters and signs escaped, some of them twice."""

    def escaped(found: re.Match[str]) -> str:
        ways = (
            found.group(),
            f"&#{ord(found.group())};",
            f"&#x{ord(found.group()):x};",
            f"&amp;#{ord(found.group())};",
        )
        return random.choices(ways, (9, 1, 1, 1))[0]

    text = text.replace("&", "&amp;").replace('"', "&quot;").replace("«", "&laquo;").replace("»", "&raquo;")
    return re.sub(rf"[{LETTERS}]", escaped, text)


def lost_paragraphs(text: str, _: Random) -> str:
    """Cut into lines of one width, with no sign of where a paragraph ended."""
    return "\n".join(line for line in lines_of(text) if line)


def printed_page(text: str, random: Random) -> str:
    """What a justified PDF in an old font comes out as: kashida, torn letters, private digits, all at once."""
    return torn_letters(kashida(private_digits(text, random), random), random)


DAMAGES: dict[str, Damage] = {
    "kashida": kashida,
    "presentation forms": presentation_forms,
    "visual order": visual_order,
    "visual order, presentation forms": visual_presentation_forms,
    "lines and numbers back to front": reversed_lines,
    "lam-alef inverted": lam_alef,
    "lam-alef inverted, half of them": some_lam_alef,
    "torn letters (زي, ري)": torn_letters,
    "torn letters (any that do not join)": torn_letters_elsewhere,
    "split words": split_words,
    "glued words": glued_words,
    "private-use digits": private_digits,
    "reversed digits": reversed_digits,
    "mixed digit sets": mixed_digits,
    "UTF-8 read as Windows-1256": utf8_as_1256,
    "UTF-8 read as Latin-1": utf8_as_latin,
    "Windows-1256 read as Latin-1": windows_as_latin,
    "Persian letters": persian_letters,
    "Urdu letters": urdu_letters,
    "bidi controls, zero-width": bidi_controls,
    "HTML entities": entities,
    "lost paragraphs": lost_paragraphs,
    "kashida, torn letters, private-use digits": printed_page,
}
