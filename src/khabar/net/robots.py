"""What a site's robots.txt lets us do (RFC 9309), read with Protego."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from khabar.net.address import Address

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "khabar"
"""The name by which a robots.txt may address us."""
MOST_BYTES = 500 * 1024
"""What RFC 9309 has every robot read at least; the rest is left unread."""
_AGENT_LINE = re.compile(r"(?im)^[ \t]*user[- ]?agent[ \t]*:?[ \t]*([^\r\n#]*)")


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one server; without a parsed file everything is allowed."""

    parsed: Protego | None = None

    def allow(self, address: Address) -> bool:
        """May this be fetched?"""
        return self.parsed is None or self.parsed.can_fetch(str(address), ROBOT)

    @property
    def delay(self) -> float:
        """Seconds that it wants between two requests, 0 where it says nothing."""
        return (self.parsed.crawl_delay(ROBOT) if self.parsed else None) or 0.0


def rules_of(data: bytes) -> Rules:
    """The rules that a file states.

    >>> rules = rules_of(b"User-agent: *\\nDisallow: /search\\nCrawl-delay: 3")
    >>> rules.delay, rules.allow(Address("https", "paper.example", 443, "/search?q=1"))
    (3.0, False)
    """
    from protego import Protego

    return Rules(Protego.parse(_without_others(data.decode("utf-8", "replace"))))


def _without_others(text: str) -> str:
    """The file with all other robots under one name: thousands of names before thousands of rules cost minutes."""

    def renamed(line: re.Match[str]) -> str:
        name = line[1].strip().lower()
        return line[0] if name == "*" or ROBOT in name else "User-agent: others"

    return _AGENT_LINE.sub(renamed, text)
