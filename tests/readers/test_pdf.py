"""PDFs: small ones written by hand, each glyph at its place, and real ones that lie beside the project."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
import pytest

from khabar.errors import InputError
from khabar.readers.bidi import logical
from khabar.readers.pdf import ScannedError, read_pdf, text_of_pdf, well_spelled

WIDE = 6
"""Points that each glyph takes."""
Sign = tuple[str, float, float]
"""What a glyph stands for, and where it is drawn."""


def pdf(*pages: Sequence[Sign], properties: str = "") -> bytes:
    """A PDF that draws signs one by one, each glyph as wide as the others."""
    signs = sorted({sign for page in pages for sign, _, _ in page})
    codes = {sign: number for number, sign in enumerate(signs, 33)}
    mapping = "".join(f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>\n" for sign, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{mapping}endbfchar endcmap end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{6 + 2 * at} 0 R' for at in range(len(pages)))}]>>",
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 33/LastChar {32 + len(codes)}"
        f"/Widths[{' '.join(['600'] * len(codes))}]/ToUnicode 4 0 R>>",
        _stream(cmap),
        f"<<{properties}>>",
    ]
    for at, page in enumerate(pages):
        drawn = "\n".join(f"BT /F 10 Tf {x} {y} Td <{codes[sign]:02x}> Tj ET" for sign, x, y in page)
        resources = "/MediaBox[0 0 400 400]/Resources<</Font<</F 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}/Contents {7 + 2 * at} 0 R>>")
        objects.append(_stream(drawn))
    return _file(objects)


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"


def _file(objects: Iterable[str]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1"))
    start = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer<</Size {len(places) + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def line(signs: Sequence[str], right: float, y: float) -> list[Sign]:
    """Signs from right to left as they stand on the page; a blank is a gap."""
    return [(sign, right - WIDE * (at + 1), y) for at, sign in enumerate(signs) if sign != " "]


FIRST, SECOND = "وصل الوفد إلى المدينة القديمة", "والتقى رئيس البلدية ثم غادر"


def lines(right: float = 380) -> list[Sign]:
    return line(FIRST, right, 300) + line(SECOND, right, 284)


def text(signs: Sequence[Sign]) -> str:
    return text_of_pdf("report.pdf", pdf(signs))


def test_signs_are_read_from_right_to_left() -> None:
    assert text(lines()) == f"{FIRST}\n{SECOND}"


def test_the_order_in_the_file_does_not_matter() -> None:
    assert text(sorted(lines(), key=lambda sign: (sign[1], sign[2]))) == f"{FIRST}\n{SECOND}"
    assert text(lines()[::-1]) == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        (list("وصل عام 1102 إلى المدينة"), "وصل عام 2011 إلى المدينة"),
        (list("وصل إلى العلمين )مصر( أمس الأحد"), "وصل إلى العلمين (مصر) أمس الأحد"),
        (list("بلغ السعر 5.4 دولار للبرميل الواحد"), "بلغ السعر 4.5 دولار للبرميل الواحد"),
        (list("قالت شركة tceuQ eludoM في بيان لها أمس"), "قالت شركة Module Quect في بيان لها أمس"),
        (["ا", "إل", *"نتاجية والم", "ال", *"بس في المصنع"], "الإنتاجية والملابس في المصنع"),
    ],
    ids=["a year", "brackets", "a decimal", "Latin words", "lam-alef in one glyph"],
)
def test_what_runs_from_left_to_right_and_what_is_turned(drawn: list[str], read: str) -> None:
    assert text(line(drawn, 380, 300)) == read


def test_columns_the_right_one_first() -> None:
    right = ["وصل الوفد إلى المدينة", "صباح أمس ثم التقى فيها", "رئيس البلدية والمدير", "وغادر بعد الظهر إلى بلده"]
    left = ["وقال المدير إن العمل", "سيبدأ في مطلع الأسبوع", "بعد وصول المواد اللازمة", "من الميناء إلى الموقع"]
    signs = [sign for at, row in enumerate(right) for sign in line(row, 390, 300 - 14 * at)]
    signs += [sign for at, row in enumerate(left) for sign in line(row, 180, 300 - 14 * at)]
    assert text(signs) == "\n".join([*right, *left])


def test_an_empty_line_between_paragraphs() -> None:
    signs = lines() + line("وقال المدير إن العمل", 380, 268) + line("سيبدأ في الأسبوع المقبل", 380, 230)
    assert text(signs) == f"{FIRST}\n{SECOND}\nوقال المدير إن العمل\n\nسيبدأ في الأسبوع المقبل"


def test_letters_drawn_twice_for_bold_type() -> None:
    assert text([(sign, x + shift, y) for sign, x, y in lines() for shift in (0, 0.3)]) == f"{FIRST}\n{SECOND}"


def test_strokes_that_stretch_words() -> None:
    drawn = line("وصل الوفد إلى ا", 380, 300)
    x = drawn[-1][1]
    drawn += [("%", x - 5.8, 300), ("ل", x - 11.6, 300), *line("مدينة القديمة أمس", x - 11.6, 300)]
    assert text(drawn) == "وصل الوفد إلى المدينة القديمة أمس"


def test_pages_are_parted_by_a_form_feed() -> None:
    found, _ = read_pdf("report.pdf", pdf(lines(), line(SECOND, 380, 300)))
    assert found == f"{FIRST}\n{SECOND}\f{SECOND}"


def test_properties() -> None:
    data = pdf(lines(), properties="/Title(Report)/CreationDate(D:20230829204500+03'00')")
    _, properties = read_pdf("report.pdf", data)
    assert dict(properties) == {"Title": "Report", "CreationDate": "D:20230829204500+03'00'"}


def test_a_scan_is_told_from_a_broken_file() -> None:
    empty = pypdfium2.PdfDocument.new()
    empty.new_page(300, 300)
    out = io.BytesIO()
    empty.save(out)
    with pytest.raises(ScannedError, match="OCR"):
        read_pdf("scan.pdf", out.getvalue())
    with pytest.raises(InputError, match="broken PDF") as caught:
        read_pdf("cut.pdf", b"%PDF-1.4\n1 0 obj\n<<")
    assert not isinstance(caught.value, ScannedError)


@pytest.mark.parametrize(
    ("signs", "rightward", "read"),
    [
        ("العام 3202-80-92", True, "العام 2023-08-29"),
        ("من 01:03 إلى", True, "من 30:10 إلى"),
        (")عربية( cibarA", False, "Arabic (عربية)"),
    ],
)
def test_logical_order_of_a_line(signs: str, rightward: bool, read: str) -> None:
    assert logical(list(signs), rightward=rightward) == read


def test_spelling_tells_the_order() -> None:
    assert well_spelled(FIRST) > well_spelled(FIRST[::-1])


FOLDER = Path(__file__).parents[3] / "shared" / "data" / "pdf"
REAL = {
    "ArabicCIDTrueType.pdf": ["انواع الخطوط العربية"],
    "BidiSample.pdf": ["14 april 1434", "(january) (يناير)", "«self test»", "an Arabic العربية word"],
    "right_to_left.pdf": ["تحسين الإنتاجية وحل المشكلات من خلال البرمجة", "أيضًا", "الأنماط والتوجهات"],
    "right_to_left_03.pdf": ["کالای", "1403/09/19"],
}


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_real_pdfs(name: str) -> None:
    if not (FOLDER / name).exists():
        pytest.skip(f"no {name} beside the project")
    found = text_of_pdf(name, (FOLDER / name).read_bytes())
    assert [words for words in REAL[name] if words not in found] == []
