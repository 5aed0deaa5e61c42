"""The bar of a long build: how far, how fast, how long still.  Nothing where the output is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn

from khabar.build import QUIET
from khabar.build import Progress as Listener


class Bar:
    """A `khabar.build.Progress` that draws."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._documents = 0

    def start(self, files: int, size: int) -> None:
        """So many files of so many bytes in all are to be read."""
        what = "1 file" if files == 1 else f"{files:,} files"
        self._task = self._progress.add_task(f"reading {what}", total=max(1, size), rate="")

    def advance(self, size: int, documents: int) -> None:
        """So many bytes more and the documents in them are safe in the record."""
        if self._task is None:
            return
        self._documents += documents
        elapsed = self._progress.tasks[0].elapsed or 0
        rate = f"{self._documents:,} documents, {self._documents / elapsed:.0f} a second" if elapsed > 0 else ""
        self._progress.update(self._task, advance=size, rate=rate)

    def linking(self, documents: int) -> None:
        """All is read; so many documents are being linked."""
        self._progress.add_task(f"linking {documents:,} documents", total=None, rate="")


@contextmanager
def progress_bar(console: Console) -> Iterator[Listener]:
    """A bar on a terminal; elsewhere a listener that says nothing."""
    if not console.is_terminal:
        yield QUIET
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn())
    with Progress(
        *columns, TextColumn("{task.fields[rate]}", markup=False), TimeRemainingColumn(), console=console
    ) as bar:
        yield Bar(bar)
