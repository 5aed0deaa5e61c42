"""Words torn at the ends of lines, and lines that every page repeats."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.repair import apply, apply_edits, repair
from khabar.repair.pages import running_lines
from khabar.repair.torn import torn_words

TWO_PIECES = """وصل الوفد إلى العاصمة صباح أمس لبحث ملف الطرق والجسور
ير النقل وعدد من المستشارين، وكان في استقباله عند المطار وز
والتقى الجانبان في مقر البلدية لبحث تنفيذ المشروع الجديد.
ير سابقة قد حذرت من تأخر الأعمال، وكانت تقار
يادة عدد العمال في الموقع قبل نهاية الشهر المقبل. واتفق الطرفان على ز
وقال المدير إن العمل سيبدأ مطلع الأسبوع المقبل.
"""

THREE_PIECES = """وصل الوفد إلى العاصمة صباح أمس لبحث ملف الطرق والجسور
ير النقل مساء الأحد. يارة وز ثم أعلنت البلدية موعد ز
يادة عدد العمال في الموقع قبل نهاية الشهر المقبل. واتفق الطرفان على ز
يز التعاون بين المدينتين في السنوات المقبلة. ويهدف المشروع إلى تعز
وقال المدير إن العمل سيبدأ مطلع الأسبوع المقبل.
"""


def words_of(text: str) -> list[str]:
    return re.findall(r"[\u0621-\u064a]+", text)


@pytest.mark.parametrize("whole", ["وزير النقل", "تقارير سابقة", "على زيادة عدد"])
def test_words_of_two_pieces(whole: str) -> None:
    assert whole in apply_edits(TWO_PIECES, torn_words(TWO_PIECES))


@pytest.mark.parametrize("whole", ["موعد زيارة وزير النقل مساء الأحد", "على زيادة", "إلى تعزيز التعاون"])
def test_words_of_three_pieces(whole: str) -> None:
    assert whole in apply_edits(THREE_PIECES, torn_words(THREE_PIECES))


@pytest.mark.parametrize("text", [TWO_PIECES, THREE_PIECES])
def test_lines_that_are_whole_stay(text: str) -> None:
    mended = apply_edits(text, torn_words(text)).split("\n")
    assert mended[0] == text.split("\n")[0]
    assert mended[-2] == text.split("\n")[-2]


def test_no_letter_is_lost() -> None:
    mended = apply_edits(THREE_PIECES, torn_words(THREE_PIECES))
    assert sorted("".join(words_of(mended))) == sorted("".join(words_of(THREE_PIECES)))


def test_one_line_proves_nothing() -> None:
    text = "\n".join([*TWO_PIECES.split("\n")[:3], "وقال المدير إن العمل سيبدأ مطلع الأسبوع المقبل.", ""])
    assert torn_words(text) == ()


def test_a_text_in_lines_stays() -> None:
    text = """قال الوزير إن الوفد سيصل إلى المدينة غدا
يرافقه عدد من المستشارين في شؤون النقل والدفاع
يوم الأحد المقبل، ثم يعود إلى العاصمة مساء ذلك اليوم نفسه كما أعلن المسؤولون في بيان أصدروا
يبحثان خلاله ملف الحدود والتعاون والتجارة بين البلدين وقضايا أخرى من بينها ملف السدو
"""
    assert torn_words(text) == ()


@given(st.text(st.sampled_from("يارةوزتقد \n.،27"), max_size=300))
def test_words_stay_the_same_letters(text: str) -> None:
    mended = apply_edits(text, torn_words(text))
    assert sorted(mended.replace(" ", "").replace("\n", "")) == sorted(text.replace(" ", "").replace("\n", ""))


def test_a_long_text_takes_no_minutes() -> None:
    text = TWO_PIECES * 300
    assert len(torn_words(text)) == 900


PAGES = "\f".join(
    f"صحيفة الضفة\n\n{body}\n\n{number} من 3"
    for number, body in enumerate(("وصل الوفد إلى", "المدينة صباح أمس", "ثم عاد."), 1)
)


def test_running_lines_go() -> None:
    assert apply_edits(PAGES, running_lines(PAGES)).split("\f") == ["وصل الوفد إلى", "المدينة صباح أمس", "ثم عاد."]
    text, plan = repair(PAGES)
    assert apply(PAGES, plan) == text
    assert "صحيفة" not in text


@pytest.mark.parametrize(
    "text",
    [
        "صحيفة الضفة\n\nوصل الوفد إلى المدينة.",
        "وصل الوفد أمس.\fثم عاد في المساء.",
        "الضفة\fالضفة",
        "قال الوزير\nنعم\nلا\nقال الوزير\nنعم",
    ],
    ids=["one page", "nothing repeated", "nothing else", "no pages"],
)
def test_what_is_not_repeated_stays(text: str) -> None:
    assert running_lines(text) == ()


@pytest.mark.shared
def test_a_copy_from_a_torn_pdf() -> None:
    seeds = Path(__file__).parents[3] / "shared" / "seeds"
    if not seeds.exists():
        pytest.skip("no seeds beside the project")
    (seed,) = seeds.glob("004*")
    text, _ = repair(seed.read_text("utf-8"))
    assert "\u0640" not in text
    for whole in ("زيارة", "وزير", "توريد", "تقارير", "2011", "21", "27", "700"):
        assert whole in text


WIDE = """أعلنت البلدية صباح أمس بدء العمل في المشروع الجديد الذي يربط وسط المدينة بالميناء القديم
وقال المدير إن العمال سيبدؤون في الحي الشرقي ثم ينتقلون إلى الأحياء الأخرى قبل نهاية السنة.
وأضاف أن السكان سيجدون طرقا بديلة طوال مدة العمل الذي ينتهي في الخريف المقبل كما أعلن قبل
شهر.

وعبر عدد من التجار عن قلقهم من إغلاق الشوارع المؤدية إلى السوق الكبير خلال موسم العيد المقبل
وطالبوا بتأجيل العمل شهرا واحدا على الأقل حتى لا يخسروا زبائنهم الذين يأتون من القرى القريبة.

وردت البلدية بأن الشوارع ستبقى مفتوحة في الليل أمام السيارات الصغيرة وأن المواقف ستكون مجانا
للجميع.
"""


def test_lines_of_a_block_are_one_paragraph() -> None:
    text, plan = repair(WIDE)
    assert [step.rule for step in plan] == ["torn-line"]
    assert len([line for line in text.split("\n") if line]) == 3
    assert "نهاية السنة. وأضاف" in text


def test_verse_stays_in_lines() -> None:
    verse = "يا دار أهلك غادروا وبقيت وحدك في المساء\nلا صوت في الدرب القديم سوى الرياح على البناء\n"
    poem = "\n".join([verse] * 5)
    assert repair(poem) == (poem, ())
