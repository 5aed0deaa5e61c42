"""Scores links across documents against a stories gold set.

A stories set is a folder with ``gold.json`` and its documents: the JSON files of the folder that its key ``docs``
names, relative to the set (``docs`` where there is no such key).  A prediction is the folder that
``khabar analyse`` wrote from these documents, of which ``links.json`` is read.  Figures, 0 to 1:

    stories      B-cubed F1 of documents in stories (a document outside every story stands alone)
    copies       F1 of pairs of documents
    events       F1 of pairs of mentions of one event in two documents (precision over gold mentions only)
    independent  share of gold events whose predicted cluster has exactly the gold number of independent roots
    spread       share of gold figure groups for whose event a predicted group has the same lowest low and highest high
    disputed     F1 of events marked disputed or denied
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from eval.score import b_cubed

Json = Mapping[str, Any]
ORDER = ("stories", "copies", "events", "independent", "spread", "disputed")


def score_stories(gold_folder: Path, predicted_folder: Path) -> dict[str, float]:
    """All figures of one stories set."""
    gold: Json = json.loads((gold_folder / "gold.json").read_text("utf-8"))
    files = documents_folder(gold_folder).glob("*.json")
    texts = {file.stem: json.loads(file.read_text("utf-8"))["text"] for file in files}
    predicted: Json = json.loads((predicted_folder / "links.json").read_text("utf-8"))
    went = _where_mentions_went(gold, predicted, texts)
    best = _best_clusters(gold, predicted, went)
    gold_story, predicted_story = _story_of(gold["stories"], texts), _story_of(predicted["stories"], texts)
    return {
        "stories": b_cubed([(gold_story[name], predicted_story[name]) for name in sorted(texts)]),
        "copies": _f1(_pairs(gold["copies"]), _pairs(predicted["copies"])),
        "events": _event_pairs(gold, went),
        "independent": _independent(gold, best),
        "spread": _spread(gold, best),
        "disputed": _f1(
            {dispute["event"] for dispute in gold["disputes"] if dispute.get("event")},
            {name for name, event in best.items() if event and event["status"] in ("disputed", "denied")},
        ),
    }


def documents_folder(gold_folder: Path) -> Path:
    """Where the documents of a stories set lie."""
    gold: Json = json.loads((gold_folder / "gold.json").read_text("utf-8"))
    folder: str = gold.get("docs", "docs")
    return (gold_folder / folder).resolve()


def _story_of(stories: Iterable[Json], names: Iterable[str]) -> dict[str, str]:
    story_of = {name: name for name in names}
    for story in stories:
        story_of |= {name: f"story {story['id']}" for name in story["docs"] if name in story_of}
    return story_of


def _pairs(pairs: Iterable[Iterable[str]]) -> set[tuple[str, ...]]:
    return {tuple(sorted(pair)) for pair in pairs}


def _f1(gold: set[Any], predicted: set[Any]) -> float:
    total = len(gold) + len(predicted)
    return 2 * len(gold & predicted) / total if total else float("nan")


def _where_mentions_went(gold: Json, predicted: Json, texts: Mapping[str, str]) -> dict[tuple[str, int], set[str]]:
    """For each gold mention (event id, number) the predicted events with a trigger there."""
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for event in predicted["events"]:
        for mention in event["mentions"]:
            spans[mention["doc"]] += [
                (trigger["start"], trigger["end"], event["id"]) for trigger in mention["triggers"]
            ]
    went = {}
    for event in gold["events"]:
        for number, mention in enumerate(event["mentions"]):
            start, end = _mention_span(mention, texts)
            went[event["id"], number] = {
                name for low, high, name in spans[mention["doc"]] if low < end and high > start
            }
    return went


def _mention_span(mention: Json, texts: Mapping[str, str]) -> tuple[int, int]:
    if "trigger" not in mention:
        return mention["start"], mention["end"]
    at = -1
    for _ in range(mention.get("n", 0) + 1):
        at = texts[mention["doc"]].index(mention["trigger"], at + 1)
    return at, at + len(mention["trigger"])


def _event_pairs(gold: Json, went: Mapping[tuple[str, int], set[str]]) -> float:
    document = {
        (event["id"], number): mention["doc"]
        for event in gold["events"]
        for number, mention in enumerate(event["mentions"])
    }
    across = [(a, b) for a, b in combinations(sorted(went), 2) if document[a] != document[b]]
    return _f1(
        {pair for pair in across if pair[0][0] == pair[1][0]},
        {(a, b) for a, b in across if went[a] & went[b]},
    )


def _best_clusters(gold: Json, predicted: Json, went: Mapping[tuple[str, int], set[str]]) -> dict[str, Json | None]:
    by_id = {event["id"]: event for event in predicted["events"]}
    best: dict[str, Json | None] = {}
    for event in gold["events"]:
        votes = Counter(name for number in range(len(event["mentions"])) for name in went[event["id"], number])
        best[event["id"]] = by_id[votes.most_common(1)[0][0]] if votes else None
    return best


def _independent(gold: Json, best: Mapping[str, Json | None]) -> float:
    right = 0
    for event in gold["events"]:
        documents = {mention["doc"] for mention in event["mentions"]}
        roots = {root for name in documents for root in gold["roots"].get(name, [name])}
        found = best[event["id"]]
        right += found is not None and found["independent"] == len(roots)
    return right / len(gold["events"])


def _spread(gold: Json, best: Mapping[str, Json | None]) -> float:
    right = 0
    for figure in gold["figures"]:
        event = best.get(figure["event"])
        groups = [group["values"] for group in (event or {}).get("figures", []) if group["values"]]
        right += _bounds(figure["values"]) in [_bounds(values) for values in groups]
    return right / len(gold["figures"]) if gold["figures"] else float("nan")


def _bounds(values: Iterable[Json]) -> tuple[float, float]:
    values = list(values)
    return min(value["low"] for value in values), max(value["high"] for value in values)
