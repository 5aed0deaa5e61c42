"""A reporting word in its sentence: who speaks, how far its words reach, where its clause begins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from khabar.claims.antecedents import before
from khabar.claims.contents import Opening, openers
from khabar.claims.cues import Cue
from khabar.claims.memory import Memory, clause_subject, last_named, subject_of, topic_of
from khabar.claims.noun_phrases import is_governed
from khabar.claims.relays import relays_between
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.subjects import Source, after
from khabar.claims.words import particle, steering
from khabar.model import Span, Stance
from khabar.text import Sentence
from khabar.text.quotes import QUOTES

_REACH, _NEAR, _ANONYMOUS = 45, 9, 4
SURE = frozenset({"clause", "colon", "quote", "question"})
"""Openings that leave no doubt that something is said."""
_ADVERBIAL = 12
_UNLESS = frozenset({"غير", "الا", "بيد"})
_HE = frozenset({"وهو", "وهي", "وهم", "هو", "هي"})
_BARE = frozenset({"direct", "whole", "request", "relay"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A claim whose content has a beginning but no end yet.

    `left` is the token at which it cuts off the content of the claim before it, None where it is nested in it;
    `until` the token at which its own content must end; `content` a content that is known already.
    """

    cue: Span | None
    source: Source | None
    via: tuple[Span, ...]
    opening: Opening
    left: int | None
    stance: Stance
    rule: str
    score: float
    until: int | None = None
    content: Span | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A cue in its sentence, with the frames before it and the token that its words cannot pass."""

    scene: Scene
    cue: Cue
    sentence: Sentence
    frames: Sequence[Frame]
    memory: Memory
    limit: int

    @property
    def kinds(self) -> frozenset[str]:
        """What may open the content, and the frames that the word makes."""
        return openers(self.cue.word.openers)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The source of a cue, where the search for its content goes on, and the token at which its clause begins."""

    source: Source | None
    at: int
    clause: int
    elided: bool


def reach(scene: Scene, cue: Cue, later: Iterable[Cue], sentence: Sentence) -> int:
    """The token before which the words of a cue stand: the next coordinated cue, or the sentence's end."""
    stop = min(sentence.last, cue.last + _REACH)
    near = takewhile(lambda other: other.first < stop, later)
    return next((other.first for other in near if _coordinates(scene, other)), stop)


def _coordinates(scene: Scene, cue: Cue) -> bool:
    if any(scene.word(at) in steering("hidden") for at in range(cue.last, cue.last + _ANONYMOUS)):
        return False
    if cue.word.kind == "verb" and scene.word(cue.first - 1) == "كما" and scene.mark(cue.first - 2) in COMMAS:
        return True
    said = cue.word.kind == "participle" and cue.word.lemma != "قال"
    return said or (cue.word.kind == "verb" and cue.prefix in ("و", "ف") and (not cue.pronoun or _names(cue)))


def _names(cue: Cue) -> bool:
    """May a verb with a pronoun stand in a clause of its own (``وقدرتهم الشرطة ب...``, ``ووصفته المنظمة ب...``)?"""
    return bool(cue.word.openers & {"whole", "label", "estimate"})


def _elided(site: Site) -> Source | None:
    """The source of a cue that has no subject: of the cue before it, of the sentence, or the last one that spoke."""
    if site.frames:
        main = next((frame for frame in reversed(site.frames) if frame.left is not None), site.frames[-1])
        return main.source
    if site.cue.prefix == "ف" and (found := topic_of(site.scene, site.sentence, site.cue.first)) is not None:
        return site.memory.resolve(site.scene, found)
    found = clause_subject(site.scene, site.sentence, site.cue.first, site.cue.gender)
    if found is not None:
        return site.memory.resolve(site.scene, found)
    topic = particle(site.scene.word(site.sentence.first).removeprefix("و")) == "preposition"
    if site.cue.first - site.sentence.first > 2 and not topic:
        found = subject_of(site.scene, site.sentence, site.cue.first, site.cue.gender)
        if found is not None:
            return found
    return site.memory.last_of(site.cue.gender) or last_named(site.scene, site.cue.first)


def speaker_of(site: Site) -> Speaker:
    """The source of a cue: before it, after it, or elided."""
    scene, cue = site.scene, site.cue
    ahead = _ahead(site)
    if ahead is not None:
        return Speaker(site.memory.resolve(scene, ahead), cue.last, ahead.first, False)
    if cue.word.kind == "noun" and (renewed := _renewed(site)) is not None:
        return Speaker(site.memory.resolve(scene, renewed), cue.last, cue.first, False)
    if cue.word.kind == "participle" or (cue.word.kind == "noun" and cue.pronoun):
        return Speaker(_elided(site), cue.last, cue.first, True)
    found = after(scene, cue.last, site.limit, bare=bool(site.kinds & _BARE), taken=site.kinds)
    if found is None or _has_ended(cue) or _is_object(site, found) or _disagrees(site, found):
        return Speaker(_elided(site), cue.last, cue.first, True)
    return Speaker(site.memory.resolve(scene, found), found.last, cue.first, False)


def _is_object(site: Site, found: Source) -> bool:
    """Is what follows a call the one called upon (``ودعا دول العالم إلى``, ``وحث المواطنين على``)?

    Not behind a pronoun, which is that already (``اتهمتها المعارضة ب``).
    """
    if site.cue.pronoun:
        return False
    if "laid" in site.kinds and _is_laid_on(site, found):
        return True
    if site.cue.word.lemma == "طالب" and _is_demanded_of(site, found):
        return True
    if "call" not in site.kinds or found.rule not in ("noun", "people", "phrase"):
        return False
    head = site.scene.word(found.first)
    feminine = head.endswith(("ه", "ات")) or head in steering("plural")
    disagrees = site.cue.gender == "masculine" and feminine
    return disagrees or head.endswith("ين") or (site.cue.prefix == "و" and head in steering("people"))


