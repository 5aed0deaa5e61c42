"""Writes the table of what was tried, from the measures that each training left."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.train import Plan

HEADLINES = "headlines.json"
"""The measures of pairs of headlines, beside those of the encoder."""
_TOLD = ("rate", "masked", "names_masked", "averaged", "seed")
"""Fields of a plan that runs differ in."""

_HEAD = """# What was tried

F1 of exact spans (of single words for `triggers`, `status` and `stance`), in 32-bit floats, on ANERcorp's test, our
corpus's dev part and Wojood's test. One core of 2.5 GHz that other programs shared, so seconds are rough.
*1-epoch...* and *2-epochs...* were taught ANERcorp alone, and each differs from *1-epoch* or *2-epochs* in the one
thing that its row names; *1-epoch-seed-1* shows how far chance alone goes. A first try before this code (twelve layers,
one sentence at a time, no features) had .747 on ANERcorp, its lowest six layers .733.

*second* goes on from *first*, *third* from *second*, *shipped* from *third*. *second* gave 24,000 words of wordfreq's
list pieces of their own, and lost on ANERcorp what rare words hold: a vector that was hardly ever taught says less than
a word's pieces. So *third* and *shipped* have only the words that their own texts hold four times or more. *shipped*
has *twelve-layers* for a teacher, which also speaks of texts without labels (Wikinews, headlines of ANS). Before it
was taught, bare common nouns (`الجيش`) had been taken out of the corpus's names: the figures of `corpus names` in
*shipped* are of the corpus as it is now, in all other rows of the corpus before.

Written by `python -m training results` from `training/results/`.
"""
_LINKS = """## Pairs of words

Precision, recall and F1 of pairs at even odds on our corpus's dev part, those that one window holds: is this name
actor, recipient or place of this trigger's event, this time its date, this cue that of a claim which tells it, this
trigger another of the same event; is this source what the cue belongs to.
"""


_PAIRS = """## Pairs of headlines

F1 on the pairs of ANS (Khouja 2020, who reaches .767 macro on the same test), by `python -m training headlines`: the
upper half of the base model's layers, and a head. Nothing was chosen by the test part; only seven of its pairs are
*other*. The program does not use it: ANS's disagreeing headlines were made by turning the meaning of real ones
round, and two real reports of one event say different things far more often than opposite ones.
"""


def write_results(folder: Path) -> None:
    """``RESULTS.md`` beside the folder of measures: a row for each, the last epoch of it."""
    told = {file.name: json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))}
    headlines = told.pop(HEADLINES)
    folder.with_name("RESULTS.md").write_text(f"{_page([*told.values()])}\n{_PAIRS}\n{_stances(headlines)}\n", "utf-8")


def _stances(about: dict[str, Any]) -> str:
    """A row each for the two parts that were measured."""
    plan, last = about["plan"], about["epochs"][-1]
    parts = {"dev": last["dev"], "test": about["test"]}
    rows = [["part", *about["test"]], ["---"] * (len(about["test"]) + 1)]
    rows += [[part, *(f"{value:.3f}" for value in found.values())] for part, found in parts.items()]
    seconds = sum(epoch["seconds"] for epoch in about["epochs"])
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    how = f"{plan['layers']} layers, the lowest {plan['frozen']} as they are, {last['epoch']} epochs, {seconds} s."
    return f"{table}\n\n{how}"


def _page(runs: list[dict[str, Any]]) -> str:
    names = list(dict.fromkeys(name for run in runs for name in run["epochs"][-1]["scores"]))
    head = [
        "what",
        "goes on from",
        "layers",
        "whole words",
        "features",
        "sentences together",
        "besides",
        "epochs",
        "seconds",
        *names,
    ]
    rows = [head, ["---"] * len(head), *(_row(run, names) for run in runs)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    return f"{_HEAD}\n{table}\n\n{_LINKS}\n{_links([run for run in runs if 'links' in run['epochs'][-1]])}\n"


def _links(runs: list[dict[str, Any]]) -> str:
    kinds = list(dict.fromkeys(kind for run in runs for kind in run["epochs"][-1]["links"]))
    told = [[run["name"], *(_prf(run["epochs"][-1]["links"][kind]) for kind in kinds)] for run in runs]
    rows = [["what", *kinds], ["---"] * (len(kinds) + 1), *told]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _prf(values: list[float]) -> str:
    return " ".join(f"{value:.2f}" for value in values)


def _row(run: dict[str, Any], names: list[str]) -> list[str]:
    last = run["epochs"][-1]
    told = [f"{last['scores'][name]['all'][2]:.3f}" if name in last["scores"] else "" for name in names]
    seconds = sum(epoch["seconds"] for epoch in run["epochs"])
    features = "yes" if run["features"] else "no"
    shape = (run["layers"], run["words"], features, run["joined"], _besides(run), last["epoch"], seconds)
    return [run["name"], run.get("start", ""), *map(str, shape), *told]


def _besides(run: dict[str, Any]) -> str:
    """What a run was done with that others were done without, or the other way round."""
    plan, usual = run["plan"], asdict(Plan())
    told = [f"{name.replace('_', ' ')} {plan[name]}" for name in _TOLD if plan.get(name, usual[name]) != usual[name]]
    told += [f"taught by {run['teacher']}"] if run.get("teacher") else []
    told += [f"{run['language']} epochs of masked language before"] if run.get("language") else []
    told += ["a CRF"] if run.get("crf") else []
    return ", ".join([*told, *(["words read off their first piece"] if run.get("first_piece") else [])])
