"""STOP also ends what rules do outside the devices, with the loop blocked or not."""

import threading

import pytest

from app.outlets.outlet import Outlet
from tests.app.gateway.core import Core


class Siren(Outlet):
    """A loud thing of somebody else's."""

    key = "sound"

    def __init__(self):
        self.silent = threading.Event()

    async def carry_out(self, effect):
        return ""

    def stop_now(self):
        self.silent.set()


class Broken(Siren):
    def stop_now(self):
        raise RuntimeError("oops")


async def test_stop_by_the_guardian_silences_outlets_while_the_loop_stands_still(profile):
    async with Core(profile) as core:
        siren = Siren()
        core.runtime._outlets._lanes["sound"].outlet = siren
        core.say(stop="guardian")
        assert siren.silent.wait(10)  # the loop stands still in this very line
        await core.until(lambda: core.heard("stopped"), "stopped")


@pytest.mark.expect_log("stop_now failed")
async def test_an_outlet_with_a_mistake_keeps_stop_from_no_other(profile):
    async with Core(profile) as core:
        lanes, siren = core.runtime._outlets._lanes, Siren()
        lanes["sound"].outlet, lanes["speech"].outlet = Broken(), siren
        core.say(stop="guardian")
        assert siren.silent.wait(10)
        await core.until(lambda: core.heard("stopped"), "stopped")
