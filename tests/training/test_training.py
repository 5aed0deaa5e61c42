"""What goes into training, and that a step of it learns."""

from __future__ import annotations

import random
from itertools import pairwise, product
from typing import Any

import pytest

from khabar.encoder.features import NAMES
from khabar.encoder.links import distance as at_use
from khabar.encoder.windows import SIZE, windows
from training.data import HEADS, IGNORED, LINKS, Example, as_text, corpus, spans_to_labels
from training.vocabulary import cut_tokenizer, frequent_words, kept_pieces

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁قال", "ه", "گفت", "the", "привет", "2023", "،", "é"]


def test_vocabulary_keeps_what_arabic_news_is_written_in() -> None:
    assert [PIECES[at] for at in kept_pieces(PIECES)[4:]] == ["▁قال", "ه", "the", "2023", "،"]


def test_cut_tokenizer_numbers_its_pieces_anew() -> None:
    whole: dict[str, Any] = {
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[piece, -1.0] for piece in PIECES]},
        "added_tokens": [{"id": 1, "content": "<pad>"}, {"id": 11, "content": "é"}],
        "normalizer": None,
    }
    cut = cut_tokenizer(whole, kept_pieces(PIECES))
    assert [piece for piece, _ in cut["model"]["vocab"]][4:6] == ["▁قال", "ه"]
    assert [token["id"] for token in cut["added_tokens"]] == [1]
    assert cut["model"]["unk_id"] == 3


def test_words_taught_often_get_a_piece_of_their_own() -> None:
    tokenizers = pytest.importorskip("tokenizers")
    pieces = [(piece, -4.0) for piece in ("<s>", "<pad>", "</s>", "<unk>", "▁", *"قالوزير")]
    tokenizer = tokenizers.Tokenizer(tokenizers.models.Unigram([*pieces, ("▁قال", -3.0)], unk_id=3))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace()
    texts = [["قال", "وزير", "وزير", "زار"], ["وزير", "قال", "قال", "زار"]]
    assert frequent_words(tokenizer, texts, 3) == ["▁وزير"]
    assert frequent_words(tokenizer, texts, 1) == ["▁وزير", "▁زار"]


def test_overlapping_spans_keep_the_first() -> None:
    text = as_text(["وزير", "الخارجية", "سامح", "شكري"])
    spans = [(14, 23, "PER"), (5, 23, "ORG")]
    assert [HEADS["names"][label] for label in spans_to_labels(text, spans, HEADS["names"])] == [
        "O",
        "O",
        "B-PER",
        "I-PER",
    ]


def test_corpus_parts_are_apart_and_labelled_for_every_head_of_ours() -> None:
    taught, held = corpus("train"), corpus("dev")
    assert {tuple(one.words) for one in taught}.isdisjoint(tuple(one.words) for one in held)
    ours = set(HEADS) - {"anercorp", "wojood"}
    assert all(set(one.labels) == ours for one in (*taught, *held))
    assert all(len(row) == len(one.words) for one in taught for row in one.labels.values())
    told = {HEADS["triggers"][label] for one in taught for label in one.labels["triggers"]}
    assert told == set(HEADS["triggers"])


def test_status_is_only_asked_at_triggers() -> None:
    for one in corpus("dev"):
        for status, trigger in zip(one.labels["status"], one.labels["triggers"], strict=True):
            assert (status == IGNORED) == (trigger == HEADS["triggers"].index("O"))


