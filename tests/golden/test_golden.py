"""Golden documents: what is found in every sample, line by line, so that a change of any rule is seen as a diff.

``KHABAR_SNAP=1 make test`` rewrites them (look at the diff before you commit it).  Without it a missing golden file is
an error, not a new snapshot.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import khabar
from khabar.model import Annotated, Document

HERE = Path(__file__).parent
SAMPLES = sorted(file for file in (HERE.parents[1] / "samples").iterdir() if file.suffix != ".md")
DOCUMENTS = {document.id: document for file in SAMPLES for document in khabar.read(file)}


def lines(found: Annotated) -> Iterator[str]:
    """One line for everything found in a document."""
    document = found.document
    yield f"document {document.outlet} {document.published.value if document.published else None} {document.title}"
    yield from (f"repair {step.rule} {len(step.edits)}" for step in document.plan)
    yield from (f"time {time.span.text} = {time.value} ({time.rule})" for time in found.times)
    yield from (f"name {name.span.text} {name.type} = {name.entity} ({name.rule})" for name in found.names)
    for claim in found.claims:
        words = [span.text if span else "-" for span in (claim.cue, claim.source, *claim.via, claim.content)]
        yield f"claim {claim.stance} {claim.source_kind} {' | '.join(words)} ({claim.rule})".replace("\n", " ")
    for event in found.events:
        triggers = " ".join(trigger.text for trigger in event.triggers)
        actors, recipients = ([role.entity for role in roles] for roles in (event.actors, event.recipients))
        what = f"{event.type}/{event.mode} {event.status} [{triggers}]"
        yield f"event {what} {actors} -> {recipients} {event.date} {event.place}"
    yield from (
        f"figure {figure.span.text} = {figure.low:g}..{figure.high:g} {figure.unit} {figure.kind}"
        for figure in found.figures
    )


@pytest.mark.parametrize("name", DOCUMENTS)
def test_golden_document(name: str) -> None:
    document: Document = DOCUMENTS[name]
    found = "\n".join(lines(khabar.annotate(document))) + "\n"
    golden = HERE / f"{name}.txt"
    if os.environ.get("KHABAR_SNAP") == "1":
        golden.write_text(found, "utf-8")
    assert golden.exists(), f"{golden} is missing; it is made with KHABAR_SNAP=1 make test"
    assert found == golden.read_text("utf-8")
