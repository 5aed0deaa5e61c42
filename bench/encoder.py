"""`make bench-encoder`: the shipped encoder on one core beside a BERT-base of CAMeLBERT's shape, in one run.

The peer has 12 layers of width 768 and a vocabulary of 30,000 WordPieces (CAMeLBERT: Inoue et al. 2021).  Its numbers
are random, since speed does not hang on them; its graph is written by the same code as ours, with the same operators
and the same heads, as 32-bit floats and as whole numbers of 8 bits; its pieces are learned here from wordfreq's Arabic
words and our corpus, so that it needs fewer pieces a word than ours.  All go the same way through `khabar.encoder`: tokens,
pieces, windows, one pass, and the spans of every head.

Seconds are those of the processor for this one thread, so that other programs on a busy machine count little; the
models take turns, and of each the best round counts.  Start-up and memory are those of a new process each.
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
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

import onnx
import wordfreq
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from corpus.load import load_plan, load_reports
from khabar.encoder import encode_many
from khabar.encoder.manifest import GRAPH, HEADS, SHIPPED, TOKENIZER, digest, read
from khabar.encoder.windows import plain
from khabar.text import Tokenized, tokenize
from training.graph import graph, random_network

RESULTS = Path(__file__).resolve().parent / "results"
WORDS, ARTICLES, ROUNDS, STARTS = 250, 6, 5, 5
VOCABULARY = 30_000
OURS, FLOATS, WHOLE = "our encoder", "BERT-base, 32-bit floats", "BERT-base, int8"
_FRESH = """
import json, resource, sys, time
begin = time.perf_counter()
from khabar.encoder import encode
from khabar.text import tokenize
text = tokenize(json.loads(sys.stdin.read()))
found = encode(text)
for head in found.heads:
    found.spans(head)
print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10)
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new process needs for its first article: seconds, and MiB at most."""

    seconds: float
    memory: float


def main() -> int:
    """Measure, print and keep the table."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    articles = list(_articles("dev"))[:ARTICLES]
    with tempfile.TemporaryDirectory() as folder:
        homes = {OURS: SHIPPED, **_peers(Path(folder))}
        starts = {name: start(home, articles[0].text) for name, home in homes.items()}
        speeds = speeds_of(homes, articles)
    lines = list(_lines(homes, starts, speeds, articles))
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
    labels = {head.name: len(head.labels) for head in shipped.heads}
    network = random_network(12, 768, 12, VOCABULARY, 0, labels)
    tokenizer = _wordpieces()
    made = {}
    for name, bits in ((FLOATS, None), (WHOLE, 8)):
        home = made[name] = folder / str(bits)
        home.mkdir()
        onnx.save(graph(network, bits), home / GRAPH)
        tokenizer.save(str(home / TOKENIZER))
        about = json.loads((SHIPPED / HEADS).read_text("utf-8"))
        about |= {"layers": 12, "vocabulary": VOCABULARY, "features": []}
        about["sha256"] = {file: digest(home / file) for file in (GRAPH, TOKENIZER)}
        (home / HEADS).write_text(json.dumps(about), "utf-8")
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


def speeds_of(homes: dict[str, Path], articles: Sequence[Tokenized]) -> dict[str, float]:
    """Articles a second of each model; they take turns, and the best round of each counts."""
    best = dict.fromkeys(homes, float("inf"))
    for _ in range(ROUNDS):
        for name, home in homes.items():
            with _in_use(home):
                encode_many(articles[:1])
                best[name] = min(best[name], _seconds(articles))
    return {name: len(articles) / seconds for name, seconds in best.items()}


def _seconds(articles: Sequence[Tokenized]) -> float:
    begin = time.thread_time()
    for article in articles:
        text = tokenize.__wrapped__(article.text)
        found = encode_many([text])[0]
        for head in found.heads:
            found.spans(head)
    return time.thread_time() - begin


def start(home: Path, text: str) -> Start:
    """Loading and the first article in a new process: the quickest of several, and the most memory."""
    with _in_use(home):
        runs = [_new_process(text) for _ in range(STARTS)]
    return Start(min(run.seconds for run in runs), max(run.memory for run in runs))


def _new_process(text: str) -> Start:
    done = subprocess.run([sys.executable, "-c", _FRESH], input=json.dumps(text), capture_output=True, text=True, check=True)
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
    homes: dict[str, Path], starts: dict[str, Start], speeds: dict[str, float], articles: Sequence[Tokenized]
) -> Iterator[str]:
    yield f"{_today()}, Python {sys.version.split()[0]}, one core; {read(SHIPPED).layers} layers of ours"
    yield ""
    yield f"| model | pieces a word | articles of {WORDS} words a second | start-up | memory | file |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, home in homes.items():
        size = (home / GRAPH).stat().st_size / 1e6
        yield (
            f"| {name} | {_fertility(home, articles):.2f} | {speeds[name]:.1f} | {starts[name].seconds:.2f} s "
            f"| {starts[name].memory:.0f} MiB | {size:.0f} MB |"
        )
    yield ""
    yield "| mark | wanted | measured |"
    yield "|---|--:|--:|"
    yield f"| faster than BERT-base in 32-bit floats | 12 times | {speeds[OURS] / speeds[FLOATS]:.1f} times |"
    yield f"| faster than BERT-base in int8 | 4 times | {speeds[OURS] / speeds[WHOLE]:.1f} times |"
    yield f"| start-up: loading and the first article | under 1.2 s | {starts[OURS].seconds:.2f} s |"
    yield f"| resident memory | under 350 MB | {starts[OURS].memory * 2**20 / 1e6:.0f} MB |"


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
