"""The worker process: does named work on bytes that nobody vouches for, within limits; started by `child`.

It reads requests from its standard input and writes replies to its standard output, as framed there.  Whatever a
parser does to this process, only numbers, strings, lists and bytes can leave it.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import TracebackType
from typing import IO, Any

from khabar.errors import InputError
from khabar.readers.frames import FAILED, MEMORY, READY, REFUSED, receive, send, send_value
from khabar.readers.limits import address_space, leave_no_core_file, limit_memory, limit_time

Work = Callable[..., Any]

WORKS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "pdf": ("khabar.readers.ocr", "text_layer", ("pypdfium2", "khabar.readers.pdf")),
    "page-picture": ("khabar.readers.ocr", "render_page", ("pypdfium2",)),
    "docx": ("khabar.readers.docx", "read_docx", ("lxml.etree",)),
    "odt": ("khabar.readers.odt", "read_odt", ("lxml.etree",)),
    "epub": ("khabar.readers.epub", "read_epub", ("lxml.etree", "lxml.html")),
    "feed": ("khabar.readers.feeds", "parse_feed", ("feedparser",)),
    "sitemap": ("khabar.readers.feeds", "parse_sitemap", ("lxml.etree",)),
    "article": ("khabar.readers.page_work", "article_of", ("trafilatura",)),
    "date": ("khabar.readers.page_work", "date_of", ("htmldate",)),
}
"""By name: module, function, and the libraries that are loaded before time and memory are counted.

A function is given the input's name and its bytes (and options), and returns bytes, a string, or what JSON can say.
"""


class Worker:
    """Loads works, and does them one at a time."""

    def __init__(self, requests: IO[bytes], replies: IO[bytes]) -> None:
        self._requests = requests
        self._replies = replies
        self._works: dict[str, Work] = {}
        self._loaded = 0

    def serve(self) -> None:
        """Until there are no more requests."""
        while (request := receive(self._requests)) is not None:
            order = json.loads(request.payload)
            if request.kind == READY:
                self._load(order["work"])
            else:
                self._do(order)

    def _load(self, name: str) -> None:
        limit_memory(0, None)
        module, function, libraries = WORKS[name]
        for library in libraries:
            import_module(library)
        self._works[name] = getattr(import_module(module), function)
        gc.freeze()  # libraries are no garbage, and need not be looked through after each document
        self._loaded = address_space()
        send(self._replies, READY)

    def _do(self, order: dict[str, Any]) -> None:
        data = receive(self._requests)
        limit_memory(self._loaded, order["memory"])
        limit_time(order["seconds"])
        try:
            value = self._works[order["work"]](order["path"], data.payload if data else b"", **order["options"])
            send_value(self._replies, value)
        except InputError as error:
            send_value(self._replies, [error.path, error.reason], REFUSED)
        except MemoryError:
            limit_memory(0, None)
            send(self._replies, MEMORY)
        limit_time(0)


def main() -> None:
    """Serve the process that started this one; its standard streams are kept from libraries that print."""
    leave_no_core_file()
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)

    def tell(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        send_value(replies, f"{kind.__name__}: {error}"[:300], FAILED)

    sys.excepthook = tell
    Worker(requests, replies).serve()


if __name__ == "__main__":
    main()
