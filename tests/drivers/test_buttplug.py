"""Toys: golden messages, the official client against our server, and toys that come and go."""

from __future__ import annotations

import asyncio
import json

import pytest

from drivers.buttplug import Buttplug
from drivers.contract import Ack, Cause, DriverError, Hazard, Kind, MoveTo, Off, SetLevel
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.transports.far import no_side_loop
from tests.fakes.intiface import Intiface, stroker, vibe, wearable

VIBE = "toy0_0_vibrate"


@pytest.fixture
def far():
    made = []

    def make(*toys, **more):
        made.append(Intiface(*toys, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


async def opened(server, heard=None, **settings):
    settings = Buttplug.settings_for(address=f"ws://127.0.0.1:{server.port}", **settings)
    driver = Buttplug(settings, (heard or Heard()).events())
    try:
        return driver, await driver.open()
    except DriverError:
        await driver.close()
        raise


async def until(true) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - drivers tell by callbacks of all kinds
            await asyncio.sleep(0.005)


async def refused(what) -> DriverError:
    with pytest.raises(DriverError) as raised:
        await what
    return raised.value


@pytest.mark.parametrize("case", golden.read("buttplug"), ids=str)
async def test_golden_messages(far, case):
    server = far(vibe(), stroker(), wearable())
    driver, _ = await opened(server)
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    kind, body = server.heard[-1]
    body.pop("Id")
    assert {kind: body} == json.loads(case.more["json"])
    await driver.close()


async def test_the_official_client_accepts_our_server(far):
    """It drops what it cannot parse without a word: everything answered was understood."""
    from buttplug import ButtplugClient, DeviceOutputCommand, OutputType

    server = far(vibe(), stroker(), max_ping_ms=400)
    client = ButtplugClient("judge")
    async with asyncio.timeout(10):
        await client.connect(f"ws://127.0.0.1:{server.port}")
        assert client.server_name == "Intiface Central"
        assert [one.name for one in client.devices.values()] == ["Hush", "Launch"]
        await client.devices[0].run_output(DeviceOutputCommand(OutputType.VIBRATE, 0.5))
        assert server.levels[0, 0, "Vibrate"] == 10
        assert await client.devices[0].battery() == 0.77
        await client.start_scanning()
        await client.stop_scanning()
        await client.stop_all_devices()
        assert server.resting
        await client.disconnect()


async def test_outputs_have_the_names_and_hazards_of_what_they_do_to_a_body(far):
    driver, capabilities = await opened(far(vibe(), stroker(), wearable()))
    assert [(one.title, one.kind, one.hazard) for one in capabilities] == [
        ("Hush", Kind.LEVEL, Hazard.BODY),
        ("Launch", Kind.POSITION, Hazard.BODY),
        ("Nora 1", Kind.LEVEL, Hazard.BODY),
        ("Nora 2", Kind.LEVEL, Hazard.BODY),
        ("Nora 3", Kind.LEVEL, Hazard.HEAT),
        ("Nora 4", Kind.LEVEL, Hazard.LIGHT),
    ]
    warm = capabilities[4]
    assert warm.limits.max_on_s == 10.0
    assert driver.firmware == "Intiface Central"
    await driver.close()


async def test_batteries_are_told(far):
    heard = Heard()
    driver, _ = await opened(far(), heard)
    (told,) = heard.observations
    assert (told.capability, told.name, told.value) == (VIBE, "battery", 0.77)
    await driver.close()


async def test_a_toy_that_is_switched_on_now_is_looked_for(far):
    server = far(hidden=True)
    driver, capabilities = await opened(server)
    assert [one.id for one in capabilities] == [VIBE]
    kinds = [kind for kind, _ in server.heard]
    assert kinds.index("StartScanning") < kinds.index("StopScanning")
    await driver.close()


async def test_without_any_toy_it_says_so(far):
    server = far()
    server.toys = {}
    with pytest.raises(DriverError) as raised:
        await opened(server, look_s=0.1)
    assert raised.value.cause is Cause.NOT_FOUND
    assert no_side_loop()


async def test_a_server_of_another_protocol_is_unsupported(far):
    with pytest.raises(DriverError) as raised:
        await opened(far(version=3))
    assert raised.value.cause is Cause.UNSUPPORTED
    assert no_side_loop()


async def test_intiface_that_is_not_started_does_not_answer(far):
    server = far()
    server.unplug()
    with pytest.raises(DriverError) as raised:
        await opened(server)
    assert raised.value.cause is Cause.NO_ANSWER
    assert no_side_loop()


async def test_a_toy_that_went_is_told_where_it_is_used_and_the_others_go_on(far):
    server, heard = far(vibe(), stroker()), Heard()
    driver, _ = await opened(server, heard)
    server.change(stroker())
    await until(lambda: driver._here == {1})
    error = await refused(driver.apply(VIBE, SetLevel(0.5), 1.0))
    assert error.cause is Cause.NOT_FOUND
    await driver.apply(VIBE, Off(), None)
    await driver.apply("toy1_0_hwpositionwithduration", MoveTo(0.5, 1.0), 2.0)
    assert heard.lost == []
    server.change(vibe(), stroker())
    await until(lambda: driver._here == {0, 1})
    await driver.apply(VIBE, SetLevel(0.5), 1.0)
    await driver.close()


async def test_when_the_last_toy_goes_the_device_is_lost(far):
    server, heard = far(), Heard()
    driver, _ = await opened(server, heard)
    server.change()
    await until(lambda: heard.lost)
    assert heard.lost[0].cause is Cause.LOST
    await driver.close()


async def test_a_new_toy_is_taken_in_when_nothing_runs(far):
    server = far()
    driver, _ = await opened(server)
    await driver.apply(VIBE, SetLevel(0.5), 9.0)
    server.change(vibe(), stroker())
    await until(lambda: driver._new_toys)
    await driver.check()
    await driver.apply(VIBE, Off(), None)
    assert (await refused(driver.check())).cause is Cause.LOST
    await driver.close()


async def test_a_refusal_of_the_server_is_told_in_its_words(far):
    server = far()
    driver, _ = await opened(server)
    server.broken_toy = True
    error = await refused(driver.apply(VIBE, SetLevel(0.5), 1.0))
    assert error.cause is Cause.REFUSED
    assert "not available" in error.detail
    await driver.close()


async def test_a_server_that_does_not_answer_confirms_nothing(far):
    server = far()
    driver, _ = await opened(server)
    server.deaf = {"OutputCmd", "StopCmd", "Ping"}
    assert (await refused(driver.apply(VIBE, SetLevel(0.5), 1.0))).cause is Cause.NO_ANSWER
    assert not await driver.make_safe()
    assert (await refused(driver.check())).cause is Cause.NO_ANSWER
    await driver.close()


async def test_stop_gives_up_what_waits_for_its_answer(far):
    server = far()
    driver, _ = await opened(server)
    server.deaf = {"OutputCmd"}

    async def stop():
        assert await asyncio.to_thread(
            server.wait_for, lambda: any(kind == "OutputCmd" for kind, _ in server.heard)
        )
        driver.stop_now()

    turning = driver.apply(VIBE, SetLevel(0.5), 1.0)
    error, _ = await asyncio.gather(turning, stop(), return_exceptions=True)
    assert error.cause in (Cause.REFUSED, Cause.NO_ANSWER)
    assert server.resting
    assert [kind for kind, _ in server.heard][-1] == "StopCmd"
    await driver.close()


async def test_a_server_that_wants_pings_gets_them_and_stops_without(far):
    server = far(max_ping_ms=300)
    driver, _ = await opened(server)
    await driver.apply(VIBE, SetLevel(0.5), 9.0)

    def pings():
        return [kind for kind, _ in server.heard].count("Ping")

    wanted = pings() + 4
    assert await asyncio.to_thread(server.wait_for, lambda: pings() >= wanted)
    assert not server.resting
    await driver.close()


async def test_two_toys_of_the_same_name_are_told_apart(far):
    driver, capabilities = await opened(far(vibe(0), vibe(1)))
    assert [one.title for one in capabilities] == ["Hush 1", "Hush 2"]
    await driver.close()
