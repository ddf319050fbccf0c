"""Add up: what runs is made longer, what cannot be waits right behind it and goes out as one."""

from __future__ import annotations

import pytest

from app.core.outcome import Command, Drop, Stage
from app.devices.adding import gather, joins, more_of, together
from app.devices.gate import Gate, Held
from drivers.contract import (
    Ack,
    Capability,
    Cause,
    DriverError,
    Flash,
    Hazard,
    Kind,
    Limits,
    Off,
    Play,
    Pulse,
    QueuePolicy,
    Rotate,
    SetColor,
    SetLevel,
    Switch,
)
from tests.app.devices.rig import practice, running
from tests.app.devices.test_worker import hub_with, scripted

ADD = QueuePolicy.ADD
MOTOR = Capability("motor", Kind.MOTOR, "Motor", limits=Limits(max_rounds=20, max_on_s=60))
LEVEL = Capability("out", Kind.LEVEL, "Out", limits=Limits(max_on_s=10))


def command(instruction, duration_s=None, policy=ADD, name="c", priority=0):
    return Command(name, "d", "out", instruction, 99.0, duration_s, policy, priority)


def more(capability, running, left_s, wanted):
    gate = Gate(capability)
    gate.begin(running, 0.0)
    return more_of(running, left_s, wanted, gate, 1.0)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (Rotate(1, 60), Rotate(5, 60), True),
        (Rotate(1, 60), Rotate(1, 90), False),
        (Rotate(1, 60), Rotate(1, 60, reverse=True), False),
        (Flash(2), Flash(9), True),
        (Flash(2), Flash(2, rate_hz=1.0), False),
        (SetColor(1, 2, 3), SetColor(1, 2, 3), True),
        (SetColor(1, 2, 3), SetColor(3, 2, 1), False),
        (Play("storm"), Play("storm"), True),
        (Switch(on=True), Pulse(), False),
    ],
)
def test_only_what_differs_in_nothing_but_how_much_adds_up(one, other, fits):
    assert joins(one, other) is fits


def test_what_is_held_is_held_for_longer():
    found = more(LEVEL, SetLevel(0.5), 2.0, command(SetLevel(0.5), 3.0))
    assert (found.instruction, found.lasts_s, found.counted) == (SetLevel(0.5), 5.0, False)


def test_rounds_are_added_by_the_device():
    found = more(MOTOR, Rotate(3, 60), 2.0, command(Rotate(4, 60)))
    assert (found.instruction, found.counted) == (Rotate(4, 60), True)
    assert found.lasts_s == pytest.approx(2.0 + 4 * 1.25)


@pytest.mark.parametrize(
    ("capability", "running", "left_s", "wanted"),
    [
        (LEVEL, SetLevel(0.5), 8.0, command(SetLevel(0.5), 3.0)),
        (LEVEL, SetLevel(0.5), 1.0, command(SetLevel(0.5), 30.0)),
        (MOTOR, Rotate(18, 60), 2.0, command(Rotate(3, 60))),
        (MOTOR, Rotate(3, 60), 58.0, command(Rotate(3, 60))),
        (LEVEL, SetLevel(0.5), 1.0, command(SetLevel(0.5), None)),
    ],
)
def test_what_does_not_fit_whole_waits_for_its_own_turn(capability, running, left_s, wanted):
    assert more(capability, running, left_s, wanted) is None


def test_the_least_gap_holds_for_what_is_added_too():
    slow = Capability("out", Kind.LEVEL, "Out", limits=Limits(min_gap_s=3.0))
    found = more(slow, SetLevel(0.5), 2.0, command(SetLevel(0.5), 3.0))
    assert found == Held(Drop.RATE, 2.0)


def test_what_waits_together_goes_out_as_one_as_far_as_it_fits():
    queue = [command(Rotate(8, 60), name=str(n)) for n in range(4)]
    gate = Gate(MOTOR)
    assert gather(queue, MOTOR, gate, 0.0) == 2
    assert together(queue[:2]) == (Rotate(16, 60), None)
    queue[1] = command(Rotate(8, 60), policy=None)
    assert gather(queue, MOTOR, gate, 0.0) == 1
    assert together([command(SetLevel(1), 2.0), command(SetLevel(1), 3.0)]) == (SetLevel(1), 5.0)


