"""The text layer of a PDF."""

from __future__ import annotations

from typing import Any

from khabar.errors import InputError

_MOST_PAGES = 2_000
_NO_TEXT = 8
"""Letters on average a page; a scanned page has none, or a stamp."""


def text_of_pdf(path: str, data: bytes) -> str:
    """The characters of all pages, in the order of the file, an empty line between pages.

    Raises:
        InputError: when the file is broken, locked with a password, or has no text (a scan).
    """
    import pypdfium2  # slow to load; only PDFs need it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise InputError(path, "PDF locked with a password" if locked else "broken PDF: it cannot be opened") from None
    try:
        pages = [_page(document, number) for number in range(min(len(document), _MOST_PAGES))]
    except pypdfium2.PdfiumError:
        raise InputError(path, "broken PDF: a page cannot be read") from None
    finally:
        document.close()
    text = "\n\n".join(pages)
    if sum(map(str.isalpha, text)) < _NO_TEXT * max(1, len(pages)) and sum(map(str.isalpha, text)) < 5 * _NO_TEXT:
        raise InputError(path, "PDF without text: scanned pages, which need OCR")
    return text


def _page(document: Any, number: int) -> str:
    page = document[number]
    layer = page.get_textpage()
    text = str(layer.get_text_range())
    layer.close()
    page.close()
    return text
