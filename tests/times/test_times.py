"""Times: the case tables, and what holds for every date and every text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from hijridate import Gregorian
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
SHAPES = (
    "{d} {m} {y}", "يوم {d} {m} {y}", "{d} من شهر {m} عام {y}", "{d} {m}، {y}", "{d} {m}/{n} {y}", "{d} {m} ({n}) {y}",
    "{o} من {m} {y}", "{o} من شهر {m} من عام {y}", "{w} {d} {m} {y}", "يوم {w} الموافق {d} {m} {y}",
    "{w} {o} من {m} {y}", "{d} {m} من سنة {y}",
)  # fmt: skip
HIJRI_SHAPES = (
    "{d} {m} {y}هـ", "{d} {m} {y} هـ الموافق {g}", "{d} {m} {y} هـ ({g})", "{g} الموافق {d} {m} {y}هـ", "{d}/{n}/{y}هـ",
    "{d} / {n} / {y} هـ",
)  # fmt: skip
SENTENCES = (
    "غادر قبل عامين.", "وبعد ذلك بثلاثة أيام عاد أمس.", "كان ذلك في عام 2011.", "ستبدأ الجلسة يوم الثلاثاء المقبل.",
    "في 3 مايو 1999 قال: «نصل غدا».", "رمضان 1436هـ.", "قتل 15 جنديا وأصيب 30.", "وفي الشهر نفسه عاد الوفد.",
)  # fmt: skip
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
MONTHS = [(form, int(row["month"])) for form, row in forms("months") if row["calendar"] == "gregorian"]


def _rows(name: str) -> list[tuple[str, str, str]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]  # type: ignore[misc]


def _times(text: str, published: str = "") -> tuple[Time, ...]:
    return find_times(tokenize(text), Published(published, "given") if published else None)


def _ordinal(day: int) -> str:
    """``الحادي والعشرين`` for 21."""
    return "ال" + next(row["form"].split("|")[0] for row in table("ordinals") if int(row["value"]) == day)


def _shown(text: str, published: str) -> str:
    return " ;; ".join(f"{time.span.text} = {time.value}" for time in _times(text, published))


@pytest.mark.parametrize(
    ("published", "text", "times"), _rows("wild") + _rows("synthetic") + _rows("negative") + _rows("sample")
)
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


@settings(deadline=None)  # the first example reads the tables
@given(DAYS, st.sampled_from(SHAPES), st.booleans(), st.data())
def test_a_date_with_a_month_name_comes_back(day: date, shape: str, arabic: bool, data: st.DataObject) -> None:
    names = st.sampled_from([form for form, month in MONTHS if month == day.month])
    weekday = data.draw(
        st.sampled_from([form for form, row in forms("weekdays") if int(row["weekday"]) == day.isoweekday()])
    )
    words = {"m": data.draw(names), "n": data.draw(names), "w": weekday, "o": _ordinal(day.day)}
    text = shape.format(d=day.day, y=day.year, **words)
    text = text.translate(ARABIC_DIGITS) if arabic else text
    assert [time.value for time in _times(f"وصل الوفد {text} إلى المدينة.")] == [day.isoformat()], text


@settings(deadline=None)
@given(DAYS, st.sampled_from(LOCALES), st.sampled_from(["full", "long"]))
def test_a_date_as_cldr_writes_it_comes_back(day: date, locale: str, width: str) -> None:
    text = format_date(day, width, locale=locale)
    assert [time.value for time in _times(text)] == [day.isoformat()], text


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2040, 12, 31)), st.sampled_from(HIJRI_SHAPES), st.data())
def test_a_hijri_date_comes_back(day: date, shape: str, data: st.DataObject) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    names = [form for form, row in forms("months") if row["calendar"] == "hijri" and int(row["month"]) == hijri.month]
    name = data.draw(st.sampled_from([form for form in names if "شهر" not in form.lower()]))
    gregorian = data.draw(st.sampled_from([form for form, month in MONTHS if month == day.month]))
    text = shape.format(d=hijri.day, m=name, y=hijri.year, n=hijri.month, g=f"{day.day} {gregorian} {day.year}")
    assert [time.value for time in _times(f"انعقد اللقاء في {text}.")] == [day.isoformat()], text


@settings(deadline=None)  # a busy machine
@given(DAYS, st.lists(st.sampled_from(SENTENCES), max_size=4), st.lists(st.sampled_from(SENTENCES), max_size=4))
def test_sentences_around_never_change_an_absolute_value(day: date, before: list[str], after: list[str]) -> None:
    name = next(form for form, month in MONTHS if month == day.month)
    written = f"{day.day} {name} {day.year}"
    text = " ".join([*before, f"وصل الوفد في {written} إلى العاصمة.", *after])
    start = len(" ".join([*before, "وصل الوفد في"])) + 1
    assert [time.value for time in _times(text, "2020-01-15") if time.span.start == start] == [day.isoformat()]


@settings(deadline=None)
@given(DAYS, st.sampled_from(["{0:%d/%m/%Y}", "{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0:%d-%m-%Y}"]))
def test_a_numeric_date_comes_back(day: date, shape: str) -> None:
    assert [time.value for time in _times(shape.format(day))] == [day.isoformat()]


@settings(deadline=None)
@given(DAYS, st.sampled_from([("أمس", -1), ("اليوم", 0), ("غدا", 1), ("أول من أمس", -2), ("بعد غد", 2)]))
def test_relative_days(published: date, word: tuple[str, int]) -> None:
    (time,) = _times(f"وصل الوفد {word[0]}.", published.isoformat())
    assert (time.value, time.anchor) == ((published + timedelta(word[1])).isoformat(), published.isoformat())


@settings(deadline=None)
@given(DAYS, st.integers(1, 7))
def test_a_past_weekday_is_within_the_week_before(published: date, weekday: int) -> None:
    name = next(row["form"].split("|")[0] for row in table("weekdays") if int(row["weekday"]) == weekday)
    (time,) = _times(f"غادر الوفد يوم {name}.", published.isoformat())
    found = date.fromisoformat(str(time.value))
    assert found.isoweekday() == weekday
    assert 0 <= (published - found).days < 7


@given(st.text(alphabet="أمس اليوم 0123456789/-.:()من إلى وبين عام شهر مايو الساعة\n٢٠", max_size=120))
@settings(max_examples=200, deadline=None)
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
