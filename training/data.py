"""Labelled words to train on: our own corpus, and what others' corpora may be used for a shipped model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random
from typing import Any

from corpus.load import load_plan, load_reports
from khabar.encoder.features import features
from khabar.lexicon import table
from khabar.text import Sentence, Token, Tokenized, fold, tokenize

Report = dict[str, Any]
Placed = tuple[int, int, str]
"""First character, last one left out, kind."""
IGNORED = -100
"""The label of a word that a head is not trained on."""
_KINDS = ("person", "organisation", "document", "anonymous")
_STATUSES = ("actual", "future", "negated", "hypothetical")
_STANCES = ("assert", "deny", "predict", "demand", "confirm", "doubt")


def _bio(*kinds: str) -> tuple[str, ...]:
    return ("O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI"))


_PLAIN_WORDS = 0.3
HEADS: dict[str, tuple[str, ...]] = {
    "names": _bio("PER", "LOC", "ORG"),
    "triggers": ("O", *sorted(row["type"] for row in table("plover"))),
    "status": _STATUSES,
    "cues": _bio("cue"),
    "stance": _STANCES,
    "sources": _bio(*_KINDS),
    "relays": _bio("via"),
    "contents": _bio("content"),
    "times": _bio("time"),
    "figures": _bio("figure"),
    "anercorp": _bio("PERS", "LOC", "ORG", "MISC"),
    "wojood": _bio("PERS", "ORG", "GPE", "LOC", "FAC", "NORP", "OCC"),
}
"""Each head with its labels.  Corpora that draw the line elsewhere have heads of their own, and share the encoder.

``status`` is read at triggers and ``stance`` at cues alone."""
LINKS = ("actor", "recipient", "place", "date", "told", "same", "speaker")
"""What one word can be to another: a name the actor, recipient or place of a trigger's event, a time its date, a cue
that of a claim which tells it, a trigger another one of the same event; the words of a source what a cue belongs to."""
_FAR = 200
"""Words between the two at most: no window holds more."""
Link = tuple[int, int, int, bool]
"""Which of `LINKS`, the word that asks, the word that may be the answer, and whether it is."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text as words, with where its sentences begin, its words' features, and each head's labels."""

    words: list[str]
    starts: list[int]
    features: list[list[int]]
    labels: dict[str, list[int]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)


def spans_to_labels(text: Tokenized, spans: Iterable[Placed], names: tuple[str, ...]) -> list[int]:
    """B-I-O labels of a text's tokens, for stretches of characters; of those that overlap the first one counts."""
    found = [names.index("O")] * len(text.tokens)
    for start, end, kind in spans:
        inside = [at for at, token in enumerate(text.tokens) if token.start < end and token.end > start]
        if all(found[at] == names.index("O") for at in inside):
            for place, at in enumerate(inside):
                found[at] = names.index(("I-" if place else "B-") + kind)
    return found


def _report(report: Report) -> Example:
    text = tokenize(report["text"])
    names = [(name["start"], name["end"], name["type"]) for name in report["names"]]
    claims, triggers = report["claims"], [(one, event) for event in report["events"] for one in event["triggers"]]
    sources = [(claim["source"], claim["source_kind"]) for claim in claims]
    spans = {
        "names": names,
        "cues": _placed((claim["cue"], "cue") for claim in claims),
        "sources": _placed(sources),
        "relays": _placed((relay, "via") for claim in claims for relay in claim["via"]),
        "contents": _placed((claim["content"], "content") for claim in claims),
        "times": _placed((one, "time") for one in report["times"]),
        "figures": _placed((one, "figure") for one in report["figures"]),
    }
    labels = {head: spans_to_labels(text, found, HEADS[head]) for head, found in spans.items()}
    stances = _placed((claim["cue"], claim["stance"]) for claim in claims)
    typed, told = ([(one["start"], one["end"], event[key]) for one, event in triggers] for key in ("type", "status"))
    labels["triggers"] = _marked(text, typed, HEADS["triggers"], HEADS["triggers"].index("O"))
    labels["status"] = _marked(text, told, HEADS["status"], IGNORED)
    labels["stance"] = _marked(text, stances, HEADS["stance"], IGNORED)
    words = [token.text for token in text.tokens]
    starts = [sentence.first for sentence in text.sentences]
    return Example(words, starts, features(text), labels, list(_links(report, text)))


def _links(report: Report, text: Tokenized) -> Iterator[Link]:
    """All pairs that a report answers yes or no to."""
    first = _first_words(text)
    triggers = [(first(one), event) for event in report["events"] for one in event["triggers"]]
    names = [(first(name), name["entity"]) for name in report["names"]]
    places = [(first(name), name["entity"]) for name in report["names"] if name["type"] == "LOC"]
    times = [(first(time), time["value"]) for time in report["times"]]
    cues = [(first(claim["cue"]), claim) for claim in report["claims"] if claim["cue"] is not None]
    sources = {first(claim["source"]) for claim in report["claims"] if claim["source"] is not None}
    for at, event in triggers:
        for role in ("actor", "recipient"):
            yield from _asked(role, at, ((word, entity in event[role]) for word, entity in names))
        yield from _asked("place", at, ((word, entity == event["place"]) for word, entity in places))
        yield from _asked("date", at, ((word, value == event["date"]) for word, value in times))
        yield from _asked("told", at, ((word, claim["id"] in event["claims"]) for word, claim in cues))
        yield from _asked("same", at, ((word, other is event) for word, other in triggers if word != at))
    for at, claim in cues:
        own = None if claim["source"] is None else first(claim["source"])
        yield from _asked("speaker", at, ((word, word == own) for word in sorted({*sources, *dict(names)})))


