"""PiShock hubs: golden bytes, limits of the driver's own, and secrets that nobody sees."""

from __future__ import annotations

import logging
import os

import pytest

from drivers.contract import (
    Ack,
    Cause,
    DriverError,
    Hazard,
    Off,
    Pulse,
    SetLevel,
    overheard_by,
)
from drivers.pishock import PiShock
from tests.drivers import golden
from tests.drivers.benches.bench import Heard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def hub():
    from tests.fakes.pishock_hub import PiShockHub

    made = []

    def make(*shockers, **more):
        made.append(PiShockHub(*shockers, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


async def opened(far, **settings):
    driver = PiShock(PiShock.settings_for(port=far.path, **settings), Heard().events())
    return driver, await driver.open()


@pytest.mark.parametrize("case", golden.read("pishock"), ids=str)
async def test_golden_bytes(hub, case):
    far = hub(1001)
    driver, _ = await opened(far, **case.settings)
    before = far.heard
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    wanted = before + b"".join(case.frames)
    assert far.wait_for(lambda: far.heard == wanted)
    await driver.close()


async def test_the_first_thing_said_to_a_known_shocker_is_its_end(hub):
    far = hub(7)
    driver, _ = await opened(far, shockers=[7])
    assert far.heard.startswith(b'\n{"cmd": "operate", "value": {"id": 7, "op": "end"')
    await driver.close()


@pytest.mark.parametrize("duration_s", [1.0, 60.0, None])
async def test_no_shock_is_stronger_or_longer_than_the_driver_allows(hub, duration_s):
    far = hub(7)
    driver, capabilities = await opened(far)
    await driver.apply("shock_7", SetLevel(1.0), duration_s)
    assert far.wait_for(lambda: far.done == [(7, "shock", 20, 1000)])
    shock = next(one for one in capabilities if one.id == "shock_7")
    assert (shock.hazard, shock.self_timed) == (Hazard.PAIN, True)
    assert (shock.limits.max_level, shock.limits.max_on_s) == (0.2, 1.0)
    await driver.close()


async def test_a_weak_short_shock_is_not_made_stronger_or_longer(hub):
    far = hub(7)
    driver, _ = await opened(far)
    await driver.apply("shock_7", SetLevel(0.079), 0.1239)
    await driver.apply("beep_7", Pulse(), 0.2)
    wanted = [(7, "shock", 7, 123), (7, "beep", 100, 200)]
    assert far.wait_for(lambda: far.done == wanted)
    await driver.close()


async def test_without_numbers_all_shockers_of_the_hub_are_there(hub):
    far = hub(5, 9)
    driver, capabilities = await opened(far)
    assert {one.id for one in capabilities} == {
        f"{what}_{number}" for what in ("shock", "vibrate", "beep") for number in (5, 9)
    }
    assert driver.firmware == "PiShock 3.1.1.231119.1556"
    await driver.close()


async def test_a_shocker_the_hub_does_not_know_is_told(hub):
    with pytest.raises(DriverError) as raised:
        await opened(hub(5), shockers=[5, 6])
    assert raised.value.cause is Cause.BAD_CONFIG
    assert "no shocker 6" in str(raised.value)


async def test_a_hub_without_shockers_is_told(hub):
    with pytest.raises(DriverError) as raised:
        await opened(hub())
    assert raised.value.cause is Cause.BAD_CONFIG


async def test_a_paused_shocker_refuses_instead_of_pretending(hub):
    driver, _ = await opened(hub(5, paused=(5,)))
    with pytest.raises(DriverError) as raised:
        await driver.apply("vibrate_5", SetLevel(0.3), 1.0)
    assert raised.value.cause is Cause.REFUSED
    await driver.apply("vibrate_5", Off(), None)
    await driver.close()


async def test_off_ends_only_the_shocker_it_is_for(hub):
    far = hub(5, 9)
    driver, _ = await opened(far)
    await driver.apply("vibrate_5", SetLevel(0.3), 9.0)
    await driver.apply("vibrate_9", SetLevel(0.3), 9.0)
    assert far.wait_for(lambda: len(far.running) == 2)
    await driver.apply("vibrate_5", Off(), None)
    assert far.wait_for(lambda: set(far.running) == {9})
    await driver.close()
    assert far.wait_for(lambda: far.resting)


async def test_a_hub_that_still_restarts_is_waited_for(hub):
    far = hub(5)
    far.mute = 2
    driver, capabilities = await opened(far)
    assert capabilities
    await driver.close()


async def test_something_else_on_the_port_is_told(hub):
    class Hasty(PiShock):
        answer_s = 0.05

    far = hub(5)
    far.mute = 99
    driver = Hasty(PiShock.settings_for(port=far.path), Heard().events())
    with pytest.raises(DriverError) as raised:
        await driver.open()
    assert raised.value.cause is Cause.NO_ANSWER
    await driver.close()


async def test_a_hub_that_fell_silent_is_not_called_safe(hub):
    far = hub(5)
    driver, _ = await opened(far)
    await driver.apply("vibrate_5", SetLevel(0.3), 9.0)
    far.mute = 99
    assert not await driver.make_safe()
    # What could not be confirmed was done all the same.
    assert far.wait_for(lambda: far.resting)
    await driver.close()


async def test_passwords_of_the_hub_are_in_no_error_and_no_log(hub, caplog):
    from tests.fakes.pishock_hub import PASSWORD

    caplog.set_level(logging.DEBUG)
    far = hub(5)
    driver, _ = await opened(far)
    far.garble = True
    with pytest.raises(DriverError) as raised:
        await driver.check()
    assert raised.value.cause is Cause.BAD_ANSWER
    assert raised.value.__cause__ is None
    told = f"{raised.value!r} {driver.__dict__} {caplog.text} {driver.safe_recipe()}"
    assert PASSWORD not in told
    await driver.close()


async def test_who_reads_along_sees_what_is_said_but_no_passwords(hub):
    from tests.fakes.pishock_hub import PASSWORD

    read = []
    far = hub(5)
    with overheard_by(lambda way, data: read.append((way, data))):
        driver, _ = await opened(far)
    await driver.apply("vibrate_5", SetLevel(0.3), 1.0)
    # It may come in any pieces; a long line loses its end, never its beginning.
    for piece in (b"TERMINAL", b'INFO: {"pass', b'word": "', PASSWORD.encode(), b"x" * 9000, b"\n"):
        driver._hear(piece)
    await driver.close()
    told = b"".join(data for _, data in read)
    assert b'"op": "vibrate"' in told
    assert ("in", b"TERMINALINFO: ***") in read
    assert PASSWORD.encode() not in told
