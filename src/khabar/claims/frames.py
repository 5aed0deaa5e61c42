"""Which reporting words report something, and the frame that each makes."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.claims.constructions import FRAMED, RULES, SURE
from khabar.claims.cues import Cue
from khabar.claims.memory import Memory
from khabar.claims.scene import Scene
from khabar.claims.sites import Frame, Site, reach
from khabar.claims.subjects import Source
from khabar.text import Sentence

_KNOWN = frozenset({"name", "names", "office", "noun", "people", "short"})
_BACK = frozenset({"فيها", "فيه", "بها", "به", "لها", "له", "عنها", "عنه"})
_NAMING = frozenset({"ما", "من", "لمن", "بما", "مما"})
_UNOWNED = frozenset({"passive", "impersonal", "unowned"})
_FAR, _NEAR = 26, 12


def _stands_free(site: Site, frame: Frame) -> bool:
    """Is the cue no verb inside what somebody else says, and no homograph (بين, يرى) inside a clause?"""
    cue = site.cue
    relative = site.scene.particle(cue.first - 1) == "relative"
    if relative and (site.scene.word(cue.last) in _BACK or "impersonal" in site.kinds or "within" in site.kinds):
        return False
    if cue.word.kind == "participle":
        return not _adjectival(site)
    if cue.word.kind == "noun" or (frame.left is not None and not _inside(site, frame)):
        return True
    if "strict" in cue.word.openers or "strict-عن" in cue.word.openers:
        return False
    named = cue.pronoun and site.scene.word(cue.first - 1) in _NAMING
    return named or (frame.opening.by in SURE and not _inside(site, frame))


def _adjectival(site: Site) -> bool:
    """A participle that describes a noun (``وقفات منددة ب...``) follows it without a comma."""
    cue, before = site.cue, site.scene.tokens[site.cue.first - 1] if site.cue.first else None
    feminine = site.scene.word(cue.first).endswith("ه")
    return feminine and not cue.prefix and before is not None and before.kind == "word"


def _inside(site: Site, frame: Frame) -> bool:
    """Does the cue's clause open the content of the claim before it (``أكد أن الوزير يرى ...``)?"""
    if not site.frames or frame.source is None:
        return False
    return site.frames[-1].opening.token == frame.source.first < site.cue.first


def _is_owner(site: Site, source: Source, sure: bool) -> bool:
    """Can a noun's genitive be who speaks (``إعلان الوزارة أن``), and not what is spoken of (``إعلان الرياض``)?"""
    name = site.scene.begins_name(source.first)
    return source.rule in _KNOWN and (sure or name is None or name.type != "LOC")


def _believable(site: Site, frame: Frame) -> bool:
    """Is there enough to call it reported speech: a known kind of source, or أن, a colon or a quotation?"""
    if frame.rule in _UNOWNED:
        return True
    if not _stands_free(site, frame):
        return False
    if frame.source is None:
        return False
    sure = frame.opening.by in SURE
    if site.cue.word.kind == "noun":
        near = frame.opening.token - site.cue.last <= (_FAR if sure else _NEAR)
        return near and (
            (site.cue.pronoun and sure) or (_is_owner(site, frame.source, sure) and frame.source.first >= site.cue.last)
        )
    return sure or frame.source.rule != "phrase"


def frame_of(scene: Scene, cue: Cue, sentence: Sentence, frames: Sequence[Frame], memory: Memory) -> Frame | None:
    """The frame of a reporting word, or None where it reports nothing."""
    if frames and frames[-1].cue is not None and cue.first < frames[-1].opening.token:
        return None
    site = Site(scene, cue, sentence, frames, memory, reach(scene, cue, sentence))
    rules = RULES[:-1] if site.kinds & FRAMED else RULES
    for rule in rules:
        frame = rule(site)
        if frame is not None:
            return frame if _believable(site, frame) else None
    return None
