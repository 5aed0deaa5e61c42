"""Sentences that mix Arabic and Latin: the runs that go against the line, kept from dragging their neighbours along."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_LATIN = re.compile(r"[A-Za-z0-9_][^\u0600-\u06ff()،؛:]*[A-Za-z0-9_]|[A-Za-z0-9_]+")
_ARABIC = re.compile(r"[\u0600-\u06ff][^A-Za-z()؛:;]*[\u0600-\u06ff]|[\u0600-\u06ff]+")


def mixed(text: str, *, arabic: bool) -> Markup:
    """A sentence as HTML, each run of the other script in a ``bdi`` (``تقرير_12`` would read ``12_تقرير`` without).

    >>> print(mixed("رواه 000_04cf وحده", arabic=True))
    رواه <bdi>000_04cf</bdi> وحده
    """
    against = _LATIN if arabic else _ARABIC
    parts, at = [], 0
    for found in against.finditer(text):
        parts += [escape(text[at : found.start()]), Markup("<bdi>{}</bdi>").format(found.group())]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])
