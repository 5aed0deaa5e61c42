"""The folder of weights: what is shipped is what its manifest says, and anything else is told clearly."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from khabar.encoder import available, encode, identity, manifest, missing
from khabar.encoder.features import NAMES
from khabar.encoder.manifest import GRAPH, HEADS, SHIPPED, TOKENIZER, digest, read
from khabar.errors import EncoderError
from khabar.text import tokenize
from tests.encoder.conftest import write_weights

GOLDEN = Path(__file__).with_name("golden.json")
MOST_BYTES = 40_000_000
TEXT = tokenize("قال وزير الخارجية.")
shipped = pytest.mark.skipif(not (SHIPPED / HEADS).exists(), reason="no weights are shipped with this copy")


@shipped
def test_the_shipped_files_are_those_of_the_manifest() -> None:
    said = read(SHIPPED)
    assert {name: digest(SHIPPED / name) for name in (GRAPH, TOKENIZER)} == said.sha256
    assert set(said.features) <= set(NAMES)


@shipped
def test_the_shipped_files_are_small() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= MOST_BYTES


@shipped
def test_the_shipped_weights_say_what_they_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KHABAR_WEIGHTS", raising=False)
    golden = json.loads(GOLDEN.read_text("utf-8"))
    found = encode(tokenize(golden["text"]))
    for head, wanted in golden["spans"].items():
        probabilities = {(one.first, one.last, one.label): one.probability for one in found.spans(head)}
        for first, last, label, probability in wanted:
            assert probabilities[first, last, label] == pytest.approx(probability, abs=0.03), (head, label)
    for kind, odds in golden["links"].items():
        assert found.links.odds(kind, golden["pairs"], golden["pairs"]) == pytest.approx(np.array(odds), abs=0.5), kind
    assert found.passages[0][: len(golden["passage"])] == pytest.approx(golden["passage"], abs=0.02)


def test_without_weights_it_is_not_available_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHABAR_WEIGHTS", str(tmp_path))
    assert not available()
    assert missing() == "its weights are not installed (heads.json)"
    assert identity() == "rules only"
    with pytest.raises(EncoderError, match="cannot be used: its weights are not installed"):
        encode(TEXT)


def test_without_a_library_it_is_not_available(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert available()
    monkeypatch.setattr(manifest, "LIBRARIES", ("no_such_library",))
    assert missing() == "the library no_such_library is not installed"
    assert not available()


def test_who_decides_changes_with_the_weights(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = identity()
    monkeypatch.setenv("KHABAR_WEIGHTS", str(write_weights(tmp_path / "others", bits=8)))
    assert identity() not in {before, "rules only"}


def test_other_bytes_than_the_manifest_says_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write_weights(tmp_path)
    (home / GRAPH).write_bytes((home / GRAPH).read_bytes() + b"\0")
    monkeypatch.setenv("KHABAR_WEIGHTS", str(home))
    with pytest.raises(EncoderError, match=r"encoder\.onnx: not the file that heads\.json describes"):
        encode(TEXT)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"layers": 1}', '{"layers": "x", "vocabulary": 1, "features": [], "heads": {}}', "\x00"]
)
def test_a_broken_manifest_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write_weights(tmp_path)
    (home / HEADS).write_text(text, "utf-8")
    monkeypatch.setenv("KHABAR_WEIGHTS", str(home))
    with pytest.raises(EncoderError, match="not the description of an encoder"):
        encode(TEXT)


def test_an_unknown_kind_of_head_is_refused(tmp_path: Path) -> None:
    home = write_weights(tmp_path)
    (home / HEADS).write_text((home / HEADS).read_text("utf-8").replace('"bio"', '"tree"'), "utf-8")
    with pytest.raises(EncoderError, match="unknown kind 'tree'"):
        read(home)


def test_features_of_another_version_are_refused_or_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = write_weights(tmp_path, features=(*NAMES[:-1], "colour"))
    monkeypatch.setenv("KHABAR_WEIGHTS", str(home))
    with pytest.raises(EncoderError, match=r"features unknown to this version \(colour\)"):
        encode(TEXT)


def test_importing_the_package_loads_no_library() -> None:
    libraries = {"numpy", "onnxruntime", "tokenizers"}
    code = f"import sys, khabar.encoder; khabar.encoder.available(); print({libraries} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
