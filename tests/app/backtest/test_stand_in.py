"""Devices that are not there keep the time that real ones would need."""

import asyncio

import pytest

from app.backtest.clock import JumpingLoop, run_jumping
from app.backtest.stand_in import stand_in
from drivers.contract import Ack, Capability, DriverEvents, Kind, Off, Rotate, Switch

MOTOR = Capability("motor", Kind.MOTOR, "Motor", self_timed=True)
RELAY = Capability("relay", Kind.SWITCH, "Relay")


def made(ended):
    kind = stand_in({"d1": (MOTOR, RELAY)})
    events = DriverEvents(lambda _: None, lambda _: None, lambda: None, ended)
    return kind(kind.settings_for(device_id="d1"), events)


def run(doing):
    """Do something with a stand-in; return (seconds, output) of what told that it was over."""
    loop, over = JumpingLoop(), []
    one = made(lambda output: over.append((loop.time(), output)))

    async def whole():
        outputs = await one.open()
        assert outputs == (MOTOR, RELAY)
        await doing(one)
        await asyncio.sleep(100)
        await one.close()

    run_jumping(loop, whole())
    return over


def test_ten_rounds_at_a_hundred_take_six_seconds():
    async def doing(one):
        assert await one.apply("motor", Rotate(rounds=10, rpm=100), None) is Ack.CONFIRMED

    assert run(doing) == [(pytest.approx(6), "motor")]


def test_the_time_it_was_given_cuts_it_short():
    async def doing(one):
        await one.apply("motor", Rotate(rounds=10, rpm=100), 2.5)

    assert run(doing) == [(pytest.approx(2.5), "motor")]


def test_off_ends_it_without_a_word():
    async def doing(one):
        await one.apply("motor", Rotate(rounds=10, rpm=100), None)
        await one.apply("motor", Off(), None)

    assert run(doing) == []


def test_an_output_without_a_timer_says_nothing():
    async def doing(one):
        await one.apply("relay", Switch(on=True), 3.0)

    assert run(doing) == []


def test_made_safe_it_rests():
    async def doing(one):
        await one.apply("motor", Rotate(rounds=10, rpm=100), None)
        assert await one.make_safe()

    assert run(doing) == []
