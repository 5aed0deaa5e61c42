"""Events from sentences of our own: what is found, what is not, and what is known to be missed.

A case marks its names and times in the text, ``[علي سالم|PER|Ali Salem]`` and ``[أمس|T|2020-01-04]``, so that this
stage is tested alone.  ``expect`` is ``TYPE status actors>recipients @date`` for each event, set apart by ``;``.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.events import find_events
from khabar.model import OTHER, Claim, Event, Name, NameType, Published, Span, Time
from khabar.text import tokenize

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)\|([^|\]]*)\]")
PUBLISHED = Published("2020-01-05", "given")


class Marked(NamedTuple):
    text: str
    names: list[Name]
    times: list[Time]


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the encoder thinks of the events is tested apart."""
    monkeypatch.setattr("khabar.events.find.opinion", lambda text: None)


def parse(marked: str) -> Marked:
    """The text without its marks, and what they say."""
    found = Marked("", [], [])
    text, at = "", 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        words, kind, value = match.groups()
        span = Span(len(text), len(text) + len(words), words)
        if kind == "T":
            found.times.append(Time(span, value, "date", None, None, None, "published", "test", 1.0))
        else:
            found.names.append(Name(span, cast(NameType, kind), value, "test", 1.0))
        text, at = text + words, match.end()
    return found._replace(text=text + marked[at:])


def events_of(marked: str, claims: tuple[Claim, ...] = ()) -> tuple[Event, ...]:
    """The events that have a type of PLOVER."""
    case = parse(marked)
    found = find_events(tokenize(case.text), case.times, case.names, claims, PUBLISHED)
    return tuple(event for event in found if event.type != OTHER)


def shown(event: Event) -> str:
    actors = "+".join(sorted(role.entity for role in event.actors))
    recipients = "+".join(sorted(role.entity for role in event.recipients))
    return f"{event.type} {event.status} {actors}>{recipients}" + (f" @{event.date}" if event.date else "")


def cases(name: str) -> list[tuple[str, str]]:
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return [(row["text"], row["expect"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("text", "expect"), cases("wild") + cases("synthetic") + cases("negative"))
def test_case(text: str, expect: str) -> None:
    assert "; ".join(map(shown, events_of(text))) == expect


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("تلقى الوزير [نبيل عون|PER|Nabil Aoun] اتصالا من نظيره.", ["تلقى", "اتصالا"]),
        ("توصل [الحزب|ORG|Party] و[الحركة|ORG|Movement] إلى اتفاق.", ["توصل", "اتفاق"]),
    ],
)
def test_the_noun_of_a_light_verb_names_the_event_too(text: str, words: list[str]) -> None:
    (event,) = events_of(text)
    assert [span.text for span in event.triggers] == words


@pytest.mark.parametrize(("text", "expect"), cases("places"))
def test_place(text: str, expect: str) -> None:
    """An actor's or a topic's country is no place; a locative phrase, a visit, what is hit or left tells one."""
    assert "; ".join(str(event.place) for event in events_of(text)) == expect


@pytest.mark.parametrize("name", ["wild", "synthetic", "places"])
def test_no_one_is_actor_and_recipient_of_one_event(name: str) -> None:
    for text, _ in cases(name):
        for event in events_of(text):
            assert {role.entity for role in event.actors}.isdisjoint(role.entity for role in event.recipients)


@pytest.mark.parametrize(("text", "expect"), cases("known_failures"))
@pytest.mark.xfail(strict=True)
def test_known_failure(text: str, expect: str) -> None:
    assert "; ".join(map(shown, events_of(text))) == expect


def test_told_by_the_claims_that_hold_a_trigger() -> None:
    text = "قالت الوزارة إن الجيش قصف البلدة. وزار الوفد المدينة."
    content = Span(text.index("الجيش"), text.index("."), text[text.index("الجيش") : text.index(".")])
    claim = Claim("c1", None, None, "organisation", None, (), content, "assert", "test", 1.0)
    first, second = events_of(text, (claim,))
    assert (first.type, first.claims) == ("ASSAULT", ("c1",))
    assert (second.type, second.claims) == ("CONSULT", ())


def test_the_source_of_a_cue_is_the_actor() -> None:
    text = "أدانت الوزارة الهجوم على السوق."
    cue, source = Span(0, 5, "أدانت"), Span(6, 13, "الوزارة")
    content = Span(14, len(text) - 1, text[14:-1])
    claim = Claim("c1", cue, source, "organisation", "Ministry", (), content, "assert", "test", 1.0)
    accused = next(event for event in events_of(text, (claim,)) if event.type == "ACCUSE")
    assert [role.entity for role in accused.actors] == ["Ministry"]


def test_those_joined_to_a_source_act_with_it() -> None:
    marked = "دعت [الرابطة|ORG|League] و[كندا|LOC|Canada] [فرنسا|LOC|France] إلى الحوار."
    text = parse(marked).text
    cue, source = Span(0, 3, "دعت"), Span(4, 11, "الرابطة")
    content = Span(text.index("الحوار"), len(text) - 1, "الحوار")
    claim = Claim("c1", cue, source, "organisation", "League", (), content, "demand", "test", 1.0)
    assert shown(events_of(marked, (claim,))[0]) == "REQUEST actual Canada+League>France"


