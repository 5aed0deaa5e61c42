"""Rules and encoder together: who decides, what is refused, and what a name that only the encoder saw means."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.encoder.decode import Floats
from khabar.encoder.encoding import Encoding
from khabar.encoder.links import Links
from khabar.encoder.manifest import Head
from khabar.model import NameType
from khabar.names import find_names
from khabar.names.clitics import stem_of
from khabar.names.learned import HEAD, opinion_of
from khabar.names.vote import odds
from khabar.text import Tokenized, tokenize
from tests.names.conftest import KINDS, Seen, Told

SENTENCE = "زار حفتر بموسكو بيت نادر ثم مضى"
LABELS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))


def encoded(text: Tokenized, scores: Floats) -> Encoding:
    nothing = np.zeros((0, 1), np.float32)
    links = Links((), nothing, nothing, nothing, np.zeros(0, np.int64))
    return Encoding(text, {HEAD: Head(HEAD, LABELS, "bio")}, {HEAD: scores}, (), nothing, links)


def decided(sentence: str) -> dict[str, str]:
    return {name.span.text: name.rule for name in find_names(tokenize(sentence))}


def test_both_see_it(told: Told) -> None:
    told([(1, 2, "PER", 0.9), (2, 3, "LOC", 0.9)])
    assert decided(SENTENCE) == {"حفتر": "known+model", "موسكو": "known+model"}


def test_the_encoder_alone_when_it_is_sure(told: Told) -> None:
    told([(3, 5, "LOC", 0.97)])
    assert decided(SENTENCE).get("بيت نادر") == "model"


def test_the_encoder_alone_when_it_is_not_sure(told: Told) -> None:
    told([(3, 5, "LOC", 0.4)])
    assert "بيت نادر" not in decided(SENTENCE)


def test_a_known_name_stands_against_an_encoder_that_is_silent(told: Told) -> None:
    told([])
    assert decided("وصل رجب طيب أردوغان إلى أنقرة")["رجب طيب أردوغان"] == "known"


def test_without_an_encoder_the_rules_decide(rules_alone: None) -> None:
    assert decided(SENTENCE) == {"حفتر": "known", "موسكو": "known"}


def test_the_office_stands_beside_a_person_of_the_encoder(told: Told) -> None:
    text = "قال وزير الزراعة تسفاي بقلة إن المحصول جيد"
    told([(3, 5, "PER", 0.97)])
    (name,) = find_names(tokenize(text))
    assert (name.span.text, name.title and name.title.text) == ("تسفاي بقلة", "وزير الزراعة")


@pytest.mark.parametrize(
    ("text", "seen", "short"),
    [
        ("وافق صندوق النقد الدولي على القرض. وقال الصندوق إن الدفعة الأولى قريبة", (8, 9, "ORG", 0.97), "الصندوق"),
        ("تحدثت نادين كورماز طويلا. وختمت كورماز بالشكر", (6, 7, "PER", 0.97), "كورماز"),
        ("تحدثت نادين كورماز طويلا. وختمت نادين بالشكر", (6, 7, "PER", 0.97), "نادين"),
    ],
)
def test_a_short_form_means_the_long_one(
    told: Told, text: str, seen: tuple[int, int, NameType, float], short: str
) -> None:
    long: Seen = [(1, 4, "ORG", 0.97)] if seen[2] == "ORG" else [(1, 3, "PER", 0.97)]
    told([*long, seen])
    names = find_names(tokenize(text))
    assert [name.span.text for name in names][1:] == [short]
    assert names[0].entity == names[1].entity


def test_an_acronym_in_brackets_means_the_body_before(told: Told) -> None:
    text = "رحبت رابطة صيادي الشاطئ (رصد) بالقرار. وطلبت رصد المزيد"
    told([(1, 4, "ORG", 0.97), (5, 6, "ORG", 0.97), (10, 11, "ORG", 0.97)])
    assert len({name.entity for name in find_names(tokenize(text))}) == 1


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("بموسكو", "LOC", "موسكو"),
        ("بولندا", "LOC", "بولندا"),
        ("كوبا", "LOC", "كوبا"),
        ("لبنان", "LOC", "لبنان"),
        ("ولبنان", "LOC", "لبنان"),
        ("ووزارة الزراعة", "ORG", "وزارة الزراعة"),
        ("بلدية المدينة", "ORG", "بلدية المدينة"),
        ("للأمم المتحدة", "ORG", "للأمم المتحدة"),
        ("وأسيوط", "LOC", "أسيوط"),
        ("بالغردقة", "LOC", "الغردقة"),
        ("لحسن", "PER", "لحسن"),
        ("فلاديمير", "PER", "فلاديمير"),
        ("وخالد", "PER", "خالد"),
        ("من بليون", "LOC", "من بليون"),
    ],
)
def test_clitics_are_cut_by_evidence(words: str, kind: NameType, name: str) -> None:
    text = tokenize(words)
    first = 1 if words.startswith("من ") else 0
    start = stem_of(text, first, len(text.tokens), kind)
    assert words[start:] == name.removeprefix("من ")


def test_the_text_itself_tells_what_a_clitic_is() -> None:
    text = tokenize("وصلوا إلى بليون")
    assert stem_of(tokenize("سكان ببليون"), 1, 2, "LOC", {token.folded for token in text.tokens}) == 6


def test_marks_at_the_ends_are_no_part_of_a_name() -> None:
    text = tokenize("قال «نادر».")
    scores = np.full((5, len(LABELS)), -6.0, np.float32)
    for at, label in enumerate(("O", "B-PER", "I-PER", "I-PER", "O")):
        scores[at, LABELS.index(label)] = -0.01
    encoding = encoded(text, scores)
    (name,) = opinion_of(text, encoding).names
    assert text.text[name.start : name.end] == "نادر"


def test_probability_of_a_span_counts_its_end() -> None:
    text = tokenize("نادر صالح")
    scores = np.log(np.full((2, len(LABELS)), 0.02, np.float32))
    scores[0, LABELS.index("B-PER")] = scores[1, LABELS.index("I-PER")] = np.log(0.88)
    encoding = encoded(text, scores)
    heard = opinion_of(text, encoding)
    assert heard.probability(0, 2, "PER") == pytest.approx(0.88)
    assert heard.probability(0, 1, "PER") == pytest.approx(0.12)


@given(st.floats(0.001, 0.999))
def test_odds_are_even_handed(probability: float) -> None:
    assert odds(probability) == pytest.approx(-odds(1 - probability), abs=1e-6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4), st.sampled_from(KINDS), st.floats(0.3, 0.99)), max_size=6)
)
def test_whatever_is_heard_names_do_not_overlap(told: Told, drawn: list[tuple[int, int, NameType, float]]) -> None:
    text = tokenize("قال وزير الدفاع الروسي سيرغي شويغو بموسكو إن حزب الله وقوات حفتر هناك")
    count = len(text.tokens)
    told([(first, min(count, first + long), kind, sure) for first, long, kind, sure in drawn if first < count])
    names = find_names(text)
    assert all(first.span.end <= second.span.start for first, second in pairwise(names))
    assert all(name.entity and 0 < name.score <= 1 for name in names)


@pytest.mark.parametrize(
    ("brackets", "entity"),
    [("(Ferran Oltra)", "Ferran Oltra"), ("(ferran)", None), ("(2019)", None), ("(فيران)", None), ("(Ferran", None)],
)
def test_a_foreign_name_is_spelled_as_the_text_spells_it(told: Told, brackets: str, entity: str | None) -> None:
    text = f"وصل فيران ألترا {brackets} أمس. وقال ألترا إنه راض"
    tokens = [token.text for token in tokenize(text).tokens]
    last = len(tokens) - 1 - tokens[::-1].index("ألترا")
    told([(1, 3, "PER", 0.97), (last, last + 1, "PER", 0.97)])
    labels = {name.entity for name in find_names(tokenize(text)) if name.span.text.endswith("ألترا")}
    assert len(labels) == 1
    assert (labels == {"Ferran Oltra"}) == (entity is not None)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("من حسن حظ الفريق أن المباراة تأجلت", (1, 3, "PER", 0.99)),
        ("بلغ التضخم ذروته في جانفي ثم تراجع", (4, 5, "LOC", 0.99)),
        ("تقف الحكومة دوماً مع الخطوات", (2, 3, "LOC", 0.99)),
        ("شكر السفير البوسني الحضور", (2, 3, "PER", 0.99)),
    ],
)
def test_what_cannot_be_a_name_is_refused(told: Told, text: str, seen: tuple[int, int, NameType, float]) -> None:
    told([seen])
    assert not decided(text)


def test_rules_know_borders_better(told: Told) -> None:
    text = "زار الوفد جامعة قناة السويس أمس"
    told([(3, 5, "LOC", 0.9)])
    assert list(decided(text)) == ["جامعة قناة السويس"]


def test_the_encoder_knows_where_a_name_ends(told: Told) -> None:
    text = "قال محافظ المدينة مروان عبود الأضرار كبيرة"
    told([(3, 5, "PER", 0.97)])
    assert "مروان عبود" in decided(text)


def test_a_word_that_is_as_often_no_name_needs_the_encoder(told: Told) -> None:
    text = "أعلن البنك عن غلاف مالي جديد"
    told([])
    assert "مالي" not in decided(text)
    told([(4, 5, "LOC", 0.9)])
    assert "مالي" in decided(text)


def test_the_short_form_of_a_body_needs_the_encoder(told: Told) -> None:
    text = "اجتمع مجلس السيادة الانتقالي أمس. وقال المجلس إنه قلق"
    told([])
    assert "المجلس" not in decided(text)
    told([(7, 8, "ORG", 0.8)])
    assert decided(text).get("المجلس") == "body-short+model"


def test_a_body_does_not_go_on_in_the_next_line(rules_alone: None) -> None:
    assert "حكومة" not in " ".join(decided("تصريح لمسؤول في الحكومة\n\nطرابلس: عاد الهدوء"))


def test_a_common_word_is_no_place_by_the_encoder_alone(told: Told) -> None:
    told([(2, 3, "LOC", 0.8)])
    assert not decided("وقف عند حاجز طويلا")
