"""Grbl: golden bytes, Grbl itself on a simulated Uno, and a board that misbehaves."""

from __future__ import annotations

import asyncio
import contextlib
import os

import pytest

from drivers.contract import Ack, Cause, DriverError, Off, Play, Rotate, Run
from drivers.grbl import Grbl
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.benches.grbl import DIRECTION_X, STEP_X, STEP_Y, still
from tests.drivers.test_contract import until
from tests.fakes.avr import uno
from tests.fakes.grbl_board import SETTINGS

TWO = [{"axis": "X"}, {"axis": "Y", "mm_per_round": 0.8}]
SWITCHES = SETTINGS | {22: 1}


class Hasty(Grbl):
    """Waits less for a board that says nothing."""

    boot_s = 0.2
    answer_s = 0.1


pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def board():
    from tests.fakes.grbl_board import GrblBoard

    made = []

    def make(**more):
        made.append(GrblBoard(**more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def real():
    if reason := uno.why_not("grbl"):
        pytest.skip(reason)
    made = uno.Uno("grbl")
    yield made
    made.close()


@contextlib.asynccontextmanager
async def opened(path, kind=Grbl, **settings):
    heard = Heard()
    shared = {key: settings.pop(key) for key in ("motors", "home") if key in settings}
    motors = shared.pop("motors", [settings])
    driver = kind(Grbl.settings_for(port=path, motors=motors, **shared), heard.events())
    try:
        driver.capabilities = await driver.open()
        yield driver, heard
    finally:
        await driver.close()


@pytest.mark.parametrize("case", golden.read("grbl"), ids=str)
async def test_golden_bytes(board, case):
    far = board()
    async with opened(far.path, **case.settings) as (driver, _):
        before = far.heard
        assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.CONFIRMED
        assert far.heard.startswith(before + b"".join(case.frames))
        assert far.lines[-1] == case.more.get("text", far.lines[-1])


# ---------------------------------------------------------------- Grbl itself


async def test_grbl_itself_makes_exactly_the_steps_it_was_told(real):
    async with opened(real.path, max_rpm=300) as (driver, heard):
        assert driver.firmware == "Grbl 1.1h"
        before = real[STEP_X].rises
        await driver.apply("motor_x", Rotate(3, 120), 5.0)
        await until(lambda: heard.ended == ["motor_x"])
        assert real.wait_for(lambda: real[STEP_X].rises - before == 600)
        assert not real[DIRECTION_X].high
        await driver.apply("motor_x", Rotate(1, 120, reverse=True), 5.0)
        await until(lambda: len(heard.ended) == 2)
        assert real.wait_for(lambda: real[STEP_X].rises - before == 800)
        assert max(one.value for one in heard.observations if one.name == "rpm") > 100


async def test_grbl_itself_adds_rounds_and_turns_the_other_way(real):
    async with opened(real.path) as (driver, heard):
        before = real[STEP_X].rises
        await driver.apply("motor_x", Rotate(1, 60), 5.0)
        assert await driver.prolong("motor_x", Rotate(0.5, 60), 5.0) is Ack.CONFIRMED
        await until(lambda: heard.ended == ["motor_x"])
        assert real.wait_for(lambda: real[STEP_X].rises - before == 300)
        await driver.apply("motor_x", Run(60), 9.0)
        await driver.apply("motor_x", Rotate(0.5, 60, reverse=True), 5.0)
        await until(lambda: len(heard.ended) == 2)
        assert real[DIRECTION_X].rises > 0


async def test_grbl_itself_stands_at_once_and_turns_again_when_made_safe(real):
    async with opened(real.path) as (driver, heard):
        await driver.apply("motor_x", Run(60), 20.0)
        assert await asyncio.to_thread(real.wait_for, lambda: real[STEP_X].rises > 50)
        # However often, and made safe at once.
        for _ in range(5):
            driver.stop_now()
        assert await driver.make_safe()
        assert await asyncio.to_thread(still, real)
        before = real[STEP_X].rises
        await driver.apply("motor_x", Rotate(0.5, 60), 5.0)
        await until(lambda: heard.ended == ["motor_x"])
        assert real.wait_for(lambda: real[STEP_X].rises - before == 100)
        assert heard.lost == []


async def test_grbl_itself_turns_two_motors_at_once_each_as_far_as_it_was_told(real):
    # Both have 250 steps a mm unless told otherwise: 0.8 mm are 200 steps.
    async with opened(real.path, motors=TWO) as (driver, heard):
        first = real[STEP_X].rises, real[STEP_Y].rises
        await driver.apply("motor_x", Rotate(2, 60), 5.0)
        await driver.apply("motor_y", Rotate(0.5, 30, reverse=True), 5.0)
        both = real[STEP_X].rises, real[STEP_Y].rises
        assert both[0] - first[0] < 300  # the first had not come to its end
        await until(lambda: sorted(heard.ended) == ["motor_x", "motor_y"])
        assert real[STEP_X].rises - first[0] == pytest.approx(400, abs=2)
        assert real[STEP_Y].rises - first[1] == pytest.approx(100, abs=2)


# ---------------------------------------------------------------- our own board


async def test_motors_turn_at_once_and_one_ends_without_the_other(board):
    far = board()
    async with opened(far.path, motors=TWO) as (driver, heard):
        await driver.apply("motor_x", Run(60), 20.0)
        await driver.apply("motor_y", Rotate(0.4, 60, reverse=True), 5.0)
        began = far.place
        assert await asyncio.to_thread(far.wait_for, lambda: far.place[1] < began[1] - 0.1)
        assert far.place[0] > began[0]
        await until(lambda: heard.ended == ["motor_y"])
        assert far.place[1] == pytest.approx(-0.32, abs=0.01)
        assert not far.resting
        await driver.apply("motor_y", Rotate(5, 60), 9.0)
        await driver.apply("motor_y", Off(), None)
        stopped = far.place
        assert await asyncio.to_thread(far.wait_for, lambda: far.place[0] > stopped[0] + 0.05)
        assert far.place[1] == pytest.approx(stopped[1], abs=0.002)
        far.lost_cancels = 1  # it says where it is, and turns on
        await driver.apply("motor_x", Off(), None)
        assert far.resting


async def test_off_of_a_motor_that_stands_disturbs_nobody(board):
    far = board()
    async with opened(far.path, motors=TWO) as (driver, _):
        await driver.apply("motor_x", Run(60), 20.0)
        before = far.heard.count(b"\x85")
        await driver.apply("motor_y", Off(), None)
        assert far.heard.count(b"\x85") == before
        assert not far.resting


async def test_rounds_are_added_beside_another_motor(board):
    far = board()
    async with opened(far.path, motors=TWO) as (driver, heard):
        await driver.apply("motor_x", Rotate(0.2, 60), 5.0)
        await driver.apply("motor_y", Rotate(0.2, 60), 5.0)
        assert await driver.prolong("motor_x", Rotate(0.3, 60), 5.0) is Ack.CONFIRMED
        await until(lambda: heard.ended == ["motor_y", "motor_x"])
        assert far.place[0] == pytest.approx(0.4, abs=0.01)
        assert far.place[1] == pytest.approx(0.16, abs=0.01)


async def test_a_motor_that_may_not_turn_leaves_the_others_turning(board):
    far = board()
    async with opened(far.path, motors=TWO) as (driver, heard):
        await driver.apply("motor_x", Rotate(0.5, 60), 5.0)
        far.refuses = 1
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor_y", Rotate(1, 60), 5.0)
        assert "Grbl error 15" in str(raised.value)
        await until(lambda: heard.ended == ["motor_x"])
        assert far.place == [pytest.approx(0.4, abs=0.01), 0.0, 0.0]


async def test_a_fourth_axis_is_there_only_if_the_board_tells_of_it(board):
    known = SETTINGS | {103: 10.0, 113: 6000.0}
    async with opened(board(settings=known, axes=4).path, axis="A") as (driver, _):
        assert await driver.apply("motor_a", Rotate(0.1, 60), 1.0) is Ack.CONFIRMED
    with pytest.raises(DriverError) as raised:
        async with opened(board().path, axis="A"):
            pass
    assert raised.value.cause is Cause.BAD_CONFIG


async def test_end_switches_are_looked_for_until_they_are_found(board):
    far = board(settings=SWITCHES, home_s=1.0)
    async with opened(far.path, home=True) as (driver, heard):
        assert await driver.apply("home", Play("home"), 30.0) is Ack.SENT
        await driver.check()
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor_x", Rotate(1, 60), 5.0)
        assert raised.value.cause is Cause.REFUSED
        await driver.apply("motor_x", Off(), None)
        await until(lambda: heard.ended == ["home"])
        assert await driver.apply("motor_x", Rotate(0.1, 60), 5.0) is Ack.CONFIRMED


async def test_the_search_for_end_switches_can_be_ended(board):
    far = board(settings=SWITCHES, home_s=30.0)
    async with opened(far.path, home=True) as (driver, heard):
        await driver.apply("home", Play("home"), 30.0)
        await driver.apply("home", Off(), None)
        assert far.resting
        assert await driver.apply("motor_x", Rotate(0.1, 60), 5.0) is Ack.CONFIRMED
        assert heard.lost == []


async def test_end_switches_that_are_off_on_the_board_are_told(board):
    with pytest.raises(DriverError) as raised:
        async with opened(board(settings=SETTINGS | {22: 0}).path, home=True):
            pass
    assert raised.value.cause is Cause.BAD_CONFIG
    async with opened(board(settings=SWITCHES).path) as (driver, _):
        assert [one.id for one in driver.capabilities] == ["motor_x"]
        with pytest.raises(DriverError):
            await driver.apply("home", Play("home"), 30.0)


def test_no_two_motors_have_one_axis():
    with pytest.raises(ValueError, match="X"):
        Grbl.settings_for(port="COM3", motors=[{"axis": "X"}, {"axis": "X"}])


async def test_the_fastest_speed_is_what_user_and_board_both_allow(board):
    # 600 mm a minute at 0.8 mm a round.
    async with opened(board().path, max_rpm=900) as (driver, _):
        assert driver.capabilities[0].limits.max_rpm == pytest.approx(750)
    async with opened(board().path, max_rpm=90) as (driver, _):
        assert driver.capabilities[0].limits.max_rpm == 90


async def test_a_board_that_tells_nothing_of_its_motor_needs_the_users_word(board):
    with pytest.raises(DriverError) as raised:
        async with opened(board(settings={}).path, kind=Hasty):
            pass
    assert raised.value.cause is Cause.BAD_CONFIG
    async with opened(board(settings={}).path, kind=Hasty, mm_per_round=5.0) as (driver, _):
        assert driver.capabilities[0].limits.max_rpm == 60


async def test_grbl_before_jogs_is_not_supported(board):
    with pytest.raises(DriverError) as raised:
        async with opened(board(version="0.9j").path):
            pass
    assert raised.value.cause is Cause.UNSUPPORTED


async def test_a_motor_turns_no_further_than_it_may(board):
    far = board()
    async with opened(far.path) as (driver, _):
        await driver.apply("motor_x", Run(60), 3.0)
        # 0.8 mm a second for 3 s, less what it needs to gain that speed at 100 mm/s2.
        assert far.lines[-1] == "$J=G91G21X2.394F48.0"


async def test_how_far_it_is_is_told(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        await driver.apply("motor_x", Rotate(0.4, 60, reverse=True), 2.0)
        await until(lambda: heard.ended == ["motor_x"])
    values = [(one.name, one.value) for one in heard.observations]
    assert ("rpm", -60.0) in values
    assert values[-2:] == [("rpm", 0.0), ("rounds_left", 0.0)]
    assert any(name == "rounds_left" and 0 < value < 0.4 for name, value in values)


async def test_a_lost_answer_never_turns_twice(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.mute = 1
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor_x", Rotate(50, 60), 60.0)
        assert raised.value.cause is Cause.NO_ANSWER
        assert sum(one.startswith("$J") for one in far.lines) == 1
        assert await asyncio.to_thread(far.wait_for, lambda: far.resting)


async def test_rounds_are_added_only_to_what_runs_the_same_way(board):
    far = board()
    async with opened(far.path) as (driver, _):
        assert await driver.prolong("motor_x", Rotate(1, 60), 2.0) is None
        await driver.apply("motor_x", Rotate(5, 60), 9.0)
        assert await driver.prolong("motor_x", Rotate(1, 60, reverse=True), 2.0) is None
        assert await driver.prolong("motor_x", Run(60), 2.0) is None
        assert await driver.prolong("motor_x", Rotate(1, 60), 9.0) is Ack.CONFIRMED
        await driver.apply("motor_x", Off(), None)
        assert await driver.prolong("motor_x", Rotate(1, 60), 2.0) is None


async def test_a_limit_switch_is_told_as_a_loss_and_opening_again_unlocks(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        await driver.apply("motor_x", Run(60), 20.0)
        # An alarm soon after a stop of ours is ours.
        driver._stop_sent_at -= 10
        far.hit_a_limit()
        await until(lambda: heard.lost)
        assert heard.lost[0].cause is Cause.LOST
    async with opened(far.path) as (driver, _):
        assert await driver.apply("motor_x", Rotate(0.1, 60), 1.0) is Ack.CONFIRMED


async def test_a_board_that_restarts_is_lost(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        driver._stop_sent_at -= 10
        far.restart()
        await until(lambda: heard.lost)
        assert not await driver.make_safe()


async def test_a_refusal_is_told_with_its_number(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.alarm = 1
        with pytest.raises(DriverError) as raised:
            await driver.apply("motor_x", Rotate(1, 60), 2.0)
        assert raised.value.cause is Cause.REFUSED
        assert "Alarm" in str(raised.value)
        assert await driver.make_safe()
        assert await driver.apply("motor_x", Rotate(0.1, 60), 2.0) is Ack.CONFIRMED


async def test_what_it_does_by_itself_when_it_starts_answers_nothing(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.mute = 1
        asked = driver.apply("motor_x", Rotate(1, 60), 2.0)

        async def start_script():
            assert await asyncio.to_thread(far.wait_for, lambda: not far.resting)
            for half in (b">G54", b"G20:", b"ok\r\n"):
                far.say(half)
                await asyncio.sleep(0.01)

        error, _ = await asyncio.gather(asked, start_script(), return_exceptions=True)
        assert error.cause is Cause.NO_ANSWER


async def test_a_board_that_does_not_stop_is_not_called_safe(board):
    far = board()
    async with opened(far.path) as (driver, _):
        far.deaf_to_stop = True
        assert not await driver.make_safe()


async def test_something_else_on_the_port_is_told(board):
    far = board(version="x")
    driver = Hasty(Grbl.settings_for(port=far.path), Heard().events())
    with pytest.raises(DriverError) as raised:
        await driver.open()
    assert raised.value.cause is Cause.NO_ANSWER
    await driver.close()


async def test_a_cable_pulled_while_the_board_is_asked_is_told_once(board):
    far = board()
    async with opened(far.path) as (driver, heard):
        far.mute = 99
        heard_before = len(far.heard)

        async def pull():
            assert await asyncio.to_thread(far.wait_for, lambda: len(far.heard) > heard_before)
            await asyncio.to_thread(far.unplug)

        asked = driver.apply("motor_x", Rotate(5, 60), 9.0)
        error, _ = await asyncio.gather(asked, pull(), return_exceptions=True)
        assert isinstance(error, DriverError)
        await until(lambda: heard.lost)
        with pytest.raises(DriverError):
            await driver.check()
    assert [one.cause for one in heard.lost] == [Cause.LOST]
