"""Who says it, where the source stands after the reporting word or phrase."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabar.claims.noun_phrases import (
    is_fused,
    is_governed,
    is_imperfect,
    is_indefinite,
    is_nisba,
    is_reporting_noun,
    phrase_end,
)
from khabar.claims.scene import COMMAS, Scene, clitic
from khabar.claims.words import SourceNoun, is_verbal_noun, particle, source_noun, source_nouns, steering
from khabar.model import Name, SourceKind, Span
from khabar.text.quotes import QUOTES

_FARTHEST = 26
_NEAR = 9
_HELD = frozenset({"title", "honorific", "spokesman"})
_AWAY = frozenset({"مع", "خلال", "بعد", "قبل", "علي", "الي", "ان", "ردا"})
_ABBREVIATED = frozenset({"د", "م", "ا"})
_OWNER = 5
_TO_HIM = frozenset({"له", "لهم", "لها", "لنا"})
_THERE = frozenset({"فيه", "فيها", "فيهما", "لي", "الينا", "اليه", "اليها", "عليه", "عليها", "به", "بها"})
"""What may stand between a verb and its subject (``قال فيها الأمين العام``)."""
_DESCRIBED = frozenset({"official", "analyst", "witness"})


@dataclass(frozen=True, slots=True)
class Source:
    """The words for a source: tokens `first` to `last` (left out) with titles, and the span that names it.

    `rule` is how it was found: a name, the holder of an office, a noun that the tables know, or (``phrase``)
    none of these.
    """

    first: int
    last: int
    span: Span
    kind: SourceKind
    entity: str | None
    noun: SourceNoun | None
    rule: str


def _of_name(scene: Scene, first: int, at: int, name: Name, rule: str, noun: SourceNoun | None = None) -> Source:
    kind: SourceKind = "person" if name.type == "PER" else "organisation"
    return Source(first, scene.name_last(at), name.span, kind, name.entity, noun, rule)


def _crosses(scene: Scene, at: int) -> bool:
    """Does a token end the stretch in which the holder of an office may be named?"""
    word = scene.word(at)
    if word in ("في", "عن"):
        return at + 1 in scene.timed or particle(scene.word(at + 1).removeprefix("ال")) in ("occasion", "adverb")
    abbreviated = scene.mark(at) == "." and scene.word(at - 1) in _ABBREVIATED
    bounds = scene.particle(at) in ("introducer", "relative", "conjunction", "tail") or word in _AWAY
    bounds = bounds or is_reporting_noun(word)
    return bounds or (scene.mark(at) in (":", ".", "«", "“", '"') and not abbreviated)


def holder(scene: Scene, at: int, limit: int) -> int | None:
    """Token at which the holder of the office named at `at` is named (``وزير الخارجية الأميركي جون كيري``)."""
    spot, stop = at, min(limit, at + _FARTHEST)
    while spot < stop and not _crosses(scene, spot) and not _narrows(scene, at, spot):
        name = scene.begins_name(spot)
        if name is not None and name.type == "PER" and not is_fused(scene, spot) and not _owns(scene, spot):
            return _last_person(scene, spot, limit)
        if name is None and spot > at and _is_second_office(scene.word(spot)):
            return None
        spot += 1
    return None


def _narrows(scene: Scene, at: int, spot: int) -> bool:
    """Does an adjunct of a noun without article begin, whose holder is not named (``مستشار لرئيس الوزراء فلان``)?"""
    if spot == at:
        return False
    word, name = scene.word(spot), scene.begins_name(spot)
    adjunct = word in ("في", "من", "عن") or (word.startswith("ل") and is_governed(scene, spot) and len(word) > 1)
    fused = name is not None and word.startswith("ل") and is_fused(scene, spot)
    return (adjunct or fused) and is_indefinite(scene, at, spot)


def _is_led(scene: Scene, at: int) -> bool:
    """Do those whom a man leads stand before token `at` (``قوات``, ``بقوات``)?"""
    return not steering("led").isdisjoint((scene.word(at - 1), scene.word(at - 1)[1:]))


def _owns(scene: Scene, at: int) -> bool:
    """Is it the man whose forces are meant, with the holder of the office behind him (``باسم قوات فلان، فلان``)?"""
    led = _is_led(scene, at)
    last = scene.name_last(at)
    comma = scene.mark(last) == "،"
    other = scene.begins_name(last + comma)
    return led and other is not None and other.type == "PER"


def _last_person(scene: Scene, at: int, limit: int) -> int:
    """Of two persons side by side the second holds the office of the first's (``المتحدث باسم فلان، فلان``)."""
    last = scene.name_last(at)
    if scene.word(at - 1) == "باسم" and scene.mark(last) == "،":
        last += 1
    other = scene.begins_name(last) if last < limit else None
    return last if other is not None and other.type == "PER" else at


