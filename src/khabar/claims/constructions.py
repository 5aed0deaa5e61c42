"""What a reporting word makes of its sentence: one rule for each construction.

The rules stand in `RULES` in order of precedence; the first that fits names itself in the claim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from khabar.claims.contents import Opening, everything_after, object_after, opening
from khabar.claims.cues import cue_at
from khabar.claims.relays import relays_between
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.sites import Frame, Site, Speaker, left_of, speaker_of
from khabar.claims.subjects import Source, after
from khabar.claims.words import is_verbal_noun

_NEAR, _ASKED = 10, 30
_HIDING = frozenset({"كشف", "ذكر", "نشر", "افصاح", "تسميته", "ذكره", "ايراد", "اعلان"})
SURE = frozenset({"clause", "colon", "quote", "question"})
"""Openings that leave no doubt that something is said."""


def _frame(site: Site, speaker: Speaker, begun: Opening, rule: str, score: float) -> Frame:
    cue = site.cue
    via = relays_between(site.scene, cue.last, begun.token, speaker.source)
    left = None if cue.word.kind == "noun" else left_of(site, speaker.clause)
    span = site.scene.text.span(cue.start, cue.end)
    return Frame(span, speaker.source, via, begun, left, cue.word.stance, rule, score)


def _nobody(site: Site, begun: Opening | None, rule: str, score: float) -> Frame | None:
    """The frame of a claim that is nobody's."""
    speaker = Speaker(None, site.cue.last, site.cue.first, False)
    return None if begun is None else _frame(site, speaker, begun, rule, score)


def _relay(site: Site) -> Frame | None:
    """``نقلت صحيفة عن مصدر قوله إن ...``: the source is the innermost, the paper relays."""
    if not site.kinds & {"relay", "learn"}:
        return None
    speaker, inner = speaker_of(site), _inner_source(site)
    if inner is None:
        return _relayed_by_nobody(site, speaker)
    begun = _inner_content(site, inner.last)
    if begun is None:
        return None
    told = Speaker(site.memory.resolve(site.scene, inner), inner.last, speaker.clause, False)
    frame = _frame(site, told, begun, "relayed", 0.9)
    return replace(frame, via=() if speaker.source is None or speaker.elided else (speaker.source.span,))


def _inner_source(site: Site) -> Source | None:
    """Whom a relay cites: after عن, or after من where a paper has learned something."""
    word = "عن" if "relay" in site.kinds else "من"
    spots = range(site.cue.last, site.limit)
    at = next((at for at in spots if site.scene.word(at) == word and at not in site.scene.name_of), None)
    return after(site.scene, at + 1, site.limit, bare=False) if at is not None else None


def _relayed_by_nobody(site: Site, speaker: Speaker) -> Frame | None:
    """``نقلت وكالة أن ...``: the relay itself is the source."""
    begun = opening(site.scene, speaker.at, site.limit, frozenset({"clause"}))
    begun = begun or object_after(site.scene, speaker.at, site.limit, sure=True)
    return None if begun is None or speaker.elided else _frame(site, speaker, begun, "relay", 0.7)


def _inner_content(site: Site, at: int) -> Opening | None:
    """The content after a relayed source: أن, a quotation, or an object of نفيه and its like."""
    begun = opening(site.scene, at, site.limit, frozenset({"clause"}))
    for spot in range(at, min(site.limit, at + _NEAR)):
        inner = cue_at(site.scene, spot)
        if inner is not None and inner.word.kind == "noun" and inner.pronoun and "direct" in inner.word.openers:
            direct = object_after(site.scene, spot + 1, site.limit, sure=False)
            return begun if begun is not None and begun.token <= spot + 2 else direct or begun
    return begun


def _passive(site: Site) -> Frame | None:
    """``أفيد بأن ...``: nobody is named."""
    if "passive" not in site.kinds:
        return None
    begun = opening(site.scene, site.cue.last, site.limit, frozenset({"clause", "ب"}))
    if begun is None or begun.token > site.cue.last + 6:
        return None
    return _nobody(site, begun, "passive", 0.7)


def _within(site: Site) -> Frame | None:
    """``جاء في التقرير أن ...``: a document says it."""
    scene, cue = site.scene, site.cue
    if "within" not in site.kinds or scene.word(cue.last) != "في":
        return None
    source = after(scene, cue.last + 1, site.limit, bare=False)
    if source is None or source.kind not in ("document", "organisation"):
        return None
    begun = opening(scene, source.last, min(site.limit, source.last + 12), frozenset({"clause"}))
    speaker = Speaker(source, source.last, cue.first, False)
    return None if begun is None else _frame(site, speaker, begun, "within", 0.8)


