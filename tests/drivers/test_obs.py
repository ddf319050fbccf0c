"""OBS Studio: golden requests, its own example of a password, and an OBS that is odd or gone."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest

from drivers.codecs import obs as words
from drivers.contract import Ack, Cause, DriverError, Kind, Off, Play, Switch
from drivers.obs import Obs
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.obs import _vanish
from tests.drivers.transports.far import no_side_loop, sent_by_the_guardian
from tests.fakes.obs_studio import ObsStudio

CONFETTI = "Main/Confetti"


@pytest.fixture
def far():
    made = []

    def make(password=""):
        made.append(ObsStudio(password))
        return made[-1]

    yield make
    for one in made:
        one.close()


async def opened(studio, heard=None, **settings):
    driver = Obs(Obs.settings_for(port=studio.port, **settings), (heard or Heard()).events())
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


@pytest.mark.parametrize("case", golden.read("obs"), ids=str)
async def test_golden_requests(far, case):
    studio = far()
    driver, _ = await opened(studio)
    sent = []
    write = driver._link.write_now
    driver._talk._link = type(
        "Ear", (), {"write_now": lambda _, text, **more: sent.append(text) or write(text, **more)}
    )()
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
    told = json.loads(sent[-1])
    assert told["op"] == 6
    assert told["d"].pop("requestId")
    assert told["d"] == json.loads(case.more["json"])
    await driver.close()


async def test_a_source_in_a_group_is_shown_and_hidden_again(far):
    studio, heard = far(), Heard()
    studio.obs.groups.add("Alerts")
    studio.obs.scenes["Alerts"] = {"Bell": False, "Cat": True}
    studio.obs.scenes["Main"]["Alerts"] = True
    studio.obs.scenes["Party"]["Alerts"] = True
    driver, outputs = await opened(studio, heard)
    assert {"Alerts/Bell", "Alerts/Cat", "Main/Alerts"} <= {one.id for one in outputs}
    assert "Alerts" not in outputs[0].effects
    assert await driver.apply("Alerts/Bell", Switch(on=True), 5.0) is Ack.CONFIRMED
    assert studio.obs.scenes["Alerts"] == {"Bell": True, "Cat": True}
    assert await driver.make_safe()
    assert studio.obs.scenes["Alerts"] == {"Bell": False, "Cat": True}
    await driver.close()


def test_the_password_is_proved_as_the_protocol_document_shows():
    """Its own example: password, salt and challenge, and what comes out."""
    salt = "lM1GncleQOaCu9lT1yeUZhFYnqhsLLP1G5lAGo3ixaI="
    challenge = "+IxH4CnCiqpX1rM9scsNynZzbOe4KhDeYcTNS3PDaeY="
    expected = "1Ct943GAT+6YQUUX47Ia/ncufilbe6+oD6lY+5kaCu4="
    assert words.proof("supersecretpassword", salt, challenge) == expected


async def test_scenes_and_sources_are_told_by_name(far):
    driver, (scene, *sources) = await opened(far())
    assert (scene.kind, set(scene.effects)) == (Kind.EFFECT, {"Main", "Party"})
    assert sorted((one.id, one.title) for one in sources) == [
        ("Main/Camera", "Main: Camera"),
        (CONFETTI, "Main: Confetti"),
        ("Party/Lights", "Party: Lights"),
    ]
    assert driver.firmware == "obs-websocket 5.5.2"
    await driver.close()


async def test_only_the_sources_that_were_named_are_outputs(far):
    _driver, capabilities = await opened(far(), sources="confetti, Party/Lights, Main/Nobody")
    assert {one.id for one in capabilities} == {"scene", CONFETTI, "Party/Lights"}
    await _driver.close()


def test_a_source_that_is_in_a_scene_twice_and_a_long_name_have_names_of_their_own():
    items = [words.Item("A", 1, "x", False), words.Item("A", 2, "x", False)]
    assert list(words.outputs_of(items, "")) == ["A/x", "A/x 2"]
    long = [words.Item("A" * 80, n, "x", False) for n in (1, 2)]
    found = list(words.outputs_of(long, ""))
    assert len(set(found)) == 2
    assert all(len(one) == 60 for one in found)


async def test_what_was_on_at_the_start_stays_on_and_nothing_is_changed(far):
    studio = far()
    before = studio.look
    driver, _ = await opened(studio)
    assert await driver.make_safe()
    await driver.close()
    assert studio.look == before
    assert not {one for one in studio.obs.asked if one.startswith("Set")}


async def test_it_goes_back_to_the_scene_the_streamer_chose_meanwhile(far):
    studio = far()
    driver, _ = await opened(studio)
    studio.change_scene("Party")
    await until(lambda: driver._scene_before == "Party")
    await driver.apply("scene", Play("Main"), 5.0)
    assert studio.obs.scene == "Main"
    await driver.apply("scene", Off(), None)
    assert studio.obs.scene == "Party"
    await driver.close()


async def test_a_source_the_streamer_shows_meanwhile_stays_shown(far):
    studio = far()
    driver, _ = await opened(studio)
    studio.show("Main", "Confetti", shown=True)
    await until(lambda: driver._items[CONFETTI].shown)
    await driver.apply(CONFETTI, Switch(on=True), 5.0)
    await driver.apply(CONFETTI, Off(), None)
    assert studio.obs.scenes["Main"]["Confetti"] is True
    await driver.close()


async def test_our_own_changes_are_not_taken_for_the_streamers(far):
    studio = far()
    driver, _ = await opened(studio)
    await driver.apply("scene", Play("Party"), 5.0)
    await driver.apply(CONFETTI, Switch(on=True), 5.0)
    await driver.check()
    assert driver._scene_before == "Main"
    assert not driver._items[CONFETTI].shown
    await driver.close()
    assert (studio.obs.scene, studio.obs.scenes["Main"]["Confetti"]) == ("Main", False)


async def test_a_wrong_password_is_told_and_never_written_down(far, caplog):
    caplog.set_level(logging.DEBUG)
    studio, heard = far("geheim"), Heard()
    error = await refused(opened(studio, heard, password="falsch-und-geheim"))
    assert error.cause is Cause.BAD_CONFIG
    assert heard.lost == []
    assert "falsch-und-geheim" not in "".join(one.getMessage() for one in caplog.records)
    assert no_side_loop()


async def test_an_obs_that_is_not_started_does_not_answer(far):
    studio = far()
    studio.close()
    assert (await refused(opened(studio))).cause is Cause.NO_ANSWER
    assert no_side_loop()


async def test_a_source_that_was_deleted_is_told_in_obs_words(far):
    studio = far()
    driver, _ = await opened(studio)
    del studio.obs.scenes["Main"]["Confetti"]
    error = await refused(driver.apply(CONFETTI, Switch(on=True), 1.0))
    assert (error.cause, error.detail) == (Cause.REFUSED, "SetSceneItemEnabled: 600")
    await driver.close()


async def test_an_obs_that_hangs_confirms_nothing_but_was_told(far):
    studio = far()
    driver, _ = await opened(studio)
    await driver.apply(CONFETTI, Switch(on=True), 1.0)
    studio.obs.deaf = True
    assert not await driver.make_safe()
    assert studio.obs.scenes["Main"]["Confetti"] is False
    await driver.close()


async def test_stop_gives_up_what_waits_for_its_answer(far):
    studio = far()
    driver, _ = await opened(studio)
    studio.obs.deaf = True

    async def stop():
        assert await asyncio.to_thread(
            studio.wait_for, lambda: studio.obs.scenes["Main"]["Confetti"]
        )
        driver.stop_now()

    turning = driver.apply(CONFETTI, Switch(on=True), 1.0)
    error, _ = await asyncio.gather(turning, stop(), return_exceptions=True)
    assert error.cause is Cause.REFUSED
    assert studio.wait_for(lambda: not studio.obs.scenes["Main"]["Confetti"])
    studio.obs.deaf = False
    await driver.close()


async def test_the_guardian_knows_the_password_and_makes_all_as_before(far):
    studio = far("geheim")
    before = studio.look
    driver, _ = await opened(studio, password="geheim")
    recipe = driver.safe_recipe()
    await driver.apply("scene", Play("Party"), 60.0)
    await driver.apply(CONFETTI, Switch(on=True), 60.0)
    assert await asyncio.to_thread(sent_by_the_guardian, recipe)
    assert studio.look == before
    await driver.close()


async def test_a_link_that_is_lost_meanwhile_finds_back_to_how_it_was(far):
    studio = far()
    before = studio.look
    driver, _ = await opened(studio)
    for _ in range(3):  # it flaps
        await driver.apply("scene", Play("Party"), 600.0)
        await driver.apply(CONFETTI, Switch(on=True), 600.0)
        await _vanish(driver)
        assert studio.look != before
        driver, _ = await opened(studio)
        assert studio.look == before
    await driver.close()
    assert no_side_loop()
