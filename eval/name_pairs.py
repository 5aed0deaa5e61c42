"""Are two names one name?  Two sets of questions, ours against a peer's, in one run.

    python -m eval.name_pairs --data FOLDER [--part test|dev] [--pairs 1000] [--seed 7] [--show 20]

FOLDER holds ``names/``.  Nothing in a measured file is learned from or copied.

across  From the test part of NETransliteration (names of Wikidata) 1,000 Arabic-Latin pairs are drawn, and for each
        the same Arabic name with the Latin name of that part that is spelled most like the right one and is another
        name: 2,000 questions (twice as many with ``--pairs 2000``).  Another name is one whose Arabic spellings have
        other consonants than those of the right one (``drawn`` and ``often``) or only that it shares no Arabic
        spelling (``letters``, where Daniel and Daniele are two names).  The pairs are drawn from all rows, of which
        some four in a hundred pair a given name with a family name (an error of the source); ``often`` draws from
        rows that the source saw at least twice.  The threshold is the program's own, fixed on the train part.
bench   The cases of OpenSanctions' name_bench: F1 of ours at our fixed threshold against rapidfuzz's
        token_sort_ratio at its best threshold for these very cases.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz

from khabar.link.letters import arabic_letters, latin_letters, margin
from khabar.link.names import ONE_NAME, same_name
from khabar.model import NameType
from training.letters import nearest_others, spellings

Question = tuple[str, str, bool]
Figures = dict[str, float]

DRAWN = 1_000
PARTS = ("train", "dev", "test")
HANDLED = frozenset({"ARABIC", "LATIN"})


def rows(data: Path, part: str) -> list[tuple[str, str, int]]:
    """Arabic name, Latin name and how often the source saw them together."""
    found = []
    for line in (data / "names" / f"netransliteration_{part}.tsv").read_text("utf-8").splitlines():
        latin, arabic, count = line.split("\t")
        found.append((arabic.replace(" ", ""), latin, int(count)))
    return found


def across_questions(data: Path, part: str, seed: int, by: str, count: int) -> list[Question]:
    """True pairs of a part and as many hard false ones; `by` says which (see above)."""
    usable = [row for row in rows(data, part) if arabic_letters(row[0]) and latin_letters(row[1])]
    drawn = random.Random(seed).sample([row for row in usable if by != "often" or row[2] > 1], count)
    everything = [(arabic_letters(one), latin_letters(other)) for name in PARTS for one, other, _ in rows(data, name)]
    known = {latin: {arabic} for arabic, latin in everything}
    for arabic, latin in everything:
        known[latin].add(arabic)
    pool = {latin_letters(latin): latin for _, latin, _ in reversed(usable)}
    wanted = [latin_letters(latin) for _, latin, _ in drawn]
    others = nearest_others(wanted, pool, known if by == "letters" else spellings(everything))
    true = [(arabic, latin, True) for arabic, latin, _ in drawn]
    return true + [(arabic, pool[other], False) for (arabic, _, _), (other,) in zip(drawn, others, strict=True)]


def bench_questions(data: Path) -> list[tuple[str, str, bool, NameType]]:
    """The cases of name_bench; companies, bodies and vessels are bodies."""
    with (data / "names" / "name_bench_cases.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["name1"], row["name2"], row["is_match"] == "true", "PER" if row["schema"] == "Person" else "ORG")
            for row in csv.DictReader(file)
        ]


def figures(said: Sequence[bool], right: Sequence[bool]) -> Figures:
    """Precision, recall and F1 of saying yes."""
    hits = sum(one and other for one, other in zip(said, right, strict=True))
    precision, recall = hits / max(1, sum(said)), hits / max(1, sum(right))
    return {"precision": precision, "recall": recall, "f1": 2 * hits / max(1, sum(said) + sum(right))}


def best_threshold(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, Figures]:
    """The threshold with the highest F1, chosen on the very questions that are asked."""
    tried = {threshold: figures([score >= threshold for score in scores], right) for threshold in sorted(set(scores))}
    return max(tried.items(), key=lambda item: item[1]["f1"])


def scripts(text: str) -> set[str]:
    """The scripts of its letters, by Unicode's names."""
    return {unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha()}


def measure_across(data: Path, part: str, seed: int, by: str, count: int, show: int) -> Figures:
    """Ours on the questions across scripts."""
    asked = across_questions(data, part, seed, by, count)
    started = time.process_time()
    odds = [margin(arabic, latin) for arabic, latin, _ in asked]
    taken = time.process_time() - started
    right = [true for _, _, true in asked]
    _show(show, [(score, f"{one} {other}", true) for score, (one, other, true) in zip(odds, asked, strict=True)], 0.0)
    return figures([score > 0 for score in odds], right) | {"a_second": len(asked) / taken}


def _show(most: int, judged: list[tuple[float, str, bool]], threshold: float) -> None:
    wrong = [(score, pair, true) for score, pair, true in judged if (score > threshold) != true]
    for score, pair, true in sorted(wrong, key=lambda one: -abs(one[0]))[:most]:
        print(f"  {'missed' if true else 'false'} {score:6.2f} {pair}", file=sys.stderr)


def measure_bench(data: Path, show: int) -> dict[str, Figures]:
    """Ours and the peer's on name_bench, and how many of its cases are in scripts that Khabar does not handle."""
    asked = bench_questions(data)
    right = [true for _, _, true, _ in asked]
    ours = [same_name(one, other, kind) for one, other, _, kind in asked]
    theirs = [fuzz.token_sort_ratio(one.lower(), other.lower()) for one, other, _, _ in asked]
    foreign = [bool((scripts(one) | scripts(other)) - HANDLED) for one, other, _, _ in asked]
    threshold, peer = best_threshold(theirs, right)
    said = [score >= ONE_NAME for score in ours]
    known = [at for at, strange in enumerate(foreign) if not strange]
    _show(show, [(s, f"{one} | {other}", true) for s, (one, other, true, _) in zip(ours, asked, strict=True)], ONE_NAME)
    return {
        "ours": figures(said, right),
        "ours in Arabic and Latin": figures([said[at] for at in known], [right[at] for at in known]),
        "token_sort_ratio": peer | {"threshold": threshold},
        "cases": {"all": len(asked), "true": sum(right), "other scripts": sum(foreign)},
    }


def speed(data: Path) -> float:
    """Fresh comparisons of words a second of one core: Arabic names of the part dev with the next one's Latin name."""
    some = rows(data, "dev")[:2_000]
    pairs = [(one, other) for (one, _, _), (_, other, _) in pairwise(some)]
    started = time.process_time()
    for arabic, latin in pairs:
        margin(arabic, latin)
    return len(pairs) / (time.process_time() - started)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m eval.name_pairs", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with names/")
    parser.add_argument("--part", choices=["test", "dev"], default="test")
    parser.add_argument("--pairs", type=int, default=DRAWN, help="how many true pairs are drawn")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="so many of the worst errors of each set, on stderr")
    options = parser.parse_args()
    margin("ا", "a")  # loads the table, so that it is not timed
    found: dict[str, Figures] = {
        f"across, {by}": measure_across(options.data, options.part, options.seed, by, options.pairs, options.show)
        for by in ("drawn", "often", "letters")
    }
    found |= measure_bench(options.data, options.show)
    found["random pairs"] = {"a_second": speed(options.data)}
    rounded = {name: {key: round(value, 4) for key, value in row.items()} for name, row in found.items()}
    print(json.dumps(rounded, indent=1))


if __name__ == "__main__":
    main()
