"""Documents with their names, claims and events under the labels that linking has settled on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from khabar.model import Annotated, Claim, Event, Links, Role


def relabel(documents: Sequence[Annotated], links: Links) -> tuple[Annotated, ...]:
    """Every entity label in names, claims and events replaced by that of the linked entity."""
    to = {label: entity.label for entity in links.entities for label in entity.labels}
    return tuple(relabelled(document, to) for document in documents)


def labels_of(document: Annotated) -> set[str]:
    """Every entity label in a document."""
    found = {name.entity for name in document.names}
    found.update(role.entity for event in document.events for role in (*event.actors, *event.recipients))
    found.update(claim.source_entity for claim in document.claims if claim.source_entity)
    found.update(event.place for event in document.events if event.place)
    found.update(figure.place for figure in document.figures if figure.place)
    return found


def relabelled(document: Annotated, to: Mapping[str, str]) -> Annotated:
    """A document with every label replaced by what it leads to."""
    return replace(
        document,
        names=tuple(
            name if _label(name.entity, to) == name.entity else replace(name, entity=to[name.entity])
            for name in document.names
        ),
        claims=tuple(_claim(claim, to) for claim in document.claims),
        events=tuple(_event(event, to) for event in document.events),
        figures=tuple(
            figure if _label(figure.place, to) == figure.place else replace(figure, place=_label(figure.place, to))
            for figure in document.figures
        ),
    )


def _claim(claim: Claim, to: Mapping[str, str]) -> Claim:
    label = _label(claim.source_entity, to)
    return claim if label == claim.source_entity else replace(claim, source_entity=label)


def _event(event: Event, to: Mapping[str, str]) -> Event:
    actors, recipients, place = _roles(event.actors, to), _roles(event.recipients, to), _label(event.place, to)
    if (actors, recipients, place) == (event.actors, event.recipients, event.place):
        return event
    return replace(event, actors=actors, recipients=recipients, place=place)


def _label(label: str | None, to: Mapping[str, str]) -> str | None:
    return None if label is None else to.get(label, label)


def _roles(roles: tuple[Role, ...], to: Mapping[str, str]) -> tuple[Role, ...]:
    """The roles under their new labels, each label once."""
    found: dict[str, Role] = {}
    for role in roles:
        label = to.get(role.entity, role.entity)
        if label not in found:
            found[label] = role if label == role.entity else replace(role, entity=label)
    return tuple(found.values())
