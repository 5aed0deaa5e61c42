"""What is said to the terminal, whatever the names of files and the words of servers hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from khabar.errors import KhabarError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_WIDTH_OF_FILES = 140
"""Columns of what is printed into a file or a pipe."""


def terminal(*, stderr: bool = False) -> Console:
    """Where views are printed; what goes into a file or a pipe is as wide there as everywhere."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _WIDTH_OF_FILES
    return console


def print_view(view: RenderableType, console: Console | None = None) -> None:
    """Print a view on standard output, or where `console` says.

    Raises:
        KhabarError: when it can't be written.
    """
    with printing():
        (console or terminal()).print(view)


@contextmanager
def printing() -> Iterator[None]:
    """A full disk is the user's to know of; a reader that has seen enough (``| head``) is no error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise KhabarError(f"what was found cannot be printed: {error.strerror}") from error


def print_line(text: str) -> None:
    """Print a line on standard output.

    Raises:
        KhabarError: when it can't be written.
    """
    with printing():
        typer.echo(_harmless(text))


def say(text: str) -> None:
    """Print a line on standard error."""
    typer.echo(_harmless(text), err=True)


def _harmless(text: str) -> str:
    from khabar.show.clean import isolated

    return isolated(text)
