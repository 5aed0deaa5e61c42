"""``--threads`` reaches the encoder, and changes nothing but speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from khabar import encoder
from khabar.encoder import available, on_threads, session
from khabar.encoder.encoding import Encoding
from khabar.text import Tokenized

Khabar = Callable[..., Any]
Asked = list[int]

pytestmark = pytest.mark.skipif(not available(), reason="the encoder's weights are not installed")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """How many threads each encoding was given."""
    counts: Asked = []
    encode_all = session.encode_all

    def noted(texts: Sequence[Tokenized], threads: int) -> list[Encoding]:
        counts.append(threads)
        return encode_all(texts, threads)

    monkeypatch.setattr(session, "encode_all", noted)
    encoder._kept.cache_clear()
    return counts


@pytest.mark.parametrize("verb", [("build",), ("analyse", "--out", "out")])
def test_threads_are_handed_to_the_encoder(khabar: Khabar, reports: Path, asked: Asked, verb: tuple[str, ...]) -> None:
    assert khabar(*verb, reports, "--threads", "3").code == 0
    assert set(asked) == {3}


def test_one_thread_where_nothing_is_said(khabar: Khabar, reports: Path, asked: Asked) -> None:
    assert khabar("build", reports).code == 0
    assert set(asked) == {1}


def test_no_threads_is_wrong_usage(khabar: Khabar, reports: Path) -> None:
    done = khabar("build", reports, "--threads", "0")
    assert done.code == 2
    with pytest.raises(ValueError, match="at least one"), on_threads(0):
        pass


def test_help_tells_of_threads(khabar: Khabar) -> None:
    assert "--threads N" in khabar("build", "--help").out


def test_the_findings_are_the_same(khabar: Khabar, reports: Path, tmp_path: Path) -> None:
    for count in ("1", "2"):
        encoder._kept.cache_clear()
        khabar("analyse", reports, "--out", f"out{count}", "--threads", count)
    first, second = ({file.name: file.read_bytes() for file in (tmp_path / f"out{n}").iterdir()} for n in (1, 2))
    assert first == second
