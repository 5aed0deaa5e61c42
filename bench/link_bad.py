"""Input that nobody meant, at full size: ``python -m bench.link_bad``.

Each case is linked together with ordinary reports in a process of its own: what it takes, at most how much memory, and
whether the ordinary ones are linked as they are without it.  The texts are our own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise, product
from time import process_time

from khabar import document_from_text
from khabar.link import link
from khabar.link.linker import Linker
from khabar.link.state import State
from khabar.model import Annotated, Event, Links, Name, Ruling, Span

LETTERS = "بتجدرسفكلمنشعق"
TEXT = (
    "وصل وزير الخارجية النرويجي إلى ميناء الحديدة صباح الاثنين في زيارة تستمر يومين. "
    "وقال مصدر في الوفد إن الوزير سيبحث خطة لإصلاح أرصفة الميناء المتضررة."
)
ORDINARY = (
    "قصف الطيران الحي الشرقي من المدينة ليلا وأصاب مخزنا للحبوب ومدرسة قريبة منه.",
    "أعلن الناطق باسم البلدية أن القصف أصاب مخزن الحبوب في الحي الشرقي من المدينة.",
)
COPIES, PEOPLE, SHORT, YEARS, RULED = 10_000, 5_000, 1_000, 1_000, 300

Case = Callable[[], tuple[list[Annotated], list[Ruling]]]


def report(id: str, text: str, published: str = "2024-05-01", trigger: str = "", date: str | None = None) -> Annotated:
    """A report of an outlet of its own, with at most one event."""
    document = replace(document_from_text(text, published=published), id=id, outlet=id)
    if not trigger:
        return Annotated(document)
    span = Span(text.index(trigger), text.index(trigger) + len(trigger), trigger)
    kind = "ASSAULT" if trigger.endswith("قصف") else "CONSULT"
    told = Event("e1", (span,), kind, None, "actual", (), (), date, None, None, None, (), "bench", 1.0)
    return Annotated(document, events=(told,))


def named(id: str, people: list[str], labels: list[str] | None = None) -> Annotated:
    """A report that names people one after the other."""
    names, at = [], 0
    for person, label in zip(people, labels or people, strict=True):
        names.append(Name(Span(at, at + len(person), person), "PER", label, "bench", 0.7))
        at += len(person) + 2
    return replace(report(id, "، ".join(people)), names=tuple(names))


def ordinary() -> list[Annotated]:
    """Two reports of one event, by a person under two spellings."""
    told = [report(f"ordinary-{at}", text, trigger="قصف") for at, text in enumerate(ORDINARY)]
    written = (("يونس يفكيروف", "Yunus Yevkurov"), ("يونس يوفقورف", "Yunus Yufkurov"))
    return [*told, *(named(f"person-{at}", [form], [label]) for at, (form, label) in enumerate(written))]


def copies() -> tuple[list[Annotated], list[Ruling]]:
    """Ten thousand copies of one text, from as many outlets, over a month."""
    return [report(f"c{at:05}", TEXT, f"2024-05-{at % 28 + 1:02}", "زيارة") for at in range(COPIES)], []


def crowd() -> tuple[list[Annotated], list[Ruling]]:
    """One report that names five thousand people, of whom fifty at a time have one family name."""
    families = ["ال" + "".join(letters) + "ي" for letters in product(LETTERS, repeat=3)]
    given = [f"{one}ا{other}" for one, other in product(LETTERS, repeat=2)]
    return [named("crowd", [f"{given[at % 50]} {families[at // 50]}" for at in range(PEOPLE)])], []


def letters() -> tuple[list[Annotated], list[Ruling]]:
    """A thousand reports that each name somebody of one letter."""
    return [
        named(f"l{at:04}", [LETTERS[at % 14], f"سالم النوري {LETTERS[at // 14 % 14]}ات"]) for at in range(SHORT)
    ], []


def years() -> tuple[list[Annotated], list[Ruling]]:
    """A thousand reports published in the year 9999, of events on its last day and on days that no month has."""
    days = ("9999-12-31", "9999-12", "9999", "2024-02-30", "0001-01-01", "31-12")
    return [report(f"y{at:04}", TEXT, "9999-12-31", "زيارة", days[at % len(days)]) for at in range(YEARS)], []


def rulings() -> tuple[list[Annotated], list[Ruling]]:
    """Rulings that a is b, b is c, c is d and so on, and that the first is not the last."""
    labels = [f"Nuri {at:03}" for at in range(RULED)]
    told = [named(f"r{at:03}", [f"سالم {LETTERS[at % 14]}اني"], [label]) for at, label in enumerate(labels)]
    ruled = [Ruling("entity", one, other, True) for one, other in pairwise(labels)]
    return told, [*ruled, Ruling("entity", labels[0], labels[-1], False)]


CASES: dict[str, Case] = {case.__name__: case for case in (copies, crowd, letters, years, rulings)}


def main() -> int:
    """Print a row for each case; fails where the ordinary reports are not linked as ever."""
    print("| case | documents | link s | peak MB | ordinary reports linked as ever | told |\n|---|--:|--:|--:|---|---|")
    spoilt = 0
    for name in CASES:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            row, whole = pool.apply(measured, (name,))
        print(row, flush=True)
        spoilt += not whole
    return 1 if spoilt else 0


def measured(name: str) -> tuple[str, bool]:
    """The row of one case, and whether all else was linked."""
    strange, ruled = CASES[name]()
    documents = [*strange, *ordinary()]
    begun = process_time()
    links = link(documents, ruled)
    took = process_time() - begun
    whole = set(_of_the_ordinary(links)) == set(_of_the_ordinary(link(ordinary())))
    told = "; ".join(Linker(State.in_memory(), lambda _: {}, ruled).contradictions())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return f"| {name} | {len(documents):,} | {took:.1f} | {peak:,.0f} | {'yes' if whole else 'no'} | {told} |", whole


def _of_the_ordinary(links: Links) -> Iterator[tuple[str, ...]]:
    """Who is one, and which mentions are one event, as far as the ordinary reports tell."""
    for entity in links.entities:
        if any(document.startswith("person") for document in entity.documents):
            yield entity.labels
    for happening in links.happenings:
        if any(mention.document.startswith("ordinary") for mention in happening.mentions):
            yield tuple(mention.document for mention in happening.mentions)


if __name__ == "__main__":
    sys.exit(main())
