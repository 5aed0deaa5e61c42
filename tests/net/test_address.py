"""What an address is, and whether it may be asked."""

from __future__ import annotations

import csv
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.net.address import Address, is_address, parse, shown
from khabar.net.failure import FetchError
from khabar.net.guard import refusal, refused_port

with (Path(__file__).parent / "cases" / "addresses.tsv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def verdict(address: Address) -> str:
    """As the guard would judge it, for hosts that are numbers in any form that the system takes for one."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except socket.gaierror:
        return "name"
    if reason := refused_port(address.port):
        return " ".join(reason.split()[:2])
    return refusal(str(found[0][4][0])) or "public"


@pytest.mark.parametrize("row", ROWS, ids=[row["address"] for row in ROWS])
def test_addresses(row: dict[str, str]) -> None:
    assert is_address(row["address"])
    try:
        address = parse(row["address"])
    except FetchError as error:
        said = error.reason.replace("not an address", "no address")
        assert (row["form"], said.startswith(row["verdict"])) == ("-", True), error.reason
        return
    assert (str(address), verdict(address)) == (row["form"], row["verdict"])
    assert parse(str(address)) == parse(row["form"])
    assert "secret" not in str(address)


@pytest.mark.parametrize(
    "text", ["reports", "a/b.txt", "C:\\reports", "a:b//c", "://x", "x://", "mailto:me@paper.example"]
)
def test_names_of_files_are_no_addresses(text: str) -> None:
    assert not is_address(text)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_told_why_not(text: str) -> None:
    for given_text in (text, f"http://{text}", f"http://paper.example/{text}"):
        try:
            address = parse(given_text)
        except FetchError as error:
            assert error.reason
        else:
            assert parse(str(address)) == Address(address.scheme, address.host, address.port, address.path)
            assert address.stem


@given(st.from_regex(r"[a-z0-9]{1,20}:[a-z0-9:/?#]{8,20}", fullmatch=True))
def test_no_password_is_shown(secret: str) -> None:
    assert secret.partition(":")[2] not in shown(f"https://{secret}@paper.example/feed")


def test_passwords_are_kept_apart() -> None:
    address = parse("https://me:my%20secret@paper.example/feed")
    assert (str(address), address.user) == ("https://paper.example/feed", ("me", "my secret"))


@pytest.mark.parametrize(
    ("address", "stem"),
    [
        ("https://paper.example/", "paper.example"),
        ("https://www.paper.example/news/2020/8/24/visit.html", "visit"),
        ("https://paper.example/تقرير-عن-درنة/", "تقرير-عن-درنة"),
        ("https://paper.example/news/12345", "paper.example-12345"),
        ("https://paper.example/story.aspx?id=7", "story-id=7"),
        ("https://paper.example//[", "paper.example-["),
    ],
)
def test_names_of_documents(address: str, stem: str) -> None:
    assert parse(address).stem == stem
