"""Times: the case tables, and what holds for every date and every text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.lexicon import forms, table
from khabar.model import Published, Time
from khabar.text import fold, tokenize
from khabar.text.numbers import read_number
from khabar.times import find_times
from khabar.times.calendar import interval

CASES = Path(__file__).parent / "cases"
LOCALES = (
    "ar",
    "ar_EG",
    "ar_SA",
    "ar_AE",
    "ar_LY",
    "ar_SD",
    "ar_LB",
    "ar_SY",
    "ar_JO",
    "ar_IQ",
    "ar_TN",
    "ar_DZ",
    "ar_MA",
    "ar_MR",
)
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
MONTHS = [(form, int(row["month"])) for form, row in forms("months") if row["calendar"] == "gregorian"]


def _rows(name: str) -> list[tuple[str, str, str]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]  # type: ignore[misc]


def _times(text: str, published: str = "") -> tuple[Time, ...]:
    return find_times(tokenize(text), Published(published, "given") if published else None)


def _shown(text: str, published: str) -> str:
    return " ;; ".join(f"{time.span.text} = {time.value}" for time in _times(text, published))


@pytest.mark.parametrize(("published", "text", "times"), _rows("wild") + _rows("synthetic") + _rows("negative"))
def test_cases(published: str, text: str, times: str) -> None:
    assert _shown(text, published) == times


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("published", "text", "times"), _rows("known_failures"))
def test_known_failures(published: str, text: str, times: str) -> None:
    assert _shown(text, published) == times


@pytest.mark.parametrize("locale", LOCALES)
def test_the_months_of_cldr_are_in_our_table(locale: str) -> None:
    ours = {fold(form): month for form, month in MONTHS}
    for month, name in Locale.parse(locale).months["format"]["wide"].items():
        assert ours[fold(name)] == month


def test_every_month_row_is_a_month() -> None:
    numbers = {(row["calendar"], int(row["month"])) for row in table("months")}
    assert numbers == {(calendar, month) for calendar in ("gregorian", "hijri") for month in range(1, 13)}


@given(
    DAYS,
    st.sampled_from(["{d} {m} {y}", "يوم {d} {m} {y}", "{d} من شهر {m} عام {y}", "{d} {m}، {y}", "{d} {m}/{m} {y}"]),
    st.data(),
)
def test_a_date_with_a_month_name_comes_back(day: date, shape: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([form for form, month in MONTHS if month == day.month]))
    assert [time.value for time in _times(shape.format(d=day.day, m=name, y=day.year))] == [day.isoformat()]


@given(DAYS, st.sampled_from(["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0:%d-%m-%Y}"]))
def test_a_numeric_date_comes_back(day: date, shape: str) -> None:
    assert [time.value for time in _times(shape.format(day))] == [day.isoformat()]


@given(DAYS, st.sampled_from([("أمس", -1), ("اليوم", 0), ("غدا", 1), ("أول من أمس", -2), ("بعد غد", 2)]))
def test_relative_days(published: date, word: tuple[str, int]) -> None:
    (time,) = _times(f"وصل الوفد {word[0]}.", published.isoformat())
    assert (time.value, time.anchor) == ((published + timedelta(word[1])).isoformat(), published.isoformat())


@given(DAYS, st.integers(1, 7))
def test_a_past_weekday_is_within_the_week_before(published: date, weekday: int) -> None:
    name = next(row["form"].split("|")[0] for row in table("weekdays") if int(row["weekday"]) == weekday)
    (time,) = _times(f"غادر الوفد يوم {name}.", published.isoformat())
    found = date.fromisoformat(str(time.value))
    assert found.isoweekday() == weekday
    assert 0 <= (published - found).days < 7


@given(DAYS)
def test_sentences_around_never_change_an_absolute_value(day: date) -> None:
    name = next(form for form, month in MONTHS if month == day.month)
    text = f"غادر قبل عامين.\nوصل في {day.day} {name} {day.year} إلى العاصمة.\nوبعد ذلك بثلاثة أيام عاد أمس."
    assert day.isoformat() in [time.value for time in _times(text, "2020-01-15")]


@given(st.text(alphabet="أمس اليوم 0123456789/-.:()من إلى وبين عام شهر مايو الساعة\n٢٠", max_size=120))
@settings(max_examples=200)
def test_any_text_gives_sound_spans(text: str) -> None:
    end = 0
    for time in _times(text, "2020-01-15"):
        assert text[time.span.start : time.span.end] == time.span.text
        assert time.span.start >= end
        assert time.span.text[0].isalnum()
        assert time.span.text[-1].isalnum()
        assert time.value is None or time.value.startswith("P") or interval(time.value) is not None
        end = time.span.end


@pytest.mark.parametrize(
    "text",
    [
        "9" * 6000,
        "قبل 99999999999 عاما",
        "² في 2010",
        "9999-99-99",
        "يوم 31 فيفري 2017",
        "منذ 1e9",
        "قبل 900000000 يوم",
        "الساعة 99:99",
    ],
)
def test_hostile_numbers_are_survived(text: str) -> None:
    for time in _times(text, "2020-01-15"):
        assert time.value is None or time.value.startswith("P") or interval(time.value) is not None


def test_no_published_date_leaves_relative_times_open() -> None:
    (time,) = _times("وصل الوفد أمس.")
    assert (time.value, time.anchored_by, time.anchor) == (None, "none", None)


def test_a_month_published_leaves_days_open() -> None:
    assert [time.value for time in _times("وصل أمس، ويغادر الشهر المقبل.", "2020-05")] == [None, "2020-06"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2016-Q1", "2016-01-01", "2016-03-31"),
        ("2015-W53", "2015-12-28", "2016-01-03"),
    ],
)
def test_intervals(value: str, first: str, last: str) -> None:
    assert interval(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ثلاثة آلاف وخمسمئة", 3500), ("خمسة وعشرين ألفا", 25000), ("2.5 مليار", 2.5e9), ("أحد عشر", 11),
        ("مائتين", 200), ("ألف و200", 1200), ("مليون و300 ألف", 1.3e6), ("نصف مليون", 5e5), ("50 000", 50000),
        ("مليون ونصف المليون", 1.5e6), ("مليونين ونصف المليون", 2.5e6), ("٣٥٠", 350), ("1,234.5", 1234.5),
        ("اثني عشر ألفا وخمسمائة واثنين", 12502),
    ],
)  # fmt: skip
def test_numbers(words: str, value: float) -> None:
    number = read_number(tokenize(words), 0)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize("word", ["لست", "آلاف", "الاثنين", "أثنى", "كمية", "20:30", "المئة"])
def test_what_is_no_number(word: str) -> None:
    assert read_number(tokenize(word), 0) is None
