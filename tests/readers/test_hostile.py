"""Nothing that comes in may hang, crash or bloat: bombs, cut files, wrong names, lying encodings, mutated files."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from khabar import annotate
from khabar.build import build
from khabar.model import Document, Dropped
from khabar.readers import files, warc
from khabar.readers.files import document_from_text, read_all
from khabar.readers.source import source_of_bytes
from khabar.record import Record
from khabar.repair import apply
from tests.readers import bombs, formats
from tests.readers.bombs import BOMBS
from tests.readers.formats import ATOM, BODY, HEADLINE, PAGE, RSS, SITEMAP, packed

TEXT = f"{HEADLINE}\n\n{BODY}\n"
SECONDS = 10.0
BUSY = 3.0
"""How much slower than by itself a test may run on a machine that does other things."""
MEGABYTES = 500


def found_in(path: Path) -> list[Document | Dropped]:
    """What reading a file gives: always something, each document with its way back, each refusal with its reason."""
    found = list(read_all(path))
    assert found
    for one in found:
        if isinstance(one, Document):
            assert apply(one.raw, one.plan) == one.text
        else:
            assert one.path.startswith(str(path))
            assert one.reason
            assert "reader failed" not in one.reason
    return found


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_bomb(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, name, BOMBS[name]())
    started = time.monotonic()
    found_in(path)
    assert time.monotonic() - started < SECONDS * BUSY
    assert len(found_in(put(tmp_path, "next.txt", TEXT.encode()))) == 1


HEAVY = ("pieces.html", "stream.pdf", "lists.json", "field.csv", "zeros.warc.gz")
_READ = """
import resource, sys
from khabar.readers.files import read_all
most = 0
for path in sys.argv[1:]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    list(read_all(path))
    most = max(most, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
from khabar.readers import child
child._office.close()
print(most, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process and counts it in KB")
def test_memory_for_bombs(tmp_path: Path) -> None:
    """A reader of its own for each, as the peak of a process never falls."""
    for name in HEAVY:
        path = put(tmp_path, name, BOMBS[name]())
        done = subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True)
        here, worker = (int(number) / 1_000 for number in done.stdout.split())
        assert here < MEGABYTES, name
        assert worker < MEGABYTES + 100, name  # beside Python and the library themselves
        path.unlink()


def test_a_build_goes_on(tmp_path: Path) -> None:
    names = ("laughs.docx", "object-loop.pdf", "deep.json", "deep.jsonl", "laughs.rss", "columns.csv", "matryoshka.gz")
    for name in names:
        put(tmp_path, name, BOMBS[name]())
    put(tmp_path, "z.txt", TEXT.encode())
    summary = build([tmp_path], tmp_path / "record.db")
    assert summary.read >= 1
    for name in names:
        assert any(dropped.path.startswith(str(tmp_path / name)) for dropped in summary.dropped), name
    with Record(tmp_path / "record.db") as record:
        assert HEADLINE in [found.document.title for found in record.documents()]


def test_a_file_without_any_report_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST_REFUSED", 100)
    found = found_in(put(tmp_path, "a.jsonl", b"{}\n" * 500))
    assert isinstance(found[-1], Dropped)
    assert found[-1].reason.startswith("given up: 100 parts")
    assert len(found) == 101


def test_paths_of_an_archive_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = ("../out.txt", "/etc/out.txt", "..\\out.txt", "a/../../out.txt", "C:\\out.txt", "a\0b.txt")
    before = set(tmp_path.rglob("*"))
    path = put(tmp_path / "in", "a.zip", packed(dict.fromkeys(names, TEXT)))
    for found in found_in(path):
        assert isinstance(found, Dropped) or "/" not in found.id
    assert set(tmp_path.rglob("*")) - before == {path}


FILES: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.html": PAGE.encode(),
    "a.pdf": bombs.pdf_page(bombs.drawing()),
    "a.docx": formats.docx(),
    "a.odt": formats.odt(),
    "a.epub": formats.epub(),
    "a.json": json.dumps([{"text": TEXT, "title": HEADLINE, "date": "2020-05-06"}] * 2).encode(),
    "a.jsonl": json.dumps({"text": TEXT, "id": 5}, ensure_ascii=False).encode() + b"\n{}\n",
    "a.csv": f'title,text,date\n{HEADLINE},"{BODY}",2020-05-06\n'.encode(),
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "sitemap.xml": SITEMAP.encode(),
    "a.warc": b"".join(formats.warc()),
    "a.warc.gz": formats.warc_gz(),
    "a.mbox": f"From a@a.example Wed May  6 10:30:00 2020\nSubject: a\n\n{BODY}\n\n".encode() * 2,
    "a.eml": f"Subject: a\nContent-Type: text/html; charset=utf-8\n\n{PAGE}".encode(),
    "a.zip": packed({"a.txt": TEXT, "b/c.html": PAGE, "d.zip": packed({"e.txt": TEXT})}),
    "a.txt.gz": gzip.compress(TEXT.encode()),
}
"""A good file of every format."""


