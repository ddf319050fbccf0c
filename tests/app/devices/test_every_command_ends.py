"""Whatever happens to a device, every command gets exactly one final word and everything ends."""

from __future__ import annotations

import asyncio

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.outcome import Stage
from drivers.contract import (
    Ack,
    Capability,
    Cause,
    DriverError,
    Hazard,
    Kind,
    Off,
    Pulse,
    QueuePolicy,
    Switch,
)
from tests.app.devices.rig import FINAL, Rig
from tests.app.devices.test_worker import Scripted, hub_with, scripted

ORDER = {Stage.QUEUED: 0, Stage.SENT: 1, Stage.ACKED: 2}

_commands = st.tuples(
    st.just("send"),
    st.sampled_from([Switch(on=True), Pulse(), Off()]),
    st.sampled_from([0.01, 0.03, 0.2]),
    st.sampled_from([None, *QueuePolicy]),
    st.sampled_from([0.02, 5.0]),
)
_other = st.tuples(st.sampled_from(["skip", "stop", "resume", "lose", "ended", "wait"]))
_faults = st.lists(
    st.sampled_from([None, 0.02, Cause.REFUSED, Cause.NO_ANSWER, Cause.BAD_ANSWER]), max_size=6
)


class Losable(Scripted):
    """Can be lost, and its output remembers whether it is on."""

    on = False
    newest: Losable | None = None

    async def open(self):
        type(self).newest, type(self).on = self, False
        return await super().open()

    async def apply(self, capability, instruction, duration_s):
        await super().apply(capability, instruction, duration_s)
        type(self).on = instruction != Off()
        return Ack.CONFIRMED

    def stop_now(self):
        type(self).on = False

    async def make_safe(self):
        type(self).on = False
        return await super().make_safe()


async def _live_through(steps, faults, *, self_timed: bool) -> None:
    capability = Capability("out", Kind.SWITCH, "Out", Hazard.NONE, self_timed=self_timed)
    script = [DriverError(one) if isinstance(one, Cause) else one for one in faults]
    base = scripted(capability, switch=script, off=script[::-1], pulse=script[1:])

    class Device(Losable, base):
        pass

    async with hub_with(Device) as rig:
        sent = [await _step(rig, Device, step) for step in steps]
        rig.hub.resume()
        commands = [one for one in sent if one]
        await rig.finished(*commands, timeout_s=10.0)
        await rig.until(lambda: not rig.hub.running() and not Device.on)
        for command in commands:
            _check(rig, command)
        assert rig.hub.waiting() == 0
        if rig.hub.device("d0").safe is not False:
            await rig.until(lambda: rig.guard.armed == {})


async def _step(rig: Rig, device: type[Losable], step) -> str | None:
    match step:
        case ("send", instruction, duration_s, policy, lives_s):
            return rig.send("d0", "out", instruction, duration_s, policy=policy, lives_s=lives_s)
        case ("skip",):
            for one in rig.hub.running():
                rig.hub.skip(one.state.command_id)
        case ("stop",):
            rig.hub.stop_now("test")
        case ("resume",):
            rig.hub.resume()
        case ("lose",):
            device.newest.events.on_lost(DriverError(Cause.LOST))
        case ("ended",):
            if rig.hub.running():
                device.on = False
                device.newest.events.on_ended("out")
        case _:
            await asyncio.sleep(0.02)
    await asyncio.sleep(0)
    return None


def _check(rig: Rig, command: str) -> None:
    stages = rig.steps(command)
    assert sum(one in FINAL for one in stages) == 1
    assert stages[-1] in FINAL
    places = [ORDER[one] for one in stages[:-1]]
    assert places == sorted(set(places))
    if stages[-1] is Stage.DONE:
        assert stages == [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # shrinking would wait for every hang
)
@given(st.lists(_commands | _other, max_size=12), _faults, st.booleans())
def test_every_command_gets_one_final_word_and_everything_ends(steps, faults, self_timed):
    asyncio.run(_live_through(steps, faults, self_timed=self_timed))
