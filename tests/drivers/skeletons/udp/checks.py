"""Acme lamp: golden bytes, and what it refuses."""

from __future__ import annotations

import pytest

from drivers.contract import Cause, DriverError, SetLevel
from tests.drivers import golden
from tests.drivers.benches.bench import Heard
from tests.drivers.skeletons.udp.driver import SAFE, AcmeLamp


@pytest.fixture
def far():
    from tests.drivers.skeletons.udp.far_end import AcmeLampEnd

    made = AcmeLampEnd()
    yield made
    made.close()


async def opened(far):
    driver = AcmeLamp(AcmeLamp.settings_for(host="127.0.0.1", port=far.port), Heard().events())
    await driver.open()
    return driver


@pytest.mark.parametrize("case", golden.read("acme_lamp"), ids=str)
async def test_golden_bytes(far, case):
    driver = await opened(far)
    await driver.apply(case.output, case.instruction, case.duration_s)
    assert far.wait_for(lambda: far.heard == [SAFE, *case.frames])
    await driver.close()


async def test_what_it_refuses_is_told(far):
    driver = await opened(far)
    far.hot = True
    with pytest.raises(DriverError) as raised:
        await driver.apply("lamp", SetLevel(1.0), 1.0)
    assert raised.value.cause is Cause.REFUSED
    await driver.close()
