"""Damaged twins of sixty reports: ``python -m corpus.damage`` writes them, ``--measure`` reads them back.

A twin is the report as a careless reader would hand it in: text copied from a page with the page's rubbish in it, a
saved page, a PDF's text with stretched words, torn letters and a font's own digits, lines in visual order, letters
read in the wrong encoding.  Which report gets which damage is drawn from its id, so that the same twins come out again.
"""

from __future__ import annotations

import argparse
import html
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

from rapidfuzz.distance import Levenshtein

from bench.repair_damage import Damage, kashida, lam_alef, printed_page, torn_letters, visual_order
from corpus.load import DAMAGED, load_reports
from khabar.readers import read

Json = dict[str, Any]
Twin = tuple[str, str]
"""The suffix of its file, and what is in it."""
TWINS = 60

_ABOVE = ("الرئيسية", "تسجيل الدخول", "℃ 19 العاصمة", "البث المباشر", "أخبار / سياسة", "تم نسخ الرابط")
_SHARING = ("شارك القصة", "فيسبوك واتساب تلغرام", "+ الخط -", "استمع للخبر", "1,204 مشاهدة")
_AMID = ("اقرأ أيضا", "اشترك في النشرة البريدية", "تابعنا على أخبار غوغل")
_BELOW = (
    "الوسوم", "#أخبار #عاجل", "مقالات ذات صلة", "جميع الحقوق محفوظة", "اترك تعليقا", "لن يتم نشر بريدك الإلكتروني",
    "الأكثر قراءة", "حمل التطبيق",
)  # fmt: skip


def copied(report: Json, random: Random) -> Twin:
    """Text copied from a page: its rubbish above, amid and below, the headline twice, a paragraph as a pull quote."""
    title, *body = [line for line in report["text"].split("\n") if line.strip()]
    lines = [*random.sample(_ABOVE, 3), title, *random.sample(_SHARING, 2), title, f"{report['published']}"]
    for number, paragraph in enumerate(body):
        lines += [paragraph, ""]
        if number == len(body) // 2:
            lines += [random.choice(_AMID), ""]
    return "txt", "\n".join([*lines, *random.sample(_BELOW, 3)]) + "\n"


def saved(report: Json, random: Random) -> Twin:
    """A saved page: the report in an article, menus, lists and scripts around it."""
    title, *body = [html.escape(line) for line in report["text"].split("\n") if line.strip()]
    menu = "".join(f'<li><a href="/{at}">{line}</a></li>' for at, line in enumerate(random.sample(_ABOVE, 4)))
    lists = "".join(f"<li>{line}</li>" for line in random.sample(_BELOW, 4))
    paragraphs = "\n".join(f"<p>{paragraph}</p>" for paragraph in body)
    return "html", (
        f'<!doctype html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="article:published_time" content="{report["published"]}">'
        f'<meta property="og:site_name" content="{html.escape(report["outlet"])}"></head>\n'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>\n"
        f'<div class="share">{" ".join(random.sample(_SHARING, 2))}</div>\n{paragraphs}\n</article>\n'
        f"<aside><ul>{lists}</ul></aside></main><footer>© {html.escape(report['outlet'])}</footer></body></html>\n"
    )


def _twin(damage: Damage) -> Callable[[Json, Random], Twin]:
    return lambda report, random: ("txt", damage(report["text"], random) + "\n")


KINDS: dict[str, Callable[[Json, Random], Twin]] = {
    "copied from a page": copied,
    "saved page": saved,
    "printed page": _twin(printed_page),
    "visual order": _twin(visual_order),
    "lam-alef inverted": _twin(lam_alef),
    "torn letters": _twin(torn_letters),
    "kashida": _twin(kashida),
}


def chosen(reports: Sequence[Json]) -> list[tuple[Json, str]]:
    """The reports that get a twin, spread over the whole corpus, each with its kind of damage."""
    long = [report for report in reports if len(report["text"].split()) >= 100]
    step = max(1, len(long) // TWINS)
    kinds = list(KINDS)
    return [(report, kinds[at % len(kinds)]) for at, report in enumerate(long[::step][:TWINS])]


def twins(reports: Sequence[Json]) -> dict[str, str]:
    """Name of file → what is in it."""
    made = {}
    for report, kind in chosen(reports):
        suffix, text = KINDS[kind](report, Random(report["id"]))
        made[f"{report['id']}.{kind.replace(' ', '-')}.{suffix}"] = text
    return made


def measure(reports: Sequence[Json]) -> dict[str, float]:
    """Character error rate by kind of damage, after the twin was read as a file."""
    rates: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for report, kind in chosen(reports):
            suffix, text = KINDS[kind](report, Random(report["id"]))
            file = Path(folder) / f"{report['id']}.{suffix}"
            file.write_text(text, "utf-8")
            (document,) = read(file)
            clean, found = " ".join(report["text"].split()), " ".join(document.text.split())
            rates[kind].append(Levenshtein.distance(clean, found) / len(clean))
    return {kind: mean(found) for kind, found in rates.items()}


def main() -> int:
    """Write the twins, or measure how they are read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    if parser.parse_args().measure:
        for kind, rate in measure(load_reports()).items():
            print(f"{kind:24s} {rate:7.2%}")
        return 0
    DAMAGED.mkdir(exist_ok=True)
    for old in DAMAGED.iterdir():
        old.unlink()
    for name, text in twins(load_reports()).items():
        (DAMAGED / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
