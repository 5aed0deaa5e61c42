"""What a reporting word makes of its sentence: one rule for each construction.

The rules stand in `RULES` in order of precedence; the first that fits names itself in the claim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from khabar.claims.contents import Opening, everything_after, object_after, opening
from khabar.claims.cues import cue_at, is_passive
from khabar.claims.objects import adopt, estimate, saying, to_somebody
from khabar.claims.quotations import inserted, quoted_before
from khabar.claims.relays import innermost
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.sites import SURE, Frame, Site, Speaker, frame_at, speaker_of
from khabar.claims.subjects import Source, after
from khabar.claims.words import is_verbal_noun, particle, steering

_NEAR, _ASKED = 10, 30
_RELAYING = {"relay": "عن", "ascribe": "الي", "learn": "من"}
"""Frames of a verb that passes on what others said, with the preposition before these."""
_TOLD = 4
_OF_HIM = frozenset({"عنه", "عنها", "عنهم"})


def _nobody(site: Site, begun: Opening | None, rule: str, score: float) -> Frame | None:
    """The frame of a claim that is nobody's."""
    speaker = Speaker(None, site.cue.last, site.cue.first, False)
    return None if begun is None else frame_at(site, speaker, begun, rule, score)


def _relay(site: Site) -> Frame | None:
    """``نقلت صحيفة عن مصدر قوله إن ...``: the source is the innermost, the paper relays."""
    if not site.kinds & _RELAYING.keys():
        return None
    speaker, first = speaker_of(site), _inner_source(site)
    if first is None:
        return _relayed_by_nobody(site, speaker)
    inner, between = innermost(site.scene, first, site.limit)
    begun = _inner_content(site, max(inner.last, site.cue.last) if inner.first < site.cue.first else inner.last)
    if begun is None:
        return None
    told = Speaker(site.memory.resolve(site.scene, inner), inner.last, speaker.clause, False)
    frame = frame_at(site, told, begun, "relayed", 0.9)
    outlets = () if speaker.source is None or speaker.elided else (speaker.source.span,)
    noun = cue_at(site.scene, begun.token - 1) if begun.by == "object" else None
    return replace(frame, via=outlets + between, stance=frame.stance if noun is None else noun.word.stance)


def _inner_source(site: Site) -> Source | None:
    """Whom a relay cites: after عن, after إلى where it ascribes, after من where a paper has learned something.

    ``عنه`` is whoever spoke last.
    """
    if any(site.scene.word(at) in _OF_HIM for at in range(site.cue.last, min(site.limit, site.cue.last + _TOLD))):
        return site.memory.last
    word = next(word for kind, word in _RELAYING.items() if kind in site.kinds)
    spots = range(site.cue.last, site.limit)
    at = next((at for at in spots if site.scene.word(at) == word and at not in site.scene.name_of), None)
    return after(site.scene, at + 1, site.limit, bare=False) if at is not None else None


def _relayed_by_nobody(site: Site, speaker: Speaker) -> Frame | None:
    """``نقلت وكالة أن ...``: the relay itself is the source."""
    begun = opening(site.scene, speaker.at, site.limit, frozenset({"clause"}))
    begun = begun or _opened_object(site, speaker.at)
    unknown = speaker.source is None or speaker.source.rule == "phrase"
    return None if begun is None or speaker.elided or unknown else frame_at(site, speaker, begun, "relay", 0.7)


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


def _describes(site: Site) -> bool:
    """Does the verb stand right behind a noun that it tells something about (``لأسباب قيل إنها أمنية``)?"""
    before = site.cue.first - 1
    heads = site.cue.prefix or before < site.sentence.first or site.scene.mark(before) or before in site.scene.timed
    return not heads and site.scene.particle(before) in ("", "relative", "preposition")


def _passive(site: Site) -> Frame | None:
    """``أفيد بأن ...``: nobody is named."""
    if "passive" not in site.kinds or _describes(site):
        return None
    begun = opening(site.scene, site.cue.last, site.limit, frozenset({"clause", "ب"}))
    if begun is None or begun.token > site.cue.last + 6:
        return None
    return _nobody(site, begun, "passive", 0.7)


_AGENT = 12
_BY = frozenset({"قبل", "جانب", "طرف"})


def _agent(site: Site, limit: int) -> Source | None:
    """Who does it in a passive clause: ``من قبل ...``, ``من جانب ...``, ``على لسان ...``, or a body behind من."""
    scene = site.scene
    for at in range(site.cue.last, min(limit, site.cue.last + _AGENT)):
        word, then = scene.word(at), scene.word(at + 1)
        if scene.mark(at) in COMMAS and scene.particle(at + 1) == "conjunction":
            return None
        if (word, then) == ("علي", "لسان") or (word == "من" and then in _BY):
            return after(scene, at + 2, site.limit, bare=True)
        if word == "من" and at <= site.cue.last + 2:
            found = after(scene, at + 1, site.limit, bare=True)
            if found is not None and found.rule != "phrase":
                return found
    return None


