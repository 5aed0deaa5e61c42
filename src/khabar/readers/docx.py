"""The text of a Word document (.docx)."""

from __future__ import annotations

from typing import Any

from khabar.readers.office import Grammar, Parts, Text, lines_of, local, parts_of

_STANDS_FOR = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}


def _characters(node: Any) -> str | None:
    name = local(node)
    return node.text or "" if name == "t" else _STANDS_FOR.get(name)


_WORD = Grammar(
    paragraphs=frozenset({"p"}),
    boxes=frozenset({"txbxContent"}),
    notes=frozenset(),
    # Properties; what was deleted or moved away but is still tracked; the copy of a text box for old programs.
    left_out=frozenset({"pPr", "rPr", "tblPr", "sectPr", "sdtPr", "del", "moveFrom", "Fallback", "instrText", "rt"}),
    characters=_characters,
    mixed=False,
)
_MAIN = "word/document.xml"


def read_docx(path: str, data: bytes) -> Text:
    """Its paragraphs, table cells and text boxes in order, one a line, foot- and endnotes last; its properties.

    Headers and footers are left out.

    Raises:
        InputError: when it is no Word document, is broken, or unpacks to an absurd size.
    """
    parts = parts_of(path, data, "Word document")
    lines = lines_of(parts.tree(_main(parts)), _WORD)
    for kind in ("footnote", "endnote"):
        name = f"word/{kind}s.xml"
        if name in parts.names:
            lines += [line for note in _notes(parts.tree(name)) for line in lines_of(note, _WORD)]
    return "\n".join(lines), _properties(parts)


def _main(parts: Parts) -> str:
    """The part that holds the text; some programs number it."""
    others = (name for name in sorted(parts.names) if name.startswith("word/document") and name.endswith(".xml"))
    return _MAIN if _MAIN in parts.names else next(others, _MAIN)


def _notes(root: Any) -> list[Any]:
    """The notes, without the lines that Word draws above them, which are notes too."""
    return [note for note in root if not any(name.endswith("}type") for name in note.attrib)]


def _properties(parts: Parts) -> dict[str, str]:
    if "docProps/core.xml" not in parts.names:
        return {}
    told = {local(node): node.text or "" for node in parts.tree("docProps/core.xml")}
    return {"Title": told.get("title", ""), "Author": told.get("creator", ""), "CreationDate": told.get("created", "")}
