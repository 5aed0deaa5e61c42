"""Which blocks of a web page are the report.

trafilatura says which words are the article.  Around its answer stand rules of our own, which know how Arabic news
pages are built: what a class says that an element holds, paragraphs of one text have one shape, a page of many
articles begins each with a heading, and behind ``مواضيع ذات صلة`` nothing of the report follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.readers.blocks import Block
from khabar.readers.dates import find_dates
from khabar.readers.lines import words_of
from khabar.readers.rubbish import ends_report, opens_list
from khabar.text import fold

NEVER = frozenset({"figcaption", "aside", "nav", "footer", "button", "form-field", "title"})
"""Elements that hold no part of a report, whatever trafilatura says."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_PARAGRAPH = 12
"""Words that a sentence must have to be believed without trafilatura."""
_SURE = 5
"""Words from which on a block that trafilatura kept is known by its words alone."""
_MOST_OF_A_BOX = 0.3
"""Part of the words kept beyond which an element is no box beside the report, whatever its class says."""
_LINKED = 0.8
_ITEM = 4
"""Words from which on an item of a list behind the last paragraph is believed."""
_MOST = 0.6
"""Part of the words kept behind which a heading such as ``الأكثر قراءة`` ends the report."""
_HEADLINE = 25
"""Words that a headline may have."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The blocks of a page with their text, entities read, and their folded words."""

    blocks: Sequence[Block]
    texts: Sequence[str]
    words: Sequence[tuple[str, ...]]

    def is_linked(self, at: int) -> bool:
        """Is a block a link and little else?"""
        return self.blocks[at].linked >= _LINKED * max(1, len(self.texts[at]))

    def ends_sentence(self, at: int) -> bool:
        """Does a block end as a sentence does?"""
        return self.texts[at].rstrip("\"'”»’)]} \t\n").endswith((".", "،", "؛", ":", "…"))

    def kinds(self, at: int) -> set[str]:
        """What the classes around a block say."""
        return {kind for _, kind in self.blocks[at].marks}


def choose(page: Shown, extracted: Sequence[str], title: str | None) -> tuple[list[int], int | None]:
    """The blocks of the report, and the one that shows its headline, None where none does."""
    posts = _posts(page)
    if posts:
        return posts, headline_of(page, title, posts) if title else None
    lines = [line for line in map(words_of, extracted) if line]
    kept = [at for at in _in_article(page.words, lines) if not page.blocks[at].within & NEVER]
    kept = kept or _paragraphs(page)
    headline = headline_of(page, title, kept)
    kept = sorted({*kept, *_missed(page, kept, headline)})
    for rule in RULES:
        kept = list(rule(page, kept, headline))
    return kept, headline


def _posts(page: Shown) -> list[int]:
    """A forum's first post; all messages of a page of messages, which bears no headline."""
    marked = [at for at in range(len(page.blocks)) if page.words[at] and "post" in page.kinds(at)]
    numbers = [next(number for number, kind in page.blocks[at].marks if kind == "post") for at in marked]
    if any("tgme" in page.blocks[at].shape[0] for at in marked):
        return marked
    return [at for at, number in zip(marked, numbers, strict=True) if number == numbers[0]]


def _paragraphs(page: Shown) -> list[int]:
    """For a page in which trafilatura sees no article: its ``<p>``, else its longer blocks, else all its text."""
    shown = [at for at, block in enumerate(page.blocks) if page.words[at] and not block.within & NEVER]
    marked = [at for at in shown if page.blocks[at].tag == "p"]
    return marked or [at for at in shown if len(page.words[at]) >= _PARAGRAPH] or shown


def _in_article(words: Sequence[tuple[str, ...]], lines: list[tuple[str, ...]]) -> list[int]:
    """Blocks whose words stand in the article: long ones anywhere, short ones as a line between long ones."""
    whole = f" {' '.join(' '.join(line) for line in lines)} "
    alone = frozenset(lines)
    sure = [at for at, block in enumerate(words) if len(block) >= _SURE and f" {' '.join(block)} " in whole]
    sure = _once(sure, words)
    if not sure:
        return []
    between = (at for at in range(sure[0], sure[-1]) if words[at] and len(words[at]) < _SURE)
    return sorted({*sure, *(at for at in between if words[at] in alone)})


