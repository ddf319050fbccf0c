"""Arming devices and naming their outputs through the control channel."""

import json

import pytest

from app.devices.consent import PHRASES
from app.gateway import messages
from app.gateway.messages import (
    AddDevice,
    ArmDevice,
    GiveConsent,
    NudgeDevice,
    RenameDevice,
    Stop,
)
from drivers.contract import Capability, Hazard, Kind
from tests.app.gateway.core import Core
from tests.app.gateway.test_device_room import PASSWORD, Collar, added, online


@pytest.fixture(autouse=True)
def fresh():
    Collar.seen, Collar.open_now = [], 0


class Wheel(Collar):
    """A thing that moves."""

    key = "wheel"

    async def open(self):
        await super().open()
        return (Capability("arm", Kind.LEVEL, "Arm", Hazard.MOTION),)


async def added_wheel(core):
    core.runtime._house.hub.catalog.found["wheel"] = Wheel
    asked = AddDevice(driver="wheel", name="Wheel", settings={"token": PASSWORD})
    device_id = (await core.ask(asked)).device_id
    await core.see(lambda now: online(now, device_id), "an open wheel")
    return device_id


async def test_what_hurts_is_armed_by_hand_after_the_words_and_again_after_stop(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        arm = ArmDevice(device_id=device_id)
        assert (await core.ask(arm)).code == "consent_needed"
        assert (await core.ask(GiveConsent(device_id=device_id, phrase=PHRASES["en"]))).ok
        device = online(await core.now(), device_id)
        assert (device.arming, device.armed) == ("each_session", False)
        test = {"device_id": device_id, "capability": "shock", "verb": "set_level"}
        by_hand = messages.TestDevice(**test, args={"level": 0.1})
        assert (await core.ask(by_hand)).code == "not_armed"
        assert (await core.ask(NudgeDevice(device_id=device_id))).code == "not_armed"
        assert (await core.ask(arm)).ok
        assert online(await core.now(), device_id).armed
        assert (await core.ask(by_hand)).ok
        await core.ask(Stop())
        assert (await core.ask(arm)).code == "stopped"
        device = await core.see(
            lambda now: (one := online(now, device_id)) and not one.armed and one, "disarmed"
        )
        assert (await core.ask(ArmDevice(device_id=device_id, armed=False))).ok


@pytest.mark.expect_log("there is no driver", level="WARNING")
async def test_what_moves_may_be_moved_by_gifts_once_a_hand_tried_it_also_after_a_start(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added_wheel(core)
        device = online(await core.now(), device_id)
        assert (device.arming, device.armed) == ("first_use", False)
        assert (await core.ask(ArmDevice(device_id=device_id))).ok
        assert (await core.ask(ArmDevice(device_id=device_id, armed=False))).ok
        assert not online(await core.now(), device_id).armed
        assert (await core.ask(NudgeDevice(device_id=device_id))).ok
        assert online(await core.now(), device_id).armed
    async with Core(profile, demo=False) as core:
        assert core.runtime._house.hub.config(device_id).used


async def test_an_output_has_the_name_that_its_user_gave_it(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added_wheel(core)
        rename = {"device_id": device_id, "capability": "arm"}
        assert (await core.ask(RenameDevice(**rename, name=" Big wheel "))).ok
        output = online(await core.now(), device_id).capabilities[0]
        assert (output.title, output.named) == ("Big wheel", True)
        none = RenameDevice(device_id=device_id, capability="none", name="x")
        assert (await core.ask(none)).code == "unknown_capability"
        await core.ask(RenameDevice(**rename, name=""))
        assert online(await core.now(), device_id).capabilities[0].title == "Arm"
        await core.ask(RenameDevice(**rename, name="Big wheel"))
    assert json.loads((profile / "devices.json").read_text())["devices"][0]["names"] == {
        "arm": "Big wheel"
    }


async def test_a_practice_lamp_is_not_armed(profile):
    async with Core(profile) as core:
        lamp = next(one for one in (await core.now()).devices if one.role == "light")
        assert (await core.ask(ArmDevice(device_id=lamp.id))).code == "not_needed"
