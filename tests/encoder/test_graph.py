"""The graph that is written node by node: padding changes nothing, and whole numbers change little."""

import numpy as np
import onnxruntime
import pytest

from tests.encoder.conftest import network
from training.graph import graph


def run(bits: int | None, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
    model = graph(network(), bits).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, feed)


def feed_of(batch: int = 2, pieces: int = 12) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    columns = network().features.shape[0]
    return {
        "ids": rng.integers(4, 200, (batch, pieces)),
        "mask": np.ones((batch, pieces), np.float32),
        "features": (rng.random((batch, pieces, columns)) < 0.1).astype(np.float32),
        "first": np.tile(np.array([1, 3, 4]), (batch, 1)),
        "last": np.tile(np.array([2, 3, 6]), (batch, 1)),
    }


def test_padding_makes_no_difference() -> None:
    feed = feed_of(batch=1)
    alone = run(None, feed)
    wide = {name: np.concatenate([values, values[:, ::-1]], axis=1) for name, values in feed.items()}
    wide["mask"][:, 12:] = 0
    wide["first"], wide["last"] = feed["first"], feed["last"]
    for one, other in zip(alone, run(None, wide), strict=True):
        assert one == pytest.approx(other, abs=1e-5)


@pytest.mark.parametrize("bits", [7, 8])
def test_whole_numbers_are_near_the_floats(bits: int) -> None:
    exact, near = run(None, feed_of()), run(bits, feed_of())
    for one, other in zip(exact, near, strict=True):
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.99


def test_only_seven_and_eight_bits() -> None:
    with pytest.raises(ValueError, match="4 bits"):
        graph(network(), 4)
