"""`python -m bench.web --data DIR`: what is read out of web pages, beside the peers, on the same pages in one run.

Two sets: the pages of ``DIR/web`` (real ones, with a manifest) and our own in ``tests/readers/pages``.  A page's
gold names *segments* of its report (a paragraph, a phrase) and segments that are no part of it.  Recall is the
share of the wanted segments that stand in the extracted text; precision the share of wanted ones among all that
stand there.  Words F1, over the pages whose whole text is known, counts every word too many or too few.
A date is right when its day is; a title when its words are.  Letters are compared folded, so that
nobody loses by a hamza.

The peers come with ``pip install khabar[bench]``.  What each gives is taken as it is, with its own defaults.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import importlib.metadata
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote

from khabar.readers.lines import words_of

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "readers" / "pages"


@dataclass(frozen=True, slots=True)
class Gold:
    """A page and what is known of it; None or empty where the gold is silent."""

    name: str
    markup: str
    url: str | None
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    title: str | None
    date: str | None
    author: str | None
    whole: bool
    """Are the wanted segments the whole text?"""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of a page."""

    text: str
    title: str | None = None
    date: str | None = None
    author: str | None = None


Reader = Callable[[str, str | None], Read]


@dataclass(slots=True)
class Tally:
    """Counts over a set of pages."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    words: tuple[int, int, int] = (0, 0, 0)
    """Of pages whose whole text is known: words that are both wanted and read, wanted, read."""
    dates: tuple[int, int] = (0, 0)
    titles: tuple[int, int] = (0, 0)
    authors: tuple[int, int] = (0, 0)
    seconds: float = 0.0

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def words_f1(self) -> float:
        both, wanted, read = self.words
        return 2 * both / max(1, wanted + read)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.wrong)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and keep the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder that holds web/manifest.json")
    parser.add_argument("--show", action="store_true", help="print what each reader misses or takes too much of")
    options = parser.parse_args(arguments)
    sets = {"our own pages": list(own_pages())}
    if options.data is not None and (options.data / "web" / "manifest.json").is_file():
        sets["real pages"] = list(real_pages(options.data / "web"))
    else:
        print("no real pages: --data DIR must name a folder that holds web/manifest.json", file=sys.stderr)
    lines = list(report(sets, show=options.show))
    print("\n".join(lines))
    path = ROOT / "bench" / "results" / f"{_today()}-web.md"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def own_pages() -> Iterator[Gold]:
    """The pages that we wrote: the whole report is wanted."""
    for row in json.loads((OWN / "gold.json").read_text("utf-8")):
        yield Gold(
            row["file"],
            (OWN / row["file"]).read_text("utf-8"),
            row.get("url"),
            tuple(row["wanted"]),
            tuple(row["unwanted"]),
            row.get("title"),
            row.get("published"),
            row.get("author"),
            whole=True,
        )


def real_pages(folder: Path) -> Iterator[Gold]:
    """The pages of a manifest: some have a date only, some segments, some the whole text."""
    for row in json.loads((folder / "manifest.json").read_text("utf-8")):
        wanted, title, date = tuple(row.get("with_", ())), row.get("title"), row.get("date")
        if "text" in row:
            wanted = tuple(line for line in (folder / row["text"]).read_text("utf-8").splitlines() if line.strip())
        if "gold" in row:
            (told,) = json.loads((folder / row["gold"]).read_text("utf-8")).values()
            wanted = tuple(text for section in told["body"]["sections"] for text in section["paragraphs"])
            title, date = told.get("title", title), (told.get("publishing_date") or "")[:10] or date
        markup = _markup(folder / row["file"])
        yield Gold(
            row["file"],
            markup,
            row.get("url"),
            wanted,
            tuple(row.get("without", ())),
            title,
            date,
            None,
            whole="text" in row or "gold" in row,
        )


def _markup(path: Path) -> str:
    from khabar.readers.encoding import decode

    return decode(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).text


def report(sets: Mapping[str, list[Gold]], *, show: bool) -> Iterator[str]:
    """The table, line by line."""
    readers = {name: reader for name, package, reader in READERS if _version(package)}
    missing = [name for name, package, _ in READERS if not _version(package)]
    versions = ", ".join(f"{package} {_version(package)}" for _, package, _ in READERS if _version(package))
    yield f"{_today()}, Python {sys.version.split()[0]}, {versions}"
    if missing:
        yield f"not installed: {', '.join(missing)}"
    for title, pages in sets.items():
        yield f"\n{title} ({len(pages)})\n"
        yield "| reader | precision | recall | words F1 | dates | titles | authors | pages a second |"
        yield "|---|--:|--:|--:|--:|--:|--:|--:|"
        for name, reader in readers.items():
            yield row_of(name, tally_of(reader, pages, show=name if show else None), len(pages))


def row_of(name: str, tally: Tally, pages: int) -> str:
    """One reader's line of the table."""
    counts = " | ".join(f"{right}/{of}" for right, of in (tally.dates, tally.titles, tally.authors))
    shares = " | ".join(f"{share:.3f}" for share in (tally.precision, tally.recall, tally.words_f1))
    return f"| {name} | {shares} | {counts} | {pages / tally.seconds:.1f} |"


