"""Why an address gave nothing."""

from __future__ import annotations

from khabar.errors import InputError


class FetchError(InputError):
    """An address that could not be fetched.

    `temporary` says whether to ask later may help; `wait` are the seconds that the server wants to be left alone,
    None where it says nothing; `again` says whether to ask once more at once (after that wait) is worth while.
    """

    def __init__(
        self, address: str, reason: str, *, temporary: bool = False, again: bool = False, wait: float | None = None
    ) -> None:
        super().__init__(address, reason)
        self.temporary = temporary
        self.again = again
        self.wait = wait

    def told_of(self, address: str, reason: str) -> FetchError:
        """The same failure as one of another address, in other words."""
        return FetchError(address, reason, temporary=self.temporary, again=self.again, wait=self.wait)


class StatusError(FetchError):
    """A server that answered with something else than what was asked for; `status` is its number."""

    def __init__(
        self,
        address: str,
        reason: str,
        *,
        status: int,
        temporary: bool = False,
        again: bool = False,
        wait: float | None = None,
    ) -> None:
        super().__init__(address, reason, temporary=temporary, again=again, wait=wait)
        self.status = status
