"""Reading: a file of any kind to documents, already repaired, with the plan that leads back to the file.

Nothing is loaded before it is asked for, and the libraries for single formats not before a file needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar.readers.files import discover, document_from_text, read, read_all

__all__ = ["discover", "document_from_text", "read", "read_all"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'khabar.readers' has no attribute {name!r}")
    from khabar.readers import files

    return getattr(files, name)
