"""The window on the whole program: a gift moves the motor, STOP holds it, a killed core returns."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import signal
import sys
import time

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from app import endpoint, launch
from app.gateway.client import Client
from app.gui.application import Program
from app.gui.options import OptionsFile

LEFT = Qt.MouseButton.LeftButton
WAIT_S = 30.0

pytestmark = pytest.mark.e2e


async def until(true, what):
    end = time.monotonic() + WAIT_S
    while not (found := true()):
        assert time.monotonic() < end, f"never came: {what}"
        await asyncio.sleep(0.01)
    return found


@contextlib.asynccontextmanager
async def program_of(profile, language, **options):
    """Yield a desk with the guardian and core it started; in the end all of them are gone."""
    options = launch.CoreOptions(demo=True, **options)
    program = Program(OptionsFile(profile), language)
    client = Client(
        profile,
        start_core=functools.partial(launch.start_guardian, profile, options),
        on_changed=program.bridge.take_changed,
        on_snapshot=program.bridge.take_snapshot,
        on_link=program.bridge.take_link,
        on_stop_report=program.bridge.take_stop_report,
    )
    program.start(client)
    try:
        await until(lambda: program.bridge.state.connected, "the core")
        await until(lambda: program.bridge.state.ready == 4, "four devices")
        yield program
    finally:
        program.quit()
        await program.end()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        await until(lambda: not launch.reap(), "the guardian's end")


def motor_of(program):
    """Return the device that turns and the speed it reports."""
    for device in program.bridge.state.devices.values():
        for capability in device.capabilities:
            if capability.kind == "motor":
                return device.id, abs(capability.values.get("rpm", 0.0))
    return "", 0.0


def turns(program):
    device_id, rpm = motor_of(program)
    return rpm > 0 and program.window.pages["live"].tiles[device_id].picture.motion.rpm


def newest(program):
    """Return the newest row of the activity list as the core sent it."""
    model = program.window.pages["live"].activity.model
    return model.entry(model.index(0, 0)).row if model.rowCount() else None


def ran(program, count):
    row = newest(program)
    fits = row is not None and (row.gift, row.count, row.result) == ("Rose", count, "ran")
    return row if fits else None


async def practise(program, count):
    """Send roses by the practise card; return their row once they ran."""
    page = program.window.pages["live"]
    page.start_practise()
    page.practise.count.setValue(count)
    QTest.mouseClick(page.practise.send, LEFT)
    return await until(lambda: ran(program, count), "a row of roses that ran")


async def turned(program, count):
    """Send so many roses that the motor is to be seen turning, however slow this computer is."""
    row = await practise(program, count)
    await until(lambda: turns(program), "a turning motor on its tile")
    return row


def stages(page):
    """Return what the open receipt tells of the motor."""
    return [one.stage for one in page.sheet._receipt.deliveries]


async def core_id(profile):
    state = await asyncio.to_thread(endpoint.ask, profile, {"want": "state"}, WAIT_S)
    return state["pid"]


async def test_practised_roses_turn_the_motor_and_stop_is_confirmed(qapp, profile, language):
    async with program_of(profile, language) as program:
        row = await practise(program, 3)
        assert (row.count, row.source, row.device) == (3, "pretend", "Motor")
        page = program.window.pages["live"]
        page.explaining.open_entry(page.activity.model.entry(page.activity.model.index(0, 0)))
        await until(lambda: page.sheet._receipt is not None, "the receipt of three rounds")
        await until(lambda: stages(page)[-1:] == ["done"], "the end of three rounds")
        page.sheet.hide()
        await until(lambda: motor_of(program)[1] == 0, "a motor that has stopped")

        await turned(program, 100)
        QTest.mouseClick(program.window.header.stop, LEFT)
        assert program.window.banner.isVisible()
        state = program.bridge.state
        await until(lambda: list(state.stop.confirmed.values()) == [True] * 4, "four confirmed")
        await until(lambda: motor_of(program)[1] == 0, "a still motor")
        assert "4 devices confirmed" in program.window.banner.words.words()

        page.explaining.open_entry(page.activity.model.entry(page.activity.model.index(0, 0)))
        await until(lambda: page.sheet._receipt is not None, "the receipt of the stopped gift")
        assert "stopped" in stages(page)
        page.sheet.hide()

        program.bridge.resume()
        await until(lambda: not program.window.banner.isVisible(), "the end of the stop")
        await turned(program, 40)
        page.explaining.open_entry(page.activity.model.entry(page.activity.model.index(0, 0)))
        await until(lambda: page.sheet._receipt is not None, "the receipt of a gift that runs")
        assert "done" not in stages(page)
        page.running._lines[0].skip.click()
        await until(lambda: "done" in stages(page), "the end, in the open receipt")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX")
async def test_a_killed_core_is_told_and_comes_back(qapp, profile, language):
    async with program_of(profile, language) as program:
        await turned(program, 100)
        first = await core_id(profile)
        os.kill(first, signal.SIGKILL)
        await until(lambda: not program.bridge.state.connected, "the loss")
        assert "engine" in program.window.banner.title.text()
        await until(lambda: program.bridge.state.connected, "another core")
        await until(lambda: program.bridge.state.ready == 4, "four devices")
        assert await core_id(profile) != first
        told = {notice.code for notice in program.bridge.state.notices}
        assert "core_restarted" in told
        assert motor_of(program)[1] == 0
