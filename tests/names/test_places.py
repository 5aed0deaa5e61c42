"""Which place of the world a name means: candidates, ranked by what else the report names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar import document_from_text
from khabar.export.annotation import from_json, to_json
from khabar.model import Name
from khabar.names import find_names
from khabar.names.atlas import sites
from khabar.pipeline import annotate
from khabar.text import tokenize

pytestmark = pytest.mark.usefixtures("rules_alone")
TOWNS = ["طرابلس", "الزاوية", "الحسكة", "تونس", "الجوف", "البيضاء", "بيروت", "لبنان", "ليبيا", "اليمن", "سوريا"]
WORDS = [*TOWNS, "اللبنانية", "محافظة", "مدينة", "العاصمة", "في", "و،"]


def named(text: str, words: str) -> Name:
    return next(name for name in find_names(tokenize(text)) if name.span.text == words)


@pytest.mark.parametrize(
    ("text", "words", "reference", "entity"),
    [
        ("وصل المبعوث إلى طرابلس", "طرابلس", "geonames:2210247", "Tripoli"),
        ("اشتباكات في طرابلس بين الجيش الليبي ومسلحين", "طرابلس", "geonames:2210247", "Tripoli"),
        ("حريق في طرابلس شمال لبنان، والجيش اللبناني يتدخل", "طرابلس", "geonames:266826", "Tripoli (Lebanon)"),
        ("زار الوفد بيروت ثم طرابلس وصيدا", "طرابلس", "geonames:266826", "Tripoli (Lebanon)"),
        ("هدوء في طرابلس اللبنانية", "طرابلس اللبنانية", "geonames:266826", "Tripoli (Lebanon)"),
        ("ليبيا: معارك في مدينة الزاوية غرب العاصمة طرابلس", "الزاوية", "geonames:2218970", "Zawiya"),
        ("مستوطنون في بلدة الزاوية قرب نابلس، والسلطة الفلسطينية تندد", "الزاوية", "geonames:284485", "*"),
        ("وصلت المساعدات إلى الحسكة في سوريا", "الحسكة", "geonames:173811", "Al-Hasakah"),
        ("أمطار في محافظة الحسكة السورية", "الحسكة", "iso:SY-HA", "Al-Hasakah"),
        ("قبائل في الجوف باليمن", "الجوف", "iso:YE-JA", "Al Jawf"),
        ("قتال في مدينة البيضاء باليمن", "البيضاء", "geonames:79836", "*"),
        ("زار الوفد تونس", "تونس", "iso:TN", "Tunisia"),
        ("عاد إلى تونس العاصمة", "تونس", "geonames:2464470", "Tunis"),
        ("زار عُمان وفد من مسقط", "عُمان", "iso:OM", "Oman"),
        ("وصل إلى واشنطن", "واشنطن", "geonames:4140963", "Washington"),
        (
            "احتجاج في القدس، وإسرائيل تغلق شوارع القدس أمام مستوطنين إسرائيليين",
            "القدس",
            "geonames:7303419",
            "Jerusalem",
        ),
    ],
)
def test_the_place_that_is_meant(text: str, words: str, reference: str, entity: str) -> None:
    name = named(text, words)
    assert name.reference == reference
    assert entity in ("*", name.entity)
    assert name.candidates[0].reference == reference
    assert name.candidates[0].reason


def test_what_stands_beside_one_mention_counts_for_the_others() -> None:
    text = "هدوء في طرابلس اللبنانية بعد ليلة طويلة. وفي طرابلس فتحت المدارس أبوابها"
    assert named(text, "طرابلس").reference == "geonames:266826"


def test_others_stay_candidates() -> None:
    countries = [place.country for place in named("وصل المبعوث إلى طرابلس", "طرابلس").candidates]
    assert set(countries) == {"LY", "LB"}


def test_a_candidate_tells_where_it_lies() -> None:
    place = named("وصلت المساعدات إلى الحسكة في سوريا", "الحسكة").candidates[0]
    assert (place.country, place.level, place.reason) == ("SY", "town", "named with Syria (2 mentions)")
    assert (place.latitude, place.longitude) == (36.5024, 40.7477)


def test_persons_bodies_and_unknown_places_have_none() -> None:
    names = find_names(tokenize("قال خليفة حفتر إن الأمم المتحدة زارت قاعدة الوطية"))
    assert [name.type for name in names] == ["PER", "ORG", "LOC"]
    assert all(not name.candidates for name in names)


def test_countries_come_before_their_capitals() -> None:
    assert [site.level for site in sites("تونس")] == ["country", "town", "province"]


def test_candidates_are_written_and_read_back() -> None:
    found = annotate(document_from_text("انفجار في طرابلس شمال لبنان", published="2020-01-05"))
    written = json.loads(json.dumps(to_json(found)))
    assert written["names"][0]["candidates"][0]["country"] == "LB"
    assert from_json(written).names == found.names
    for name in written["names"]:
        name.pop("candidates", None)
    assert from_json(written).names[0].candidates == ()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_scores_are_a_ranking(text: str) -> None:
    for name in find_names(tokenize(text)):
        scores = [place.score for place in name.candidates]
        assert scores == sorted(scores, reverse=True)
        assert sum(scores) <= 1.003
        assert len({place.reference for place in name.candidates}) == len(scores) <= 5
