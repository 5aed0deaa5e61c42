"""The text of a Word document (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from khabar.errors import InputError

_MOST_UNPACKED = 200_000_000


def text_of_docx(path: str, data: bytes) -> str:
    """Its paragraphs and table cells in order, one a line.

    Raises:
        InputError: when it is no Word document, is broken, or unpacks to an absurd size.
    """
    _check_size(path, data)
    import docx  # slow to load; only Word documents need it
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(io.BytesIO(data))
        return "\n".join(part.text for part in _paragraphs(document))
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, XMLSyntaxError, RecursionError):
        raise InputError(path, "broken Word document") from None


def _check_size(path: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise InputError(path, "broken Word document") from None
    if size > _MOST_UNPACKED:
        raise InputError(path, f"too large: unpacks to {size:,} bytes")


def _paragraphs(document: Any) -> Iterator[Any]:
    """Paragraphs in the order of the page; a table's cells where the table stands."""
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            for row in item.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield item
