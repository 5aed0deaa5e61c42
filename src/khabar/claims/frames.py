"""Which reporting words report something, and the frame that each makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.claims.constructions import FRAMED, FRAMING, RULES, told_in_passive
from khabar.claims.cues import Cue, is_passive
from khabar.claims.memory import Memory
from khabar.claims.objects import about, called_upon
from khabar.claims.scene import Scene
from khabar.claims.sites import SURE, Frame, Site
from khabar.claims.subjects import Source
from khabar.claims.words import particle
from khabar.text import Sentence

_KNOWN = frozenset({"name", "names", "office", "noun", "people", "short"})
_BACK = frozenset({"فيها", "فيه", "بها", "به", "لها", "له", "عنها", "عنه"})
_NAMING = frozenset({"ما", "من", "لمن", "بما", "مما", "لما", "عما"})
_UNOWNED = frozenset({"passive", "impersonal", "unowned"})
_BREAKS = frozenset({"بعد", "قبل", "الرغم", "رغم"})
_WHEN = frozenset({"بعد", "قبل", "منذ"})
_WHILE = frozenset({"بعدما", "بينما", "فيما", "حين", "حينما", "عندما", "مثلما"})
_MEANWHILE = frozenset({"وهو", "وهي", "وهم"})
_QUOTED = frozenset({"quote before", "quote around", "inserted"})
_FAR, _NEAR = 26, 12
_SURE_CUE, _SECONDED = 0.8, 0.6


def _stands_free(site: Site, frame: Frame) -> bool:
    """Is the cue no verb inside what somebody else says, and no homograph (بين, يرى) inside a clause?"""
    cue = site.cue
    relative = site.scene.particle(cue.first - 1) == "relative"
    if cue.prefix == "و" and site.scene.particle(cue.first - 2) == "relative":
        return False
    if relative and (site.scene.word(cue.last) in _BACK or "impersonal" in site.kinds or "within" in site.kinds):
        return False
    if cue.word.kind == "participle":
        return not _adjectival(site)
    if _goes_on(site, frame):
        return False
    if cue.word.kind == "noun" or (frame.left is not None and not _inside(site, frame)):
        return True
    if "strict" in cue.word.openers or "strict-عن" in cue.word.openers:
        return False
    named = cue.pronoun and site.scene.word(cue.first - 1) in _NAMING
    return named or _is_dated_by(site, frame) or (frame.opening.by in SURE and not _inside(site, frame))


def _is_dated_by(site: Site, frame: Frame) -> bool:
    """Does a clause with a speaker of its own only say when (``بعدما هددت موسكو ب...``, ``قبل أن ينفي المدير ...``)?"""
    scene, at = site.scene, site.cue.first - 1
    if frame.source is None or frame.source.first < site.cue.last or site.cue.word.kind != "verb":
        return False
    after_that = scene.word(at) == "ان" and scene.word(at - 1).removeprefix("و") in _WHEN
    word = scene.word(at).removeprefix("و")
    return after_that or word in _WHILE or word.removeprefix("ف") in _WHILE


def _goes_on(site: Site, frame: Frame) -> bool:
    """Is the verb the predicate of what is said, behind an aside (``قال إن البرلمان، وهو منتخب، يشترط ...``)?

    Or what somebody does while speaking (``«...»، يضيف وهو يشير إلى النهر``)?
    """
    cue = site.cue
    if cue.word.kind != "verb" or cue.prefix or cue.pronoun or not site.frames:
        return False
    before = site.scene.word(cue.first - 1)
    if before in _MEANWHILE and frame.opening.by not in SURE and site.frames[-1].rule in _QUOTED:
        return True
    imperfect = site.scene.word(cue.first)[:1] in "يت" and site.scene.mark(cue.first - 1) == "،"
    return imperfect and frame.source is site.frames[-1].source and frame.rule not in _QUOTED


def _adjectival(site: Site) -> bool:
    """A participle that describes a noun (``وقفات منددة ب...``) follows it without a comma."""
    cue, before = site.cue, site.scene.tokens[site.cue.first - 1] if site.cue.first else None
    feminine = site.scene.word(cue.first).endswith("ه")
    return feminine and not cue.prefix and before is not None and before.kind == "word"


def _inside(site: Site, frame: Frame) -> bool:
    """Does the cue's clause open the content of the claim before it (``أكد أن الوزير يرى ...``)?"""
    if not site.frames or frame.source is None or site.scene.particle(site.cue.first - 1) == "relative":
        return False
    return site.frames[-1].opening.token == frame.source.first < site.cue.first


