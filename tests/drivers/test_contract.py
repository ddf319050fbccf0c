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
from app.gui import icons
from drivers.contract import ACCEPTS, Ack, Cause, Driver, DriverError, Off, Pulse, Rotate
from tests.drivers.benches import BENCHES, example_settings, why_not

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.drivers.benches.bench import Bench

DRIVERS = scan("drivers", Driver)
ROOT = Path(__file__).parents[2]
SEEN = "look at what the far end heard, and whether resting() of its bench looks at the right thing"


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
    assert DRIVERS.broken == {}, "these files of drivers/ do not load, or hold no Driver with a key"
    benched = {name.split()[0] for name in BENCHES}
    missing = [f"tests/drivers/benches/{key}.py" for key in DRIVERS.found.keys() - benched]
    assert not missing, f"write {missing}, with BENCHES = {{'<key>': make}}; see drivers/README.md"
    strange = benched - DRIVERS.found.keys()
    assert not strange, f"BENCHES of {strange}: the first word of a name is the key of a driver"


@pytest.mark.parametrize("key", DRIVERS.found)
def test_each_driver_has_its_own_test_and_golden_bytes(key):
    wanted = [f"tests/drivers/test_{key}.py"]
    if not DRIVERS.found[key].simulated:
        wanted.append(f"tests/data/golden/{key}.toml")
    missing = [path for path in wanted if not (ROOT / path).exists()]
    assert not missing, f"write {missing}; see drivers/README.md"


@pytest.mark.parametrize("driver", DRIVERS.found.values(), ids=DRIVERS.found)
def test_titles_icons_and_settings_can_be_shown(driver: type[Driver]):
    assert driver.title, "give it a title = N_(...)"
    assert driver.summary, "give it a summary = N_(...): one line in the list of devices"
    assert driver.icon in icons.PATHS, f"its icon is none of {sorted(icons.PATHS)}"
    settings = driver.settings_for(**example_settings(driver))
    again = driver.Settings.model_validate(json.loads(settings.model_dump_json()))
    assert again == settings
    for name, field in driver.Settings.model_json_schema()["properties"].items():
        assert field.get("title"), f"setting {name!r} needs a title=N_(...)"
        assert field.get("description"), f"setting {name!r} needs a description=N_(...)"
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
    assert capabilities, "open() returns what the device can do"
    assert bench.resting(), "open() leaves every output at rest before it returns"
    assert len({one.id for one in capabilities}) == len(capabilities)
    assert all(one.title and one.kind in ACCEPTS for one in capabilities)
    assert bench.driver.firmware, "open() sets self.firmware: what the device says it is"


async def test_every_instruction_of_the_kind_is_taken_and_off_ends_it(bench):
    for capability in await bench.open():
        ack = await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
        assert ack in (Ack.CONFIRMED, Ack.SENT)
        assert bench.wait_for(lambda: not bench.resting()), f"{capability.id} is not on: {SEEN}"
        await bench.driver.apply(capability.id, Off(), None)
        assert bench.wait_for(bench.resting), f"{capability.id} is not off again: {SEEN}"


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
    # And the loop stands still in this very line.
    assert bench.wait_for(bench.resting), f"stop_now() must send without the loop: {SEEN}"


async def test_after_stop_nothing_turns_on_until_made_safe(bench):
    capability = (await bench.open())[0]
    bench.driver.stop_now()
    with pytest.raises(DriverError) as raised:
        await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
    assert raised.value.cause is Cause.REFUSED, "after stop_now() what turns on is REFUSED"
    await bench.driver.apply(capability.id, Off(), None)
    assert bench.resting()
    assert await bench.driver.make_safe()
    await bench.driver.apply(capability.id, bench.on_of(capability), 9.0)
    assert bench.wait_for(lambda: not bench.resting())


async def test_make_safe_confirms_within_a_second_however_often(bench):
    await turn_all_on(bench)
    for _ in range(3):
        began = time.monotonic()
        assert await bench.driver.make_safe(), "make_safe() is True once the device said so"
        # The contract's own bound, not a speed.
        assert time.monotonic() - began < 1.0, "make_safe() answers within a second, repeats too"
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
    if not bench.connected:
        await _expect_silence(bench)
        return
    await until(lambda: bench.heard.lost)
    with contextlib.suppress(DriverError):
        await bench.driver.apply((await _ids(bench))[0], Off(), None)
    assert not await bench.driver.make_safe()
    bench.driver.stop_now()
    await bench.driver.close()
    assert len(bench.heard.lost) == 1
    assert bench.heard.lost[0].cause is Cause.LOST


async def _expect_silence(bench: Bench) -> None:
    with pytest.raises(DriverError) as raised:
        await bench.driver.check()
    assert raised.value.cause in (Cause.NO_ANSWER, Cause.LOST)
    assert not await bench.driver.make_safe()
    bench.driver.stop_now()
    await bench.driver.close()
    assert not bench.heard.lost


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
    assert not bench.resting(), "abandon() must leave without a word, as kill -9 does"
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", STRANGER],
        input=json.dumps(recipe_as_told(recipe)).encode(),
        cwd=ROOT,
        timeout=30,
    )
    told = f"the guardian sent safe_recipe(), {recipe.kind} to {recipe.address}, and"
    answered = recipe.expect or recipe.options.get("http")
    wanted = 0 if answered and not recipe.options.get("only_taken") else 1
    assert done.returncode == wanted, f"{told} did not see {recipe.expect!r} in the answer"
    assert bench.wait_for(bench.resting), f"{told} it is not at rest: {SEEN}"
