"""Does a clause look ahead?  Decides which Tuesday ``الثلاثاء`` is."""

from __future__ import annotations

from functools import lru_cache

from khabar.times.words import View, phrases_of, words_of

_REACH = 14
_NEAR = 4
_SINCE = frozenset({"منذ", "مند", "ومنذ"})
_CLAUSE = frozenset({"ان", "ما"})
_WISHES, _IF, _HAD = frozenset({"ان", "وان"}), frozenset({"اذا", "واذا", "ان"}), frozenset({"يكون", "تكون"})
_SHORT_VERB, _LONG_VERB = 3, 5
_HAD_BEEN = frozenset({"كان", "كانت", "وكان", "وكانت", "كانا", "كانوا"})
_AFTER = frozenset({"بعد", "منذ", "عقب"})
_PAST = frozenset({"كان", "كانت", "كانوا", "لم", "بدا", "بدات", "ظل", "ما", "لا", "ان"})
_BREAKS = frozenset(
    {".", "؟", "!", "؛", ":", '"', "«", "الذي", "التي", "الذين", "ان", "انه", "انها", "بان", "بانه", "بانها"}
)
_TRANSPARENT = frozenset({"ان", "انه", "انها", "بان", "بانه", "بانها"})


@lru_cache(maxsize=100_000)
def is_future_verb(folded: str) -> bool:
    """``سيعقد``, ``وسنبحث``: the future particle on an imperfect verb, told from its look-alikes by a table."""
    word = folded[1:] if folded[:2] in ("وس", "فس") else folded
    return len(word) >= 5 and word[0] == "س" and word[1] in "يتن" and word not in words_of("future_lookalikes")


@lru_cache(maxsize=100_000)
def is_past_form(folded: str) -> bool:
    """``تجددت``, ``انطلقت``: a verb of the past by its form alone, of the feminine with more than three radicals."""
    word = folded.removeprefix("و")
    return len(word) >= _LONG_VERB and word[0] in "ات" and word[-1] == "ت" and word[-2] not in "اويء"


def is_future(view: View, index: int, *, scheduled: bool = False) -> bool:
    """Is the nearest cue before token `index` in its clause one of the future?  ``منذ`` never leads there.

    `scheduled` takes the present of what is put on a calendar for the future: ``تنطلق البطولة الأحد``.

    ``أعلن أنه سيزور موسكو الثلاثاء`` looks ahead; ``سيبحث الاتفاق الذي وقع الثلاثاء`` does not.
    """
    if view.folded(index - 1) in _SINCE:
        return False
    for at in range(index - 1, max(-1, index - _REACH), -1):
        token = view.tokens[at]
        if "\n" in view.text.text[token.end : view.tokens[at + 1].start]:
            return False
        if _looks_ahead(view, at, scheduled=scheduled):
            return True
        if token.folded.removeprefix("و") in words_of("done_verbs"):
            # يعتزم زيارة المدينة، والمجلس صادق الثلاثاء
            return False
        if token.folded in _BREAKS and token.folded not in _TRANSPARENT:
            return False
        if token.folded in _CLAUSE and view.folded(at - 1) in _AFTER:
            # بعد أن هبطت الخميس
            return False
    return False


def is_wished(view: View, index: int) -> bool:
    """Does ``أن`` with an imperfect, or ``إذا لم``, lead to token `index`: ``أن تسلم أثينا اثنين قبل نهاية نوفمبر``?"""
    for at in range(index - 1, max(-1, index - _REACH), -1):
        folded = view.folded(at)
        imperfect = view.folded(at + 1)[:1] in ("ي", "ت", "ن") and len(view.folded(at + 1)) > _SHORT_VERB
        if folded == "لم" and view.folded(at - 1) in _IF:
            return True
        if folded in _WISHES and imperfect:
            had = view.folded(at + 1) in _HAD and view.folded(at + 2) == "قد"
            # كان مقررا أن يزور البلدة الأربعاء
            over = view.folded(at - 1) in words_of("planned") and view.folded(at - 2) in _HAD_BEEN
            return not had and not over and view.folded(at - 1) not in words_of("bound_clauses")
        if folded in _BREAKS or folded.removeprefix("و") in words_of("done_verbs") or not view.same_line(at, at + 1):
            return False
    return False


def told_of(view: View, index: int) -> bool:
    """Does a verb of what happened stand before token `index` on its line?"""
    for at in range(index - 1, max(-1, index - _REACH), -1):
        bare = view.folded(at).removeprefix("و")
        if bare in words_of("done_verbs") or bare in words_of("past_verbs"):
            return True
        if at + 1 < len(view.tokens) and not view.same_line(at, at + 1):
            return False
    return False


def told_as_past(view: View, index: int) -> bool:
    """Does the clause before a token begin or stand in the past (``بدأت المرحلة الأولى في 7 أغسطس``)?"""
    for at in range(index - 1, max(-1, index - _REACH), -1):
        folded = view.folded(at)
        if folded.removeprefix("و") in words_of("past_verbs"):
            return True
        if folded.removeprefix("و") in words_of("going_on") or is_future_verb(folded):
            # انطلقت اليوم وتتواصل إلى 28 أفريل, تم تأجيلها إلى 1 مارس
            return False
        if folded in _BREAKS or not view.same_line(at, at + 1):
            return False
    return False


def _looks_ahead(view: View, index: int, *, scheduled: bool) -> bool:
    """A cue of the future; ``بحلول الساعة العاشرة`` is none, ``كان يلتقي`` tells of the past."""
    folded = view.folded(index)
    if is_future_verb(folded) or phrases_of("future_words", "example").at(view.text, index) is not None:
        deadline = folded.endswith("بحلول") and (scheduled or view.folded(index + 1) == "الساعه")
        # أسرع من المتوقع compares
        if folded in words_of("planned") and view.folded(index - 1) in _HAD_BEEN:
            # مسيرة كانت مقررة السبت
            return False
        compared = (
            folded == "المتوقع"
            and view.folded(index - 1) == "من"
            and view.folded(index - 2) in words_of("superlatives")
        )
        return not deadline and not compared
    if folded == "ان" and view.folded(index - 1) == "علي" and view.folded(index + 1)[:1] in ("ي", "ت"):
        # على أن تستأنف التدريبات الاثنين, but not كان أبحر على أن يعود الخميس
        return not told_as_past(view, index - 1)
    verb = folded[1:] if folded[:1] == "و" else folded
    if not scheduled or verb not in words_of("schedule_verbs"):
        return False
    before = [view.folded(at).removeprefix("و") for at in range(max(0, index - _NEAR), index)]
    return not any(word in _PAST for word in before)