def test_the_object_may_follow_a_name_between_commas() -> None:
    marked = "دعا زعيم الحزب، [سامر الحلبي|PER|Samer Halabi]، [كندا|LOC|Canada] إلى الحوار."
    text = parse(marked).text
    start = text.index("سامر")
    cue, source = Span(0, 3, "دعا"), Span(start, start + 11, "سامر الحلبي")
    content = Span(text.index("الحوار"), len(text) - 1, "الحوار")
    claim = Claim("c1", cue, source, "person", "Samer Halabi", (), content, "demand", "test", 1.0)
    assert shown(events_of(marked, (claim,))[0]) == "REQUEST actual Samer Halabi>Canada"


def test_who_announces_an_act_is_its_actor() -> None:
    text = "أعلنت الجماعة استهداف سفينة كندية."
    content = Span(text.index("استهداف"), len(text) - 1, text[text.index("استهداف") : -1])
    cue, source = Span(0, 5, "أعلنت"), Span(6, 13, "الجماعة")
    claim = Claim("c1", cue, source, "organisation", "Nour Group", (), content, "assert", "test", 1.0)
    assert [shown(event) for event in events_of(text, (claim,))] == ["ASSAULT actual Nour Group>Canadian ship"]


def test_what_a_denial_tells_has_not_happened() -> None:
    text = "نفت الوزارة قصف القرية."
    cue, source = Span(0, 3, "نفت"), Span(4, 11, "الوزارة")
    content = Span(12, 22, text[12:22])
    claim = Claim("c1", cue, source, "organisation", "Ministry", (), content, "deny", "test", 1.0)
    assert [(event.type, event.status) for event in events_of(text, (claim,))] == [("ASSAULT", "negated")]


def test_a_lone_vowel_sign_behind_a_verb_is_read() -> None:
    assert events_of("وقتل \u064b \u0670. وتظاهر \u0640 و")


words = st.sampled_from(
    [
        "زار",
        "التقى",
        "هجوم",
        "على",
        "قصف",
        "الجيش",
        "في",
        "أن",
        "الذي",
        "المسلحين",
        "،",
        ".",
        "اتفاق",
        "بين",
        "و",
        "لم",
        "\n",
    ]
)


@settings(deadline=None)
@given(st.lists(words, max_size=40))
def test_spans_are_exact_and_every_event_has_a_trigger(parts: list[str]) -> None:
    case = parse(" ".join(parts))
    for event in find_events(tokenize(case.text), case.times, case.names, (), PUBLISHED):
        assert event.triggers
        roles = [role.span for role in (*event.actors, *event.recipients) if role.span]
        for span in (*event.triggers, *roles, *filter(None, (event.place_span, event.date_span))):
            assert case.text[span.start : span.end] == span.text
            assert span.text == span.text.strip(" \n،.")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    find_events(tokenize(text), (), (), (), None)


def test_a_long_line_is_read() -> None:
    line = "قصف الجيش مواقع المسلحين في المدينة بعد هجوم على الثكنة وقتل جنديين، " * 200
    assert find_events(tokenize(line), (), (), (), None)


def test_the_day_of_the_lead_dates_the_news_but_not_what_may_happen() -> None:
    lead = "أعلنت الوزارة [أمس|T|2020-01-04] القرار. ولم تذكر سببا. "
    told = events_of(lead + "وزار [نبيل عون|PER|Nabil Aoun] [تونس|LOC|Tunisia].")
    assert [event.date for event in told] == ["2020-01-04"]
    told = events_of(lead + "وقد يزور [نبيل عون|PER|Nabil Aoun] [تونس|LOC|Tunisia].")
    assert [event.date for event in told] == [None]


def test_of_the_days_of_other_sentences_that_of_an_event_of_the_same_parties_dates_one() -> None:
    text = (
        "أعلنت الوزارة [أمس|T|2020-01-04] القرار. التقى [نبيل عون|PER|Nabil Aoun] "
        "[مروان قاسم|PER|Marwan Qasim] [الخميس|T|2020-01-02]. "
        "وبحث [نبيل عون|PER|Nabil Aoun] و[مروان قاسم|PER|Marwan Qasim] ملف الحدود."
    )
    assert {event.date for event in events_of(text)} == {"2020-01-02"}


def test_descriptions_stand_without_the_particles_before_them() -> None:
    (event,) = events_of("استقبل الرئيس الوزير والوفد المرافق.")
    assert {role.span.text for role in event.actors if role.span} == {"الوزير", "الوفد"}


def test_an_event_told_in_a_clause_of_its_own_is_surer_than_one_that_is_referred_to() -> None:
    (told,) = events_of("قتل مسلحون جنديين في [حلب|LOC|Aleppo].")
    (referred,) = events_of("المسلحون الذين قتلوا جنديين في [حلب|LOC|Aleppo]")
    (bare,) = events_of("منذ الهجوم على [حلب|LOC|Aleppo]")
    assert told.score > referred.score >= bare.score


def test_outlets_do_not_meet() -> None:
    (event,) = events_of("استقبلت [رويترز|ORG|Reuters] [نبيل عون|PER|Nabil Aoun].")
    assert not event.recipients


def test_a_date_to_come_does_not_date_what_has_happened() -> None:
    text = "رفض [نبيل عون|PER|Nabil Aoun] [أمس|T|2020-01-04] الاقتراح الذي يبحث [غدا|T|2020-01-06]."
    assert events_of(text)[0].date == "2020-01-04"
