"""``khabar watch``: rounds over feeds, what is new between them, and the end."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from khabar.build import MOST_ENTRIES
from khabar.cli import MOST_ENTRIES as MOST_OF_COMMAND
from khabar.cli import main
from khabar.errors import KhabarError
from khabar.net.intake import MOST_FAILURES
from khabar.net.stop import Stop, Stopped
from khabar.record import Record
from khabar.record.rules import Rules
from khabar.record.write import Writer
from khabar.watch import Round, seconds_of, watch
from tests.net.conftest import BOAT, LIMITS, VISIT, Reply, Site

NOW = datetime(2023, 8, 29, 20, 45, tzinfo=UTC)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "khabar.db"


def one_round(record: Path, *feeds: str, every: float = 900) -> Round:
    (done,) = watch(feeds, record, every=every, once=True, allow_private=True)
    return done


def later(record: Path, seconds: float = 10**6) -> None:
    """Let the time that feeds and reports want to be left alone go by."""
    with Writer(record, Rules("test", "annotate", "link")) as writer:
        connection = writer._connection
        connection.exec_driver_sql("UPDATE addresses SET due = '2000-01-01T00:00:00+00:00' WHERE due IS NOT NULL")


def ids(record: Path) -> list[str]:
    with Record(record) as opened:
        return sorted(opened.ids())


def test_only_new_entries_are_fetched_between_two_polls(site: Site, record: Path) -> None:
    site.page("/visit", VISIT)
    site.page("/boat", BOAT)
    feed = site.feed("/feed", site.item("/visit"))
    rounds = watch([feed], record, allow_private=True, sleep=lambda seconds: None)
    assert next(rounds).line(NOW) == "2023-08-29 20:45:00+00:00  1 feed: 1 new"
    assert next(rounds).line(NOW) == "2023-08-29 20:45:00+00:00  1 feed: nothing new"
    site.feed("/feed", site.item("/boat"), site.item("/visit"))
    assert next(rounds).summary.read == 1
    with Record(record) as opened:
        assert opened.counts()["documents"] == 2
    rounds.close()
    assert site.paths() == ["/feed", "/visit", "/feed", "/feed", "/boat"]


def test_after_a_restart_nothing_is_fetched_twice(site: Site, record: Path) -> None:
    def feed(headers: dict[str, str]) -> Reply:
        return Reply(status=304) if headers.get("If-None-Match") == '"1"' else first

    site.page("/visit", VISIT)
    site.feed("/feed", site.item("/visit"), ETag='"1"')
    first = site.pages["/feed"]
    assert isinstance(first, Reply)
    site.pages["/feed"] = feed
    address = f"{site.url}/feed"
    assert one_round(record, address).summary.read == 1
    assert one_round(record, address).summary.read == 0
    assert site.paths() == ["/feed", "/visit", "/feed"]
    assert site.asked[-1][1]["If-None-Match"] == '"1"'


def test_dead_feeds_do_not_stop_the_others(site: Site, record: Path) -> None:
    site.page("/visit", VISIT)
    dead, living = site.page("/dead", status=500), site.feed("/feed", site.item("/visit"))
    done = one_round(record, dead, living)
    assert done.line(NOW).endswith(f"2 feeds: 1 new, 1 failed; {dead}: the server answered 500 (Internal Server Error)")
    again = one_round(record, dead, living, every=60)
    assert (again.feeds, again.left) == (1, 1)
    assert "(1 not due yet)" in again.line(NOW)
    later(record)
    assert one_round(record, dead, living).feeds == 2


@pytest.mark.parametrize(
    ("more", "headers"), [("<ttl>60</ttl>", {}), ("", {"Cache_Control": "max-age=3600"}), ("", {"status": 503})]
)
def test_feeds_are_not_asked_before_they_want_to(site: Site, record: Path, more: str, headers: dict[str, str]) -> None:
    site.page("/visit", VISIT)
    feed = site.feed("/feed", site.item("/visit"), more=more, **headers)
    if "status" in headers:
        feed = site.page("/feed", status=503, Retry_After="3600")
    one_round(record, feed)
    assert (one_round(record, feed).left, site.paths().count("/feed")) == (1, 1)
    later(record)
    assert one_round(record, feed).feeds == 1


def test_reports_that_fail_are_tried_again_and_given_up_in_the_end(site: Site, record: Path) -> None:
    site.page("/busy", status=500)
    feed = site.feed("/feed", site.item("/busy"), site.item("/gone"))
    one_round(record, feed)
    assert one_round(record, feed).summary.dropped == []
    for _ in range(MOST_FAILURES + 2):
        later(record)
        one_round(record, feed)
    assert (site.paths().count("/busy"), site.paths().count("/gone")) == (MOST_FAILURES, 1)
    assert ids(record) == []


def test_what_failed_comes_later_though_the_feed_stays_as_it_is(site: Site, record: Path) -> None:
    site.page("/visit", status=500)
    feed = site.feed("/feed", site.item("/visit"), ETag='"1"')
    whole = site.pages["/feed"]
    assert isinstance(whole, Reply)
    site.pages["/feed"] = lambda headers: Reply(status=304) if "If-None-Match" in headers else whole
    one_round(record, feed)
    one_round(record, feed)
    site.page("/visit", VISIT)
    later(record)
    assert one_round(record, feed).summary.read == 1


def test_what_gave_nothing_is_forgotten_after_a_month(site: Site, record: Path) -> None:
    one_round(record, site.feed("/feed", site.item("/gone")))
    with Writer(record, Rules("test", "annotate", "link")) as writer:
        writer._connection.exec_driver_sql("UPDATE addresses SET asked = '2000-01-01' WHERE url LIKE '%gone'")
    site.feed("/feed")
    one_round(record, f"{site.url}/feed")
    with Record(record) as opened:
        assert opened.dropped() == ()


def test_endless_feeds_are_bounded(site: Site, record: Path) -> None:
    for number in range(6):
        site.page(f"/{number}", f"{VISIT} وقال {number} من الشهود ذلك.")
    feed = site.feed("/feed", *(site.item(f"/{number}") for number in range(6)))
    endless = site.page("/endless", b"<rss><channel>" + b"<item></item>" * 20_000)
    (done,) = watch([feed, endless], record, once=True, entries=2, allow_private=True)
    assert (done.summary.read, [item.reason for item in done.summary.dropped]) == (
        2, [f"too large: more than {LIMITS.most_bytes:,} bytes, packed or unpacked"],
    )  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_what_was_done_is_kept(site: Site, record: Path, number: signal.Signals) -> None:
    def signalled(headers: dict[str, str]) -> Reply:
        os.kill(os.getpid(), number)
        time.sleep(0.2)
        return Reply(BOAT)

    site.page("/visit", VISIT)
    site.pages["/boat"] = signalled
    feed = site.feed("/feed", site.item("/visit"), site.item("/boat"))
    before = signal.getsignal(number)
    rounds = list(watch([feed], record, allow_private=True))
    assert [done.summary.read for done in rounds] == [1]
    assert ids(record) == ["visit"]
    assert signal.getsignal(number) is before
    site.page("/boat", BOAT)
    assert one_round(record, feed).summary.read == 1


def test_a_signal_while_something_is_written_waits_for_its_end() -> None:
    with Stop() as stop:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.asked
        with pytest.raises(Stopped), stop.waiting():
            raise AssertionError("never reached")
        assert stop.sleep(60, time.sleep)
        with pytest.raises(SystemExit):
            os.kill(os.getpid(), signal.SIGTERM)


def test_a_record_that_a_build_writes_is_waited_for(site: Site, record: Path) -> None:
    site.page("/visit", VISIT)
    feed = site.feed("/feed", site.item("/visit"))
    rounds = watch([feed], record, allow_private=True, sleep=lambda seconds: None)
    with Writer(record, Rules("test", "annotate", "link")):
        assert "another build is writing" in next(rounds).line(NOW)
    assert next(rounds).summary.read == 1
    rounds.close()


def test_lengths_of_time() -> None:
    assert [seconds_of(text) for text in ("60s", "15m", "2h", "1d", " 1.5h ")] == [60, 900, 7200, 86_400, 5400]
    for text in ("", "15", "m", "-5m", "1s", "8d", "٥m", "1e3m"):
        with pytest.raises(KhabarError):
            seconds_of(text)
    assert MOST_ENTRIES == MOST_OF_COMMAND


@pytest.fixture
def khabar(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["khabar", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsysbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return run


def test_the_command(site: Site, khabar: Callable[..., tuple[int, str, str]]) -> None:
    site.page("/visit", VISIT)
    feed = site.feed("/feed", site.item("/visit"))
    code, out, err = khabar("watch", feed, "--once", "--allow-private")
    assert (code, out.count("\n"), "1 feed: 1 new" in out, err) == (0, 1, True, "")
    assert khabar("watch", feed, f"{site.url}/absent", "--once", "--allow-private")[0] == 3
    assert khabar("watch", f"{site.url}/gone", "--once", "--allow-private")[0] == 1
    assert "loopback" in khabar("watch", f"{site.url}/other", "--once")[1]
    code, _, err = khabar("watch", "http://me:secret@[", "--once")
    assert (code, "not an address" in err, "secret" in err) == (1, True, False)
    assert khabar("watch", feed, "--every", "1s")[0] == 2


def test_the_other_commands_take_addresses(site: Site, khabar: Callable[..., tuple[int, str, str]]) -> None:
    address = site.page("/visit", VISIT)
    assert khabar("build", address, "--allow-private")[0] == 0
    code, out, _ = khabar("build", address)
    assert (code, "loopback" in out) == (1, True)
    assert khabar("analyse", address, "--allow-private", "--out", "found")[0] == 0
    assert Path("found/visit.json").is_file()
    code, out, _ = khabar("show", "visit")
    assert (code, address in out) == (0, True)