def told_in_passive(site: Site) -> Frame | None:
    """``نُفي من مصدر عسكري أن ...``, ``أُعلن عن ...``: the agent speaks where one is named, else nobody does."""
    told = "clause" in site.kinds and not site.kinds & (_RELAYING.keys() | {"passive", "strict", "threat"})
    if not told or site.cue.word.stance == "demand" or not is_passive(site.scene, site.cue):
        return None
    agent = _agent(site, site.limit)
    at = agent.last if agent is not None else site.cue.last
    begun = opening(site.scene, at, site.limit, site.kinds | {"clause"})
    found = object_after(site.scene, at, site.limit, sure=agent is None) if "direct" in site.kinds else None
    if found is not None and (begun is None or found.token < begun.token):
        begun = found
    if begun is None or begun.by == "colon" or begun.token > at + _NEAR:
        return None
    source = site.memory.resolve(site.scene, agent) if agent is not None else None
    return frame_at(site, Speaker(source, at, site.cue.first, False), begun, "passive", 0.7)


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
    return None if begun is None else frame_at(site, speaker, begun, "within", 0.8)


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


_HIDDEN = 5


def _request(site: Site) -> Frame | None:
    """``طلب الوزير من الشركة فتح ...``: the content is what is asked for."""
    if "request" not in site.kinds:
        return None
    scene, speaker = site.scene, speaker_of(site)
    spots = range(speaker.at, min(site.limit, speaker.at + _ASKED))
    spots = range(speaker.at, next((at for at in spots if scene.mark(at) in COMMAS), spots.stop))
    article = "ال" if scene.word(speaker.at) == "من" else ""
    free = (at for at in spots if at not in scene.name_of and at not in scene.timed)
    asked = next((at for at in free if _is_asked(scene.word(at), article)), None)
    if asked is None or asked + 1 >= len(scene.tokens) or _hides_name(scene, asked):
        return None
    asked += scene.word(asked) == "ان"
    return frame_at(site, speaker, Opening(asked, scene.tokens[asked].start, "object"), "request", 0.7)


def _is_asked(folded: str, article: str) -> bool:
    return folded == "ان" or is_verbal_noun(folded.removeprefix(article))


def _hides_name(scene: Scene, at: int) -> bool:
    """``طلب عدم الكشف عن هويته``, ``اشترط إغفال اسمه`` tell why a source has no name."""
    if scene.word(at) == "عدم" and scene.word(at + 1).removeprefix("ال") in steering("hiding"):
        return True
    return any(scene.word(spot) in steering("hidden") for spot in range(at, at + _HIDDEN))


def _label(site: Site) -> Frame | None:
    """``ما سماه الوزير خيانة``, ``الذي وصفته المنظمة بالجائر``: what somebody calls something."""
    named = site.cue.pronoun and site.kinds & {"whole", "label"}
    if not named or site.cue.word.kind != "verb":
        return None
    speaker = speaker_of(site)
    begun = opening(site.scene, speaker.at, min(site.limit, speaker.at + _NEAR), frozenset({"ب"}))
    begun = begun or everything_after(site.scene, speaker.at, site.limit, bare=True)
    return None if begun is None else frame_at(site, speaker, replace(begun, by="label"), "label", 0.6)


def _whole(site: Site) -> Frame | None:
    """``اتهمت الحكومة المتمردين ب...``: everything after the subject is the content."""
    if "whole" not in site.kinds:
        return None
    speaker = speaker_of(site)
    begun = None
    if "clause" in site.kinds:
        begun = opening(site.scene, speaker.at, min(site.limit, speaker.at + _NEAR), frozenset({"clause"}))
    begun = begun or everything_after(site.scene, speaker.at, site.limit)
    return None if begun is None else frame_at(site, speaker, begun, "whole", 0.7)


def _is_act(folded: str) -> bool:
    """Is it something to do that is refused (``رفض السماح``), which is said, not a thing (``رفض المقترح``)?"""
    return is_verbal_noun(folded) or folded.removeprefix("ال") in steering("act")


def _is_needed(scene: Scene, begun: Opening) -> bool:
    """Does a content say what must be (``اتفقا على ضرورة ...``), rather than what will be done (``على الانسحاب``)?"""
    return begun.by in SURE or scene.particle(begun.token) == "opener" or scene.word(begun.token) in steering("need")


