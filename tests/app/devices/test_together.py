"""Never A with B, and no more power than the supply gives: what does not fit waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.outcome import Drop, Stage
from app.devices.gate import Held
from app.devices.together import LOOK_EVERY_S, Interlock, Together
from drivers.contract import Off, Rotate, Run, SetColor, SetLevel, Switch
from tests.app.devices.rig import practice, running

MOTOR, RELAY, LIGHT = ("motor", "motor"), ("relay", "relay"), ("light", "light")
NEVER = Together((Interlock(MOTOR, ("relay", "")),))


@pytest.mark.parametrize(
    ("output", "on"), [(MOTOR, {RELAY: Switch(on=True)}), (RELAY, {MOTOR: Run(60)})]
)
def test_an_interlock_holds_both_ways(output, on):
    assert NEVER.held(output, Switch(on=True), on) == Held(Drop.INTERLOCK, LOOK_EVERY_S)
    assert NEVER.held(output, Off(), on) is None
    assert NEVER.held(LIGHT, Switch(on=True), on) is None


outputs = st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y"]))
sides = st.tuples(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]))


@given(st.lists(st.tuples(sides, sides), max_size=6), outputs, outputs)
def test_whoever_comes_first_an_interlock_holds_the_other(locks, one, other):
    together = Together(tuple(Interlock(*lock) for lock in locks))
    on, off = Switch(on=True), Off()
    first = together.held(one, on, {other: on})
    assert first == together.held(other, on, {one: on})
    assert together.held(one, off, {other: on}) is None
    named = any(
        {side[0] for side in lock} == {one[0], other[0]}
        and any(
            a[0] == one[0] and a[1] in ("", one[1]) and b[0] == other[0] and b[1] in ("", other[1])
            for a, b in (lock, lock[::-1])
        )
        for lock in locks
    )
    assert (first is not None) == (named and one != other)


def test_what_is_not_known_to_be_off_counts_as_on():
    assert NEVER.held(MOTOR, Run(60), {RELAY: None}) is not None


def test_an_output_does_not_wait_for_itself():
    assert NEVER.held(MOTOR, Run(60), {MOTOR: Run(30)}) is None


def test_power_is_shared_and_a_dim_light_draws_less():
    supply = Together((), 50.0, {MOTOR: 30.0, LIGHT: 40.0, RELAY: 60.0})
    assert supply.held(LIGHT, SetLevel(1.0), {MOTOR: Run(60)}) == Held(Drop.POWER, LOOK_EVERY_S)
    assert supply.held(LIGHT, SetLevel(0.5), {MOTOR: Run(60)}) is None
    assert supply.used_w({MOTOR: Run(60), LIGHT: SetColor(1, 1, 1, 0.5)}) == 50.0
    # It alone is more than there is: waiting would not help.
    assert supply.held(RELAY, Switch(on=True), {}) == Held(Drop.POWER)


def test_a_device_that_is_gone_is_in_no_interlock():
    assert NEVER.without("relay") == Together()


async def test_the_second_waits_until_the_first_rests_and_then_runs():
    async with running(practice("motor"), practice("relay")) as rig:
        rig.hub.together = NEVER
        first = rig.send("motor", "motor", Rotate(0.5, 100))
        await rig.until(lambda: Stage.ACKED in rig.steps(first))
        second = rig.send("relay", "relay", Switch(on=True), 0.1)
        await rig.until(lambda: rig.hub.device("relay").capabilities[0].held is Drop.INTERLOCK)
        assert Stage.SENT not in rig.steps(second)
        await rig.finished(first, second)
        stages = [(one.command_id, one.stage) for one in rig.deliveries]
        assert stages.index((first, Stage.DONE)) < stages.index((second, Stage.SENT))
        assert rig.final(second).stage is Stage.DONE


async def test_two_at_once_are_never_on_together_however_often():
    async with running(practice("motor"), practice("relay")) as rig:
        rig.hub.together = NEVER
        commands = []
        for _ in range(5):
            commands.append(rig.send("motor", "motor", Rotate(0.05, 100)))
            commands.append(rig.send("relay", "relay", Switch(on=True), 0.05))
        both = []
        while not all(rig.final(one) for one in commands):
            both.append(len(rig.hub.running()))
            rig.news.clear()
            await rig.news.wait()
        assert max(both) <= 1
        assert all(rig.final(one).stage is Stage.DONE for one in commands)


async def test_an_interlock_set_while_both_are_on_ends_the_one_that_began_later():
    async with running(practice("motor"), practice("relay"), practice("light")) as rig:
        motor = rig.send("motor", "motor", Rotate(50, 100))
        await rig.until(lambda: Stage.ACKED in rig.steps(motor))
        relay = rig.send("relay", "relay", Switch(on=True), 20.0)
        light = rig.send("light", "light", SetColor(1, 1, 1), 20.0)
        await rig.until(lambda: all(Stage.ACKED in rig.steps(one) for one in (relay, light)))
        rig.hub.set_together(NEVER)
        await rig.finished(relay)
        assert {one.device_id for one in rig.hub.running()} == {"motor", "light"}
        rig.hub.set_together(Together((), 50.0, {MOTOR: 30.0, LIGHT: 40.0}))
        await rig.finished(light)
        assert [one.device_id for one in rig.hub.running()] == ["motor"]


def test_what_is_not_known_to_be_off_is_not_what_ends():
    assert NEVER.too_many({RELAY: None, MOTOR: Run(60)}) == (MOTOR,)
    assert NEVER.too_many({MOTOR: Run(60)}) == ()


async def test_who_waited_too_long_is_told_why():
    async with running(practice("motor"), practice("relay")) as rig:
        rig.hub.together = NEVER
        rig.send("motor", "motor", Run(60), 5.0)
        await rig.until(rig.hub.running)
        late = rig.send("relay", "relay", Switch(on=True), 0.1, lives_s=0.4)
        await rig.finished(late)
        assert rig.drop(late) is Drop.INTERLOCK


async def test_off_and_stop_wait_for_nobody():
    async with running(practice("motor"), practice("relay")) as rig:
        rig.hub.together = NEVER
        rig.send("motor", "motor", Run(60), 30.0)
        await rig.until(rig.hub.running)
        waiting = rig.send("relay", "relay", Switch(on=True), 0.1)
        off = rig.send("motor", "motor", Off())
        await rig.finished(off, waiting)
        assert rig.final(waiting).stage is Stage.DONE
        rig.send("motor", "motor", Run(60), 30.0)
        await rig.until(rig.hub.running)
        waiting = rig.send("relay", "relay", Switch(on=True), 0.1)
        rig.hub.stop_now("test")
        await rig.finished(waiting)
        assert rig.drop(waiting) is Drop.STOPPED


async def test_a_supply_that_is_too_weak_for_one_says_so_at_once():
    async with running(practice("relay")) as rig:
        rig.hub.together = Together((), 10.0, {RELAY: 20.0})
        command = rig.send("relay", "relay", Switch(on=True), 0.1)
        await rig.finished(command)
        assert rig.drop(command) is Drop.POWER


async def test_the_power_that_is_drawn_now_is_told():
    async with running(practice("relay")) as rig:
        rig.hub.together = Together((), 30.0, {RELAY: 20.0})
        rig.send("relay", "relay", Switch(on=True), 5.0)
        await rig.until(rig.hub.running)
        assert rig.hub.used_w() == 20.0
        await rig.hub.remove("relay")
        assert (rig.hub.used_w(), rig.hub.together.watts) == (0.0, {})