def _is_second_office(folded: str) -> bool:
    noun = source_noun(folded) if folded.startswith("و") and folded not in source_nouns() else None
    return noun is not None and noun.role in ("title", "official")


def _of_noun(
    scene: Scene, first: int, limit: int, noun: SourceNoun | None, *, bare: bool, taken: frozenset[str]
) -> Source | None:
    last = phrase_end(scene, first, limit, noun, bare=bare, taken=taken)
    if last - first > 1 and scene.word(last - 1) in steering("belonging") - {"الرسمي"}:
        last -= 1
    span = scene.span(_own_start(scene, first, noun), scene.tokens[last - 1].end)
    if span is None:
        return None
    kind = _kind_of(scene, first, last, noun)
    rule = "noun" if noun else "people" if _is_people(scene.word(first)) else "phrase"
    return Source(first, last, span, kind, _entity(scene, first, last, noun), noun, rule)


def _kind_of(scene: Scene, first: int, last: int, noun: SourceNoun | None) -> SourceKind:
    """The kind of an unnamed source; the holder of an office that is not a certain one is nobody (``وزير سابق``)."""
    if noun is None:
        return _guess(scene.word(first))
    alone = noun.role in ("title", "honorific") and first not in scene.name_of
    then = first + 1 < last and not is_indefinite(scene, first + 1, first + 2)
    certain = "ال" in scene.word(first)[:3] or _is_owned(scene.word(first)) or then
    return "anonymous" if alone and not certain else noun.kind


def _is_owned(folded: str) -> bool:
    """Has a noun an attached pronoun (``سفيرها``), which makes it a certain one?"""
    return folded.endswith(("ها", "هم", "هما", "نا", "ته", "وه", "اليه")) or (
        folded not in source_nouns() and folded.endswith("ه")
    )


def _is_people(folded: str) -> bool:
    """A definite dual or sound plural in the nominative (``الزعيمان``, ``المنظمون``)."""
    return folded.startswith("ال") and folded.endswith(("ان", "ون")) and len(folded) > 6


def _own_start(scene: Scene, at: int, noun: SourceNoun | None) -> int:
    """Where a noun begins behind a conjunction or an attached ل (``ومصادر``, ``لمصادر``)."""
    word = scene.word(at)
    clitics = noun is not None and source_noun(word[1:]) is not None and not word.startswith("لل")
    return scene.skip_clitic(at, "وفل") if clitics and word not in source_nouns() else scene.tokens[at].start


def _guess(folded: str) -> SourceKind:
    """The kind of a source that no table knows: plurals of people are anonymous, the rest are bodies."""
    if folded.startswith("ال") and folded.endswith("ان"):
        return "person"
    if folded.endswith(("ون", "ين")):
        return "anonymous"
    return "organisation" if folded.startswith("ال") or folded.endswith("ه") else "person"


