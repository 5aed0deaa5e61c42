"""`python -m bench.encoder`: the shipped encoder on one core beside a BERT-base of CAMeLBERT's shape, in one run.

The peer has 12 layers of width 768 and a vocabulary of 30,000 WordPieces (CAMeLBERT: Inoue et al. 2021).  Its numbers
are random, since speed does not hang on them; its heads are ours; its pieces are learned here from wordfreq's Arabic
words and our corpus.  It is measured twice: as people export such a model (``torch.onnx.export``, and
``quantize_dynamic`` for int8, onnxruntime with its own settings), and in the graph that we write by hand for our own
encoder, which is quicker.  All go the same way: tokens, pieces, windows, one pass, and the spans of every head.
Needs the extra ``training``.

Seconds are those of the processor for this one thread, so that other programs on a busy machine count little; the
models take turns, and of each the best round counts.  Start-up and memory are those of a new process each, from the
start of Python to the spans of its first article.
"""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path

import onnx
import onnxruntime
import torch
import wordfreq
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from corpus.load import load_plan, load_reports
from khabar.encoder import session
from khabar.encoder.manifest import GRAPH, HEADS, SHIPPED, TOKENIZER, digest, read
from khabar.encoder.windows import plain
from khabar.text import Tokenized, tokenize
from training.graph import graph, random_network
from training.model import LINK_WIDTH, Encoder, Model

RESULTS = Path(__file__).resolve().parent / "results"
WORDS, ARTICLES, ROUNDS, STARTS = 250, 4, 7, 5
VOCABULARY = 30_000
OURS = "our encoder"
FLOATS, WHOLE = "BERT-base, 32-bit floats", "BERT-base, int8"
OUR_GRAPH = ", our graph"
_FRESH = """
import json, re, sys, time
from pathlib import Path
from khabar.encoder import encode
from khabar.text import tokenize
text = tokenize(json.loads(sys.stdin.read()))
found = encode(text)
for head in found.heads:
    found.spans(head)
most = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(time.process_time(), int(most[1]) / 2**10)
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new process needs for its first article: seconds, and MiB at most."""

    seconds: float
    memory: float


def main() -> int:
    """Measure, print and keep the table."""
    articles = list(_articles("dev"))[:ARTICLES]
    with tempfile.TemporaryDirectory() as folder:
        homes = {OURS: SHIPPED, **_peers(Path(folder))}
        loaded = {name: _loaded(name, home) for name, home in homes.items()}
        speeds = speeds_of(loaded, articles)
        begun = start(articles[0].text)
        lines = list(_lines(homes, begun, speeds, articles))
    print("\n".join(lines))
    (RESULTS / f"{_today()}-encoder.md").write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def _articles(part: str) -> Iterator[Tokenized]:
    """Articles of `WORDS` words, put together from reports of one part of our corpus."""
    chosen = {row["id"] for row in load_plan() if row["split"] == part}
    lines = [line for report in load_reports() if report["id"] in chosen for line in report["text"].split("\n")]
    article: list[str] = []
    count = 0
    for line in lines:
        article.append(line)
        count += len(line.split())
        if count >= WORDS:
            words = list(chain.from_iterable((*one.split(), "\n") for one in article))
            kept = [at for at, word in enumerate(words) if word != "\n"][WORDS - 1]
            yield tokenize(" ".join(words[: kept + 1]).replace(" \n ", "\n"))
            article, count = [], 0


def _peers(folder: Path) -> dict[str, Path]:
    """Folders of weights of the peer: all numbers random, all labels ours."""
    shipped = read(SHIPPED)
    labels, kinds = {head.name: len(head.labels) for head in shipped.heads}, len(shipped.links.kinds)
    network = random_network(12, 768, 12, VOCABULARY, 0, labels, kinds * (LINK_WIDTH + 1))
    tokenizer = _wordpieces()
    usual = folder / "usual.onnx"
    _export(usual, labels, kinds)
    quantised = folder / "usual8.onnx"
    quantize_dynamic(usual, quantised, weight_type=QuantType.QInt8)
    made: dict[str, Path | onnx.ModelProto] = {
        FLOATS: usual,
        WHOLE: quantised,
        FLOATS + OUR_GRAPH: graph(network, None),
        WHOLE + OUR_GRAPH: graph(network, 8),
    }
    return {name: _home(folder / str(at), model, tokenizer) for at, (name, model) in enumerate(made.items())}


