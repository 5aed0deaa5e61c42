"""One document: where it comes from, what it tells, and who says so."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from khabar.export.accounts import sentence_of
from khabar.export.labels import label, unit_label
from khabar.export.mended import left, mended, trust
from khabar.export.views import Quote, quote
from khabar.model import Annotated, Claim, Document, Event, Figure, Links
from khabar.show.clean import END, ISOLATE, clean, isolated, plain, shortened
from khabar.show.parts import Listing, chain, facts, kind, labels, where

_QUOTE = 240
_LINE = 110


def document_view(annotated: Annotated, links: Links) -> RenderableType:
    """Origin, sources, events, claims and figures of a document."""
    parts: list[RenderableType] = [_head(annotated.document, links)]
    if annotated.document.plan:
        parts.append(_repairs(annotated.document))
    if annotated.events:
        parts.append(_events(annotated))
    if annotated.claims:
        parts.append(_claims(annotated))
    if annotated.figures:
        parts.append(_figures(annotated))
    return Group(*parts)


def _head(document: Document, links: Links) -> RenderableType:
    origin = document.origin
    roots = next((roots for id, roots in links.roots if id == document.id), ())
    return facts(
        ("document", document.id), ("title", document.title), ("outlet", document.outlet), ("author", document.author),
        ("published", _published(document)), ("address", document.url),
        ("file", f"{origin.path} ({origin.member})" if origin.member else origin.path),
        ("form", f"{origin.media_type}, {origin.encoding}, sha256 {origin.sha256[:12]}"),
        ("damage", ", ".join(f"{kind.english} ×{kind.count}" for kind in left(document))), ("beware", trust(document)),
        ("told in the end by", ", ".join(isolated(root) for root in roots)),
        ("copies", "; ".join(_copies(document.id, links))),
    )  # fmt: skip


def _repairs(document: Document) -> Listing:
    """What was done to the text, rule by rule, and why."""
    made = Listing("rule", "times", "sure", "why", title="Repairs")
    for rule in mended(document):
        sure = "" if rule.score == 1 else f"{rule.score:.0%} or more"
        made.add_row(Text(rule.reason.english), Text(str(rule.count)), Text(sure), Text(rule.reason.why_english))
    return made


def _published(document: Document) -> str | None:
    return (
        f"{document.published.value} ({label('published_how', document.published.how)[1]})"
        if document.published
        else "unknown"
    )


def _copies(id: str, links: Links) -> list[str]:
    return [
        f"{copy.second if copy.first == id else copy.first} ({copy.share:.0%})"
        for copy in links.copies
        if id in (copy.first, copy.second)
    ]


def _events(annotated: Annotated) -> Listing:
    made = Listing("id", "what", "when", "who and where", "words", title="Events")
    for event in annotated.events:
        status = "" if event.status == "actual" else f" ({event.status})"
        where_told = f"in {isolated(event.place)}" if event.place else ""
        made.add_row(
            Text(clean(event.id)), Text(kind(event.type, event.mode) + status), plain(event.date),
            Text("\n".join(part for part in (roles(event), where_told) if part)),
            _marked(quote(annotated.document, event.triggers[0], _LINE)),
        )  # fmt: skip
    return made


def _marked(told: Quote) -> Text:
    """A stretch of a sentence with the words that matter in bold."""
    before, after = " " if told.before[-1:] == " " else "", " " if told.after[:1] == " " else ""
    hit = Text(clean(told.hit), "bold")
    return Text.assemble(ISOLATE, clean(told.before) + before, hit, after + clean(told.after), END)


def roles(event: Event) -> str:
    """Who does it → to whom."""
    return " → ".join(part for part in (labels(event.actors), labels(event.recipients)) if part)


def _claims(annotated: Annotated) -> Listing:
    made = Listing("id", "told by", "stance", "words", title="Claims")
    for claim in annotated.claims:
        content = plain(shortened(claim.content.text, _QUOTE))
        made.add_row(Text(clean(claim.id)), chain(annotated.document, claim), Text(claim.stance), content)
    return made


def _figures(annotated: Annotated) -> Listing:
    made = Listing("words", "number", "unit", "what", "when", "where", "claim", title="Figures")
    for figure in annotated.figures:
        made.add_row(*_figure(figure))
    return made


def _figure(figure: Figure) -> list[Text]:
    about = "~" if figure.approx else ""
    number = f"{figure.low:,.10g}" if figure.low == figure.high else f"{figure.low:,.10g} – {figure.high:,.10g}"
    what = " ".join(part for part in (figure.what, f"({figure.kind})" if figure.kind else None) if part)
    return [
        plain(figure.span.text), Text(about + number), plain(unit_label(figure.unit)[1]), plain(what),
        plain(figure.date), plain(figure.place), plain(figure.claim),
    ]  # fmt: skip


def claim_view(annotated: Annotated, claim: Claim) -> RenderableType:
    """One claim with the chain of who tells it, and its place in the text and in the raw file."""
    document = annotated.document
    told = [f"{event.id} {kind(event.type, event.mode)}" for event in annotated.events if claim.id in event.claims]
    head = facts(
        ("claim", f"{document.id}:{claim.id}"), ("published", _published(document)), ("stance", claim.stance),
        ("kind of source", claim.source_kind), ("cue", claim.cue.text if claim.cue else None),
        ("tells", ", ".join(told)), ("place", where(document, claim.content)), ("file", document.origin.path),
        ("decided by", _decided(claim)),
    )  # fmt: skip
    return Group(head, Text("told by: ", "dim") + chain(document, claim), plain(claim.content.text))


def event_view(annotated: Annotated, event: Event) -> RenderableType:
    """One event as one document tells it."""
    document = annotated.document
    sentence = sentence_of(document, event.triggers[0])
    head = facts(
        ("event", f"{document.id}:{event.id}"), ("what", f"{kind(event.type, event.mode)} ({event.status})"),
        ("when", _when(event)), ("where", event.place), ("who", roles(event)),
        ("told in", ", ".join(f"{document.id}:{id}" for id in event.claims) or "the outlet's own voice"),
        ("named", "; ".join(f"{isolated(span.text)} {span.start}-{span.end}" for span in event.triggers)),
        ("place", where(document, sentence)), ("file", document.origin.path), ("decided by", _decided(event)),
    )  # fmt: skip
    return Group(head, plain(sentence.text))


def _when(event: Event) -> str | None:
    return f"{event.date}, a guess" if event.date and not event.firm_date else event.date


def _decided(found: Claim | Event) -> str:
    return f"{found.rule}, {found.score:.2f}"
