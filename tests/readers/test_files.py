"""Files and folders: every format, every encoding, and input that is broken or hostile."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

import khabar
from khabar.errors import InputError
from khabar.model import Document, Dropped
from khabar.readers import discover, read
from khabar.readers.files import read_all
from khabar.repair import apply

BODY = "قال الوزير في بيان إن الوفد وصل إلى المدينة صباح الثلاثاء، والتقى رئيس البلدية ثم غادر على متن الطائرة."
HEADLINE = "وفد وزاري يزور المدينة لبحث الإعمار"
REPORT = f"{HEADLINE}\n\n{BODY}\n"


def put(folder: Path, name: str, content: str | bytes | Any) -> Path:
    path = folder / name
    if not isinstance(content, str | bytes):
        content = json.dumps(content, ensure_ascii=False)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def one(path: Path) -> Document:
    (document,) = read(path)
    assert apply(document.raw, document.plan) == document.text
    return document


def reason(path: Path) -> str:
    """Why a file is refused; it must be refused whole, by name."""
    with pytest.raises(InputError) as caught:
        list(read(path))
    assert caught.value.path.startswith(str(path))
    return caught.value.reason


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1256", "iso-8859-6"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    document = one(put(tmp_path, "report.txt", REPORT.encode(encoding)))
    assert document.text == REPORT
    assert document.title == HEADLINE
    assert document.origin.sha256 == hashlib.sha256(REPORT.encode(encoding)).hexdigest()


REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b" \n\t \n", "empty"),
    "zero bytes": (b"\0" * 5000, "binary"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a picture"),
    "Russian": ("Министр заявил в четверг, что делегация уехала.".encode("cp1251") * 5, "encoding"),
    "French": ("Le président a été reçu à l'Élysée.".encode("cp1252") * 5, "encoding"),
    "English": (b"The minister said on Thursday that they had left.", "not Arabic"),
    "one endless line": ("قال ".encode() * 2_000_000, "too large"),
    "an absurd file": (b" " * 20_000_001, "too large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_arabic_text_is_refused(tmp_path: Path, name: str) -> None:
    content, why = REFUSED[name]
    assert why in reason(put(tmp_path, "report.txt", content))


def test_missing_and_folder(tmp_path: Path) -> None:
    assert "no such file" in reason(tmp_path / "absent.txt")
    assert "folder" in reason(tmp_path)


BROKEN = {
    "syntax.json": ('{\n "text": "قال",\n oops}', "line 3"),
    "deep.json": ("[" * 200_000, "deep"),
    "number.json": ("5", "must hold"),
    "other.json": ('{"a": 1}', "no text"),
    "none.json": ("[]", "no reports"),
    "digits.json": ('{"text": "قال", "n": ' + "9" * 5000 + "}", "digits"),
    "cut.pdf": (b"%PDF-1.4\n1 0 obj\n<<", "broken PDF"),
    "no.pdf": (b"hello", "broken PDF"),
    "no.docx": (b"hello", "broken Word"),
    "cut.docx": (b"PK\x03\x04" + b"x" * 100, "broken Word"),
    "open.html": ("<script>" + BODY, "no text"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files(tmp_path: Path, name: str) -> None:
    content, why = BROKEN[name]
    assert why in reason(put(tmp_path, name, content))


def test_scanned_pdf(tmp_path: Path) -> None:
    pdf = pypdfium2.PdfDocument.new()
    pdf.new_page(300, 300)
    pdf.save(str(tmp_path / "scan.pdf"))
    assert "OCR" in reason(tmp_path / "scan.pdf")


def test_word_document(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph(HEADLINE)
    written.add_paragraph(BODY)
    written.add_table(1, 1).cell(0, 0).text = "جدول"
    written.save(str(tmp_path / "report.docx"))
    assert one(tmp_path / "report.docx").text == f"{HEADLINE}\n{BODY}\nجدول"


def test_annotated_text_is_not_touched(tmp_path: Path) -> None:
    text = "5 مايو 2020\nوصــل الوزير\xa0أمس.\nالوسوم"
    document = one(put(tmp_path, "gold.json", {"id": "a/b", "published": "2020-05-06", "text": text, "times": []}))
    assert (document.text, document.plan, document.id) == (text, (), "a-b")
    assert document.published is not None
    assert (document.published.value, document.published.how) == ("2020-05-06", "given")


NEWS = [
    {"text": BODY, "title": HEADLINE, "published": "2020-05-06", "outlet": "الضفة"},
    {"body": f"{HEADLINE}\n\n{BODY}", "headline": HEADLINE, "date": "6 مايو 2020", "source": {"name": "الضفة"}},
    {
        "articleBody": BODY,
        "headline": HEADLINE,
        "datePublished": "2020-05-06T00:00:00Z",
        "publisher": {"name": "الضفة"},
    },
    {
        "content": f"<p>{BODY}</p><p></p>",
        "title": HEADLINE,
        "pubDate": "Wed, 06 May 2020 00:00:00 +0300",
        "source": "الضفة",
    },
]


@pytest.mark.parametrize("record", NEWS, ids=lambda record: next(iter(record)))
def test_shapes_of_news(tmp_path: Path, record: dict[str, Any]) -> None:
    document = one(put(tmp_path, "news.json", record))
    assert document.text == f"{HEADLINE}\n\n{BODY}"
    assert (document.title, document.outlet) == (HEADLINE, "الضفة")
    assert document.published is not None
    assert document.published.value == "2020-05-06"


def test_one_bad_line_does_not_cost_the_others(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "../../x", "text": BODY}),
        "{oops",
        "",
        "[1]",
        json.dumps({"text": BODY}),
        '{"text": " "}',
    ]
    path = put(tmp_path, "many.jsonl", "\n".join(lines))
    found = list(read_all(path))
    assert [item.id for item in found if isinstance(item, Document)] == ["x", "many-line005"]
    assert [item.path.rpartition(" line ")[2] for item in found if isinstance(item, Dropped)] == ["2", "4", "6"]
    first = next(item for item in found if isinstance(item, Document))
    assert first.origin.member == "line 1"
    assert first.origin.sha256 == hashlib.sha256(lines[0].encode()).hexdigest()


def test_list_of_reports(tmp_path: Path) -> None:
    found = list(read(put(tmp_path, "many.json", [{"text": BODY}, {"text": BODY, "id": 7}])))
    assert [document.id for document in found] == ["many-001", "7"]


def test_files_without_a_suffix_are_recognised(tmp_path: Path) -> None:
    assert one(put(tmp_path, "page", f"<html><body><p>{BODY}</p></body></html>")).text == BODY
    assert one(put(tmp_path, "record", {"text": BODY})).text == BODY
    assert one(put(tmp_path, "plain", REPORT)).text == REPORT


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.json", "README.md", "links.json", ".hidden.txt", "photo.png", "sub/c.HTML"):
        put(tmp_path, name, "x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone")
    found = list(discover([tmp_path, tmp_path / "b.txt", tmp_path / "absent"]))
    names = [item.name for item in found if isinstance(item, Path)]
    assert names == ["a.json", "b.txt", "c.HTML"]
    dropped = {Path(item.path).name: item.reason for item in found if isinstance(item, Dropped)}
    assert dropped == {"broken.txt": "a broken link", "absent": "no such file or folder"}


def test_a_file_named_directly_is_given_whatever_its_type(tmp_path: Path) -> None:
    picture = put(tmp_path, "photo.png", "x")
    assert list(discover([picture])) == [picture]


def test_the_package_is_the_function(tmp_path: Path) -> None:
    path = put(tmp_path, "report.txt", REPORT)
    for _ in range(2):
        (document,) = khabar.read(path)
        assert document.text == REPORT
