"""Groups, scenes, interlocks, fallbacks and second looks, all mixed: nothing runs that must not.

Every command gets exactly one final word, what is kept apart is never on together, and all ends.
"""

from __future__ import annotations

import asyncio

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.made import Group, Scene, SceneStep
from app.devices.together import Interlock, Together
from drivers.contract import Cause, DriverError, Off, Play, QueuePolicy, Switch
from tests.app.devices.rig import FINAL, Rig, practice, running

A, B, C = ("a", "relay"), ("b", "relay"), ("c", "relay")
APART = Together((Interlock(A, B),), 50.0, {A: 20.0, C: 20.0, B: 20.0})
GROUP = Group("g", "G", (A, B, C))
SCENE = Scene(
    "s",
    "S",
    (
        SceneStep(*A, Switch(on=True), 0.0, 0.03),
        SceneStep(*B, Switch(on=True), 0.01, 0.02),
        SceneStep(*C, Switch(on=True), 0.03, 0.02),
    ),
)

_sends = st.tuples(
    st.just("send"),
    st.sampled_from([A, B, C, ("g", "all"), ("s", "scene")]),
    st.booleans(),
    st.sampled_from([0.01, 0.04]),
    st.sampled_from([None, *QueuePolicy]),
    st.sampled_from([0.05, 5.0]),
)
_other = st.tuples(
    st.sampled_from(["skip", "stop", "resume", "look", "wait", "wait", "lose", "together"])
)


def _devices() -> tuple[DeviceConfig, ...]:
    timed, bare = practice("relay", "a"), practice("relay", "b", self_timed=False)
    helped = practice("relay", "c")
    with_help = DeviceConfig(helped.id, helped.name, helped.driver, helped.settings, fallback="a")
    return timed, bare, with_help


def _never_both(rig: Rig) -> None:
    drivers = [rig.hub.worker(one).driver for one in "ab"]
    assert not all(one is not None and not one.resting for one in drivers)


def _do(rig: Rig, step) -> str | None:
    match step:
        case ("send", (device, output), on, duration_s, policy, lives_s):
            made = Play("") if device == "s" else Switch(on=True)
            instruction = made if on else Off()
            more = {"policy": policy, "lives_s": lives_s}
            return rig.send(device, output, instruction, duration_s, **more)
        case ("skip",):
            for one in rig.hub.running():
                rig.hub.skip(one.state.command_id)
        case ("stop",):
            rig.hub.stop_now("test")
        case ("resume",):
            rig.hub.resume()
        case ("look",):
            rig.hub.second_look("test")
        case ("together",):
            rig.hub.together = APART
        case ("lose",):
            driver = rig.hub.worker("c").driver
            if driver is not None:
                driver.events.on_lost(DriverError(Cause.LOST))
        case _:
            pass
    return None


async def _live_through(steps) -> None:
    async with running(*_devices()) as rig:
        rig.hub.together = APART
        rig.hub.put_made(GROUP)
        rig.hub.put_made(SCENE)
        sent = []
        for step in steps:
            sent.append(_do(rig, step))
            await asyncio.sleep(0.015 if step == ("wait",) else 0)
            _never_both(rig)
        rig.hub.resume()
        commands = [one for one in sent if one]
        while not all(rig.final(one) for one in commands):
            _never_both(rig)
            await rig.until(rig.news.is_set)
            rig.news.clear()
        await rig.until(lambda: not rig.hub.running())
        for command in commands:
            stages = rig.steps(command)
            assert sum(one in FINAL for one in stages) == 1
            assert stages[-1] in FINAL
            if stages[-1] is Stage.DONE:
                assert stages == [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]
        assert {one.command_id for one in rig.deliveries} == set(commands)
        assert rig.hub.waiting() == 0
        assert Drop.NO_DEVICE not in {one.drop for one in rig.deliveries}


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],  # shrinking would wait for every hang
)
@given(st.lists(_sends | _other, max_size=14))
def test_what_is_kept_apart_is_never_on_together_and_everything_ends(steps):
    asyncio.run(_live_through(steps))
