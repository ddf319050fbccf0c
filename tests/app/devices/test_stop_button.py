"""A STOP button on one device stops all the others, whatever the loop is doing."""

from __future__ import annotations

import asyncio
import sys

import pytest

from app.devices.config import DeviceConfig
from drivers.contract import Switch
from tests.app.devices.rig import running
from tests.fakes.firmware.board import Board

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")


@pytest.fixture
def board(tmp_path):
    made = Board(tmp_path / "tty")
    yield made
    made.close()


@pytest.fixture
def button():
    from tests.fakes.firmata_board import FirmataBoard

    made = FirmataBoard()
    yield made
    made.close()


async def test_a_press_stops_the_other_devices_while_the_loop_stands_still(board, button):
    port = {"port": board.path, "boot_s": 1.0}
    moving = DeviceConfig("b", "Board", "giftwire_line", port, used=True)
    pins = {"port": button.path, "stop_pin": "7", "outputs": [{"pin": "8", "load": "harmless"}]}
    pressed = DeviceConfig("p", "Panel", "firmata", pins, used=True)
    async with running(moving, pressed) as rig:
        command = rig.send("b", "relay", Switch(on=True), 9.0)
        await rig.until(lambda: not board.resting)
        button.press(7, low=True)
        assert board.wait_for(lambda: board.resting)  # and the loop stands still in this very line
        await rig.finished(command)
        stopped = rig.hub.stop_state
        assert stopped.stopped
        assert stopped.source == "Panel"
        await rig.until(lambda: rig.hub.stop_state.confirmed == {"b": True, "p": True})
        await asyncio.sleep(0)
        assert board.resting
