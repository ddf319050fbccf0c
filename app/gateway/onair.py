"""What follows from the stream's own events: numbers begin anew, recordings start, STOP at its end.

One rule: an event goes down the line first; everything else comes after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.events import LiveEvent, Source, StreamEnded, StreamStarted, ViewerCount
from app.gateway.history import resume

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.gateway.house import House


class OnAir:
    """Takes the events of a stream. Loop's thread only."""

    def __init__(self, house: House, record: Callable[[], Awaitable[object]]) -> None:
        """`record` starts a recording of the stream."""
        self._house = house
        self._record = record
        self._room = 0

    def on_event(self, event: LiveEvent, received_at: float) -> None:
        """Send it down the line, then take notice of what it says about the stream."""
        house = self._house
        if isinstance(event, StreamStarted) and event.source is Source.LIVE:
            self._begin(event.room_id)
        house.line.on_event(event, received_at)
        if isinstance(event, ViewerCount):
            house.viewers = event.count
        elif isinstance(event, StreamStarted):
            if house.settings.values.record_streams and house.stream.recording is None:
                _ = house.tasks.spawn("record", self._start_recording())
        elif isinstance(event, StreamEnded) and house.settings.values.stop_when_stream_ends:
            house.hub.stop_now("stream ended")

    async def _start_recording(self) -> None:
        _ = await self._record()

    def _begin(self, room_id: int) -> None:
        if room_id == self._room:
            return
        house = self._house
        house.line.settle()
        self._room = room_id
        house.stats.reset()
        house.counters.begin(room_id)

    async def go_on(self) -> None:
        """Go on with a stream that had not ended when the last core did."""
        self._room = await resume(self._house)
        await self._house.counters.restore(self._room)
