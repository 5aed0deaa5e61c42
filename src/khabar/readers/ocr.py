"""Scanned pages and pictures: read by tesseract, with its Arabic model, where that is installed.

tesseract is a program of its own, not a package: Debian has it as ``tesseract-ocr`` and ``tesseract-ocr-ara``.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from shutil import which

from khabar.errors import InputError
from khabar.model import Damage, Document, Span
from khabar.readers.child import in_child

_DOTS_PER_INCH = 300
_MOST_PIXELS = 50_000_000
"""A page of a broadsheet at 300 dots an inch has 35 million."""
_MOST_PAGES = 60
_SECONDS = 90.0
"""That tesseract may take for one page."""
_MEMORY_BYTES = 1_500_000_000
"""Of address space; the Arabic model and a broadsheet take a third of that."""
_LANGUAGE = "ara"
_NEEDED = "OCR needs tesseract with its Arabic model (tesseract-ocr, tesseract-ocr-ara), which is not installed"
_POINTS_PER_INCH = 72
_NUMBER = re.compile(r"\d(?:[\d.,/:٫٬]*\d)?")
_DOUBT = 0.5


def text_layer(path: str, data: bytes) -> tuple[str | None, Mapping[str, str], int]:
    """The text of a PDF, None where its pages are pictures; its properties; its number of pages where it is scanned.

    Runs in the worker process (`child`).

    Raises:
        InputError: when it is broken or locked.
    """
    from khabar.readers.pdf import ScannedError, read_pdf

    try:
        return *read_pdf(path, data), 0
    except ScannedError:
        return None, {}, _count(data)


def _count(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def ocr_pages(path: str, data: bytes, pages: int) -> str:
    """The text of the pages of a scanned PDF, a form feed between two.

    Raises:
        InputError: when tesseract is missing, takes too long or sees no text, or there are too many pages.
    """
    _check_installed(path, "PDF without text: scanned pages")
    if pages > _MOST_PAGES:
        raise InputError(path, f"PDF without text: {pages:,} scanned pages, where OCR reads at most {_MOST_PAGES}")
    read = [_read(path, in_child("page-picture", path, data, number=number)) for number in range(pages)]
    return _checked(path, "\f".join(read))


def ocr_picture(path: str, data: bytes) -> str:
    """The text of a picture (PNG, JPEG, TIFF).

    Raises:
        InputError: when tesseract is missing, cannot read the picture, takes too long or sees no text.
    """
    _check_installed(path, "a picture")
    return _checked(path, _read(path, data))


def with_doubtful_numbers(document: Document) -> Document:
    """The document, with its numbers flagged: the Arabic model of tesseract gets every second one wrong."""
    numbers = (Span(found.start(), found.end(), found.group()) for found in _NUMBER.finditer(document.text))
    doubtful = (Damage(number, "picture-number", _DOUBT) for number in numbers)
    return replace(document, damage=tuple(sorted((*document.damage, *doubtful), key=lambda damage: damage.span)))


def render_page(path: str, data: bytes, number: int) -> bytes:
    """A page of a PDF as a grey picture (PGM); runs in the worker process (`child`).

    Raises:
        InputError: when it cannot be drawn.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        page = document[number]
        bitmap = page.render(scale=_scale(*page.get_size()), grayscale=True)
    except pypdfium2.PdfiumError:
        raise InputError(path, f"broken PDF: page {number + 1} cannot be drawn") from None
    buffer, width = bytes(bitmap.buffer), bitmap.width
    rows = (buffer[at : at + width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    picture = b"P5 %d %d 255\n" % (width, bitmap.height) + b"".join(rows)
    document.close()
    return picture


def _scale(width: float, height: float) -> float:
    """From points to pixels, fewer for a poster."""
    wanted = _DOTS_PER_INCH / _POINTS_PER_INCH
    fits = math.sqrt(_MOST_PIXELS / max(1.0, width * height))
    return wanted if wanted < fits else fits


def _check_installed(path: str, what: str) -> None:
    if not is_installed():
        raise InputError(path, f"{what}; {_NEEDED}")


@cache
def is_installed() -> bool:
    """Is tesseract there, with its Arabic model?"""
    program = which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def _read(path: str, picture: bytes) -> str:
    """What tesseract reads in one picture."""
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGE, "--dpi", str(_DOTS_PER_INCH)]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            [*_limited(), *command], input=picture, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except subprocess.TimeoutExpired:
        raise InputError(path, f"OCR took longer than {_SECONDS:g} s for one page") from None
    except OSError as error:
        raise InputError(path, f"tesseract cannot be started: {error.strerror}") from None
    if done.returncode != 0:
        raise InputError(path, "a picture that tesseract cannot read: broken, too large, or of another format")
    return done.stdout.decode("utf-8", "replace").replace("\f", "").strip()


@cache
def _limited() -> tuple[str, ...]:
    """What holds a program to its memory, where the system has it (Linux): a small picture may unpack to gigabytes."""
    program = which("prlimit")
    return (program, f"--as={_MEMORY_BYTES}", "--") if program else ()


def _checked(path: str, text: str) -> str:
    if not any(letter.isalpha() for letter in text):
        raise InputError(path, "OCR sees no text in these pictures")
    return text
