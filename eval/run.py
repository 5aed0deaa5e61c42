"""`make eval`: annotates a gold folder through the program's own door, scores it, writes a dated table.

    python -m eval.run GOLD|corpus/PART|corpus/PART-stories [--show times ...] [--update-floors [--allow-regression]]

For our own gold the pinned floors in ``eval/floors.json`` are checked: a figure below its floor, or a gold set
whose bytes have changed without new floors, is an error.  Lowering a floor needs ``--allow-regression``.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.links import links_of
from corpus.load import REPORTS, load_plan, load_report
from eval.score import ORDER, DocumentScore, score_folder, spread, summarise
from eval.score_stories import ORDER as STORY_ORDER
from eval.score_stories import documents_folder, score_stories
from khabar import __version__

HERE = Path(__file__).resolve().parent
OWN_GOLD = HERE / "gold"
CORPUS = HERE.parent / "corpus"
FLOORS = HERE / "floors.json"
EPSILON = 0.0005
"""Rounding of the floors; one flipped name in our own gold moves F1 by about 0.0008."""


def main() -> int:
    """Run; returns the exit status."""
    options = _options()
    with laid_out(options.gold.resolve()) as gold:
        return stories(gold) if (gold / "gold.json").exists() else documents(gold, options)


@contextmanager
def laid_out(gold: Path) -> Iterator[Path]:
    """The gold folder as it is, or a part of our corpus as one.

    ``corpus/dev`` holds the reports of the part dev, ``corpus/dev-stories`` those of its stories, with their links.
    """
    if gold.exists() or gold.parent != CORPUS:
        yield gold
        return
    name, _, stories = gold.name.partition("-")
    rows = [row for row in load_plan() if row["split"] == name and (row["story"] or not stories)]
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / CORPUS.name / gold.name
        reports = part / "docs" if stories else part
        reports.mkdir(parents=True)
        files = [REPORTS / f"{row['id']}.json" for row in rows]
        for file in files:
            shutil.copy(file, reports)
        if stories:
            story = {row["id"]: row["story"] for row in rows}
            links = links_of([load_report(file) for file in files], story)
            (part / "gold.json").write_text(json.dumps({"docs": "docs"} | links, ensure_ascii=False), "utf-8")
        yield part


def documents(gold: Path, options: argparse.Namespace) -> int:
    """Scores a set of annotated documents and writes its dated table."""
    scores = evaluate(gold)
    summary = summarise(scores.values())
    half = spread(list(scores.values()))
    lines = table(gold, scores, summary, half)
    print("\n".join(lines))
    for kind in options.show:
        for name, score in scores.items():
            print(*(f"{name}: {miss}" for miss in score.misses[kind]), sep="\n")
    _write_results(gold, lines, {figure: (summary[figure], half[figure]) for figure in ORDER}, len(scores))
    if gold != OWN_GOLD:
        return 0
    if options.update_floors:
        return update_floors(gold, summary, allow_regression=options.allow_regression)
    return check_floors(gold, summary)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="?", default=OWN_GOLD)
    parser.add_argument("--show", nargs="*", default=[], choices=["times", "names", "events", "claims", "figures"])
    parser.add_argument("--update-floors", action="store_true")
    parser.add_argument("--allow-regression", action="store_true")
    return parser.parse_args()


def evaluate(gold: Path) -> dict[str, DocumentScore]:
    """Scores of `khabar analyse` on a gold folder."""
    with tempfile.TemporaryDirectory() as folder:
        analyse(gold, folder)
        return score_folder(gold, Path(folder))


def analyse(gold: Path, folder: str) -> None:
    """Runs the program's own command over the JSON files of a folder."""
    files = sorted(str(file) for file in gold.glob("*.json"))
    subprocess.run(
        [Path(sys.executable).with_name("khabar"), "analyse", *files, "--out", folder],
        check=True,
        stdout=subprocess.DEVNULL,  # what it says on standard error is for whoever measures
    )


def stories(gold: Path) -> int:
    """Scores a stories set and writes its dated table."""
    reports = documents_folder(gold)
    with tempfile.TemporaryDirectory() as folder:
        analyse(reports, folder)
        found = score_stories(gold, Path(folder))
    count = len(list(reports.glob("*.json")))
    lines = [
        f"khabar {__version__}, {label(gold)}: {count} documents, {_today()}",
        "",
        "| figure | value |",
        "|---|--:|",
    ]
    lines += [f"| {figure} | {found[figure]:.3f} |" for figure in STORY_ORDER]
    print("\n".join(lines))
    _write_results(gold, lines, {figure: (found[figure], 0.0) for figure in STORY_ORDER}, count)
    return 0


def table(gold: Path, scores: dict[str, DocumentScore], summary: dict[str, float], half: dict[str, float]) -> list[str]:
    """The dated table in Markdown."""
    words = sum(len(json.loads(file.read_text("utf-8"))["text"].split()) for file in gold.glob("*.json"))
    head = f"khabar {__version__}, {label(gold)}: {len(scores)} documents, {words} words, {_today()}"
    rows = [f"| {figure} | {summary[figure]:.3f} | ±{half[figure]:.3f} |" for figure in ORDER]
    return [head, "", "| figure | value | 95 % |", "|---|--:|--:|", *rows]


def label(gold: Path) -> str:
    """A short name for a gold folder: its last two parts."""
    return "/".join(gold.parts[-2:])


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _write_results(gold: Path, lines: list[str], figures: dict[str, tuple[float, float]], count: int) -> None:
    stem = HERE / "results" / f"{_today()}-{label(gold).replace('/', '-')}"
    stem.with_suffix(".md").write_text("\n".join(lines) + "\n", "utf-8")
    rounded = {figure: [round(value, 4), round(half, 4)] for figure, (value, half) in figures.items()}
    data = {
        "gold": label(gold),
        "documents": count,
        "version": __version__,
        "date": _today(),
        "figures": rounded,
    }
    stem.with_suffix(".json").write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def gold_hash(gold: Path) -> str:
    """SHA-256 over the names and bytes of the gold files."""
    digest = hashlib.sha256()
    for file in sorted(gold.glob("*.json")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def check_floors(gold: Path, summary: dict[str, float]) -> int:
    """0 where every figure holds its floor, else 1 and a line for each that does not."""
    pinned = json.loads(FLOORS.read_text("utf-8"))
    if pinned["gold_sha256"] != gold_hash(gold):
        print(
            "floors: the gold files have changed; look at the new figures, then --update-floors",
            file=sys.stderr,
        )
        return 1
    short = {figure: floor for figure, floor in pinned["floors"].items() if summary[figure] < floor - EPSILON}
    for figure, floor in short.items():
        print(f"floors: {figure} {summary[figure]:.3f} < {floor:.3f}", file=sys.stderr)
    return int(bool(short))


def update_floors(gold: Path, summary: dict[str, float], *, allow_regression: bool) -> int:
    """Pins today's figures; refuses to lower one without the flag."""
    old = json.loads(FLOORS.read_text("utf-8"))["floors"] if FLOORS.exists() else {}
    lower = [figure for figure, floor in old.items() if summary[figure] < floor - EPSILON]
    if lower and not allow_regression:
        print(f"floors: {', '.join(lower)} would be lowered; say --allow-regression", file=sys.stderr)
        return 1
    floors = {figure: round(summary[figure], 3) for figure in ORDER}
    FLOORS.write_text(json.dumps({"gold_sha256": gold_hash(gold), "floors": floors}, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
