"""What is stored of links comes back as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from khabar.model import Copy, Happening, Links
from khabar.record.codec import decode, encode


def test_links_come_back(links: Callable[..., Links]) -> None:
    whole = links("a", "b")
    assert decode(Links, json.loads(json.dumps(encode(whole)))) == whole
    assert decode(Links, {}) == Links()


def test_an_unknown_key_is_passed_over_and_a_missing_one_takes_its_default(links: Callable[..., Links]) -> None:
    (happening,) = links("a").happenings
    data = encode(replace(happening, planned="h0"))
    del data["planned"]
    assert decode(Happening, {**data, "later": 1}) == happening


@given(st.builds(Copy))
def test_any_copy(copy: Copy) -> None:
    assert decode(Copy, encode(copy)) == copy
