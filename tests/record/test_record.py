"""A record written, read, refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import khabar
from khabar.errors import RecordBusy, RecordError, RecordTooNew
from khabar.export.annotation import to_json
from khabar.model import Annotated, Document, Dropped, Links
from khabar.record import Record
from khabar.record.rules import STAGES, Rules, present_rules
from khabar.record.write import Writer

RULES = present_rules()


def add(writer: Writer, annotated: Annotated, path: str = "one.txt") -> None:
    placed = writer.place(annotated.document, path)
    writer.add(annotated, placed)


@pytest.fixture(scope="module")
def master(
    tmp_path_factory: pytest.TempPathFactory,
    annotated: Callable[..., Annotated],
    links: Callable[..., Links],
    keep_links: Callable[[Writer, Links], None],
) -> Path:
    """A record of one document."""
    path = tmp_path_factory.mktemp("master") / "r.db"
    with Writer(path, RULES) as writer:
        add(writer, annotated())
        keep_links(writer, links("one"))
    return path


@pytest.fixture
def path(master: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(master, tmp_path))


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


def test_what_was_written_comes_back(
    path: Path, annotated: Callable[..., Annotated], links: Callable[..., Links]
) -> None:
    with Record(path) as record:
        assert [to_json(found) for found in record.documents()] == [to_json(annotated())]
        assert record.document("one").document == annotated().document
        assert record.links() == links("one")
        assert record.counts()["people"] == record.counts()["documents"] == record.counts()["happenings"] == 1


def test_columns_for_sql(path: Path) -> None:
    assert rows(path, "SELECT entity, text, start FROM names") == [("Cairo", "القاهرة", 37)]
    assert rows(path, "SELECT source_entity, stance, content_text FROM claims")[0][:2] == ("Sunbula", "assert")
    assert rows(path, "SELECT type, mode, date, place, trigger_text FROM events") == [
        ("CONSULT", "visit", "2023-08-29", "Cairo", "وصل")
    ]
    assert rows(path, "SELECT role, entity FROM roles") == [("actor", "Minister")]
    assert rows(path, "SELECT low, unit, what FROM figures") == [(12.0, "person", "مرافق")]
    assert rows(path, "SELECT version, rules FROM runs") == [(RULES.version, RULES.annotate)]


def test_a_number_that_is_no_integer_of_sqlite(tmp_path: Path, annotated: Callable[..., Annotated]) -> None:
    found, path = annotated(), tmp_path / "record.db"
    large = replace(found.figures[0], low=10**20, high=10**20)
    with Writer(path, RULES) as writer:
        add(writer, replace(found, figures=(large,)))
    assert rows(path, "SELECT low, high FROM figures") == [(1e20, 1e20)]


def test_nothing_stays_beside_it(path: Path) -> None:
    with Record(path) as record:
        record.counts()
    assert [file.name for file in path.parent.iterdir()] == ["r.db"]


def test_a_changed_document_supersedes_the_older_version(
    path: Path, document: Callable[..., Document], annotated: Callable[..., Annotated]
) -> None:
    with Writer(path, RULES) as writer:
        writer.begin_file("one.txt")
        add(writer, annotated(document("one", "نص جديد.")))
    with Record(path) as record:
        assert [found.document.text for found in record.documents()] == ["نص جديد."]
        assert record.search("القاهرة").hits == ()
    assert rows(path, "SELECT id, current, superseded_by FROM documents ORDER BY key") == [
        ("one", 0, 2),
        ("one", 1, None),
    ]
    assert rows(path, "SELECT count(*) FROM names") == [(0,)]


def test_stale_links_are_made_anew_for_the_reader(
    path: Path, document: Callable[..., Document], annotated: Callable[..., Annotated]
) -> None:
    with Writer(path, RULES) as writer:
        writer.begin_file("one.txt")
        add(writer, annotated(document("one", "نص جديد.")))
        assert writer.links_are_stale()
    with Record(path) as record:
        assert record.links().happenings == ()


def test_new_rules_make_links_stale(path: Path) -> None:
    with Writer(path, Rules("9", "x", "y")) as writer:
        assert writer.links_are_stale()
        assert [held.id for held in writer.ledger.stale()] == ["one"]


def test_dropped_inputs_are_kept_until_their_file_is_read_again(path: Path) -> None:
    with Writer(path, RULES) as writer:
        writer.begin_file("bad.txt")
        writer.drop(Dropped("bad.txt", "empty"), "bad.txt")
    with Record(path) as record:
        assert record.dropped() == (Dropped("bad.txt", "empty"),)
    with Writer(path, RULES) as writer:
        writer.begin_file("bad.txt")
    with Record(path) as record:
        assert record.dropped() == ()


def test_what_is_not_committed_when_an_error_ends_a_build_is_not_there(
    path: Path, document: Callable[..., Document], annotated: Callable[..., Annotated]
) -> None:
    with pytest.raises(ZeroDivisionError), Writer(path, RULES) as writer:
        add(writer, annotated(document("two", "نص ثان.")), "two.txt")
        raise ZeroDivisionError
    with Record(path) as record:
        assert record.ids() == ["one"]


def test_lone_surrogates_and_controls_are_stored(path: Path, document: Callable[..., Document]) -> None:
    hostile = document("x\ud800", "نص \ud800 فيه \x00 و\x1b[31m", "x\udcff.txt", "<script>\x07")
    with Writer(path, RULES) as writer:
        add(writer, Annotated(hostile), "x\udcff.txt")
        writer.drop(Dropped("y\udcff", "bad \ud800"), "y\udcff")
    with Record(path) as record:
        assert record.document("x\ufffd").document.text == "نص \ufffd فيه \x00 و\x1b[31m"


def test_a_reader_sees_one_state_while_a_build_writes(
    path: Path, document: Callable[..., Document], annotated: Callable[..., Annotated]
) -> None:
    with Writer(path, RULES) as writer, Record(path) as before:
        add(writer, annotated(document("two", "نص ثان.")), "two.txt")
        assert before.ids() == ["one"]
        writer.commit()
        assert before.ids() == ["one"]
        with Record(path) as after:
            assert after.ids() == ["one", "two"]


def test_the_second_build_stops_at_once(path: Path) -> None:
    with Writer(path, RULES), pytest.raises(RecordBusy, match=r"r\.db: another build is writing"):
        Writer(path, RULES)
    with Writer(path, RULES):
        pass


@pytest.fixture
def later(path: Path) -> Path:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    return path


@pytest.mark.parametrize("use", [Record, lambda path: Writer(path, RULES)])
def test_a_record_of_a_later_version(later: Path, use: Callable[[Path], object]) -> None:
    with pytest.raises(RecordTooNew, match=r"r\.db: written by a later version"):
        use(later)


def _foreign_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key, value)")


@pytest.mark.parametrize("use", [Record, lambda path: Writer(path, RULES)])
@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_text("not a record, but a text that is long enough " * 99), "not a Khabar record"),
        (lambda path: path.mkdir(), "a folder, not a record"),
        (_foreign_database, "not a Khabar record"),
    ],
)
def test_what_is_no_record_is_refused_and_left(
    tmp_path: Path, make: Callable[[Path], None], reason: str, use: Callable[[Path], object]
) -> None:
    path = tmp_path / "x.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(RecordError, match=reason):
        use(path)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_no_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="make one with: khabar build"):
        Record(tmp_path / "x.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(RecordError, match="an empty file"):
        Record(tmp_path / "empty.db")
    with Writer(tmp_path / "empty.db", RULES):
        pass


def test_the_folder_of_a_record_is_made(tmp_path: Path) -> None:
    with Writer(tmp_path / "not" / "yet" / "x.db", RULES):
        pass
    with Record(tmp_path / "not" / "yet" / "x.db") as record:
        assert record.ids() == []
    (tmp_path / "file").touch()
    with pytest.raises(RecordError, match=r"x\.db: no record can be made here: .*file: not a folder"):
        Writer(tmp_path / "file" / "x.db", RULES)


def test_a_link_to_a_record_is_the_same_record(path: Path) -> None:
    other = path.parent / "elsewhere"
    other.mkdir()
    (other / "link.db").symlink_to(path)
    with Writer(path, RULES), pytest.raises(RecordBusy, match=r"link\.db: another build is writing"):
        Writer(other / "link.db", RULES)
    with Record(other / "link.db") as record:
        assert record.ids() == ["one"]


def test_every_stage_has_a_part_in_the_rules() -> None:
    home = Path(khabar.__file__).parent
    assert [part for part in STAGES if not (home / part).exists()] == []
    not_stages = {"record", "show", "export", "link", "net"}
    folders = {folder.name for folder in home.iterdir() if folder.is_dir() and not folder.name.startswith("__")}
    assert folders - not_stages <= set(STAGES)


def test_an_unknown_document_names_its_neighbours(path: Path) -> None:
    with Record(path) as record, pytest.raises(RecordError, match="no document 'onee'; did you mean one"):
        record.document("onee")


def as_everyone() -> list[str]:
    """What takes root's right to write anywhere away; nothing for another user."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere, and setpriv is missing")
    return ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"]


READ_AND_WRITE = """
import sys
from pathlib import Path
from khabar.errors import RecordError
from khabar.record import Record
from khabar.record.rules import present_rules
from khabar.record.write import Writer
with Record(sys.argv[1]) as record:
    print(record.ids())
try:
    Writer(Path(sys.argv[1]), present_rules())
except RecordError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_record_that_may_only_be_read(path: Path, folder_mode: int) -> None:
    folder = path.parent / "shelf"
    folder.mkdir()
    copy = Path(shutil.copy(path, folder))
    copy.chmod(0o444)
    folder.chmod(folder_mode)
    command = [*as_everyone(), sys.executable, "-B", "-c", READ_AND_WRITE, str(copy)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.startswith("['one']\n"), done.stderr
    assert f"{copy}: cannot be written" in done.stdout
