"""What shockers are told, and what their hubs say: limits that nothing gets past."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import openshock, pishock
from drivers.codecs.shockers import Op, Order, order_of, shocker_of
from drivers.contract import Cause, DriverError, Off, Pulse, Run, SetLevel

LEVELS = st.floats(0, 1, exclude_min=True)
LENGTHS = st.none() | st.floats(0, 1e9)


@given(LEVELS, LENGTHS)
def test_no_shock_gets_past_the_limits(level, duration_s):
    order = order_of(1, Op.SHOCK, SetLevel(level), duration_s)
    assert 1 <= order.percent <= 20
    assert order.percent <= max(1, level * 100 + 0.01)
    assert 1 <= order.length_ms <= 1000


@given(st.sampled_from([Op.VIBRATE, Op.BEEP]), LEVELS, LENGTHS)
def test_nothing_lasts_longer_than_ten_seconds(op, level, duration_s):
    asked = SetLevel(level) if op is Op.VIBRATE else Pulse()
    assert 1 <= order_of(1, op, asked, duration_s).length_ms <= 10_000


@pytest.mark.parametrize("percent", range(1, 21))
def test_whole_percents_stay_what_they_are(percent):
    assert order_of(1, Op.SHOCK, SetLevel(percent / 100), 1.0).percent == percent


def test_off_is_no_order_and_nonsense_is_refused():
    assert order_of(1, Op.SHOCK, Off(), None) is None
    assert order_of(1, Op.SHOCK, SetLevel(0), 1.0) is None
    for op, wrong in ((Op.SHOCK, Pulse()), (Op.BEEP, SetLevel(1)), (Op.VIBRATE, Run(1))):
        with pytest.raises(DriverError):
            order_of(1, op, wrong, 1.0)


@pytest.mark.parametrize("name", ["", "shock", "shock_", "shock_07", "end_7", "shock_8", "_7"])
def test_an_output_of_no_sense_is_refused(name):
    assert shocker_of("shock_7", (7,)) == (7, Op.SHOCK)
    with pytest.raises(DriverError):
        shocker_of(name, (7,))


@given(st.binary(max_size=200))
def test_no_noise_breaks_the_reading(noise):
    assert openshock.taken(1)(noise) is None
    assert openshock.pin_of(noise) is None
    assert pishock.hub_of(noise) is None


@given(st.recursive(st.none() | st.floats() | st.text(max_size=5), st.lists, max_leaves=5))
def test_whatever_a_hub_tells_of_itself_is_read_or_refused(said):
    for told in (said, {"shockers": said}, {"shockers": [{"id": said}], "version": said}):
        with contextlib.suppress(DriverError):
            pishock.hub_of(b"TERMINALINFO: " + json.dumps(told).encode() + b"\r\n")


def test_what_a_hub_repeats_is_no_answer():
    line = openshock.transmit("d80", Order(7, Op.BEEP, 100, 200))
    assert openshock.taken(1)(b"\r\x1b[K> " + line) is None
    assert openshock.taken(1)(b"\r\x1b[K> " + line + b"$SYS$|Success|Command sent\r\n")
    with pytest.raises(DriverError):
        openshock.taken(1)(b'$SYS$|Error|Command "x" not found\n')


def test_an_answer_that_is_missing_is_noticed():
    both = b"$SYS$|Success|Command sent\n" * 2
    assert openshock.all_taken(2)(both) is None
    assert openshock.all_taken(2)(both + b"$SYS$|Response|RFTxPin|4\n")
    with pytest.raises(DriverError) as raised:
        openshock.all_taken(3)(both + b"$SYS$|Response|RmtPin|4\n")
    assert raised.value.cause is Cause.BAD_ANSWER
