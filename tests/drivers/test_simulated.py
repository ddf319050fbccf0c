"""The practice machines: their physics on a clock of our own, and what they tell while they move."""

from __future__ import annotations

import asyncio
import itertools
import math

import pytest

from drivers.codecs.practice_machines import MACHINES, Machine
from drivers.contract import (
    Cause,
    DriverError,
    DriverSettings,
    Flash,
    Off,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
    own_length_s,
)
from drivers.simulated import TICK_S, Simulated
from tests.drivers.benches.bench import Heard
from tests.drivers.mqtt_bench import until


def run(
    machine: Machine, seconds: float, step_s: float = 0.05, begin: float = 0.0
) -> list[dict[str, float]]:
    """Let time pass; return what a sensor saw after each step."""
    seen = []
    for number in range(1, round(seconds / step_s) + 1):
        machine.advance(begin + number * step_s)
        seen.append(dict(machine.values()))
    return seen


def machine(name: str, *, self_timed: bool = True) -> Machine:
    return MACHINES[name](self_timed=self_timed)


@pytest.mark.parametrize(("rounds", "rpm"), [(10, 100), (0.25, 100), (1, 5), (3, 1), (0.01, 100)])
def test_a_rotation_turns_the_rounds_asked_within_its_own_length(rounds, rpm):
    motor = machine("motor")
    turn = Rotate(rounds, rpm)
    motor.start(turn, own_length_s(turn) + 0.5, 0.0)
    seen = run(motor, own_length_s(turn) + 0.5, 0.01)
    assert not motor.running
    assert seen[-1]["rounds_left"] == seen[-1]["rpm"] == 0
    assert seen[-1]["angle"] == pytest.approx(rounds % 1 * 360, abs=0.2)
    assert max(one["rpm"] for one in seen) <= rpm


def test_a_motor_ramps_up_and_down_and_turns_backwards():
    motor = machine("motor")
    motor.start(Rotate(2, 100, reverse=True), 9.0, 0.0)
    speeds = [one["rpm"] for one in run(motor, 2.0, 0.01)]
    assert -100 < speeds[0] < 0
    assert min(speeds) == -100
    top = speeds.index(-100)
    assert speeds[:top] == sorted(speeds[:top], reverse=True)
    assert motor.values()["angle"] == pytest.approx(0, abs=0.2)


def test_a_run_ends_with_its_time_and_a_host_timed_one_does_not():
    timed, untimed = machine("motor"), machine("motor", self_timed=False)
    for one in (timed, untimed):
        one.start(Run(60), 1.0, 0.0)
        run(one, 2.0)
    assert not timed.running
    assert untimed.running
    untimed.off()
    assert untimed.values()["rpm"] == 0


def test_a_light_blinks_as_often_as_asked():
    light = machine("light")
    light.start(Flash(3, 10, 20, 30, rate_hz=2.0), 9.0, 0.0)
    levels = [1.0] + [one["level"] for one in run(light, 2.0, 0.01)]
    rises = sum(second > first for first, second in itertools.pairwise(levels))
    assert rises == 2  # and it began lit
    assert not light.running
    assert light.values() == {"red": 10, "green": 20, "blue": 30, "level": 0}


def test_a_level_keeps_the_colour_or_is_white():
    light = machine("light")
    light.start(SetLevel(0.5), 1.0, 0.0)
    assert light.values() == {"red": 255, "green": 255, "blue": 255, "level": 0.5}
    light.start(SetColor(1, 2, 3, 0.8), 1.0, 0.0)
    light.start(SetLevel(0.2), 1.0, 0.1)
    assert light.values() == {"red": 1, "green": 2, "blue": 3, "level": 0.2}


def test_a_relay_and_the_effects_show_what_they_do():
    relay, effects = machine("relay"), machine("effects")
    relay.start(Pulse(), 0.2, 0.0)
    assert relay.values() == {"on": 1.0}
    run(relay, 0.3)
    assert relay.values() == {"on": 0.0}
    effects.start(Play("confetti"), 1.0, 0.0)
    run(effects, 0.5)
    assert effects.values() == {"effect": 2.0, "played_s": 0.5}
    run(effects, 1.0)
    assert effects.values() == {"effect": 0.0, "played_s": 0.0}


async def opened(heard: Heard, **settings: object) -> Simulated:
    driver = Simulated(Simulated.settings_for(**settings), heard.events())
    await driver.open()
    return driver


async def test_it_tells_at_most_twenty_times_a_second_and_nothing_at_rest():
    heard = Heard()
    driver = await opened(heard, machine="motor")
    await driver.apply("motor", Rotate(1, 100), 2.0)
    while not heard.ended:  # noqa: ASYNC110 - the end comes by callback
        await asyncio.sleep(0.01)
    told = [one for one in heard.observations if one.name == "angle"]
    assert 2 <= len(told) <= math.ceil(1.3 / TICK_S)
    count = len(heard.observations)
    await asyncio.sleep(0.2)
    assert len(heard.observations) == count
    assert heard.ended == ["motor"]
    await driver.close()


async def test_answers_can_be_slow():
    driver = await opened(Heard(), machine="relay", ack_ms=100)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await driver.apply("relay", Switch(on=True), 1.0)
    assert loop.time() - began >= 0.09
    await driver.close()


async def test_wrong_settings_and_unknown_effects_are_refused():
    with pytest.raises(DriverError) as raised:
        Simulated(DriverSettings(), Heard().events())
    assert raised.value.cause is Cause.BAD_CONFIG
    driver = await opened(Heard(), machine="effects")
    with pytest.raises(DriverError) as raised:
        await driver.apply("effect", Play("earthquake"), 1.0)
    assert raised.value.cause is Cause.UNSUPPORTED
    await driver.close()
    with pytest.raises(DriverError) as raised:
        await driver.apply("effect", Play("confetti"), 1.0)
    assert raised.value.cause is Cause.LOST


async def test_a_sensor_tells_what_it_feels_without_being_told_anything():
    heard = Heard()
    driver = Simulated(Simulated.settings_for(machine="sensor"), heard.events())
    (capability,) = await driver.open()
    await until(lambda: len(heard.observations) > 1)
    assert {one.name for one in heard.observations} == {"temperature"}
    assert all(18.0 <= one.value <= 30.0 for one in heard.observations)
    assert await driver.apply(capability.id, Off(), None)
    with pytest.raises(DriverError) as raised:
        await driver.apply(capability.id, Switch(on=True), 1.0)
    assert raised.value.cause is Cause.UNSUPPORTED
    assert driver.resting
    await driver.close()
    told = len(heard.observations)
    await asyncio.sleep(1.2)
    assert len(heard.observations) == told


def test_a_room_is_warm_and_cool_once_a_minute():
    told = [one["temperature"] for one in run(machine("sensor"), 60, 1.0)]
    assert (max(told), min(told)) == (30.0, 18.0)
