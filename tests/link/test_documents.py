"""Copies, stories, roots and happenings over hand-made documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from khabar.export.links import links_to_json
from khabar.link import link
from khabar.link.credits import credits
from khabar.model import Annotated, Claim, Figure, Span

Maker = Callable[..., Annotated]
AGENCY = (
    "وصل وزير الخارجية النرويجي إلى ميناء الحديدة صباح الاثنين في زيارة تستمر يومين. "
    "وقال مصدر في الوفد لوكالة رويترز إن الوزير سيبحث خطة لإصلاح أرصفة الميناء المتضررة. "
    "وتعهدت أوسلو الشهر الماضي بمنحة قدرها عشرة ملايين دولار لبرنامج الأغذية العالمي."
)
OWN = (
    "في تعليق على جولة الوزير النرويجي رأى محللون أن أوسلو تبحث عن دور في ميناء الحديدة. "
    "ويخشى تجار المدينة أن تتأخر أعمال إصلاح الأرصفة كما تأخرت في العام الماضي."
)
FAR = "فاز المنتخب الوطني لكرة اليد على ضيفه في مباراة ودية أقيمت في صالة المدينة الرياضية."


def copies_of(documents: list[Annotated]) -> list[tuple[str, str]]:
    return [(copy.first, copy.second) for copy in link(documents).copies]


def test_a_copy_is_found_and_the_earlier_is_first(report: Maker) -> None:
    later = report("a", AGENCY.replace("صباح الاثنين", "أمس الاثنين"), "2024-05-02")
    assert copies_of([later, report("b", AGENCY, "2024-05-01"), report("c", OWN)]) == [("b", "a")]


def test_a_copy_inside_a_longer_report_is_found(report: Maker) -> None:
    assert copies_of([report("a", AGENCY), report("b", AGENCY + " " + OWN, "2024-05-03")]) == [("a", "b")]


def test_a_copy_has_the_root_of_its_origin(report: Maker) -> None:
    uncredited = AGENCY.replace(" لوكالة رويترز", "")
    roots = dict(link([report("a", AGENCY), report("b", uncredited), report("c", OWN, outlet="Gazette")]).roots)
    assert roots == {"a": ("Reuters",), "b": ("Reuters",), "c": ("Gazette",)}


def test_copies_without_an_agency_have_the_root_of_the_earliest(report: Maker) -> None:
    documents = [report("a", OWN, "2024-05-02", outlet="Mirror"), report("b", OWN, "2024-05-01", outlet="Gazette")]
    assert dict(link(documents).roots) == {"a": ("Gazette",), "b": ("Gazette",)}


def test_an_outlet_that_is_an_agency_is_a_root(report: Maker) -> None:
    documents = [report("a", FAR, outlet="وكالة الضفاف للأنباء"), report("b", OWN + " وفقا لوكالة الضفاف.")]
    assert dict(link(documents).roots) == {"a": ("وكالة الضفاف",), "b": ("وكالة الضفاف",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الرياض - واس: استقبل الأمير السفير.", ("Saudi Press Agency",)),
        ("استقبل الأمير السفير في قصره وبحث معه العلاقات. (أ.ف.ب)", ("Agence France-Presse",)),
        ("نقلت وكالة «رويترز» عن مسؤول قوله إن المفاوضات بدأت.", ("Reuters",)),
        ("زار السفير مدينة بترا الأثرية برفقة أسرته واطلع على معالمها.", ()),
        ("خرج المتظاهرون في بغداد اليوم مطالبين بالخدمات، بحسب وكالة المخابرات.", ()),
        ("ذكرت وكالة أنباء محلية أن الطريق أغلق.", ()),
        ("تقع الجزيرة الفرنسية في المحيط، وهي مقصد للسياح من أنحاء العالم كله.", ()),
    ],
)
def test_credits(text: str, expected: tuple[str, ...]) -> None:
    assert credits(text) == expected


def test_stories_hold_related_reports_and_leave_the_others_alone(report: Maker) -> None:
    stories = link([report("a", AGENCY), report("b", OWN), report("c", FAR)]).stories
    assert [story.documents for story in stories] == [("a", "b")]


def test_old_matters_are_other_stories(report: Maker) -> None:
    assert link([report("a", AGENCY), report("b", OWN, "2019-05-01")]).stories == ()


def test_copies_tell_of_one_happening_with_one_root(report: Maker) -> None:
    events = [("زيارة", "CONSULT", "actual")]
    (happening,) = link([report("a", AGENCY, events=events), report("b", AGENCY, events=events)]).happenings
    assert [mention.document for mention in happening.mentions] == ["a", "b"]
    assert (happening.support, happening.independent, happening.roots) == ("single-source", 1, ("Reuters",))
    assert "Reuters" in happening.reason
    assert "Reuters" in happening.reason_ar


def test_two_roots_corroborate(report: Maker) -> None:
    one = report("a", AGENCY, events=[("زيارة", "CONSULT", "actual")], who=["Norway"])
    text = "زار وزير الخارجية النرويجي ميناء الحديدة وبحث إصلاح أرصفته، كما أعلنت إدارة الميناء."
    other = report("b", text, outlet="Gazette", events=[("زار", "CONSULT", "actual")], who=["Norway"])
    (happening,) = link([one, other]).happenings
    assert (happening.support, happening.roots) == ("corroborated", ("Gazette", "Reuters"))


def test_a_plan_and_its_happening_are_one_event_with_both_phases(report: Maker) -> None:
    plan = "يزور وزير الخارجية النرويجي ميناء الحديدة الأسبوع المقبل لبحث إصلاح أرصفته."
    done = "زار وزير الخارجية النرويجي ميناء الحديدة اليوم وبحث إصلاح أرصفته."
    documents = [
        report("a", plan, "2024-05-01", events=[("يزور", "CONSULT", "future")], who=["Norway"]),
        report("b", done, "2024-05-06", events=[("زار", "CONSULT", "actual")], who=["Norway"]),
    ]
    (visit,) = link(documents).happenings
    assert (visit.status, len(visit.mentions)) == ("actual", 2)
    assert [(value.document, value.value) for value in visit.values if value.slot == "happened"] == [
        ("a", "future"),
        ("b", "actual"),
    ]


def test_what_is_announced_after_it_was_told_as_done_is_something_else(report: Maker) -> None:
    done = "زار وزير الخارجية النرويجي ميناء الحديدة وبحث إصلاح أرصفته."
    plan = "يزور وزير الخارجية النرويجي ميناء الحديدة مرة أخرى قريبا."
    documents = [
        report("a", done, "2024-05-01", events=[("زار", "CONSULT", "actual")], who=["Norway"]),
        report("b", plan, "2024-05-06", events=[("يزور", "CONSULT", "future")], who=["Norway"]),
    ]
    assert [happening.status for happening in link(documents).happenings] == ["actual", "future"]


def test_two_events_of_one_report_stay_two(report: Maker) -> None:
    text = "قصفت المدفعية الحي الشرقي صباحا. ثم قصف الطيران الحي الغربي مساء."
    events = [("قصفت", "ASSAULT", "actual"), ("قصف الطيران", "ASSAULT", "actual")]
    assert len(link([report("a", text, events=events), report("b", text, events=events)]).happenings) == 2


def test_three_accounts_of_what_was_hit(report: Maker) -> None:
    texts = {
        "a": "قالت القيادة إن القصف في الميناء استهدف مستودع ذخيرة تركيا.",
        "b": "أعلن الناطق أن القصف في الميناء استهدف سفينة محملة بالسلاح.",
        "c": "أكد رئيس الحكومة أن القصف في الميناء استهدف باخرة أغنام.",
    }
    documents = [report(id, text, events=[("القصف", "ASSAULT", "actual")]) for id, text in texts.items()]
    (happening,) = link(documents).happenings
    assert [value.value for value in happening.values if value.slot == "target"] == [
        "مستودع ذخيرة تركيا", "سفينة محملة بالسلاح", "باخرة أغنام",
    ]  # fmt: skip
    assert happening.support == "disputed"


def test_one_target_in_two_spellings_is_no_dispute(report: Maker) -> None:
    texts = {
        "a": "قالت القيادة إن القصف في المدينة أصاب ليلا مركزاً لاحتجاز المهاجرين.",
        "b": "أعلن الناطق أن القصف في المدينة استهدف مركز احتجاز المهاجرين.",
    }
    events = [("القصف", "ASSAULT", "actual")]
    documents = [report(id, text, events=events, who=["Air Force"]) for id, text in texts.items()]
    assert [happening.support for happening in link(documents).happenings] == ["corroborated"]


def test_many_agencies_quoted_for_a_remark_each_are_no_roots(report: Maker) -> None:
    text = OWN * 3 + " وقال تاجر لوكالة رويترز إن العمل توقف. وقال عامل لوكالة فرانس برس إنه ينتظر أجره."
    assert credits(text) == ()


def test_links_do_not_depend_on_the_order_of_documents(report: Maker) -> None:
    events = [("زيارة", "CONSULT", "actual")]
    documents = [
        report("a", AGENCY, events=events), report("b", AGENCY + OWN, "2024-05-02", events=events),
        report("c", OWN, "2024-05-03"), report("d", FAR),
    ]  # fmt: skip
    expected = link(documents)
    assert expected == link(documents[::-1]) == link(documents[2:] + documents[:2])


def test_json_points_at_the_triggers(report: Maker) -> None:
    documents = [report("a", AGENCY, events=[("زيارة", "CONSULT", "actual")])]
    written = links_to_json(link(documents), documents)
    (trigger,) = written["events"][0]["mentions"][0]["triggers"]
    assert AGENCY[trigger["start"] : trigger["end"]] == trigger["text"] == "زيارة"
    assert written["roots"] == {"a": ["Reuters"]}


@pytest.mark.parametrize("published", [None, "9999-12-31", "2024", "2024-13-45", "0001-01-01"])
def test_strange_dates(report: Maker, published: str | None) -> None:
    assert len(link([report("a", AGENCY, published), report("b", AGENCY, published)]).copies) == 1


def test_empty_and_tiny_documents(report: Maker) -> None:
    documents = [report("a", ""), report("b", "."), report("c", "نعم"), report("d", "ن", names=[("ن", "PER", "N")])]
    assert link(documents).happenings == ()


def test_hundreds_of_copies_of_one_text(report: Maker) -> None:
    events = [("زيارة", "CONSULT", "actual")]
    documents = [report(f"d{number:04}", AGENCY, events=events) for number in range(300)]
    links = link(documents)
    assert [len(happening.mentions) for happening in links.happenings] == [300]
    assert len(links.copies) == 299


def test_a_report_that_names_a_thousand_people(report: Maker) -> None:
    words = [f"{given} {family}" for given in ("سالم", "رامي", "منذر", "غسان") for family in _families(250)]
    text = " ، ".join(words)
    links = link([report("a", text, names=[(name, "PER", name) for name in words])])
    assert 0 < len(links.entities) <= 1000


def _families(number: int) -> list[str]:
    letters = "بتجدرسفكلمنشعق"
    return [
        "ال" + letters[n % 14] + letters[n // 14 % 14] + "ا" + letters[n * 5 % 14] + letters[n // 196]
        for n in range(number)
    ]


def claimed(document: Annotated, trigger: str, source: str, stance: str) -> Annotated:
    """The document with one claim over all of its text that tells its first event."""
    text = document.document.text
    content = Span(0, len(text), text)
    claim = Claim("c1", None, None, "organisation", source, (), content, stance, "test", 1.0)  # type: ignore[arg-type]
    return replace(document, claims=(claim,), events=(replace(document.events[0], claims=("c1",)),))


def test_what_one_affirms_and_another_denies_is_disputed(report: Maker) -> None:
    text = "قصف الطيران مركز المهاجرين في الضاحية الشرقية ليلا"
    events = [("قصف", "ASSAULT", "actual")]
    told = claimed(report("a", text, events=events), "قصف", "Ambulance Service", "assert")
    denied = claimed(report("b", text, events=events), "قصف", "Air Force", "deny")
    (happening,) = link([told, denied]).happenings
    assert happening.support == "disputed"
    (alone,) = link([denied]).happenings
    assert alone.support == "denied"


@pytest.mark.parametrize("text", ["ليس له ضلوع في قصف المركز", "ليس ل قصف علاقة ب الحدود"])
def test_who_denies_a_part_in_it_does_not_deny_that_it_happened(report: Maker, text: str) -> None:
    denied = claimed(report("b", text, events=[("قصف", "ASSAULT", "actual")]), "قصف", "Air Force", "deny")
    (happening,) = link([denied]).happenings
    assert happening.support != "denied"


def test_a_report_that_opens_with_the_unnamed_has_its_outlet_as_root(report: Maker) -> None:
    document = report(
        "a", "قالت مصادر إن الوفد سيبحث فتح الطريق وإصلاح الجسر القديم. ونفى الوزير ذلك.", outlet="Gazette"
    )
    text = document.document.text
    contents = [Span(14, 55, text[14:55]), Span(60, 68, text[60:68])]
    claims = (
        Claim("c1", None, None, "anonymous", None, (), contents[0], "assert", "test", 1.0),
        Claim("c2", None, None, "person", "Minister", (), contents[1], "deny", "test", 1.0),
    )
    assert link([replace(document, claims=claims)]).roots == (("a", ("Gazette",)),)


def counted(document: Annotated, words: str, number: float) -> Annotated:
    """The document with one figure of dead, of its only event."""
    span = Span(start := document.document.text.index(words), start + len(words), words)
    figure = Figure(span, number, number, False, "person", "قتيلا", "dead", None, None, None, "e1", False, "test", 1.0)
    return replace(document, figures=(figure,))


@pytest.mark.parametrize(("days", "support"), [(("01", "02"), "corroborated"), (("01", "01"), "disputed")])
def test_a_toll_that_grows_by_the_day_is_a_series(report: Maker, days: tuple[str, str], support: str) -> None:
    documents = [
        counted(
            report(
                outlet, f"أوقع القصف على سوق الضاحية الشرقية {toll} قتيلا.", f"2024-05-{day}",
                events=[("القصف", "ASSAULT", "actual")],
            ),
            str(toll), toll,
        )
        for outlet, day, toll in zip("ab", days, (40, 53), strict=True)
    ]  # fmt: skip
    (happening,) = link(documents).happenings
    assert [value.low for value in happening.values if value.slot == "dead"] == [40, 53]
    assert happening.support == support


def test_what_was_hit_is_told_after_the_attack_and_not_by_who_denies_it(report: Maker) -> None:
    text = "قصف الطيران مركز المهاجرين في الضاحية. وقال الناطق إن الهدف كان مستودع أسلحة."
    document = report("a", text, events=[("قصف", "ASSAULT", "actual")])
    (happening,) = link([document]).happenings
    assert [value.value for value in happening.values if value.slot == "target"] == ["مستودع أسلحة"]
    content = Span(start := text.index("الهدف"), len(text) - 1, text[start:-1])
    denial = Claim("c1", None, None, "organisation", "Army", (), content, "deny", "test", 1.0)
    (happening,) = link([replace(document, claims=(denial,))]).happenings
    assert not [value for value in happening.values if value.slot == "target"]
