"""A show that goes out as datagrams, to one box or to many.

One rule: who says that nobody listens is believed; who says nothing is taken to be there.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Generic, TypeVar

from drivers.contract import N_, Cause, DriverError, overheard_by, who_listens
from drivers.transports.show import Scene, Show
from drivers.transports.udp import UdpPipe

if TYPE_CHECKING:
    from collections.abc import Callable

    from drivers.transports.udp import UdpOptions

# Lines that are being shown: two shows on one would flicker.
_shown: set[str] = set()

S = TypeVar("S", bound=Scene)

# How soon a computer says that nobody listens there.
REFUSED_S = 0.1


class NetShow(Generic[S]):
    """A `show` and the socket it goes through. Order of calls: open -> (show's) -> close.

    `wrap` makes a datagram of a frame, in the show's own thread. `on_lost` is called once, on the
    loop's thread, and never before `open` returned.
    """

    def __init__(
        self,
        options: UdpOptions,
        wrap: Callable[[bytes], bytes],
        scene: S,
        on_lost: Callable[[DriverError], None],
        *,
        rate_hz: float,
        line: str = "",
    ) -> None:
        """`line` names what two shows must not send to at once, if there is such a thing."""
        self.pipe = UdpPipe(options)
        self.show = Show(f"{options.host} show", self._send, scene, rate_hz=rate_hz)
        self._where = (options.host, options.port)
        self._wrap = wrap
        self._on_lost = on_lost
        self._overheard = who_listens()
        self._last_frame: bytes | None = None
        self._line = line
        self._shown = False
        self._opened = False
        self._gone = asyncio.Event()
        self._lost: DriverError | None = None

    async def open(self) -> None:
        """Show everything dark; raises DriverError: BUSY, or NO_ANSWER if nobody listens there."""
        if self._line in _shown:
            raise DriverError(
                Cause.BUSY,
                self._line,
                say=N_(
                    "Another of your devices already has this universe at this address. Choose "
                    "another universe."
                ),
            )
        if self._line:
            _shown.add(self._line)
            self._shown = True
        self._overheard = who_listens()
        # Whoever reads along wants to see what changes, not the same frame ten times a second.
        with overheard_by(lambda _way, _data: None):
            await self.pipe.open(lambda _: None, self._lose)
        await self.show.open()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REFUSED_S):
                await self._gone.wait()
        if self._lost is not None:
            raise self._lost
        self._opened = True

    @property
    def address(self) -> str:
        """Host and port as numbers once it is open: a stranger has no time to look names up."""
        host, port = self.pipe.remote or self._where
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    async def close(self, *good_bye: bytes) -> None:
        """Show everything dark a last time, send a good-bye and let go; may be called again."""
        await self.show.close(*good_bye)
        await self.pipe.close()
        if self._shown:
            self._shown = False
            _shown.discard(self._line)

    def _send(self, frame: bytes) -> bool:
        datagram = self._wrap(frame)
        if frame != self._last_frame:
            self._last_frame = frame
            self._overheard("out", datagram)
        return self.pipe.write_now(datagram)

    def _lose(self, error: DriverError) -> None:
        if self._opened:
            # It was there: it is not that it never answered.
            error = DriverError(Cause.LOST, error.detail)
        self._lost = error
        self._gone.set()
        self.show.lose(error)
        if self._opened:
            self._on_lost(error)
