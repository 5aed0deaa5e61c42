"""Where in a text words stand that report speech."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.claims.clauses import Gender
from khabar.claims.scene import Scene
from khabar.claims.words import Attribution, Reporting, attribution_phrases, reporting_words
from khabar.text import Match, Sentence
from khabar.text.morphology import readings
from khabar.text.phrases import stem_start

_CLITICS = {"verb": ("و", "ف"), "participle": ("و",), "noun": ("و", "ف", "ب", "ل", "ك"), "phrase": (), "mark": ()}
_NO_REPORT = frozenset({"الله", "لكم"})
_UNREAL = frozenset({"ان", "لن", "كي", "لكي", "سوف"})

_BE = frozenset({"يكون", "تكون", "يكونوا", "يكونا"})
_SUPPOSED = 10


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word in the text: token `first` to `last` (left out), its characters, its clitic and entry."""

    first: int
    last: int
    start: int
    end: int
    prefix: str
    pronoun: bool
    folded: str
    word: Reporting

    @property
    def gender(self) -> Gender:
        """The gender of a singular verb's or participle's subject, None where the form does not tell."""
        stem = self.folded.removeprefix(self.prefix)
        if self.pronoun or self.word.kind not in ("verb", "participle") or stem.endswith(("وا", "ون", "ين")):
            return None
        if stem.endswith("تا"):
            return "feminine"
        if self.word.kind == "participle":
            return "feminine" if stem.endswith("ه") else None
        if stem.startswith("ت") and not stem.endswith("ت"):
            return None if self.word.lemma.startswith("ت") else "feminine"
        return "feminine" if stem.endswith("ت") and not self.word.lemma.endswith("ت") else "masculine"


_DAMMA = "\u064f"
_LIGHT = ("ت", "ا")
"""Lemmas that begin so (تفعّل, افتعل) have no damma after the prefix of an active imperfect."""
_PLAIN = frozenset({"قال", "نقل", "نفى", "نسب", "خشي", "نشر"})
"""Lemmas whose active imperfect has a fatha after the prefix (``يَقول``), so that a damma there marks the passive."""


def is_passive(scene: Scene, cue: Cue) -> bool:
    """Is a verb written as a passive (``أُعلن``, ``نُفي``, ``يُتوقع``), so that no subject of it speaks?"""
    if cue.word.kind != "verb" or scene.text.text[cue.start + 1 : cue.start + 2] != _DAMMA:
        return False
    imperfect = scene.text.text[cue.start] in "يت" and cue.folded.removeprefix(cue.prefix)[:1] in "يت"
    return not imperfect or cue.word.lemma.startswith(_LIGHT) or cue.word.lemma in _PLAIN


def _entry(folded: str, then: str) -> tuple[str, int, Reporting, bool] | None:
    """The entry of a word before `then`; of two readings (``ورد``) that with و unless في follows (``ورد في``)."""
    table = reporting_words()
    if folded in table and not (then != "في" and folded.startswith("و") and folded[1:] in table):
        return "", 0, *table[folded]
    for reading in readings(folded):
        key = "ال" + reading.stem if reading.article else reading.stem
        found = table.get(key)
        if reading.prefix and found and reading.prefix in _CLITICS[found[0].kind]:
            return reading.prefix, reading.offset, *found
    return None


def _denied(scene: Scene, at: int, entry: Reporting) -> bool:
    """Not said (لم يؤكد), not yet (قبل أن يعلن), a prayer, or by the first person (أعتقد beside اعتقد)."""
    before = scene.word(at - 1)
    if scene.word(at + 1) in _NO_REPORT or (entry.lemma[0] == "ا" and "أ" in scene.tokens[at].text[:2]):
        return True
    if scene.particle(at - 1) == "negation" or before.removeprefix("و") in ("لم", "لن"):
        return entry.lemma != "استبعد"
    if entry.kind == "verb" and before == "قد" and _is_supposed(scene, at):
        return True
    if entry.kind != "verb" or before not in _UNREAL or not _is_imperfect(scene.word(at), entry):
        return False
    return before != "ان" or scene.word(at - 2) != "قبل"


def _is_imperfect(folded: str, entry: Reporting) -> bool:
    """Has a verb the prefix of the imperfect (``يتحدث``), and not a ت of its own (``تحدث``)?"""
    own = entry.lemma.startswith("ت") and not folded.startswith("تت")
    return folded.startswith("ي") or (folded.startswith("ت") and not own)


def _is_supposed(scene: Scene, at: int) -> bool:
    """Does ``أن يكون ... قد`` stand before a verb, so that it is only said or denied that it was said?"""
    was = (spot for spot in range(at - 2, max(0, at - _SUPPOSED), -1) if scene.word(spot) in _BE)
    spot = next(was, None)
    return spot is not None and scene.word(spot - 1) == "ان"


def cue_at(scene: Scene, at: int) -> Cue | None:
    """The reporting word at a token, or None: names, negated words and impersonal frames are none."""
    if scene.tokens[at].kind != "word" or at in scene.name_of:
        return None
    entry = _entry(scene.word(at), scene.word(at + 1))
    if entry is None:
        return None
    prefix, offset, word, pronoun = entry
    if _denied(scene, at, word):
        return None
    token = scene.tokens[at]
    start = stem_start(token, offset) if offset else token.start
    return Cue(at, at + 1, start, token.end, prefix, pronoun, token.folded, word)


def find_cues(scene: Scene, sentence: Sentence) -> list[Cue]:
    """The reporting words of a sentence, in order."""
    found = (cue_at(scene, at) for at in range(sentence.first, sentence.last))
    return [cue for cue in found if cue is not None]


def find_phrases(scene: Scene, sentence: Sentence) -> list[Match[Attribution]]:
    """The attribution phrases of a sentence (``بحسب``, ``وفقا ل``), in order."""
    found = attribution_phrases().find(scene.text, sentence.first, sentence.last)
    return [match for match in found if match.prefix in ("", "و", "ف", "ل")]
