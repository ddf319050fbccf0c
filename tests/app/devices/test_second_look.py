"""After a sleep of the computer, or a stand-still, every device is made safe before anything else."""

from types import SimpleNamespace

import pytest

from app.core.notices import NoticeCode
from app.core.outcome import Drop, Stage
from app.devices.awake import Awake
from app.devices.made import Scene, SceneStep
from app.gateway.waking import Waking
from drivers.contract import Play, Rotate, Run, Switch
from tests.app.devices.rig import practice, running


class Clocks:
    """Both clocks, set by hand, in seconds."""

    def __init__(self):
        self.mono, self.wall = 100.0, 1_000_000.0

    def monotonic(self):
        return self.mono

    def wall_ms(self):
        return int(self.wall * 1000)

    def pass_by(self, mono, wall):
        self.mono += mono
        self.wall += wall


@pytest.mark.parametrize(
    ("mono", "wall", "slept"),
    [
        (1, 1, 0),
        (4, 4, 0),  # busy, not asleep
        (1, 3600, 3600),  # one clock stood still while it slept
        (3600, 3600, 3600),  # none did
        (3600, 1, 3600),  # somebody set the other one back meanwhile
        (1, -3600, 0),  # the clock was set back: nobody slept
    ],
)
def test_a_sleep_is_seen_whichever_clock_goes_on(mono, wall, slept):
    clocks = Clocks()
    awake = Awake(clocks)
    clocks.pass_by(mono, wall)
    assert awake.look() == slept
    clocks.pass_by(1, 1)
    assert awake.look() == 0


async def test_what_ran_and_what_waited_is_ended_and_what_comes_next_runs():
    async with running(practice("motor"), practice("relay")) as rig:
        turning = rig.send("motor", "motor", Run(60), 60.0)
        waiting = rig.send("motor", "motor", Rotate(1, 60))
        rig.hub.put_made(Scene("s", "S", (SceneStep("relay", "relay", Switch(on=True), 30.0),)))
        scene = rig.send("s", "scene", Play(""))
        await rig.until(rig.hub.running)
        assert rig.hub.second_look("test") == 2
        await rig.finished(turning, waiting, scene)
        assert {rig.drop(one) for one in (turning, waiting, scene)} == {Drop.INTERRUPTED}
        assert rig.final(turning).stage is Stage.FAILED
        await rig.until(lambda: rig.values("motor").get("rpm") == 0)
        await rig.until(lambda: rig.hub.device("motor").safe is True)
        fresh = rig.send("motor", "motor", Rotate(0.05, 100))
        await rig.finished(fresh)
        assert rig.final(fresh).stage is Stage.DONE


async def test_what_waited_while_the_computer_slept_does_not_begin_before_somebody_looked():
    clocks = Clocks()
    async with running(practice("motor")) as rig:
        rig.hub.awake = Awake(clocks)
        house = SimpleNamespace(hub=rig.hub, clock=clocks, notices=SimpleNamespace(tell=print))
        waking = Waking(house)
        clocks.pass_by(0.5, 3600)
        early = rig.send("motor", "motor", Rotate(1, 60))
        with pytest.raises(TimeoutError):
            await rig.until(rig.hub.running, timeout_s=0.1)
        waking.look()
        await rig.finished(early)
        assert rig.drop(early) is Drop.INTERRUPTED
        later = rig.send("motor", "motor", Rotate(0.05, 100))
        await rig.finished(later)
        assert rig.final(later).stage is Stage.DONE


async def test_the_user_is_told_once_and_only_if_there_was_something_to_look_at():
    clocks, told = Clocks(), []
    notices = SimpleNamespace(tell=told.append)
    async with running(practice("motor")) as rig:
        house = SimpleNamespace(hub=rig.hub, clock=clocks, notices=notices)
        waking = Waking(house)
        clocks.pass_by(1, 1)
        waking.look()
        assert told == []
        clocks.pass_by(1, 600)
        waking.look()
        clocks.pass_by(1, 1)
        waking.look()
        assert [one.code for one in told] == [NoticeCode.COMPUTER_SLEPT]
        assert told[0].values == {"seconds": "600"}
        await rig.until(lambda: rig.hub.device("motor").safe is True)
    async with running() as rig:
        house = SimpleNamespace(hub=rig.hub, clock=clocks, notices=notices)
        waking = Waking(house)
        clocks.pass_by(1, 600)
        waking.look()
        assert len(told) == 1


async def test_stop_stays_latched_through_a_second_look():
    async with running(practice("motor")) as rig:
        rig.hub.stop_now("test")
        rig.hub.second_look("test")
        await rig.until(lambda: rig.hub.stop_state.confirmed.get("motor") is True)
        assert rig.hub.latched
