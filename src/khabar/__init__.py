"""Khabar: a sourced record of events from Arabic news.

>>> import khabar
>>> document = khabar.document_from_text("التقى الوزير نظيره أمس.", published="2023-09-29")
>>> khabar.annotate(document).times[0].value
'2023-09-28'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabar.pipeline import annotate
    from khabar.readers import document_from_text, read
    from khabar.record import Record

__version__ = "0.1.0"
__all__ = ["Record", "__version__", "annotate", "document_from_text", "read"]

_HOME = {
    "annotate": "khabar.pipeline",
    "read": "khabar.readers",
    "document_from_text": "khabar.readers",
    "Record": "khabar.record",
}


def __getattr__(name: str) -> Any:
    """Loads a stage when it is first asked for, so that ``khabar --help`` answers at once."""
    if name not in _HOME:
        raise AttributeError(f"module 'khabar' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
