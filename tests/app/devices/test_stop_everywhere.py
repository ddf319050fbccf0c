"""STOP, when every way there is to a device has something on, and the program's loop stands still."""

from __future__ import annotations

import asyncio
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from app.core.outcome import Stage
from drivers.contract import ACCEPTS, Switch
from tests.app.devices.rig import Rig, running
from tests.drivers import every_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.drivers.benches.bench import Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")


@pytest.fixture
def world(tmp_path) -> Iterator[dict]:
    made = every_way.made(tmp_path)
    yield made
    for bench, _ in made.values():
        bench.close()


async def all_on(rig: Rig, world: dict) -> list[str]:
    """Turn everything on; return the commands."""
    commands = []
    for bench, config in world.values():
        for state in rig.hub.device(config.id).capabilities:
            if ACCEPTS[state.capability.kind]:
                on = bench.on_of(state.capability)
                commands.append(rig.send(config.id, state.capability.id, on, 9.0))
    for bench, _ in world.values():
        assert await asyncio.to_thread(bench.wait_for, lambda bench=bench: not bench.resting())
    return commands


async def test_stop_reaches_every_device_while_the_loop_stands_still(world):
    assert len(world) + len(every_way.missing()) == len(every_way.WAYS)
    async with running(*(config for _, config in world.values())) as rig:
        commands = await all_on(rig, world)
        timer = threading.Timer(0.1, rig.hub.stop_now, ["test"])
        timer.start()
        # The loop stands still in these lines; only threads can have done it.
        still_on = [way for way, (bench, _) in world.items() if not rests(bench)]
        timer.join()
        assert still_on == []
        await rig.finished(*commands)
        assert not {rig.final(one).stage for one in commands} & {Stage.DONE}
        confirmed = {config.id: True for _, config in world.values()}
        await rig.until(lambda: rig.hub.stop_state.confirmed == confirmed)
        # And nothing is turned on from here.
        late = rig.send("d0", "relay1", Switch(on=True), 1.0)
        await rig.finished(late)
        assert rig.final(late).stage is not Stage.DONE
        assert all(bench.resting() for bench, _ in world.values())


def rests(bench: Bench) -> bool:
    return bench.wait_for(bench.resting)
