"""Answers requests about the local door, and about what Home Assistant is shown.

One rule: of all secrets only the door's own token is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.gateway import messages as m
from app.gateway.views import DoorView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from app.gateway.house import House
    from app.gateway.outside import Outside


class OutsideRoom:
    """Answers for the outside. Loop's thread only."""

    def __init__(self, house: House, outside: Outside) -> None:
        self._house = house
        self._outside = outside

    def handlers(self) -> Mapping[type[m.Request], Callable[[Any], Awaitable[m.Reply]]]:
        """Return what answers each request."""
        return {m.GetDoor: self._get_door, m.GetHomeAssistant: self._get_home_assistant}

    async def _get_door(self, request: m.GetDoor) -> m.Reply:
        door = self._outside.door
        token = await door.token(fresh=request.fresh)
        return m.Reply(id=request.id, door=DoorView(port=door.port, token=token))

    async def _get_home_assistant(self, request: m.GetHomeAssistant) -> m.Reply:
        return m.Reply(id=request.id, home_assistant=self._outside.home_assistant.view())
