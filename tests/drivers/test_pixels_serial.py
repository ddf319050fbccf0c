"""LED strips on a serial port: golden bytes, and boards that answer, fall silent or never do."""

from __future__ import annotations

import os

import pytest
from pydantic import ValidationError

from drivers.contract import Ack, Cause, DriverError, Play, SetColor, overheard_by
from drivers.pixels_serial import PixelsSerial
from tests.drivers import golden
from tests.drivers.benches.bench import Heard

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def board():
    from tests.fakes.pixel_board import PixelBoard

    made = PixelBoard()
    yield made
    made.close()


async def opened(board, **settings):
    told = PixelsSerial.settings_for(port=board.path, **settings)
    driver = PixelsSerial(told, Heard().events())
    await driver.open()
    return driver


@pytest.mark.parametrize("case", golden.read("pixels_serial"), ids=str)
async def test_golden_bytes(board, case):
    driver = await opened(board, **case.settings)
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    assert board.wait_for(lambda: case.frames[0] in board.heard)
    await driver.close()


async def test_a_board_that_answered_once_must_answer_on(board):
    driver = await opened(board, protocol="tpm2", leds=3)
    await driver.apply("strip", SetColor(1, 2, 3), 9.0)
    assert board.wait_for(lambda: board.strip == bytes([1, 2, 3] * 3))
    await driver.check()
    assert driver.safe_recipe().expect == b"\xac"
    board.answers = False
    with pytest.raises(DriverError) as raised:
        await driver.check()
    assert raised.value.cause is Cause.NO_ANSWER
    assert not await driver.make_safe()
    # What could not be confirmed was done all the same.
    assert board.wait_for(lambda: board.resting)
    await driver.close()


@pytest.mark.parametrize("protocol", ["adalight", "tpm2"])
async def test_a_board_that_never_answers_is_taken_as_it_is(board, protocol):
    board.answers = False
    driver = await opened(board, protocol=protocol, leds=3)
    await driver.check()
    assert driver.safe_recipe().expect == b""
    assert await driver.make_safe()
    await driver.close()


async def test_a_still_strip_is_told_again_or_the_board_would_let_go(board):
    driver = await opened(board, leds=3)
    await driver.apply("strip", SetColor(1, 2, 3), 9.0)
    lit = bytes([1, 2, 3] * 3)
    assert board.wait_for(lambda: board.seen.count(lit) >= 3)
    await driver.close()
    assert board.wait_for(lambda: board.resting)


async def test_whoever_reads_along_sees_each_change_once_and_every_answer(board):
    seen: list[tuple[str, bytes]] = []
    with overheard_by(lambda way, data: seen.append((way, data))):
        driver = await opened(board, protocol="tpm2", leds=1)
    await driver.apply("strip", SetColor(1, 2, 3), 9.0)
    assert board.wait_for(lambda: board.seen.count(bytes([1, 2, 3])) >= 3)
    await driver.close()
    lit = [data for way, data in seen if data[4:7] == bytes([1, 2, 3])]
    assert lit == [bytes.fromhex("c9da000301020336")]
    assert ("out", b"\xc9\xaa") in seen
    assert ("in", b"\xac") in seen


async def test_an_effect_moves_on_its_own(board):
    driver = await opened(board, leds=10, speed_baud=1_000_000)
    await driver.apply("effect", Play("rainbow"), 9.0)
    assert board.wait_for(lambda: len(set(board.seen)) > 10)
    driver.stop_now()
    assert board.wait_for(lambda: board.resting)
    await driver.close()


@pytest.mark.parametrize(
    ("leds", "speed_baud"), [(1000, 250_000), (300, 115_200), (1, 4_000_000), (20, 9600)]
)
def test_frames_are_not_made_faster_than_the_wire_carries_them(leds, speed_baud):
    settings = PixelsSerial.settings_for(port="COM3", leds=leds, speed_baud=speed_baud)
    assert settings.fastest_hz <= 40.0
    assert settings.fastest_hz * (6 + 3 * leds) * 10 <= speed_baud * 0.8 + 1e-6


def test_a_strip_on_which_stop_would_come_late_is_refused():
    with pytest.raises(ValidationError, match="1000 LEDs are too many for this speed"):
        PixelsSerial.settings_for(port="COM3", leds=1000, speed_baud=115_200)
