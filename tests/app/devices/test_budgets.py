"""What an output may use up is counted over the days, and stops it when it is used up."""

import asyncio
import time

from app.core.outcome import Drop, Stage
from app.devices.budgets import Budget, Meter, Spent, day_of
from app.devices.config import DeviceConfig
from drivers.contract import Pulse, QueuePolicy, Switch
from tests.app.devices.rig import practice, running


def test_time_on_counts_until_the_day_is_over_and_wear_until_the_service():
    meter = Meter(Budget(on_s_per_day=10.0), Spent(day=1, on_s_today=4.0, worn_s=100.0))
    assert meter.left_s(0.0, 1) == 6.0
    meter.begin(0.0, 1, 1)
    assert meter.left_s(2.0, 1) == 4.0
    assert meter.end(5.0, 1)
    assert not meter.end(6.0, 1)
    assert meter.spent(6.0, 1) == Spent(1, 9.0, 1, 105.0)
    assert meter.left_s(6.0, 2) == 10.0
    meter.refill("service", 6.0, 1)
    assert meter.spent(6.0, 1).worn_s == 0.0
    meter.refill("day", 6.0, 1)
    assert meter.left_s(6.0, 1) == 10.0


def test_shots_are_counted_without_end_and_begin_anew_with_a_refill():
    meter = Meter(Budget(shots=3), Spent())
    meter.begin(0.0, 1, 2)
    assert meter.shots_left() == 1
    meter.begin(1.0, 1, 1)
    assert meter.shots_left() == 0
    meter.refill("shots", 2.0, 1)
    assert meter.shots_left() == 3


def test_a_day_is_one_of_the_calendar_on_the_wall():
    noon = time.mktime((2026, 11, 21, 12, 0, 0, 0, 0, -1)) * 1000
    assert day_of(int(noon)) == day_of(int(noon) + 3_600_000)
    assert day_of(int(noon)) != day_of(int(noon) + 24 * 3_600_000)


def with_budget(machine, output, budget):
    config = practice(machine)
    return DeviceConfig(
        config.id, config.name, config.driver, config.settings, budgets={output: budget}
    )


async def test_an_empty_puffer_says_so_and_works_again_when_refilled():
    told = []
    async with running(with_budget("puffer", "puff", Budget(shots=2))) as rig:
        (output,) = rig.hub.capabilities("puffer")
        rig.hub.adjust(
            DeviceConfig(
                "puffer",
                "Puffer",
                "simulated",
                {"machine": "puffer"},
                budgets={output.id: Budget(shots=2)},
                known=(output,),
            )
        )
        rig.hub.on_spent = lambda *spent: told.append(spent)
        shots = [rig.send("puffer", output.id, Pulse(), 0.05) for _ in range(3)]
        await rig.finished(*shots)
        assert [rig.final(one).stage for one in shots[:2]] == [Stage.DONE, Stage.DONE]
        assert rig.drop(shots[2]) is Drop.USED_UP
        assert told[-1][2].shots == 2
        rig.hub.worker("puffer").gates.refill(output.id, "shots")
        more = rig.send("puffer", output.id, Pulse(), 0.05)
        await rig.finished(more)
        assert rig.final(more).stage is Stage.DONE


async def test_shots_that_add_up_are_not_more_than_are_left():
    async with running(with_budget("puffer", "puff", Budget())) as rig:
        (output,) = rig.hub.capabilities("puffer")
        config = rig.hub.config("puffer")
        rig.hub.adjust(
            DeviceConfig(
                config.id,
                config.name,
                config.driver,
                config.settings,
                budgets={output.id: Budget(shots=2)},
            )
        )
        shots = [
            rig.send("puffer", output.id, Pulse(), 0.02, policy=QueuePolicy.ADD) for _ in range(5)
        ]
        await rig.finished(*shots)
        done = [one for one in shots if rig.final(one).stage is Stage.DONE]
        assert len(done) == 2
        assert rig.hub.device("puffer").capabilities[0].spent.shots == 2


async def test_the_time_of_a_day_cuts_the_last_and_drops_the_next():
    async with running(with_budget("relay", "relay", Budget(on_s_per_day=0.3))) as rig:
        first = rig.send("relay", "relay", Switch(on=True), 5.0)
        await rig.finished(first)
        assert rig.final(first).stage is Stage.DONE
        next_one = rig.send("relay", "relay", Switch(on=True), 5.0)
        await rig.finished(next_one)
        assert rig.drop(next_one) is Drop.USED_UP


async def test_what_is_worn_goes_on_and_is_shown():
    async with running(with_budget("relay", "relay", Budget(service_after_s=0.01))) as rig:
        for _ in range(2):
            await rig.finished(rig.send("relay", "relay", Switch(on=True), 0.05))
        output = rig.hub.device("relay").capabilities[0]
        assert output.spent.worn_s > output.budget.service_after_s


async def test_what_was_used_stays_used_when_settings_change():
    async with running(with_budget("relay", "relay", Budget(shots=9))) as rig:
        await rig.finished(rig.send("relay", "relay", Switch(on=True), 0.05))
        await rig.hub.configure("relay", {"machine": "relay", "ack_ms": 1})
        await rig.online("relay")
        assert rig.hub.device("relay").capabilities[0].spent.shots == 1
        await asyncio.sleep(0)
