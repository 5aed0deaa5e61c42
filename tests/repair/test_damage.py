"""What could not be mended is flagged, nothing else is, and every rule and kind can be explained."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.model import Damage, Document, Origin, Span
from khabar.readers.clean import make_document
from khabar.readers.known import Known
from khabar.repair import FIXES, repair
from khabar.repair.damage import FINDERS, damaged_share, find_damage, is_too_damaged, kind_label
from khabar.repair.reasons import counted, least_sure, reason_of
from tests.repair.test_repair import rows

ORIGIN = Origin("report.txt", "0" * 64, "text/plain", "utf-8")


@pytest.mark.parametrize("row", rows("damage"), ids=lambda row: row["why"])
def test_damage_is_flagged(row: dict[str, str]) -> None:
    text, _ = repair(row["text"])
    assert (row["kind"], row["marked"]) in [(damage.kind, damage.span.text) for damage in find_damage(text)]


@pytest.mark.parametrize("row", rows("undamaged"), ids=lambda row: row["why"])
def test_good_text_is_not_flagged(row: dict[str, str]) -> None:
    assert find_damage(row["text"]) == ()


@given(st.text(st.sampled_from("ابةىز مcd\ufffd\ue001 ،%\n في"), max_size=80))
def test_places_are_exact_and_in_order(text: str) -> None:
    found = find_damage(text)
    assert all(text[damage.span.start : damage.span.end] == damage.span.text for damage in found)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    assert all(0 < damage.score <= 1 for damage in found)


def test_a_document_tells_of_its_damage() -> None:
    document = make_document("report", "أعلن المجلس قراره منذ عام ، ثم صمت.", ORIGIN, Known())
    assert [damage.kind for damage in document.damage] == ["lost-digits"]
    assert not is_too_damaged(document)


def test_a_document_may_be_too_damaged_to_trust() -> None:
    good = make_document("report", "كلمة " * 40, ORIGIN, Known())
    assert damaged_share(good) == 0
    bad = make_document("report", "قال \ufffd\ufffd إن \ufffd\ufffd و\ufffd في \ufffd", ORIGIN, Known())
    assert is_too_damaged(bad)


def test_share_counts_every_damage_by_its_score() -> None:
    document = Document("a", "واحد اثنان ثلاثة أربعة", "", (), ORIGIN)
    half_sure = Damage(Span(0, 4, "واحد"), "torn-word", 0.5)
    assert damaged_share(replace(document, damage=(half_sure,))) == 0.5 / 4
    assert damaged_share(replace(document, text="")) == 0


def test_every_rule_and_kind_is_explained() -> None:
    for rule, _ in FIXES:
        reason = reason_of(rule)
        assert reason.english != rule
        assert reason.why_arabic
        assert reason.why_english
    assert all(kind_label(kind)[1] != kind for kind, _ in FINDERS)


def test_edits_are_counted_by_rule() -> None:
    _, plan = repair("وصــل الوزيــر إلى املجالس القديمة واحلكومة واملغرب")
    assert counted(plan) == {"kashida": 2, "ligature-order": 3}
    assert 0.5 < least_sure(plan)["ligature-order"] < 1


def test_frequencies_are_not_loaded_for_clean_text() -> None:
    code = (
        "import sys; from khabar.repair import repair; from khabar.repair.damage import find_damage\n"
        "text = 'وصل وزير الخارجية إلى العاصمة صباح الأحد 3 مارس 2024، وقال إن الاتفاق قريب.\\n' * 20\n"
        "assert repair(text) == (text, ()) and find_damage(text) == ()\n"
        "assert 'wordfreq' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