@pytest.mark.parametrize("name", FILES)
def test_cut_files(tmp_path: Path, name: str) -> None:
    whole = FILES[name]
    for sixteenth in range(1, 16):
        found_in(put(tmp_path, name, whole[: len(whole) * sixteenth // 16]))


@pytest.mark.parametrize("name", FILES)
def test_wrong_names(tmp_path: Path, name: str) -> None:
    for other in FILES:
        found_in(put(tmp_path, other, FILES[name]))


LIES = {
    "page as Windows-1256": (b'<html><head><meta charset="windows-1256">' + PAGE.encode(), "a.html"),
    "page as UTF-16": (b'<?xml version="1.0" encoding="utf-16"?>' + PAGE.encode(), "a.html"),
    "page as nothing": (b'<meta charset="klingon">' + PAGE.encode(), "a.html"),
    "mark of UTF-16": (b"\xff\xfe" + TEXT.encode(), "a.txt"),
    "mark of UTF-8": (b"\xef\xbb\xbf" + TEXT.encode("windows-1256"), "a.txt"),
    "half of each": (TEXT.encode() + TEXT.encode("windows-1256"), "a.txt"),
    "letter as UTF-7": (b"Subject: a\nContent-Type: text/plain; charset=utf-7\n\n" + BODY.encode(), "a.eml"),
    "letter as hex": (b"Subject: =?hex?q?=ff?=\nContent-Type: text/plain; charset=hex\n\n" + BODY.encode(), "a.eml"),
    "letter as a zero": (b'Subject: a\nContent-Type: text/plain; charset="a\0b"\n\n\xe9\xff', "a.eml"),
    "letter as Punycode": (b"Subject: a\nContent-Type: text/plain; charset=punycode\n\n\xe9-a9" * 999, "a.eml"),
    "feed as UTF-16": (RSS.replace("utf-8", "utf-16").encode(), "a.rss"),
    "feed as EBCDIC": (RSS.replace("utf-8", "cp037").encode(), "a.rss"),
    "table in UTF-16": (b"\xfe\xff" + FILES["a.csv"], "a.csv"),
    "lines in UTF-16": (b"\xff\xfe" + FILES["a.jsonl"], "a.jsonl"),
}


FOUND = {
    "a character beyond the last": (RSS.replace("<title>", "<title>&#1114112;").encode(), "a.rss", 1),
    "a digit run of a font of 9,000 signs": (("\ue001" * 9_000 + TEXT).encode(), "a.txt", 1),
    "groups of thousands without end": (f"{TEXT}{'123 ' * 400}".encode(), "a.txt", 1),
    "a table of one empty row": (b"text\n,\n", "a.csv", 0),
    "tags whose quotes never end": ((PAGE + "<p '>'" * 20_000).encode(), "a.html", 1),
    "elements that nobody opened": ((PAGE + "<div>" * 499 + "</p>" * 50_000).encode(), "a.html", 1),
    "one word of 50,000 letters": (("قالوزير" * 7_000 + "\n" + TEXT * 60).encode(), "a.txt", None),
    "a field of too many pieces": (json.dumps({"text": "<p>قال الوزير" * 60_000}).encode(), "a.jsonl", 0),
    "spaces behind a date": (f"20 يناير 2020{' ' * 100_000}\n{TEXT}".encode(), "a.txt", 1),
}
"""What fuzzing found: bytes, the file's name, and how many documents it holds (None where it may be refused)."""


@pytest.mark.parametrize("name", FOUND)
def test_what_fuzzing_found(tmp_path: Path, name: str) -> None:
    content, file, number = FOUND[name]
    documents = [found for found in found_in(put(tmp_path, file, content)) if isinstance(found, Document)]
    assert number is None or min(1, len(documents)) == number
    for document in documents:
        annotate(document)


@pytest.mark.parametrize("name", LIES)
def test_lying_encodings(tmp_path: Path, name: str) -> None:
    content, file = LIES[name]
    found_in(put(tmp_path, file, content))


# mutated files -------------------------------------------------------------------------------------------------------

EXAMPLES = int(os.environ.get("KHABAR_FUZZ", "0"))
"""Examples of a long run (``KHABAR_FUZZ=20000 pytest tests/readers/test_hostile.py``), which are new each time."""
FUZZ = settings(
    max_examples=EXAMPLES or 25,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TOKENS = [
    b"<", b">", b'"', b"'", b"&#1114112;", b"&#x0;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<script>", b"</title>",
    b"<p", b"\0", b"\xff", b"\xd8\x00", b"\xed\xa0\x80", b"\r", b"\n\n", b"\nFrom a\n", b"{", b"[", b"}", b"]",
    b":null",
    b"1e999", b"NaN", b"9" * 400, b'"text":', b"\\ud800", b",,,", b'""', b"\xe2\x80\xae", b"PK\x05\x06", b"PK\x01\x02",
    b"endobj", b"stream\n", b"/Length -1", b"4 0 R", b"<</", b">>", b"--x", b"Content-Length: -1\r\n", b"=?utf-8?b?",
    b"\x1f\x8b",
    "٢٠٢٠/١٣/٤٥".encode(), "ـ".encode() * 20, "\ue001\ue002".encode() * 9, "ﻻ".encode(), "«".encode(), "«»«».".encode(),
    "قال إن ".encode(), " 5 مليون قتيل ".encode(), b"2020-02-30", b'datetime="0000-00-00"', b"xml:base", b"&amp;" * 9,
]  # fmt: skip
PLACE = st.floats(0, 1, exclude_max=True)
CHANGE = st.one_of(
    st.tuples(st.just("put"), PLACE, st.sampled_from(TOKENS)),
    st.tuples(st.just("set"), PLACE, st.binary(min_size=1, max_size=4)),
    st.tuples(st.just("cut"), PLACE, PLACE),
    st.tuples(st.just("copy"), PLACE, PLACE),
)
_REACH = 200


def changed(data: bytes, changes: list[tuple[str, float, bytes | float]]) -> bytes:
    for kind, place, what in changes:
        at = int(place * len(data))
        length = int(what * _REACH) if isinstance(what, float) else len(what)
        if isinstance(what, float):
            data = data[:at] + data[at + length :] if kind == "cut" else data[: at + length] + data[at:]
        else:
            data = data[:at] + what + data[at + (length if kind == "set" else 0) :]
    return data


@pytest.mark.parametrize("name", FILES)
@FUZZ
@given(changes=st.lists(CHANGE, min_size=1, max_size=6))
def test_mutated_files(tmp_path: Path, name: str, changes: list[tuple[str, float, bytes | float]]) -> None:
    for found in found_in(put(tmp_path, name, changed(FILES[name], changes))):
        if isinstance(found, Document):
            annotate(found)


WORDS = st.one_of(
    st.sampled_from([token.decode("utf-8", "replace") for token in TOKENS]),
    st.sampled_from(
        [*TEXT.split(), "،", ".", ":", "\n", "و", "بن", "قتل", "123", "١٢٣", "مليون", "أمس", "\u202e", "\u064b"]
    ),
    st.text(max_size=3),
)


@FUZZ
@given(words=st.lists(WORDS, max_size=40), times=st.integers(1, 300))
@example(words=["123"], times=6_000)
@example(words=["\ue001"], times=9_000)
def test_any_text_is_annotated(words: list[str], times: int) -> None:
    text = (" ".join(words) * times)[:3_000]
    annotate(document_from_text(text, published="2020-05-06"))


LONG = {
    "one letter": "ا" * 100_000,
    "vowel signs": "ب" + "\u064b" * 100_000,
    "one word": "قالوزير" * 15_000,
    "brackets": BODY + "(" * 15_000,
    "line breaks": BODY + "\n" * 100_000,
    "spaces": BODY + " " * 100_000 + BODY,
    "digits": BODY + "1" * 100_000,
    "scripts": "aب" * 50_000,
    "quotation marks": '"' * 10_000,
    "said": "قال " * 1_500,
    "killed": "قتل 5 أشخاص في بغداد " * 300,
    "numbers": "123 " * 1_500,
    "quotations": "قال «" * 1_500,
    "private": "\ue001" * 50_000 + BODY,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_long_texts_take_no_long_time(name: str) -> None:
    started = time.process_time()
    annotate(document_from_text(LONG[name]))
    assert time.process_time() - started < SECONDS * BUSY


def test_a_panic_of_a_library_ends_the_archive_and_no_more() -> None:
    class PanicException(BaseException):  # named as Rust's is, which has no module
        pass

    def records() -> Iterator[object]:
        yield "a record"
        raise PanicException("a mistake of its own")

    source, reading = source_of_bytes("news.warc", "news", b"WARC/1.1"), records()
    assert warc._next(source, reading) == "a record"
    assert "its reader failed" in str(warc._next(source, reading))
    with pytest.raises(KeyboardInterrupt):
        warc._next(source, (_ for _ in iter(_interrupted, None)))


def _interrupted() -> object:
    raise KeyboardInterrupt
