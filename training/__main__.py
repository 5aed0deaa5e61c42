"""``python -m training train|export|results``: the shipped encoder, from the base model's file to its weights."""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from khabar.encoder.features import NAMES
from khabar.encoder.manifest import TOKENIZER, digest
from khabar.encoder.windows import SIZE
from training import data, headlines
from training.base import Base, load_base, load_tokenizer
from training.batches import Texts
from training.measure import links_scored, predicted, scored
from training.model import Encoder, Model, Vocabulary, build, go_on
from training.results import HEADLINES, write_results
from training.train import Plan, train
from training.vocabulary import cut_tokenizer, frequent_words, kept_pieces, with_words
from training.ways import language, transitions

RESULTS = Path(__file__).with_name("results")
_MEASURES = "measures.json"
_CHOSEN = ("epochs", "rate", "masked", "names_masked", "averaged", "seed", "size")
"""Fields of a plan that have an option."""
_ONLY_TO_TEACH = ("wojood",)
"""Heads that help the encoder to learn and answer nothing that the program asks."""


def main() -> None:
    """Parse the command line and do what it asks."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    _train_options(commands.add_parser("train", help="train, measure after each epoch, keep the weights in --out"))
    export = commands.add_parser("export", help="write the ONNX weights of a trained model")
    export.add_argument("--model", type=Path, required=True, help="folder that `train` wrote")
    export.add_argument("--out", type=Path, required=True, help="folder of weights, as src/khabar/encoder/weights")
    export.add_argument("--words", type=int, help="so many whole words, those taught most often, are kept; else all")
    pairs = commands.add_parser("headlines", help="teach and measure whether two headlines agree (ANS)")
    pairs.add_argument("--data", type=Path, required=True, help="folder of corpora from elsewhere, with claims/ in it")
    pairs.add_argument("--threads", type=int, default=torch.get_num_threads())
    for field in fields(headlines.Plan):
        pairs.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    commands.add_parser("results", help="write training/RESULTS.md from training/results")
    options = parser.parse_args()
    commands_by_name = {"train": _train, "headlines": _headlines, "export": _export, "results": _results}
    commands_by_name[options.command](options)


def _train_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="folder of corpora from elsewhere, with ner/ in it")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model and its measures")
    parser.add_argument("--name", default="shipped", help="under which the measures stand in training/results")
    parser.add_argument("--layers", type=int, default=6, help="the lowest of the base model's 12 layers to keep")
    parser.add_argument("--words", type=int, default=0, help="words taught so often get a piece of their own; 0: none")
    parser.add_argument("--heads", default=",".join(data.HEADS), help="heads to train, with commas between")
    parser.add_argument("--start", type=Path, help="folder of a model to go on from, of as many layers")
    parser.add_argument("--without-features", action="store_true", help="hide what tables know of words")
    parser.add_argument("--joined", type=int, default=8, help="sentences of ANERcorp that are read together")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--crf", action="store_true", help="teach heads of stretches as CRFs (not to be exported)")
    parser.add_argument("--first-piece", action="store_true", help="read words off their first piece alone (the same)")
    parser.add_argument("--language", type=int, default=0, help="epochs of masked-language training before")
    parser.add_argument("--teacher", type=Path, help="folder of a model whose say counts like labels, for names")
    plan = Plan()
    for option in _CHOSEN:
        value = getattr(plan, option)
        parser.add_argument(f"--{option.replace('_', '-')}", type=type(value), default=value)


def _train(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    heads = {name: len(data.HEADS[name]) for name in options.heads.split(",")}
    examples = _examples(options, list(heads))
    read = (one.words for _, taught, _, _ in examples for one in taught)
    base, (tokenizer, vocabulary) = load_base(), _tokenizer(options.out, read, options.words)
    taught = [Texts(tokenizer, taught) for _, taught, _, _ in examples]
    held = {name: (Texts(tokenizer, kept), asked) for name, _, kept, asked in examples}
    plan = Plan(frozen=len(vocabulary.kept), **{option: getattr(options, option) for option in _CHOSEN})
    model = _model(base, vocabulary, options.layers, heads)
    if options.start is not None:
        go_on(model, vocabulary, torch.load(options.start / "model.pt"), _ids(options.start))
    model.first_only = options.first_piece
    if options.crf:
        model.transitions.update(transitions(heads))
    for loss in language(model.encoder, _texts(tokenizer, options), options.language, plan.most, plan.seed):
        print(json.dumps({"language": round(loss, 4)}), flush=True)
    if options.teacher is not None:
        taught += [Texts(tokenizer, examples) for examples in _bare(options)]
        _listen(options.teacher, base, [head for head in ("names", "anercorp", "wojood") if head in heads], taught)
    log: list[dict[str, Any]] = []

    def report(epoch: int, loss: float, seconds: float) -> None:
        log.append({"epoch": epoch + 1, "loss": round(loss, 4), "seconds": round(seconds)})

    def measure(_: int, averaged: Model) -> None:
        told = {name: scored(averaged, texts, asked, SIZE) for name, (texts, asked) in held.items()}
        log[-1]["scores"] = {f"{name} {head}": found for name, rows in told.items() for head, found in rows.items()}
        if averaged.links is not None:
            log[-1]["links"] = links_scored(averaged, held["corpus"][0], SIZE)
        torch.save(averaged.state_dict(), options.out / "model.pt")
        about = {"name": options.name, "layers": options.layers, "heads": list(heads), "plan": asdict(plan)}
        about |= {
            "least": options.words,
            "words": len(vocabulary.words),
            "features": not options.without_features,
            "joined": options.joined,
            "start": _name_of(options.start),
            "teacher": _name_of(options.teacher),
            "crf": options.crf,
            "first_piece": options.first_piece,
            "language": options.language,
        }
        about |= {"machine": platform.machine(), "ended": time.strftime("%Y-%m-%d")}
        about |= {"sha256": digest(options.out / "model.pt"), "epochs": log}
        text = json.dumps(about, indent=1) + "\n"
        (options.out / _MEASURES).write_text(text, "utf-8")
        (RESULTS / f"{options.name}.json").write_text(text, "utf-8")
        print(json.dumps(log[-1]), flush=True)

    train(model, taught, plan, report, measure)


def _bare(options: argparse.Namespace) -> list[list[data.Example]]:
    """Texts without labels that a shipped model may be taught on: Wikinews and the headlines of ANS."""
    pairs = headlines.read(options.data, "train")
    told = sorted({headline for first, second, _ in pairs for headline in (first, second)})
    parts = [data.wikinews(options.data), [data.unlabelled([data.words(headline)]) for headline in told]]
    return [[_fit(one, [], without=options.without_features) for one in part] for part in parts]


def _texts(tokenizer: Tokenizer, options: argparse.Namespace) -> list[Texts]:
    """What masked-language training reads: all texts that a shipped model may be taught on."""
    if not options.language:
        return []
    read = [data.corpus("train"), data.anercorp(options.data, "train", options.joined)]
    parts = [[_fit(one, [], without=options.without_features) for one in part] for part in read]
    return [Texts(tokenizer, part) for part in (*parts, *_bare(options))]


def _listen(folder: Path, base: Base, heads: list[str], taught: list[Texts]) -> None:
    """Let the model in a folder say its heads of all texts; it may have other pieces and layers."""
    teacher = _loaded(folder, base, torch.load(folder / "model.pt"))
    tokenizer = Tokenizer.from_str((folder / TOKENIZER).read_text("utf-8"))
    for texts in taught:
        texts.told = predicted(teacher, Texts(tokenizer, texts.examples), heads, SIZE)


def _loaded(folder: Path, base: Base, state: dict[str, Any]) -> Model:
    """A model that `train` has left in a folder, with the tensors that are given."""
    about = json.loads((folder / _MEASURES).read_text("utf-8"))
    heads = {name: len(data.HEADS[name]) for name in about["heads"]}
    encoder = Encoder(base.sizes, base.epsilon, len(state["encoder.words.weight"]), about["layers"], len(NAMES))
    model = Model(encoder, heads, len(data.LINKS) if "links.distances" in state else 0)
    model.load_state_dict(state)
    return model


def _name_of(folder: Path | None) -> str:
    """The name of the run that left a folder; none for none."""
    if folder is None:
        return ""
    about: dict[str, Any] = json.loads((folder / _MEASURES).read_text("utf-8"))
    return str(about["name"])


def _ids(folder: Path) -> dict[str, int]:
    """The pieces of the tokenizer in a folder, with their ids."""
    tokenizer = json.loads((folder / TOKENIZER).read_text("utf-8"))
    return {piece: at for at, (piece, _) in enumerate(tokenizer["model"]["vocab"])}


def _tokenizer(out: Path, texts: Iterable[Sequence[str]], least: int) -> tuple[Tokenizer, Vocabulary]:
    whole = load_tokenizer()
    kept = kept_pieces([piece for piece, _ in whole["model"]["vocab"]])
    cut = cut_tokenizer(whole, kept)
    words = frequent_words(Tokenizer.from_str(json.dumps(cut)), texts, least) if least else []
    made, parts = with_words(cut, words)
    text = json.dumps(made, ensure_ascii=False)
    (out / TOKENIZER).write_text(text, "utf-8")
    return Tokenizer.from_str(text), Vocabulary(kept, dict(zip(words, parts, strict=True)))


def _model(base: Base, vocabulary: Vocabulary, layers: int, heads: dict[str, int]) -> Model:
    links = len(data.LINKS) if "triggers" in heads else 0
    return build(base, vocabulary, list(range(layers)), len(NAMES), heads, links)


Examples = tuple[str, list[data.Example], list[data.Example], list[str]]
"""A corpus: its name, what of it is taught and what is held back to measure, the heads that it has labels for."""


def _examples(options: argparse.Namespace, heads: list[str]) -> list[Examples]:
    folder, joined = options.data, options.joined
    parts: list[tuple[str, list[str], Callable[[str], list[data.Example]], str]] = [
        ("ANERcorp", ["anercorp"], lambda part: data.anercorp(folder, part, joined), "test"),
        ("corpus", [*data.HEADS][:-2], data.corpus, "dev"),
        ("Wojood", ["wojood"], lambda part: data.wojood(folder, part), "test"),
    ]
    found: list[Examples] = []
    for name, only, read, measured in parts:
        asked = [head for head in heads if head in only]
        if asked:
            without = options.without_features
            taught, kept = ([_fit(one, heads, without=without) for one in read(part)] for part in ("train", measured))
            found.append((name, taught, kept, asked))
    return found


def _fit(example: data.Example, heads: list[str], *, without: bool) -> data.Example:
    """Leave out the labels of heads that are not trained, and the features where they are not wanted."""
    for head in set(example.labels) - set(heads):
        del example.labels[head]
    if without:
        example.features[:] = [[] for _ in example.features]
    return example


def _headlines(options: argparse.Namespace) -> None:
    torch.set_num_threads(options.threads)
    plan = headlines.Plan(**{field.name: getattr(options, field.name) for field in fields(headlines.Plan)})
    whole = load_tokenizer()
    kept = kept_pieces([piece for piece, _ in whole["model"]["vocab"]])
    tokenizer = Tokenizer.from_str(json.dumps(cut_tokenizer(whole, kept), ensure_ascii=False))
    encoder = build(load_base(), Vocabulary(kept, {}), list(range(plan.layers)), len(NAMES), {}).encoder
    told = headlines.teach(encoder, tokenizer, options.data, plan) | {"ended": time.strftime("%Y-%m-%d")}
    (RESULTS / HEADLINES).write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    print(json.dumps(told["test"]))


def _results(_: argparse.Namespace) -> None:
    write_results(RESULTS)


def _export(options: argparse.Namespace) -> None:
    from training.export import export

    about = json.loads((options.model / _MEASURES).read_text("utf-8"))
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = json.loads((options.model / TOKENIZER).read_text("utf-8"))
    state = torch.load(options.model / "model.pt")
    if options.words is not None:
        # the words stand behind the pieces, the most frequent first: those left out are torn again, which it knows too
        kept = about["plan"]["frozen"] + options.words
        tokenizer["model"]["vocab"] = tokenizer["model"]["vocab"][:kept]
        state["encoder.words.weight"] = state["encoder.words.weight"][:kept]
    (options.out / TOKENIZER).write_text(json.dumps(tokenizer, ensure_ascii=False), "utf-8")
    model = _loaded(options.model, load_base(), state)
    for head in set(_ONLY_TO_TEACH) & set(model.heads):
        model.heads.pop(head)
    export(model.eval(), options.out)


if __name__ == "__main__":
    main()
