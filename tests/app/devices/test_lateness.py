"""How late commands are seen: the slowest of what was measured, of groups their members."""

import pytest

from app.core.outcome import Command
from app.devices.config import DeviceConfig
from app.devices.lateness import MOST_S, lateness_s
from app.devices.made import Group
from drivers.contract import Off, Pulse
from tests.app.devices.rig import running

SLOW = DeviceConfig("a", "A", "simulated", {"machine": "relay"}, delays={"relay": (300.0, 340.0)})
LATE = DeviceConfig("b", "B", "simulated", {"machine": "relay"}, delays={"relay": (9000.0,)})
QUICK = DeviceConfig("c", "C", "simulated", {"machine": "relay"})


def to(*devices, instruction=Pulse(), output="relay"):  # noqa: B008 - frozen
    return [Command(one, one, output, instruction, 1.0) for one in devices]


async def test_the_slowest_counts_and_what_nobody_measured_does_not():
    async with running(SLOW, LATE, QUICK) as rig:
        assert lateness_s(rig.hub, ()) == 0.0
        assert lateness_s(rig.hub, to("c")) == 0.0
        assert lateness_s(rig.hub, to("c", "a")) == pytest.approx(0.32)
        assert lateness_s(rig.hub, to("gone", "a", output="relay")) == pytest.approx(0.32)
        assert lateness_s(rig.hub, to("a", "b")) == MOST_S
        assert lateness_s(rig.hub, to("a", instruction=Off())) == 0.0


async def test_a_group_is_as_late_as_its_slowest():
    async with running(SLOW, QUICK) as rig:
        rig.hub.put_made(Group("g", "G", (("a", "relay"), ("c", "relay"))))
        assert lateness_s(rig.hub, to("g", output="all")) == pytest.approx(0.32)
