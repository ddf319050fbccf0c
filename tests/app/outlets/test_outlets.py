"""All outlets together: order, age, queues, STOP, and one final word for every effect."""

import asyncio
import threading
from dataclasses import dataclass
from typing import ClassVar

import pytest

from app.core.effects import Effect, Notify, PlaySound, WriteLog
from app.core.outcome import Command, Drop, EffectRequest, Stage
from app.link import SystemClock
from app.outlets.outlet import Outlet, OutletError
from app.outlets.outlets import QUEUE_LENGTH, Outlets
from drivers.contract import Pulse

FINAL = {Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED}


@dataclass(frozen=True, slots=True)
class Slow(Effect):
    """Done when the test says so."""

    outlet: ClassVar[str] = "slow"
    name: str = ""


class SlowOutlet(Outlet):
    """An outlet whose effects wait for a gate."""

    key = "slow"
    limit_s = 30.0

    def __init__(self):
        self.begun = []
        self.gate = asyncio.Event()
        self.stopped = threading.Event()
        self.closed = False

    async def carry_out(self, effect):
        self.begun.append(effect.name)
        await self.gate.wait()
        if effect.name == "bad":
            raise OutletError(Drop.OFFLINE, "gone")
        if effect.name == "broken":
            raise ZeroDivisionError
        return effect.name

    def stop_now(self):
        self.stopped.set()

    async def close(self):
        self.closed = True


class Room:
    """Outlets with one slow outlet, and everything they told."""

    def __init__(self):
        self.slow = SlowOutlet()
        self.told = []
        self.clock = SystemClock()
        self._more = asyncio.Event()
        self.outlets = Outlets([self.slow], self.clock, self._tell)

    def _tell(self, delivery):
        self.told.append(delivery)
        self._more.set()

    def ask(self, *names, lives_s=30.0):
        deadline = self.clock.monotonic() + lives_s
        requests = [EffectRequest(name, Slow(name), deadline, "event", "rule") for name in names]
        self.outlets.carry_out(requests)

    def fates(self):
        return {one.command_id: (one.stage, one.drop) for one in self.told if one.stage in FINAL}

    async def settled(self, count):
        async with asyncio.timeout(10):
            while len(self.fates()) < count:
                self._more.clear()
                await self._more.wait()


@pytest.fixture
async def room():
    one = Room()
    yield one
    await one.outlets.close()
    assert one.slow.closed


async def test_effects_of_one_outlet_go_one_after_the_other(room):
    room.ask("first", "second")
    await asyncio.sleep(0.02)
    assert room.slow.begun == ["first"]
    room.slow.gate.set()
    await room.settled(2)
    assert room.slow.begun == ["first", "second"]
    stages = [one.stage for one in room.told if one.command_id == "first"]
    assert stages == [Stage.QUEUED, Stage.SENT, Stage.DONE]
    assert {one.device_id for one in room.told} == {"outlet:slow"}
    assert {(one.event_id, one.rule_id) for one in room.told} == {("event", "rule")}


async def test_a_failure_is_told_with_its_reason_and_the_next_one_goes_on(room):
    room.slow.gate.set()
    room.ask("bad", "good")
    await room.settled(2)
    assert room.fates() == {
        "bad": (Stage.FAILED, Drop.OFFLINE),
        "good": (Stage.DONE, Drop.NONE),
    }


@pytest.mark.expect_log("outlet slow failed")
async def test_a_mistake_in_an_outlet_costs_its_effect_only(room):
    room.slow.gate.set()
    room.ask("broken", "good")
    await room.settled(2)
    assert room.fates()["broken"] == (Stage.FAILED, Drop.UNSUPPORTED)
    assert room.fates()["good"] == (Stage.DONE, Drop.NONE)


async def test_what_waited_too_long_is_not_done_any_more(room):
    room.ask("now")
    room.ask("soon", lives_s=0.01)
    await asyncio.sleep(0.05)
    room.slow.gate.set()
    await room.settled(2)
    assert room.fates()["soon"] == (Stage.DROPPED, Drop.TOO_OLD)
    assert room.slow.begun == ["now"]


async def test_a_queue_that_is_full_takes_no_more(room):
    room.ask(*(str(n) for n in range(QUEUE_LENGTH + 3)))
    full = [one for one, fate in room.fates().items() if fate == (Stage.DROPPED, Drop.QUEUE_FULL)]
    # All were taken at one moment: the first one had no time to begin... it left the queue.
    assert full == [str(QUEUE_LENGTH + 1), str(QUEUE_LENGTH + 2)]


async def test_stop_ends_what_goes_on_and_what_waits_from_any_thread(room):
    room.ask("goes on", "waits")
    await asyncio.sleep(0.02)
    await asyncio.to_thread(room.outlets.stop_now)
    assert room.slow.stopped.is_set()
    await room.settled(2)
    assert set(room.fates().values()) == {(Stage.STOPPED, Drop.STOPPED)}
    room.slow.gate.set()
    room.ask("afterwards")
    await room.settled(3)
    assert room.fates()["afterwards"] == (Stage.DONE, Drop.NONE)
    assert len([one for one in room.told if one.stage in FINAL]) == 3


async def test_an_outlet_that_hangs_is_given_up(room):
    room.slow.limit_s = 0.05
    room.ask("hangs")
    await room.settled(1)
    assert room.fates()["hangs"] == (Stage.FAILED, Drop.NO_ANSWER)


async def test_an_effect_that_nobody_carries_out_is_told(room):
    deadline = room.clock.monotonic() + 9
    room.outlets.carry_out([EffectRequest("x", Notify("hello"), deadline)])
    room.outlets.carry_out([EffectRequest("y", WriteLog("hello"), deadline)])
    assert set(room.fates().values()) == {(Stage.FAILED, Drop.UNSUPPORTED)}


class Sound(SlowOutlet):
    """An outlet that is heard."""

    key = "sound"

    async def carry_out(self, effect):
        self.begun.append(effect.sound)
        return ""


def beside(late_s):
    """Return a room whose devices are seen that late, what it asks, and a command of a rule."""
    room = Room()
    sound = Sound()
    room.outlets = Outlets([room.slow, sound], room.clock, room._tell, lambda _: late_s)
    room.slow.gate.set()
    command = Command("c", "wheel", "motor", Pulse(), room.clock.monotonic() + 30, rule_id="rule")
    return room, sound, command


async def test_what_is_heard_waits_for_the_slow_device_of_its_rule_and_the_rest_does_not():
    room, _, command = beside(0.1)
    deadline = room.clock.monotonic() + 30
    effects = (("note", Slow("note")), ("song", PlaySound("song")))
    requests = [EffectRequest(one, effect, deadline, "event", "rule") for one, effect in effects]
    other = EffectRequest("other", PlaySound("other"), deadline, "event", "another rule")
    began = room.clock.monotonic()
    room.outlets.carry_out([*requests, other], [command])
    await room.settled(3)
    at = {one.command_id: one.at for one in room.told if one.stage is Stage.SENT}
    assert at["song"] - began >= 0.1
    assert max(at["note"], at["other"]) < at["song"]
    await room.outlets.close()


async def test_stop_ends_what_waits_for_a_slow_device():
    room, sound, command = beside(60.0)
    deadline = room.clock.monotonic() + 90
    song = EffectRequest("song", PlaySound("song"), deadline, "event", "rule")
    room.outlets.carry_out([song], [command])
    room.outlets.stop_now()
    await room.settled(1)
    assert room.fates() == {"song": (Stage.STOPPED, Drop.STOPPED)}
    assert sound.begun == []
    await room.outlets.close()
