"""What the clients did, as facts with times, and a way to wait for the next fact.

Times are `time.perf_counter_ns`, one clock for all processes of the machine.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.fakes.tiktok.messages import Msg
    from tests.fakes.tiktok.proto import Fields


def stamp_ns() -> int:
    """Return the time of evidence, in ns of the machine-wide performance counter."""
    return time.perf_counter_ns()


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request, the WebSocket handshake included."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    at_ns: int


@dataclass(frozen=True, slots=True)
class Ack:
    """The client acknowledged a frame; the payload is the frame's internal_ext."""

    log_id: int
    payload: bytes
    at_ns: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The client said that it is alive; `seq` counts 1, 2, 3 .. on one connection."""

    room_id: int
    seq: int
    at_ns: int


@dataclass(frozen=True, slots=True)
class Entered:
    """The client entered the room: 1 room_id, 4 live_id, 5 identity, 8 enter_unique_id."""

    fields: Fields
    at_ns: int


@dataclass(frozen=True, slots=True)
class Sent:
    """The server handed a frame to the socket; `msgs` are the messages in it."""

    log_id: int
    msgs: tuple[Msg, ...]
    at_ns: int


class News:
    """Wakes everybody who waits for a fact, whenever a fact arrives."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._waiters: set[asyncio.Future[None]] = set()

    def tell(self) -> None:
        """Say that something happened."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    async def until(self, fact: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Wait until `fact` is true; raise TimeoutError when it does not become so in time."""
        async with asyncio.timeout(timeout_s):
            while not fact():
                waiter = asyncio.get_running_loop().create_future()
                self._waiters.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiters.discard(waiter)
