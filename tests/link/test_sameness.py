"""Whether two reports tell of one event, and of one matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from khabar.link import link
from khabar.link.bodies import body
from khabar.link.compare import Feature
from khabar.link.parties import reversal, strangers, who
from khabar.link.sameness import chance, compare, front, manner, time, wording
from khabar.link.scenes import Scene, interval, scenes
from khabar.link.stories import Weights
from khabar.model import Annotated, Role
from tests.link.conftest import span_of

Maker = Callable[..., Annotated]
CAMP = "قتل ثلاثة عمال حين سقطت قذيفة على ورشة في مخيم السد."
TOWN = "أفاد الدفاع المدني بأن عمالا قتلوا في قصف أصاب ورشة للحدادة."
HARVEST = "بدأ موسم قطاف الزيتون، وقصف الجيش أطراف البلدة."
MARKET = "ارتفعت أسعار الخبز في السوق القديم، وهاجم الجيش حاجزا."


def told(document: Annotated, **slots: object) -> Annotated:
    """The document with slots of all its events filled."""
    return replace(document, events=tuple(replace(event, **slots) for event in document.events))  # type: ignore[arg-type]


def attack(report: Maker, id: str, text: str, trigger: str, place: str | None, date: str | None) -> Annotated:
    document = report(id, text, events=[(trigger, "ASSAULT", "actual")])
    return told(document, place=place, date=date, recipients=(Role("workers", None, "test", 1.0),))


@pytest.mark.parametrize(("place", "events"), [("Sadd", 1), ("Sadd Camp", 1), ("Wadi", 2)])
def test_a_place_may_be_named_within_another(report: Maker, place: str, events: int) -> None:
    documents = [
        attack(report, "a", CAMP, "قتل", "Sadd Camp", "2024-04-30"),
        attack(report, "b", TOWN, "قصف", place, "2024-04-30"),
    ]
    assert len(link(documents).happenings) == events


def test_two_armies_that_meet_in_two_matters_are_told_of_twice(report: Maker) -> None:
    sides = {
        "actors": (Role("the army", None, "test", 1.0),),
        "recipients": (Role("the militia", None, "test", 1.0),),
    }
    documents = [
        told(report("a", HARVEST, events=[("قصف", "ASSAULT", "actual")]), **sides),
        told(report("b", MARKET, "2024-05-02", events=[("هاجم", "ASSAULT", "actual")]), **sides),
    ]
    assert len(link(documents).happenings) == 2


def test_shelling_day_after_day_is_no_one_event(report: Maker) -> None:
    texts = ["سقط قتلى في قصف على المخيم.", "أوقع قصف مدفعي ضحايا بين العمال.", "عاود الجيش قصف أطراف المخيم مساء."]
    days = ["2024-04-01", "2024-04-03", "2024-04-05"]
    documents = [attack(report, day, text, "قصف", "Sadd Camp", day) for text, day in zip(texts, days, strict=True)]
    assert len(link(documents).happenings) == 3


def test_names_in_common_make_one_matter(report: Maker) -> None:
    people = [("هيام الكردي", "PER", "Hiyam"), ("سامر العلي", "PER", "Samer"), ("مصنع الرازي", "ORG", "Razi")]
    one = "استقبلت هيام الكردي وفدا من العمال وشكا سامر العلي من تأخر أجور مصنع الرازي."
    other = "قال سامر العلي إن مصنع الرازي سيغلق، وردت هيام الكردي بأن القرار لم يتخذ بعد."
    named = link([report("a", one, names=people), report("b", other, "2024-05-04", names=people)])
    unnamed = link([report("a", one), report("b", other, "2024-05-04")])
    assert [story.documents for story in named.stories] == [("a", "b")]
    assert unnamed.stories == () or named.stories == unnamed.stories


def sided(report: Maker, id: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]) -> Annotated:
    document = report(id, MARKET if id == "a" else HARVEST, events=[("الجيش", kind, "actual")])
    who = {"actors": actors, "recipients": recipients}
    return told(document, **{slot: tuple(Role(one, None, "test", 1.0) for one in side) for slot, side in who.items()})


def scene_pair(one: Annotated, other: Annotated) -> tuple[Scene, Scene]:
    texts = {document.document.id: body(document.document) for document in (one, other)}
    found = scenes([one, other], texts, Weights(0, {}), dict.fromkeys(texts, "one matter"))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("actors", "recipients", "ground"),
    [(("Beta",), ("Alpha",), True), (("Alpha",), ("Beta",), False), (("Gamma",), ("Alpha",), True)],
)
def test_who_is_blamed_in_turn_blames_in_another_event(
    report: Maker, actors: tuple[str, ...], recipients: tuple[str, ...], ground: bool
) -> None:
    pair = scene_pair(
        sided(report, "a", "ACCUSE", ("Alpha",), ("Beta",)), sided(report, "b", "ACCUSE", actors, recipients)
    )
    assert (reversal(*pair) is not None) == ground


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Moscow", "Russia", True),
        ("Moscow", "Russian Ministry of Defence", True),
        ("Hasan Radi", "Hasan Radi forces", True),
        ("Moscow", "Ukraine", False),
        ("soldiers", "soldiers of the garrison", False),
    ],
)
def test_a_capital_acts_for_its_state_and_a_commander_for_his_men(
    report: Maker, one: str, other: str, same: bool
) -> None:
    ground = who(*scene_pair(sided(report, "a", "ASSAULT", (one,), ()), sided(report, "b", "ASSAULT", (other,), ())))
    assert ground is not None
    assert (ground.name == "actors") == same


def test_a_call_is_no_visit(report: Maker) -> None:
    visit, call = (sided(report, id, "CONSULT", ("Alpha", "Beta"), ()) for id in "ab")
    called = replace(call, events=(replace(call.events[0], mode="phone"),))
    assert manner(*scene_pair(visit, called)) is not None
    assert manner(*scene_pair(called, replace(called, document=replace(called.document, id="c")))) is None


def written(document: Annotated, *names: tuple[str, str]) -> Annotated:
    """The document, with these (label, words of its text) as the actors of its event."""
    return told(
        document,
        actors=tuple(Role(label, span_of(document.document.text, words), "test", 1.0) for label, words in names),
    )


def test_one_man_receives_many_guests_in_a_day(report: Maker) -> None:
    text = "استقبل الأمير في مكتبه أمس {guest} ومرافقيه وبحث معهم شؤون المنطقة."
    guests = {"a": ("Masarra", "مسرة الجندلي"), "b": ("Hurayth", "حريث القنبري"), "c": ("Masarra", "مسرة الجندلي")}
    pairs = {id: (label, words) for id, (label, words) in guests.items()}
    reports = [
        written(
            report(id, text.format(guest=words), events=[("استقبل", "CONSULT", "actual")]),
            ("Ameer", "الأمير"),
            (label, words),
        )
        for id, (label, words) in pairs.items()
    ]
    assert strangers(*scene_pair(reports[0], reports[1])) is not None
    assert strangers(*scene_pair(reports[0], reports[2])) is None
    assert sorted(len(one.mentions) for one in link(reports).happenings) == [1, 2]


@pytest.mark.parametrize(("holding", "events"), [({"مسره": 1}, 1), ({"مسره": 150}, 2)])
def test_a_party_of_whom_all_speak_is_no_ground_by_itself(report: Maker, holding: dict[str, int], events: int) -> None:
    one = written(
        report("a", "قالت مسرة إنها قدمت دعما لمدارس البنات في القرى البعيدة.", events=[("دعما", "AID", "actual")]),
        ("Masarra", "مسرة"),
    )
    other = written(
        report("b", "وعدت مسرة المزارعين دعما بالبذور والأسمدة قبل موسم القطاف.", events=[("دعما", "AID", "actual")]),
        ("Masarra", "مسرة"),
    )
    texts = {document.document.id: body(document.document) for document in (one, other)}
    pair = scenes([one, other], texts, Weights(200, {"دعما": 150, **holding}), dict.fromkeys(texts, "one matter"))
    assert (compare(*pair) is None) == (events == 2)


def test_a_week_lasts_from_the_saturday_before_it() -> None:
    found = interval("2015-W30")
    assert found is not None
    assert [date.fromordinal(day).isoformat() for day in found] == ["2015-07-18", "2015-07-26"]
    assert interval("2015-W60") is None


def test_grounds_against_lower_the_chance() -> None:
    agree = [Feature("type", 1.0, 2.5, ""), Feature("recipients", 1.0, 1.6, ""), Feature("word", 1.0, 1.2, "")]
    assert chance(agree) > chance([*agree, Feature("no actors", 1.0, -0.7, "")]) > chance([])


@pytest.mark.parametrize(("guest", "ground"), [("حريث القنبري", True), ("مسرة الجندلي", False)])
def test_a_guest_may_only_be_named_beside_the_meeting(report: Maker, guest: str, ground: bool) -> None:
    texts = {
        "a": ("استقبل الأمير في مكتبه بالإمارة صباح أمس مسرة الجندلي وناقش معها خطة النقل.", "مسرة الجندلي"),
        "b": (f"وفي المساء استقبل الأمير رئيس الغرفة {guest} الذي قدم له تقريرا عن المعرض.", guest),
    }
    one, other = (
        written(
            report(id, text, events=[("استقبل", "CONSULT", "actual")], names=[(name, "PER", name)]),
            ("Ameer", "الأمير"),
        )
        for id, (text, name) in texts.items()
    )
    found = strangers(*scene_pair(one, other))
    assert (found is not None and found.name == "other company") == ground


def test_attacks_told_in_other_words_may_be_those_of_two_days(report: Maker) -> None:
    one = attack(report, "a", CAMP, "قتل", "Sadd Camp", None)
    other = attack(report, "b", HARVEST, "وقصف", "Sadd Camp", "2024-04-30")
    assert front(*scene_pair(one, other)) is not None
    assert front(*scene_pair(one, attack(report, "b", CAMP, "قتل", "Sadd Camp", None))) is None
    dated = told(one, date="2024-04-30")
    assert front(*scene_pair(dated, other)) is None


@pytest.mark.parametrize(("date", "name"), [("2024-04-30", "date"), ("2024-05-01", "next day"), ("2024-W18", "date")])
def test_a_day_later_speaks_against_one_event(report: Maker, date: str, name: str) -> None:
    one = attack(report, "a", CAMP, "قتل", "Sadd Camp", "2024-04-30")
    found = time(*scene_pair(one, attack(report, "b", TOWN, "قصف", "Sadd Camp", date)))
    assert found is not None
    assert found.name == name


def test_praise_and_a_signature_are_two_acts(report: Maker) -> None:
    one = report("a", "أشاد المدير بالاتفاق أمام الصحافة.", events=[("أشاد", "SUPPORT", "actual")])
    other = report("b", "وقع المدير على الاتفاق بعد ساعات.", events=[("وقع", "SUPPORT", "actual")])
    found = wording(*scene_pair(one, other))
    assert found is not None
    assert found.weight < 0
