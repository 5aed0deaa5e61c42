"""Events against what people judged: is an ASSAULT or PROTEST told in a sentence, and by which verb?

    python -m eval.judged --data FOLDER [--show N]

FOLDER holds ``events/{assault,protest}_gsr.csv`` (each sentence judged by several people, with their verdict) and
``events/{assault,protest}_spans.json`` (verbs that they marked); neither may be copied.

Detection: sentences that all accepted (``yes``) against those refused (``easy no``, ``difficult no``); the ambiguous
ones are left out.  The judges accepted sentences that tell the event as their own news, and refused those that come
back to one (``المتهم الذي قتل``, ``منذ الهجوم``).  So the program says yes where it finds an event of the type as a
fact with a score of at least `LEAST`, which only clauses of its own reach, and without a date: the sentences have no
day of publication, so that only absolute dates are resolved, and news gives those to the background.  Many sentences
that tell of an attack are refused as difficult; so precision is given against both kinds of no, and the easy alone.

Verb spans: people marked one verb an event, the program lists all words that name it, the fullest first.  So one
word a sentence is compared: the first trigger of the first event of the type.  It is right where somebody marked it.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabar import annotate, document_from_text
from khabar.model import Event
from khabar.text import fold

TYPES = ("ASSAULT", "PROTEST")
YES = "yes"
REFUSED = ("easy no", "difficult no")
LEAST = 0.6
"""Score of an event from which the sentence counts as telling it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, and what people said of it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, and the folded words of the verbs that somebody marked in it."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many found and how many wanted."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.wanted
        return 2 * self.right / total if total else 0.0


def main() -> int:
    """Measures both files of both types; 2 where one is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="sentences of each kind of error to print")
    options = parser.parse_args()
    missing = [file for file in _files(options.data) if not file.exists()]
    if missing:
        print(f"judged: not there: {', '.join(map(str, missing))}", file=sys.stderr)
        return 2
    print("| measure | right | found | wanted | precision | recall | F1 |\n|---|--:|--:|--:|--:|--:|--:|")
    for kind in TYPES:
        _report(options.data / "events", kind, options.show)
    return 0


def _files(data: Path) -> Iterator[Path]:
    for kind in TYPES:
        yield from (data / "events" / f"{kind.lower()}_{name}" for name in ("gsr.csv", "spans.json"))


def _report(folder: Path, kind: str, show: int) -> None:
    sentences = read_judged(folder / f"{kind.lower()}_gsr.csv")
    said = [bool(events_told(one.text, kind)) for one in sentences]
    for name, kinds in (("", REFUSED), (" without the difficult", REFUSED[:1])):
        used = [(one, yes) for one, yes in zip(sentences, said, strict=True) if one.label in (YES, *kinds)]
        print(_row(f"{kind} told{name}", detection(used)))
    print(_row(f"{kind} verbs", verbs(read_marked(folder / f"{kind.lower()}_spans.json"), kind)))
    wrong = [one for one, yes in zip(sentences, said, strict=True) if yes != (one.label == YES)]
    for label in (YES, *REFUSED):
        for one in [one for one in wrong if one.label == label][:show]:
            print(f"{kind} {'missed' if label == YES else label}: {one.text}")


def _row(name: str, score: Score) -> str:
    counts = f"{score.right} | {score.found} | {score.wanted}"
    return f"| {name} | {counts} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} |"


def read_judged(file: Path) -> list[Judged]:
    """The judged sentences of a file, without the ambiguous ones."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [Judged(row["text"], row["label"]) for row in csv.DictReader(lines)]
    return [row for row in rows if row.label in (YES, *REFUSED)]


def read_marked(file: Path) -> list[Marked]:
    """The sentences of a file in which somebody marked a verb."""
    records: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    marked = [Marked(record["text"], _marked_words(record)) for record in records]
    return [one for one in marked if one.words]


def _marked_words(record: dict[str, Any]) -> frozenset[str]:
    return frozenset(fold(word) for span in record["spans"] for word in span["verb"])


def events_of(text: str, kind: str) -> list[Event]:
    """The events of one type that the program finds in a sentence."""
    return [event for event in annotate(document_from_text(text)).events if event.type == kind]


def events_told(text: str, kind: str) -> list[Event]:
    """Those that are told as facts and as news, not only referred to."""
    return [event for event in events_of(text, kind) if is_told(event)]


def is_told(event: Event) -> bool:
    """Is it a fact, told as news and not as background?"""
    return event.status == "actual" and event.score >= LEAST and event.date is None


def detection(used: Sequence[tuple[Judged, bool]]) -> Score:
    """Precision and recall of the sentences that the program says yes to."""
    right = sum(yes and one.label == YES for one, yes in used)
    return Score(right, sum(yes for _, yes in used), sum(one.label == YES for one, _ in used))


def verbs(sentences: Sequence[Marked], kind: str) -> Score:
    """How often the word that the program puts first is one that somebody marked."""
    right = found = 0
    for one in sentences:
        events = events_of(one.text, kind)
        if events:
            found += 1
            word = fold(events[0].triggers[0].text)
            right += any(marked in (word, *(prefix + word for prefix in "وفبل")) for marked in one.words)
    return Score(right, found, len(sentences))


if __name__ == "__main__":
    sys.exit(main())