async def test_a_motor_turns_on_without_stopping_between_and_every_command_has_its_receipt():
    async with running(practice("motor")) as rig:
        first = rig.send("motor", "motor", Rotate(0.6, 100), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        second = rig.send("motor", "motor", Rotate(0.6, 100), policy=ADD)
        await rig.finished(first, second)
        stages = [Stage.QUEUED, Stage.SENT, Stage.ACKED, Stage.DONE]
        assert rig.steps(first) == rig.steps(second) == stages
        acked = [one for one in rig.deliveries if one.stage is Stage.ACKED]
        assert [one.detail for one in acked] == ["confirmed", "added"]
        # One end for both: it never came to rest between them.
        ends = [one.command_id for one in rig.deliveries if one.stage is Stage.DONE]
        assert ends == [first, second]
        assert rig.deliveries.index(acked[1]) < rig.deliveries.index(
            next(one for one in rig.deliveries if one.stage is Stage.DONE)
        )
        assert rig.values("motor")["angle"] == pytest.approx(0.2 * 360, abs=1)


async def test_a_light_stays_on_for_both():
    device = scripted(Capability("out", Kind.LIGHT, "Out", Hazard.NONE))
    async with hub_with(device) as rig:
        first = rig.send("d0", "out", SetColor(255, 0, 0), 0.1, policy=ADD)
        second = rig.send("d0", "out", SetColor(255, 0, 0), 0.1, policy=ADD)
        other = rig.send("d0", "out", SetColor(0, 255, 0), 0.05, policy=ADD)
        await rig.finished(first, second, other)
        assert device.calls.count("setcolor") in (2, 3)
        assert [rig.final(one).stage for one in (first, second, other)] == [Stage.DONE] * 3


async def test_what_a_driver_cannot_add_goes_out_as_one_right_behind():
    device = scripted(Capability("out", Kind.MOTOR, "Out", Hazard.NONE))
    async with hub_with(device) as rig:
        first = rig.send("d0", "out", Rotate(0.01, 6), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        between = rig.send("d0", "out", Rotate(0.001, 60))
        more = [rig.send("d0", "out", Rotate(0.01, 6), policy=ADD) for _ in range(5)]
        await rig.finished(first, *more, between)
        assert device.calls.count("rotate") == 3
        done = [one.command_id for one in rig.deliveries if one.stage is Stage.DONE]
        assert done == [first, *more, between]


async def test_stop_and_skip_end_all_that_was_added_up():
    async with running(practice("motor")) as rig:
        first = rig.send("motor", "motor", Rotate(50, 60), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        second = rig.send("motor", "motor", Rotate(50, 60), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(second))
        assert rig.hub.skip(second)
        await rig.finished(first, second)
        assert [rig.drop(one) for one in (first, second)] == [Drop.SKIPPED] * 2
        third = rig.send("motor", "motor", Rotate(50, 60), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(third))
        fourth = rig.send("motor", "motor", Rotate(50, 60), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(fourth))
        rig.hub.stop_now("test")
        await rig.finished(third, fourth)
        assert {rig.final(one).stage for one in (third, fourth)} == {Stage.STOPPED}


async def test_an_off_while_more_is_asked_for_leaves_nothing_behind():
    device = scripted(Capability("out", Kind.MOTOR, "Out", Hazard.NONE))

    async def prolong(self, capability, instruction, duration_s):
        await self._follow("prolong")

    device.prolong, device.script["prolong"] = prolong, [0.1]
    async with hub_with(device) as rig:
        first = rig.send("d0", "out", Rotate(5, 60), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        second = rig.send("d0", "out", Rotate(5, 60), policy=ADD)
        await rig.until(lambda: "prolong" in device.calls)
        off = rig.send("d0", "out", Off())
        await rig.finished(first, second, off)
        assert rig.drop(second) is Drop.REPLACED
        assert not rig.hub.running()


async def test_a_refused_addition_leaves_what_runs_alone():
    device = scripted(Capability("out", Kind.LEVEL, "Out", Hazard.NONE))
    async with hub_with(device) as rig:
        first = rig.send("d0", "out", SetLevel(0.5), 0.3, policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        device.script["setlevel"] = [DriverError(Cause.REFUSED)]
        second = rig.send("d0", "out", SetLevel(0.5), 0.3, policy=ADD)
        await rig.finished(first, second)
        assert (rig.final(first).stage, rig.drop(second)) == (Stage.DONE, Drop.REFUSED)


async def test_a_confirmed_answer_is_what_the_practice_motor_gives():
    async with running(practice("motor", ack_ms=1)) as rig:
        first = rig.send("motor", "motor", Rotate(0.3, 100), policy=ADD)
        second = rig.send("motor", "motor", Rotate(0.3, 100), policy=ADD)
        await rig.finished(first, second)
        assert Ack.CONFIRMED.value in {one.detail for one in rig.deliveries}
        assert rig.values("motor")["angle"] == pytest.approx(0.6 * 360, abs=1)


async def test_what_was_being_added_at_stop_counts_as_sent():
    device = scripted(Capability("out", Kind.MOTOR, "Out", Hazard.NONE))

    async def prolong(self, capability, instruction, duration_s):
        await self._follow("prolong")

    device.prolong, device.script["prolong"] = prolong, [5.0]
    async with hub_with(device) as rig:
        first = rig.send("d0", "out", Rotate(5, 60), policy=ADD)
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        second = rig.send("d0", "out", Rotate(5, 60), policy=ADD)
        await rig.until(lambda: "prolong" in device.calls)
        rig.hub.stop_now("test")
        await rig.finished(first, second)
        # It may have moved: whoever owes what never moved must not take it for that.
        assert rig.steps(second) == [Stage.QUEUED, Stage.SENT, Stage.STOPPED]
