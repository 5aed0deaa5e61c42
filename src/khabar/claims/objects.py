"""Verbs that claim something of a certain kind: estimates, blame, attacks that a group takes upon itself."""

from __future__ import annotations

from dataclasses import replace

from khabar.claims.contents import Opening, everything_after, object_after, opening
from khabar.claims.relays import innermost
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.sites import SURE, Frame, Site, Speaker, frame_at, speaker_of
from khabar.claims.subjects import after
from khabar.claims.words import steering

_NEAR, _FAR = 10, 30


def estimate(site: Site) -> Frame | None:
    """``قدر الوزير الأضرار بنحو مليون``, ``قدرتهم الشرطة بألفين``: an estimate, which ب and an amount give away."""
    if "estimate" not in site.kinds:
        return None
    scene, speaker = site.scene, speaker_of(site)
    stop = min(site.limit, site.cue.last + _FAR)
    amount = next((at for at in range(site.cue.last, stop) if _is_amount(scene, at)), None)
    said = opening(scene, speaker.at, stop, frozenset({"clause"}))
    if amount is None or amount < speaker.at or (said is not None and said.token <= amount):
        return None
    begun = everything_after(scene, amount if site.cue.pronoun else speaker.at, site.limit, bare=True)
    return None if begun is None else frame_at(site, speaker, begun, "estimate", 0.75)


def _is_amount(scene: Scene, at: int) -> bool:
    """Does ب stand here before an amount (``بنحو``, ``ب20``)?"""
    word = scene.word(at)
    if word == "ب":
        return at + 1 < len(scene.tokens) and (scene.tokens[at + 1].kind == "number" or _counts(scene.word(at + 1)))
    return word.startswith("ب") and _counts(word[1:])


def _counts(folded: str) -> bool:
    return folded in steering("measure")


def to_somebody(site: Site) -> Frame | None:
    """``حمل الوزير المقاول المسؤولية``, ``عزا التأخير إلى السيول``: all after the subject, if the key word is there."""
    wanted = steering("blame") if "blame" in site.kinds else frozenset({"الي"}) if "cause" in site.kinds else None
    if wanted is None:
        return None
    speaker = speaker_of(site)
    reached = range(speaker.at, min(site.limit, speaker.at + _FAR))
    begun = everything_after(site.scene, speaker.at, site.limit)
    if begun is None or not any(site.scene.word(at) in wanted for at in reached):
        return None
    return frame_at(site, speaker, begun, "whole", 0.7)


def adopt(site: Site) -> Frame | None:
    """``تبنى التنظيم الهجوم``: an attack that a group says is its own."""
    if "adopt" not in site.kinds:
        return None
    speaker = speaker_of(site)
    begun = object_after(site.scene, speaker.at, site.limit, sure=False)
    word = "" if begun is None else site.scene.word(begun.token)
    if begun is None or word.removeprefix("ال") not in steering("adopted") | steering("blame"):
        return None
    return frame_at(site, speaker, begun, "adopted", 0.75)


def saying(site: Site) -> Frame | None:
    """``اكتفى الوزير بالقول إن ...``."""
    if "saying" not in site.kinds:
        return None
    speaker = speaker_of(site)
    near = range(site.cue.last, min(site.limit, speaker.at + _NEAR))
    said = next((at for at in near if site.scene.word(at) in ("بالقول", "القول")), None)
    begun = None if said is None else opening(site.scene, said + 1, site.limit, frozenset({"clause"}))
    if said is None or begun is None or begun.token > said + 4:
        return None
    if speaker.source is not None and speaker.source.first == said:
        speaker = replace(speaker, source=site.memory.last, elided=True)
    return frame_at(site, speaker, begun, "saying", 0.85)


def called_upon(site: Site) -> Frame | None:
    """``وطالبهم بوقف ...``, ``فيما دعتهم المنظمة إلى ...``: who is called upon is a pronoun.

    ``حثهم`` may be a noun as well.
    """
    if "call" not in site.kinds or site.cue.word.lemma == "حث":
        return None
    speaker = speaker_of(site)
    begun = opening(site.scene, speaker.at, min(site.limit, speaker.at + _NEAR), site.kinds)
    return None if begun is None else frame_at(site, speaker, begun, "called upon", 0.75)


_WHAT = frozenset({"ما", "لما", "مما", "بما", "عما", "فيما"})
_SAYING = frozenset({"قائلا", "قائله", "قائلين"})
_POINTING = frozenset({"وهو", "وهي", "هو", "هي", "هذا", "وهذا", "ذلك", "وذلك"})


def about(site: Site) -> Frame | None:
    """A verb whose object is what stands elsewhere: ``ما أوردته الصحيفة من أن ...``, ``وهو ما نفاه الوزير``."""
    scene, cue = site.scene, site.cue
    relative = scene.word(cue.first - 1) in _WHAT or scene.particle(cue.first - 1) == "relative"
    source = after(scene, cue.last, site.limit, bare=False) if relative and not cue.prefix else None
    if source is None or source.rule == "phrase":
        return None
    inner, outlets = innermost(scene, source, site.limit, any_body=True)
    speaker = Speaker(site.memory.resolve(scene, inner), inner.last, cue.first, False)
    near = range(inner.last, min(site.limit, inner.last + _NEAR))
    stop = next((at for at in near if scene.word(at) in _SAYING), near.stop)
    begun = opening(scene, inner.last, stop, frozenset({"clause"}))
    if begun is not None and begun.by in SURE:
        return replace(frame_at(site, speaker, begun, "about", 0.75), left=None, via=outlets)
    return _taken_up(site, speaker)


def _taken_up(site: Site, speaker: Speaker) -> Frame | None:
    """``..., وهو ما نفاه الوزير``: the clause before is what he denies."""
    scene, cue = site.scene, site.cue
    at = cue.first - 2
    if scene.word(at) not in _POINTING or at <= site.sentence.first:
        return None
    last = at - (scene.mark(at - 1) in COMMAS)
    first = site.frames[-1].opening.token if site.frames else site.sentence.first
    content = scene.text.token_span(first, last) if first < last else None
    trimmed = None if content is None else scene.span(content.start, content.end)
    if trimmed is None:
        return None
    begun = Opening(speaker.at, scene.tokens[speaker.at - 1].end, "about")
    return replace(frame_at(site, speaker, begun, "about", 0.7), content=trimmed, left=at)
