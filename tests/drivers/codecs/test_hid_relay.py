"""Reports of USB relay boards without a port: read with or without their number before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import hid_relay


@given(st.integers(0, 255))
def test_a_report_is_read_with_and_without_its_number(bits):
    told = b"BITFT\0\0" + bytes([bits])
    for heard in (told, b"\0" + told, b"\1" + told):
        assert hid_relay.read(heard) == ("BITFT", bits)


@given(st.binary(max_size=20))
def test_nothing_breaks_the_reading(heard):
    told = hid_relay.read(heard)
    assert (told is None) == (len(heard) < 8)


@pytest.mark.parametrize(
    ("product", "channels"),
    [("USBRelay1", 1), ("USBRelay8", 8), ("USBRelay9", 0), ("USBRelay16", 0), ("Mouse", 0)],
)
def test_only_the_name_tells_a_relay_board(product, channels):
    assert hid_relay.channels_of(product) == channels
