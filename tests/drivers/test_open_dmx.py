"""Open DMX cables: golden bytes, a break before every frame, and the port's own settings."""

from __future__ import annotations

import asyncio
import os
import re
import sys

import pytest

from app.guardian import recipes
from drivers.contract import Ack, Cause, DriverError, SetColor, overheard_by
from drivers.open_dmx import OpenDmx
from drivers.transports.break_port import BreakOptions, BreakPort
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.test_contract import until
from tests.drivers.transports.far import sent_by_the_guardian

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs pseudo terminals")


@pytest.fixture
def line():
    from tests.fakes.dmx_line import DmxLine

    made = DmxLine()
    yield made
    made.close()


async def opened(port: str, **settings):
    heard = Heard()
    driver = OpenDmx(OpenDmx.settings_for(port=port, **settings), heard.events())
    try:
        await driver.open()
    except DriverError:
        await driver.close()
        raise
    return driver, heard


def what_was_done(spied: str) -> list[str]:
    """Return what pyserial's own spy saw on a port: breaks, and the first bytes of frames."""
    told = re.findall(r"^\d+\.\d+ (BRK  \w+|TX   0000  (?:\w\w ){3})", spied, re.MULTILINE)
    return [one.split("  ")[-1].strip() for one in told]


@pytest.mark.parametrize("case", golden.read("open_dmx"), ids=str)
async def test_golden_bytes(line, case):
    driver, _ = await opened(line.path, **case.settings)
    assert await driver.apply(case.output, case.instruction, case.duration_s) is Ack.SENT
    assert line.wait_for(lambda: case.frames[0] in line.heard)
    await driver.close()
    assert line.strange == 0


async def test_every_frame_follows_a_break_and_dark_is_sent_three_times_at_the_end(line, capsys):
    driver, _ = await opened(f"spy://{line.path}")
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    assert line.wait_for(lambda: len(line.frames) > 5)
    await driver.close()
    done = what_was_done(capsys.readouterr().err)
    frames = done[2::3]
    assert done == [one for frame in frames for one in ("active", "inactive", frame)]
    assert frames[0] == "00 00 00"
    assert "00 01 02" in frames
    assert frames[-3:] == ["00 00 00"] * 3


async def test_the_port_is_set_as_dmx_wants_it(line):
    import fcntl
    import termios

    driver, _ = await opened(line.path)
    assert termios.tcgetattr(line._far)[2] & termios.CSTOPB
    if sys.platform == "linux":
        # TCGETS2 tells speeds that have no name; the last number is the one of what is sent.
        told = fcntl.ioctl(line._far, 0x802C542A, bytes(44))
        assert int.from_bytes(told[-4:], sys.byteorder) == 250_000
    await driver.close()


async def test_frames_are_repeated_while_nothing_changes(line):
    driver, _ = await opened(line.path)
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    lit = bytes([1, 2, 3]).ljust(24, b"\x00")
    assert line.wait_for(lambda: line.frames.count(lit) > 5)
    await driver.close()


async def test_whoever_reads_along_sees_each_change_once(line):
    seen: list[bytes] = []
    with overheard_by(lambda way, data: seen.append(data[:4])):
        driver, _ = await opened(line.path)
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    before = len(line.frames)
    assert line.wait_for(lambda: len(line.frames) > before + 3)
    await driver.close()
    assert seen == [bytes(4), bytes([0, 1, 2, 3]), bytes(4)]


async def test_the_guardian_sends_a_break_before_each_dark_frame(line, capsys):
    driver, _ = await opened(line.path)
    recipe = driver.safe_recipe()
    await driver.close()
    before = len(line.frames)
    assert not await asyncio.to_thread(sent_by_the_guardian, recipe)  # a cable confirms nothing
    assert line.wait_for(lambda: len(line.frames) == before + 3)
    assert not any(line.line)
    # How it goes about it is seen on a port that is spied on.
    way = recipes._way("serial")
    import serial

    with serial.serial_for_url(f"spy://{line.path}", baudrate=250_000) as port:
        capsys.readouterr()
        told = recipes.Recipe(
            *("serial", line.path, recipe.frames, 250_000, b"", 0.1, 0.0), options=recipe.options
        )
        way._set_rts(port, told)
        way._send(port, told)
    spied = capsys.readouterr().err
    assert what_was_done(spied) == ["active", "inactive", "00 00 00"] * 3
    assert "RTS  inactive" in spied


async def test_a_port_that_is_not_there_or_held_by_another_is_told(line, tmp_path):
    with pytest.raises(DriverError) as raised:
        await opened(str(tmp_path / "ttyNONE"))
    assert raised.value.cause is Cause.NOT_FOUND
    driver, _ = await opened(line.path)
    with pytest.raises(DriverError) as raised:
        await opened(line.path)
    assert raised.value.cause is Cause.BUSY
    await driver.close()


async def test_unplugged_while_it_shines_it_is_lost_once(line):
    driver, heard = await opened(line.path)
    await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    await asyncio.to_thread(line.unplug)
    await until(lambda: heard.lost)
    with pytest.raises(DriverError) as raised:
        await driver.apply("lamp1", SetColor(1, 2, 3), 9.0)
    assert raised.value.cause is Cause.LOST
    await driver.close()
    assert [one.cause for one in heard.lost] == [Cause.LOST]


async def test_a_port_given_up_while_it_opens_is_let_go_of(line):
    port = BreakPort(BreakOptions(line.path))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await port.open(print)
    await port.close()
    for _ in range(100):
        try:
            driver, _ = await opened(line.path)
        except DriverError as error:
            held = error
            await asyncio.sleep(0.02)
        else:
            break
    else:
        raise held
    await driver.close()


async def test_a_frame_never_runs_into_the_one_before_it(line, capsys):
    port = BreakPort(BreakOptions(f"spy://{line.path}"))
    await port.open(print)
    frame = bytes(513)

    def send() -> None:
        for _ in range(4):
            assert port.send(frame)

    await asyncio.to_thread(send)
    await port.close()
    assert not port.send(frame)
    spied = capsys.readouterr().err
    times = [float(one) for one in re.findall(r"^(\d+\.\d+) TX   0000", spied, re.MULTILINE)]
    breaks = [float(one) for one in re.findall(r"^(\d+\.\d+) BRK  active", spied, re.MULTILINE)]
    # 513 bytes of 11 bits at 250000 a second; the spy tells thousandths.
    gaps = [later - sent for sent, later in zip(times, breaks[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 513 * 11 / 250_000 - 0.001
