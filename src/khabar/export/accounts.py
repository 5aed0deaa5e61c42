"""The accounts of an event: each claim that tells it, or the outlet's own voice.  What every export and view shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khabar.model import Annotated, Claim, Document, Event, Happening, Span
from khabar.text import tokenize


@dataclass(frozen=True, slots=True)
class Account:
    """One telling of an event by one document."""

    annotated: Annotated
    event: Event
    claim: Claim | None
    """None where the outlet tells it in its own voice."""

    @property
    def document(self) -> Document:
        """The document that tells it."""
        return self.annotated.document

    @property
    def trigger(self) -> Span:
        """The trigger that stands in the claim's content, the cue where it is told there in other words (`told_by`).

        In the outlet's own voice the fullest trigger.
        """
        if self.claim is None:
            return self.event.triggers[0]
        inside = (one for one in self.event.triggers if self.claim.content.start <= one.start < self.claim.content.end)
        return next(inside, self.claim.cue or self.event.triggers[0])

    @property
    def quote(self) -> Span:
        """The words that tell it: the claim's content, else the sentence of the fullest trigger."""
        return self.claim.content if self.claim else sentence_of(self.document, self.event.triggers[0])


def accounts(happening: Happening, documents: Mapping[str, Annotated]) -> Iterator[Account]:
    """Every account of an event, in the order of its mentions.  `documents` are by id, as they were linked."""
    for mention in happening.mentions:
        annotated = documents[mention.document]
        event = next(event for event in annotated.events if event.id == mention.event)
        claims: list[Claim | None] = [claim for claim in annotated.claims if claim.id in event.claims]
        yield from (Account(annotated, event, claim) for claim in claims or [None])


def sentence_of(document: Document, span: Span) -> Span:
    """The sentence in which a span begins."""
    text = tokenize(document.text)
    sentence = text.sentences[text.sentence_at(span.start)]
    return text.span(sentence.start, sentence.end)