def _is_owner(site: Site, source: Source, sure: bool) -> bool:
    """Can a noun's genitive be who speaks (``إعلان الوزارة أن``), and not what is spoken of (``إعلان الرياض``)?"""
    name = site.scene.begins_name(source.first)
    return source.rule in _KNOWN and (sure or name is None or name.type != "LOC")


def _is_owned(site: Site, frame: Frame, source: Source, *, sure: bool) -> bool:
    """Does a noun of speech belong to its source, and the content to it?"""
    between = range(max(source.last, site.cue.last), frame.opening.token)
    broken = any(site.scene.particle(at) == "relative" or site.scene.word(at) in _BREAKS for at in between)
    if broken or len(between) > (_FAR if sure else _NEAR):
        return False
    again = particle(site.scene.word(source.first - 1).removeprefix("و")) == "renewal"
    renewed = (site.cue.pronoun or again) and 0 <= site.cue.first - source.last <= 1
    return renewed or (site.cue.pronoun and sure) or (_is_owner(site, source, sure) and source.first >= site.cue.last)


def _believable(site: Site, frame: Frame) -> bool:
    """Is there enough to call it reported speech: a known kind of source, or أن, a colon or a quotation?"""
    if frame.rule in _UNOWNED:
        return True
    if not _stands_free(site, frame):
        return False
    if frame.source is None:
        return False
    sure = frame.opening.by in SURE
    if "shows" in site.cue.word.openers and frame.source.kind != "document" and frame.source.rule != "noun":
        return False
    if site.cue.word.kind == "noun":
        return _is_owned(site, frame, frame.source, sure=sure)
    act = frame.opening.by == "object" and particle(site.scene.word(frame.opening.token)) == "opener"
    return sure or act or frame.source.rule != "phrase"


def _has_object(cue: Cue) -> bool:
    """Does a verb carry its object (``نفاه``, ``أوردته``), and does not name or measure it (``وصفته``, ``قدرها``)?"""
    return cue.pronoun and cue.word.kind == "verb" and not cue.word.openers & {"whole", "label", "estimate"}


def frame_of(
    scene: Scene, cue: Cue, limit: int, sentence: Sentence, frames: Sequence[Frame], memory: Memory
) -> Frame | None:
    """The frame of a reporting word whose words end before token `limit`, or None where it reports nothing."""
    if frames and frames[-1].cue is not None and cue.first < frames[-1].opening.token:
        return None
    site = Site(scene, cue, sentence, frames, memory, limit)
    if is_passive(scene, cue) and not site.kinds & FRAMED:
        return told_in_passive(site)
    if _has_object(cue) and not site.kinds & FRAMED:
        return about(site) or _called_upon(site)
    rules = FRAMING if site.kinds & FRAMED else RULES
    frame = next((found for rule in rules if (found := rule(site)) is not None), None)
    return None if frame is None else frame if _believable(site, frame) else _seconded(site, frame)


def _called_upon(site: Site) -> Frame | None:
    frame = called_upon(site)
    return frame if frame is not None and _believable(site, frame) else None


def _seconded(site: Site, frame: Frame) -> Frame | None:
    """A frame that the rules alone do not believe, where its speaker follows and the encoder is sure of the cue."""
    if frame.source is None or frame.source.first < site.cue.last or site.scene.opinion is None:
        return None
    seen = site.scene.opinion.source_at(frame.source.first)
    told = frame.opening.by in SURE or (seen is not None and seen.probability >= _SECONDED)
    seconded = told and site.scene.cue_odds(site.cue.first) >= _SURE_CUE and not _inside(site, frame)
    return replace(frame, rule=f"{frame.rule}+model", score=_SECONDED) if seconded else None
