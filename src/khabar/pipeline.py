"""annotate(document): the stages in order."""

from __future__ import annotations

from khabar.claims import find_claims
from khabar.events import find_events
from khabar.figures import find_figures
from khabar.model import Annotated, Document
from khabar.names import find_names
from khabar.text import tokenize
from khabar.times import find_times


def annotate(document: Document) -> Annotated:
    """Everything that is found in one document.  A pure function: no network, no clock, no state.

    >>> from khabar import document_from_text
    >>> found = annotate(document_from_text("زار الرئيس المصري عبد الفتاح السيسي موسكو.", published="2020-01-05"))
    >>> [name.entity for name in found.names][-1]
    'Moscow'
    """
    text = tokenize(document.text)
    times = find_times(text, document.published)
    names = find_names(text)
    claims = find_claims(text, names, times)
    events = find_events(text, times, names, claims, document.published)
    figures = find_figures(text, times, names, claims, events)
    return Annotated(document, times, names, claims, events, figures)
