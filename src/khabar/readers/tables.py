"""Tables of reports, one a row under named columns (CSV, TSV); read row by row, however large the file is."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from khabar.errors import InputError
from khabar.model import Document, Origin
from khabar.readers.checks import MOST_CHARACTERS, sha256
from khabar.readers.encoding import UnknownEncodingError, decode
from khabar.readers.records import document_of_record, field_of, member_of
from khabar.readers.source import Source

_DELIMITERS = ",;\t|"
_SAMPLE = 400_000
_MOST_COLUMNS = 1_000
_SHOWN = 20
_LONGEST_NAME = 100


def documents_of_table(source: Source) -> Iterator[Document | InputError]:
    """The report of each row; the first row names the columns.  Rows are counted as spreadsheets count them.

    Raises:
        InputError: when no column holds texts; it names the columns that there are.
    """
    encoding = _encoding(source)
    csv.field_size_limit(MOST_CHARACTERS)
    with source.open() as stream, _characters(stream, encoding) as characters:
        columns, delimiter = _columns(source.name, characters)
        for number, row in _rows(csv.reader(characters, delimiter=delimiter)):
            place = f"{source.name} row {number}"
            if isinstance(row, str):
                yield InputError(place, row)
            elif any(row):
                yield _document(source, place, number, dict(zip(columns, row, strict=False)), encoding)


def _encoding(source: Source) -> str:
    with source.open() as stream:
        sample = stream.read(_SAMPLE)
    if len(sample) == _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        return decode(sample).encoding
    except UnknownEncodingError as error:
        raise InputError(source.name, str(error)) from None


def _characters(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def _columns(name: str, characters: io.TextIOWrapper) -> tuple[list[str], str]:
    """The columns and what sets them apart; Excel's ``sep=;`` may stand before them."""
    line = _line(name, characters)
    if line.lower().startswith("sep="):
        line = _line(name, characters)
    delimiter = delimiter_of(line)
    columns = _cells(line, delimiter or max(_DELIMITERS, key=line.count))
    if delimiter is None:
        shown = ", ".join(columns[:_SHOWN]) + (" ..." if len(columns) > _SHOWN else "")
        raise InputError(name, f"no column with the text of the reports (text, body, النص ...); its columns: {shown}")
    return columns, delimiter


def _line(name: str, characters: io.TextIOWrapper) -> str:
    line = characters.readline(_SAMPLE).lstrip("\ufeff")
    if not line:
        raise InputError(name, "no table: it has no row")
    return line


def delimiter_of(line: str, least: int = 1) -> str | None:
    """What sets the columns of a first line apart; None where no column is one of texts, or fewer than `least` known.

    >>> delimiter_of("العنوان;النص;التاريخ"), delimiter_of("price,name")
    (';', None)
    """
    found = [(_known(_cells(line, delimiter)), delimiter) for delimiter in _DELIMITERS]
    fields, delimiter = max(found, key=lambda each: len(each[0]))
    return delimiter if "text" in fields and len(fields) >= least else None


def _known(columns: Sequence[str]) -> set[str]:
    return {field for column in columns[:_MOST_COLUMNS] if (field := field_of(column))}


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line.replace("\r", " ")], delimiter=delimiter), [])]
    except csv.Error:  # a cell longer than any name
        return [line[:_LONGEST_NAME]]


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | str]]:
    """Rows below the first by number; the reason for a row that cannot be read, after which the next is tried."""
    number = 1
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"broken row: {error}"


def _document(source: Source, place: str, number: int, row: dict[str, str], encoding: str) -> Document | InputError:
    told = {column: cell for column, cell in row.items() if cell.strip()}
    digest = sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    origin = Origin(source.path, digest, "text/csv", encoding, member_of(source, f"row {number}"))
    try:
        return document_of_record(source, place, told, f"{source.stem}-row{number:03}", origin)
    except InputError as error:
        return error
