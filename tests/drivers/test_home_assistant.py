"""Home Assistant: golden messages, a judge, and one that refuses, hangs or knows nobody of us."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
from pydantic import ValidationError

from drivers.codecs import home_assistant as words
from drivers.contract import (
    Ack,
    Cause,
    DriverError,
    Flash,
    Kind,
    Off,
    Pulse,
    SetColor,
    SetLevel,
    Switch,
)
from drivers.home_assistant import HomeAssistant
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.home_assistant import _vanish
from tests.drivers.transports.far import (
    certificate,
    no_side_loop,
    sent_by_the_guardian,
    server_tls,
)
from tests.fakes import home_assistant as fake

EVERY = (
    "light.desk light.plain light.bulb switch.plug siren.horn fan.big number.power button.bell "
    "scene.party script.dance sensor.heat"
)
RED = SetColor(255, 0, 0)


@pytest.fixture
def far():
    made = []

    def make(**more):
        made.append(fake.HomeAssistant(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def driver_for(house, entities, heard=None, token=fake.TOKEN, **settings):
    told = {"address": f"http://127.0.0.1:{house.port}", "token": token} | settings
    made = HomeAssistant.settings_for(entities=entities, **told)
    return HomeAssistant(made, (heard or Heard()).events())


async def opened(house, entities, heard=None, **settings):
    driver = driver_for(house, entities, heard, **settings)
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


@pytest.mark.parametrize("case", golden.read("home_assistant"), ids=str)
async def test_golden_messages(far, case):
    house = far()
    driver, _ = await opened(house, EVERY, lights="off")
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
    told = json.loads(case.more["json"])
    assert house.asked[-1] == (
        told["domain"], told["service"], told["target"]["entity_id"], told["service_data"],
    )  # fmt: skip
    made = words.Call(told["domain"], told["service"], house.asked[-1][2], told["service_data"])
    assert made.message() == told
    await driver.close()


async def test_our_stand_in_satisfies_a_client_that_others_wrote(far):
    client_of = pytest.importorskip("hass_client", reason="a public client judges our stand-in")
    house = far()
    address = f"ws://127.0.0.1:{house.port}/api/websocket"
    async with asyncio.timeout(20), client_of.HomeAssistantClient(address, house.token) as client:
        states = {one["entity_id"]: one["state"] for one in await client.get_states()}
        assert states["light.desk"] == "on"
        events = []
        await client.subscribe_events(events.append, "state_changed")
        await client.call_service("switch", "turn_on", target={"entity_id": "switch.plug"})
        assert house.state("switch.plug") == "on"
        await until(lambda: events)
        assert events[0]["data"]["new_state"]["entity_id"] == "switch.plug"


async def test_outputs_are_what_the_entities_are(far):
    heard = Heard()
    driver, capabilities = await opened(far(), EVERY, heard)
    assert {one.id: (one.kind, one.hazard.value) for one in capabilities} == {
        "light_desk": (Kind.LIGHT, "light"),
        "light_plain": (Kind.LIGHT, "light"),
        "light_bulb": (Kind.LIGHT, "light"),
        "switch_plug": (Kind.SWITCH, "mains"),
        "siren_horn": (Kind.SWITCH, "mains"),
        "fan_big": (Kind.LEVEL, "mains"),
        "number_power": (Kind.LEVEL, "mains"),
        "button_bell": (Kind.PULSE, "mains"),
        "scene_party": (Kind.PULSE, "mains"),
        "script_dance": (Kind.PULSE, "mains"),
        "sensor_heat": (Kind.SENSOR, "none"),
    }
    assert capabilities[0].title == "Desk lamp"
    assert driver.firmware == "Home Assistant 2026.8.1"
    told = {one.capability: (one.name, one.value) for one in heard.observations}
    assert told["sensor_heat"] == ("value", 21.5)
    await driver.close()


@pytest.mark.parametrize("name", ["lock.door", "cover.garage", "climate.home", "light", "light."])
def test_doors_locks_and_heating_are_never_outputs(name):
    with pytest.raises(ValidationError):
        HomeAssistant.settings_for(entities=f"light.desk, {name}")


async def test_what_was_not_named_is_never_touched(far):
    house = far()
    driver, _ = await opened(house, "switch.plug")
    await driver.apply("switch_plug", Switch(on=True), 1.0)
    await driver.make_safe()
    await driver.close()
    assert {name for _, _, name, _ in house.asked} == {"switch.plug"}


async def test_a_light_that_nobody_lit_is_not_touched_at_all(far):
    house = far()
    driver, _ = await opened(house, "light.desk")
    assert await driver.make_safe()
    await driver.close()
    assert house.asked == []


async def test_a_light_becomes_again_what_its_owner_made_of_it_meanwhile(far):
    house = far()
    driver, _ = await opened(house, "light.desk")
    house.change("light.desk", "on", brightness=33)
    await until(lambda: driver._before["light.desk"].attributes["brightness"] == 33)
    await driver.apply("light_desk", RED, 5.0)
    await driver.apply("light_desk", Off(), None)
    _, service, _, data = house.asked[-1]
    assert (service, data) == ("turn_on", {"brightness": 33, "color_temp_kelvin": 2700})
    await driver.close()


async def test_news_of_our_own_colour_that_comes_late_is_not_taken_for_the_owners(far):
    house = far()
    driver, _ = await opened(house, "light.desk")
    await driver.apply("light_desk", RED, 5.0)
    await driver.apply("light_desk", Off(), None)
    house.change("light.desk", "on", brightness=255, rgb_color=[255, 0, 0], color_mode="hs")
    await until(lambda: driver._entities["light_desk"].attributes["brightness"] == 255)
    assert driver._before["light.desk"].attributes["brightness"] == 120
    await driver.close()


async def test_a_flash_blinks_as_often_as_asked_and_ends_with_off(far):
    house = far()
    driver, _ = await opened(house, "light.plain", lights="off")
    house.asked.clear()
    await driver.apply("light_plain", Flash(3, rate_hz=20.0), 1.0)
    await until(lambda: len(house.asked) == 6)
    assert [service for _, service, _, _ in house.asked] == ["turn_on", "turn_off"] * 3
    await driver.close()


async def test_stop_ends_a_flash(far):
    house = far()
    driver, _ = await opened(house, "light.plain")
    await driver.apply("light_plain", Flash(1000, rate_hz=50.0), 20.0)
    driver.stop_now()
    await until(lambda: house.state("light.plain") == "off")
    number = len(house.asked)
    await asyncio.sleep(0.1)
    assert len(house.asked) == number
    await driver.close()


@pytest.mark.parametrize("lacking", [{"token": ""}, {"entities": ""}])
async def test_one_that_was_only_found_wants_a_token_and_entities(far, lacking):
    driver = driver_for(far(), **{"entities": "switch.plug"} | lacking)
    assert (await refused(driver.open())).cause is Cause.BAD_CONFIG
    await driver.close()


async def test_an_entity_that_does_not_exist_is_named(far):
    error = await refused(opened(far(), "light.desk, light.nowhere"))
    assert (error.cause, error.detail) == (Cause.NOT_FOUND, "light.nowhere")


async def test_a_device_that_home_assistant_lost_does_not_answer(far):
    """The service would succeed there and do nothing."""
    house = far()
    driver, _ = await opened(house, "switch.plug")
    house.change("switch.plug", "unavailable")
    await until(lambda: driver._entities["switch_plug"].state == "unavailable")
    error = await refused(driver.apply("switch_plug", Switch(on=True), 1.0))
    assert (error.cause, error.detail) == (Cause.NO_ANSWER, "switch.plug")
    await driver.close()


async def test_a_wrong_token_is_told_and_never_written_down(far, caplog):
    caplog.set_level(logging.DEBUG)
    house = far()
    driver = driver_for(house, "switch.plug", token="wrong-and-secret")
    assert (await refused(driver.open())).cause is Cause.BAD_CONFIG
    await driver.close()
    assert "wrong-and-secret" not in repr(driver._settings)
    assert "wrong-and-secret" not in "".join(one.getMessage() for one in caplog.records)
    assert no_side_loop()


async def test_a_refusal_is_told_in_its_words(far):
    house = far()
    driver, _ = await opened(house, "switch.plug")
    house.refuse = True
    error = await refused(driver.apply("switch_plug", Switch(on=True), 1.0))
    assert (error.cause, error.detail) == (Cause.REFUSED, "Not found")
    await driver.close()


async def test_one_that_hangs_confirms_nothing_but_was_told(far):
    house = far()
    driver, _ = await opened(house, "switch.plug")
    await driver.apply("switch_plug", Switch(on=True), 1.0)
    house.mute = {"call_service", "ping"}
    assert not await driver.make_safe()
    assert await asyncio.to_thread(house.wait_for, lambda: house.state("switch.plug") == "off")
    await driver.close()


async def test_stop_gives_up_what_waits_for_its_answer(far):
    house = far()
    driver, _ = await opened(house, "switch.plug")
    house.mute = {"call_service"}

    async def stop():
        assert await asyncio.to_thread(house.wait_for, lambda: house.state("switch.plug") == "on")
        driver.stop_now()

    turning = driver.apply("switch_plug", Switch(on=True), 1.0)
    error, _ = await asyncio.gather(turning, stop(), return_exceptions=True)
    assert error.cause is Cause.REFUSED
    assert await asyncio.to_thread(house.wait_for, lambda: house.state("switch.plug") == "off")
    house.mute = set()
    await driver.close()


async def test_the_recipe_does_everything_and_needs_the_token(far):
    house = far()
    driver, _ = await opened(house, "light.desk switch.plug fan.big number.power script.dance")
    recipe = driver.safe_recipe()
    await driver.apply("light_desk", RED, 5.0)
    await driver.apply("switch_plug", Switch(on=True), 5.0)
    await driver.apply("script_dance", Pulse(), 5.0)
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert house.state("switch.plug") == house.state("script.dance") == "off"
    assert house.things["light.desk"]["attributes"]["color_mode"] == "color_temp"
    house.token = "another"
    assert not await asyncio.to_thread(sent_by_the_guardian, recipe)
    house.token = fake.TOKEN
    await driver.close()


async def test_one_thing_that_did_not_go_off_is_not_called_safe_by_the_recipe(far):
    house = far()
    driver, _ = await opened(house, "switch.plug fan.big")
    recipe = driver.safe_recipe()
    await driver.apply("fan_big", SetLevel(1.0), 5.0)
    house.broken = {"switch.plug"}
    assert not await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert house.state("fan.big") == "off"  # what comes behind is asked all the same
    house.broken.clear()
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    await driver.close()


async def test_something_else_at_that_address_is_told(far):
    house = far()
    house.unplug()
    assert (await refused(opened(house, "switch.plug"))).cause is Cause.NO_ANSWER
    assert no_side_loop()


async def test_a_link_that_is_lost_meanwhile_finds_back_to_how_lights_were(far):
    house = far()
    driver, _ = await opened(house, "light.desk light.plain")
    for _ in range(3):  # it flaps
        await driver.apply("light_desk", RED, 600.0)
        await driver.apply("light_plain", RED, 600.0)
        await _vanish(driver)
        assert house.things["light.desk"]["attributes"]["color_mode"] == "hs"
        driver, _ = await opened(house, "light.desk light.plain")
        told = house.things["light.desk"]["attributes"]
        assert (told["color_mode"], told["brightness"]) == ("color_temp", 120)
        assert house.state("light.plain") == "off"
    await driver.close()
    assert no_side_loop()


async def test_one_with_a_certificate_of_its_own_is_taken_if_the_user_says_so(far, tmp_path):
    house = far(tls=server_tls(certificate(tmp_path)))
    at = {"address": f"https://127.0.0.1:{house.port}"}
    assert (await refused(opened(house, "switch.plug", **at))).cause is Cause.BAD_CONFIG
    driver, _ = await opened(house, "switch.plug", **at, any_certificate=True)
    recipe = driver.safe_recipe()
    await driver.apply("switch_plug", Switch(on=True), 60.0)
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert house.state("switch.plug") == "off"
    await driver.close()
