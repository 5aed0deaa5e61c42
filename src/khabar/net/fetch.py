"""One address to its bytes: robots.txt, pauses, redirects, bounds, and a plain reason wherever it fails."""

from __future__ import annotations

import re
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType

import httpcore
import httpx

from khabar import __version__
from khabar.net.address import Address, parse, shown
from khabar.net.body import ACCEPTED, BrokenError, TooLargeError, read_body
from khabar.net.failure import FetchError, StatusError
from khabar.net.headers import fresh_seconds, number, retry_after, validator
from khabar.net.pace import Pace
from khabar.net.robots import MOST_BYTES as MOST_BYTES_OF_ROBOTS
from khabar.net.robots import ROBOT, Rules, rules_of
from khabar.net.transport import Deadline, GuardedTransport, RefusedError

USER_AGENT = f"{ROBOT}/{__version__} (+https://pypi.org/project/khabar/)"
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
)
_HEADERS = {"User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED, "Accept-Language": "ar"}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({429, 503})
_TEMPORARY = frozenset({408, 425, 429, 500, 502, 503, 504})
_NO_ANSWER = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol)
_NOT_REPORTS = ("image/", "video/", "audio/", "font/")
_ROBOTS_SECONDS = 3_600.0
"""How long a robots.txt is believed."""
_MOST_ROBOTS = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much; seconds and bytes."""

    connect: float = 10
    read: float = 20
    """Of silence while an answer comes."""
    total: float = 60
    """For one address with all its redirects and retries, beside the pauses that politeness wants."""
    most_bytes: int = 50_000_000
    """Of an answer, packed and unpacked."""
    redirects: int = 8
    tries: int = 3
    """Where a server says that it is busy (429, 503)."""
    pause: float = 1
    """Between two requests to one server."""
    longest_wait: float = 60
    """That a server may ask for between two requests and still be waited for."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with an answer so that it can be asked whether that has changed since."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """As a request carries them."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave for an address."""

    address: Address
    """As it was asked for."""
    final: Address
    """After all redirects."""
    data: bytes
    media_type: str | None
    charset: str | None
    validators: Validators
    fetched: str
    """When, in UTC (ISO 8601)."""
    fresh: float = 0
    """Seconds for which the server calls it fresh."""
    unchanged: bool = False
    """True where the server says that nothing has changed since the validators; there is no data then."""


