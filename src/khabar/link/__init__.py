"""Across documents: the same man, the same event, the same text; who agrees, who copies, who contradicts.

Everything here is deterministic and independent of the order of the documents; nothing compares all pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.link.relabel import relabel
from khabar.model import Annotated, Links

__all__ = ["link", "relabel"]


def link(documents: Sequence[Annotated]) -> Links:
    """Entities, happenings, stories, copies and roots over a set of annotated documents.

    Labels in happenings are those of the linked entities; the documents themselves keep theirs until `relabel`.

    >>> from khabar import annotate, document_from_text
    >>> link([annotate(document_from_text("وصل الوفد."))]).copies
    ()
    """
    from khabar.link.bodies import bodies
    from khabar.link.copies import COPY, find_copies
    from khabar.link.entities import link_entities
    from khabar.link.happenings import link_events
    from khabar.link.roots import find_roots
    from khabar.link.scenes import scenes
    from khabar.link.stories import Weights, find_stories

    texts = bodies([document.document for document in documents])
    related = find_copies(texts)
    entities = link_entities(documents)
    told = relabel(documents, Links(entities=entities))
    roots = find_roots(told, related)
    weights = Weights(texts)
    stories = find_stories(texts, weights)
    story_of = {id: story.id for story in stories for id in story.documents}
    all_scenes = scenes(told, {text.id: text for text in texts}, weights, story_of)
    arabic = {entity.label: entity.arabic for entity in entities}
    happenings = link_events(all_scenes, dict(roots), arabic)
    return Links(entities, happenings, stories, tuple(copy for copy in related if copy.share >= COPY), roots)
