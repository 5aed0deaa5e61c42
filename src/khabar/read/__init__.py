"""Reading: a file of any kind to documents, already repaired, with the plan that leads back to the file.

Nothing is loaded before it is asked for, and the libraries for single formats not before a file needs them.

``khabar.read`` is the name of this package and, for users, of the function in it; so the package can be called:

>>> import khabar
>>> list(khabar.read("absent.txt"))
Traceback (most recent call last):
khabar.errors.InputError: absent.txt: no such file or folder
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar.model import Document
    from khabar.read.files import discover, document_from_text, read, read_all

__all__ = ["discover", "document_from_text", "read", "read_all"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'khabar.read' has no attribute {name!r}")
    from khabar.read import files

    return getattr(files, name)


class _CallableModule(ModuleType):
    """This package; once it is loaded, Python itself puts it in the place of the function of its name."""

    def __call__(self, path: str | Path) -> Iterator[Document]:
        from khabar.read.files import read

        return read(path)


sys.modules[__name__].__class__ = _CallableModule
