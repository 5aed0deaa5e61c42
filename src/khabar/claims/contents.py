"""What is said: where a content opens after its reporting word, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from khabar.claims.clauses import begins_own
from khabar.claims.noun_phrases import is_governed
from khabar.claims.scene import COMMAS, Scene, clitic
from khabar.claims.words import is_verbal_noun, particle, source_noun, steering
from khabar.text import Sentence, fold
from khabar.text.phrases import stem_start
from khabar.text.quotes import QUOTES

_OPENERS = {
    "admit": ("ب", "clause"),
    "threat": ("ب", "clause", "threat"),
    "strict-عن": ("عن",),
    "strict": ("clause", "strict"),
    "said": ("said",),
    "shows": ("direct", "clause"),
    "act": ("direct", "act"),
    "answer": ("said", "answer"),
    "named": ("clause", "strict", "named"),
    "need": ("علي", "clause", "need"),
    "toward": ("clause", "toward"),
    "carried": ("clause", "strict", "carried"),
}
_PREPOSITIONS = frozenset({"الي", "علي", "عن", "من", "في"})
_BEFORE_EVENT = frozenset({"قبل", "بعد", "منذ", "رغم"})
_ASKING = frozenset({"عما", "هل", "ان"})
_THAT = frozenset({"ان", "انه", "انها", "انهم", "انهما", "انهن", "اني", "انني", "اننا", "انا"})
_SUBJUNCTIVE = frozenset({"يكون", "تكون", "يكونوا", "يكونا"})
_THOUGH = {"مع": ("ان", "انه", "انها"), "وان": ("كان", "كانت"), "وكان": ("قد",), "وكانت": ("قد",)}
"""What the outlet itself adds behind a thing said (``مع أن``, ``وإن كان``, ``وكان قد``)."""
_WHAT = frozenset({"ما", "كل", "اي", "عدم"})
_CITING = frozenset({"نقلا"})
_SHORT = frozenset({"label", "genitive"})
THINGS = frozenset({"object", "whole", "ب", "الي", "عن", "من", "علي", "في", "genitive"})
"""Openings of a thing said (``نفى وجود اتفاق``), behind which a verb of its own belongs to the outlet."""
_ASIDE = frozenset({"بعد", "وهو", "وهي", "الي"})
_UNLESS = frozenset({"غير", "الا", "بيد"})
_DESPITE = frozenset({"رغم", "برغم"})
_LONGEST_QUOTE, _ADJUNCT = 400, 14


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a content begins: its first token and character, and by what it is opened."""

    token: int
    start: int
    by: str


@lru_cache(maxsize=256)
def openers(codes: frozenset[str]) -> frozenset[str]:
    """The kinds of opening that a reporting word allows, its frame spelled out."""
    kinds = (kind for code in codes for kind in _OPENERS.get(code, (code,)))
    return frozenset(kind if kind == "clause" else fold(kind) for kind in kinds)


def _past_quote(scene: Scene, at: int, by: str) -> Opening:
    """The opening at token `at`, after a quotation mark and an introducer that stand there."""
    while True:
        if at in scene.opens:
            at, by = at + 1, "quote"
        elif scene.word(at) in _THAT or scene.mark(at) == ":":
            at += 1
        else:
            break
    start = scene.tokens[at].start if at < len(scene.tokens) else len(scene.text.text)
    return Opening(at, start, by)


def _is_that(scene: Scene, at: int, kinds: frozenset[str]) -> bool:
    word = scene.word(at)
    if at in scene.name_of or not kinds & {"clause", "ب", "answer"}:
        return False
    return (word in _THAT and "clause" in kinds) or (word.startswith("ب") and word[1:] in _THAT)


def _with_clitic(scene: Scene, at: int, letter: str) -> Opening | None:
    """A content that opens with a noun after an attached ب or ل: ``أفاد بمقتل``."""
    word = scene.word(at)
    if word == letter and scene.tokens[at].kind == "word":
        return _past_quote(scene, at + 1, letter)
    if at in scene.timed or particle(word) or at in scene.name_of:
        return None
    stem = clitic(word, letter)
    if stem is None or particle(stem[0]) in ("adjunct", "adverb", "relative", "preposition"):
        return None
    if letter == "ل" and not (stem[1] or is_verbal_noun(stem[0]) or len(stem[0]) == 3):
        return None
    return Opening(at, stem_start(scene.tokens[at], 1), letter)


def _at_preposition(scene: Scene, at: int, kinds: frozenset[str]) -> Opening | None:
    word = scene.word(at)
    if word not in kinds or word not in _PREPOSITIONS or at in scene.name_of:
        return None
    follower = scene.word(at + 1)
    if scene.word(at - 1) in _CITING:
        return None
    if "adjunct" in (particle(follower), particle(follower.removeprefix("ال"))) or at + 1 in scene.timed:
        return None
    return _past_quote(scene, at + 1, word)


def opening(scene: Scene, at: int, limit: int, kinds: frozenset[str]) -> Opening | None:
    """The first place from token `at` on that opens a content in one of the ways of `kinds`."""
    while at < limit:
        skipped = scene.quoted_name(at) if at in scene.opens else None
        if skipped is not None:
            at = skipped
            continue
        found = _opening_at(scene, at, kinds)
        if found is not None:
            return found
        at += 1
    return None