@pytest.mark.parametrize("seed", range(20))
def test_windows_hold_every_word_once_and_are_never_too_long(seed: int) -> None:
    rng = random.Random(seed)
    lengths = [rng.randint(1, 16) for _ in range(rng.randint(0, 900))]
    starts = sorted(rng.sample(range(len(lengths)), k=len(lengths) // 30))
    cut = windows(lengths, starts)
    assert [at for window in cut for at in range(window.first, window.last)] == list(range(len(lengths)))
    assert all(sum(lengths[window.first : window.last]) <= SIZE - 2 for window in cut)


def test_a_few_steps_learn_what_they_are_shown() -> None:
    torch = pytest.importorskip("torch", reason="training is an extra: pip install 'khabar[training]'")
    from tokenizers import Tokenizer, models, pre_tokenizers

    from training.batches import Texts
    from training.measure import links_scored, scored
    from training.model import Encoder, Model
    from training.train import Plan, train

    words = ["زار", "وصل", "عاد", "إلى", "لافروف", "سالم", "موسكو", "دمشق", "أمس", "."]
    tokenizer = Tokenizer(
        models.WordLevel({word: at for at, word in enumerate(["<s>", "<pad>", "</s>", "?", *words])}, "?")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    rng = random.Random(0)
    sizes = {"width": 24, "heads": 2, "inner": 48, "positions": SIZE}
    texts = Texts(tokenizer, [_sentence(rng) for _ in range(120)])
    torch.manual_seed(0)
    encoder = Encoder(sizes, 1e-12, 4 + len(words), 1, len(NAMES))
    model = Model(encoder, {"names": len(HEADS["names"])}, len(LINKS))
    losses: list[float] = []
    plan = Plan(epochs=30, rate=1e-2, masked=0.0, averaged=0.5, frozen=0)
    train(model, [texts], plan, lambda _, loss, __: losses.append(loss))
    assert losses[-1] < losses[0] / 4
    assert scored(model, texts, ["names"], SIZE)["names"]["all"][2] > 0.95
    assert links_scored(model, texts, SIZE)["actor"][2] > 0.95


def _sentence(rng: random.Random) -> Example:
    person, place = rng.choice(["لافروف", "سالم"]), rng.choice(["موسكو", "دمشق"])
    words = [rng.choice(["زار", "وصل", "عاد"]), person, "إلى", place, "أمس", "."]
    labels = [HEADS["names"].index(label) for label in ("O", "B-PER", "O", "B-LOC", "O", "O")]
    links = [(LINKS.index("actor"), 0, at, at == 1) for at in (1, 3)]
    return Example(words, [0], [[] for _ in words], {"names": labels}, links)


def test_pairs_of_the_corpus_are_asked_of_its_words_and_answered_both_ways() -> None:
    examples = corpus("dev")
    assert all(
        0 <= head < len(one.words) and 0 <= tail < len(one.words) for one in examples for _, head, tail, _ in one.links
    )
    answers = {(LINKS[kind], answer) for one in examples for kind, _, _, answer in one.links}
    assert answers == {(kind, answer) for kind in LINKS for answer in (True, False)}


def test_distances_are_the_same_in_training_and_in_use() -> None:
    torch = pytest.importorskip("torch", reason="training is an extra: pip install 'khabar[training]'")
    from training.model import distance

    words = range(-100, 101)
    assert distance(torch.tensor(words)).tolist() == [at_use(one) for one in words]


def test_going_on_takes_over_all_but_whole_words() -> None:
    torch = pytest.importorskip("torch", reason="training is an extra: pip install 'khabar[training]'")
    from training.model import Encoder, Model, Vocabulary, go_on

    sizes = {"width": 24, "heads": 2, "inner": 48, "positions": SIZE}
    before = Model(Encoder(sizes, 1e-12, 12, 1, len(NAMES)), {"names": 7})
    after = Model(Encoder(sizes, 1e-12, 11, 1, len(NAMES)), {"names": 7, "times": 3}, len(LINKS))
    go_on(after, Vocabulary(list(range(10)), {"▁قال": [2, 4]}), before.state_dict(), {})
    words = before.encoder.words.weight
    assert torch.equal(after.encoder.words.weight[:10], words[:10])
    assert torch.allclose(after.encoder.words.weight[10], (words[2] + words[4]) / 2)
    assert torch.equal(after.heads["names"].weight, before.heads["names"].weight)
    go_on(after, Vocabulary(list(range(10)), {"▁قال": [2, 4]}), before.state_dict(), {"▁قال": 11})
    assert torch.equal(after.encoder.words.weight[10], words[11])
    with pytest.raises(ValueError, match="layers"):
        deeper = Model(Encoder(sizes, 1e-12, 11, 2, len(NAMES)), {"names": 7})
        go_on(deeper, Vocabulary(list(range(10)), {"▁قال": [2, 4]}), before.state_dict(), {})


def test_the_loss_of_a_crf_is_that_of_all_rows_of_labels_counted_one_by_one() -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is only needed to train")
    from training.ways import Transitions

    generator = torch.Generator().manual_seed(0)
    crf = Transitions(3)
    crf.scores.data = torch.randn(3, 3, generator=generator)
    told = torch.randn(3, 4, 3, generator=generator)
    wanted = [[0, 1, 2, IGNORED], [2, 2, 1, 0], [IGNORED] * 4]

    def weight(row: int, path: tuple[int, ...]) -> Any:
        steps = sum(crf.scores[one, other] for one, other in pairwise(path))
        return steps + sum(told[row, at, label] for at, label in enumerate(path))

    def lost(row: int, path: tuple[int, ...]) -> Any:
        every = torch.stack([weight(row, other) for other in product(range(3), repeat=len(path))])
        return torch.logsumexp(every, 0) - weight(row, path)

    expected = lost(0, (0, 1, 2)) + lost(1, (2, 2, 1, 0))
    assert torch.isclose(crf.loss(told, torch.tensor(wanted)), expected)
