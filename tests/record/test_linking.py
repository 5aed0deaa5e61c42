"""A record's links are brought up to date bit by bit, and are those of all documents at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from khabar.link import link
from khabar.link.delta import Delta
from khabar.link.linker import Linker
from khabar.model import Annotated, Document, Links, Name, Ruling, Span
from khabar.record import Record
from khabar.record.linking import change_links
from khabar.record.rules import Rules
from khabar.record.write import Writer

RULES = Rules("1", "annotate", "link")
VISIT = "وصل وزير الخارجية النرويجي إلى ميناء الحديدة صباح الاثنين في زيارة تستمر يومين."
TEXTS = {
    "a": f"{VISIT} وقال سالم النوري إن الوفد سيبحث إصلاح أرصفة الميناء المتضررة.",
    "b": f"{VISIT} وقال سالم نوري إن الوفد سيبحث إصلاح أرصفة الميناء المتضررة.",
    "c": "فاز المنتخب الوطني لكرة اليد على ضيفه في مباراة ودية حضرها رامي الحداد في صالة المدينة.",
    "d": "ارتفعت أسعار القمح في السوق المحلية كما قال رامي حداد بعد توقف السفن.",
}
PEOPLE = {
    "سالم النوري": "Salem al-Nouri",
    "سالم نوري": "Salem Nouri",
    "رامي الحداد": "Rami al-Haddad",
    "رامي حداد": "Rami Haddad",
}


@pytest.fixture(scope="module")
def reports(document: Callable[..., Document]) -> dict[str, Annotated]:
    found = {}
    for id, text in TEXTS.items():
        names = [
            Name(Span(start, start + len(form), form), "PER", label, "test", 0.7)
            for form, label in PEOPLE.items()
            if (start := text.find(form)) >= 0
        ]
        found[id] = Annotated(document(id, text, f"{id}.txt"), names=tuple(names))
    return found


def add(writer: Writer, reports: Sequence[Annotated]) -> None:
    for one in reports:
        writer.begin_file(one.document.origin.path)
        placed = writer.place(one.document, one.document.origin.path)
        writer.add(replace(one, document=placed.document), placed)


def links_of(path: Path) -> Links:
    with Record(path) as record:
        return record.links()


def test_what_comes_as_it_was_is_not_written_again(tmp_path: Path, links: Callable[..., Links]) -> None:
    found, path = links("a", "b"), tmp_path / "record.db"
    entities = Delta()
    entities.entities.come = {one.label: (one.label, one) for one in found.entities}
    with Writer(path, RULES) as writer:
        change_links(writer._connection, entities)
        writer.commit()
        driver = cast(sqlite3.Connection, writer._connection.connection.driver_connection)
        before = driver.total_changes
        change_links(writer._connection, entities)
        assert driver.total_changes == before
        renamed = {one.label: (one.label, replace(one, type="ORG")) for one in found.entities}
        entities.entities.come = renamed
        change_links(writer._connection, entities)
        assert (writer.counts()["people"], writer.counts()["bodies"]) == (0, len(renamed))


def test_many_builds_link_as_one(tmp_path: Path, reports: dict[str, Annotated]) -> None:
    path = tmp_path / "r.db"
    told: list[int] = []
    for id in "cab":
        with Writer(path, RULES) as writer:
            add(writer, [reports[id]])
            writer.link(told.append)
    assert told == [1, 1, 1]
    assert links_of(path) == link([reports[id] for id in "abc"])


def test_a_report_that_goes_leaves_no_trace(tmp_path: Path, reports: dict[str, Annotated]) -> None:
    path = tmp_path / "r.db"
    with Writer(path, RULES) as writer:
        add(writer, list(reports.values()))
        writer.link(lambda _: None)
    with Writer(path, RULES) as writer:
        writer.begin_file("b.txt")
        writer.finish_file("b.txt", "of no document")
        assert writer.links_are_stale()
        writer.link(lambda _: None)
    assert links_of(path) == link([reports[id] for id in "acd"])


def test_other_rules_link_everything_anew(tmp_path: Path, reports: dict[str, Annotated]) -> None:
    path = tmp_path / "r.db"
    told: list[int] = []
    for rules in (RULES, replace(RULES, link="others")):
        with Writer(path, rules) as writer:
            if rules is RULES:
                add(writer, list(reports.values()))
            assert writer.links_are_stale()
            writer.link(told.append)
    assert told == [4, 4]
    assert links_of(path) == link(list(reports.values()))


def test_linking_that_is_cut_short_changes_nothing(
    tmp_path: Path, reports: dict[str, Annotated], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.db"
    with Writer(path, RULES) as writer:
        add(writer, [reports["a"]])
        writer.link(lambda _: None)

    def cut_short(self: Linker, added: object, dropped: object = ()) -> Delta:
        update(self, added, dropped)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    update = Linker.update
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt), Writer(path, RULES) as writer:
        patch.setattr(Linker, "update", cut_short)
        add(writer, [reports["b"], reports["c"]])
        writer.link(lambda _: None)
    expected = link([reports[id] for id in "abc"])
    assert links_of(path) == expected, "made anew for whoever reads it now"
    with Writer(path, RULES) as writer:
        writer.link(lambda _: None)
    assert links_of(path) == expected


def test_rulings_stay(tmp_path: Path, reports: dict[str, Annotated]) -> None:
    path = tmp_path / "r.db"
    ruling = Ruling("entity", "Rami Haddad", "Rami al-Haddad", False)
    with Writer(path, RULES) as writer:
        add(writer, list(reports.values()))
        writer.link(lambda _: None)
        assert ("Rami Haddad", "Rami al-Haddad") in [entity.labels for entity in links_of(path).entities]
        writer.rule(replace(ruling, same=True))
        writer.rule(ruling)
        assert writer.links_are_stale()
        writer.link(lambda _: None)
    assert ("Rami Haddad",) in [entity.labels for entity in links_of(path).entities]
    with Writer(path, replace(RULES, link="others")) as writer:
        writer.link(lambda _: None)
    assert links_of(path) == link(list(reports.values()), [ruling])
