"""STOP, limits and changed settings at the worst moment: nothing is on behind them, nobody unguarded."""

from __future__ import annotations

import asyncio
import threading

import pytest

from app.core.outcome import Drop, Stage
from app.devices.made import Scene, SceneStep
from app.devices.stop import StopLatch
from app.devices.together import Interlock, Together
from app.link import SystemClock
from app.tasks import Tasks
from drivers.contract import (
    Ack,
    Capability,
    Kind,
    Limits,
    Off,
    Play,
    Rotate,
    SetLevel,
    Switch,
)
from tests.app.devices.rig import practice, running
from tests.app.devices.test_worker import Scripted, hub_with, on, scripted


def patient(*outputs: str, kind: Kind = Kind.SWITCH, self_timed: bool = False) -> type[Scripted]:
    """A device of which every command takes as long as its gate is closed, and has a second step."""

    class Patient(Scripted):
        gates: dict[str, asyncio.Event]
        on: set[str]
        offs: list[str]
        doubts: list[bool]

        async def open(self):
            await self._follow("open")
            return tuple(Capability(one, kind, one, self_timed=self_timed) for one in outputs)

        async def apply(self, capability, instruction, duration_s):
            self.calls.append(f"{type(instruction).__name__.lower()} {capability}")
            if isinstance(instruction, Off):
                self.offs.append(capability)
                self.on.discard(capability)
                return Ack.SENT
            # As a driver does that must ask something before it turns the output on.
            await self.gates[capability].wait()
            self.on.add(capability)
            return Ack.SENT

        async def make_safe(self):
            await self._follow("make_safe")
            self.on.clear()
            return not self.doubts or self.doubts.pop()

    Patient.script, Patient.calls, Patient.on, Patient.offs = {}, [], set(), []
    Patient.doubts = []
    Patient.gates = {one: asyncio.Event() for one in outputs}
    return Patient


def send(rig, output, duration_s=5.0):
    return rig.send("d0", output, Switch(on=True), duration_s)


# ------------------------------------------------------------------ what is under way


async def test_a_command_in_the_middle_of_a_driver_does_not_go_on_behind_stop():
    driver = patient("out")
    async with hub_with(driver) as rig:
        command = send(rig, "out")
        await rig.until(lambda: "switch out" in driver.calls)
        rig.hub.stop_now("test")
        await rig.until(lambda: rig.hub.stop_state.confirmed.get("d0") is True)
        driver.gates["out"].set()  # the far end answers the first question only now
        for _ in range(5):
            await asyncio.sleep(0)
        assert driver.on == set()
        rig.hub.resume()
        again = send(rig, "out", 0.05)
        await rig.finished(command, again)
        assert rig.final(command).stage is Stage.STOPPED
        assert rig.final(again).stage is Stage.DONE
        # The second command alone came to its second step.
        assert driver.offs == ["out"]
        assert driver.on == set()


@pytest.mark.parametrize("how", ["second look", "removed", "settings", "failed beside it"])
async def test_a_command_in_the_middle_of_a_driver_ends_with_the_device(how):
    driver = patient("out", "other")
    async with hub_with(driver) as rig:
        command = send(rig, "out")
        await rig.until(lambda: "switch out" in driver.calls)
        match how:
            case "second look":
                rig.hub.second_look("test")
            case "removed":
                await rig.hub.remove("d0")
            case "settings":
                await rig.hub.configure("d0", {})
            case _:
                await rig.hub.worker("d0").force_safe("test")
        driver.gates["out"].set()
        await rig.finished(command)
        for _ in range(5):
            await asyncio.sleep(0)
        assert driver.on == set()


async def test_what_begins_while_another_output_ends_stays_guarded():
    driver = patient("slow", "quick")
    driver.gates["quick"].set()
    async with hub_with(driver) as rig:
        quick = send(rig, "quick", 0.05)
        await rig.until(lambda: driver.on == {"quick"})
        slow = send(rig, "slow", 30.0)
        await rig.finished(quick)
        assert "d0" in rig.guard.armed
        driver.gates["slow"].set()
        await rig.until(lambda: Stage.ACKED in rig.steps(slow))
        assert "d0" in rig.guard.armed
        rig.hub.skip(slow)
        await rig.until(lambda: "d0" not in rig.guard.armed)


async def test_nothing_begins_while_the_device_is_let_go_of():
    driver = patient("out")
    driver.gates["out"].set()
    driver.script["make_safe"] = [0, 0.1]  # of the opening, of the end
    async with hub_with(driver) as rig:
        removing = Tasks().spawn("remove", rig.hub.remove("d0"))
        await rig.until(lambda: driver.calls.count("make_safe") == 2)
        command = send(rig, "out")
        await removing
        await rig.finished(command)
        assert "switch out" not in driver.calls


@pytest.mark.expect_log("output out")
async def test_a_mistake_of_ours_ends_what_runs_and_the_output_works_on():
    driver = patient("out")
    driver.gates["out"].set()
    async with hub_with(driver) as rig:
        first = send(rig, "out", 30.0)
        await rig.until(lambda: driver.on)
        lane = rig.hub.worker("d0").lanes[0]
        admit, calls = lane.gate.admit, []

        def broken(*asked):
            calls.append(asked)
            if len(calls) == 1:
                raise ZeroDivisionError
            return admit(*asked)

        lane.gate.admit = broken
        second = rig.send("d0", "out", Switch(on=True), 0.05)
        rig.hub.skip(first)
        third = rig.send("d0", "out", Switch(on=True), 0.05)
        await rig.finished(first, second, third)
        assert driver.on == set()
        assert rig.final(third).stage is Stage.DONE


