"""From raw characters to a document: repair, then the lines around the report, then the document itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from khabar.model import Document, Origin, Published
from khabar.readers.dateline import dateline
from khabar.readers.header import DateLine, OutletLine, author_of, believed_date, date_lines, outlet_lines
from khabar.readers.known import Known, date_in_url
from khabar.readers.lines import LONG, Page, page_of, words_of
from khabar.readers.published import choose_published
from khabar.readers.rubbish import Taken, above_headline, deletions, find_rubbish, ornaments
from khabar.repair.damage import find_damage
from khabar.repair.fixes import repair
from khabar.repair.plan import Plan, apply
from khabar.repair.steps import in_steps

_UNSAFE = re.compile(r"[^\w.-]+")
_MOST_LETTERS = 100


def slug(name: str, otherwise: str = "document") -> str:
    """A name that can be a file's: letters, digits, ``_``, ``.`` and ``-`` only.

    >>> slug("../تقرير عن درنة.v2"), slug("///")
    ('تقرير-عن-درنة.v2', 'document')
    """
    return _UNSAFE.sub("-", name)[:_MOST_LETTERS].strip(".-") or otherwise


@dataclass(frozen=True, slots=True)
class _Header:
    """What the lines around the prose tell, and which of them go for it."""

    headline: int | None
    published: str | None
    crawled: str | None
    """The day of the site or of the copy, where one is shown beside that of the report."""
    outlet: str | None
    author: str | None
    taken: Taken


def make_document(id: str, raw: str, origin: Origin, known: Known, plan: Plan = ()) -> Document:
    """A document from raw characters: `plan` is replayed first, then the text is repaired and cleaned.

    What the input itself says (`known`) goes before what its lines tell.
    """
    text, repairs = repair(apply(raw, plan))
    page = replace(page_of(text), outlet=words_of(known.outlet or ""), author=words_of(known.author or ""))
    header = _read_header(page, known)
    cleaning = in_steps(deletions(page, header.taken)) if _something_stays(page, header.taken) else ()
    crawled = known.crawled or header.crawled
    clean = apply(text, cleaning)
    return Document(
        id=slug(id),
        text=clean,
        raw=raw,
        plan=(*plan, *repairs, *cleaning),
        origin=origin,
        title=known.title or (page.lines[header.headline].text if header.headline is not None else None),
        outlet=known.outlet or header.outlet,
        author=known.author or header.author,
        section=known.section,
        url=known.url,
        published=known.published or _published(page, header, known, crawled),
        crawled=crawled,
        damage=find_damage(clean),
    )


def _published(page: Page, header: _Header, known: Known, crawled: str | None) -> Published | None:
    """What tells the date, weighed: the input's markup, a date line, the dateline, the address."""
    in_url = date_in_url(known.url)
    told = list(known.told)
    if header.published:
        told.append(Published(header.published, "text"))
    if day := dateline(page, in_url or crawled):
        told.append(Published(day, "dateline"))
    if in_url:
        told.append(Published(in_url, "url"))
    return choose_published(sorted(told, key=lambda one: one.how == "url"))  # an address is believed last


def _something_stays(page: Page, taken: Taken) -> bool:
    return any(line.words for at, line in enumerate(page.lines) if at not in taken)


def _read_header(page: Page, known: Known) -> _Header:
    taken = find_rubbish(page)
    headline = _headline(page, taken, known)
    dates = list(date_lines(page, headline))
    outlets = list(outlet_lines(page, headline, known.outlet))
    authors = {
        at: name
        for at in range(page.head)
        if at not in taken and len(page.lines[at].words) < LONG and (name := author_of(page.lines[at]))
    }
    outlet, outlet_at = _choose_outlet(dates, outlets, known)
    taken |= {line.at: "date-line" for line in dates if not _tells_of_another(line, known)}
    taken |= {at: "outlet-line" for at in outlet_at if at not in taken}
    taken |= dict.fromkeys(authors, "byline")
    taken |= {at: kind for at, kind in above_headline(page, taken, headline) if at not in taken}
    taken |= {at: kind for at, kind in ornaments(page, taken) if at not in taken}
    published, crawled = believed_date(dates, headline, _site_head(page, taken))
    return _Header(headline, published, crawled, outlet, next(iter(authors.values()), None), taken)


def _site_head(page: Page, taken: Taken) -> int:
    """The last line of a site's head: the weather, and a date line beside it; -1 where none was copied along."""
    weather = [at for at in range(page.head) if taken.get(at) == "weather"]
    return max(weather) + 1 if weather else -1


def _tells_of_another(line: DateLine, known: Known) -> bool:
    """Does a date line name an outlet that is not this one: the agency that the report came from?"""
    return line.outlet is not None and known.outlet is not None and line.outlet not in known.outlet


def _headline(page: Page, taken: Taken, known: Known) -> int | None:
    """The first line before the prose that has the length of a headline and is nothing else."""
    named = {line.at for line in outlet_lines(page, None, known.outlet) if line.known}
    dated = {line.at for line in date_lines(page, None) if line.left < 2}
    for at in range(page.head):
        if at not in taken and at not in named | dated and 4 <= len(page.lines[at].words) < LONG + 8:
            return at
    return None


def _choose_outlet(dates: list[DateLine], lines: list[OutletLine], known: Known) -> tuple[str | None, list[int]]:
    """The outlet, and the lines that name it alone; a line that names another one stays in the text.

    Beside a name that stands alone, ``المصدر: ...`` tells whose report was copied, not who printed it.
    """
    own = [line for line in lines if not line.relayed and line.known] or [line for line in lines if not line.relayed]
    chosen = (own or lines)[0].outlet if lines else next((line.outlet for line in dates if line.outlet), None)
    if known.outlet and (chosen is None or chosen not in known.outlet):
        return known.outlet, []
    return chosen, [line.at for line in lines if line.outlet == chosen]
