"""Files and folders for what is written, with errors that name them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from khabar.errors import KhabarError

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\\ud800-\udfff]")
_LONGEST = 200
"""Bytes of a name; file systems allow 255, and an ending must fit too."""


def file_name(id: str) -> str:
    """An id as the name of a file without its ending.

    >>> file_name("../etc/passwd"), file_name("تقرير 1"), file_name("..")
    ('_etc_passwd', 'تقرير 1', 'document')
    """
    name = _UNSAFE.sub("_", id).strip(". ")
    return name.encode()[:_LONGEST].decode(errors="ignore") or "document"


def make_folder(path: Path) -> None:
    """Make a folder and those above it.

    Raises:
        KhabarError: when something else has that name, or it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise KhabarError(f"{path}: not a folder") from error
    except OSError as error:
        raise KhabarError(f"{path}: cannot be made: {error.strerror}") from error


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all, as UTF-8; its folder is made if missing.

    Raises:
        KhabarError: when it cannot be written.
    """
    make_folder(path.absolute().parent)
    draft = path.with_name(f".{file_name(path.name)[:100]}.{os.getpid()}")
    try:
        if path.is_dir():
            raise KhabarError(f"{path}: a folder; name a file")
        draft.write_bytes(text.encode("utf-8", "replace"))
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KhabarError(f"{path}: cannot be written: {error.strerror}") from error


def remove(path: Path) -> None:
    """Remove a file, where it still is.

    Raises:
        KhabarError: when it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise KhabarError(f"{path}: cannot be removed: {error.strerror}") from error