def _entity(scene: Scene, first: int, last: int, noun: SourceNoun | None) -> str | None:
    """The name in the words for a body or its spokesman; an unnamed person or paper has none."""
    if noun is not None and noun.role not in ("body", "outlet", "spokesman", "document"):
        return None
    names = {scene.name_of[at] for at in range(first, last) if at in scene.name_of}
    found = [scene.names[index] for index in sorted(names)]
    bodies = [name for name in found if name.type == "ORG"]
    if bodies:
        return bodies[0].entity
    if len(found) == 1:
        return _led_by(scene, first, found[0])
    return _press_office(scene, first, last) if not found else None


def _led_by(scene: Scene, first: int, name: Name) -> str:
    """``قوات حفتر`` are his forces, not he."""
    led = scene.word(first).removeprefix("و") == "قوات" and name.type == "PER"
    return f"{name.entity} forces" if led else name.entity


def _press_office(scene: Scene, first: int, last: int) -> str | None:
    """``المكتب الإعلامي للقيادة``, ``الحساب الإعلامي الخاص بقوات فلان``: whose office speaks."""
    if not {"الاعلامي", "اعلامي"} & {scene.word(at) for at in range(first, last)}:
        return None
    for at in range(last - 1, min(len(scene.tokens), last + _OWNER)):
        name = scene.begins_name(at)
        if name is not None and (is_fused(scene, at) or _is_led(scene, at)):
            led = scene.word(at - 1).endswith("قوات") and name.type == "PER"
            return f"{name.entity} forces media office" if led else f"{name.entity} media office"
        if at >= last and not is_governed(scene, at) and scene.word(at) not in steering("belonging") | {"قوات"}:
            return None
    return None


def _skip_open(scene: Scene, at: int, limit: int) -> int:
    """Past adverbs, dates, commas and quotation marks before a source (``قال أمس الفريق ...``)."""
    while at < limit and (
        at in scene.timed
        or scene.particle(at) == "adverb"
        or _opens_name(scene, at)
        or (scene.mark(at) in COMMAS and scene.mark(at) != "؛")
        or scene.word(at) in ("معالي", "السيد")
    ):
        at += 1
    return at


def _opens_name(scene: Scene, at: int) -> bool:
    """A bracket, or a quotation mark before a name and not before speech."""
    return scene.mark(at) == "(" or (at in scene.opens and scene.quoted_name(at) is not None)


def _addressee(scene: Scene, at: int, limit: int) -> int:
    """Past an outlet or hearer with ل between a verb and its subject: ``أكدت لـ«الجريدة» مصادر``."""
    word = scene.word(at)
    if word in _TO_HIM:
        return at + 1
    if word == "ل":
        at = (scene.quoted_name(at + 1) or at + 1) if at + 1 in scene.opens else at + 1
        while at < limit and (scene.mark(at) in QUOTES or at in scene.name_of):
            at += 1
        return at
    if at in scene.name_of and scene.name(at) is not None and word.startswith("ل") and is_fused(scene, at):
        return scene.name_last(at)
    return at + 1 if word in _THERE else at


def after(
    scene: Scene,
    at: int,
    limit: int,
    *,
    bare: bool,
    clitics: bool = False,
    taken: frozenset[str] = frozenset(),
) -> Source | None:
    """The source that begins at token `at` or after adverbs; None where the subject is elided.

    `bare` says that the content may follow without أن, so that a verbal noun ends the source;
    `clitics` that the source may carry an attached ل (``وفقا لمصدر``); `taken` are the prepositions that may open
    the content.
    """
    at = _skip_open(scene, at, limit)
    if not clitics:
        at = _skip_open(scene, _addressee(scene, at, limit), limit)
    if at >= limit or scene.mark(at) or scene.tokens[at].kind == "number":
        return None
    name = scene.begins_name(at)
    if name is not None:
        return None if is_fused(scene, at) and not clitics else _named(scene, at, limit, name)
    noun = _head_noun(scene, at) or (_after_lam(scene.word(at)) if clitics else None)
    if noun is None and (scene.stops(at) or _is_elsewhere(scene, at, bare=bare)):
        return None
    return _of_holder(scene, at, limit, noun) or _of_noun(scene, at, limit, noun, bare=bare, taken=taken)