def _opening_at(scene: Scene, at: int, kinds: frozenset[str]) -> Opening | None:
    if scene.mark(at):
        return _marked(scene, at)
    if _is_that(scene, at, kinds) and scene.word(at - 1) not in _BEFORE_EVENT:
        return _past_quote(scene, at + 1, "clause")
    if "question" in kinds and scene.word(at) in _ASKING:
        return _past_quote(scene, at + 1, "question")
    return _at_preposition(scene, at, kinds) or _clitics(scene, at, kinds)


def _marked(scene: Scene, at: int) -> Opening | None:
    """A content after a colon or in quotation marks."""
    if at in scene.opens:
        return _past_quote(scene, at, "quote")
    return _past_quote(scene, at + 1, "colon") if scene.mark(at) == ":" else None


def _clitics(scene: Scene, at: int, kinds: frozenset[str]) -> Opening | None:
    letter = scene.word(at)[:1]
    return _with_clitic(scene, at, letter) if letter in ("ب", "ل") and letter in kinds else None


def _past_adverbs(scene: Scene, at: int, limit: int) -> int:
    while at < limit and (at in scene.timed or scene.particle(at) == "adverb" or scene.mark(at) in COMMAS | QUOTES):
        at += 1
    return at


def object_after(scene: Scene, at: int, limit: int, *, sure: bool) -> Opening | None:
    """An object after the subject (``أكد الوزير أهمية ...``): the next noun, `sure` only a verbal one."""
    at = _past_apposition(scene, _past_adverbs(scene, at, limit), limit)
    if at >= limit:
        return None
    word, named = scene.word(at), at in scene.name_of
    plain = not scene.mark(at) and (scene.particle(at) in ("", "opener", "demonstrative") or word in _WHAT)
    plain = (plain and word not in _ASIDE and not is_governed(scene, at)) or word in steering("measure")
    if (is_verbal_noun(word) and not named) or (plain and (word == "ما" or not sure)):
        return Opening(at, scene.tokens[at].start, "object")
    return _past_aside(scene, at, limit) or _past_adjunct(scene, at, limit, sure=sure)


def _past_apposition(scene: Scene, at: int, limit: int) -> int:
    """Past the office behind a name (``نفى فلان رئيس الحكومة السابق، الاتهامات``), up to the comma that closes it."""
    office = source_noun(scene.word(at)) if at - 1 in scene.name_of and at not in scene.name_of else None
    if office is None or office.role != "title" or scene.word(at).startswith("ال"):
        return at
    near = range(at + 1, min(limit, at + _ADJUNCT))
    return next((spot + 1 for spot in near if scene.mark(spot) == "،"), at)


def _past_aside(scene: Scene, at: int, limit: int) -> Opening | None:
    """The object behind an aside between commas (``أعلن الوزير، وكان في زيارة للمدينة، إطلاق ...``)."""
    if scene.mark(at - 1) != "،":
        return None
    close = next((spot for spot in range(at, min(limit, at + _ADJUNCT)) if scene.mark(spot) == "،"), limit)
    if close + 1 >= limit or close + 1 in scene.name_of or not is_verbal_noun(scene.word(close + 1)):
        return None
    return Opening(close + 1, scene.tokens[close + 1].start, "object")


def _past_adjunct(scene: Scene, at: int, limit: int, *, sure: bool) -> Opening | None:
    """The object behind an adjunct: ``أكد الوزير خلال لقائه نظيره أهمية ...``, ``نفت في آذار قيامها ب...``."""
    if scene.particle(at) != "preposition" and not is_governed(scene, at) and scene.word(at) not in _ASIDE:
        return None
    owned = not sure
    for spot in range(at + 1, min(limit, at + _ADJUNCT)):
        if scene.mark(spot) in (".", ":"):
            return None
        owned = owned and scene.particle(spot) != "relative"
        free = spot not in scene.name_of and scene.particle(spot - 1) != "preposition"
        resumes = scene.mark(spot - 1) != "" or spot - 1 in scene.timed or spot - 1 in scene.name_of
        word = scene.word(spot)
        bound = resumes or (owned and word.endswith(("ها", "هم")))
        if free and (particle(word) == "opener" or (bound and is_verbal_noun(word))):
            return Opening(spot, scene.tokens[spot].start, "object")
    return None


def everything_after(scene: Scene, at: int, limit: int, *, bare: bool = False) -> Opening | None:
    """A content that is all that follows (``اتهمت الحكومة المتمردين ب...``), `bare` without the ب before it."""
    at = _past_adverbs(scene, at, limit)
    if at >= limit:
        return None
    word = scene.word(at)
    if word == "ب" or (word.startswith("ب") and word[1:] in _THAT):
        return _past_quote(scene, at + 1, "whole")
    attached = bare and clitic(word, "ب") is not None and particle(word) != "root"
    return Opening(at, stem_start(scene.tokens[at], 1) if attached else scene.tokens[at].start, "whole")


