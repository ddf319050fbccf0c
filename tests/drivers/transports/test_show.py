"""Scenes on their way: STOP before everything, and nobody is told of what was not taken."""

from __future__ import annotations

import asyncio
import threading

import pytest

from drivers.codecs.dmx import Scene
from drivers.codecs.fixtures import LampSettings
from drivers.contract import Ack, Cause, DriverError, Flash, Off, SetColor
from drivers.transports.show import Show
from tests.drivers.transports.test_refresher import Far


def made(far: Far, rate_hz: float = 100) -> Show[Scene]:
    settings = LampSettings.model_validate({"fixtures": [{"start": 1}]})
    scene = Scene(settings.fixtures, 24)
    return Show("show", far.send, scene, rate_hz=rate_hz, fastest_hz=1000)


def lit(frame: bytes) -> bool:
    return any(frame)


async def test_it_begins_dark_and_ends_dark_with_a_good_bye():
    far = Far()
    show = made(far)
    await show.open()
    assert far.frames
    assert not any(map(lit, far.frames))
    assert (
        await show.apply(
            "lamp1",
            SetColor(9, 9, 9),
        )
        is Ack.SENT
    )
    assert lit(far.frames[-1])
    await show.close(b"bye")
    assert far.frames[-1] == b"bye"
    assert far.frames[-4:-1] == [bytes(24)] * 3
    await show.close()
    with pytest.raises(DriverError) as raised:
        await show.apply("lamp1", Off())
    assert raised.value.cause is Cause.LOST


async def test_after_stop_nothing_shines_whoever_tries():
    far = Far()
    show = made(far)
    await show.open()
    refused = set()
    thread = threading.Thread(target=show.stop)
    for n in range(50):
        if n == 20:
            thread.start()
        try:
            await show.apply("lamp1", Flash(9, n, 9, 9))
        except DriverError as error:
            refused.add(error.cause)
    await asyncio.to_thread(thread.join)
    assert refused == {Cause.REFUSED}
    with far.news:
        del far.frames[:]
    # Whatever was on its way when the frames were forgotten is over after two more.
    assert far.wait(lambda: len(far.frames) > 5)
    assert not any(map(lit, far.frames[2:]))
    assert await show.make_safe()
    await show.apply("lamp1", SetColor(9, 9, 9))
    await show.close()


async def test_what_the_system_does_not_take_is_told():
    far = Far()
    far.takes = False
    show = made(far)
    with pytest.raises(DriverError) as raised:
        await show.open()
    assert raised.value.cause is Cause.NO_ANSWER
    await show.close()


async def test_after_a_loss_nothing_is_confirmed():
    far = Far()
    show = made(far)
    await show.open()
    show.lose(DriverError(Cause.LOST, "pulled"))
    assert not await show.make_safe()
    with pytest.raises(DriverError, match="pulled"):
        await show.apply("lamp1", SetColor(9, 9, 9))
    show.stop()
    await show.close()


async def test_one_that_was_never_opened_can_be_stopped_and_closed():
    far = Far()
    show = made(far)
    show.stop()
    assert not await show.make_safe()
    await show.close(b"bye")
    assert far.frames == []


async def test_a_change_waits_for_no_repetition_but_for_the_change_before_it():
    far = Far()
    settings = LampSettings.model_validate({"fixtures": [{"start": 1}]})
    # Once a minute only, unless something is urgent.
    show = Show("show", far.send, Scene(settings.fixtures, 24), rate_hz=0, fastest_hz=1 / 60)
    show._changed_at -= 60
    await show.open()
    show._changed_at -= 60
    assert await show.apply("lamp1", SetColor(1, 1, 1)) is Ack.SENT
    assert far.frames[-1][:1] == bytes([1])
    with pytest.raises(DriverError) as raised:
        await show.apply("lamp1", SetColor(2, 2, 2))
    assert raised.value.cause is Cause.NO_ANSWER
    assert far.frames[-1][:1] == bytes([1])
    await show.close()
