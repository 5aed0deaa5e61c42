"""Names of persons, bodies and places, and which thing each means.  The rules are loaded when they are first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from khabar.model import Name
    from khabar.text import Tokenized

__all__ = ["find_names"]


def find_names(text: Tokenized) -> tuple[Name, ...]:
    """Every mention by name in a text; see `khabar.names.find.find_names`.

    The encoder reads the tables of this package without any of its rules, whose import takes some hundredths of a
    second.
    """
    from khabar.names import find

    return find.find_names(text)
