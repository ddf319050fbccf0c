"""The clock of the core goes on ticking whatever goes wrong around it."""

import pytest

from tests.app.gateway.core import Core


@pytest.mark.expect_log("a look every second failed")
async def test_a_mistake_in_one_look_stops_neither_the_clock_nor_the_others(profile):
    async with Core(profile) as core:
        seen = []

        def look():
            seen.append(1)
            raise ZeroDivisionError

        core.runtime._clocks.look = look
        await core.until(lambda: len(seen) >= 2, "two looks")
