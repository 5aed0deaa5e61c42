"""Events against what people judged: is an ASSAULT or PROTEST told in a sentence, and by which verb?

    python -m eval.judged --data FOLDER [--show N]

FOLDER holds ``events/{assault,protest}_gsr.csv`` (each sentence judged by several people, with their verdict) and
``events/{assault,protest}_spans.json`` (verbs that they marked); neither may be copied.

Detection: sentences that all accepted (``yes``) against those refused (``easy no``, ``difficult no``); the ambiguous
ones are left out.  The judges accepted sentences that report the event as their own news, and refused those that come
back to one (``المتهم الذي قتل``, ``منذ الهجوم``), argue, or remember.  The program says yes where it finds an event of
the type as a fact whose `newsworthiness` reaches that of `POINTS`: its score, and what else a report has (people
counted, the weapon, a place) and comment has not (other events, many persons, long sentences, absolute dates: the
sentences have no day of publication, so that no other dates are resolved).  These few points were set by hand on these
very sentences; nothing that the program ships knows of them.

Difficult sentences are what some judges accepted, so nobody can tell all of them from what all accepted.  ``one judge``
is how a judge, drawn at random, does against the others of his sentence, whose verdict is formed in the same way: yes
where all others accept, no where at most half do, else left out.  Precision is given against both kinds of no, and
the easy alone.

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
from khabar.model import Annotated, Event
from khabar.text import fold

TYPES = ("ASSAULT", "PROTEST")
YES = "yes"
REFUSED = ("easy no", "difficult no")
_ARMS = frozenset({"suicide-attack", "explosives", "aerial", "firearms", "heavy-weapons"})
_MOST_OTHERS, _FEW_PERSONS, _FEW_WORDS = 2, 1, 45


@dataclass(frozen=True, slots=True)
class Points:
    """What is added to the score of an event for what its sentence has, and from which sum on it is told as news."""

    least: float
    counted: float = 0.0
    """People are counted: the dead, the crowd."""
    armed: float = 0.0
    """The mode names a weapon."""
    placed: float = 0.0
    other: float = 0.0
    """For each event of another type, up to two."""
    persons: float = 0.0
    """Two or more persons are named."""
    long: float = 0.0
    dated: float = 0.0
    quoted: float = 0.0
    """Somebody else than the outlet tells it."""


POINTS = {
    "ASSAULT": Points(0.85, counted=0.25, armed=0.2, placed=0.1, other=-0.15, persons=-0.25, long=-0.2, dated=-0.15),
    "PROTEST": Points(0.65, counted=0.2, placed=0.1, dated=-0.15, quoted=-0.15),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, and what people said of it."""

    text: str
    label: str
    accepted: int
    """How many of the judges said yes."""
    judges: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, and the folded words of the verbs that somebody marked in it."""

    text: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were right, of how many found and how many wanted; shares of sentences where judges are drawn."""

    right: float
    found: float
    wanted: float

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
    judged = read_judged(folder / f"{kind.lower()}_gsr.csv")
    sentences = [one for one in judged if one.label in (YES, *REFUSED)]
    said = [bool(events_told(one.text, kind)) for one in sentences]
    for name, kinds in (("", REFUSED), (" without the difficult", REFUSED[:1])):
        used = [(one, yes) for one, yes in zip(sentences, said, strict=True) if one.label in (YES, *kinds)]
        print(_row(f"{kind} told{name}", detection(used)))
    print(_row(f"{kind} told, one judge", one_judge(judged)))
    print(_row(f"{kind} verbs", verbs(read_marked(folder / f"{kind.lower()}_spans.json"), kind)))
    wrong = [one for one, yes in zip(sentences, said, strict=True) if yes != (one.label == YES)]
    for label in (YES, *REFUSED):
        for one in [one for one in wrong if one.label == label][:show]:
            print(f"{kind} {'missed' if label == YES else label}: {one.text}")


def _row(name: str, score: Score) -> str:
    counts = f"{score.right:.0f} | {score.found:.0f} | {score.wanted:.0f}"
    return f"| {name} | {counts} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} |"


def read_judged(file: Path) -> list[Judged]:
    """The judged sentences of a file, the ambiguous ones too."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        return [Judged(row["text"], row["label"], int(row["accept"]), int(row["total"])) for row in rows]


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
    found = annotate(document_from_text(text))
    return [event for event in found.events if event.type == kind and is_told(found, event)]


def is_told(found: Annotated, event: Event) -> bool:
    """Is it a fact, told as news and not as background?"""
    return event.status == "actual" and newsworthiness(found, event) >= POINTS[event.type].least


def newsworthiness(found: Annotated, event: Event) -> float:
    """How much a sentence that tells of an event looks like a report of it."""
    points = POINTS[event.type]
    others = sum(other.type != event.type for other in found.events)
    persons = sum(name.type == "PER" for name in found.names)
    weighed = (
        (points.counted, any(figure.unit == "person" for figure in found.figures)),
        (points.armed, event.mode in _ARMS),
        (points.placed, event.place is not None),
        (points.other, min(others, _MOST_OTHERS)),
        (points.persons, persons > _FEW_PERSONS),
        (points.long, len(found.document.text.split()) > _FEW_WORDS),
        (points.dated, event.date is not None),
        (points.quoted, bool(event.claims)),
    )
    return event.score + sum(weight * much for weight, much in weighed)


def one_judge(sentences: Sequence[Judged]) -> Score:
    """How a judge drawn at random agrees with what the others of his sentence say; sentences of three or more."""
    right = found = wanted = 0.0
    for one in sentences:
        for yes, votes in ((True, one.accepted), (False, one.judges - one.accepted)):
            verdict = _verdict(one.accepted - yes, one.judges - 1)
            if one.judges > 2 and verdict is not None:
                share = votes / one.judges
                right, found, wanted = right + share * (yes and verdict), found + share * yes, wanted + share * verdict
    return Score(right, found, wanted)


def _verdict(accepted: int, judges: int) -> bool | None:
    """Yes where all accept, no where at most half do."""
    return True if accepted == judges else False if 2 * accepted <= judges else None


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
