"""Across documents: the same man, the same event, the same text; who agrees, who copies, who contradicts.

Everything here is deterministic and independent of the order in which documents come; nothing compares all pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from khabar.link.relabel import relabel
from khabar.model import Annotated, Links, Ruling

__all__ = ["link", "relabel"]


def link(documents: Sequence[Annotated], rulings: Iterable[Ruling] = ()) -> Links:
    """Entities, happenings, stories, copies and roots over a set of annotated documents.

    Labels in happenings are those of the linked entities; the documents themselves keep theirs until `relabel`.
    `rulings` are what people have decided; they hold whatever the documents say.

    >>> from khabar import annotate, document_from_text
    >>> link([annotate(document_from_text("وصل الوفد."))]).copies
    ()
    """
    from khabar.link.delta import Collected
    from khabar.link.linker import Linker
    from khabar.link.state import State

    by_id = {document.document.id: document for document in documents}
    linker = Linker(State.in_memory(), lambda ids: {id: by_id[id] for id in ids}, rulings)
    collected = Collected()
    collected.apply(linker.update(by_id))
    return collected.links()
