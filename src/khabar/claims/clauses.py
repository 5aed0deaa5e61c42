"""Where a clause begins: a word at its head that is in all likelihood a verb."""

from __future__ import annotations

from typing import Literal

from khabar.claims.noun_phrases import is_nisba
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.words import is_verbal_noun, particle, source_noun
from khabar.text import Sentence

Gender = Literal["feminine", "masculine"] | None


def verb_gender(scene: Scene, sentence: Sentence, at: int) -> Gender:
    """The gender of a word at the head of a clause that is in all likelihood a verb, None for other words."""
    word = scene.word(at)
    stem = word[1:] if word[:1] in ("و", "ف") and len(word) > 2 else word
    joined = stem != word or scene.mark(at - 1) != "" or scene.particle(at - 1) == "conjunction"
    free = scene.tokens[at].kind == "word" and at not in scene.name_of and at not in scene.timed
    if (
        not ((joined or at == sentence.first) and free)
        or len(stem) < 3
        or stem.startswith("ال")
        or particle(word)
        or particle(stem)
    ):
        return None
    if (
        source_noun(word) is not None
        or is_verbal_noun(stem)
        or is_nisba(stem)
        or stem.endswith(("ات", "ه", "ها", "هم"))
    ):
        return None
    return "feminine" if stem.endswith("ت") or stem.startswith(("ت", "ست")) else "masculine"


def begins_own(scene: Scene, sentence: Sentence, at: int) -> bool:
    """Does a clause of its own begin at token `at`, behind a comma a verb with و or ف (``، وأغلقت الشوارع``)?"""
    joined = scene.word(at)[:1] in ("و", "ف")
    return scene.mark(at - 1) in COMMAS and joined and verb_gender(scene, sentence, at) is not None