def _export(file: Path, labels: dict[str, int], kinds: int) -> None:
    """The peer by PyTorch's own exporter, as one would any model of Hugging Face."""
    sizes = {"width": 768, "heads": 12, "inner": 3072, "positions": 512}
    model = Model(Encoder(sizes, 1e-12, VOCABULARY, 12, 1), labels, kinds).eval()
    ids, places = torch.ones(1, 9, dtype=torch.long), torch.ones(1, 4, dtype=torch.long)
    inputs = {"ids": ids, "mask": torch.ones(1, 9), "features": torch.zeros(1, 9, 1), "first": places, "last": places}
    pieces, words = {0: "batch", 1: "pieces"}, {0: "batch", 1: "words"}
    axes = {name: words if name in ("first", "last") else pieces for name in inputs}
    outputs = [*(f"head.{name}" for name in labels), "link.asking", "link.answering", "passage"]
    axes |= dict.fromkeys(outputs[:-1], words)
    torch.onnx.export(
        model, tuple(inputs.values()), str(file), input_names=list(inputs), output_names=outputs,
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def _home(home: Path, model: Path | onnx.ModelProto, tokenizer: Tokenizer) -> Path:
    """A folder of weights like the shipped one."""
    home.mkdir()
    if isinstance(model, Path):
        model.replace(home / GRAPH)
    else:
        onnx.save(model, home / GRAPH)
    tokenizer.save(str(home / TOKENIZER))
    about = json.loads((SHIPPED / HEADS).read_text("utf-8"))
    about |= {"layers": 12, "vocabulary": VOCABULARY, "features": ["given"] if isinstance(model, Path) else []}
    about["sha256"] = {file: digest(home / file) for file in (GRAPH, TOKENIZER)}
    (home / HEADS).write_text(json.dumps(about), "utf-8")
    return home


def _loaded(name: str, home: Path) -> session.Encoder:
    """A model; the peer as people export it in a session with onnxruntime's own settings, on one thread."""
    with _in_use(home):
        made = session.loaded()
    if name in (FLOATS, WHOLE):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        usual = onnxruntime.InferenceSession(str(home / GRAPH), options, providers=["CPUExecutionProvider"])
        made = replace(made, session=usual)
    return made


def _wordpieces() -> Tokenizer:
    """A WordPiece tokeniser learned from Arabic words as often as they are met, and from our training reports."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    counts = ((word, round(share * 1e7)) for word, share in wordfreq.get_frequency_dict("ar", "best").items())
    words = (" ".join(repeat(plain(word), min(1_000, max(1, count)))) for word, count in counts)
    reports = (plain(article.text) for article in _articles("train"))
    special = ["[CLS]", "[PAD]", "[SEP]", "[UNK]"]
    trainer = trainers.WordPieceTrainer(vocab_size=VOCABULARY, special_tokens=special, show_progress=False)
    tokenizer.train_from_iterator(chain(words, reports), trainer)
    return tokenizer


@contextmanager
def _in_use(home: Path) -> Iterator[None]:
    os.environ["KHABAR_WEIGHTS"] = str(home)
    yield
    del os.environ["KHABAR_WEIGHTS"]


def speeds_of(loaded: dict[str, session.Encoder], articles: Sequence[Tokenized]) -> dict[str, float]:
    """Articles a second of each model; they take turns, and the best round of each counts."""
    best = dict.fromkeys(loaded, float("inf"))
    for turn in range(ROUNDS + 1):
        for name, encoder in loaded.items():
            seconds = _seconds(encoder, articles)
            if turn:  # the first round warms up
                best[name] = min(best[name], seconds)
    return {name: len(articles) / seconds for name, seconds in best.items()}


def _seconds(encoder: session.Encoder, articles: Sequence[Tokenized]) -> float:
    begin = time.thread_time()
    for article in articles:
        [found] = session.encode_with(encoder, [tokenize.__wrapped__(article.text)])
        for head in found.heads:
            found.spans(head)
    return time.thread_time() - begin


def start(text: str) -> Start:
    """Loading ours and the first article in a new process: the quickest of several, and the most memory."""
    runs = [_new_process(text) for _ in range(STARTS)]
    return Start(min(run.seconds for run in runs), max(run.memory for run in runs))


def _new_process(text: str) -> Start:
    done = subprocess.run(
        [sys.executable, "-c", _FRESH], input=json.dumps(text), capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, done.stdout.split())
    return Start(seconds, memory)


def _fertility(home: Path, articles: Sequence[Tokenized]) -> float:
    tokenizer = Tokenizer.from_file(str(home / TOKENIZER))
    count = sum(
        len(tokenizer.encode([plain(token.text) for token in article.tokens], is_pretokenized=True).ids)
        for article in articles
    )
    return count / (WORDS * len(articles))


def _lines(
    homes: dict[str, Path], begun: Start, speeds: dict[str, float], articles: Sequence[Tokenized]
) -> Iterator[str]:
    yield f"{_today()}, Python {sys.version.split()[0]}, one core; {read(SHIPPED).layers} layers of ours"
    yield ""
    yield f"| model | pieces a word | articles of {WORDS} words a second | ours is so many times as fast | file |"
    yield "|---|--:|--:|--:|--:|"
    for name, home in homes.items():
        size = (home / GRAPH).stat().st_size / 1e6
        times = speeds[OURS] / speeds[name]
        yield f"| {name} | {_fertility(home, articles):.2f} | {speeds[name]:.1f} | {times:.1f} | {size:.0f} MB |"
    yield ""
    memory = begun.memory * 2**20 / 1e6
    yield f"Loading ours and reading the first article: {begun.seconds:.2f} s, {memory:.0f} MB resident."


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
