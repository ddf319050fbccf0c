"""What lamps and strips show, repeated by a thread, with the latch of STOP around it.

One rule: the look at the latch and the change of the scene are one step; dark goes out at once.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Generic, Protocol, Self, TypeVar

from drivers.contract import Ack, Cause, DriverError, is_off
from drivers.transports.refresher import Refresher

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.contract import Instruction

# How long the system may take to accept a frame.
TAKEN_S = 0.5


class Scene(Protocol):
    """An unchanging picture of everything a device shows; times are of the monotonic clock."""

    @property
    def moves(self) -> bool:
        """Whether it changes by itself."""

    def after(self, capability: str, instruction: Instruction, now_s: float) -> Self:
        """Return the scene with one output told something new; raises UNSUPPORTED."""

    def dark(self) -> Self:
        """Return the scene with everything at rest."""

    def frame(self, now_s: float) -> bytes:
        """Return what it is at a time."""


S = TypeVar("S", bound=Scene)


class Show(Generic[S]):
    """Shows a scene through `send`, which is called in a thread of its own as a Refresher's.

    Order of calls: open -> (apply | stop | make_safe)* -> close. `stop` and `lose` come from any
    thread, the rest from the loop's.
    """

    def __init__(
        self,
        name: str,
        send: Callable[[bytes], bool],
        scene: S,
        *,
        rate_hz: float,
        fastest_hz: float = 40.0,
    ) -> None:
        """Send `rate_hz` times a second what stands still, `fastest_hz` times what moves.

        A change of what stood still leaves at once: it waits for other changes, for no repetition.
        """
        self._gap_s = 1.0 / fastest_hz
        self._changed_at = -self._gap_s
        self._refresher = Refresher(name, send, rate_hz=rate_hz, fastest_hz=fastest_hz)
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._scene = scene.dark()
        self._open = False
        self._held = False
        self._stops = 0
        self._lost: list[DriverError] = []

    async def open(self) -> None:
        """Show everything dark; raises DriverError if the bytes are not taken."""
        self._refresher.open()
        self._open = True
        if not await self.make_safe():
            raise self._why(Cause.NO_ANSWER)

    async def apply(self, capability: str, instruction: Instruction) -> Ack:
        """Change one output; returns when the system took the bytes, raises DriverError."""
        with self._lock:
            if self._lost or not self._open:
                raise self._why(Cause.LOST)
            scene = self._scene.after(capability, instruction, time.monotonic())
            if self._held and not is_off(instruction):
                raise DriverError(Cause.REFUSED, "stopped")
            stops = self._stops
            self._show(scene)
        taken = await self._refresher.taken(TAKEN_S)
        if stops != self._stops and not is_off(instruction):
            raise DriverError(Cause.REFUSED, "stopped")
        if not taken:
            raise self._why(Cause.NO_ANSWER)
        return Ack.SENT

    def stop(self) -> None:
        """Make everything dark and hold from here on; never raises."""
        with self._lock:
            self._held = True
            self._stops += 1
            self._show(self._scene.dark(), urgent=True)

    async def make_safe(self) -> bool:
        """Make everything dark and hold no longer; False if the bytes were not taken."""
        with self._lock:
            if not self._open:
                return False
            self._held = False
            self._stops += 1
            self._show(self._scene.dark(), urgent=True)
        return await self._refresher.taken(TAKEN_S) and not self._lost

    def lose(self, error: DriverError) -> None:
        """Take word that nothing can be sent any more."""
        self._lost.append(error)

    async def close(self, *good_bye: bytes) -> None:
        """Send dark three times, then a good-bye, and end the thread; may be called again."""
        was_open, self._open = self._open, False
        if was_open:
            dark = self._scene.dark().frame(time.monotonic())
            await self._refresher.close(dark, dark, dark, *good_bye)

    def _why(self, cause: Cause) -> DriverError:
        return self._lost[0] if self._lost else DriverError(cause)

    def _show(self, scene: S, *, urgent: bool = False) -> None:
        now_s = time.monotonic()
        rested = not self._scene.moves and now_s - self._changed_at >= self._gap_s
        self._scene, self._changed_at = scene, now_s
        picture = _live(scene) if scene.moves else scene.frame(now_s)
        self._refresher.show(picture, urgent=urgent or rested)


def _live(scene: Scene) -> Callable[[float], bytes]:
    """Return a picture of the scene as it is whenever it is looked at."""
    return lambda _since_s: scene.frame(time.monotonic())


def only_changes(listener: Callable[[str, bytes], None]) -> Callable[[str, bytes], None]:
    """Return a listener that passes a repeated frame on once, and all that is heard."""
    last = b""

    def take(way: str, data: bytes) -> None:
        nonlocal last
        if way == "out":
            if data == last:
                return
            last = data
        listener(way, data)

    return take
