"""Flashes by the loop's clock: as many as asked, dark at the end, and ended by what comes next."""

from __future__ import annotations

import asyncio

import pytest

from drivers.contract import Cause, DriverError, Flash
from drivers.transports.blinking import Blinking


@pytest.mark.parametrize("times", [1, 3])
async def test_it_blinks_as_often_as_asked_and_ends_dark(times):
    shown, done, blinking = [], asyncio.Event(), Blinking()

    def dark():
        shown.append("dark")
        if shown.count("dark") == times:
            done.set()

    blinking.begin("lamp", Flash(times, rate_hz=200.0), lambda: shown.append("bright"), dark)
    assert shown == ["bright"]
    async with asyncio.timeout(10):
        await done.wait()
    assert shown == ["bright", "dark"] * times
    assert not blinking.outputs


async def test_ended_it_shows_nothing_more():
    shown, blinking = [], Blinking()
    for name in ("one", "other"):
        blinking.begin(
            name, Flash(100), lambda: shown.append("bright"), lambda: shown.append("dark")
        )
    assert blinking.outputs == {"one", "other"}
    blinking.end("one")
    blinking.end("never begun")
    assert blinking.outputs == {"other"}
    blinking.end_all()
    assert not blinking.outputs
    assert shown == ["bright", "bright"]


async def test_a_device_that_refuses_ends_it():
    refused, blinking = asyncio.Event(), Blinking()

    def dark():
        refused.set()
        raise DriverError(Cause.REFUSED, "stopped")

    blinking.begin("lamp", Flash(5, rate_hz=200.0), lambda: None, dark)
    async with asyncio.timeout(10):
        await refused.wait()
    assert not blinking.outputs


async def test_a_first_flash_that_is_refused_is_told():
    blinking = Blinking()

    def bright():
        raise DriverError(Cause.REFUSED, "stopped")

    with pytest.raises(DriverError):
        blinking.begin("lamp", Flash(5), bright, lambda: None)
    assert not blinking.outputs
