"""What the properties of a file (PDF, Word, OpenDocument) say of its report, as far as it can be believed.

Programs fill them in without being asked: the title of a template, the name of the computer's owner, the day on
which an old report was scanned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from khabar.model import Document, Published
from khabar.readers.known import Known, iso_date
from khabar.text import fold

_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u0671-\u06d3]{2,}")
_FILE_NAME = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}\s*$|^[A-Za-z]:|[\\/_]")
_PROGRAM = re.compile(r"^Microsoft |^PowerPoint |^Untitled|^Document ?\d|^\(anonymous\)", re.IGNORECASE)
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)(\d\d)")
_TEMPLATE = "2013-12-23T23:15"
"""When the template of python-docx was made, which its users forget to change."""
_FIRST_YEAR = "1995"
_TOP = 2_000
"""Characters in which a headline stands."""


def known_from(properties: Mapping[str, str], text: str) -> Known:
    """Author, and the title where its words stand at the top of the text: then it is the headline."""
    title = _title(properties)
    top = set(_ARABIC_WORD.findall(fold(text[:_TOP])))
    if title is None or not set(_ARABIC_WORD.findall(fold(title))) <= top:
        title = None
    return Known(title=title, author=_author(properties))


def completed(document: Document, properties: Mapping[str, str]) -> Document:
    """The document, with what the properties say where nothing else told it: a report is often filed later."""
    day = _created(properties)
    return replace(
        document,
        title=document.title or _title(properties),
        published=document.published or (Published(day, "metadata") if day else None),
    )


def _title(properties: Mapping[str, str]) -> str | None:
    """A title of three Arabic words or more that is no name of a file or program.

    >>> _title({"Title": "Microsoft Word - تقرير عن الحالة.doc"}), _title({"Title": "الوزير يصل إلى القاهرة"})
    (None, 'الوزير يصل إلى القاهرة')
    """
    title = " ".join(properties.get("Title", "").split())
    if _FILE_NAME.search(title) or _PROGRAM.search(title) or len(title) > 300:
        return None
    return title if len(_ARABIC_WORD.findall(fold(title))) >= 3 else None


def _author(properties: Mapping[str, str]) -> str | None:
    """A name of two Arabic words or more: what owners of computers are called (``HP``, ``user``) is none."""
    author = " ".join(properties.get("Author", "").split())
    return author if 2 <= len(_ARABIC_WORD.findall(fold(author))) <= 6 and not _FILE_NAME.search(author) else None


def _created(properties: Mapping[str, str]) -> str | None:
    """The day on which the file was made; its hour is that of a computer, and says nothing of the report.

    >>> _created({"CreationDate": "D:20200506103000+03'00'"}), _created({"CreationDate": "19700101"})
    ('2020-05-06', None)
    """
    told = properties.get("CreationDate", "").strip()
    found = _PDF_DATE.match(told)
    day = iso_date(f"{found[1]}-{found[2]}-{found[3]}" if found else told)
    if day is None or day.startswith(_TEMPLATE):
        return None
    return day[:10] if _FIRST_YEAR <= day[:10] <= date.today().isoformat() else None