def end_of(scene: Scene, begun: Opening, sentence: Sentence, cut: int) -> int:
    """The token after the content: where its quotation closes, at `cut`, or where its sentence ends."""
    if begun.by == "quote" or begun.by in _SHORT:
        opened = next((at for at in range(begun.token - 1, begun.token - 4, -1) if at in scene.opens), None)
        close = scene.closing(opened, _LONGEST_QUOTE) if opened is not None else None
        if close is not None and _stops(scene, close + 1, sentence, cut):
            return close
    end = min(cut, sentence.last)
    last = _tail(scene, begun, _balanced(scene, begun.token, end, cut))
    if not _is_thing(scene, begun):
        return last
    told = (at for at in range(begun.token, last) if scene.particle(at) == "relative")
    described = next(told, last)
    spots = range(begun.token + 2, last)
    ends = (
        at - (scene.mark(at - 1) in COMMAS) for at in spots if _moves_on(scene, sentence, at, described=at > described)
    )
    return next(ends, last)


def _is_thing(scene: Scene, begun: Opening) -> bool:
    """Is a thing said, or a clause in the subjunctive (``نفى أن يكون ...``), to which no clause of its own belongs?"""
    that = scene.word(begun.token - 1).removeprefix("ب") in _THAT
    if begun.by == "clause":
        return scene.word(begun.token) in _SUBJUNCTIVE and scene.word(begun.token - 1) == "ان"
    return begun.by in THINGS and not that


def _moves_on(scene: Scene, sentence: Sentence, at: int, *, described: bool) -> bool:
    """Does the outlet go on behind a thing said, in a clause of its own (``، وأغلق الطريق``, ``، بعدما قال``)?

    Behind a relative clause the verb may go on with that (`described`).
    """
    comma, pair = scene.mark(at - 1) in COMMAS, (scene.word(at), scene.word(at + 1))
    if pair[0] in _DESPITE and not described:
        return True
    later = comma and (pair[0] in steering("later") or pair[1] in _THOUGH.get(pair[0], ()))
    return later or (not described and begins_own(scene, sentence, at))


def _stops(scene: Scene, at: int, sentence: Sentence, cut: int) -> bool:
    """Does the clause stop at token `at`, behind a closing quotation mark?"""
    return (
        at >= len(scene.tokens) or at >= sentence.last or at >= cut or scene.mark(at) in COMMAS | {".", ":", "!", "؟"}
    )


def _balanced(scene: Scene, first: int, end: int, cut: int) -> int:
    """Past the full stops inside a quotation that is still open at the sentence's end."""
    spot = first
    while spot < end:
        if spot in scene.opens:
            close = scene.closing(spot, _LONGEST_QUOTE)
            if close is None:
                return end
            if close >= end:
                return close if end < cut or cut >= len(scene.tokens) else end
            spot = close
        spot += 1
    return end


def _tail(scene: Scene, begun: Opening, end: int) -> int:
    """Without a closing remark of the outlet: ``، وذلك خلال ...``, ``في خطوة ...``."""
    for at in range(begun.token + 2, end):
        word, before = scene.word(at), scene.word(at - 1)
        if scene.mark(at) in COMMAS and (begun.by in _SHORT or (begun.by == "object" and _leaves(scene, at + 1))):
            return at
        if _turns_out(scene, at):
            return at - (scene.mark(at - 1) in COMMAS)
        follows = scene.word(begun.token) in steering("condition") and word.startswith("فان")
        if (begins_clause(scene, at) and not follows) or (word == "وذلك" and scene.mark(at - 1) in COMMAS):
            return at - 1
        if word == "كما" and before in COMMAS and _is_done(scene, at + 1):
            return at - 1
        if before == "في" and particle(word) == "tail":
            return at - 1
        if before in ("وهو", "وهي") and word in steering("comment") and scene.mark(at - 2) in COMMAS:
            return at - 2
    return end


def _is_done(scene: Scene, at: int) -> bool:
    """``، كما زار المستشفى``: a word that may be a verb in the past, so that the outlet tells what else was done."""
    word = scene.word(at)
    verb = len(word) > 2 and not word.startswith(("ي", "ت", "ان", "ال"))
    return verb and at not in scene.name_of and not particle(word)


def _turns_out(scene: Scene, at: int) -> bool:
    """``لكن اتضح أن``, ``، إلا أنه تبين``: the outlet tells what came out in the end."""
    but = scene.word(at).removeprefix("و")
    width = 1 if but == "لكن" else 2 if but in _UNLESS and scene.word(at + 1)[:2] == "ان" else 0
    return width > 0 and scene.word(at + width) in steering("came-out")


def begins_clause(scene: Scene, at: int) -> bool:
    """Does a word behind a comma open a new clause of the outlet's own (``، ليتبين أن``)?"""
    return scene.word(at) in steering("result") and scene.mark(at - 1) in COMMAS


def _leaves(scene: Scene, at: int) -> bool:
    """Does what follows a comma describe an object from outside (``، الذي ...``, ``، وهو ...``)?"""
    return scene.particle(at) == "relative" or scene.word(at) in _ASIDE
