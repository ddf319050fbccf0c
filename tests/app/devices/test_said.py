"""What a driver says of a command that failed goes with its last delivery, to groups as well."""

from __future__ import annotations

import sys

import pytest

from app.core.fates import read
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.made import Group
from drivers.contract import NOTHING_SAID, Said, Switch
from drivers.transports.sentences import RESTARTED
from tests.app.devices.rig import running
from tests.fakes.firmata_board import FirmataBoard
from tests.fakes.relay_board import RelayBoard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals need POSIX")
STUCK = "Relay {n} did not switch. Unplug the board and plug it in again."


@pytest.fixture
def relays():
    made = RelayBoard(tells="lines")
    made.stuck = {2}
    yield made
    made.close()


@pytest.fixture
def pins():
    made = FirmataBoard()
    yield made
    made.close()


def asked(board: RelayBoard) -> DeviceConfig:
    settings = {"port": board.path, "model": "asked", "channels": 4}
    return DeviceConfig("b", "Board", "lcus_relay", settings)


async def test_a_refused_command_ends_in_the_drivers_words(relays):
    async with running(asked(relays)) as rig:
        fine = rig.send("b", "relay1", Switch(on=True), 0.1)
        command = rig.send("b", "relay2", Switch(on=True), 0.1)
        await rig.finished(fine, command)
        final = rig.final(command)
        assert (final.stage, final.drop) == (Stage.FAILED, Drop.REFUSED)
        assert final.said == Said(STUCK, (("n", "2"),))
        assert {one.said for one in rig.deliveries if one is not final} == {NOTHING_SAID}


async def test_of_a_group_each_part_ends_in_its_own_words(relays):
    async with running(asked(relays)) as rig:
        rig.hub.put_made(Group("both", "Both", (("b", "relay1"), ("b", "relay2"))))
        command = rig.send("both", "all", Switch(on=True), 0.1)
        await rig.finished(command)
        fates = {one.capability: one for one in read(rig.final(command).detail)}
        assert fates["relay1"].said == NOTHING_SAID
        assert str(fates["relay2"].said) == STUCK.format(n=2)
        alone = Group("alone", "Alone", (("b", "relay2"),))
        rig.hub.put_made(alone)
        command = rig.send("alone", "all", Switch(on=True), 0.1)
        await rig.finished(command)
        assert str(rig.final(command).said) == STUCK.format(n=2)


async def test_what_a_lost_device_was_doing_ends_in_the_words_of_its_loss(pins):
    settings = {"port": pins.path, "outputs": [{"kind": "switch", "pin": "8"}]}
    async with running(DeviceConfig("b", "Board", "firmata", settings)) as rig:
        output = rig.hub.device("b").capabilities[0].capability.id
        command = rig.send("b", output, Switch(on=True), 30.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(command))
        pins.restart()
        await rig.finished(command)
        assert rig.drop(command) is Drop.LOST
        assert rig.final(command).said.source == RESTARTED
