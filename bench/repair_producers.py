"""PDFs of our own reports as real programs make them: Chromium, LibreOffice, WeasyPrint, ReportLab.

A producer that this machine lacks is left out, and said to be.  All write the same page: a headline, paragraphs
justified where the producer can, a page's header and footer where it has them.
"""

from __future__ import annotations

import html
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.repair_damage import kashida
from bench.repair_shape import shaped, visual

HEADER = "صحيفة الضفة"
FOOTER = "جميع الحقوق محفوظة"
_KASHIDA_SEED = 7

Make = Callable[[Sequence[str], Path], list[Path]]
"""Texts and a folder: one PDF a text, in their order."""


@dataclass(frozen=True, slots=True)
class Producer:
    """A way to make PDFs, and what this machine must have for it."""

    name: str
    make: Make
    needs: Callable[[], str | None]
    """None, or the thing that is missing."""


def page(text: str, font: str, *, columns: int = 1, stretch: bool = False, size: str = "A4") -> str:
    """A text as an HTML page."""
    if stretch:
        text = kashida(text, Random(_KASHIDA_SEED))
    margin = "25mm 20mm" if size == "A4" else "18mm 10mm"
    first, *others = [line for line in text.split("\n") if line.strip()]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in others)
    return f"""<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><style>
@page {{ size: {size}; margin: {margin} }}
body {{ font: 12pt "{font}"; line-height: 1.6 }}
p {{ text-align: justify; text-justify: kashida; margin: 0 0 8pt }}
div {{ columns: {columns}; column-gap: 10mm }}
</style><h1>{html.escape(first)}</h1><div>{body}</div></html>"""


def _chromium(font: str, *, columns: int = 1, stretch: bool = False, running: bool = False) -> Make:
    def make(texts: Sequence[str], folder: Path) -> list[Path]:
        from playwright.sync_api import sync_playwright

        found = []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            tab = browser.new_page()
            for number, text in enumerate(texts):
                tab.set_content(
                    page(text, font, columns=columns, stretch=stretch, size="105mm 148mm" if running else "A4")
                )
                found.append(folder / f"{number:03}.pdf")
                tab.pdf(
                    path=found[-1],
                    prefer_css_page_size=True,
                    margin={"top": "20mm", "bottom": "20mm"},
                    display_header_footer=running,
                    header_template=_running(f'{HEADER} <span class="date"></span>'),
                    footer_template=_running(f'{FOOTER} <span class="pageNumber"></span>'),
                )
            browser.close()
        return found

    return make


def _running(content: str) -> str:
    return f'<div dir="rtl" style="font: 9pt Amiri; width: 100%; text-align: center">{content}</div>'


def _no_chromium() -> str | None:
    if shutil.which("chromium") is None:
        return "Debian's chromium"
    return None if importlib.util.find_spec("playwright") else "playwright"


def _libreoffice(font: str) -> Make:
    def make(texts: Sequence[str], folder: Path) -> list[Path]:
        sources = [folder / f"{number:03}.docx" for number in range(len(texts))]
        for source, text in zip(sources, texts, strict=True):
            _write_docx(source, text, font)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return [source.with_suffix(".pdf") for source in sources]

    return make


def _write_docx(path: Path, text: str, font: str) -> None:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    written = docx.Document()
    section = written.sections[0]
    section.page_width, section.page_height = docx.shared.Mm(110), docx.shared.Mm(120)
    section.header.paragraphs[0].text = HEADER
    section.footer.paragraphs[0].text = FOOTER
    for line in text.split("\n"):
        if not line.strip():
            continue
        paragraph = written.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        run = paragraph.add_run(line)
        properties = run._element.get_or_add_rPr()
        fonts = OxmlElement("w:rFonts")
        for place in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(place), font)
        properties.append(fonts)
        properties.append(OxmlElement("w:rtl"))
    written.save(str(path))