def _once(sure: list[int], words: Sequence[tuple[str, ...]]) -> list[int]:
    """Each passage once: a block whose words were kept already (a teaser of this very page) goes."""
    seen: set[tuple[str, ...]] = set()
    first = []
    for at in sure:
        if words[at] not in seen:
            seen.add(words[at])
            first.append(at)
    return first


def _missed(page: Shown, kept: list[int], headline: int | None) -> Iterator[int]:
    """What trafilatura left out between the headline and the last paragraph: whole sentences, often the lead."""
    if not kept:
        return
    seen = {page.words[at] for at in kept}
    shape = _main_shape(page, kept)
    for at in range(kept[0] if headline is None else headline + 1, len(page.blocks)):
        if page.blocks[at].within & NEVER or page.words[at] in seen:
            continue
        long_sentence = len(page.words[at]) >= _PARAGRAPH and page.texts[at].rstrip().endswith(".")
        alike = page.blocks[at].shape == shape and len(page.words[at]) >= _SURE and page.ends_sentence(at)
        amid = at < kept[-1] and (long_sentence or alike or _is_subheading(page, at, kept))
        if amid or (at > kept[-1] and alike and _has_class(shape)):
            yield at


def _has_class(shape: tuple[str, str]) -> bool:
    """Does a shape tell more than the names of two elements?"""
    return len(" ".join(shape).split()) > 2


def _is_subheading(page: Shown, at: int, kept: list[int]) -> bool:
    """A heading amid the report, with a paragraph of it right below."""
    if page.blocks[at].tag not in HEADINGS or not 1 <= len(page.words[at]) < 20 or page.is_linked(at):
        return False
    below = next((below for below in range(at + 1, len(page.blocks)) if page.words[below]), at)
    return kept[0] < at and below in kept and not opens_list(page.texts[at])


def headline_of(page: Shown, title: str | None, kept: list[int]) -> int | None:
    """The block that shows the title: a heading before the article, else any such block, else ``<title>``."""
    wanted, blocks, words = words_of(title or ""), page.blocks, page.words
    first_sentence = next((at for at in kept if page.ends_sentence(at) and len(words[at]) >= _SURE), None)
    limit = first_sentence if first_sentence is not None else kept[0] + 1 if kept else len(blocks)
    before = [at for at in range(limit) if words[at]]
    shown = [at for at in before if "title" not in blocks[at].within]
    headings = [at for at in shown if blocks[at].tag in HEADINGS]
    same = [at for at in headings if words[at] == wanted] or [at for at in shown if wanted and words[at] == wanted]
    same = same or [at for at in shown if shows(words[at], wanted)]
    if same:
        return same[-1]
    first = [at for at in headings if blocks[at].tag == "h1" and len(words[at]) >= 3]
    if first and not wanted:
        return first[-1]
    named = [at for at in before if blocks[at].tag == "title" and wanted and _within(wanted, words[at])]
    if named or first:
        return named[0] if named else first[-1]
    return None if wanted else _line_above(page, shown, kept)


def _line_above(page: Shown, shown: list[int], kept: list[int]) -> int | None:
    """The nearest line of a headline's length above the first paragraph, for pages that name no title."""
    above = [at for at in shown if kept and at < kept[0]][-6:]
    long = [at for at in above if 4 <= len(page.words[at]) <= _HEADLINE and not page.is_linked(at)]
    return next(
        (at for at in reversed(long) if not page.ends_sentence(at) and not find_dates(fold(page.texts[at]))), None
    )


_LABEL_WORDS = 4


