"""Is the corpus well-formed, and of one mind with itself?  ``python -m corpus.check [--against FOLDER] [REPORT ...]``

Every span stands in its text, every value is well-formed, every reference known; every event has somebody in it or a
reason why not; publication days are plausible; one thing has one label; no report is nearly another outside its
story; and, with ``--against``, no run of twelve words stands in anybody else's text.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from corpus.load import REPORTS, load_plan, load_report
from corpus.others import texts_of
from khabar.text import fold

Json = dict[str, Any]
STATUSES = frozenset({"actual", "future", "hypothetical", "negated"})
KINDS = frozenset({"person", "organisation", "document", "anonymous"})
STANCES = frozenset({"assert", "confirm", "deny", "demand", "predict", "doubt"})
UNITS = frozenset({"person", "vehicle", "vessel", "aircraft", "weapon", "item", "percent", "event", "other"})
_POINT = r"\d{4}(-(\d\d|SP|SU|FA|WI|Q[1-4]|H[12]|W\d\d)(-\d\d)?)?(T(\d\d(:\d\d)?|MO|AF|EV|NI|MI|DT))?|\d{2,3}"
VALUE = re.compile(rf"(({_POINT})(/({_POINT}))?|P(T?\d+(\.\d+)?[YMWDHSC])+|P\d+DE)")
_UNIT = re.compile(r"(money|area|distance|weight|volume|speed|temperature|energy|length):[A-Za-z0-9/]+")
_SLIP = re.compile(
    r"(?<!\w)[وف]?لال(?!ت(?:زام|قاء|حاق|ماس|فاف|هاب|باس|قاط|هام|ئام|واء))\w+|(?<!\w)[وف]?[فبلك]ـ[\u0621-\u064a]\w*"
)
"""``لالتعاون`` for ``للتعاون``, ``لـوزارة``: slips of one who writes with marks in the text."""
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2026, 6, 30)
_RUN = 12
"""Words that nobody writes twice by chance."""
_NEAR = 0.5
"""Share of common runs of five words from which on two reports are nearly equal."""


def faults_of(report: Json, modes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """What is wrong in one report."""
    yield from _of_head(report)
    yield from _of_spans(report)
    yield from _of_values(report)
    for event in report["events"]:
        yield from _of_event(event, report, modes)
    for claim in report["claims"]:
        yield from _of_claim(claim)


def _of_head(report: Json) -> Iterator[str]:
    try:
        day = date.fromisoformat(report.get("published") or "")
    except ValueError:
        yield f"published {report.get('published')!r} is no day"
        return
    if not _FIRST_DAY <= day <= _LAST_DAY:
        yield f"published {day} is not plausible"
    if not report.get("outlet"):
        yield "no outlet"
    if re.search(r"[\ufb50-\ufdff\ufe70-\ufefc\u200b-\u200f\u202a-\u202e{}]", report["text"]):
        yield "the text holds presentation forms, invisible characters or marks"
    yield from (f"a slip of the pen: {found.group()!r}" for found in _SLIP.finditer(report["text"]))


def spans_of(report: Json) -> Iterator[tuple[str, Json]]:
    """Every span of a report with what it is."""
    for kind in ("times", "names", "figures"):
        yield from ((kind, span) for span in report[kind])
    for event in report["events"]:
        yield from ((event["id"], span) for span in event["triggers"])
    for claim in report["claims"]:
        spans = [claim["cue"], claim["source"], claim["content"], *claim["via"]]
        yield from ((claim["id"], span) for span in spans if span is not None)


def _of_spans(report: Json) -> Iterator[str]:
    for what, span in spans_of(report):
        if report["text"][span["start"] : span["end"]] != span["text"]:
            yield f"{what}: {span['text']!r} does not stand at {span['start']}"


def _of_values(report: Json) -> Iterator[str]:
    for time in report["times"]:
        if not VALUE.fullmatch(time["value"] or ""):
            yield f"time {time['text']!r}: value {time['value']!r}"
    for name in report["names"]:
        if name["type"] not in {"PER", "ORG", "LOC"} or not re.search("[A-Za-z]", name["entity"]):
            yield f"name {name['text']!r}: {name['type']} {name['entity']!r}"
    for figure in report["figures"]:
        if figure["unit"] not in UNITS and not _UNIT.fullmatch(figure["unit"]):
            yield f"figure {figure['text']!r}: unit {figure['unit']!r}"
        if figure["low"] > figure["high"] or (figure["date"] and not VALUE.fullmatch(figure["date"])):
            yield f"figure {figure['text']!r}: {figure['low']} to {figure['high']}, date {figure['date']!r}"


def _of_event(event: Json, report: Json, modes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    name = f"event {event['id']} {event['triggers'][0]['text']!r}"
    if event["type"] not in modes or event["status"] not in STATUSES:
        yield f"{name}: type {event['type']} status {event['status']}"
    elif event["mode"] and event["mode"] not in modes.get(event["type"], frozenset()):
        yield f"{name}: {event['type']} has no mode {event['mode']}"
    if not event["actor"] and not event["recipient"] and not event.get("reason"):
        yield f"{name}: nobody in it, and no reason why"
    if event["date"] and not VALUE.fullmatch(event["date"]):
        yield f"{name}: date {event['date']!r}"
    claims = {claim["id"]: claim for claim in report["claims"]}
    yield from (f"{name}: no claim {claim}" for claim in event["claims"] if claim not in claims)
    for claim in (claims[id] for id in event["claims"] if id in claims):
        content = claim["content"]
        if not any(content["start"] <= span["start"] and span["end"] <= content["end"] for span in event["triggers"]):
            yield f"{name}: none of its triggers stands in the content of {claim['id']}"


def _of_claim(claim: Json) -> Iterator[str]:
    name = f"claim {claim['id']} {claim['content']['text'][:30]!r}"
    if claim["source_kind"] not in KINDS or claim["stance"] not in STANCES:
        yield f"{name}: kind {claim['source_kind']} stance {claim['stance']}"
    if claim["source_kind"] == "person" and not claim["source_entity"]:
        yield f"{name}: a person without a label"
    if claim["cue"] is None and claim["source"] is None:
        yield f"{name}: neither cue nor source"


def of_labels(reports: Sequence[Json], same: Mapping[str, frozenset[str]], story: Mapping[str, str]) -> Iterator[str]:
    """Labels of one thing that are spelled two ways, and spellings that mean two things without leave.

    A full name is one person everywhere; a body or place (``وزارة الصحة``) need be one only within a story.  `same`
    tells which labels are alike, or share a form, and are two things all the same.
    """
    by_form: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for report in reports:
        for name in report["names"]:
            where = "" if name["type"] == "PER" else story.get(report["id"], report["id"])
            by_form[fold(name["text"]), name["type"], where].add(name["entity"])
    for (form, type, _), labels in sorted(by_form.items()):
        for first, second in combinations(sorted(labels), 2):
            if second not in same.get(first, ()) and len(form.split()) > 1:
                yield f"{type} {form!r} is {first!r} and {second!r}"
    for first, second in _alike(sorted({name["entity"] for report in reports for name in report["names"]})):
        if second not in same.get(first, ()):
            yield f"labels {first!r} and {second!r}: one thing spelled two ways?"


def _alike(labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    keys = defaultdict(list)
    for label in labels:
        keys[re.sub(r"[^a-z]", "", label.lower())[:4]].append(label)
    for group in keys.values():
        for first, second in combinations(group, 2):
            shorter = min(len(first), len(second))
            if first.lower() == second.lower() or (
                shorter >= 8 and Levenshtein.distance(first.lower(), second.lower(), score_cutoff=2) <= 1
            ):
                yield first, second


def runs_of(text: str, size: int) -> Iterator[int]:
    """Hashes of every run of `size` words, folded."""
    words = re.findall(r"\w+", fold(text))
    return (hash(tuple(words[at : at + size])) for at in range(len(words) - size + 1))


def of_copies(reports: Sequence[Json], story: Mapping[str, str]) -> Iterator[str]:
    """Reports of different stories that share half of their runs of five words."""
    runs = {report["id"]: frozenset(runs_of(report["text"], 5)) for report in reports}
    where: dict[int, list[str]] = defaultdict(list)
    for id, own in runs.items():
        for run in own:
            where[run].append(id)
    shared = Counter(pair for ids in where.values() if 1 < len(ids) < 20 for pair in combinations(sorted(ids), 2))
    for (first, second), count in shared.items():
        apart = story.get(first, first) != story.get(second, second)
        if apart and count >= _NEAR * min(len(runs[first]), len(runs[second])):
            yield f"{first} and {second} are nearly equal, and of two stories"


def of_others(reports: Sequence[Json], others: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Runs of twelve words that stand in somebody else's text."""
    own = {run: report["id"] for report in reports for run in runs_of(report["text"], _RUN)}
    for name, text in others:
        for id in {own[run] for run in runs_of(text, _RUN) if run in own}:
            yield f"{id}: shares {_RUN} words in a row with {name}"


def main() -> int:
    """Print every fault; 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--against", type=Path, help="a folder of other people's texts, to be sure that none is ours")
    given = parser.parse_args()
    from corpus.load import load_modes, load_same

    files = given.reports or sorted(REPORTS.glob("*.json"))
    reports = [load_report(file) for file in files]
    modes, plan = load_modes(), load_plan()
    faults = [f"{report['id']}: {fault}" for report in reports for fault in faults_of(report, modes)]
    story = {row["id"]: row["story"] or row["id"] for row in plan}
    faults += of_labels(reports, load_same(), story)
    faults += of_copies(reports, story)
    if not given.reports:
        faults += sorted(
            f"{id}: planned, but not written" for id in {row["id"] for row in plan} - {r["id"] for r in reports}
        )
        faults += sorted(f"{id}: not in the plan" for id in {r["id"] for r in reports} - {row["id"] for row in plan})
    if given.against:
        faults += of_others(reports, texts_of(given.against))
    print("\n".join(faults) or f"{len(reports)} reports, no fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
