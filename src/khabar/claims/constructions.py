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
from khabar.claims.words import is_verbal_noun, particle, steering

_NEAR, _ASKED, _QUOTED = 10, 30, 4
_RELAYING = {"relay": "عن", "ascribe": "الي", "learn": "من"}
"""Frames of a verb that passes on what others said, with the preposition before these."""
_OF_HIM = frozenset({"عنه", "عنها", "عنهم"})
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
    if not site.kinds & _RELAYING.keys():
        return None
    speaker, inner = speaker_of(site), _inner_source(site)
    if inner is None:
        return _relayed_by_nobody(site, speaker)
    begun = _inner_content(site, max(inner.last, site.cue.last) if inner.first < site.cue.first else inner.last)
    if begun is None:
        return None
    told = Speaker(site.memory.resolve(site.scene, inner), inner.last, speaker.clause, False)
    frame = _frame(site, told, begun, "relayed", 0.9)
    return replace(frame, via=() if speaker.source is None or speaker.elided else (speaker.source.span,))


def _inner_source(site: Site) -> Source | None:
    """Whom a relay cites: after عن, after إلى where it ascribes, after من where a paper has learned something.

    ``عنه`` is whoever spoke last.
    """
    if site.scene.word(site.cue.last) in _OF_HIM:
        return site.memory.last
    word = next(word for kind, word in _RELAYING.items() if kind in site.kinds)
    spots = range(site.cue.last, site.limit)
    at = next((at for at in spots if site.scene.word(at) == word and at not in site.scene.name_of), None)
    return after(site.scene, at + 1, site.limit, bare=False) if at is not None else None


def _relayed_by_nobody(site: Site, speaker: Speaker) -> Frame | None:
    """``نقلت وكالة أن ...``: the relay itself is the source."""
    begun = opening(site.scene, speaker.at, site.limit, frozenset({"clause"}))
    begun = begun or _opened_object(site, speaker.at)
    return None if begun is None or speaker.elided else _frame(site, speaker, begun, "relay", 0.7)


def _opened_object(site: Site, at: int) -> Opening | None:
    """An object that tells what happened (``تناقلت الصحف مقتل ...``), not one that is carried (``نقل تعازي``)."""
    found = object_after(site.scene, at, site.limit, sure=True)
    return found if found is not None and particle(site.scene.word(found.token)) == "opener" else None


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
    return scene.word(at) == "عدم" and scene.word(at + 1).removeprefix("ال") in steering("hiding")


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


def _is_act(folded: str) -> bool:
    """Is it something to do that is refused (``رفض السماح``), which is said, not a thing (``رفض المقترح``)?"""
    return is_verbal_noun(folded) or folded.removeprefix("ال") in steering("act")


def _is_needed(scene: Scene, begun: Opening) -> bool:
    """Does a content say what must be (``اتفقا على ضرورة ...``), rather than what will be done (``على الانسحاب``)?"""
    return begun.by in SURE or scene.particle(begun.token) == "opener" or scene.word(begun.token) in steering("need")


def _reported(site: Site) -> Frame | None:
    """``أكد الوزير أن ...``, ``شدد على ...``, ``أعلن الجيش مقتل ...``: the general case."""
    speaker = speaker_of(site)
    begun = None
    if site.scene.particle(speaker.at) == "relative":
        begun = opening(site.scene, speaker.at, site.limit, site.kinds & {"clause"})
    begun = begun or opening(site.scene, speaker.at, site.limit, site.kinds)
    if "direct" in site.kinds:
        found = object_after(site.scene, speaker.at, site.limit, sure=begun is not None)
        if found is not None and "act" in site.kinds and not _is_act(site.scene.word(found.token)):
            found = None
        if found is not None and (begun is None or found.token < begun.token):
            begun = found
    if begun is None or ("need" in site.kinds and not _is_needed(site.scene, begun)):
        return None
    if begun.by == "object" and site.cue.word.kind == "noun":
        begun = replace(begun, by="genitive")
    return _frame(site, speaker, begun, f"{site.cue.word.kind} {begun.by}", 0.9 if begun.by in SURE else 0.75)


def _quoted_before(site: Site) -> Frame | None:
    """``«لن ننسحب»، يقول القائد``: the quotation stands before its verb."""
    scene, cue = site.scene, site.cue
    end = cue.first - (scene.mark(cue.first - 1) in COMMAS)
    opened = next((at for at in range(end - 2, site.sentence.first - 1, -1) if scene.closes.get(at) == end - 1), None)
    if cue.word.kind != "verb" or cue.prefix or opened is None or end - opened < _QUOTED:
        return None
    source = after(scene, cue.last, site.limit, bare=False)
    content = scene.text.token_span(opened + 1, end - 1)
    if source is None or source.rule == "phrase" or content is None or not site.kinds & {"clause", "said"}:
        return None
    speaker = Speaker(site.memory.resolve(scene, source), source.last, opened, False)
    frame = _frame(site, speaker, Opening(source.last, scene.tokens[source.last - 1].end, "quote"), "quote before", 0.8)
    return replace(frame, content=content)


FRAMING: tuple[Callable[[Site], Frame | None], ...] = (
    _relay,
    _passive,
    _within,
    _unowned,
    _impersonal,
    _request,
    _label,
    _whole,
)
RULES = (*FRAMING, _reported, _quoted_before)
FRAMED = frozenset({"relay", "ascribe", "learn", "passive", "request", "label", "whole", "within"})