def _unowned(site: Site) -> Frame | None:
    """``مخاوف من أن ...``: a fear that nobody is named for."""
    after_cue = (site.scene.word(site.cue.last), site.scene.word(site.cue.last + 1))
    if "unowned" not in site.kinds or after_cue != ("من", "ان"):
        return None
    begun = opening(site.scene, site.cue.last, site.limit, site.kinds)
    return _nobody(site, begun, "unowned", 0.5)


def _impersonal(site: Site) -> Frame | None:
    """``يعتقد أن ...`` at the head of a sentence: a belief that nobody is named for."""
    scene, cue = site.scene, site.cue
    opens = "impersonal" in site.kinds and cue.first == site.sentence.first and scene.word(cue.last) == "ان"
    if not opens or scene.tokens[cue.first].folded.removeprefix("و")[:1] != "ي":
        return None
    begun = opening(scene, cue.last, site.limit, frozenset({"clause"}))
    return _nobody(site, begun, "impersonal", 0.6)


def _request(site: Site) -> Frame | None:
    """``طلب الوزير من الشركة فتح ...``: the content is what is asked for."""
    if "request" not in site.kinds:
        return None
    scene, speaker = site.scene, speaker_of(site)
    spots = range(speaker.at, min(site.limit, speaker.at + _ASKED))
    spots = range(speaker.at, next((at for at in spots if scene.mark(at) in COMMAS), spots.stop))
    free = (at for at in spots if at not in scene.name_of)
    asked = next((at for at in free if scene.word(at) == "ان" or is_verbal_noun(scene.word(at))), None)
    if asked is None or asked + 1 >= len(scene.tokens) or _hides_name(scene, asked):
        return None
    asked += scene.word(asked) == "ان"
    return _frame(site, speaker, Opening(asked, scene.tokens[asked].start, "object"), "request", 0.7)


def _hides_name(scene: Scene, at: int) -> bool:
    """``طلب عدم الكشف عن هويته`` tells why a source has no name."""
    return scene.word(at) == "عدم" and scene.word(at + 1).removeprefix("ال") in _HIDING


def _label(site: Site) -> Frame | None:
    """``ما سماه الوزير خيانة``, ``الذي وصفته المنظمة بالجائر``: what somebody calls something."""
    if not site.cue.pronoun or site.cue.word.kind != "verb":
        return None
    speaker = speaker_of(site)
    begun = opening(site.scene, speaker.at, min(site.limit, speaker.at + _NEAR), frozenset({"ب"}))
    begun = begun or everything_after(site.scene, speaker.at, site.limit, bare=True)
    return None if begun is None else _frame(site, speaker, replace(begun, by="label"), "label", 0.6)


def _whole(site: Site) -> Frame | None:
    """``اتهمت الحكومة المتمردين ب...``: everything after the subject is the content."""
    if "whole" not in site.kinds:
        return None
    speaker = speaker_of(site)
    begun = None
    if "clause" in site.kinds:
        begun = opening(site.scene, speaker.at, min(site.limit, speaker.at + _NEAR), frozenset({"clause"}))
    begun = begun or everything_after(site.scene, speaker.at, site.limit)
    return None if begun is None else _frame(site, speaker, begun, "whole", 0.7)


def _reported(site: Site) -> Frame | None:
    """``أكد الوزير أن ...``, ``شدد على ...``, ``أعلن الجيش مقتل ...``: the general case."""
    speaker = speaker_of(site)
    begun = None
    if site.scene.particle(speaker.at) == "relative":
        begun = opening(site.scene, speaker.at, site.limit, site.kinds & {"clause"})
    begun = begun or opening(site.scene, speaker.at, site.limit, site.kinds)
    if "direct" in site.kinds:
        found = object_after(site.scene, speaker.at, site.limit, sure=begun is not None)
        if found is not None and (begun is None or found.token < begun.token):
            begun = found
    if begun is None:
        return None
    if begun.by == "object" and site.cue.word.kind == "noun":
        begun = replace(begun, by="genitive")
    return _frame(site, speaker, begun, f"{site.cue.word.kind} {begun.by}", 0.9 if begun.by in SURE else 0.75)


RULES: tuple[Callable[[Site], Frame | None], ...] = (
    _relay,
    _passive,
    _within,
    _unowned,
    _impersonal,
    _request,
    _label,
    _whole,
    _reported,
)
FRAMED = frozenset({"relay", "learn", "passive", "request", "label", "whole", "within"})
