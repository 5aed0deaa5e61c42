"""What linking made of the articles: ``python -m bench.link_show RECORD``, of a record that `bench.link` kept.

Printed are the largest stories, with how many outlets and how many independent roots tell them; with ``--sample FILE``
events of several outlets are drawn at random, each with the sentences that tell it, for people to judge whether they
belong together.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from khabar.model import Annotated, Happening, Links
from khabar.record.connect import open_for_reading
from khabar.record.load import load_links, load_outlets, load_some
from khabar.text import tokenize

_LARGEST, _DRAWN, _SEED = 10, 100, 8


def main() -> int:
    """Print the largest stories, and write the sample where one is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("record", type=Path)
    asked.add_argument("--sample", type=Path, help="a line an event, as JSON")
    asked.add_argument("--number", type=int, default=_DRAWN)
    asked.add_argument("--seed", type=int, default=_SEED)
    given = asked.parse_args()
    with open_for_reading(given.record) as connection:
        links, outlets = load_links(connection), load_outlets(connection)
        print("\n".join(largest(links, outlets)))
        if given.sample:
            drawn = draw(links.happenings, outlets, given.number, given.seed)
            needed = sorted({mention.document for happening in drawn for mention in happening.mentions})
            documents = load_some(connection, needed)
            lines = (json.dumps(told(happening, documents), ensure_ascii=False) for happening in drawn)
            given.sample.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return 0


def largest(links: Links, outlets: Mapping[str, str]) -> list[str]:
    """A table of the stories of most documents."""
    roots = dict(links.roots)
    found = ["| documents | outlets | roots | story |", "|--:|--:|--:|---|"]
    for story in sorted(links.stories, key=lambda story: (-len(story.documents), story.id))[:_LARGEST]:
        told_by = {outlets[document] for document in story.documents}
        traced = {root for document in story.documents for root in roots.get(document, ())}
        found.append(f"| {len(story.documents):,} | {len(told_by)} | {len(traced):,} | {story.label} |")
    return found


def draw(happenings: Sequence[Happening], outlets: Mapping[str, str], number: int, seed: int) -> list[Happening]:
    """Events that several outlets tell, drawn with equal chances."""
    several = [one for one in happenings if len({outlets[mention.document] for mention in one.mentions}) > 1]
    print(f"\n{len(several):,} of {len(happenings):,} events are told by several outlets.")
    return random.Random(seed).sample(several, min(number, len(several)))


def told(happening: Happening, documents: Mapping[str, Annotated]) -> dict[str, Any]:
    """An event for a reader: what it is taken to be, and every sentence that tells it."""
    return {
        "id": happening.id, "type": happening.type, "status": happening.status, "date": happening.date,
        "place": happening.place, "actors": happening.actors, "recipients": happening.recipients,
        "mentions": [_mention(documents[one.document], one.event) for one in happening.mentions],
    }  # fmt: skip


def _mention(annotated: Annotated, name: str) -> dict[str, Any]:
    document, text = annotated.document, tokenize(annotated.document.text)
    trigger = next(event for event in annotated.events if event.id == name).triggers[0]
    sentence = text.sentences[text.sentence_at(trigger.start)]
    return {
        "document": document.id, "outlet": document.outlet, "title": document.title, "trigger": trigger.text,
        "published": document.published.value if document.published else None,
        "sentence": text.text[sentence.start : sentence.end],
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
