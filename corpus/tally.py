"""What there is in the corpus, counted: by type, mode, status, stance, kind of source, month system, genre."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel.dates import get_month_names

from corpus.load import load_modes
from khabar.lexicon import forms
from khabar.text import fold

Json = dict[str, Any]

MARKS: Mapping[str, int] = {
    "reports": 300, "words": 75_000, "names": 6_000, "events": 1_800, "claims": 2_000, "claims: anonymous": 300,
    "claims: with via": 250, "claims: deny": 120, "times": 1_500, "times: relative": 600, "times: doubled month": 80,
    "times: Maghrebi month": 60, "times: Hijri": 40, "figures": 700, "stories": 30,
    **{f"type {type}": 40 for type in load_modes()},
    **{f"status {status}": 150 for status in ("actual", "future", "hypothetical", "negated")},
}  # fmt: skip
"""How much of each there must be at the least."""


def tally(reports: Sequence[Json], plan: Sequence[Mapping[str, str]] = ()) -> Counter[str]:
    """Counts of everything."""
    counts: Counter[str] = Counter()
    for report in reports:
        counts += _of_report(report)
    known = {report["id"] for report in reports}
    rows = [row for row in plan if row["id"] in known]
    counts["stories"] = len({row["story"] for row in rows if row["story"]})
    for row in rows:
        counts.update([f"genre {row['genre']}", f"usage {row['usage']}", f"split {row['split']}"])
    return counts


def _of_report(report: Json) -> Counter[str]:
    counts = Counter({"reports": 1, "words": len(report["text"].split())})
    for kind in ("names", "events", "claims", "times", "figures"):
        counts[kind] = len(report[kind])
    for name in report["names"]:
        counts[f"names: {name['type']}"] += 1
    for event in report["events"]:
        counts.update([f"type {event['type']}", f"status {event['status']}"])
        counts.update([f"mode {event['type']} {event['mode']}"] if event["mode"] else [])
    for claim in report["claims"]:
        counts.update([f"claims: {claim['source_kind']}", f"claims: {claim['stance']}"])
        counts["claims: with via"] += bool(claim["via"])
    for time in report["times"]:
        counts.update(f"times: {kind}" for kind in kinds_of_time(time["text"], time["value"]))
    for figure in report["figures"]:
        counts[f"unit {figure['unit']}"] += 1
    return counts


_LOCALES = {
    "maghrebi": ("ar_TN", "ar_DZ", "ar_MA", "ar_MR"),
    "levantine": ("ar_SY", "ar_IQ", "ar_LB"),
    "gulf": ("ar_EG",),
}


@cache
def _systems() -> Mapping[str, frozenset[str]]:
    """Folded names of months (CLDR's) → the systems that have them: ``maghrebi``, ``levantine``, ``gulf``."""
    found: dict[str, set[str]] = {}
    for system, locales in _LOCALES.items():
        for locale in locales:
            for name in get_month_names("wide", locale=locale).values():
                for word in re.findall(r"\w+", fold(name)):
                    found.setdefault(word, set()).add(system)
    return {word: frozenset(systems) for word, systems in found.items()}


@cache
def _hijri() -> re.Pattern[str]:
    """The Hijri months, whole names only."""
    names = (fold(form) for form, row in forms("months") if row["calendar"] == "hijri")
    named = (name for name in names if not set(name.split()) & {"الشهر", "هذا"})
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(named, key=len, reverse=True)))})(?!\w)")


def kinds_of_time(text: str, value: str) -> list[str]:
    """Which of the kinds that are counted an expression is: relative, doubled month, Maghrebi month, Hijri, length."""
    words = re.findall(r"\w+", fold(text))
    systems = [_systems()[word] for word in words if word in _systems()]
    kinds = []
    if value.startswith("P"):
        return ["length"]
    if _hijri().search(fold(text)) or "هـ" in text or "هجري" in fold(text):
        kinds.append("Hijri")
    elif len(systems) >= 2 and re.search(r"[/\\(]", text):
        kinds.append("doubled month")
    elif any(system <= {"maghrebi"} for system in systems):
        kinds.append("Maghrebi month")
    year = re.search(r"(?<!\d)[12]\d{3}(?!\d)", _western(text))
    if not year and not re.fullmatch(r"\d{2,3}", value):
        kinds.append("relative")
    return kinds


def _western(text: str) -> str:
    return text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))


def against_marks(counts: Mapping[str, int], share: float = 1.0) -> list[tuple[str, int, int]]:
    """What is asked, how much there is, and how much there must be."""
    return [(name, counts.get(name, 0), round(most * share)) for name, most in MARKS.items()]