def shows(words: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Is this a title with a short label before it (``أخبار محلية: ...``)?"""
    extra = len(words) - len(title)
    return len(title) >= _LABEL_WORDS and 0 < extra <= _LABEL_WORDS and words[extra:] == title


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return whole[: len(part)] == part or whole[-len(part) :] == part


def _main_shape(page: Shown, kept: list[int]) -> tuple[str, str]:
    """The shape that most words of the report have."""
    counts: Counter[tuple[str, str]] = Counter()
    for at in kept:
        counts[page.blocks[at].shape] += len(page.words[at]) * (2 if page.ends_sentence(at) else 1)
    return counts.most_common(1)[0][0] if counts else ("", "")


def beneath_headline(page: Shown, kept: list[int], headline: int | None) -> Iterator[int]:
    """What stands above the headline belongs to the site."""
    above = headline is not None and page.blocks[headline].tag != "title"
    yield from (at for at in kept if not above or headline is None or at >= headline)


def first_article(page: Shown, kept: list[int], headline: int | None) -> Iterator[int]:
    """Of a page of several articles, each beneath an ``<h1>`` or in an ``<article>`` of its own, the first."""
    prose = [at for at in kept if page.ends_sentence(at)]
    first, home = (prose[0], page.blocks[prose[0]].article) if prose else (-1, 0)
    inside = headline is not None and home and page.blocks[headline].article == home
    for at in kept:
        block = page.blocks[at]
        another = block.tag == "h1" and (headline is None or page.words[at] != page.words[headline])
        if prose and at > first and (another or _has_heading_before(page, at, first, headline)):
            return
        if not inside or block.article in (0, home) or block.article == 0:
            yield at


def _has_heading_before(page: Shown, at: int, first: int, headline: int | None) -> bool:
    """Does an ``<h1>`` of other words stand between the first paragraph and block `at`?"""
    return next((True for other in _h1s(page, headline) if first < other < at), False)


def _h1s(page: Shown, headline: int | None) -> list[int]:
    same = page.words[headline] if headline is not None else ()
    return [at for at, block in enumerate(page.blocks) if block.tag == "h1" and page.words[at] not in ((), same)]


def outside_boxes(page: Shown, kept: list[int], headline: int | None) -> Iterator[int]:
    """Without what an element holds whose class says ``related``, ``share`` and the like.

    A class that stands around much of the report says nothing of what is in it.
    """
    sizes: Counter[int] = Counter()
    for at in kept:
        sizes.update(dict.fromkeys((number for number, _ in page.blocks[at].marks), len(page.words[at])))
    most = _MOST_OF_A_BOX * sum(len(page.words[at]) for at in kept)
    for at in kept:
        boxes = [number for number, kind in page.blocks[at].marks if kind != "post"]
        if not any(sizes[number] <= most for number in boxes):
            yield at


def no_links(page: Shown, kept: list[int], headline: int | None) -> Iterator[int]:
    """Without blocks that are nothing but a link, unless they read as a sentence."""
    yield from (at for at in kept if not page.is_linked(at) or page.ends_sentence(at) or at == headline)


def before_the_end(page: Shown, kept: list[int], headline: int | None) -> Iterator[int]:
    """Behind the last paragraph that is shaped as most are, only whole sentences with no ``ذات صلة`` above them."""
    end = _end(page, kept)
    kept = [at for at in kept if at < end or at == headline]
    shape = _main_shape(page, kept)
    last = max((at for at in kept if page.blocks[at].shape == shape and _is_passage(page, at, shape)), default=-1)
    opened = False
    for at in kept:
        if at > last:
            opened = opened or any(_opens(page, other) for other in range(last + 1, at + 1))
            item = page.blocks[at].tag == "li" and len(page.words[at]) >= _ITEM and not page.is_linked(at)
            if opened or not (page.ends_sentence(at) or item):
                continue
        yield at


def _is_passage(page: Shown, at: int, shape: tuple[str, str]) -> bool:
    """Of elements without a class, which all look alike, only those that hold a sentence count as paragraphs."""
    return _has_class(shape) or len(page.words[at]) >= _PARAGRAPH or page.ends_sentence(at)


def _end(page: Shown, kept: list[int]) -> int:
    """The first block behind most of the words that only stands behind reports (``الأكثر قراءة``)."""
    words, above = sum(len(page.words[at]) for at in kept), 0
    stands = frozenset(kept)
    for at in range(kept[0] if kept else 0, len(page.blocks)):
        if above >= _MOST * words and page.words[at] and ends_report(page.texts[at]):
            return at
        above += len(page.words[at]) if at in stands else 0
    return len(page.blocks)


def _opens(page: Shown, at: int) -> bool:
    return bool(page.words[at]) and (opens_list(page.texts[at]) or bool(page.kinds(at) & _BEHIND))


_BEHIND = frozenset({"related", "comments", "tags", "subscription", "contributors"})

RULES = (beneath_headline, outside_boxes, first_article, no_links, before_the_end)