def _is_demanded_of(site: Site, found: Source) -> bool:
    """``حذرت السفيرة من ...، وطالبت موسكو بالكف``: a body behind a verb that goes on with the speaker before."""
    said = next((frame for frame in reversed(site.frames) if frame.left is not None), None)
    goes_on = site.cue.prefix == "و" and said is not None and said.source is not None
    return goes_on and found.kind == "organisation" and site.scene.word(found.last)[:1] == "ب"


def _has_ended(cue: Cue) -> bool:
    """A verb in the plural has its subject before it (``وحذروا الشركات``): before a subject it is singular."""
    return cue.word.kind == "verb" and not cue.pronoun and cue.folded.endswith(("وا", "ون"))


def _is_laid_on(site: Site, found: Source) -> bool:
    """``واتهم الحكومة بالتقصير``: a short noun phrase, no person of the tables, with ب right behind it."""
    nobody = found.noun is None or found.noun.role in ("body", "document")
    short = found.rule in ("noun", "phrase") and found.last - found.first < _NEAR // 2
    return nobody and short and site.scene.word(found.last)[:1] == "ب" and is_governed(site.scene, found.last)


def _disagrees(site: Site, found: Source) -> bool:
    """Has the verb another gender than the noun, so that it is its object (``يستبعد ضربة``, ``أبلغت الوزير``)?"""
    if site.cue.word.kind != "verb" or found.rule not in ("noun", "phrase"):
        return False
    at = found.first + (site.scene.particle(found.first) == "demonstrative")
    feminine = site.scene.word(at).endswith(("ه", "ات"))
    if site.cue.gender == "feminine":
        return found.noun is not None and found.noun.role in ("title", "honorific") and not feminine
    return site.cue.gender == "masculine" and feminine and at not in site.scene.name_of


def _renewed(site: Site) -> Source | None:
    """Who says it again: ``جدد الوزير دعوته إلى ...``."""
    scene, cue = site.scene, site.cue
    for at in range(cue.first - 1, max(site.sentence.first, cue.first - _NEAR) - 1, -1):
        if scene.particle(at) == "renewal" or particle(scene.word(at).removeprefix("و")) == "renewal":
            return after(scene, at + 1, cue.first, bare=False)
    return None


def _ahead(site: Site) -> Source | None:
    """The source before a verb that no conjunction separates from it."""
    if site.cue.word.kind != "verb" or site.cue.prefix or site.cue.pronoun:
        return None
    floor = max(site.sentence.first, site.frames[-1].opening.token if site.frames else 0)
    found = before(site.scene, site.cue.first, floor)
    return None if found is not None and _disagrees(site, found) else found


def left_of(site: Site, speaker: Speaker) -> int | None:
    """Where the frame's clause begins, if it is coordinated with what stands before it and not inside it."""
    scene, cue = site.scene, site.cue
    if cue.pronoun and not cue.prefix and "estimate" not in site.kinds:
        return None
    if scene.particle(cue.first - 1) == "relative":
        return cue.first - 1
    if scene.word(cue.first - 1) == "ما":
        return None
    at = clause = speaker.clause
    while at > site.sentence.first and (width := joint(scene, at - 1)):
        at -= width
    if at < clause or cue.word.kind == "participle" or cue.prefix in ("و", "ف"):
        return at
    while at > site.sentence.first and (at - 1 in scene.timed or scene.tokens[at - 1].kind == "number"):
        at -= 1
    heads = at == site.sentence.first or scene.mark(at - 1) not in QUOTES | {""}
    return at if heads else _before_adverbial(site, speaker, at)


def _before_adverbial(site: Site, speaker: Speaker, at: int) -> int | None:
    """The start of a clause with an adverbial before its verb (``وفي القاهرة دعا نواب``, ``بعد ساعة نفى الوزير``)."""
    scene, cue, sentence = site.scene, site.cue, site.sentence
    if speaker.elided or speaker.source is None or cue.word.kind != "verb" or scene.particle(cue.first):
        return None
    first = at
    while first > max(sentence.first, at - _ADVERBIAL) and not scene.mark(first - 1):
        first -= 1
    word = scene.word(first)
    heads = first == sentence.first or (scene.mark(first - 1) in COMMAS and word[:1] == "و")
    opens = "preposition" in (scene.particle(first), particle(word.removeprefix("و"))) or first in scene.timed
    return first if heads and first < at and opens else None


def joint(scene: Scene, at: int) -> int:
    """How many tokens that end at `at` join a clause to what stands before it (``لكن``, ``غير أنه``, ``في حين``)."""
    if scene.particle(at) in ("conjunction", "auxiliary", "relative", "negation") or scene.word(at) in _HE:
        return 1
    pair = (scene.word(at - 1), scene.word(at))
    if pair[0].removeprefix("و") == "من" and pair[1] in steering("side"):
        return 2
    if pair[1][:2] == "ان" and pair[0].removeprefix("و") in _UNLESS:
        return 2
    return 2 if pair in (("في", "حين"), ("في", "وقت")) else 0


def frame_at(site: Site, speaker: Speaker, begun: Opening, rule: str, score: float) -> Frame:
    """The frame of a cue whose speaker and opening are known, with the outlets that stand between them."""
    cue = site.cue
    via = relays_between(site.scene, cue.last, begun.token, speaker.source)
    left = None if cue.word.kind == "noun" else left_of(site, speaker)
    span = site.scene.text.span(cue.start, cue.end)
    return Frame(span, speaker.source, via, begun, left, cue.word.stance, rule, score)
