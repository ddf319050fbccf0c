"""The worker with drivers that have mistakes in them: nothing keeps an activation from ending."""

from __future__ import annotations

import asyncio

import pytest

from app.core.catalog import Catalog
from app.core.links import LinkReason, LinkStage
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.link import DeviceLink
from app.link import LinkError
from drivers.contract import (
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverSettings,
    Kind,
    Limits,
    Off,
    Rotate,
    SafeRecipe,
    Switch,
)
from tests.app.devices.rig import Rig, running


class Scripted(Driver):
    """A device without wires. `script` answers each call: an error to raise, or a wait in seconds."""

    key, title, summary = "scripted", "Scripted", "For tests"
    Settings = DriverSettings
    capability = Capability("out", Kind.SWITCH, "Out")
    script: dict[str, list[object]]
    calls: list[str]

    async def open(self):
        await self._follow("open")
        return (self.capability,)

    async def apply(self, capability, instruction, duration_s):
        name = type(instruction).__name__.lower()
        await self._follow(name)
        return Ack.SENT

    def stop_now(self):
        self.calls.append("stop_now")
        if self.script.get("stop_now"):
            raise RuntimeError(self.script["stop_now"].pop(0))

    async def make_safe(self):
        await self._follow("make_safe")
        return True

    async def close(self):
        await self._follow("close")

    async def check(self):
        await self._follow("check")

    def safe_recipe(self):
        if self.script.get("recipe"):
            raise self.script["recipe"].pop(0)
        return SafeRecipe("serial", "COM1", (b"off",))

    async def _follow(self, name):
        self.calls.append(name)
        steps = self.script.get(name)
        step = steps.pop(0) if steps else None
        if isinstance(step, Exception):
            raise step
        if step is not None:
            await asyncio.sleep(step)


def scripted(capability: Capability | None = None, **script: object) -> type[Scripted]:
    class One(Scripted):
        pass

    One.script = {name: list(steps) for name, steps in script.items()}
    One.calls = []
    One.capability = capability or Scripted.capability
    return One


def hub_with(*drivers: type[Scripted], wait: bool = True):
    found = {f"scripted{number}": one for number, one in enumerate(drivers)}
    configs = [
        DeviceConfig(f"d{number}", f"D{number}", f"scripted{number}")
        for number in range(len(drivers))
    ]
    return running(*configs, catalog=Catalog(found), wait=wait)


def on(rig: Rig, duration_s: float = 0.05, device: str = "d0", **more: object) -> str:
    return rig.send(device, "out", Switch(on=True), duration_s, **more)


async def test_what_is_not_self_timed_gets_an_off(tmp_path):
    driver = scripted()
    async with hub_with(driver) as rig:
        command = on(rig)
        await rig.finished(command)
        assert driver.calls == ["open", "make_safe", "switch", "off"]


@pytest.mark.expect_log("driver of out failed")
async def test_a_driver_with_a_mistake_is_made_safe_and_goes_on():
    driver = scripted(switch=[KeyError("oops")])
    async with hub_with(driver) as rig:
        broken, good = on(rig), on(rig)
        await rig.finished(broken, good)
        assert (rig.final(broken).stage, rig.drop(broken)) == (Stage.FAILED, Drop.NO_ANSWER)
        assert rig.final(good).stage is Stage.DONE
        assert driver.calls[:4] == ["open", "make_safe", "switch", "make_safe"]


async def test_an_off_that_fails_is_followed_up_until_the_device_is_safe():
    error = DriverError(Cause.NO_ANSWER)
    driver = scripted(off=[error], make_safe=[0, error, error])
    async with hub_with(driver) as rig:
        command = on(rig)
        await rig.until(lambda: rig.hub.device("d0").safe is False)
        assert rig.guard.told[-1] == ("arm", "d0")
        await rig.until(lambda: rig.hub.device("d0").safe is True)
        assert rig.final(command).stage is Stage.FAILED
        assert rig.guard.told[-1] == ("disarm", "d0")
        assert driver.calls.count("make_safe") == 4


async def test_a_device_that_opens_unsafe_gets_no_command_before_it_is_safe():
    driver = scripted(make_safe=[DriverError(Cause.NO_ANSWER)])
    async with hub_with(driver, wait=False) as rig:
        await rig.until(lambda: "make_safe" in driver.calls)
        await rig.online("d0")
        command = on(rig)
        await rig.finished(command)
        assert driver.calls.index("switch") > driver.calls.index("make_safe")
        assert rig.hub.device("d0").safe is not False


@pytest.mark.expect_log("stop_now failed")
async def test_one_drivers_mistake_does_not_keep_stop_from_the_others():
    wrong, right = scripted(stop_now=["oops"]), scripted()
    async with hub_with(wrong, right) as rig:
        rig.hub.stop_now("test")
        assert "stop_now" in right.calls
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"d0": True, "d1": True})


