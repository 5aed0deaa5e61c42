"""Scores predicted annotations against gold ones; knows nothing of the system that made them.

Both sides are folders of JSON files in the annotation form.  Texts need not be equal to the letter (a repaired
copy may differ): spans are compared as sets of words, after the two texts have been aligned word by word.
Every figure is micro-averaged over all documents and lies between 0 and 1:

    times         F1 of expressions that overlap and have exactly the gold value
    names         F1 of exact span and type
    entities      B-cubed F1 of entity labels over the names that both sides found, all documents together
    events        F1 of events of the right type with a trigger in common
    triggers      F1 of events with a trigger in common, whatever their type
    roles         F1 of (event, actor or recipient, entity) over named entities
    event-dates   share of the matched events with a gold date that have it
    event-status  share of the matched events with the right status
    claims        F1 of claims whose cue or content is found
    sources       F1 of claims found with the right source words
    source-kind   share of the matched claims with the right kind of source
    contents      mean word overlap (F1) of the content of matched claims
    told-by       F1 of links from matched events to matched claims
    figures       F1 of figures that overlap and have the gold bounds

The ± beside a figure is half of the 95 % interval of a bootstrap over documents (seeded).
"""

from __future__ import annotations

import difflib
import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

Json = Mapping[str, Any]
Words = frozenset[int]
Left = TypeVar("Left")
Right = TypeVar("Right")

F1_FIGURES = ("times", "names", "events", "triggers", "roles", "claims", "sources", "told-by", "figures")
SHARE_FIGURES = ("event-dates", "event-status", "source-kind", "contents")
MAIN = ("times", "names", "entities", "events", "roles", "sources", "figures")
ORDER = ("times", "names", "entities", "events", "triggers", "roles", "event-dates", "event-status", "claims",
         "sources", "source-kind", "contents", "told-by", "figures", "mean")  # fmt: skip

_WORD = re.compile(r"\w+")
_SAME = str.maketrans("أإآٱىة٠١٢٣٤٥٦٧٨٩", "اااايه0123456789")
_MARKS = dict.fromkeys([0x640, 0x670, *range(0x64B, 0x653)])


@dataclass
class Tally:
    """Hits, and how many the gold side and the predicted side have."""

    hit: float = 0.0
    gold: float = 0.0
    predicted: float = 0.0

    def add(self, hit: float, gold: float, predicted: float = 0.0) -> None:
        self.hit += hit
        self.gold += gold
        self.predicted += predicted

    @property
    def f1(self) -> float:
        total = self.gold + self.predicted
        return 2 * self.hit / total if total else float("nan")

    @property
    def share(self) -> float:
        return self.hit / self.gold if self.gold else float("nan")


@dataclass
class DocumentScore:
    """What one document adds: a tally a figure, and (gold label, predicted label) of the names found by both."""

    tallies: dict[str, Tally]
    mentions: list[tuple[str, str]]
    misses: dict[str, list[str]]


class Side:
    """One side's annotations of a document, every span turned into a set of word numbers of the gold text."""

    def __init__(self, data: Json, numbers: Sequence[int] | None = None) -> None:
        self.data = data
        self.words = [(match.start(), match.end(), _key(match.group())) for match in _WORD.finditer(data["text"])]
        self.numbers = range(len(self.words)) if numbers is None else numbers

    def span(self, span: Json | None) -> Words:
        if not span:
            return frozenset()
        start = span["start"] if "start" in span else _occurrence(self.data["text"], span)
        end = start + len(span["text"]) if "end" not in span else span["end"]
        return frozenset(self.numbers[at] for at, (low, high, _) in enumerate(self.words) if low < end and high > start)

    def triggers(self, event: Json) -> Words:
        return frozenset().union(*(self.span(span) for span in event["triggers"]))

    def where(self) -> dict[str, Words]:
        """For every entity label all words of its mentions."""
        places: dict[str, Words] = defaultdict(frozenset)
        for name in self.data.get("names", []):
            places[name["entity"]] |= self.span(name)
        return places


