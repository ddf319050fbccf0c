"""The streamer's variables on the disk: a moment after they change, and back after a crash.

One rule: those of a stream come back only while that stream goes on.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from app.gateway.rule_views import VariableView

if TYPE_CHECKING:
    from app.core.variables import Variables
    from app.store.kept import Kept

# A rule may count every like: the disk need not.
SAVE_APART_S: Final = 0.2


class VariableBook:
    """Keeps `variables`. Loop's thread only."""

    def __init__(self, variables: Variables, kept: Kept) -> None:
        self.variables = variables
        self._kept = kept
        self._room = 0
        self._unsaved: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self.changed = False
        variables.listen(self._on_change)

    async def restore(self, room_id: int) -> None:
        """Read what was kept; `room_id` is the stream that still runs, 0 if none does."""
        self._room = room_id
        found: dict[str, dict[str, Any]] = {"stream": {}, "lasting": {}}
        for name, values in (await self._kept.all()).items():
            if values.get("lasting"):
                found["lasting"][name] = values.get("value")
            elif values.get("room") == room_id:
                found["stream"][name] = values.get("value")
            else:
                self._kept.drop(name)
        self.variables.load({"room_id": room_id, **found})
        self.changed = True

    def begin(self, room_id: int) -> None:
        """Take notice of a stream: another one begins without the variables of the last."""
        self._room = room_id
        self.variables.begin(room_id)

    def save(self) -> None:
        """Keep what changed."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        unsaved, self._unsaved = self._unsaved, set()
        for name in unsaved:
            found = self.variables.find(name)
            if found is None:
                self._kept.drop(name)
            else:
                kept = {"value": found.value, "lasting": found.lasting, "room": self._room}
                self._kept.put(name, kept)

    def views(self) -> tuple[VariableView, ...]:
        """Return all variables by their names."""
        return tuple(
            VariableView(name=one.name, value=one.value, lasting=one.lasting)
            for one in self.variables.all()
        )

    def _on_change(self, name: str) -> None:
        self._unsaved.add(name)
        self.changed = True
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SAVE_APART_S, self.save)
