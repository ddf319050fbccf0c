"""The core is killed in the middle of a frame: the guardian's recipe is understood all the same.

One rule: every board on a serial port, on its bench; half of the newest frame is on its wire.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import pytest

from app.gateway.pipe import recipe_as_told
from app.guardian import recipes
from drivers.contract import overheard_by
from tests.drivers.benches import BENCHES, why_not

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.drivers.benches.bench import Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")
# Those whose way is a serial port; what is drawn anew all the time has no newest frame.
BOARDS = [
    one
    for one in BENCHES
    if one.split()[0]
    in (
        "firmata",
        "giftwire_line",
        "grbl",
        "lcus_relay",
        "marlin",
        "modbus_relay",
        "openshock",
        "pishock",
    )
    or one.startswith("template on a cable")
]


@pytest.fixture(params=BOARDS)
async def bench(request, tmp_path) -> AsyncIterator[Bench]:
    if reason := why_not(request.param):
        pytest.skip(reason)
    made = BENCHES[request.param](tmp_path)
    yield made
    await made.driver.close()
    made.close()


async def test_the_recipe_is_understood_behind_half_a_frame(bench):
    out: list[bytes] = []
    with overheard_by(lambda way, data: out.append(data) if way == "out" else None):
        capability = (await bench.open())[0]
    out.clear()
    await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
    assert bench.wait_for(lambda: not bench.resting())
    recipe = bench.driver.safe_recipe()
    assert recipe is not None
    await bench.abandon(bench.driver)
    frame = max(out, key=len)
    await asyncio.to_thread(half, recipe.address, recipe.speed_baud, frame[: len(frame) // 2])
    told = {"device": recipes.read(recipe_as_told(recipe))}
    safe = await asyncio.to_thread(recipes.send_all, told)
    assert safe["device"] is bool(recipe.expect)
    assert bench.wait_for(bench.resting)


def half(address: str, speed_baud: int, data: bytes) -> None:
    import serial

    with serial.Serial(address, speed_baud, exclusive=True) as port:
        port.write(data)
        port.flush()
