"""What the packed formats of word processors have in common: parts in a ZIP, paragraphs in the order of the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from khabar.errors import InputError
from khabar.readers.unpack import unpacking

Text = tuple[str, Mapping[str, str]]
"""The characters of a file, and its properties by the names that PDFs give them (`Title`, `Author`, `CreationDate`)."""
_MOST_UNPACKED = 200_000_000


@dataclass(slots=True)
class Parts:
    """The parts of a packed file, each unpacked when it is asked for."""

    path: str
    what: str
    """What errors call it (``Word document``)."""
    archive: zipfile.ZipFile
    names: frozenset[str]

    def read(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            InputError: when it is missing, broken or locked.
        """
        if name not in self.names:
            raise InputError(self.path, f"broken {self.what}: its part {name} is missing")
        return unpacking(self.path, lambda: self.archive.read(name))

    def tree(self, name: str) -> Any:
        """The XML of a part.

        Raises:
            InputError: when it is missing or broken.
        """
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            return etree.fromstring(self.read(name), parser)
        except etree.XMLSyntaxError:
            raise InputError(self.path, f"broken {self.what}: its part {name} is cut off or no XML") from None


def parts_of(path: str, data: bytes, what: str) -> Parts:
    """The parts of a packed file.

    Raises:
        InputError: when it is no ZIP, or unpacks to an absurd size.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise InputError(path, f"broken {what}") from None
    size = sum(part.file_size for part in archive.infolist())
    if size > _MOST_UNPACKED:
        raise InputError(path, f"too large: unpacks to {size:,} bytes")
    return Parts(path, what, archive, frozenset(archive.namelist()))


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a format writes text; elements are known by their names without a namespace."""

    paragraphs: frozenset[str]
    boxes: frozenset[str]
    """Put behind the paragraph that they are anchored in."""
    notes: frozenset[str]
    """Put at the end of the text."""
    left_out: frozenset[str]
    characters: Callable[[Any], str | None]
    """What an element itself stands for (a tab, a break), None where it stands for what is in it."""
    mixed: bool
    """Are characters that stand between elements part of the text?"""


def local(node: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def lines_of(root: Any, grammar: Grammar) -> list[str]:
    """Paragraphs and cells in the order of the page, each a line; notes last."""
    notes: list[Any] = []
    lines = list(_lines(root, grammar, notes))
    for note in notes:  # a note in a note comes behind it
        lines += _lines(note, grammar, notes)
    return lines


def _lines(root: Any, grammar: Grammar, notes: list[Any]) -> Iterator[str]:
    for node in root:
        name = local(node)
        if name in grammar.notes:
            notes.append(node)
        elif name in grammar.paragraphs:
            yield from _paragraph(node, grammar, notes)
        elif name not in grammar.left_out:
            yield from _lines(node, grammar, notes)


def _paragraph(node: Any, grammar: Grammar, notes: list[Any]) -> Iterator[str]:
    boxes: list[Any] = []
    yield "".join(_pieces(node, grammar, boxes, notes))
    for box in boxes:
        yield from _lines(box, grammar, notes)


def _pieces(node: Any, grammar: Grammar, boxes: list[Any], notes: list[Any]) -> Iterator[str]:
    if grammar.mixed:
        yield _one_space(node.text)
    for inner in node:
        name = local(inner)
        if name in grammar.notes:
            notes.append(inner)
        elif name in grammar.boxes:
            boxes.append(inner)
        elif name and name not in grammar.left_out:
            stands_for = grammar.characters(inner)
            if stands_for is None:
                yield from _pieces(inner, grammar, boxes, notes)
            else:
                yield stands_for
        if grammar.mixed:
            yield _one_space(inner.tail)


def _one_space(text: str | None) -> str:
    """White space in XML text counts as one space."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
