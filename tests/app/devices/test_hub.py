"""The hub with practice machines: dispatch, queues, ends, STOP, adding and removing."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from app.core.catalog import Catalog
from app.core.links import LinkReason, LinkStage
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.hub import UnknownDeviceError
from drivers.contract import (
    Flash,
    Kind,
    Limits,
    Off,
    Play,
    Pulse,
    QueuePolicy,
    Rotate,
    Run,
    SetColor,
    Switch,
)
from tests.app.devices.rig import Rig, practice, running


async def test_a_rotation_goes_through_every_stage_and_ends_by_itself():
    async with running(practice("motor")) as rig:
        command = rig.send("motor", "motor", Rotate(0.5, 100))
        await rig.finished(command)
        assert rig.steps(command) == [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]
        times = [one.at for one in rig.deliveries]
        assert times == sorted(times)
        acked = next(one for one in rig.deliveries if one.stage is Stage.ACKED)
        assert acked.took_ms is not None
        assert acked.took_ms >= 0
        assert rig.values("motor")["rpm"] == 0
        assert 175 <= rig.values("motor")["angle"] <= 185


async def test_commands_for_one_motor_run_one_after_the_other_by_priority():
    async with running(practice("motor")) as rig:
        first = rig.send("motor", "motor", Rotate(0.3, 100))
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        last = rig.send("motor", "motor", Rotate(0.1, 100))
        second = rig.send("motor", "motor", Rotate(0.1, 100), priority=5)
        await rig.finished(first, second, last)
        done = [one.command_id for one in rig.deliveries if one.stage is Stage.DONE]
        assert done == [first, second, last]


async def test_the_newest_colour_wins_and_the_one_before_is_done():
    async with running(practice("light")) as rig:
        red = rig.send("light", "light", SetColor(255, 0, 0), 5.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(red))
        blue = rig.send("light", "light", SetColor(0, 0, 255), 0.1)
        await rig.finished(red, blue)
        assert rig.final(red).detail == "replaced"
        assert rig.values("light")["level"] == 0


async def test_a_busy_output_drops_what_may_be_dropped():
    async with running(practice("effects")) as rig:
        show = rig.send("effects", "effect", Play("confetti"), 0.2)
        other = rig.send("effects", "effect", Play("storm"), 0.2, policy=QueuePolicy.DROP)
        assert rig.drop(other) is Drop.BUSY
        await rig.finished(show)
        unknown = rig.send("effects", "effect", Play("earthquake"), 0.2)
        await rig.finished(unknown)
        assert rig.drop(unknown) is Drop.UNSUPPORTED


async def test_what_cannot_end_by_itself_is_switched_off_by_us():
    async with running(practice("relay", self_timed=False)) as rig:
        command = rig.send("relay", "relay", Switch(on=True), 0.15)
        await rig.until(lambda: rig.values("relay").get("on") == 1)
        await rig.finished(command)
        assert rig.values("relay")["on"] == 0


async def test_off_ends_what_runs_and_throws_away_what_waits():
    async with running(practice("motor")) as rig:
        turning = rig.send("motor", "motor", Run(60), 20.0)
        waiting = rig.send("motor", "motor", Rotate(1, 60))
        await rig.until(lambda: Stage.ACKED in rig.steps(turning))
        off = rig.send("motor", "motor", Off())
        await rig.finished(turning, waiting, off)
        assert rig.drop(waiting) is Drop.REPLACED
        assert rig.final(off).stage is Stage.DONE
        assert rig.hub.running() == ()


async def test_skip_ends_one_activation_and_the_next_goes_on():
    async with running(practice("motor")) as rig:
        long = rig.send("motor", "motor", Rotate(100, 60))
        next_one = rig.send("motor", "motor", Rotate(0.1, 100))
        third = rig.send("motor", "motor", Rotate(50, 100))
        await rig.until(lambda: Stage.ACKED in rig.steps(long))
        assert rig.hub.skip(third)
        assert rig.drop(third) is Drop.SKIPPED
        assert rig.hub.skip(long)
        await rig.finished(long, next_one)
        assert rig.drop(long) is Drop.SKIPPED
        assert rig.final(next_one).stage is Stage.DONE
        assert not rig.hub.skip(long)


async def test_a_command_that_waited_too_long_is_dropped():
    async with running(practice("motor")) as rig:
        long = rig.send("motor", "motor", Run(10), 5.0)
        late = rig.send("motor", "motor", Rotate(1, 100), lives_s=0.1)
        await rig.finished(late)
        assert rig.drop(late) is Drop.TOO_OLD
        assert rig.final(long) is None


async def test_a_full_queue_says_so():
    async with running(practice("motor")) as rig:
        for _ in range(101):
            rig.send("motor", "motor", Rotate(1, 100))
        extra = rig.send("motor", "motor", Rotate(1, 100))
        assert rig.drop(extra) is Drop.QUEUE_FULL
        assert rig.hub.waiting() == 100


async def test_clicks_wait_for_the_relays_pause_instead_of_getting_lost():
    async with running(practice("relay")) as rig:
        clicks = [rig.send("relay", "relay", Pulse(), 0.05) for _ in range(2)]
        await rig.finished(*clicks)
        assert [rig.final(one).stage for one in clicks] == [Stage.DONE, Stage.DONE]


async def test_limits_cut_and_the_receipt_tells():
    config = practice("motor")
    narrow = DeviceConfig(
        config.id,
        config.name,
        config.driver,
        config.settings,
        limits={"motor": Limits(max_rounds=0.2)},
    )
    async with running(narrow) as rig:
        command = rig.send("motor", "motor", Rotate(5, 300))
        await rig.finished(command)
        sent = next(one for one in rig.deliveries if one.stage is Stage.SENT)
        assert sent.limited == (("rounds", 5, 0.2), ("rpm", 300, 100))


async def test_stop_works_with_the_loop_blocked_and_latches():
    async with running(practice("motor"), practice("light")) as rig:
        turning = rig.send("motor", "motor", Run(60), 60.0)
        shining = rig.send("light", "light", SetColor(255, 255, 255), 60.0)
        waiting = rig.send("motor", "motor", Rotate(1, 60))
        await rig.until(lambda: len(rig.hub.running()) == 2)
        drivers = [worker.driver for worker in rig.hub._workers.values()]
        rested = threading.Event()

        def press() -> None:
            rig.hub.stop_now("test")
            if all(driver.resting for driver in drivers):
                rested.set()

        thread = threading.Thread(target=press)
        thread.start()
        assert rested.wait(5.0)  # the loop stands still in this very line
        thread.join()
        assert rig.hub.latched
        await rig.finished(turning, shining, waiting)
        assert {rig.final(one).stage for one in (turning, shining, waiting)} == {Stage.STOPPED}
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"motor": True, "light": True})
        assert rig.hub.stop_state.dropped == 1
        assert set(rig.hub.stop_state.took_ms) == {"motor", "light"}
        refused = rig.send("motor", "motor", Rotate(1, 60))
        assert rig.final(refused).stage is Stage.STOPPED
        rig.hub.resume()
        again = rig.send("motor", "motor", Rotate(0.1, 100))
        await rig.finished(again)
        assert rig.final(again).stage is Stage.DONE


async def test_stop_before_the_start_keeps_everything_still():
    rig = Rig()
    rig.hub.stop_now("guardian")
    await rig.hub.start([practice("motor")])
    await rig.online("motor")
    command = rig.send("motor", "motor", Rotate(1, 60))
    assert rig.final(command).stage is Stage.STOPPED
    await rig.hub.stop()


async def test_devices_come_and_go():
    async with running() as rig:
        config = rig.hub.add("simulated", "My motor", {"machine": "motor"})
        await rig.online(config.id)
        assert rig.hub.rename(config.id, "Fan").name == "Fan"
        assert rig.hub.device(config.id).name == "Fan"
        tested = rig.hub.test(config.id, "motor", Rotate(0.1, 100))
        await rig.finished(tested)
        await rig.hub.configure(config.id, {"machine": "light"})
        await rig.online(config.id)
        assert rig.hub.device(config.id).capabilities[0].capability.kind is Kind.LIGHT
        await rig.hub.remove(config.id)
        assert rig.hub.device(config.id) is None
        assert rig.hub.configs == ()
        gone = rig.send(config.id, "motor", Rotate(1, 60))
        assert rig.drop(gone) is Drop.NO_DEVICE


async def test_wrong_names_and_settings_are_refused():
    async with running() as rig:
        with pytest.raises(UnknownDeviceError):
            rig.hub.add("telepathy", "x", {})
        with pytest.raises(ValueError, match="machine"):
            rig.hub.add("simulated", "x", {"machine": "bomb"})
        with pytest.raises(UnknownDeviceError):
            rig.hub.rename("nobody", "x")


async def test_rules_find_devices_by_id_by_role_and_by_kind():
    async with running(practice("motor", "m1"), practice("light", "l1")) as rig:
        assert rig.hub.find("m1", Kind.MOTOR) == ("m1", "motor")
        assert rig.hub.find("motor", Kind.MOTOR) == ("m1", "motor")
        assert rig.hub.find("", Kind.LIGHT) == ("l1", "light")
        assert rig.hub.find("m1", Kind.LIGHT) is None
        assert rig.hub.find("nobody", Kind.MOTOR) is None


@pytest.mark.expect_log("there is no driver 'lost'", level="WARNING")
async def test_a_device_whose_driver_is_missing_is_shown_and_harms_nobody():
    async with running(DeviceConfig("x", "Old", "lost"), practice("motor"), wait=False) as rig:
        await rig.online("motor")
        device = rig.hub.device("x")
        assert (device.link.stage, device.link.reason) == (
            LinkStage.BLOCKED,
            LinkReason.UNSUPPORTED,
        )
        command = rig.send("x", "motor", Off())
        assert rig.drop(command) is Drop.NO_DEVICE


async def test_settings_that_do_not_fit_block_the_device_with_a_reason():
    async with running(DeviceConfig("m", "M", "simulated", {"machine": "bomb"}), wait=False) as rig:
        await rig.until(lambda: rig.hub.device("m").link.stage is LinkStage.BLOCKED)
        assert rig.hub.device("m").link.reason is LinkReason.BAD_CONFIG
        command = rig.send("m", "motor", Rotate(1, 60))
        assert rig.drop(command) is Drop.OFFLINE


async def test_practice_devices_are_offered():
    async with running() as rig:
        found = await rig.hub.discover()
        assert {one.settings["machine"] for one in found if one.driver == "simulated"} == {
            "motor",
            "light",
            "relay",
            "effects",
            "servo",
            "fan",
            "puffer",
            "sensor",
        }


async def test_observations_flow_while_something_moves_and_not_when_idle():
    async with running(practice("motor")) as rig:
        command = rig.send("motor", "motor", Rotate(0.5, 100))
        await rig.until(lambda: rig.values("motor").get("rpm", 0) > 0)
        await rig.finished(command)
        await asyncio.sleep(0)
        before = rig.changes
        await asyncio.sleep(0.3)
        assert rig.changes == before


async def test_views_count_the_rounds():
    async with running(practice("motor")) as rig:
        rig.send("motor", "motor", Rotate(20, 100))
        await rig.until(lambda: rig.values("motor").get("rounds_left", 0) > 0)
        (running_now,) = rig.hub.running()
        turned, asked = running_now.state.rounds()
        assert asked == 20
        assert 0 <= turned < 20
        assert running_now.state.progress(time.monotonic()) == pytest.approx(turned / asked)


async def test_an_empty_catalogue_is_no_error():
    async with running(catalog=Catalog()) as rig:
        assert await rig.hub.discover() == ()


async def test_flashes_keep_below_three_a_second():
    async with running(practice("light")) as rig:
        command = rig.send("light", "light", Flash(2, rate_hz=20.0))
        await rig.finished(command)
        sent = next(one for one in rig.deliveries if one.stage is Stage.SENT)
        assert sent.limited == (("rate_hz", 20.0, 3.0),)
