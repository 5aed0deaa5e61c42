"""``python -m corpus read FILE...`` | ``show ID`` | ``tally [--batch B]`` | ``labels WORD``: for who annotates."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from corpus.check import faults_of
from corpus.load import REPORTS, SECOND, Json, dumped, load_modes, load_plan, load_report, load_reports
from corpus.markup import MarkupError, read_marked, write_marked
from corpus.tally import against_marks, tally
from khabar.lexicon import table
from khabar.text import fold


def read(files: list[Path], *, second: bool) -> int:
    """Marked reports to ``reports/``, or a second annotation of them to ``second/``; none that has a fault is kept."""
    modes, bad = load_modes(), 0
    folder = SECOND if second else REPORTS
    folder.mkdir(exist_ok=True)
    for file in files:
        try:
            report = read_marked(file.read_text("utf-8"))
            faults = list(faults_of(report, modes))
            faults += other_words(report) if second else []
        except MarkupError as error:
            faults = [str(error)]
        if faults:
            bad += 1
            print("\n".join(f"{file.name}: {fault}" for fault in faults))
        else:
            (folder / f"{report['id']}.json").write_text(dumped(report), "utf-8")
    print(f"{len(files) - bad} of {len(files)} taken")
    return 1 if bad else 0


def other_words(report: Json) -> list[str]:
    """Where the text of a second annotation is not that of the first."""
    first: str = load_report(REPORTS / f"{report['id']}.json")["text"]
    second: str = report["text"]
    if first == second:
        return []
    pairs = enumerate(zip(first, second, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))
    return [f"another text from here on: {second[max(0, same - 20) :][:60]!r}"]


def labels(words: list[str]) -> int:
    """How the program and the corpus call what is spelled like this."""
    wanted = fold(" ".join(words))
    found: Counter[str] = Counter()
    for name in ("persons", "organisations", "places", "countries", "capitals", "outlets", "towns"):
        for row in table(name):
            if any(wanted in fold(form) for form in row["form"].split("|")):
                found[f"{name}: {row.get('label') or row.get('english') or ''} = {row['form']}"] += 1
    for report in load_reports():
        for one in report["names"]:
            if wanted in fold(one["text"]) or wanted in one["entity"].lower():
                found[f"corpus {one['type']}: {one['entity']} = {one['text']}"] += 1
    print("\n".join(f"{line}  ×{count}" for line, count in found.most_common(40)) or "unknown so far")
    return 0


def show_tally(batch: str | None, share: float) -> int:
    """Counts against the marks."""
    plan = [row for row in load_plan() if batch is None or row["batch"] == batch]
    wanted = {row["id"] for row in plan}
    reports = [report for report in load_reports() if report["id"] in wanted]
    for name, count, least in against_marks(tally(reports, plan), share):
        print(f"{'  ' if count >= least else '! '}{name:28s} {count:6d} of {least}")
    return 0


def main() -> int:
    """One verb a run."""
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    reading = verbs.add_parser("read")
    reading.add_argument("files", nargs="+", type=Path)
    reading.add_argument("--second", action="store_true", help="a second annotation, by who has not seen the first")
    verbs.add_parser("show").add_argument("id")
    verbs.add_parser("labels").add_argument("words", nargs="+")
    counting = verbs.add_parser("tally")
    counting.add_argument("--batch")
    counting.add_argument("--share", type=float, default=1.0)
    given = parser.parse_args()
    if given.verb == "read":
        return read(given.files, second=given.second)
    if given.verb == "labels":
        return labels(given.words)
    if given.verb == "tally":
        return show_tally(given.batch, given.share)
    print(write_marked(load_report(REPORTS / f"{given.id}.json")), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
