"""The one suite every driver must pass, on its bench (`benches.py`)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.core.catalog import scan
from app.gateway.pipe import recipe_as_told
from drivers.contract import ACCEPTS, Ack, Cause, Driver, DriverError, Off, Pulse, Rotate
from tests.drivers.benches import BENCHES, example_settings, why_not

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.drivers.benches.bench import Bench

DRIVERS = scan("drivers", Driver)
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=BENCHES)
async def bench(request, tmp_path) -> AsyncIterator[Bench]:
    if reason := why_not(request.param):
        pytest.skip(reason)
    made = BENCHES[request.param](tmp_path)
    yield made
    await made.driver.close()
    made.close()


async def until(true, timeout_s: float = 10.0) -> None:
    """Wait for something the loop brings about."""
    async with asyncio.timeout(timeout_s):
        while not true():  # noqa: ASYNC110 - drivers tell by callbacks of all kinds
            await asyncio.sleep(0.005)


async def turn_all_on(bench: Bench) -> None:
    for capability in await bench.open():
        await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
    assert bench.wait_for(lambda: not bench.resting())


def test_no_driver_is_broken_and_each_has_a_bench():
    assert DRIVERS.broken == {}
    assert set(DRIVERS.found) == {name.split()[0] for name in BENCHES}


@pytest.mark.parametrize("driver", DRIVERS.found.values(), ids=DRIVERS.found)
def test_titles_icons_and_settings_can_be_shown(driver: type[Driver]):
    assert driver.title
    assert driver.summary
    assert driver.icon
    settings = driver.settings_for(**example_settings(driver))
    again = driver.Settings.model_validate(json.loads(settings.model_dump_json()))
    assert again == settings
    for name, field in driver.Settings.model_json_schema()["properties"].items():
        assert field.get("title"), name
        assert field.get("description"), name
    with pytest.raises(ValueError, match="nonsense"):
        driver.settings_for(**example_settings(driver), nonsense=1)


@pytest.mark.parametrize("driver", DRIVERS.found.values(), ids=DRIVERS.found)
async def test_what_is_discovered_can_be_configured(driver: type[Driver]):
    for found in await driver.discover():
        assert found.driver == driver.key
        assert found.title
        driver.settings_for(**found.settings)


async def test_open_tells_what_it_can_do_and_comes_up_safe(bench):
    capabilities = await bench.open()
    assert capabilities
    assert bench.resting()
    assert len({one.id for one in capabilities}) == len(capabilities)
    assert all(one.title and one.kind in ACCEPTS for one in capabilities)
    assert bench.driver.firmware


async def test_every_instruction_of_the_kind_is_taken_and_off_ends_it(bench):
    for capability in await bench.open():
        ack = await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
        assert ack in (Ack.CONFIRMED, Ack.SENT)
        assert bench.wait_for(lambda: not bench.resting())
        await bench.driver.apply(capability.id, Off(), None)
        assert bench.wait_for(bench.resting)


async def test_off_is_taken_when_nothing_runs(bench):
    for capability in await bench.open():
        await bench.driver.apply(capability.id, Off(), None)
        await bench.driver.apply(capability.id, Off(), None)
    assert bench.resting()


async def test_self_timed_outputs_end_by_themselves_and_say_so(bench):
    timed = [one for one in await bench.open() if one.self_timed]
    for capability in timed:
        await bench.driver.apply(capability.id, bench.on_of(capability), 0.2)
    # One that cannot be read back ends all the same, but nobody hears of it.
    saying = sorted(one.id for one in timed if one.readback)
    await until(lambda: sorted(bench.heard.ended) == saying)
    assert bench.wait_for(bench.resting)


async def test_stop_works_from_another_thread_with_the_loop_blocked(bench):
    await turn_all_on(bench)
    thread = threading.Thread(target=bench.driver.stop_now)
    thread.start()
    thread.join()
    assert bench.wait_for(bench.resting)  # and the loop stands still in this very line


async def test_after_stop_nothing_turns_on_until_made_safe(bench):
    capability = (await bench.open())[0]
    bench.driver.stop_now()
    with pytest.raises(DriverError) as raised:
        await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
    assert raised.value.cause is Cause.REFUSED
    await bench.driver.apply(capability.id, Off(), None)
    assert bench.resting()
    assert await bench.driver.make_safe()
    await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
    assert bench.wait_for(lambda: not bench.resting())


async def test_make_safe_confirms_within_a_second_however_often(bench):
    await turn_all_on(bench)
    for _ in range(3):
        began = time.monotonic()
        assert await bench.driver.make_safe()
        assert time.monotonic() - began < 1.0  # the contract's own bound, not a speed
    assert bench.wait_for(bench.resting)


async def test_close_leaves_everything_off_and_may_be_called_again(bench):
    await turn_all_on(bench)
    await bench.driver.close()
    assert bench.wait_for(bench.resting)
    await bench.driver.close()
    bench.driver.stop_now()


async def test_close_without_open_is_no_error(bench):
    bench.driver.stop_now()
    await bench.driver.close()


async def test_what_the_output_cannot_do_is_refused(bench):
    for capability in await bench.open():
        wrong = Pulse() if Pulse not in ACCEPTS[capability.kind] else Rotate(1, 60)
        with pytest.raises(DriverError) as raised:
            await bench.driver.apply(capability.id, wrong, 1.0)
        assert raised.value.cause in (Cause.REFUSED, Cause.UNSUPPORTED)
    with pytest.raises(DriverError):
        await bench.driver.apply("no such output", Off(), None)
    assert bench.resting()


async def test_a_sign_of_life_can_be_asked_for(bench):
    await bench.open()
    await bench.driver.check()


async def test_loss_is_told_once(bench):
    if bench.lose is None:
        assert bench.driver.simulated
        return
    await turn_all_on(bench)
    bench.lose()
    await until(lambda: bench.heard.lost)
    with contextlib.suppress(DriverError):
        await bench.driver.apply((await _ids(bench))[0], Off(), None)
    assert not await bench.driver.make_safe()
    bench.driver.stop_now()
    await bench.driver.close()
    assert len(bench.heard.lost) == 1
    assert bench.heard.lost[0].cause is Cause.LOST


async def _ids(bench: Bench) -> list[str]:
    return list({one.capability for one in bench.heard.observations}) or ["motor"]


# What the guardian does: a process of its own, with nothing but the recipe.
STRANGER = """
import json, sys
from app.guardian import recipes
told = recipes.send_all({"device": recipes.read(json.load(sys.stdin))})
sys.exit(0 if told["device"] else 1)
"""


async def test_the_recipe_makes_the_device_safe_when_a_stranger_sends_it(bench):
    await turn_all_on(bench)
    recipe = bench.driver.safe_recipe()
    if recipe is None:
        if not bench.driver.simulated:
            # It needs none only if its far end rests by itself as soon as we are gone.
            await bench.abandon(bench.driver)
            assert bench.wait_for(bench.resting)
        return
    # As after kill -9: the port is let go without a word.
    await bench.abandon(bench.driver)
    assert not bench.resting()
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", STRANGER],
        input=json.dumps(recipe_as_told(recipe)).encode(),
        cwd=ROOT,
        timeout=30,
    )
    assert done.returncode == (0 if recipe.expect else 1)
    assert bench.wait_for(bench.resting)
