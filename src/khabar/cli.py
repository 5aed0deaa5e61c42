"""The command line: one thin function a verb.  Whatever is heavy is imported by the verb that needs it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from khabar import __version__
from khabar.errors import KhabarError
from khabar.options import (
    AllowPrivate,
    Entries,
    First,
    Inputs,
    OutFile,
    Outlets,
    PublishedDate,
    RecordFile,
    Second,
    Since,
    Threads,
)
from khabar.show.terminal import print_line, print_view, printing, say, terminal

if TYPE_CHECKING:
    from khabar.model import Annotated as Found
    from khabar.model import Dropped, Links

app = typer.Typer(
    name="khabar",
    help="A sourced record of events from Arabic news: who said that what happened, when and where.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

EXIT_CODES = "Exit codes: 0 done; 1 nothing could be done; 2 wrong usage; 3 done, but some inputs were dropped."
FAILED, SOME_DROPPED = 1, 3
MOST_ENTRIES = 50


class Form(StrEnum):
    """What ``analyse`` writes."""

    json = "json"


class Format(StrEnum):
    """What ``export`` writes."""

    jsonl = "jsonl"
    csv = "csv"


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log more, internal errors in full.")] = False,
) -> None:
    """A sourced record of events from Arabic news: who said that what happened, when and where."""
    if version:
        typer.echo(f"khabar {__version__}")
        raise typer.Exit
    import logging

    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level="DEBUG" if verbose else "CRITICAL")


@app.command(epilog=EXIT_CODES)
def build(
    inputs: Inputs,
    record: RecordFile = Path("khabar.db"),
    published: PublishedDate = None,
    entries: Entries = MOST_ENTRIES,
    allow_private: AllowPrivate = False,
    outlets: Outlets = None,
    threads: Threads = 1,
) -> None:
    """Read reports into a record; only what is new or changed.

    An address is fetched as its site's robots.txt allows; a feed or sitemap is followed to its reports.  May be
    stopped at any moment: what was done is kept, and the next run goes on.
    """
    from khabar.build import build as run
    from khabar.encoder import on_threads
    from khabar.show.progress import progress_bar
    from khabar.show.summary import summary_view

    _use(outlets)
    try:
        with on_threads(threads), progress_bar(terminal(stderr=True)) as bar:
            summary = run(inputs, record, _date(published), bar, entries=entries, allow_private=allow_private)
    except KeyboardInterrupt:
        say("khabar: stopped; what was done is kept, and the same command goes on from there")
        raise
    print_view(summary_view(summary))
    _leave(summary.met, summary.dropped)


@app.command(epilog=EXIT_CODES)
def analyse(
    inputs: Inputs,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Folder for the JSON files; made if missing.", show_default=False),
    ] = None,
    format: Annotated[Form, typer.Option(help="The annotation form, the only one.")] = Form.json,
    published: PublishedDate = None,
    link: Annotated[bool, typer.Option(help="Link the documents and write links.json.")] = True,
    entries: Entries = MOST_ENTRIES,
    allow_private: AllowPrivate = False,
    outlets: Outlets = None,
    threads: Threads = 1,
) -> None:
    """Write what is found in each report as one JSON file, and links.json over all of them; needs no record.

    Without --out the reports are printed, one JSON object a line.
    """
    import json

    from khabar.analyse import analyse as run
    from khabar.encoder import on_threads
    from khabar.export.annotation import to_json
    from khabar.show.summary import dropped_view

    _use(outlets)
    with on_threads(threads):
        done = run(inputs, out, _date(published), linked=link, entries=entries, allow_private=allow_private)
    if out is None:
        _print_whole("".join(f"{json.dumps(to_json(found), ensure_ascii=False)}\n" for found in done.documents))
    if done.dropped:
        print_view(dropped_view(done.dropped), terminal(stderr=True))
    _leave(len(done.documents), done.dropped)


@app.command(epilog=EXIT_CODES)
def watch(
    feeds: Annotated[
        list[str],
        typer.Argument(metavar="FEED", help="Addresses of feeds, sitemaps or pages.", show_default=False),
    ],
    record: RecordFile = Path("khabar.db"),
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="Between two rounds: a number and s, m, h or d.")
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Make one round and leave.")] = False,
    entries: Entries = MOST_ENTRIES,
    allow_private: AllowPrivate = False,
    outlets: Outlets = None,
) -> None:
    """Poll feeds and add what is new to a record, until stopped (Ctrl-C, SIGTERM); one line a round.

    What was seen is kept in the record: after a restart only what is new is fetched.
    """
    from datetime import datetime

    from khabar.watch import watch as run

    _use(outlets)
    met, dropped, seconds = 0, [], _seconds(every)
    if not once:
        say(f"khabar: looking every {every}; Ctrl-C ends it")
    for done in run(feeds, record, every=seconds, once=once, entries=entries, allow_private=allow_private):
        print_line(done.line(datetime.now().astimezone()))
        met, dropped = done.summary.met + done.left, done.summary.dropped
    if once and dropped:
        raise typer.Exit(SOME_DROPPED if met else FAILED)
    if not once:
        say("khabar: stopped; what was done is kept, and the same command goes on from there")


@app.command()
def timeline(
    record: RecordFile = Path("khabar.db"),
    undated: Annotated[bool, typer.Option("--undated", help="Show events without a date too, last.")] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Only events that are disputed or denied, and by whom.")
    ] = False,
    since: Since = None,
) -> None:
    """Print the events of a record in order of time."""
    from khabar.record import Record
    from khabar.show.timeline import timeline as view

    with Record(record) as opened:
        print_view(view(opened, undated=undated, disputed=disputed, since=_date(since, "--since")))


@app.command()
def show(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An event, document, story, person, body or place; DOCUMENT:CLAIM or DOCUMENT:EVENT for a part.",
        ),
    ],
    record: RecordFile = Path("khabar.db"),
) -> None:
    """Print all about one thing: accounts side by side, who tells them, and where in the file."""
    from khabar.record import Record
    from khabar.show.lookup import show as view

    with Record(record) as opened:
        print_view(view(opened, id))


@app.command()
def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORD", help="Words; spelling and attached particles make no difference.")
    ],
    record: RecordFile = Path("khabar.db"),
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Documents to show.")] = 20,
) -> None:
    """Find documents that have all of some words, and people, bodies and places so named."""
    from khabar.record import Record
    from khabar.show.found import found_view

    with Record(record) as opened:
        print_view(found_view(opened.search(" ".join(words), limit)))


@app.command()
def same(first: First, second: Second, record: RecordFile = Path("khabar.db")) -> None:
    """Rule that two things are one, for ever: two labels of one person, two reports' events."""
    _rule(record, first, second, same=True)