@pytest.mark.expect_log("unexpected error")
async def test_a_driver_that_breaks_while_opening_is_tried_again():
    driver = scripted(open=[ZeroDivisionError()])
    async with hub_with(driver, wait=False) as rig:
        await rig.online("d0")
        assert driver.calls[:3] == ["open", "close", "open"]


@pytest.mark.parametrize("cause", list(Cause))
async def test_every_cause_has_its_reason_and_only_settings_and_support_block(cause: Cause):
    driver = scripted(open=[DriverError(cause)] * 50)
    async with hub_with(driver, wait=False) as rig:
        waiting = (LinkStage.WAITING, LinkStage.BLOCKED)
        await rig.until(lambda: rig.hub.device("d0").link.stage in waiting)
        link = rig.hub.device("d0").link
        assert link.reason is LinkReason(cause.value)
        blocked = cause in (Cause.BAD_CONFIG, Cause.UNSUPPORTED)
        assert (link.stage is LinkStage.BLOCKED) is blocked


@pytest.mark.expect_log("no safe recipe")
async def test_nothing_turns_on_without_a_guard():
    driver = scripted(recipe=[RuntimeError("oops")])
    async with hub_with(driver) as rig:
        command = on(rig)
        await rig.finished(command)
        assert rig.drop(command) is Drop.REFUSED
        assert "switch" not in driver.calls
        assert rig.guard.told == []


async def test_off_does_not_wait_for_the_answer_to_on():
    driver = scripted(switch=[0.5])
    async with hub_with(driver) as rig:
        command = on(rig, 9.0)
        await rig.until(lambda: "switch" in driver.calls)
        off = rig.send("d0", "out", Off())
        await rig.until(lambda: "off" in driver.calls)
        assert Stage.ACKED not in rig.steps(command)
        await rig.finished(command, off)
        assert driver.calls[-1] == "off"


async def test_skip_while_sending_ends_it_at_once():
    driver = scripted(switch=[0.1])
    async with hub_with(driver) as rig:
        command = on(rig, 9.0)
        await rig.until(lambda: "switch" in driver.calls)
        assert rig.hub.skip(command)
        await rig.finished(command)
        assert rig.drop(command) is Drop.SKIPPED
        assert driver.calls[-1] == "off"


async def test_stop_while_sending_leaves_one_final_word():
    driver = scripted(switch=[0.2])
    async with hub_with(driver) as rig:
        command, waiting = on(rig, 9.0), on(rig, 9.0)
        await rig.until(lambda: "switch" in driver.calls)
        rig.hub.stop_now("test")
        await rig.finished(command, waiting)
        await asyncio.sleep(0.3)
        assert rig.final(command).stage is rig.final(waiting).stage is Stage.STOPPED
        assert rig.hub.running() == ()


async def test_self_timed_devices_that_say_nothing_get_an_off_as_well():
    capability = Capability("out", Kind.SWITCH, "Out", self_timed=True)
    driver = scripted(capability)
    async with hub_with(driver) as rig:
        command = on(rig)
        await rig.finished(command)
        assert driver.calls[-1] == "off"


async def test_limits_can_be_narrowed_while_it_runs():
    driver = scripted()
    async with hub_with(driver) as rig:
        config = rig.hub.set_limits("d0", {"out": Limits(max_on_s=0.1)})
        assert config.limits["out"].max_on_s == 0.1
        command = on(rig, 30.0)
        await rig.finished(command)
        assert rig.final(command).stage is Stage.DONE


class Quiet:
    """What a link needs around it, without anybody listening."""

    def __getattr__(self, _name):
        return lambda *_args, **_more: None


async def test_a_failed_sign_of_life_is_a_loss():
    driver = scripted(check=[0, DriverError(Cause.NO_ANSWER)])

    async def make(events):
        return driver(DriverSettings(), events)

    link = DeviceLink(make, Quiet(), check_s=0.01)
    await link.connect()
    with pytest.raises(LinkError) as raised:
        await link.serve()
    assert raised.value.reason is LinkReason.NO_ANSWER
    await link.close()
    assert driver.calls == ["open", "make_safe", "check", "check", "close"]


@pytest.mark.expect_log("did not close cleanly", level="WARNING")
async def test_a_driver_that_does_not_close_is_left_behind():
    driver = scripted(close=[DriverError(Cause.LOST)])
    async with hub_with(driver):
        pass


@pytest.mark.expect_log("a delivery could not be passed on")
async def test_a_listener_with_a_mistake_does_not_stop_the_line():
    driver = scripted()
    async with hub_with(driver) as rig:

        def broken(_delivery):
            raise ValueError("oops")

        rig.hub._on_delivery = broken
        on(rig)
        await rig.until(lambda: "off" in driver.calls)


async def test_what_a_device_has_not_is_refused():
    async with hub_with(scripted()) as rig:
        wrong_output = rig.send("d0", "nothing", Switch(on=True))
        wrong_verb = rig.send("d0", "out", Rotate(1, 60))
        await rig.finished(wrong_output, wrong_verb)
        assert rig.drop(wrong_output) is rig.drop(wrong_verb) is Drop.UNSUPPORTED