class Fetcher:
    """Fetches addresses, one at a time.  To be closed; knows robots.txt, pauses and passwords while it is open."""

    def __init__(self, *, allow_private: bool = False, limits: Limits | None = None) -> None:
        self.limits = limits or LIMITS
        self._deadline = Deadline()
        self._transport = GuardedTransport(self._deadline, allow_private=allow_private)
        self._cookies = httpx.Cookies()
        self._pace = Pace(self.limits.pause)
        self._robots: dict[str, tuple[float, Rules]] = {}
        self._users: dict[str, tuple[str, str]] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let all connections go."""
        self._transport.close()

    def get(self, address: str | Address, validators: Validators = NONE) -> Answer:
        """What lies at an address, or that it is unchanged since `validators`.

        Raises:
            FetchError: when it gives nothing; it names the address without its password, and the reason.
        """
        asked = parse(address) if isinstance(address, str) else address
        if asked.user:
            self._users[asked.server] = asked.user
        self._deadline.set(self.limits.total)
        self._cookies = httpx.Cookies()  # some sites redirect in a circle without; none outlives an address
        for turn in range(1, self.limits.tries + 1):
            try:
                return self._followed(asked, validators)
            except FetchError as error:
                wait = max(error.wait or 0.0, 0.5 * 2**turn)
                if not error.again or turn == self.limits.tries or wait >= self._deadline.left:
                    raise
                time.sleep(wait)
        raise AssertionError("the last turn returns or raises")

    def _followed(self, asked: Address, validators: Validators) -> Answer:
        """The answer at the end of all redirects, each judged as if it had been given itself."""
        at, met = asked, {str(asked)}
        for _ in range(self.limits.redirects + 1):
            try:
                self._ready(at)
                answer = self._asked(asked, at, validators)
            except FetchError as error:
                raise _after_redirect(asked, error) from error
            if isinstance(answer, Answer):
                return answer
            at = answer
            if str(at) in met:
                raise FetchError(str(asked), f"redirects go in a circle, back to {shown(str(at))}")
            met.add(str(at))
        raise FetchError(str(asked), f"more than {self.limits.redirects} redirects")

    def _ready(self, at: Address) -> None:
        """Ask robots.txt, and wait until the server may be asked."""
        rules = self._rules(at)
        if not rules.allow(at):
            reason = f"the robots.txt of {at.host} does not allow it; a page saved by hand can be read as a file"
            raise FetchError(str(at), reason)
        self._wait(at, rules.delay)

    def _wait(self, at: Address, delay: float = 0) -> None:
        wait = self._pace.wait_for(at.server, delay)
        if wait > self.limits.longest_wait:
            reason = f"{at.host} is not to be asked again for {wait:,.0f} seconds (it said so, or did not answer)"
            raise FetchError(str(at), reason, temporary=True, wait=wait)
        if wait:
            time.sleep(wait)
            self._deadline.move(wait)

    def _rules(self, at: Address) -> Rules:
        known = self._robots.get(at.server)
        if known is None or time.monotonic() - known[0] > _ROBOTS_SECONDS:
            if len(self._robots) >= _MOST_ROBOTS:
                self._robots.clear()
            known = self._robots[at.server] = (time.monotonic(), self._fetched_rules(at))
        return known[1]

    def _fetched_rules(self, at: Address) -> Rules:
        """RFC 9309: a file that is not there allows all; one that cannot be had for now forbids all for now."""
        place: Address = parse("/robots.txt", at)
        for _ in range(self.limits.redirects):
            self._wait(place)
            try:
                answer = self._asked(place, place, NONE, most=MOST_BYTES_OF_ROBOTS, cut=True)
            except StatusError as error:
                if error.temporary:
                    if not error.again:
                        self._pace.leave_alone(at.server)
                    raise error.told_of(str(at), f"its robots.txt cannot be read: {error.reason}") from error
                return Rules()
            except FetchError as error:
                raise error.told_of(str(at), error.reason) from error
            if isinstance(answer, Answer):
                return rules_of(answer.data)
            place = answer
        return Rules()

    def _asked(
        self, asked: Address, at: Address, validators: Validators, *, most: int | None = None, cut: bool = False
    ) -> Answer | Address:
        """One request: an answer, or where it is to be had."""
        most = most or self.limits.most_bytes
        try:
            with closing(self._sent(at, validators)) as response:
                return self._judged(response, asked, at, most, cut)
        except _NO_ANSWER as error:
            self._pace.silent(at.server)
            raise FetchError(str(at), _no_answer(error), temporary=True) from error
        except RefusedError as error:
            raise FetchError(str(at), f"refused: {error}") from error
        except TooLargeError:
            raise FetchError(str(at), f"too large: more than {most:,} bytes, packed or unpacked") from None
        except BrokenError as error:
            raise FetchError(str(at), str(error), temporary=True) from None
        finally:
            self._pace.asked(at.server)

    def _sent(self, at: Address, validators: Validators) -> httpx.Response:
        headers = {**_HEADERS, **validators.headers}
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        request = httpx.Request("GET", str(at), headers=headers, extensions={"timeout": timeout.as_dict()})
        if at.server in self._users:
            request = next(httpx.BasicAuth(*self._users[at.server]).auth_flow(request))
        try:
            self._cookies.set_cookie_header(request)
        except UnicodeEncodeError:
            self._cookies = httpx.Cookies()  # letters beyond ASCII came with one, and cannot be sent back
        response = self._transport.handle_request(request)
        response.request = request
        self._cookies.extract_cookies(response)
        return response

    def _judged(self, response: httpx.Response, asked: Address, at: Address, most: int, cut: bool) -> Answer | Address:
        headers = response.headers
        if response.status_code in _REDIRECTS and headers.get("Location"):
            return parse(headers["Location"], at)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return self._answer(response, asked, at, b"", unchanged=True)
        if response.status_code not in {200, 203}:
            raise self._status_error(response, at)
        media_type = headers.get("Content-Type", "").lower()
        if media_type.startswith(_NOT_REPORTS):
            raise FetchError(str(at), f"not a report: the server calls it {shown(media_type)}")
        if not cut and number(headers.get("Content-Length")) > most:
            raise TooLargeError
        data = read_body(response.iter_raw(), headers.get("Content-Encoding", ""), most, cut=cut)
        return self._answer(response, asked, at, data)

    def _status_error(self, response: httpx.Response, at: Address) -> StatusError:
        self._pace.answered(at.server)
        status = response.status_code
        wait = retry_after(response.headers.get("Retry-After"))
        if status in _TRY_AGAIN and wait:
            self._pace.hold(at.server, wait)
        reason = f"the server answered {status}{_phrase(status)}"
        return StatusError(
            str(at), reason, temporary=status in _TEMPORARY, again=status in _TRY_AGAIN, wait=wait, status=status
        )

    def _answer(
        self, response: httpx.Response, asked: Address, at: Address, data: bytes, *, unchanged: bool = False
    ) -> Answer:
        self._pace.answered(at.server)
        headers = response.headers
        media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(
            asked,
            at,
            data,
            media_type or None,
            response.charset_encoding,
            Validators(validator(headers.get("ETag")), validator(headers.get("Last-Modified"))),
            datetime.now(UTC).isoformat(timespec="seconds"),
            fresh_seconds(headers.get("Cache-Control")),
            unchanged,
        )


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""


def _no_answer(error: Exception) -> str:
    said = re.sub(r"\[Errno -?\d+\] ", "", shown(str(error))).rstrip(".").lower()
    if isinstance(error, httpcore.ConnectTimeout):
        return f"no connection in time{f': {said}' if said.startswith('its name') else ''}"
    if isinstance(error, httpcore.TimeoutException):
        return "no answer in time"
    if "certificate_verify_failed" in said:
        return f"its certificate is not valid: {said.rpartition('failed: ')[2].partition(' (_ssl')[0]}"
    if isinstance(error, httpcore.ConnectError):
        return f"no connection: {said}"
    return f"the connection broke off: {said}"


def _after_redirect(asked: Address, error: FetchError) -> FetchError:
    """The error of a later address as one of the address that was asked for."""
    if error.path == str(asked):
        return error
    return error.told_of(str(asked), f"redirected to {error.path}: {error.reason}")