@app.command()
def different(first: First, second: Second, record: RecordFile = Path("khabar.db")) -> None:
    """Rule that two things are not one, for ever; `same` on the same two takes it back."""
    _rule(record, first, second, same=False)


def _rule(record: Path, first: str, second: str, *, same: bool) -> None:
    from khabar.judge import judge

    ruling = judge(record, first, second, same=same)
    say(f"ruled: {ruling.first} and {ruling.second} are {'one' if same else 'two'}; linked anew")


@app.command()
def report(
    record: RecordFile = Path("khabar.db"),
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The page's file.")] = Path("report.html"),
    since: Since = None,
) -> None:
    """Write the record as an HTML page that needs no network; what is too much for one goes on in a folder beside it.

    Reports that came on the day of --since or later are shown as new; without it, those of the last 24 hours.
    """
    from khabar.export.files import remove, write_text
    from khabar.export.pages import leftover
    from khabar.export.report import render_pages
    from khabar.record import Record

    day, written = _date(since, "--since"), []
    with Record(record) as opened:
        found = opened.documents(), opened.links(), opened.dropped()
        for file, html in render_pages(out.name, *found, arrived=opened.arrivals(), since=day):
            write_text(out.parent / file, html)
            written.append(file)
    for old in leftover(out, written):
        remove(old)
    others = len(written) - 1
    say(f"wrote {out}" + (f" and {others} further pages in {out.with_suffix('')}_files" if others else ""))


@app.command()
def export(
    format: Annotated[
        Format, typer.Argument(metavar="jsonl|csv", help="jsonl: everything; csv: one row an account of an event.")
    ],
    record: RecordFile = Path("khabar.db"),
    out: OutFile = None,
    bom: Annotated[bool, typer.Option(help="Begin a CSV with a byte order mark, as Excel wants it.")] = False,
) -> None:
    """Write the record as JSON lines or as a table."""
    from khabar.export.files import write_text
    from khabar.record import Record

    with Record(record) as opened:
        text = _exported(opened.documents(), opened.links(), format, bom)
    if out is None:
        _print_whole(text)
    else:
        write_text(out, text)


def _print_whole(text: str) -> None:
    """Print data as it is, whatever the terminal's encoding."""
    with printing():
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


def _exported(documents: Sequence[Found], links: Links, format: Format, bom: bool) -> str:
    from khabar.export.csv import csv_text
    from khabar.export.jsonl import jsonl

    return "".join(jsonl(documents) if format is Format.jsonl else csv_text(documents, links, bom=bom))


def _use(outlets: Path | None) -> None:
    """Have a user's table of outlets known here and in worker processes; a broken one stops the command."""
    if outlets is not None:
        from khabar.readers.outlets import VARIABLE, known_outlets

        os.environ[VARIABLE] = str(outlets.resolve())
        known_outlets()


def _date(text: str | None, option: str = "--published") -> str | None:
    """A date that the user gave; a wrong one is wrong usage."""
    from khabar.analyse import checked_date

    try:
        return None if text is None else checked_date(text)
    except KhabarError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def _seconds(text: str) -> float:
    """A length of time that the user gave; a wrong one is wrong usage."""
    from khabar.watch import seconds_of

    try:
        return seconds_of(text)
    except KhabarError as error:
        raise typer.BadParameter(str(error), param_hint="--every") from error


def _leave(met: int, dropped: Sequence[Dropped]) -> None:
    if not met and not dropped:
        say("khabar: no report to read: the inputs hold no file of a known kind")
        raise typer.Exit(FAILED)
    if dropped:
        raise typer.Exit(SOME_DROPPED if met else FAILED)


def main() -> None:
    """The entry point: runs a command; an error on purpose becomes one line and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except KhabarError as error:
        say(f"khabar: {error}")
        sys.exit(FAILED)
