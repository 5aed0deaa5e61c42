"""How far a noun phrase reaches: the words for a source, cut where the clause goes on."""

from __future__ import annotations

from khabar.claims.scene import Scene, clitic
from khabar.claims.words import (
    SourceNoun,
    is_people,
    is_verbal_noun,
    media,
    particle,
    reporting_words,
    source_noun,
    steering,
)
from khabar.model import Name
from khabar.text import fold
from khabar.text.quotes import QUOTES

_LONGEST = 9
_ATTACHING = frozenset({"insider", "official", "analyst", "document"})
_PLACED = _ATTACHING | {"title", "honorific", "witness"}
"""What an adjunct of place tells more about, where it is not definite (``نائب من البصرة``, ``خبير في نظم التسليح``)."""
_WHERE = frozenset({"في", "من", "عن", "لدي"})
_ADJUNCT = 5


def is_nisba(folded: str) -> bool:
    """Has the word the ending of a relative adjective (``يمنية``, ``أمني``)?"""
    if len(folded) < 4 or not folded.endswith(("يه", "ي", "يون", "يين", "يان", "يتان", "يات")):
        return False
    return not folded.removeprefix("س").startswith(("ي", "ست")) or is_people(folded)


def is_fused(scene: Scene, at: int) -> bool:
    """Does a name begin in this token behind an attached preposition (``لوكالة الأنباء``)?"""
    name = scene.begins_name(at)
    if name is None:
        return False
    attached = name.span.start > scene.tokens[at].start and scene.word(at)[:1] in "لبك"
    return attached or name.span.text.startswith("لل")


def is_governed(scene: Scene, at: int) -> bool:
    """Does a word carry the preposition ب or ل, so that no noun phrase goes on with it?"""
    word = scene.word(at)
    if word in ("ب", "ل") or word.startswith("لل"):
        return True
    if word.startswith("ب") and particle(word) != "root":
        return clitic(word, "ب") is not None or word[1:] in ("ان", "انه", "انها", "انهم")
    own = word[1:].removesuffix("نا")
    return word.startswith("ل") and source_noun(word) is None and source_noun(own) is not None


def is_imperfect(folded: str) -> bool:
    """Has the word the form of a masculine imperfect verb, as no noun of a source has (``يقدم``, ``سيجري``)?"""
    stem = folded.removeprefix("س")
    return stem.startswith("ي") and len(stem) > 3 and not is_nisba(stem) and particle(folded) != "present"


def _is_hearers(folded: str) -> bool:
    """A definite sound plural that is an object (``الصحفيين``): whoever speaks is in the nominative."""
    return folded.startswith("ال") and folded.endswith("ين")


def _is_object(scene: Scene, first: int, at: int) -> bool:
    """Is a word in the accusative behind a head that is not (``محللون | صداما``), so that it is what is said?"""
    word, head = scene.word(at), scene.word(first)
    indefinite = word.endswith("ا") and len(word) > 3 and not word.endswith("يا") and at not in scene.name_of
    return indefinite and not head.endswith("ا") and source_noun(word) is None and not word.startswith("ال")


def _is_informed(scene: Scene, at: int, first: int) -> bool:
    """``مصدر مطلع``: behind a source it is no preposition (``مطلع الشهر``)."""
    noun = source_noun(scene.word(first)) if scene.word(at) == "مطلع" else None
    return noun is not None and noun.role in _ATTACHING


def is_reporting_noun(folded: str) -> bool:
    """Is the word a noun of speech with a pronoun (``قوله``, ``نفيه``)?"""
    spoken = reporting_words().get(folded)
    return spoken is not None and spoken[1]


def _turns(scene: Scene, first: int, at: int) -> bool:
    """Does definiteness change within the phrase, as it may not (``حكومات غربية | الفيلق``)?"""
    if at == first or {first, at - 1, at} & scene.name_of.keys():
        return False
    word, before, head = scene.word(at), scene.word(at - 1), scene.word(first).removeprefix("و")
    definite = head.startswith(("ال", "لل"))
    if not word.startswith("ال"):
        return definite and not (word.startswith("و") and _joins(word[1:]))
    if definite:
        return not _is_adjective(word, head)
    return at - 1 > first and is_nisba(before) and not before.startswith("ال")


def _joins(folded: str) -> bool:
    """Can a word after و go on with a definite phrase (``الشرطة وشهود``, ``الألمانية والإسبانية``)?"""
    return folded.startswith("ال") or is_nisba(folded) or source_noun(folded) is not None


def _is_adjective(folded: str, head: str) -> bool:
    """May a definite word describe a definite head (``المصادر المطلعة``), so that it is no noun of its own?"""
    agrees = folded.endswith("ه") and head.endswith(("ه", "ات")) and not source_noun(folded)
    participle = folded.startswith("الم") and (folded.endswith("ه") or not head.endswith("ه"))
    return is_nisba(folded) or participle or agrees or particle(folded) == "adjective"


def _hides_name(scene: Scene, at: int) -> bool:
    """Does a clause begin that tells why a source has no name (``رفض الكشف عن اسمه``, ``طلب عدم ذكر اسمه``)?"""
    hiding = scene.word(at + 1) == "عدم" or scene.word(at + 1).removeprefix("ال") in steering("hiding")
    named = any(scene.word(spot) in steering("hidden") for spot in range(at + 2, at + 5))
    return scene.word(at) in reporting_words() and (hiding or named)


def _of_medium(scene: Scene, at: int, first: int) -> bool:
    """Does a verbal noun complete the word for an outlet (``وسائل إعلام``)?"""
    noun = source_noun(scene.word(first)) if at == first + 1 else None
    return noun is not None and noun.role == "outlet"


