"""The text layer of a PDF, and what the PDF says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from khabar.errors import InputError

_MOST_PAGES = 2_000
_MOST_PLACED = 100_000
"""Characters whose places are looked at; the rest of a thick book is taken as the file has it."""
_NO_TEXT = 8
"""Letters on average a page; a scanned page has none, or a stamp."""
_WORSE = 0.1
"""By so much less the order of the glyphs must read well before the file's own order is believed."""
_PAGE_END = "\f"


class ScannedError(InputError):
    """A PDF whose pages are pictures: it has no text layer, and only OCR can read it."""


def read_pdf(path: str, data: bytes) -> tuple[str, Mapping[str, str]]:
    r"""The text of all pages, a form feed between two, and the properties (``Title``, ``Author``, ``CreationDate``).

    Lines are built from the places of the glyphs, so that they come in reading order whatever the order in the
    file, where that reads better than the file's own order.

    Raises:
        ScannedError: when it has no text.
        InputError: when the file is broken or locked with a password.
    """
    import pypdfium2  # slow to load; only PDFs need it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise InputError(path, "PDF locked with a password" if locked else "broken PDF: it cannot be opened") from None
    try:
        properties = {key: value for key, value in document.get_metadata_dict().items() if value}
        pages = _pages(document)
    except pypdfium2.PdfiumError:
        raise InputError(path, "broken PDF: a page cannot be read") from None
    finally:
        document.close()
    letters = sum(sum(map(str.isalpha, page)) for page in pages)
    if letters < _NO_TEXT * max(1, len(pages)) and letters < 5 * _NO_TEXT:
        raise ScannedError(path, "PDF without text: scanned pages, which need OCR")
    return _whole_characters(_PAGE_END.join(pages)), properties


def _whole_characters(text: str) -> str:
    """Pairs of surrogates, as pdfium gives what lies beyond the first plane, as the characters that they are."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def text_of_pdf(path: str, data: bytes) -> str:
    """The text alone of `read_pdf`, which raises the same errors."""
    return read_pdf(path, data)[0]


def _pages(document: Any) -> list[str]:
    pages: list[str] = []
    placed = 0
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        layer = page.get_textpage()
        plain = str(layer.get_text_range()).replace("\r\n", "\n").replace(_PAGE_END, "\n")
        placed += len(plain)
        pages.append(_best(layer, plain) if placed <= _MOST_PLACED else plain)
        layer.close()
        page.close()
    return pages


def _best(layer: Any, plain: str) -> str:
    """The page by the places of its glyphs, unless that reads worse."""
    from khabar.readers.glyphs import glyphs_of
    from khabar.readers.layout import text_of_page

    glyphs = glyphs_of(layer)
    if not glyphs:
        return plain
    placed = text_of_page(glyphs)
    return placed if well_spelled(placed) >= well_spelled(plain) - _WORSE else plain


_WORD = re.compile(r"[\u0621-\u064a]{2,}")
_ARTICLE = re.compile(r"[وفبك]?(?:ال|لل)[\u0621-\u064a]{2}")
_BROKEN = re.compile(r"[ةى](?=[\u0621-\u064a])|[\u0621-\u064a]{4}لا$")


def well_spelled(text: str) -> float:
    """How much a text looks like Arabic in reading order, without a dictionary, as a share of its words.

    In order, many words begin with the article, and ``ة`` and ``ى`` stand only at the end of a word; back to front
    it is the other way round.

    >>> well_spelled("المدينة القديمة") > 0 > well_spelled("ةنيدملا ةميدقلا")
    True
    """
    words = _WORD.findall(text)
    good = sum(_ARTICLE.match(word) is not None for word in words)
    bad = sum(_BROKEN.search(word) is not None for word in words)
    return (good - 2.0 * bad) / max(1, len(words))
