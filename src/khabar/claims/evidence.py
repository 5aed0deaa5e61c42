"""How the source of a claim knows what it says, and how far the outlet stands from it; both apart from the stance.

Evidentiality as in Aikhenvald, Evidentiality (2004): seen, heard from others, inferred.  Of news only what words say is
taken: a source that tells nothing of this has none.
"""

from __future__ import annotations

from khabar.claims.scene import Scene
from khabar.claims.sites import Frame
from khabar.claims.words import reporting_words, steering
from khabar.model import Distance, Evidence, Span
from khabar.text import fold

_THAT = frozenset({"ان", "انه", "انها", "انهم"})
_EARLY, _BRIEF = 7, 2


def evidence_of(scene: Scene, frame: Frame, content: Span) -> Evidence | None:
    """Who saw it, who has it from others, who concludes it; None where nothing is said of that."""
    lemma, cue = _lemma(frame), "" if frame.cue is None else fold(frame.cue.text)
    if lemma in steering("concludes"):
        return "inferred"
    if lemma in steering("informed") or cue in steering("rumoured"):
        return "heard"
    return _told(scene, frame, content) or ("seen" if _is_witness(scene, frame) else None)


def _told(scene: Scene, frame: Frame, content: Span) -> Evidence | None:
    """What the first words of the content, or a clause on the source, tell (``إنه رأى``, ``حضر الواقعة``)."""
    first = scene.text.token_at(content.start)
    spots = list(range(first, min(first + _EARLY, scene.text.token_at(content.end - 1) + 1)))
    if frame.source is not None and frame.source.last < first:
        spots = [*range(frame.source.last, min(frame.source.last + _EARLY, first)), *spots]
    words = [scene.word(at) for at in spots if at not in scene.name_of and scene.word(at + 1) not in _THAT]
    kinds: tuple[Evidence, ...] = ("seen", "heard", "inferred")
    return next((kind for word in words for kind in kinds if word in steering(kind)), None)


def _is_witness(scene: Scene, frame: Frame) -> bool:
    """``شهود عيان``, ``ناجون``: who tells of it was there; what they ask for or expect they have not seen."""
    if frame.source is None or frame.stance not in ("assert", "confirm"):
        return False
    return scene.word(frame.source.first).removeprefix("ال") in steering("eyewitness")


def distance_of(scene: Scene, frame: Frame, content: Span) -> Distance | None:
    """How the outlet keeps its distance from what it reports, None where it does not."""
    cue = [] if frame.cue is None else [fold(word) for word in frame.cue.text.split()]
    if steering("alleges") & {_lemma(frame), *cue}:
        return "alleged"
    if frame.rule.startswith("label") and _lemma(frame) in steering("names"):
        return "so-called"
    return "scare-quotes" if _in_scare_quotes(scene, content) else None


def _in_scare_quotes(scene: Scene, content: Span) -> bool:
    """Do quotation marks stand around a word or two within more words, and no name in them?"""
    first, last = scene.text.token_at(content.start), scene.text.token_at(content.end - 1) + 1
    for at in range(max(0, first - 1), last):
        close = scene.closes.get(at, 0) if at in scene.opens else 0
        inside = range(at + 1, close)
        if 0 < len(inside) <= _BRIEF and last - first > len(inside) + 2 and not scene.name_of.keys() & set(inside):
            return True
    return False


def _lemma(frame: Frame) -> str:
    """The folded lemma of the reporting word, without clitics; empty where there is none."""
    if frame.cue is None:
        return ""
    found = reporting_words().get(fold(frame.cue.text.split()[-1]))
    return fold(found[0].lemma) if found is not None else ""