def _key(word: str) -> str:
    return unicodedata.normalize("NFKC", word).translate(_MARKS).translate(_SAME).lower()


def _occurrence(text: str, span: Json) -> int:
    at = -1
    for _ in range(span.get("n", 0) + 1):
        at = text.index(span["text"], at + 1)
    return at


def aligned(gold: Side, predicted: Json) -> Side:
    """The predicted side, its word numbers being those of the gold words that they match, else negative."""
    side = Side(predicted)
    numbers = [-1 - at for at in range(len(side.words))]
    matcher = difflib.SequenceMatcher(
        None, [word[2] for word in gold.words], [word[2] for word in side.words], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for k in range(block.size):
            numbers[block.b + k] = block.a + k
    return Side(predicted, numbers)


def overlap(left: Words, right: Words) -> float:
    """F1 of two sets of words."""
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def pair(
    gold: Sequence[Left], predicted: Sequence[Right], score: Callable[[Left, Right], float]
) -> list[tuple[int, int]]:
    """One-to-one matching, the best score first; a score of 0 is no match."""
    candidates = sorted(
        ((score(left, right), -i, -j) for (i, left), (j, right) in product(enumerate(gold), enumerate(predicted))),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    matches = []
    for value, i, j in candidates:
        if value > 0 and -i not in used_gold and -j not in used_predicted:
            used_gold.add(-i)
            used_predicted.add(-j)
            matches.append((-i, -j))
    return matches


def score_document(gold_data: Json, predicted_data: Json) -> DocumentScore:
    """All figures of one document."""
    gold = Side(gold_data)
    predicted = aligned(gold, predicted_data)
    score = DocumentScore({figure: Tally() for figure in F1_FIGURES + SHARE_FIGURES}, [], defaultdict(list))
    _times(gold, predicted, score)
    _names(gold, predicted, score)
    events = _events(gold, predicted, score)
    claims = _claims(gold, predicted, score)
    _told_by(events, claims, score)
    _figures(gold, predicted, score)
    return score


def _times(gold: Side, predicted: Side, score: DocumentScore) -> None:
    left = [(gold.span(time), time["value"], time["text"]) for time in gold.data.get("times", [])]
    right = [(predicted.span(time), time["value"]) for time in predicted.data.get("times", []) if time.get("value")]
    matches = pair(left, right, lambda a, b: overlap(a[0], b[0]) + (a[1] == b[1]) if a[0] & b[0] else 0.0)
    right_value = {i: right[j][1] for i, j in matches}
    score.tallies["times"].add(
        sum(right_value.get(i) == value for i, (_, value, _) in enumerate(left)), len(left), len(right)
    )
    for i, (_, value, words) in enumerate(left):
        if right_value.get(i) != value:
            score.misses["times"].append(f"{words!r}: gold {value}, got {right_value.get(i)}")


def _names(gold: Side, predicted: Side, score: DocumentScore) -> None:
    left = [(gold.span(name), name["type"], name["entity"]) for name in gold.data.get("names", [])]
    right = [(predicted.span(name), name["type"], name["entity"]) for name in predicted.data.get("names", [])]
    wanted, found = Counter(name[:2] for name in left), Counter(name[:2] for name in right)
    score.tallies["names"].add((wanted & found).total(), len(left), len(right))
    label = {span: entity for span, _, entity in right}
    score.mentions += [(entity, label[span]) for span, _, entity in left if span in label]
    for (_, kind, _), name in zip(left, gold.data.get("names", []), strict=True):
        if (gold.span(name), kind) not in found:
            score.misses["names"].append(f"missed {name['text']!r} {kind}")
    for (span, kind, _), name in zip(right, predicted.data.get("names", []), strict=True):
        if (span, kind) not in wanted:
            score.misses["names"].append(f"spurious {name['text']!r} {kind}")


def _events(gold: Side, predicted: Side, score: DocumentScore) -> list[tuple[Json, Json]]:
    left, right = list(gold.data.get("events", [])), list(predicted.data.get("events", []))
    left_words, right_words = (
        [gold.triggers(event) for event in left],
        [predicted.triggers(event) for event in right],
    )
    any_type = pair(left_words, right_words, lambda a, b: len(a & b))
    score.tallies["triggers"].add(len(any_type), len(left), len(right))

    def closeness(i: int, j: int) -> float:
        if left[i]["type"] != right[j]["type"]:
            return 0.0
        return len(left_words[i] & right_words[j]) + overlap(left_words[i], right_words[j])

    matches = pair(range(len(left)), range(len(right)), closeness)
    score.tallies["events"].add(len(matches), len(left), len(right))
    _roles(gold, predicted, [(left[i], right[j]) for i, j in matches], score)
    for i, j in matches:
        score.tallies["event-status"].add(left[i]["status"] == right[j]["status"], 1)
        if left[i].get("date"):
            score.tallies["event-dates"].add(left[i]["date"] == right[j].get("date"), 1)
    _event_misses(left, right, matches, score)
    return [(left[i], right[j]) for i, j in matches]


def _event_misses(left: list[Json], right: list[Json], matches: list[tuple[int, int]], score: DocumentScore) -> None:
    for word, events, found in (
        ("missed", left, {i for i, _ in matches}),
        ("spurious", right, {j for _, j in matches}),
    ):
        for at, event in enumerate(events):
            if at not in found:
                triggers = [trigger["text"] for trigger in event["triggers"]][:2]
                score.misses["events"].append(f"{word} {event['type']} {triggers}")


def _roles(gold: Side, predicted: Side, matches: list[tuple[Json, Json]], score: DocumentScore) -> None:
    gold_where, predicted_where = gold.where(), predicted.where()

    def named(event: Json, role: str, where: Mapping[str, Words]) -> list[str]:
        return [label for label in event.get(role) or [] if label in where]

    def same(left: str, right: str) -> float:
        return float(bool(gold_where[left] & predicted_where[right]))

    hits = sum(
        len(pair(named(left, role, gold_where), named(right, role, predicted_where), same))
        for left, right in matches
        for role in ("actor", "recipient")
    )
    score.tallies["roles"].add(hits, *(
        sum(len(named(event, role, where)) for event in side.data.get("events", []) for role in ("actor", "recipient"))
        for side, where in ((gold, gold_where), (predicted, predicted_where))
    ))  # fmt: skip


def _claims(gold: Side, predicted: Side, score: DocumentScore) -> list[tuple[Json, Json]]:
    left = [_claim_words(gold, claim) for claim in gold.data.get("claims", [])]
    right = [_claim_words(predicted, claim) for claim in predicted.data.get("claims", [])]
    matches = pair(left, right, _claim_closeness)
    score.tallies["claims"].add(len(matches), len(left), len(right))
    good = 0
    for i, j in matches:
        (_, source, content), (_, other_source, other_content) = left[i], right[j]
        if (not source and not other_source) or overlap(source, other_source) >= 0.5:
            good += 1
        else:
            score.misses["claims"].append(
                f"source of {gold.data['claims'][i]['id']}: {_source(gold, i)} got {_source(predicted, j)}"
            )
        same_kind = gold.data["claims"][i]["source_kind"] == predicted.data["claims"][j]["source_kind"]
        score.tallies["source-kind"].add(same_kind, 1)
        score.tallies["contents"].add(overlap(content, other_content), 1)
    score.tallies["sources"].add(good, len(left), len(right))
    found = {i for i, _ in matches}
    score.misses["claims"] += [
        f"missed cue {(claim.get('cue') or {}).get('text')!r}"
        for i, claim in enumerate(gold.data.get("claims", []))
        if i not in found
    ]
    return [(gold.data["claims"][i], predicted.data["claims"][j]) for i, j in matches]


def _source(side: Side, at: int) -> str:
    return repr((side.data["claims"][at].get("source") or {}).get("text"))


def _claim_words(side: Side, claim: Json) -> tuple[Words, Words, Words]:
    return side.span(claim.get("cue")), side.span(claim.get("source")), side.span(claim.get("content"))


def _claim_closeness(left: tuple[Words, Words, Words], right: tuple[Words, Words, Words]) -> float:
    same_cue, contents = bool(left[0] & right[0]), overlap(left[2], right[2])
    return same_cue + contents + overlap(left[1], right[1]) / 2 if same_cue or contents >= 0.5 else 0.0


def _told_by(events: list[tuple[Json, Json]], claims: list[tuple[Json, Json]], score: DocumentScore) -> None:
    other = {left["id"]: right["id"] for left, right in claims}
    for left, right in events:
        wanted = [other[claim] for claim in left["claims"] if claim in other]
        found = right.get("claims") or []
        score.tallies["told-by"].add(len(set(wanted) & set(found)), len(wanted), len(found))


def _figures(gold: Side, predicted: Side, score: DocumentScore) -> None:
    left, right = (
        [(side.span(figure), (figure["low"], figure["high"])) for figure in side.data.get("figures", [])]
        for side in (gold, predicted)
    )
    matches = pair(left, right, lambda a, b: float(bool(a[0] & b[0]) and a[1] == b[1]))
    score.tallies["figures"].add(len(matches), len(left), len(right))
    found = {i for i, _ in matches}
    for i, figure in enumerate(gold.data.get("figures", [])):
        if i not in found:
            score.misses["figures"].append(f"missed {figure['text']!r} {figure['low']}..{figure['high']}")


def b_cubed(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """B-cubed F1 of predicted against gold clusters, given (gold, predicted) cluster of every item.

    Bagga & Baldwin 1998, Algorithms for scoring coreference chains.

    >>> b_cubed([("a", 1), ("a", 1), ("b", 2)])
    1.0
    """
    if not pairs:
        return float("nan")
    both, gold, predicted = Counter(pairs), Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    precision = sum(both[g, p] / predicted[p] for g, p in pairs) / len(pairs)
    recall = sum(both[g, p] / gold[g] for g, p in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def summarise(scores: Iterable[DocumentScore]) -> dict[str, float]:
    """The figures over many documents."""
    totals: dict[str, Tally] = defaultdict(Tally)
    mentions: list[tuple[str, str]] = []
    for score in scores:
        mentions += score.mentions
        for figure, tally in score.tallies.items():
            totals[figure].add(tally.hit, tally.gold, tally.predicted)
    result = {figure: totals[figure].f1 for figure in F1_FIGURES}
    result |= {figure: totals[figure].share for figure in SHARE_FIGURES}
    result["entities"] = b_cubed(mentions)
    main = [result[figure] for figure in MAIN]
    result["mean"] = sum(0.0 if value != value else value for value in main) / len(main)
    return {figure: result[figure] for figure in ORDER}


def spread(scores: Sequence[DocumentScore], rounds: int = 200) -> dict[str, float]:
    """Half of the 95 % bootstrap interval of every figure."""
    chance = random.Random(20160101)
    drawn = [summarise(chance.choices(scores, k=len(scores))) for _ in range(rounds)]
    half = {}
    for figure in ORDER:
        values = sorted(result[figure] for result in drawn if result[figure] == result[figure])
        half[figure] = (values[int(len(values) * 0.975) - 1] - values[int(len(values) * 0.025)]) / 2 if values else 0.0
    return half


def score_folder(gold: Path, predicted: Path) -> dict[str, DocumentScore]:
    """Scores of every gold document; one without a prediction counts as empty.

    Raises:
        FileNotFoundError: when the gold folder holds no JSON files.
    """
    files = sorted(gold.glob("*.json"))
    if not files:
        raise FileNotFoundError(f"no gold files in {gold}")
    scores = {}
    for file in files:
        data = json.loads(file.read_text("utf-8"))
        other = predicted / file.name
        found = json.loads(other.read_text("utf-8")) if other.exists() else {"text": data["text"]}
        scores[file.stem] = score_document(data, found)
    return scores