def _asked(link: str, at: int, answers: Iterable[tuple[int, bool]]) -> Iterator[Link]:
    for word, is_so in answers:
        if abs(word - at) <= _FAR:
            yield LINKS.index(link), at, word, is_so


def _first_words(text: Tokenized) -> Callable[[Report], int]:
    """What gives the word that an annotated stretch begins in."""
    starts = [token.start for token in text.tokens]
    return lambda span: max(0, bisect_right(starts, span["start"]) - 1)


def _placed(spans: Iterable[tuple[Report | None, str]]) -> list[Placed]:
    """Annotated stretches as start, end and kind; those that a text leaves out are left out."""
    return [(span["start"], span["end"], kind) for span, kind in spans if span is not None]


def _marked(text: Tokenized, spans: Iterable[Placed], labels: tuple[str, ...], default: int) -> list[int]:
    """One label for each token that a stretch touches, `default` for the others."""
    found = [default] * len(text.tokens)
    for start, end, kind in spans:
        for at, token in enumerate(text.tokens):
            if token.start < end and token.end > start and kind in labels:
                found[at] = labels.index(kind)
    return found


def corpus(part: str) -> list[Example]:
    """The reports of one part (train, dev, test) of our own corpus."""
    wanted = {row["id"] for row in load_plan() if row["split"] == part}
    return [_report(report) for report in load_reports() if report["id"] in wanted]


def _sentences(file: Path) -> Iterator[list[list[str]]]:
    """Sentences of a file that has one word a line, its labels behind it, and an empty line after each sentence."""
    sentence: list[list[str]] = []
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            sentence.append(line.split())
        elif sentence:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def anercorp(folder: Path, part: str, joined: int = 8) -> list[Example]:
    """ANERcorp in the split of CAMeL Lab, runs of `joined` sentences together, as they follow in its newspapers.

    Its persons and places teach the head of names too; its bodies don't, since it draws their borders elsewhere, and
    of its other words three in ten, lest its gaps outweigh our own reports.
    """
    file = folder / "ner" / f"ANERCorp_CamelLab_{part}.txt"
    found = _joined(file, "anercorp", lambda row: row[1], joined)
    rng = Random(0)
    for example in found:
        example.labels["names"] = [_taught(HEADS["anercorp"][label], rng) for label in example.labels["anercorp"]]
    return found


def _taught(label: str, rng: Random) -> int:
    """ANERcorp's label as one of the head of names, or none."""
    if label == "O":
        return HEADS["names"].index("O") if rng.random() < _PLAIN_WORDS else IGNORED
    same = label.replace("PERS", "PER")
    return HEADS["names"].index(same) if same[2:] in ("PER", "LOC") else IGNORED


def wojood(folder: Path, part: str) -> list[Example]:
    """The sample of Wojood, its outermost names of seven types; sentences stand alone there."""
    return _joined(folder / "ner" / f"wojood_sample_{part}.txt", "wojood", _outermost, 1)


def wikinews(folder: Path) -> list[Example]:
    """Articles of Wikinews without labels, eight sentences together."""
    header, *sentences = _sentences(folder / "news" / "wikinews70.tsv")
    words = [[row[0] for row in sentence if row[0] != "#"] for sentence in (header[1:], *sentences)]
    told = [sentence for sentence in words if sentence]
    return [unlabelled(told[at : at + 8]) for at in range(0, len(told), 8)]


def words(text: str) -> list[str]:
    """The words and marks of a text."""
    return [token.text for token in tokenize(text).tokens]


def unlabelled(sentences: list[list[str]]) -> Example:
    """Sentences, given as their words, that no head has labels for."""
    words = [word for sentence in sentences for word in sentence]
    starts = list(accumulate(map(len, sentences[:-1]), initial=0))
    return Example(words, starts, features(as_text(words, starts)))


def _outermost(row: list[str]) -> str:
    known = HEADS["wojood"]
    return next((label for label in row[1:] if label in known and label != "O"), "O")


def _joined(file: Path, head: str, label: Callable[[list[str]], str], joined: int) -> list[Example]:
    sentences = list(_sentences(file))
    return [_words(sentences[at : at + joined], head, label) for at in range(0, len(sentences), joined)]


def _words(sentences: list[list[list[str]]], head: str, label: Callable[[list[str]], str]) -> Example:
    rows = [row for sentence in sentences for row in sentence]
    starts = list(accumulate(map(len, sentences[:-1]), initial=0))
    text = as_text([row[0] for row in rows], starts)
    labels = [HEADS[head].index(label(row)) for row in rows]
    return Example([row[0] for row in rows], starts, features(text), {head: labels})


def as_text(words: Sequence[str], starts: Sequence[int] = (0,)) -> Tokenized:
    """A text of words that are given: each stays one token, whatever our own tokenizer would make of it.

    `starts` holds the first word of each sentence.

    >>> text = as_text(["أ.ف.ب", "قالت", ".", "نعم"], starts=(0, 3))
    >>> [token.text for token in text.tokens], len(text.sentences)
    (['أ.ف.ب', 'قالت', '.', 'نعم'], 2)
    """
    offsets = [0, *accumulate(len(word) + 1 for word in words)][: len(words)]
    tokens = tuple(
        Token(offset, offset + len(word), word, fold(word), _kind(word))
        for offset, word in zip(offsets, words, strict=True)
    )
    cuts = pairwise((*starts, len(words)))
    parts = tuple(Sentence(tokens[first].start, tokens[last - 1].end, first, last) for first, last in cuts)
    return Tokenized(" ".join(words), tokens, parts, tuple(offsets))


def _kind(word: str) -> str:
    made = tokenize(word).tokens
    return made[0].kind if len(made) == 1 else "word"