def _head_noun(scene: Scene, at: int) -> SourceNoun | None:
    """The source noun at a token, or behind a demonstrative (``تلك المصادر``, ``نفس المصدر``)."""
    if scene.word(at) == "امام" and not scene.tokens[at].text.startswith("إ"):
        return None
    return source_noun(scene.word(at + 1 if scene.particle(at) == "demonstrative" else at))


_HOWS = re.compile(r".ا..ا|م[^ا].{2,4}ا|.{4,}يا")
"""A circumstantial participle or adjective in the accusative (``ضاحكا``, ``متسائلا``, ``هاتفيا``)."""


def _is_elsewhere(scene: Scene, at: int, *, bare: bool) -> bool:
    """Does an unknown word begin the content or a complement, not a subject?"""
    if (
        scene.word(at) in ("وهو", "وهي", "وهم")
        or _HOWS.fullmatch(scene.word(at))
        or is_imperfect(scene.word(at).removeprefix("و"))
    ):
        return True
    return is_governed(scene, at) or (bare and is_verbal_noun(scene.word(at)))


def _of_holder(scene: Scene, at: int, limit: int, noun: SourceNoun | None) -> Source | None:
    if noun is None or noun.role not in _HELD | _DESCRIBED:
        return None
    spot = holder(scene, at, min(limit, at + (_FARTHEST if noun.role in _HELD else _NEAR)))
    name = scene.name(spot) if spot is not None else None
    if spot is not None and name is not None:
        return _of_name(scene, at, spot, name, "office", noun)
    return _unlisted_holder(scene, at, limit, noun) if noun.role in ("title", "honorific") else None


def _after_lam(folded: str) -> SourceNoun | None:
    """The source noun behind ل; one that begins with ل itself is written with two of them (``للجنة``)."""
    stem = clitic(folded, "ل")
    found = None if stem is None else source_noun(stem[0])
    return source_noun(folded[1:]) if found is None and folded.startswith("لل") else found


def _unlisted_holder(scene: Scene, at: int, limit: int, noun: SourceNoun) -> Source | None:
    """The holder of an office whose name no stage knows: the bare words right behind a definite title.

    ``الرئيس الكيني ويليام روتو``: the article ends with the adjective, so what follows is the name.
    """
    first = at
    while first < limit and (source_noun(scene.word(first)) is not None or _is_article_adjective(scene, first)):
        first += 1
    definite = scene.word(first - 1).startswith("ال") or _is_owned(scene.word(first - 1))
    if first == at or not (definite or noun.role == "honorific"):
        return None
    last = first
    while last < min(limit, first + 3) and _may_be_name(scene, last, first):
        last += 1
    if last - first < 2:
        return None
    span = scene.text.token_span(first, last)
    return Source(at, last, span, "person", None, noun, "office")


def _is_article_adjective(scene: Scene, at: int) -> bool:
    return at not in scene.name_of and scene.word(at).startswith("ال") and is_nisba(scene.word(at))


def _may_be_name(scene: Scene, at: int, first: int) -> bool:
    word = scene.word(at)
    if scene.tokens[at].kind != "word" or at in scene.timed or at in scene.name_of or scene.stops(at):
        return False
    plain = not is_governed(scene, at) and source_noun(word) is None and not is_verbal_noun(word)
    return plain and (at > first or not word.startswith("ال"))


def _named(scene: Scene, at: int, limit: int, name: Name) -> Source:
    """A name, or two joined by و, or a body's name with the adjective after it."""
    last = scene.name_last(at)
    second = scene.begins_name(last) if last < limit else None
    if second is not None and second.type == name.type and second.span.start > scene.tokens[last].start:
        end = scene.name_last(last)
        span = scene.text.span(name.span.start, second.span.end)
        kind: SourceKind = "person" if name.type == "PER" else "organisation"
        return Source(at, end, span, kind, None, None, "names")
    return _of_name(scene, at, at, name, "name")
