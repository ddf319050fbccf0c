"""A second look at all devices when the computer wakes up, or stood still for a while.

One rule: what was on when nobody could look is switched off first, and asked about afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.notices import Level, Notice, NoticeCode
from app.devices.awake import Awake

if TYPE_CHECKING:
    from app.gateway.house import House


class Waking:
    """Call `look` about once a second. Loop's thread only."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._awake = Awake(house.clock)

    def look(self) -> None:
        """Make every open device safe if the computer slept since the last look."""
        slept_s = self._awake.look()
        if slept_s and self._house.hub.second_look("the computer slept"):
            values = {"seconds": f"{slept_s:.0f}"}
            notice = Notice("slept", Level.WARNING, NoticeCode.COMPUTER_SLEPT, values)
            self._house.notices.tell(notice)
        # From here on what waits may begin again.
        self._house.hub.awake.look()
