"""The annotation form, one document a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from khabar.export.annotation import to_json
from khabar.model import Annotated


def jsonl(documents: Iterable[Annotated]) -> Iterator[str]:
    """One line of JSON a document, with its line end."""
    for annotated in documents:
        yield json.dumps(to_json(annotated), ensure_ascii=False, separators=(",", ":")) + "\n"
