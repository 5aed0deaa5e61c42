"""The gold of links across the corpus, made of what the reports and the stories say: ``links.json``.

Its form is that of ``eval/score_stories.py``: stories, events with their mentions, copies, roots, figures, disputes.
Everything but the disputes (``stories/NAME.tsv``, one row a position) stands in the reports themselves: an event that
is told in several has the same ``is`` in each, a figure the same ``group`` (``event/what``).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz.fuzz import ratio

from corpus.load import HERE
from khabar.text import fold

Json = dict[str, Any]
_SAME_SENTENCE = 80.0
"""Percent of characters; a changed verb or spelling leaves more, another sentence less."""
_COPY = 0.6


def links_of(reports: Sequence[Json], story_of: dict[str, str]) -> Json:
    """The links of some reports; `story_of` tells the story of each, of those that have one.

    Figures and disputes about what is no PLOVER event (an explosion by accident) are left out.
    """
    stories: dict[str, list[Json]] = defaultdict(list)
    for report in reports:
        if story_of.get(report["id"]):
            stories[story_of[report["id"]]].append(report)
    pairs = [pair for told in stories.values() for pair in combinations(sorted(told, key=lambda one: one["id"]), 2)]
    shares = {(first["id"], second["id"]): _shares(first["text"], second["text"]) for first, second in pairs}
    disputes = [dispute for id in sorted(stories) for dispute in disputes_of(id)]
    disputed = frozenset(dispute["event"] for dispute in disputes)
    events = [event for id, told in sorted(stories.items()) for event in _events(id, told, disputed)]
    known = frozenset(event["id"] for event in events)
    return {
        "stories": [{"id": id, "docs": [report["id"] for report in told]} for id, told in sorted(stories.items())],
        "events": events,
        "copies": [list(pair) for pair, share in sorted(shares.items()) if max(share) >= _COPY],
        "copies_both": [list(pair) for pair, share in sorted(shares.items()) if min(share) >= _COPY],
        "roots": {report["id"]: report["roots"] for report in reports if report.get("roots")},
        "figures": [figure for told in stories.values() for figure in _figures(told) if figure["event"] in known],
        "disputes": [dispute for dispute in disputes if dispute["event"] in known],
    }


def _sentences(text: str) -> list[str]:
    return [fold(part).strip() for part in re.split(r"(?<=[.!؟])\s|\n", text) if len(part.split()) >= 4]


def _shares(first: str, second: str) -> tuple[float, float]:
    """Which share of each text stands in the other, in words."""
    return _share(first, second), _share(second, first)


def _share(text: str, other: str) -> float:
    there = _sentences(other)
    sentences = _sentences(text)
    same = sum(len(one.split()) for one in sentences if any(ratio(one, two) >= _SAME_SENTENCE for two in there))
    return same / max(1, sum(len(one.split()) for one in sentences))


def _events(story: str, told: Sequence[Json], disputed: frozenset[str]) -> Iterator[Json]:
    """Events that more than one report tells, or that are disputed, with their mentions by their fullest triggers."""
    mentions: dict[str, list[tuple[str, Json]]] = defaultdict(list)
    for report in told:
        for event in report["events"]:
            if event.get("is"):
                mentions[event["is"]].append((report["id"], event))
    for id, found in sorted(mentions.items()):
        if len({doc for doc, _ in found}) < 2 and id not in disputed:
            continue
        fullest = max((event for _, event in found), key=lambda event: len(event["actor"]) + len(event["recipient"]))
        yield {
            "id": id, "story": story, "type": Counter(event["type"] for _, event in found).most_common(1)[0][0],
            "date": next((event["date"] for _, event in found if event["date"]), None),
            "place": next((event["place"] for _, event in found if event["place"]), None),
            "actor": fullest["actor"], "recipient": fullest["recipient"],
            "mentions": [
                {"doc": doc, "trigger": event["triggers"][0]["text"], "n": event["triggers"][0]["n"]}
                for doc, event in found
            ],
        }  # fmt: skip


def _figures(told: Sequence[Json]) -> Iterator[Json]:
    groups: dict[str, list[Json]] = defaultdict(list)
    for report in told:
        for figure in report["figures"]:
            if figure.get("group"):
                value = {"doc": report["id"], "text": figure["text"], "n": figure["n"]}
                source = _source_of(figure, report)
                groups[figure["group"]].append(value | {"low": figure["low"], "high": figure["high"], "source": source})
    for group, values in sorted(groups.items()):
        event, _, what = group.partition("/")
        if len({value["doc"] for value in values}) > 1:
            yield {"event": event, "what": what, "values": values}


def _source_of(figure: Json, report: Json) -> str | None:
    """Who says it: the source of the smallest claim around the figure."""
    around = [
        claim for claim in report["claims"]
        if claim["content"]["start"] <= figure["start"] and figure["end"] <= claim["content"]["end"]
    ]  # fmt: skip
    claim = min(around, key=lambda one: len(one["content"]["text"]), default=None)
    if claim is None:
        return None
    words: str | None = claim["source_entity"] or (claim["source"] or {}).get("text")
    return words


def disputes_of(story: str, folder: Path = HERE / "stories") -> list[Json]:
    """What the accounts of a story do not agree on; empty where nothing is written down."""
    file = folder / f"{story}.tsv"
    if not file.exists():
        return []
    found: dict[tuple[str, str], list[Json]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            position = {"claim": row["claim"], "docs": row["docs"].split(), "source": row["source"] or None}
            found[row["event"], row["about"]].append(position)
    return [{"event": event, "about": about, "positions": positions} for (event, about), positions in found.items()]
