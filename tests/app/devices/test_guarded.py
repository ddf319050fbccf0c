"""A guardian that does not answer: what may hurt stays off, what harms nobody goes on."""

from __future__ import annotations

import pytest

from app.core.outcome import Drop, Stage
from drivers.contract import Capability, Hazard, Kind
from tests.app.devices.test_worker import hub_with, on, scripted

HARMLESS = (Hazard.NONE, Hazard.LIGHT)


def driver_of(hazard):
    return scripted(Capability("out", Kind.SWITCH, "Out", hazard))


@pytest.mark.parametrize("hazard", [one for one in Hazard if one is not Hazard.PAIN])
async def test_what_may_hurt_is_not_switched_on_without_the_guardian(hazard):
    driver = driver_of(hazard)
    async with hub_with(driver) as rig:
        rig.hub.arm("d0", armed=True)
        rig.guard.hangs = True
        command = on(rig)
        await rig.finished(command)
        harmless = hazard in HARMLESS
        assert ("switch" in driver.calls) is harmless
        assert (rig.drop(command) is Drop.REFUSED) is not harmless
        rig.guard.hangs = False
        again = on(rig)
        await rig.finished(again)
        assert "switch" in driver.calls
        assert rig.steps(again)[-1] is Stage.DONE
        # It was told as soon as it could be, and forgets when all is off.
        assert [what for what, _ in rig.guard.told][-2:] == ["arm", "disarm"]
        assert not rig.guard.armed


async def test_the_reason_is_told_in_words():
    async with hub_with(driver_of(Hazard.MOTION)) as rig:
        rig.hub.arm("d0", armed=True)
        rig.guard.hangs = True
        command = on(rig)
        await rig.finished(command)
        assert str(rig.final(command).said).startswith("Giftwire's guardian does not answer.")
