"""A small encoder with random numbers, made for these tests, in a folder of the form of the shipped one."""

import json
from collections.abc import Mapping
from pathlib import Path

import onnx
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from khabar.encoder.features import NAMES
from khabar.encoder.links import DISTANCES
from khabar.encoder.manifest import GRAPH, HEADS, TOKENIZER, digest
from training.graph import Network, graph, random_network

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
LINKS, LINK_WIDTH = ("actor", "date"), 4
STANCES = ("O", "assert", "deny")
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ.,،0123456789abcdefghijklmnopqrstuvwxyz"
WORDS = ("ال", "كتاب", "وزير", "مدينة", "قال", "في", "من", "▁ال", "▁و")
SIZES = {"layers": 2, "width": 24, "attention_heads": 2, "vocabulary": 200}


def network() -> Network:
    heads = {"names": len(LABELS), "stances": len(STANCES)}
    return random_network(**SIZES, features=len(NAMES), heads=heads, links=len(LINKS) * (LINK_WIDTH + 1))


def write_weights(home: Path, bits: int | None = 7, features: tuple[str, ...] = NAMES) -> Path:
    """Write a folder of weights."""
    home.mkdir(exist_ok=True)
    onnx.save(graph(network(), bits), home / GRAPH)
    pieces = [(piece, 0.0) for piece in ("<s>", "<pad>", "</s>", "<unk>", "▁")]
    pieces += [(letter, -8.0) for letter in LETTERS] + [(word, -5.0) for word in WORDS]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.save(str(home / TOKENIZER))
    (home / HEADS).write_text(json.dumps(heads_json(home, features)), "utf-8")
    return home


def heads_json(home: Path, features: tuple[str, ...] = NAMES) -> Mapping[str, object]:
    heads = {"names": {"labels": LABELS, "kind": "bio"}, "stances": {"labels": STANCES, "kind": "label"}}
    hashes = {name: digest(home / name) for name in (GRAPH, TOKENIZER)}
    links = {kind: [0.1 * at for at in range(DISTANCES)] for kind in LINKS}
    return {"layers": 2, "vocabulary": 200, "features": features, "heads": heads, "links": links, "sha256": hashes}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_weights(tmp_path_factory.mktemp("weights"))


@pytest.fixture
def weights(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small encoder, in use."""
    monkeypatch.setenv("KHABAR_WEIGHTS", str(made))
    return made
