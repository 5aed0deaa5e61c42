"""Claims: the case tables, and what holds for every text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khabar.claims import find, find_claims
from khabar.claims.learned import Opinion, Seen
from khabar.lexicon import table
from khabar.model import Claim, Name, Span
from khabar.text import tokenize

CASES = Path(__file__).parent / "cases"


@pytest.fixture(autouse=True)
def _rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No encoder, as where its weights are not installed."""
    monkeypatch.setattr(find, "opinion", lambda text: None)


def _rows(name: str) -> list[tuple[str, str, str]]:
    lines = (CASES / f"{name}.tsv").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(text.replace("\\n", "\n"), names, claims) for text, names, claims in cells]


def _names(text: str, marked: str) -> list[Name]:
    found = []
    for form, kind in (item.split("=") for item in marked.split(";") if item):
        at = text.find(form)
        while at >= 0:
            found.append(Name(Span(at, at + len(form), form), kind, form, "case", 1.0))  # type: ignore[arg-type]
            at = text.find(form, at + 1)
    return found


def _shown(claim: Claim) -> str:
    cue, source = (span.text if span else "-" for span in (claim.cue, claim.source))
    return f"{cue} | {source} | {claim.source_kind} | {claim.stance} | {claim.content.text}"


def _found(text: str, names: str) -> list[str]:
    return [_shown(claim) for claim in find_claims(tokenize(text), _names(text, names), ())]


def _expected(claims: str) -> list[str]:
    return [claim.strip() for claim in claims.split(";;") if claim.strip()]


@pytest.mark.parametrize(("text", "names", "claims"), _rows("wild") + _rows("synthetic") + _rows("negative"))
def test_cases(text: str, names: str, claims: str) -> None:
    assert _found(text, names) == _expected(claims)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "names", "claims"), _rows("known_failures"))
def test_known_failures(text: str, names: str, claims: str) -> None:
    assert _found(text, names) == _expected(claims)


def test_the_relay_stands_beside_the_innermost_source() -> None:
    text = tokenize("نقلت صحيفة الميزان عن مسؤول ليبي قوله إن الاتفاق جاهز.")
    (claim,) = find_claims(text, (), ())
    assert [span.text for span in claim.via] == ["صحيفة الميزان"]


def test_a_named_source_gives_its_entity() -> None:
    text = "قال فائز السراج إن الهدنة قائمة. وأضاف أن الحوار مستمر."
    found = find_claims(tokenize(text), _names(text, "فائز السراج=PER"), ())
    assert [claim.source_entity for claim in found] == ["فائز السراج", "فائز السراج"]


@pytest.mark.parametrize(
    ("text", "evidence", "distance"),
    [
        ("قال شهود عيان إن الطلقات كثيرة.", "seen", None),
        ("قال السائق إنه رأى رجلين يفران.", "seen", None),
        ("قالت الوزارة إنها رأت أن التأجيل أفضل.", None, None),
        ("قال الحارس إنه سمع انفجارين.", "heard", None),
        ("علمت الصحيفة من مصدر أمني أن الاتفاق جاهز.", "heard", None),
        ("يرجح خبراء أن يرتفع السعر.", "inferred", None),
        ("زعم الناطق أن الطريق آمن.", None, "alleged"),
        ("قال الوزير إن «العدوان» مستمر منذ أيام.", None, "scare-quotes"),
        ("قال الوزير إن الطريق مفتوح منذ أيام.", None, None),
    ],
)
def test_how_it_is_known_and_how_far_the_outlet_stands(text: str, evidence: str | None, distance: str | None) -> None:
    (claim,) = find_claims(tokenize(text), (), ())
    assert (claim.evidence, claim.distance) == (evidence, distance)


def test_what_somebody_calls_something_is_not_what_the_outlet_calls_it() -> None:
    found = find_claims(tokenize("أدان الحزب ما وصفه الوزير بالمؤامرة."), (), ())
    assert [claim.distance for claim in found] == [None, "so-called"]


def _sure(text: str, cue: str, source: str = "", stance: str = "") -> Opinion:
    """The view of an encoder that is sure of one cue, one source and the stance of all."""
    tokens = tokenize(text).tokens
    cues = [0.95 if token.text == cue else 0.0 for token in tokens]
    sources = tuple(Seen(at, at + 1, "anonymous", 0.9) for at, token in enumerate(tokens) if token.text == source)
    return Opinion(cues, sources, [(stance, 0.9)] * len(tokens) if stance else ())


@pytest.mark.parametrize(
    ("text", "sure", "shown"),
    [
        (
            "أوقفته الشرطة بعد تغريدة رأى فيها الناشط أن القانون جائر.",
            {"cue": "رأى"},
            "رأى | الناشط | person | assert | القانون جائر",
        ),
        (
            "بلغ عدد المفقودين، بحسب ذويهم، 20 شخصا.",
            {"cue": "بحسب", "source": "ذويهم"},
            "بحسب | ذويهم | anonymous | assert | 20 شخصا",
        ),
        (
            "قال الوزير إنه لا يعرف الرجل.",
            {"cue": "قال", "stance": "assert"},
            "قال | الوزير | person | assert | لا يعرف الرجل",
        ),
    ],
)
def test_the_encoder_seconds_what_the_rules_do_not_dare(
    text: str, sure: dict[str, str], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown not in _found(text, "")
    monkeypatch.setattr(find, "opinion", lambda _: _sure(text, **sure))
    assert shown in _found(text, "")


def test_the_claim_says_that_the_encoder_seconded_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "أوقفته الشرطة بعد تغريدة رأى فيها الناشط أن القانون جائر."
    monkeypatch.setattr(find, "opinion", lambda _: _sure(text, "رأى"))
    (claim,) = find_claims(tokenize(text), (), ())
    assert claim.rule == "verb clause+model"


def test_ids_follow_the_text() -> None:
    text = "قالت مصادر إن الطريق مغلق. وأضافت أن الجسر سليم. غادر الوفد، بحسب شهود عيان."
    found = find_claims(tokenize(text), (), ())
    assert [claim.id for claim in found] == ["c1", "c2", "c3"]
    assert [claim.cue.start for claim in found if claim.cue] == sorted(claim.cue.start for claim in found if claim.cue)


_WORDS = [form for name in ("reporting_verbs", "source_nouns", "attribution_phrases", "claim_particles")
          for row in table(name)[::7] for form in row["form"].split("|")]  # fmt: skip
_PIECES = st.sampled_from(
    [*_WORDS, "أن", "إن", "الطريق", "مغلق", "،", ".", ":", '"', "«", "»", "(", "\n", "ب", "لل", "2019"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_every_span_stands_in_the_text(text: str) -> None:
    for claim in find_claims(tokenize(text), (), ()):
        for span in (claim.cue, claim.source, claim.content, *claim.via):
            if span is not None:
                assert text[span.start : span.end] == span.text
                assert span.text == span.text.strip(' \n.,،؛:«»"')


def test_time_grows_with_the_length_only() -> None:
    text = tokenize(
        "قالت مصادر أمنية إن الطريق مغلق، مشيرة إلى وجود ألغام، بحسب صحيفة محلية، وأضافت أن الجسر سليم " * 1500
    )
    assert len(find_claims(text, (), ())) > 3000