def _is_anothers(site: Site, begun: Opening) -> bool:
    """Does a preposition belong to a noun of speech before it (``يتوعد الجيش ردا على تهديدات بقتل ...``)?"""
    if begun.by in SURE or site.cue.word.kind != "verb":
        return False
    attached = begun.by in ("ب", "ل")
    noun = cue_at(site.scene, begun.token - 1 if attached else begun.token - 2)
    return noun is not None and noun.first > site.cue.first and noun.word.kind == "noun" and not noun.pronoun


def _opening_of(site: Site, speaker: Speaker) -> Opening | None:
    """Where the content opens; behind a ل that is the source's own إلى may follow (``أشار نائب المدير للشؤون إلى``)."""
    begun = opening(site.scene, speaker.at, site.limit, site.kinds)
    if begun is None or _is_anothers(site, begun):
        return None
    if begun.by != "ل" or "الي" not in site.kinds:
        return begun
    behind = opening(site.scene, begun.token + 1, min(site.limit, begun.token + _NEAR), site.kinds & {"الي"})
    return behind if behind is not None and behind.by == "الي" else begun


def _reported(site: Site) -> Frame | None:
    """``أكد الوزير أن ...``, ``شدد على ...``, ``أعلن الجيش مقتل ...``: the general case."""
    speaker = speaker_of(site)
    begun = None
    if site.scene.particle(speaker.at) == "relative":
        begun = opening(site.scene, speaker.at, site.limit, site.kinds & {"clause"})
    begun = begun or _opening_of(site, speaker)
    if "direct" in site.kinds:
        found = object_after(site.scene, speaker.at, site.limit, sure=begun is not None)
        if found is not None and "act" in site.kinds and not _is_act(site.scene.word(found.token)):
            found = None
        if found is not None and (begun is None or found.token < begun.token):
            begun = found
    if begun is None or ("need" in site.kinds and not _is_needed(site.scene, begun)):
        return None
    if "toward" in site.kinds and site.scene.word(begun.token - 2) != "الي":
        return None
    if "named" in site.kinds and speaker.elided and not site.scene.word(begun.token - 1).startswith("ب"):
        return None
    if "wave" in site.kinds and site.scene.word(begun.token).removeprefix("ب").removeprefix("ال") in steering("waved"):
        return None
    if "act" in site.kinds and _hides_name(site.scene, begun.token):
        return None
    if begun.by == "object" and site.cue.word.kind == "noun":
        begun = replace(begun, by="genitive")
    passed = _passed_on(site, speaker, begun)
    if passed is not None or ("carried" in site.kinds and not _is_carried(site, speaker, begun)):
        return passed
    score = 0.9 if begun.by in SURE else 0.75
    return frame_at(site, speaker, begun, f"{site.cue.word.kind} {begun.by}", score)


def _is_carried(site: Site, speaker: Speaker, begun: Opening) -> bool:
    """Is it what an outlet publishes (``نشرت الصحيفة أن``), not words in what it shows (``شريطا قال إنه``)?"""
    between = range(max(speaker.at, site.cue.last), begun.token)
    described = site.scene.particle(site.cue.first - 1) == "relative"
    near = len(between) <= _NEAR and all(cue_at(site.scene, at) is None for at in between)
    return begun.by == "clause" and near and not described


def _passed_on(site: Site, speaker: Speaker, begun: Opening) -> Frame | None:
    """``كتبت صحيفة، نقلا عن مصرفيين، أن ...``: whom the outlet has it from speaks."""
    outlet, elsewhere = speaker.source, site.scene.word(site.cue.last) == "عن" and "telling" in site.kinds
    if outlet is None or site.cue.word.kind != "verb" or (speaker.elided and not elsewhere):
        return None
    behind = replace(outlet, last=max(outlet.last, site.cue.last))
    inner, outlets = innermost(site.scene, behind, site.limit, any_body="telling" in site.kinds)
    if not outlets:
        return None
    if begun.token < inner.last:
        rest = opening(site.scene, inner.last, site.limit, site.kinds)
        rest = rest or object_after(site.scene, inner.last, site.limit, sure=False)
        if rest is None:
            return None
        begun = rest
    told = replace(speaker, source=site.memory.resolve(site.scene, inner), at=inner.last)
    return replace(frame_at(site, told, begun, "relayed", 0.85), via=() if speaker.elided else outlets)


FRAMING: tuple[Callable[[Site], Frame | None], ...] = (
    _relay,
    _passive,
    _within,
    _unowned,
    _impersonal,
    _request,
    estimate,
    to_somebody,
    adopt,
    saying,
    _label,
    _whole,
)
RULES = (*FRAMING, quoted_before, _reported, inserted)
FRAMED = frozenset(
    {"relay", "ascribe", "learn", "passive", "request", "label", "whole", "within", "blame", "cause", "adopt", "saying"}
)
