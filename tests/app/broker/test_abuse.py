"""Attacks from the network, short: whoever behaves loses no message, and the broker keeps nothing.

The long forms, with their figures, are the section `broker` of the benches.
"""

from __future__ import annotations

import asyncio

import pytest

from app.broker.limits import Limits
from app.tasks import Tasks
from tests.app.broker import attacks
from tests.app.broker.house import CORE, House, limits

PATIENCE_S = 30.0


class Canary:
    """Somebody who behaves: every message must arrive, in order."""

    def __init__(self, house):
        self.house = house
        self.sent = 0
        self._stop = asyncio.Event()

    async def run(self):
        hears = await self.house.client(CORE, "canary-in")
        await hears.subscribe("canary/#")
        says = await self.house.client(CORE, "canary-out")
        while not self._stop.is_set() or self.sent < 20:
            await says.publish("canary/x", b"%d" % self.sent)
            assert await hears.heard() == ("canary/x", b"%d" % self.sent)
            self.sent += 1
            await asyncio.sleep(0.01)

    def stop(self):
        self._stop.set()


async def attacked(attack, with_limits=None, *, over=True):
    """Run an attack on a house with a canary; return what the attack tells.

    `over` asks that nothing of it is left afterwards.
    """
    # The canary shares the address of the attackers, as nobody on a network does.
    async with House(with_limits or limits(connections_each=40)) as house:
        tasks, canary = Tasks(), Canary(house)
        running = tasks.spawn("canary", canary.run())
        await house.until(lambda: canary.sent)
        told = await asyncio.wait_for(attack(house.port), PATIENCE_S)
        canary.stop()
        await asyncio.wait_for(running, PATIENCE_S)
        if over:
            await house.until(lambda: len(house.guard._connections) <= 2)
            await house.until(lambda: len(house.broker.sessions) <= 2)
        assert sum(len(one) for one in house.broker.subscriptions.values()) <= 1
        await (await house.client(CORE, "afterwards")).ping()
        return told


@pytest.mark.parametrize(
    "attack",
    [
        attacks.garbage,
        attacks.garbage_inside,
        attacks.huge_header,
        attacks.guesses,
        attacks.greedy_subscriptions,
        attacks.come_and_go,
    ],
    ids=lambda one: one.__name__,
)
async def test_an_attack_costs_nobody_else_a_message(attack):
    await attacked(attack)


async def test_a_huge_message_is_cut_off_at_its_head():
    # What the sockets of both sides hold is gone by then.
    assert await attacked(attacks.huge_message) < 30


async def test_half_logins_are_over_by_the_deadline():
    took_s = await attacked(
        attacks.half_logins, limits(connect_s=0.5, waiting=40, connections_each=40)
    )
    assert took_s > 0.4


async def test_half_a_message_is_over_by_the_keep_alive():
    assert await attacked(attacks.half_message) > 1.0


async def test_of_many_connections_as_many_get_in_as_there_are_places():
    # Two places are the canary's.
    assert await attacked(attacks.many_connections) <= 38


async def test_readers_that_do_not_read_cost_nobody_else_a_message():
    async def attack(port):
        await attacks.never_reads(port, megabytes=3, times=3)

    await attacked(attack, limits(rate=10_000.0, rate_account=10_000.0, rate_all=10_000.0))


async def test_a_flood_costs_nobody_else_a_message():
    # What their sockets took is still coming when they are gone, one by one.
    assert await attacked(lambda port: attacks.flood(port, seconds=0.5), over=False) > 0


def test_the_numbers_are_those_that_were_measured():
    held = Limits()
    assert (held.connect_s, held.connect_bytes, held.packet_bytes) == (5.0, 4096, 262_144)
    assert (held.connections_each, held.waiting, held.rate, held.burst) == (64, 32, 100.0, 200.0)
    assert (held.rate_all, held.soft_bytes) == (700.0, 65_536)
    assert 1.5 * 1 + held.look_s <= 2.0  # keep-alive, times its shortest second
