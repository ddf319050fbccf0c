"""The writer and reader of protobuf bytes, against the published examples and against cuts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.tiktok import proto


def test_the_published_examples_are_written_byte_by_byte() -> None:
    assert proto.encode((1, 150)) == b"\x08\x96\x01"
    assert proto.encode((2, "testing")) == b"\x12\x07testing"
    assert proto.encode((3, proto.encode((1, 150)))) == b"\x1a\x03\x08\x96\x01"
    assert proto.varint(-2) == b"\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01"


def test_defaults_are_left_out_and_empty_submessages_are_kept() -> None:
    assert proto.encode((1, 0), (2, ""), (3, None), (4, False)) == b""
    assert proto.encode((23, b"")) == b"\xba\x01\x00"


def test_maps_and_lists_are_repeated_fields() -> None:
    assert proto.decode(proto.encode((7, {"a": "b"}), (1, [5, 6]))) == {
        7: [b"\n\x01a\x12\x01b"],
        1: [5, 6],
    }
    assert proto.decode(proto.encode((5, {9: b"x"}))) == {5: [b"\x08\x09\x12\x01x"]}


def test_fixed_width_fields_are_read() -> None:
    fields = proto.decode(
        proto.raw_field(1, 1, b"\x01" + bytes(7)) + proto.raw_field(2, 5, b"\x02\0\0\0")
    )
    assert fields == {1: [1], 2: [2]}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 5000), st.integers(1, 2**64 - 1) | st.binary() | st.text(min_size=1)
        )
    )
)
def test_what_is_written_is_read_again(pairs: list[tuple[int, int | bytes | str]]) -> None:
    fields = proto.decode(proto.encode(*pairs))
    expected: dict[int, list[int | bytes]] = {}
    for number, value in pairs:
        expected.setdefault(number, []).append(value.encode() if isinstance(value, str) else value)
    assert fields == expected


@given(st.binary(min_size=1, max_size=40), st.integers(0, 200))
def test_a_cut_message_is_never_taken_for_a_whole_one(body: bytes, keep: int) -> None:
    whole = proto.encode((8, body))
    with pytest.raises(proto.WireError):
        proto.decode(whole[: 1 + keep % (len(whole) - 1)])


@pytest.mark.parametrize("data", [b"\x80", b"\xff" * 12, b"\x0b", b"\x09abc", b"\x0d\x01"])
def test_nonsense_is_refused(data: bytes) -> None:
    with pytest.raises(proto.WireError):
        proto.decode(data)


def test_wanted_fields_of_another_type_read_as_nothing() -> None:
    fields = proto.decode(proto.encode((1, "x"), (2, 5)))
    assert (
        proto.first_int(fields, 1),
        proto.first_bytes(fields, 2),
        proto.first_text(fields, 9),
    ) == (0, b"", "")
