"""One request at a time, and a pause between two of them to one server."""

from __future__ import annotations

import time
from dataclasses import dataclass

_MOST_SERVERS = 10_000
_MOST_SILENCES = 3
"""Times that a server may fail to answer before the rest of its addresses are not tried."""
_TROUBLE_SECONDS = 300.0
"""How long a server is left alone that does not answer, or not even with its robots.txt."""


@dataclass(slots=True)
class _Server:
    last: float = float("-inf")
    not_before: float = float("-inf")
    silences: int = 0


class Pace:
    """When each server was asked last, and when it may be asked again."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._servers: dict[str, _Server] = {}

    def _of(self, server: str) -> _Server:
        if len(self._servers) > _MOST_SERVERS:
            self._servers.clear()
        return self._servers.setdefault(server, _Server())

    def wait_for(self, server: str, delay: float) -> float:
        """Seconds until a server may be asked, where it wants `delay` seconds between two requests."""
        known = self._of(server)
        return max(0.0, max(known.last + max(delay, self._pause), known.not_before) - time.monotonic())

    def asked(self, server: str) -> None:
        """A request to it has just ended."""
        self._of(server).last = time.monotonic()

    def answered(self, server: str) -> None:
        """It gave an answer, whichever."""
        self._of(server).silences = 0

    def hold(self, server: str, seconds: float) -> None:
        """It wants to be left alone for so long."""
        known = self._of(server)
        known.not_before = max(known.not_before, time.monotonic() + seconds)

    def silent(self, server: str) -> None:
        """It did not answer."""
        known = self._of(server)
        known.silences += 1
        if known.silences >= _MOST_SILENCES:
            known.silences = 0
            self.leave_alone(server)

    def leave_alone(self, server: str) -> None:
        """It is in trouble."""
        self.hold(server, _TROUBLE_SECONDS)