def tally_of(reader: Reader, pages: Sequence[Gold], show: str | None = None) -> Tally:
    """What a reader finds, misses and takes too much of over a set of pages."""
    tally = Tally()
    reader(pages[0].markup, pages[0].url)  # libraries and tables loaded
    for page in pages:
        begin = perf_counter()
        read = reader(page.markup, page.url)
        tally.seconds += perf_counter() - begin
        _count(tally, page, read, show)
    return tally


def _count(tally: Tally, page: Gold, read: Read, show: str | None) -> None:
    text = _key(read.text)
    lost = [segment for segment in page.wanted if _key(segment) not in text]
    extra = [segment for segment in page.unwanted if _key(segment) in text]
    tally.found += len(page.wanted) - len(lost)
    tally.missed += len(lost)
    tally.wrong += len(extra)
    if page.whole:
        wanted, found = Counter(_body(" ".join(page.wanted), page.title)), Counter(_body(read.text, page.title))
        counts = ((wanted & found).total(), wanted.total(), found.total())
        tally.words = tuple(map(sum, zip(tally.words, counts, strict=True)))  # type: ignore[assignment]
    right = {
        "date": (page.date or "")[:10] == (read.date or "")[:10],
        "title": _key(page.title or "") == _key(read.title or ""),
        "author": _key(page.author or "") == _key(read.author or ""),
    }
    tally.dates = _more(tally.dates, page.date, right["date"])
    tally.titles = _more(tally.titles, page.title, right["title"])
    tally.authors = _more(tally.authors, page.author, right["author"])
    if show:
        told = [f"- {segment[:70]}" for segment in lost] + [f"+ {segment[:70]}" for segment in extra]
        given = {
            "date": (page.date, read.date),
            "title": (page.title, read.title),
            "author": (page.author, read.author),
        }
        told += [f"{kind}: {gold} / {ours}" for kind, (gold, ours) in given.items() if gold and not right[kind]]
        print(*(f"{show} {page.name} {line}" for line in told), sep="\n", end="\n" if told else "")


def _more(counts: tuple[int, int], gold: str | None, right: bool) -> tuple[int, int]:
    return (counts[0] + right, counts[1] + 1) if gold else counts


def _body(text: str, title: str | None) -> list[str]:
    """Folded words without the title, which some readers put before the text."""
    return _key(text).replace(_key(title or "-"), " ", 1).split()


def _key(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def _ours(markup: str, url: str | None) -> Read:
    from khabar.model import Document
    from khabar.readers.kinds import documents_of
    from khabar.readers.known import Known
    from khabar.readers.source import source_of_bytes

    data = markup.encode("utf-8")
    source = source_of_bytes("page.html", "page", data, Known(url=url))
    document = next(documents_of(source))
    assert isinstance(document, Document)
    published = document.published.value if document.published else None
    return Read(document.text, document.title, published, document.author)


def _trafilatura(markup: str, url: str | None) -> Read:
    import trafilatura

    found: Any = trafilatura.bare_extraction(markup, url=url, with_metadata=True)
    return Read(found.text or "", found.title, found.date, found.author) if found else Read("")


def _resiliparse(markup: str, _: str | None) -> Read:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(markup)
    return Read(extract_plain_text(tree, main_content=True), tree.title)


def _newspaper(markup: str, url: str | None) -> Read:
    from newspaper import Article

    article = Article(quote(url or "https://example.org/", safe=":/?=&%"), language="ar", fetch_images=False)
    article.download(input_html=markup)
    article.parse()
    day = article.publish_date.isoformat() if isinstance(article.publish_date, datetime.datetime) else None
    return Read(article.text, article.title, day, "، ".join(article.authors))


READERS: tuple[tuple[str, str, Reader], ...] = (
    ("khabar", "khabar", _ours),
    ("trafilatura", "trafilatura", _trafilatura),
    ("resiliparse", "resiliparse", _resiliparse),
    ("newspaper4k", "newspaper4k", _newspaper),
)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _today() -> str:
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())
