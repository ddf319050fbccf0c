"""WLED: golden datagrams and requests, a judge, and controllers that are odd, mute or half gone."""

from __future__ import annotations

import asyncio
import json

import pytest

from drivers.codecs import wled as codec
from drivers.contract import Ack, Cause, DriverError, Flash, Kind, Off, Play, SetColor
from drivers.wled import Wled
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.wled import _vanish
from tests.drivers.transports.far import no_side_loop, sent_by_the_guardian
from tests.fakes.wled import WledDevice

RED = SetColor(255, 0, 0)


@pytest.fixture
def far():
    made = []

    def make(**more):
        made.append(WledDevice(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


async def opened(device, heard=None, **settings):
    settings = Wled.settings_for(host="127.0.0.1", port=device.port, **settings)
    driver = Wled(settings, (heard or Heard()).events())
    try:
        return driver, await driver.open()
    except DriverError:
        await driver.close()
        raise


async def refused(what) -> DriverError:
    with pytest.raises(DriverError) as raised:
        await what
    return raised.value


async def seen(device, true) -> bool:
    return await asyncio.to_thread(device.wait_for, true)


@pytest.mark.parametrize("case", golden.read("wled"), ids=str)
async def test_golden_bytes_and_requests(far, case):
    device = far(leds=3)
    driver, _ = await opened(device, **case.settings)
    await driver.apply(case.output, case.instruction, case.duration_s)
    for frame in case.frames:
        assert await seen(device, lambda frame=frame: frame in device.datagrams)
    if not case.frames:
        assert device.posted[-1] == json.loads(case.more["json"])
    await driver.close()


def test_long_strips_take_several_datagrams():
    """Protocol 4: 489 LEDs at most in each, the number of the first one high byte first."""
    frame = codec.Look(RED, 1000).frame(0.0)
    sent = list(codec.datagrams(frame))
    assert [(one[:4].hex(), len(one)) for one in sent] == [
        ("04020000", 4 + 489 * 3),
        ("040201e9", 4 + 489 * 3),
        ("040203d2", 4 + 22 * 3),
    ]
    assert len(list(codec.datagrams(codec.Look(RED, 490).frame(0.0)))) == 1


def test_a_look_ends_by_itself_and_says_how_long_it_lasts():
    look = codec.Look(RED, 1, 5.0)
    assert [look.frame(at)[0] for at in (0.0, 3.5, 4.5)] == [2, 2, 1]
    assert look.frame(5.0) == codec.REST


async def test_the_stand_in_satisfies_the_client_that_others_wrote(far, monkeypatch):
    client_of = pytest.importorskip("wled", reason="the public client for WLED judges ours")
    yarl = pytest.importorskip("yarl")
    from wled import wled as theirs

    device = far()

    class Url:
        """Their client knows port 80 only."""

        @staticmethod
        def build(**parts):
            return yarl.URL.build(**parts | {"port": device.port})

    monkeypatch.setattr(theirs, "URL", Url)
    async with client_of.WLED("127.0.0.1") as client:
        found = await client.update()
        assert (found.info.name, found.info.leds.count) == ("Desk", 30)
        assert [one.name for one in found.presets.values()] == ["Party", "Hearts", "Evening"]
        await client.preset(2)
        assert device.state["seg"][0]["fx"] == 77
        await client.master(on=False)
        assert not device.state["on"]


async def test_it_tells_what_the_controller_is_and_which_presets_it_has(far):
    device = far()
    driver, (strip, preset) = await opened(device)
    assert (driver.firmware, driver.address) == ("WLED 16.0.1", f"127.0.0.1:{device.port}")
    assert (strip.kind, preset.kind) == (Kind.LIGHT, Kind.EFFECT)
    assert preset.effects == ("Party", "Hearts", "Evening", "All evening")
    assert strip.self_timed
    assert not preset.self_timed
    await driver.close()


async def test_a_controller_without_presets_has_a_strip_only(far):
    device = far()
    device.presets = {"0": {}}
    driver, capabilities = await opened(device)
    assert [one.id for one in capabilities] == ["strip"]
    await driver.close()


def test_presets_of_the_same_name_can_be_told_apart():
    told = {
        "0": {},
        "1": {"n": "A"},
        "2": {"n": "A"},
        "3": {"n": "B, C"},
        "251": {"n": "x"},
        "5": 1,
    }
    assert codec.presets_of(told) == {"A": 1, "A (2)": 2, "B  C": 3}
    assert codec.presets_of([]) == {}


async def test_the_strip_goes_dark_when_we_are_gone_without_a_word(far):
    """The second byte of every datagram: WLED waits so many seconds, then shows its own."""
    device = far()
    before = device.shown
    driver, _ = await opened(device)
    await driver.apply("strip", RED, 60.0)
    assert await seen(device, lambda: device.live)
    driver._udp._socket.close()  # the cable, from one moment to the next
    assert await seen(device, lambda: device.shown == before)
    await driver.close()


async def test_what_the_streamer_changed_meanwhile_is_what_it_goes_back_to(far):
    device = far()
    driver, _ = await opened(device)
    device.run(lambda: device_changes(device, {"on": True, "bri": 77}))
    assert await until_before(driver, 77)
    await driver.apply("preset", Play("Party"), 9.0)
    assert device.state["bri"] == 200
    await driver.apply("preset", Off(), None)
    assert device.state["bri"] == 77
    await driver.close()


async def device_changes(device, change) -> None:
    with device.told():
        device._apply(change)
    device._push()


async def until_before(driver, bri) -> bool:
    async with asyncio.timeout(10):
        while driver._before["bri"] != bri:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)
    return True


async def test_a_preset_ends_by_the_controllers_own_clock_and_goes_back(far):
    device = far()
    device._apply({"ps": 3})
    evening = device.shown
    driver, _ = await opened(device)
    await driver.apply("preset", Play("Party"), 0.3)
    assert device.state["seg"][0]["fx"] == 9
    assert await seen(device, lambda: device.shown == evening)
    await driver.close()


async def test_a_preset_that_is_on_already_stays_on(far):
    device = far()
    device._apply({"ps": 3})
    driver, _ = await opened(device)
    posted = len(device.posted)
    assert await driver.apply("preset", Play("Evening"), 5.0) is Ack.CONFIRMED
    assert len(device.posted) == posted
    await driver.close()


async def test_a_controller_that_ignores_the_network_is_told_in_words(far):
    device = far(receives=False)
    driver, _ = await opened(device)
    with pytest.raises(DriverError) as raised:
        await driver.apply("strip", RED, 1.0)
    assert raised.value.cause is Cause.REFUSED
    assert "Receive UDP realtime" in raised.value.detail
    await driver.close()


async def test_something_else_at_that_address_is_no_wled(far):
    device = far()
    device.leds = 0
    with pytest.raises(DriverError) as raised:
        await opened(device)
    assert raised.value.cause is Cause.BAD_ANSWER


async def test_a_controller_that_stops_answering_is_told_and_made_safe_over_udp(far):
    device = far()
    before = device.shown
    driver, _ = await opened(device)
    await driver.apply("strip", RED, 60.0)
    device.mute = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("preset", Play("Party"), 5.0)
    assert raised.value.cause is Cause.NO_ANSWER
    assert not await driver.make_safe()
    # What could not be confirmed was done all the same.
    assert await seen(device, lambda: device.shown == before)
    device.mute = False
    await driver.close()


async def test_a_flash_shows_black_between_and_nothing_of_the_streamers_own(far):
    device = far(leds=1)
    driver, _ = await opened(device)
    await driver.apply("strip", Flash(2, 0, 255, 0, rate_hz=3.0), 1.0)
    assert await seen(device, lambda: device.datagrams and device.datagrams[-1] == codec.REST)
    shown = [one.hex() for one in device.datagrams]
    changes = [one for n, one in enumerate(shown) if n == 0 or one != shown[n - 1]]
    kinds = [one[4:] for one in changes]
    assert kinds[:4] == ["00ff00", "000000", "00ff00", "000000"]
    assert kinds[-1] == ""
    await driver.close()


async def test_steady_colours_are_said_again_so_that_a_lost_datagram_does_not_matter(far):
    device = far(leds=1)
    driver, _ = await opened(device)
    await driver.apply("strip", RED, 60.0)
    assert await seen(device, lambda: len(device.datagrams) >= 3)
    assert len(set(device.datagrams)) == 1
    await driver.close()


async def test_a_strip_at_rest_sends_nothing_at_all(far):
    device = far()
    driver, _ = await opened(device)
    await driver.apply("strip", Off(), None)
    await driver.apply("strip", Off(), None)
    assert device.datagrams == []
    await driver.close()


async def test_the_recipe_shows_again_what_was_on(far):
    device = far()
    before = device.shown
    driver, _ = await opened(device)
    recipe = driver.safe_recipe()
    await driver.apply("preset", Play("Party"), 60.0)
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert device.shown == before
    await driver.close()


async def test_loss_is_told_once_though_two_ways_notice_it(far):
    device, heard = far(), Heard()
    driver, _ = await opened(device, heard)
    device.unplug()
    async with asyncio.timeout(10):
        while not heard.lost:  # noqa: ASYNC110 - a list tells nobody
            await asyncio.sleep(0.01)
    driver._lose(DriverError(Cause.LOST))
    assert len(heard.lost) == 1
    await driver.close()


async def test_a_link_that_is_lost_while_a_preset_plays_finds_back_to_what_was_on(far):
    device = far()
    before = device.shown
    driver, _ = await opened(device)
    await driver.apply("preset", Play("Party"), 600.0)
    for _ in range(3):  # it flaps
        await _vanish(driver)
        assert device.shown != before
        driver, _ = await opened(device)
        assert device.shown == before
        await driver.apply("preset", Play("Hearts"), 600.0)
    await driver.close()
    assert device.shown == before
    assert no_side_loop()


async def test_a_controller_that_is_away_does_not_answer(far):
    device = far()
    device.unplug()
    with pytest.raises(DriverError) as raised:
        await opened(device)
    assert raised.value.cause is Cause.NO_ANSWER
    assert no_side_loop()


async def test_a_flash_that_is_over_before_a_slow_controller_answers_proves_nothing(far):
    device = far()
    driver, _ = await opened(device)
    device.slow_s = 0.3
    assert await driver.apply("strip", RED, 0.05) is Ack.SENT
    device.slow_s = 0.0
    device.receives = False
    assert (await refused(driver.apply("strip", RED, 60.0))).cause is Cause.REFUSED
    await driver.close()


async def test_a_preset_that_ends_does_not_interrupt_the_strip(far):
    device = far()
    driver, _ = await opened(device)
    await driver.apply("preset", Play("Party"), 9.0)
    await driver.apply("strip", RED, 60.0)
    assert await seen(device, lambda: device.live)
    await driver.apply("preset", Off(), None)
    assert device.live
    await driver.close()
