"""A web page as a document: what its markup says, what stands around the report, and the report."""

from __future__ import annotations

from dataclasses import replace

from khabar.model import Document, Origin, Published
from khabar.readers.clean import make_document
from khabar.readers.header import author_of, believed_date, date_lines
from khabar.readers.known import Known, date_in_url
from khabar.readers.lines import LONG
from khabar.readers.metadata import metadata_of, searched_date, site_in
from khabar.readers.web import ReadPage, read_page


def document_of_page(id: str, markup: str, origin: Origin, outside: Known) -> Document:
    """The report of a page; what the page says goes before what was known from `outside`.

    Raises:
        InputError: when a library takes too long or too much over it; its path is empty.
    """
    says = metadata_of(markup, outside.url)
    page = read_page(markup, says.known.title)
    shown = _shown(page)
    day = date_in_url(outside.url)
    told = (*says.published, *shown.told, *([Published(day, "url")] if day else []))
    known = replace(says.known, title=page.title).over(shown).over(outside)
    known = replace(known, told=told, outlet=known.outlet or site_in(says.window, page.title))
    if known.author == known.outlet:
        known = replace(known, author=None)
    document = make_document(id, markup, origin, replace(known, published=None) if told else known, page.plan)
    if document.published is None:
        document = replace(document, published=searched_date(markup))
    same_day = document.published and document.crawled and document.crawled[:10] <= document.published.value[:10]
    return replace(document, crawled=None) if same_day and document.crawled == shown.crawled else document


def _shown(page: ReadPage) -> Known:
    """What is shown around the report: a date line beneath the headline, the day of the site above it, the author."""
    around, headline = page.around, page.headline
    if headline is None:
        _, seen = believed_date([line for line in date_lines(around, None) if line.printed], None, -1)
        return Known(author=page.byline, crawled=seen)
    first = next(at for at, line in enumerate(around.lines) if line.words == around.lines[headline].words)
    dates = [line for line in date_lines(around, first) if line.at < around.head or line.score > 0 or line.printed]
    day, seen = believed_date(dates, first, first - 1)
    between = range(first + 1, around.head)
    authors = (author_of(around.lines[at]) for at in between if len(around.lines[at].words) < LONG)
    day = day or page.stamp
    told = (Published(day, "text"),) if day else ()
    return Known(author=next((name for name in authors if name), page.byline), crawled=seen, told=told)
