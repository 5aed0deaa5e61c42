"""The cases of tests/repair/cases, and what must hold of every repair whatever the text."""

from __future__ import annotations

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.model import Edit, Step
from khabar.repair import OffsetMap, apply, apply_edits, in_steps, inverse, invert, repair

CASES = Path(__file__).parent / "cases"
COMMON = """
قال أعلن وصل الوزير الحكومة المجلس الوطني للأمن في إلى على من عن أن إن التي الذي بعد قبل خلال أمس اليوم الأول الآن
القاهرة الخرطوم المدينة القديمة زيارة رسمية محادثات اتفاق قتلى جرحى ثلاثة إلا لا بلا ولا الثالثة عالم سلام سالم
مسؤولون شؤون قراءة شيء هذا هؤلاء مئة 2023 15 ٢٠٢٤ «نعم» (أ.ف.ب) ، . : و3 عبدالله أبو بكر
"""
CLEAN = st.lists(st.sampled_from(COMMON.split()), max_size=40).map(" ".join)
DAMAGED = st.text(
    st.sampled_from(
        "ابکیھہـﻻﷲﻋﹰ\u200f\u200d\u202b\xa0\r\n\x00\x1f\ud800&;#amp quot39\u2028\ufeff ه1گ"
        "لإأمحةىيرØ§Ù„ÙŠط§ظ„ÇáæÒ02\ue001\ue002(»"
    ),
    max_size=160,
)


def rows(pile: str) -> list[dict[str, str]]:
    """The rows of a pile; characters that nobody can see are written ``\\u200f`` in it."""
    with (CASES / f"{pile}.tsv").open(encoding="utf-8", newline="") as table:
        found = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: seen(cell) for key, cell in row.items()} for row in found]


def seen(cell: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), cell)


def check(row: dict[str, str]) -> None:
    text, plan = repair(row["damaged"])
    assert text == row["clean"], row["why"]
    assert [step.rule for step in plan] == row["fixes"].split(), row["why"]


@pytest.mark.parametrize("row", rows("wild") + rows("synthetic"), ids=lambda row: row["why"])
def test_damage_is_mended(row: dict[str, str]) -> None:
    check(row)


@pytest.mark.parametrize("row", rows("negative"), ids=lambda row: row["why"])
def test_undamaged_text_stays(row: dict[str, str]) -> None:
    assert repair(row["text"]) == (row["text"], ())


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("row", rows("known_failures"), ids=lambda row: row["why"])
def test_known_failures(row: dict[str, str]) -> None:
    check(row)


@given(DAMAGED)
def test_a_plan_replays(raw: str) -> None:
    text, plan = repair(raw)
    assert apply(raw, plan) == text
    assert all(step.edits for step in plan)


@given(DAMAGED)
def test_repaired_text_can_be_written(raw: str) -> None:
    text, _ = repair(raw)
    text.encode("utf-8")
    assert not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in text)


@given(DAMAGED)
def test_the_raw_text_is_won_back(raw: str) -> None:
    text, plan = repair(raw)
    assert invert(text, plan, raw) == raw
    assert apply(text, inverse(raw, plan)) == raw


def test_another_text_is_not_inverted() -> None:
    _, plan = repair("زيــارة")
    with pytest.raises(ValueError, match="does not lead"):
        invert("زيارات", plan, "زيــارة")


@given(DAMAGED, st.data())
def test_offsets_lead_back_and_forth(raw: str, data: st.DataObject) -> None:
    text, plan = repair(raw)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    offsets = OffsetMap(plan)
    first, last = offsets.origin(start, end)
    assert 0 <= first <= last <= len(raw)
    there, back = offsets.target(first, last)
    assert 0 <= there <= start or start == end
    assert back >= end or start == end


@given(st.text("abcdef", max_size=30), st.data())
def test_what_was_not_edited_keeps_its_place(text: str, data: st.DataObject) -> None:
    plan = (Step("rule", tuple(some_edits(text, data))),)
    offsets = OffsetMap(plan)
    edited = {at for edit in plan[0].edits for at in range(edit.start, edit.end)}
    after = apply(text, plan)
    for at in range(len(text)):
        if at not in edited:
            start, end = offsets.target(at, at + 1)
            assert after[start:end] == text[at]
            assert offsets.origin(start, end) == (at, at + 1)


@given(CLEAN)
def test_clean_arabic_is_never_touched(text: str) -> None:
    assert repair(text) == (text, ())


def some_edits(text: str, data: st.DataObject) -> list[Edit]:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return [
        Edit(start, end, data.draw(st.text("xy", max_size=2)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]


@given(st.text("abcdef", max_size=30), st.data())
def test_steps_do_what_their_edits_did(text: str, data: st.DataObject) -> None:
    edits = some_edits(text, data)
    ruled = [(data.draw(st.sampled_from("pqr")), edit) for edit in edits]
    assert apply(text, in_steps(ruled)) == apply_edits(text, edits)


TORN = """يارة وصفت بالناجحة وصل وزير النقل إلى العاصمة صباحا في ز
أمس لإجراء محادثات مع المسؤولين عن الطرق والجسور والموانئ.
وأضاف الوزير أن البلدية تر
يد السلاح إلى القرى البعيدة، ورأى أن المجلس ناقش مسألة تور
يز التعاون بين البلدين، وجاء الوفد في مهمة قصيرة لتعز
ثم عاد إلى العاصمة في المساء نفسه.
يارة الثانية خلال شهر واحد إلى المدينة القديمة. وكانت هذه الز
"""


def test_words_torn_over_the_ends_of_a_line() -> None:
    text, plan = repair(TORN)
    assert "torn-word" in [step.rule for step in plan]
    assert "في زيارة وصفت بالناجحة" in text
    assert "وكانت هذه الزيارة الثانية" in text


def test_one_such_line_is_left_alone() -> None:
    line = "يارة وصفت بالناجحة وصل وزير النقل إلى العاصمة صباحا في ز"
    assert repair(line) == (line, ())