def _ends_phrase(scene: Scene, at: int, first: int, *, bare: bool) -> bool:
    """Does the noun phrase that began at `first` end before token `at`?"""
    if at in scene.timed or scene.tokens[at].kind == "number":
        return True
    if scene.mark(at):
        return (at in scene.opens and scene.quoted_name(at) is None) or scene.mark(at) not in QUOTES
    if at in scene.name_of:
        return is_fused(scene, at) or (scene.begins_name(at) is not None and is_governed(scene, at))
    if at - 1 in scene.name_of and (not is_nisba(scene.word(at)) or _is_hearers(scene.word(at))):
        return True
    bounds = (
        (scene.stops(at) and not _is_informed(scene, at, first))
        or _hides_name(scene, at)
        or is_imperfect(scene.word(at))
        or _is_object(scene, first, at)
        or is_reporting_noun(scene.word(at))
        or is_governed(scene, at)
        or _turns(scene, first, at)
    )
    return bounds or (bare and is_verbal_noun(scene.word(at)) and not _of_medium(scene, at, first))


def _extent(scene: Scene, first: int, limit: int, *, bare: bool) -> int:
    """The token after the noun phrase that begins at `first`."""
    at = first + 1 if first not in scene.name_of else scene.name_last(first)
    while at < min(limit, first + _LONGEST) and not _ends_phrase(scene, at, first, bare=bare):
        at = scene.name_last(at) if at in scene.name_of else at + 1
    return min(at, limit)


def is_indefinite(scene: Scene, first: int, last: int) -> bool:
    """Has a noun phrase neither article nor name nor pronoun (``مسؤول أمني``), so that its adjuncts narrow it?"""
    words = [scene.word(at) for at in range(first, last) if scene.tokens[at].kind == "word"]
    plain = all(at not in scene.name_of for at in range(first, last))
    return plain and bool(words) and not any("ال" in word[:3] for word in words)


def _tells_where(scene: Scene, at: int, taken: frozenset[str]) -> bool:
    """Does an adjunct of place begin (``في وزارة``, ``من المدينة``, ``بنيروبي``), not one of time or occasion?"""
    if scene.word(at) not in _WHERE:
        name = scene.begins_name(at)
        return name is not None and name.type != "PER" and is_fused(scene, at) and scene.word(at).startswith("ب")
    then = scene.word(at + 1)
    again = any(scene.word(spot) == scene.word(at) for spot in range(at + 2, at + _ADJUNCT + 3))
    if (scene.word(at) in taken and not again) or (is_verbal_noun(then) and source_noun(then) is None):
        return False
    if at + 1 in scene.timed or scene.mark(at + 1) or scene.tokens[min(at + 1, len(scene.tokens) - 1)].kind == "number":
        return False
    classes = {scene.particle(at + 1), particle(then.removeprefix("ال"))}
    return classes <= {"", "demonstrative", "adjective", "root"} and not is_governed(scene, at + 1)


def _attached(
    scene: Scene, first: int, at: int, limit: int, noun: SourceNoun | None, *, bare: bool, taken: frozenset[str]
) -> int:
    """The end of a complement that belongs to the source: ``مصدر في وزارة الدفاع``, ``متحدث باسم الجيش``."""
    if noun is None or at + 1 >= limit:
        return at
    word, speaks = scene.word(at), noun.role == "spokesman" and scene.word(at) in ("باسم", "لدي")
    if speaks or (word in ("في", "من") and noun.role in _ATTACHING and _is_body(scene, at + 1)):
        return _extent(scene, at + 1, limit, bare=bare)
    if noun.role == "document" and scene.begins_name(at) is not None and is_fused(scene, at):
        return scene.name_last(at)
    beside = steering("near") if word == "من" else steering("work") if word == "في" else frozenset()
    if scene.word(at - 1) in beside and noun.role in _ATTACHING:
        return _extent(scene, at + 1, limit, bare=True)
    if noun.role in _PLACED and is_indefinite(scene, first, at) and _tells_where(scene, at, taken):
        return _extent(scene, at + (word in _WHERE), min(limit, at + _ADJUNCT), bare=True)
    stem = clitic(word, "ب") if noun.role in _ATTACHING and at not in scene.name_of else None
    body = source_noun(stem[0]) if stem is not None else None
    if body is not None and body.role == "body":
        return _extent(scene, at, limit, bare=bare)
    return _attached_name(scene, at, noun)


def _is_body(scene: Scene, at: int) -> bool:
    noun, name = source_noun(scene.word(at)), scene.begins_name(at)
    return (name is not None and name.type == "ORG") or (noun is not None and noun.role == "body")


def _is_medium(name: Name) -> bool:
    """A known outlet, or a name that begins with a noun like وكالة: what is said to it is not its own."""
    noun = source_noun(fold(name.span.text).split()[0])
    return name.entity in media() or (noun is not None and noun.role == "outlet")


def _attached_name(scene: Scene, at: int, noun: SourceNoun) -> int:
    name = scene.begins_name(at)
    if name is None or name.type != "ORG" or noun.role not in ("insider", "official", "spokesman"):
        return at
    if is_fused(scene, at) and _is_medium(name):
        return at
    return scene.name_last(at)


def phrase_end(
    scene: Scene,
    first: int,
    limit: int,
    noun: SourceNoun | None,
    *,
    bare: bool,
    taken: frozenset[str] = frozenset(),
) -> int:
    """The token after the noun phrase that begins at `first`, with the body that it belongs to.

    `bare` says that the content may follow without أن, so that a verbal noun ends the phrase; `taken` are the
    prepositions that open the content (``حذر خبراء من ...``), which no adjunct of the source begins with.
    """
    last = _extent(scene, first, limit, bare=bare)
    return max(last, _attached(scene, first, last, limit, noun, bare=bare, taken=taken))
