"""One person, body or place, or one story, over all documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from khabar.model import Annotated, Entity, Happening, Links, Story
from khabar.show.clean import clean, isolated, plain
from khabar.show.parts import SUPPORT_STYLES, Listing, facts, kind
from khabar.show.timeline import by_date, parties, tellers, when

TYPES = {"PER": "person", "ORG": "body", "LOC": "place"}


def entity_view(entity: Entity, links: Links, outlets: Mapping[str, str]) -> RenderableType:
    """Every spelling met, and the events that it has a part in."""
    known = {entity.label, *entity.labels}
    head = facts(
        (TYPES[entity.type], entity.label), ("id", entity.id),
        ("spellings", ", ".join(isolated(form) for form in entity.forms)),
        ("documents", ", ".join(clean(id) for id in entity.documents)), ("taken as one", entity.reason),
    )  # fmt: skip
    part_in = [event for event in links.happenings if known & {*event.actors, *event.recipients, event.place}]
    return Group(head, _events(part_in, outlets))


def _events(happenings: Iterable[Happening], outlets: Mapping[str, str]) -> Listing:
    made = Listing("when", "what", "who", "support", "id", "told by", title="Events")
    for happening in sorted(happenings, key=by_date):
        made.add_row(
            Text(when(happening)), Text(kind(happening.type, happening.mode)), Text(parties(happening)),
            Text(happening.support, SUPPORT_STYLES[happening.support]), Text(clean(happening.id)),
            Text(tellers(happening, outlets)),
        )  # fmt: skip
    return made


def story_view(story: Story, links: Links, documents: Sequence[Annotated]) -> RenderableType:
    """Documents about one running matter, and its events."""
    members = Listing("document", "outlet", "published", "title", title="Documents")
    for annotated in documents:
        document = annotated.document
        published = document.published.value if document.published else None
        members.add_row(Text(clean(document.id)), plain(document.publisher), plain(published), plain(document.title))
    outlets = {annotated.document.id: annotated.document.publisher for annotated in documents}
    told = [
        event for event in links.happenings if {mention.document for mention in event.mentions} & set(story.documents)
    ]
    return Group(facts(("story", story.label), ("id", story.id)), members, _events(told, outlets))
