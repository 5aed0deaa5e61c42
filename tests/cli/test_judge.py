"""``khabar same`` and ``khabar different``: what somebody rules holds, also when more reports come."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from khabar.record import Record
from khabar.record.rules import Rules

Khabar = Callable[..., Any]
FIRST = "التقى رئيس بلدية الزاوية سالم الجبالي وفدا من طرابلس يوم 3 مارس 2024.\n"
SECOND = "قال سليم الجبلاوي إن الاجتماع في الزاوية سيعقد يوم 9 مارس 2024.\n"


@pytest.fixture
def built(khabar: Khabar, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of two reports that name two men."""
    monkeypatch.setattr("khabar.judge.present_rules", lambda: Rules("test", "annotate", "link"))
    for name, text in (("one.txt", FIRST), ("two.txt", SECOND)):
        Path(name).write_text(text, "utf-8")
    assert khabar("build", "one.txt", "two.txt", "--published", "2024-03-04").code == 0
    return Path("khabar.db")


def persons(record: Path) -> list[set[str]]:
    with Record(record) as opened:
        return [set(entity.labels) for entity in opened.links().entities if entity.type == "PER"]


def both(record: Path) -> tuple[str, str]:
    one, other = persons(record)
    return min(one), min(other)


def test_two_are_one_and_two_again(khabar: Khabar, built: Path) -> None:
    one, other = both(built)
    done = khabar("same", one, other)
    assert done.code == 0
    assert persons(built) == [{one, other}]
    assert khabar("different", one, other).code == 0
    assert sorted(persons(built), key=min) == sorted([{one}, {other}], key=min)


def test_a_ruling_outlives_more_reports(khabar: Khabar, built: Path) -> None:
    one, other = both(built)
    khabar("same", one, other)
    Path("three.txt").write_text(SECOND.replace("9 مارس", "11 مارس"), "utf-8")
    assert khabar("build", "three.txt", "--published", "2024-03-06").code == 0
    assert {one, other} in persons(built)


def test_events_are_ruled_by_report_and_event(khabar: Khabar, built: Path) -> None:
    with Record(built) as opened:
        told = [happening.mentions[0] for happening in opened.links().happenings]
    one, other = (f"{mention.document}:{mention.event}" for mention in told[:2])
    assert khabar("same", one, other).code == 0
    with Record(built) as opened:
        joined = [
            {mention.document + ":" + mention.event for mention in one.mentions} for one in opened.links().happenings
        ]
    assert any({one, other} <= mentions for mentions in joined)


@pytest.mark.parametrize("second", ["nobody", ""])
def test_what_is_not_there_is_named(khabar: Khabar, built: Path, second: str) -> None:
    done = khabar("same", both(built)[0], second)
    assert done.code == 1
    assert f"has the id or label {second!r}" in done.err


def test_a_person_is_no_event_nor_another_of_himself(khabar: Khabar, built: Path) -> None:
    one, _ = both(built)
    with Record(built) as opened:
        event = opened.links().happenings[0].id
    assert "not of one kind" in khabar("same", one, event).err
    assert "nothing to rule" in khabar("different", one, one).err
