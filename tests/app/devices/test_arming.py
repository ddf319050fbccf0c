"""What can do harm waits for a hand: what moves once, what gets hot each start, what hurts each time."""

import itertools
from typing import ClassVar

import pytest

from app.core.catalog import Catalog
from app.core.outcome import Drop, Stage
from app.devices.arming import Arming, arming_of, is_armed, strictest
from app.devices.config import DeviceConfig
from drivers.contract import Capability, Hazard, Kind, Off, SetLevel
from tests.app.devices.rig import practice, running
from tests.app.devices.test_consent import Collar

HAZARDS = {
    Hazard.NONE: Arming.NEVER,
    Hazard.LIGHT: Arming.NEVER,
    Hazard.MAINS: Arming.NEVER,
    Hazard.MOTION: Arming.FIRST_USE,
    Hazard.BODY: Arming.FIRST_USE,
    Hazard.HEAT: Arming.EACH_START,
    Hazard.PAIN: Arming.EACH_SESSION,
}


class Harmful(Collar):
    """One output of one hazard."""

    key = "harmful"
    hazard: ClassVar[Hazard] = Hazard.MOTION

    async def open(self):
        return (Capability("out", Kind.LEVEL, "Out", self.hazard),)


HARMFUL = Catalog(found={"harmful": Harmful})
DEVICE = DeviceConfig("d", "Device", "harmful", consent_ms=1)


@pytest.fixture
def of(monkeypatch):
    return lambda hazard: monkeypatch.setattr(Harmful, "hazard", hazard)


async def told(rig):
    """Return what becomes of a command that rules send."""
    command = rig.send("d", "out", SetLevel(0.1), 0.05)
    await rig.finished(command)
    return rig.drop(command)


def test_every_hazard_has_its_arming():
    assert set(HAZARDS) == set(Hazard)
    for hazard, arming in HAZARDS.items():
        assert arming_of(Capability("o", Kind.LEVEL, "O", hazard)) is arming


def test_on_a_screen_only_what_would_hurt_is_armed():
    for hazard, arming in HAZARDS.items():
        pretend = arming_of(Capability("o", Kind.LEVEL, "O", hazard), pretend=True)
        assert pretend is (arming if hazard is Hazard.PAIN else Arming.NEVER)


def test_the_strictest_of_several_counts():
    assert strictest(()) is Arming.NEVER
    for one, other in itertools.combinations(Arming, 2):
        assert strictest((other, one)) is other


def test_one_use_arms_what_moves_and_nothing_else():
    used = [one for one in Arming if is_armed(one, used=True, session=False)]
    assert used == [Arming.NEVER, Arming.FIRST_USE]
    assert all(is_armed(one, used=False, session=True) for one in Arming)


@pytest.mark.parametrize("hazard", [one for one, arming in HAZARDS.items() if arming])
async def test_what_can_do_harm_waits_for_a_hand_and_off_does_not(of, hazard):
    of(hazard)
    async with running(DEVICE, catalog=HARMFUL) as rig:
        assert await told(rig) is Drop.NOT_ARMED
        assert ("out", SetLevel(0.1)) not in Harmful.told
        state = rig.hub.device("d")
        assert (state.arming, state.armed) == (HAZARDS[hazard].value, False)
        off = rig.send("d", "out", Off())
        await rig.finished(off)
        assert rig.final(off).stage is Stage.DONE
        rig.hub.arm("d", armed=True)
        assert rig.hub.device("d").armed
        assert await told(rig) is Drop.NONE


@pytest.mark.parametrize("hazard", [Hazard.NONE, Hazard.LIGHT, Hazard.MAINS])
async def test_what_does_no_harm_needs_no_hand(of, hazard):
    of(hazard)
    async with running(DEVICE, catalog=HARMFUL) as rig:
        assert await told(rig) is Drop.NONE


@pytest.mark.parametrize("hazard", [Hazard.MOTION, Hazard.BODY])
async def test_what_was_used_once_is_armed_when_the_program_starts_again(of, hazard):
    of(hazard)
    async with running(DEVICE, catalog=HARMFUL) as rig:
        config = rig.hub.used("d")
        assert await told(rig) is Drop.NONE
    async with running(config, catalog=HARMFUL) as rig:
        assert await told(rig) is Drop.NONE


@pytest.mark.parametrize("hazard", [Hazard.HEAT, Hazard.PAIN])
async def test_what_is_hot_or_hurts_is_asked_for_at_each_start(of, hazard):
    of(hazard)
    async with running(DEVICE, catalog=HARMFUL) as rig:
        config = rig.hub.arm("d", armed=True)
        assert await told(rig) is Drop.NONE
    async with running(config, catalog=HARMFUL) as rig:
        assert await told(rig) is Drop.NOT_ARMED


@pytest.mark.parametrize("hazard", [Hazard.MOTION, Hazard.HEAT, Hazard.PAIN])
async def test_stop_and_sleep_disarm_what_hurts_and_nothing_else(of, hazard):
    of(hazard)
    stays = hazard is not Hazard.PAIN
    async with running(DEVICE, catalog=HARMFUL) as rig:
        rig.hub.arm("d", armed=True)
        rig.hub.stop_now("test")
        await rig.until(lambda: rig.hub.stop_state.confirmed.get("d"))
        rig.hub.resume()
        assert rig.hub.device("d").armed is stays
        rig.hub.arm("d", armed=True)
        rig.hub.second_look("the computer slept")
        assert rig.hub.device("d").armed is stays


async def test_disarming_ends_what_runs_at_once(of):
    of(Hazard.HEAT)
    async with running(DEVICE, catalog=HARMFUL) as rig:
        rig.hub.arm("d", armed=True)
        running_one = rig.send("d", "out", SetLevel(0.1), 20.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(running_one))
        rig.hub.arm("d", armed=False)
        await rig.finished(running_one)
        assert rig.drop(running_one) is Drop.NOT_ARMED
        assert "stop" in Harmful.told
        assert await told(rig) is Drop.NOT_ARMED


async def test_a_link_that_comes_back_keeps_the_arming_and_other_settings_end_it(of):
    of(Hazard.MOTION)
    async with running(DEVICE, catalog=HARMFUL) as rig:
        rig.hub.arm("d", armed=True)
        go_on = await rig.hub.pause("d")
        go_on()
        await rig.online("d")
        assert await told(rig) is Drop.NONE
        assert not (await rig.hub.configure("d", {})).used
        await rig.online("d")
        assert await told(rig) is Drop.NOT_ARMED
        rig.hub.arm("d", armed=True)
        assert not (await rig.hub.replace_with("d", "harmful", {})).used


async def test_a_practice_motor_needs_nobody():
    async with running(practice("motor")) as rig:
        state = rig.hub.device("motor")
        assert (state.arming, state.armed) == ("", True)
