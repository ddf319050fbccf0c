"""TikTok's answer with its gifts: what is read of it, and what a hostile one can do (nothing)."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.giftlist import GiftKind
from app.live.gift_answer import (
    LONGEST_NAME,
    MOST_LISTED,
    UNPACKED_LIMIT,
    read_gifts_of,
    unpacked,
)

ROSE = {"id": 5655, "name": "Rose", "diamond_count": 1, "type": 1, "combo": True}


def answer(*gifts: object, **data: object) -> bytes:
    whole = {"data": {"gifts": list(gifts), **data}, "extra": {"now": 1}, "status_code": 0}
    return json.dumps(whole).encode()


def test_a_gift_is_read_with_its_price_and_whether_it_combines():
    lion = {"id": 6369, "name": "Lion", "diamond_count": 29999, "type": 2, "combo": False}
    bare = {"id": 7, "name": "Bare"}
    assert read_gifts_of(answer(ROSE, lion, bare)) == [
        GiftKind(5655, "Rose", 1, combo=True),
        GiftKind(6369, "Lion", 29999, combo=False),
        GiftKind(7, "Bare", 0, combo=None),
    ]


def test_gifts_of_pages_are_read_too_and_each_once():
    page = {"page_name": "Gifts", "gifts": [ROSE, {"id": 8, "name": "Paged", "diamond_count": 9}]}
    found = read_gifts_of(answer(ROSE, pages=[page]))
    assert [(kind.id, kind.name) for kind in found] == [(5655, "Rose"), (8, "Paged")]
    assert [kind.id for kind in read_gifts_of(answer(pages=[page]))] == [5655, 8]


@pytest.mark.parametrize(
    "gift",
    [
        {"id": 0}, {"id": -5}, {"id": True}, {"id": "5655"}, {"id": 2**63}, {"id": 1.5}, {"id": None},
        {"name": "no id"}, [1], "x", 5, None,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_no_gift_is_left_out(gift):
    assert [kind.id for kind in read_gifts_of(answer(gift, ROSE))] == [5655]


@pytest.mark.parametrize("coins", [-1, 10**9, "7", 1.5, True, None, [1]], ids=repr)
def test_a_price_that_is_none_is_not_known(coins):
    (kind,) = read_gifts_of(answer({**ROSE, "diamond_count": coins}))
    assert kind.coins == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Hoa hồng", "Hoa hồng"),
        ("  Rose\n\tRed ", "Rose Red"),
        ("evil\u202egnp", "evil gnp"),
        ("a\x00b", "a b"),
        ("x" * 5000, "x" * LONGEST_NAME),
        ("half \ud83d", "half"),
        (5, ""),
        (None, ""),
    ],
)
def test_a_name_is_one_short_line(name, shown):
    (kind,) = read_gifts_of(answer({**ROSE, "name": name}))
    assert kind.name == shown


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"\xff\xfe", b"<html></html>", b'{"data": {"gifts": []}}',
        b'{"data": {"gifts": [', b'{"data": {"gifts": 5}, "status_code": 4003110}',
        b'{"data": {"gifts": [' + b"[" * 200_000, b'{"gifts": [' * 100_000, b'"gifts":[9' + b"9" * 90_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_an_answer_without_gifts_is_none(body):
    with pytest.raises(ValueError, match="no gifts"):
        read_gifts_of(body)


def test_the_refusal_is_told_by_its_number():
    with pytest.raises(ValueError, match="status 4003110"):
        read_gifts_of(b'{"data": {"prompts": "x"}, "status_code": 4003110}')


def test_a_list_that_breaks_off_is_read_as_far_as_it_goes():
    whole = answer(ROSE, {"id": 8, "name": "Cut"})
    assert [kind.id for kind in read_gifts_of(whole[: whole.index(b'"Cut"')])] == [5655]


def test_more_gifts_than_there_can_be_are_not_read():
    many = answer(*({"id": number + 1, "name": "x"} for number in range(MOST_LISTED + 500)))
    assert len(read_gifts_of(many)) == MOST_LISTED


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_an_answer_or_none(body):
    try:
        assert read_gifts_of(b'{"data": {"gifts": [' + body)
    except ValueError as error:
        assert "no gifts" in str(error)  # noqa: PT017 - either is right


def test_a_packed_answer_is_unpacked_and_a_bomb_is_not():
    body = answer(ROSE)
    assert unpacked(body, "") == body
    assert unpacked(gzip.compress(body), "gzip") == body
    assert unpacked(zlib.compress(body), "deflate") == body
    with pytest.raises(ValueError, match="too large"):
        unpacked(gzip.compress(b" " * (UNPACKED_LIMIT + 1)), "gzip")
    with pytest.raises(ValueError, match="damaged"):
        unpacked(b"\x1f\x8bnot gzip", "gzip")
    with pytest.raises(ValueError, match="packed as"):
        unpacked(body, "br")
