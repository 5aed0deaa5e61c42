"""Who passed it on: the outlets that a claim came through."""

from __future__ import annotations

from khabar.claims.scene import COMMAS, Scene, clitic
from khabar.claims.subjects import Source, after
from khabar.claims.words import media, source_noun, steering
from khabar.model import Name, Span
from khabar.text.quotes import OPENING, QUOTES

_QUOTED = frozenset({"quoted-body", "named-after-noun", "latin-name", "known-medium"})


def _outlet_at(scene: Scene, at: int) -> Span | None:
    """The outlet named at a token: a body's name, or a noun like صحيفة with what follows it."""
    while scene.mark(at) in QUOTES and scene.mark(at):
        at += 1
    name = scene.begins_name(at)
    if name is not None and name.type == "ORG" and _is_medium(scene, at, name):
        return name.span
    noun = source_noun(scene.word(at)) or source_noun(scene.word(at)[1:])
    if noun is None or noun.role != "outlet":
        return None
    return scene.span(
        scene.skip_clitic(at, "ل") if clitic(scene.word(at), "ل") else scene.tokens[at].start, _outlet_end(scene, at)
    )


def _is_medium(scene: Scene, at: int, name: Name) -> bool:
    """A known outlet, or a name in quotation marks or behind a noun like صحيفة."""
    noun = source_noun(scene.word(at - 1)) or source_noun(scene.word(at - 1)[1:])
    behind = noun is not None and noun.role == "outlet"
    return name.entity in media() or name.rule in _QUOTED or behind or (scene.mark(at - 1) in OPENING and at > 0)


def _outlet_end(scene: Scene, at: int) -> int:
    last = at + 1
    while last < len(scene.tokens) and last < at + 5:
        if last in scene.name_of or (scene.mark(last) in QUOTES and scene.mark(last)):
            last += 1
        elif scene.mark(last) or scene.particle(last) or last in scene.timed:
            break
        else:
            last += 1
    return scene.tokens[last - 1].end


_LINKS, _GAP = 3, 4
_FROM = frozenset({"عن", "عما"})
_ON = frozenset({"نقلا", "بدورها", "بدوره", "استنادا"})


def is_outlet(source: Source) -> bool:
    """Is a source an outlet, which may have it from somebody else?"""
    return (source.noun is not None and source.noun.role == "outlet") or source.entity in media()


def innermost(scene: Scene, source: Source, limit: int, *, any_body: bool = False) -> tuple[Source, tuple[Span, ...]]:
    """The last link of a chain (``عن قناة س، عن مصدر``), and the outlets before it, nearest to the reader first.

    `any_body` lets a body that no table knows for an outlet cite people too (``ذكرت هيئة البث عن موظف``).
    """
    passed: tuple[Span, ...] = ()
    for _ in range(_LINKS):
        found = _next_link(scene, source, limit) if is_outlet(source) or any_body else None
        if found is None or not (is_outlet(source) or found.kind == "anonymous"):
            break
        passed, source = (*passed, source.span), found
    return source, passed


def _next_link(scene: Scene, source: Source, limit: int) -> Source | None:
    """Whom an outlet has it from: the noun phrase behind عن, right after it or after a comma."""
    at = source.last
    while at < min(limit, source.last + _GAP) and (scene.mark(at) in COMMAS | QUOTES or scene.word(at) in _ON):
        at += 1
    if at >= limit or scene.word(at) not in _FROM or at in scene.name_of:
        return None
    found = after(scene, at + 1, limit, bare=False, clitics=False)
    return None if found is None or found.last >= limit else found


def relays_between(scene: Scene, first: int, last: int, source: Source | None) -> tuple[Span, ...]:
    """Outlets told (``لـ«الجريدة»``) or carrying (``بثته قناة``) in tokens `first` to `last`."""
    found: list[Span] = []
    for at in range(first, min(last, len(scene.tokens))):
        if source is not None and source.first <= at < source.last:
            continue
        told = scene.word(at) == "ل" or (
            scene.word(at).startswith("ل") and (at in scene.name_of or clitic(scene.word(at), "ل"))
        )
        span = (
            _outlet_at(scene, at + 1 if scene.word(at) in steering("carrier") | {"ل"} else at)
            if told or scene.word(at) in steering("carrier")
            else None
        )
        if span is not None and span not in found:
            found.append(span)
    return tuple(found)
