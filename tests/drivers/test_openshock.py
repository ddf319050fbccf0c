"""OpenShock hubs: golden bytes, and a hub that answers late, twice, wrongly or never."""

from __future__ import annotations

import asyncio
import os

import pytest
from pydantic import ValidationError

from drivers.contract import Ack, Cause, DriverError, Hazard, SetLevel
from drivers.openshock import OpenShock
from tests.drivers import golden
from tests.drivers.benches.bench import Heard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def hub():
    from tests.fakes.openshock_hub import OpenShockHub

    made = OpenShockHub()
    yield made
    made.close()


async def opened(far, **settings):
    settings.setdefault("shockers", [{"id": 7}])
    driver = OpenShock(OpenShock.settings_for(port=far.path, **settings), Heard().events())
    return driver, await driver.open()


@pytest.mark.parametrize("case", golden.read("openshock"), ids=str)
async def test_golden_bytes(hub, case):
    driver, _ = await opened(hub, **case.settings)
    before = hub.heard
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
    assert hub.heard == before + b"".join(case.frames)
    await driver.close()


async def test_the_first_thing_said_to_a_shocker_is_its_end(hub):
    driver, capabilities = await opened(hub)
    assert hub.heard.startswith(b'\nrftransmit {"model":"caixianlin","id":7,"type":"stop"')
    assert [one.hazard for one in capabilities] == [Hazard.PAIN, Hazard.BODY, Hazard.NONE]
    assert all(one.self_timed for one in capabilities)
    await driver.close()


@pytest.mark.parametrize("duration_s", [1.0, 60.0, None])
async def test_no_shock_is_stronger_or_longer_than_the_driver_allows(hub, duration_s):
    driver, _ = await opened(hub)
    await driver.apply("shock_7", SetLevel(1.0), duration_s)
    assert hub.done == [(7, "shock", 20, 1000)]
    await driver.close()


async def test_a_shocker_that_is_there_twice_is_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="Shocker 7 is there twice"):
        OpenShock.settings_for(port="COM3", shockers=[{"id": 7}, {"id": 7, "model": "d80"}])


async def test_an_order_whose_answer_was_lost_is_not_sent_twice(hub):
    driver, _ = await opened(hub)
    hub.mute = 1
    with pytest.raises(DriverError) as raised:
        await driver.apply("shock_7", SetLevel(0.1), 0.5)
    assert raised.value.cause is Cause.NO_ANSWER
    assert len(hub.done) == 1
    await driver.close()


async def test_an_answer_that_comes_late_or_twice_confirms_nothing_else(hub):
    driver, _ = await opened(hub)
    hub.twice = True
    assert await driver.apply("vibrate_7", SetLevel(0.1), 5.0) is Ack.CONFIRMED
    hub.twice = False
    hub.mute = 99
    hub.say(b"$SYS$|Success|Command sent\n")
    assert not await driver.make_safe()
    assert hub.wait_for(lambda: hub.resting)
    await driver.close()


async def test_the_hubs_own_emergency_stop_refuses(hub):
    driver, _ = await opened(hub)
    hub.latched = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("vibrate_7", SetLevel(0.1), 5.0)
    assert raised.value.cause is Cause.REFUSED
    assert "Failed to send command" in str(raised.value)
    assert hub.resting
    await driver.close()


async def test_a_line_left_half_said_swallows_no_end(hub):
    driver, _ = await opened(hub)
    await driver.apply("vibrate_7", SetLevel(0.1), 9.0)
    driver._pipe.turn_on(b'rftransmit {"model":"cai')
    driver.stop_now()
    assert hub.wait_for(lambda: hub.resting)
    await driver.close()


async def test_stop_gives_up_what_waits_for_its_answer(hub):
    driver, _ = await opened(hub)
    hub.mute = 99

    async def stop():
        assert await asyncio.to_thread(hub.wait_for, lambda: bool(hub.running))
        driver.stop_now()

    ordering = driver.apply("vibrate_7", SetLevel(0.1), 9.0)
    error, _ = await asyncio.gather(ordering, stop(), return_exceptions=True)
    assert error.cause is Cause.REFUSED
    assert hub.wait_for(lambda: hub.resting)
    await driver.close()
