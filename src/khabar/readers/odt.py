"""The text of an OpenDocument file (.odt)."""

from __future__ import annotations

from typing import Any

from khabar.errors import InputError
from khabar.readers.office import Grammar, Parts, Text, lines_of, local, parts_of

_MOST_SPACES = 1_000


def _characters(node: Any) -> str | None:
    name = local(node)
    if name == "s":
        return " " * _count(node)
    return {"tab": "\t", "line-break": "\n", "soft-page-break": ""}.get(name)


def _count(node: Any) -> int:
    told = next((value for name, value in node.attrib.items() if name.endswith("}c")), "1")
    return min(int(told), _MOST_SPACES) if told.isdecimal() else 1


_OPEN_DOCUMENT = Grammar(
    paragraphs=frozenset({"p", "h"}),
    boxes=frozenset({"text-box"}),
    notes=frozenset({"note"}),
    # Remarks, what was deleted but is still tracked, what a picture shows, the number of a note, the list of contents.
    left_out=frozenset({
        "annotation", "annotation-end", "tracked-changes", "title", "desc", "note-citation", "table-of-content",
        "sequence-decls", "forms", "scripts",
    }),
    characters=_characters,
    mixed=True,
)  # fmt: skip


def read_odt(path: str, data: bytes) -> Text:
    """Its paragraphs, table cells and text boxes in order, one a line, notes last; its properties.

    Headers and footers are left out.

    Raises:
        InputError: when it is no OpenDocument text, is broken or locked, or unpacks to an absurd size.
    """
    parts = parts_of(path, data, "OpenDocument text")
    manifest = "META-INF/manifest.xml"
    if manifest in parts.names and b"encryption-data" in parts.read(manifest):
        raise InputError(path, "OpenDocument text locked with a password")
    body = next((node for node in parts.tree("content.xml") if local(node) == "body"), None)
    if body is None:
        raise InputError(path, "broken OpenDocument text: it has no body")
    return "\n".join(lines_of(body, _OPEN_DOCUMENT)), _properties(parts)


def _properties(parts: Parts) -> dict[str, str]:
    if "meta.xml" not in parts.names:
        return {}
    told = {local(node): node.text or "" for node in parts.tree("meta.xml").iter()}
    return {
        "Title": told.get("title", ""),
        "Author": told.get("initial-creator") or told.get("creator", ""),
        "CreationDate": told.get("creation-date", ""),
    }
