"""Messages of the DMX USB Pro: whole ones are found in whatever surrounds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import enttec


@given(st.integers(0, 255), st.binary(max_size=513), st.binary(max_size=20))
def test_a_message_is_found_after_noise_that_begins_none(label, data, noise):
    noise = noise.replace(b"\x7e", b"")
    whole = enttec.message(label, data)
    assert list(enttec.answers(noise + whole)) == [(label, data)]
    assert not any(enttec.answers(noise + whole[:-1]))


@given(st.binary(max_size=300))
def test_no_noise_breaks_the_reading(noise):
    for label, data in enttec.answers(noise):
        assert enttec.message(label, data) in noise


def test_what_a_box_tells_is_read():
    heard = enttec.message(9, b"\x00") + enttec.message(3, bytes([44, 1, 9, 1, 40]))
    assert enttec.firmware_of(heard) == "1.44"
    assert enttec.firmware_of(heard[:-1]) is None
    assert enttec.serial_number_of(bytes.fromhex("7e0a040078563412e7")) == "12345678"
