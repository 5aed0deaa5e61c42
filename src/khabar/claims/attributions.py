"""Claims marked by a phrase beside them: ``بحسب مصادر ...``, ``وفق ما أعلنت ...``, ``على حد تعبيره``."""

from __future__ import annotations

from dataclasses import replace

from khabar.claims.clauses import begins_own
from khabar.claims.contents import THINGS, Opening, begins_clause, end_of, opening
from khabar.claims.cues import cue_at, find_phrases
from khabar.claims.memory import Memory, subject_of
from khabar.claims.relays import is_outlet, relays_between
from khabar.claims.scene import COMMAS, Scene
from khabar.claims.sites import Frame, joint
from khabar.claims.subjects import Source, after
from khabar.claims.words import Attribution, particle, steering
from khabar.model import Span
from khabar.text import Match, Sentence
from khabar.text.quotes import QUOTES

_WHICH = frozenset({"ما", "مما"})
_LEADS = frozenset({"فان", "فانه", "فانها", "فقد", "ان", "انه", "انها", "فهناك"})
_FEWEST = 3
_CARRIED = 4
_ASIDE, _TOLD = 10, 14
_HEARD = 0.6

Phrase = Match[Attribution]


def _settled(scene: Scene, sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """A phrase as it is meant: ``كما`` only before a verb and its subject that close a clause (``كما قال الوزير،``)."""
    if phrase.value.role != "aside":
        return phrase
    verb = cue_at(scene, phrase.last) if phrase.last < sentence.last else None
    if verb is None or verb.word.kind != "verb" or verb.prefix:
        return None
    found = after(scene, verb.last, sentence.last, bare=False)
    at = _past_marks(scene, verb.last if found is None else found.last)
    goes_on = opening(scene, at, min(sentence.last, at + _ASIDE), frozenset({"clause"}))
    closes = at >= sentence.last or scene.mark(at) in COMMAS | {"."}
    if not closes or (goes_on is not None and goes_on.by == "clause"):
        return None
    return replace(phrase, value=Attribution("clause", verb.word.stance))


def _source(scene: Scene, phrase: Phrase, sentence: Sentence, memory: Memory) -> Source | None:
    """The source after a phrase; in a clause (``حسبما ذكرت ...``) after its verb, or whom the sentence is about."""
    at = phrase.last
    if phrase.value.role == "clause":
        at = at + 2 if particle(scene.word(at + 1)) == "preposition" else at + 1
        found = after(scene, at, sentence.last, bare=False) or _quoted(scene, at)
        if found is not None and _past_marks(scene, found.last) != found.last:
            found = replace(found, last=_past_marks(scene, found.last))
        inner = _learned(scene, found, sentence)
        return inner or found or subject_of(scene, sentence, phrase.first) or memory.last
    while particle(scene.word(at).removeprefix("ل")) == "transparent" or scene.word(at) in ("من", "ل"):
        at += 1
    found = after(scene, at, sentence.last, bare=False, clitics=True)
    return _heard(scene, found) if found is not None and found.rule == "phrase" else found


def _heard(scene: Scene, found: Source) -> Source | None:
    """A source in words that no table knows (``بحسب ذويهم``), if the encoder sees one (``وفق الخطة`` has none)."""
    seen = None if scene.opinion is None else scene.opinion.source_at(found.first)
    return replace(found, kind=seen.kind) if seen is not None and seen.probability >= _HEARD else None


def _past_marks(scene: Scene, at: int) -> int:
    while scene.mark(at) in QUOTES and scene.mark(at):
        at += 1
    return at


def _quoted(scene: Scene, at: int) -> Source | None:
    """An outlet that stands only in quotation marks (``«ضفتان»``)."""
    close = scene.quoted_name(at) if at in scene.opens else None
    span = scene.text.token_span(at + 1, close - 1) if close is not None and close - at > _FEWEST - 1 else None
    return None if close is None or span is None else Source(at, close, span, "organisation", None, None, "name")


def _learned(scene: Scene, outlet: Source | None, sentence: Sentence) -> Source | None:
    """From whom an outlet has it (``وفق ما علمت الصحيفة من مصدرين``, ``وفق ما نقلته وكالة عن مسؤول``)."""
    if outlet is None or scene.word(outlet.last) not in ("من", "عن"):
        return None
    inner = after(scene, outlet.last + 1, sentence.last, bare=False)
    return inner if inner is not None and (inner.noun is not None or is_outlet(outlet)) else None


def _cue(scene: Scene, phrase: Phrase) -> Span:
    with_verb = phrase.value.role == "clause" and phrase.last < len(scene.tokens)
    return scene.text.span(phrase.start, scene.tokens[phrase.last].end if with_verb else phrase.end)


def _leads(scene: Scene, phrase: Phrase, source: Source, sentence: Sentence) -> bool:
    """Does the phrase stand before what it attributes?"""
    led = scene.mark(phrase.first - 1) in COMMAS and scene.word(source.last) in _LEADS
    quoted = source.last in scene.opens and scene.quoted_name(source.last) is None
    opens = phrase.first - sentence.first <= 1 or led or quoted or joint(scene, phrase.first - 1) > 0
    return opens and sentence.last - source.last > _FEWEST


def _opening_after(scene: Scene, source: Source, sentence: Sentence) -> Opening | None:
    at = source.last
    while at < sentence.last and (scene.mark(at) in COMMAS | QUOTES or scene.word(at) in _LEADS):
        at += 1
    by = "quote" if at - 1 in scene.opens else "phrase"
    return Opening(at, scene.tokens[at].start, by) if at < sentence.last else None


_ONWARD = frozenset({"نحو", "قرابة", "اكثر", "اقل", "ما", "بين", "حوالي", "زهاء", "ان", "انها", "انه"})


def _described_until(scene: Scene, at: int, phrase: Phrase) -> int:
    """The comma behind what describes a source in an aside (``، بحسب بيان لمكتبه، ...``), else `at` itself."""
    if scene.mark(phrase.first - 1) not in COMMAS or scene.mark(at):
        return at
    near = range(at + 1, min(len(scene.tokens), at + (_TOLD if cue_at(scene, at) else _CARRIED) + 1))
    return next((spot for spot in near if scene.mark(spot) == "،"), at)


def _content_after(scene: Scene, phrase: Phrase, source: Source, sentence: Sentence) -> Span | None:
    """What follows a phrase thrust into its clause: ``وهبط الإنتاج، بحسب الشركة، إلى ...``, ``قُتل وفق الشرطة 20``."""
    at = _described_until(scene, _past_marks(scene, source.last), phrase)
    comma = scene.mark(at) in ("،", ",")
    at += comma
    if at >= sentence.last or scene.mark(at) or phrase.first == sentence.first or not _goes_on(scene, at, sentence):
        return None
    before = scene.mark(phrase.first - 1) in COMMAS
    number = scene.tokens[at].kind == "number" or scene.word(at) in _ONWARD
    if not ((before and comma) or (number and not before and not comma)):
        return None
    ends = (spot for spot in range(at + 1, sentence.last) if begins_own(scene, sentence, spot) or _leaves(scene, spot))
    last = next(ends, sentence.last)
    start = scene.tokens[at + (scene.word(at) in ("الي", "ان"))].start
    return scene.span(start, scene.tokens[last - 1].end)


def _goes_on(scene: Scene, at: int, sentence: Sentence) -> bool:
    """Does the clause of a phrase go on at token `at`, and no other begin there?"""
    other = scene.particle(at) in ("conjunction", "relative") or begins_clause(scene, at) or scene.word(at)[:1] == "و"
    other = other or scene.word(at) in steering("setting")
    joined = any(joint(scene, spot) for spot in (at, at + 1)) and scene.particle(at) != "negation"
    return not other and not joined and cue_at(scene, at) is None and at not in scene.timed


def _leaves(scene: Scene, at: int) -> bool:
    return scene.mark(at - 1) in COMMAS and (scene.particle(at) == "conjunction" or joint(scene, at + 1) > 1)


def _clause_before(scene: Scene, first: int, phrase: Phrase, sentence: Sentence) -> int:
    """The start of the clause that a phrase closes: behind a colon, or where a comma brings a verb of its own."""
    for at in range(phrase.first - _FEWEST, first, -1):
        if scene.mark(at) == ":" or begins_own(scene, sentence, at + 1):
            return at + 1
    return first


def _led_to(scene: Scene, first: int, phrase: Phrase) -> int | None:
    """What a clause of result tells, which a phrase behind it attributes (``، ما أدى إلى مقتل ثلاثة، بحسب ...``)."""
    for at in range(phrase.first - _FEWEST - 1, first, -1):
        if scene.mark(at - 1) in COMMAS and scene.word(at) in _WHICH and scene.word(at + 1) in steering("led-to"):
            return at + 3
    return None


def _content_before(scene: Scene, phrase: Phrase, sentence: Sentence) -> Span | None:
    """What stands before a phrase in its sentence, or the whole sentence before it, unless that has its own source."""
    clauses = (at for at in range(phrase.first - 1, sentence.first, -1) if begins_clause(scene, at))
    first = _clause_before(scene, next(clauses, sentence.first), phrase, sentence)
    if scene.word(first) in ("فان", "فانه", "فانها"):
        return None
    start = scene.tokens[first + 2 if begins_clause(scene, first) and scene.word(first + 1) == "ان" else first].start
    if (led := _led_to(scene, first, phrase)) is not None:
        start = scene.tokens[led].start
    if first > sentence.first and begins_own(scene, sentence, first):
        start = scene.skip_clitic(first, "وف")
    if phrase.first - sentence.first > _FEWEST - 1:
        return scene.span(start, phrase.start - len(phrase.prefix))
    number = scene.text.sentence_at(start)
    if number == 0:
        return None
    previous = scene.text.sentences[number - 1]
    if any(cue_at(scene, at) for at in range(previous.first, min(previous.first + 2, previous.last))):
        return None
    return scene.span(previous.start, previous.end)


def _relaying(scene: Scene, phrase: Phrase, source: Source) -> tuple[Span, ...]:
    """The outlet between a clause's verb and the source that it has it from."""
    if phrase.value.role != "clause" or scene.word(source.first - 1) not in ("من", "عن"):
        return ()
    outlet = after(scene, phrase.last + 1, source.first - 1, bare=False)
    return () if outlet is None else (outlet.span,)


def _frame(scene: Scene, phrase: Phrase, source: Source, sentence: Sentence) -> Frame | None:
    cue, stance = _cue(scene, phrase), phrase.value.stance
    relays = _relaying(scene, phrase, source)
    if _leads(scene, phrase, source, sentence):
        begun = _opening_after(scene, source, sentence)
        if begun is None:
            return None
        return Frame(cue, source, relays, begun, phrase.first, stance, "phrase before", 0.8)
    content = _content_after(scene, phrase, source, sentence) or _content_before(scene, phrase, sentence)
    if content is None:
        return None
    begun = Opening(scene.text.token_at(content.start), content.start, "phrase")
    via = relays + relays_between(scene, source.last, min(sentence.last, source.last + _CARRIED), source)
    return Frame(cue, source, via, begun, None, stance, "phrase after", 0.8, content=content)


def _relays(outlet: Source, inner: Source) -> bool:
    """Does an outlet say what unnamed sources told it (``ذكرت وكالة كذا وفق مصادر``)?"""
    return is_outlet(outlet) and inner.noun is not None and inner.noun.role in ("insider", "official", "witness")


def _cites(source: Source, phrase: Phrase) -> bool:
    """Does نقلا عن belong to a source, an outlet or a body right before it, and not to what stands in its words?"""
    return is_outlet(source) or (source.kind != "person" and 0 <= phrase.first - source.last < _FEWEST)


def _relayed(frame: Frame, phrase: Phrase, source: Source) -> Frame:
    """A claim that is itself relayed: the phrase names the relay, or after نقلا عن the origin, and ends the content."""
    until = phrase.first if frame.until is None and phrase.first > frame.opening.token else frame.until
    if frame.source is not None and phrase.value.role == "origin" and not _cites(frame.source, phrase):
        return frame
    if frame.source is not None and (phrase.value.role == "origin" or _relays(frame.source, source)):
        return replace(frame, source=source, via=(frame.source.span, *frame.via), until=until)
    if frame.source is None:
        return replace(frame, source=source, until=until)
    return replace(frame, via=(source.span, *frame.via), until=until)


def _enclosing(scene: Scene, sentence: Sentence, frames: list[Frame], phrase: Phrase) -> int | None:
    """The claim in whose words a phrase stands, unless a conjunction sets it off."""
    if joint(scene, phrase.first - 1):
        return None
    before = (number for number, frame in enumerate(frames) if frame.cue is not None and frame.cue.start < phrase.start)
    found = max(before, default=None)
    return None if found is None or _set_off(scene, sentence, frames[found], phrase) else found


def _set_off(scene: Scene, sentence: Sentence, frame: Frame, phrase: Phrase) -> bool:
    """Has another clause of the outlet begun since (``، ليتبين أن ...``, ``، فإن ...``, ``، وأغلق الطريق``)?"""
    if any(begins_clause(scene, at) for at in range(frame.opening.token, phrase.first)):
        return True
    return frame.opening.by in THINGS and end_of(scene, frame.opening, sentence, phrase.first) < phrase.first - 2


def _introduced(frames: list[Frame], phrase: Phrase, source: Source) -> int | None:
    """The claim with a source of its own that follows a phrase with an outlet (``وبحسب الصحيفة، قال الوزير ...``)."""
    if source.noun is None or source.noun.role != "outlet":
        return None
    after_it = (number for number, frame in enumerate(frames) if frame.cue and frame.cue.start > phrase.start)
    return next(after_it, None)


def _voiced(frames: list[Frame], number: int | None, source: Source) -> list[Frame]:
    """``مؤكدا على لسان ناطقه أن ...``: the mouth speaks, unless the verb has a subject of its own (``أكدت ليبيا``)."""
    if number is None or frames[number].opening.start < source.span.end:
        return frames
    frame = frames[number]
    subject = frame.source is not None and frame.cue is not None and frame.source.span.start > frame.cue.start
    if not subject:
        frames[number] = replace(frame, source=source)
    return frames


def _closed(frames: list[Frame], number: int | None, phrase: Phrase) -> None:
    """``على حد تعبيره`` ends the content of the claim before it."""
    if number is not None and frames[number].until is None:
        frames[number] = replace(frames[number], until=phrase.first)


def _is_own(scene: Scene, frame: Frame, phrase: Phrase) -> bool:
    """Is the frame's cue the verb of the phrase itself (``وفق ما أعلنت``)?"""
    if phrase.value.role != "clause" or frame.cue is None or phrase.last >= len(scene.tokens):
        return False
    return scene.tokens[phrase.last].start <= frame.cue.start < scene.tokens[phrase.last].end


def _with_phrase(scene: Scene, sentence: Sentence, frames: list[Frame], phrase: Phrase, memory: Memory) -> list[Frame]:
    enclosing = _enclosing(scene, sentence, frames, phrase)
    if phrase.value.role == "closing":
        _closed(frames, enclosing, phrase)
        return frames
    source = _source(scene, phrase, sentence, memory)
    if source is None:
        return frames
    if phrase.value.role == "voice":
        return _voiced(frames, enclosing, source)
    target = enclosing if enclosing is not None else _introduced(frames, phrase, source)
    if target is not None:
        frames[target] = _relayed(frames[target], phrase, source)
        return frames
    made = _frame(scene, phrase, source, sentence)
    memory.remember(scene, source, main=made is not None)
    return frames if made is None else sorted([*frames, made], key=lambda frame: frame.opening.start)


def attribution_frames(scene: Scene, sentence: Sentence, frames: list[Frame], memory: Memory) -> list[Frame]:
    """The frames of a sentence with those that phrases make, and with what phrases say about them."""
    for found in find_phrases(scene, sentence):
        phrase = _settled(scene, sentence, found)
        if phrase is None:
            continue
        others = [frame for frame in frames if not _is_own(scene, frame, phrase)]
        frames = _with_phrase(scene, sentence, others, phrase, memory)
    return frames