def _no_libreoffice() -> str | None:
    return None if shutil.which("soffice") else "LibreOffice (Debian: libreoffice-writer-nogui)"


def _weasyprint(font: str, *, stretch: bool = False) -> Make:
    def make(texts: Sequence[str], folder: Path) -> list[Path]:
        import weasyprint

        found = []
        for number, text in enumerate(texts):
            found.append(folder / f"{number:03}.pdf")
            weasyprint.HTML(string=page(text, font, stretch=stretch)).write_pdf(found[-1])
        return found

    return make


def _no_weasyprint() -> str | None:
    return None if importlib.util.find_spec("weasyprint") else "WeasyPrint"


_DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def _reportlab(texts: Sequence[str], folder: Path) -> list[Path]:
    """Shaped letters in visual order, drawn line by line: what programs without bidi of their own do."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("DejaVu", str(_DEJAVU)))
    width, height = A4
    found = []
    for number, text in enumerate(texts):
        found.append(folder / f"{number:03}.pdf")
        canvas = Canvas(str(found[-1]), pagesize=A4)
        y = height
        for line in _wrapped(text, width - 120, lambda words: pdfmetrics.stringWidth(shaped(words), "DejaVu", 12)):
            y -= 20
            if y < 60 or y == height - 20:
                if y < 60:
                    canvas.showPage()
                y = height - 60
                canvas.setFont("DejaVu", 12)
            canvas.drawRightString(width - 60, y, visual(shaped(line)))
        canvas.save()
    return found


def _wrapped(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            if line and measure(f"{line} {word}") > width:
                yield line
                line = word
            else:
                line = f"{line} {word}".strip()
        yield line


def _no_reportlab() -> str | None:
    if importlib.util.find_spec("reportlab") is None:
        return "ReportLab"
    return None if _DEJAVU.exists() else "the font DejaVu Sans"


def fonts() -> frozenset[str]:
    """The families that this machine has."""
    if shutil.which("fc-list") is None:
        return frozenset()
    listed = subprocess.run(["fc-list", ":lang=ar", "family"], check=True, capture_output=True, text=True).stdout
    return frozenset(name for line in listed.splitlines() for name in line.split(","))


_FONTS = ("Amiri", "Noto Naskh Arabic", "Noto Kufi Arabic", "Scheherazade", "KacstBook", "DejaVu Sans")


def producers() -> list[Producer]:
    """All producers, with the fonts that are here."""
    here = fonts()
    missing = sorted(set(_FONTS) - here)
    if missing:
        print(f"fonts not installed, left out: {', '.join(missing)}", file=sys.stderr)
    found = [Producer(f"Chromium, {font}", _chromium(font), _no_chromium) for font in _FONTS if font in here]
    found += [
        Producer("Chromium, Amiri, kashida", _chromium("Amiri", stretch=True), _no_chromium),
        Producer("Chromium, Noto Naskh Arabic, kashida", _chromium("Noto Naskh Arabic", stretch=True), _no_chromium),
        Producer("Chromium, Amiri, two columns", _chromium("Amiri", columns=2), _no_chromium),
        Producer("Chromium, Amiri, header and footer", _chromium("Amiri", running=True), _no_chromium),
        Producer("LibreOffice, Amiri, header and footer", _libreoffice("Amiri"), _no_libreoffice),
        Producer("LibreOffice, KacstBook, header and footer", _libreoffice("KacstBook"), _no_libreoffice),
        Producer("LibreOffice, Scheherazade, header and footer", _libreoffice("Scheherazade"), _no_libreoffice),
        Producer("WeasyPrint, Amiri", _weasyprint("Amiri"), _no_weasyprint),
        Producer(
            "WeasyPrint, Noto Naskh Arabic, kashida", _weasyprint("Noto Naskh Arabic", stretch=True), _no_weasyprint
        ),
        Producer("ReportLab, DejaVu Sans, visual order", _reportlab, _no_reportlab),
    ]
    return found
