"""Search: blind to spelling, deaf to syntax."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from khabar.errors import KhabarError
from khabar.model import Annotated, Document, Links, Origin
from khabar.record import Record
from khabar.record.rules import present_rules
from khabar.record.write import Writer

CASES = Path(__file__).parent / "cases" / "search.tsv"


def cases() -> list[tuple[str, str, str]]:
    rows = list(csv.DictReader(CASES.read_text("utf-8").splitlines(), delimiter="\t"))
    return [(row["word in the text"], row["query"], row["meets"]) for row in rows]


@pytest.fixture
def fill(
    tmp_path: Path,
    document: Callable[..., Document],
    annotated: Callable[..., Annotated],
    keep_links: Callable[[Writer, Links], None],
) -> Callable[..., Path]:
    def fill(*texts: str, links: Links | None = None, title: str | None = None) -> Path:
        path = tmp_path / "r.db"
        with Writer(path, present_rules()) as writer:
            for number, text in enumerate(texts):
                placed = writer.place(document(f"d{number}", text, f"d{number}.txt", title), f"d{number}.txt")
                writer.add(annotated(placed.document), placed)
            keep_links(writer, links or Links())
        return path

    return fill


@pytest.fixture(scope="module")
def paired(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a document for every pair."""
    path = tmp_path_factory.mktemp("pairs") / "r.db"
    with Writer(path, present_rules()) as writer:
        for number, (word, _, _) in enumerate(cases()):
            text = f"نص فيه {word} بين كلمات."
            document = Document(f"d{number}", text, text, (), Origin(f"{number}", f"{number}", "text/plain", "utf-8"))
            writer.add(Annotated(document), writer.place(document, f"{number}"))
    return path


@pytest.mark.parametrize(("number", "word", "query", "meets"), [(at, *case) for at, case in enumerate(cases())])
def test_pairs(paired: Path, number: int, word: str, query: str, meets: str) -> None:
    with Record(paired) as record:
        found = {hit.document: hit.snippet for hit in record.search(query).hits}
    assert ("yes" if f"d{number}" in found else "no") == meets
    if meets == "yes":
        assert [piece.text for piece in found[f"d{number}"] if piece.hit] == [word]


def test_a_rare_split_is_not_made(fill: Callable[..., Path]) -> None:
    with Record(fill("الوزير وزير.", "وزير آخر.", "امتلأ الزير ماء.", "وزير ثالث.")) as record:
        assert {hit.document for hit in record.search("وزير").hits} == {"d0", "d1", "d3"}


@pytest.mark.parametrize(
    "query",
    ['"', "' OR 1=1 --", "NEAR(نص", "نص OR غير", "words:نص", "نص*", "^نص", "(((", "\x00نص", "{نص}", "-نص", "%", "؟"],
)
def test_a_query_is_never_syntax(paired: Path, query: str) -> None:
    with Record(paired) as record:
        try:
            found = record.search(query)
        except KhabarError as error:
            assert "nothing to look for" in str(error)
        else:
            assert found.total in (0, len(cases()))


def test_all_words_are_needed_and_the_best_stretch_is_shown(fill: Callable[..., Path]) -> None:
    filler = "كلام كثير جدا " * 40
    with Record(fill(f"زيارة. {filler} زيارة الوفد إلى باريس.", "زيارة فقط.")) as record:
        (hit,) = record.search("زياره باريس").hits
        assert [piece.text for piece in hit.snippet if piece.hit] == ["زيارة", "باريس"]
        assert record.search("زيارة", limit=1).total == 2


def test_a_latin_name_marks_its_arabic_spelling(fill: Callable[..., Path], document: Callable[..., Document]) -> None:
    with Record(fill(document().text)) as record:
        (hit,) = record.search("cairo").hits
    assert [piece.text for piece in hit.snippet if piece.hit] == ["القاهرة"]


def test_entities_by_arabic_and_latin_names(fill: Callable[..., Path], links: Callable[..., Links]) -> None:
    with Record(fill("حفتر في بنغازي.", links=links("d0"))) as record:
        for query in ("haftar", "HAFTAR", "حفتر", "لحفتر", "خليفه حفتر"):
            assert [entity.label for entity in record.search(query).entities] == ["Khalifa Haftar"]
        assert record.search("حفترة").entities == ()