# ------------------------------------------------------------------ STOP itself


async def test_a_press_of_stop_that_is_not_spread_yet_wins_over_resume():
    told: list[str] = []
    latch = StopLatch(SystemClock(), lambda: None, lambda: told.append("stop"))
    latch.attach(asyncio.get_running_loop())
    latch.set("first")
    latch.spread()
    await asyncio.sleep(0)
    # Somebody holds "resume" while a hand on the desk presses STOP in another thread.
    pressing = threading.Thread(target=latch.set, args=("second",))
    pressing.start()
    pressing.join()
    latch.release()
    assert latch.stopped
    latch.spread()
    await asyncio.sleep(0)
    assert told == ["stop", "stop"]
    latch.release()
    assert not latch.stopped


async def test_a_device_that_opens_behind_stop_and_is_not_safe_is_not_left_out():
    driver = patient("out")
    driver.script["open"] = [0.05]
    driver.doubts = [False, False]
    async with hub_with(driver, wait=False) as rig:
        await rig.until(lambda: "open" in driver.calls)
        rig.hub.stop_now("test")
        await rig.until(lambda: rig.hub.stop_state.confirmed.get("d0") is False)
        await rig.until(lambda: rig.hub.stop_state.confirmed.get("d0") is True)


async def test_nothing_of_a_scene_begins_behind_stop_not_even_after_resume():
    async with running(practice("relay"), practice("motor")) as rig:
        steps = (
            SceneStep("relay", "relay", Switch(on=True), 0.0, 5.0),
            SceneStep("motor", "motor", Rotate(1, 60), 0.05),
        )
        rig.hub.put_made(Scene("s", "S", steps))
        scene = rig.send("s", "scene", Play(""))
        await rig.until(rig.hub.running)
        # Pressed and released before the loop came to spread it.
        pressing = threading.Thread(target=rig.hub.stop_now, args=("test",))
        pressing.start()
        pressing.join()
        rig.hub.resume()
        await rig.finished(scene)
        rig.hub.resume()
        with pytest.raises(TimeoutError):
            await rig.until(rig.hub.running, timeout_s=0.15)


async def test_an_interlocked_device_waits_until_the_other_one_has_confirmed():
    driver, other = patient("out"), scripted()
    driver.gates["out"].set()
    async with hub_with(driver, other) as rig:
        rig.hub.together = Together((Interlock(("d0", "out"), ("d1", "out")),))
        send(rig, "out", 30.0)
        await rig.until(lambda: driver.on)
        driver.script["make_safe"] = [0.2]
        rig.hub.second_look("test")
        await rig.until(lambda: rig.hub.worker("d1").ready())
        blocked = on(rig, device="d1")
        await rig.until(lambda: "switch" in other.calls)
        assert rig.hub.device("d0").safe is True
        await rig.finished(blocked)


# ------------------------------------------------------------------ limits and settings while it is on


async def test_limits_that_become_narrower_end_what_runs_beyond_them():
    driver = patient("out", kind=Kind.LEVEL)
    driver.gates["out"].set()
    async with hub_with(driver) as rig:
        strong = rig.send("d0", "out", SetLevel(0.8), 30.0)
        await rig.until(lambda: driver.on)
        rig.hub.set_limits("d0", {"out": Limits(max_level=0.9)})
        rig.hub.set_limits("d0", {"out": Limits(max_level=0.5)})
        await rig.finished(strong)
        assert (driver.on, driver.offs) == (set(), ["out"])


async def test_a_shorter_time_holds_for_what_runs_already():
    driver = patient("out")
    driver.gates["out"].set()
    async with hub_with(driver) as rig:
        long = send(rig, "out", 50.0)
        await rig.until(lambda: driver.on)
        rig.hub.set_limits("d0", {"out": Limits(max_on_s=0.1)})
        await rig.finished(long)
        assert driver.on == set()


async def test_other_settings_do_not_make_an_output_forget_that_it_must_cool_down():
    driver = patient("out")
    driver.gates["out"].set()
    async with hub_with(driver) as rig:
        rig.hub.set_limits("d0", {"out": Limits(cooldown_s=30.0)})
        await rig.finished(send(rig, "out", 0.02))
        await rig.hub.configure("d0", {})
        await rig.online("d0")
        command = rig.send("d0", "out", Switch(on=True), 0.02, lives_s=1.0)
        await rig.finished(command)
        assert rig.drop(command) is Drop.COOLDOWN


async def test_an_end_that_is_told_much_too_early_is_followed_by_off():
    driver = patient("out", self_timed=True)
    driver.gates["out"].set()
    async with hub_with(driver) as rig:
        command = send(rig, "out", 5.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(command))
        # The word of something older: the output is on.
        rig.hub.worker("d0").ended("out")
        await rig.finished(command)
        assert (driver.on, driver.offs) == (set(), ["out"])


async def test_what_would_last_for_no_time_at_all_is_not_begun():
    driver = patient("out")
    driver.gates["out"].set()
    async with hub_with(driver) as rig:
        for length_s in (0.0, -1.0, float("nan"), float("inf")):
            command = rig.send("d0", "out", Switch(on=True), length_s)
            await rig.finished(command)
            assert rig.drop(command) is Drop.UNSUPPORTED, length_s
        assert driver.calls == ["open", "make_safe"]
