"""Arguments and options that several verbs of the command line share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files and folders of reports; addresses of pages, feeds and sitemaps (http, https).",
        show_default=False,
    ),
]
RecordFile = Annotated[
    Path, typer.Option("--record", metavar="FILE", help="The record's file.", envvar="KHABAR_RECORD")
]
PublishedDate = Annotated[
    str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of publication of inputs that tell none.")
]
Entries = Annotated[
    int,
    typer.Option("--entries", metavar="N", min=1, max=50_000, help="New reports to fetch of each feed or sitemap."),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private, loopback and other special addresses too.")
]
Outlets = Annotated[
    Path | None,
    typer.Option(
        "--outlets",
        metavar="FILE.tsv",
        help="Outlets to know beside ours: columns form, domains, country, kind.",
        envvar="KHABAR_OUTLETS",
    ),
]
Threads = Annotated[
    int,
    typer.Option(
        "--threads",
        metavar="N",
        min=1,
        max=64,
        help="Cores for the encoder: a report's passages are read side by side, with the same result.",
        envvar="KHABAR_THREADS",
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="What came into the record on this day or later.")
]
OutFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead of the terminal.")
]
First = Annotated[
    str,
    typer.Argument(metavar="FIRST", help="A person, body or place by id or label; an event by id or DOCUMENT:EVENT."),
]
Second = Annotated[str, typer.Argument(metavar="SECOND", help="Another of the same kind.")]
