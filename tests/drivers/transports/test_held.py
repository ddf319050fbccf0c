"""What may be written when: nothing turns on from STOP until the device was made safe."""

from __future__ import annotations

import asyncio
import threading

import pytest

from drivers.contract import Cause, DriverError
from drivers.transports.held import HeldPipe
from drivers.transports.loopback import loopback


@pytest.fixture
async def far():
    near, end = loopback()
    heard = []
    await end.open(heard.append, lambda _: None)
    pipe = HeldPipe(near)
    await pipe.open(lambda _: None, lambda _: None)
    end.heard, end.pipe = heard, pipe
    yield end
    await pipe.close()
    await end.close()


async def test_what_is_written_arrives(far):
    far.pipe.turn_on(b"on")
    far.pipe.turn_off(b"off")
    await asyncio.sleep(0)
    assert far.heard == [b"on", b"off"]


async def test_from_stop_until_made_safe_only_off_is_taken(far):
    thread = threading.Thread(target=far.pipe.stop, args=(b"STOP",))
    thread.start()
    thread.join()
    with pytest.raises(DriverError) as raised:
        far.pipe.turn_on(b"on")
    assert raised.value.cause is Cause.REFUSED
    far.pipe.turn_off(b"off")
    assert far.pipe.release(b"SAFE")
    far.pipe.turn_on(b"on")
    await asyncio.sleep(0)
    assert far.heard == [b"STOP", b"off", b"SAFE", b"on"]


async def test_closed_it_says_off_a_last_time_and_takes_nothing_more(far):
    await far.pipe.close(b"OFF")
    await asyncio.sleep(0)
    assert far.heard == [b"OFF"]
    assert not far.pipe.stop(b"STOP")
    assert not far.pipe.release(b"SAFE")
    with pytest.raises(DriverError) as raised:
        far.pipe.turn_off(b"off")
    assert raised.value.cause is Cause.LOST
    await far.pipe.close(b"OFF")


async def test_a_pipe_that_takes_no_more_is_told(far):
    await far.pipe._pipe.close()
    with pytest.raises(DriverError) as raised:
        far.pipe.turn_on(b"on")
    assert raised.value.cause is Cause.NO_ANSWER
