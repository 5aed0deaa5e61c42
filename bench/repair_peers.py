"""Other programs that mend text, for the same run: each takes a text and returns what it makes of it."""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Callable
from typing import Any

Peer = Callable[[str], str]


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _ftfy(text: str) -> str:
    import ftfy

    return str(ftfy.fix_text(text))


def _arafix(text: str) -> str:
    import arafix

    mended: Any = arafix.repair_text(text)
    return str(getattr(mended, "text", mended))


def _arabic_repair(text: str) -> str:
    import arabic_repair

    return str(arabic_repair.repair(text))


def _installed(*modules: str) -> bool:
    return all(importlib.util.find_spec(module) for module in modules)


PEERS: dict[str, Peer] = {
    name: peer
    for name, peer, module in (
        ("NFKC", _nfkc, "unicodedata"),
        ("ftfy", _ftfy, "ftfy"),
        ("arafix", _arafix, "arafix"),
        ("arabic-repair", _arabic_repair, "arabic_repair"),
    )
    if _installed(module)
}
"""Those that are installed: name to what they make of a text."""
