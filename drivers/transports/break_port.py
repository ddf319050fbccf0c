"""A serial port on which every frame begins with a break: a bare DMX cable.

One rule: a frame is sent in the thread that hands it over, and never into the one before it.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import Cause, DriverError, who_listens
from drivers.transports.serial import open_error
from drivers.transports.side_loop import in_thread
from drivers.transports.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    import serial

# What a chip on USB may keep back beyond the time its bits take.
_MARGIN_S = 0.002
# How long to wait for a chip that says it is not done.
_EMPTY_S = 0.1


@dataclass(frozen=True, slots=True)
class BreakOptions:
    """How to open the port, and how long break and mark after it are at least.

    `byte_bits` are all bits of a byte on the wire. `rts` False is what cables want that switch
    their driver on with it. `address` may be a URL that pyserial knows.
    """

    address: str
    speed_baud: int = 250_000
    stop_bits: int = 2
    byte_bits: int = 11
    break_s: float = 110e-6
    mark_s: float = 16e-6
    rts: bool = False


class BreakPort:
    """One open port. Order of calls: open -> send* -> close; `send` from one thread only."""

    def __init__(self, options: BreakOptions) -> None:
        self._options = options
        self._lock = threading.Lock()  # a port is not let go of in the middle of a frame
        self._port: serial.Serial | None = None
        self._told: Told[bytes] | None = None
        self._overheard = who_listens()
        self._last_frame = b""
        self._closed = False
        self._free_at = 0.0
        self._pause = threading.Event()  # never set: a wait on it is a pause

    async def open(self, on_lost: Callable[[DriverError], None]) -> None:
        """Open the port for us alone, or raise DriverError; `on_lost` is called on the loop."""
        self._told = Told(lambda _: None, on_lost)
        self._overheard = who_listens()
        await in_thread(f"open {self._options.address}", self._take_hold)

    def send(self, frame: bytes) -> bool:
        """Send a frame; blocks until the one before it is out. False if closed or lost."""
        with self._lock:
            port, told = self._port, self._told
            if port is None or told is None or told.is_lost():
                return False
            try:
                self._send(port, frame)
            except Exception as error:  # noqa: BLE001 - each system fails in its own way: it is gone
                told.lose(DriverError(Cause.LOST, str(error)))
                return False
            return True

    async def close(self) -> None:
        """Let go of the port once the frame on its way is out; may be called again."""
        if self._told is not None:
            self._told.silence()
        self._closed = True
        if self._port is not None:
            await in_thread(f"close {self._options.address}", self._let_go)

    def _send(self, port: serial.Serial, frame: bytes) -> None:
        self._wait_until_free(port)
        port.break_condition = True
        self._pause.wait(self._options.break_s)
        port.break_condition = False
        self._pause.wait(self._options.mark_s)
        port.write(frame)
        if frame != self._last_frame:
            # Whoever reads along wants to see what changes.
            self._last_frame = frame
            self._overheard("out", frame)
        wire_s = len(frame) * self._options.byte_bits / self._options.speed_baud
        self._free_at = time.monotonic() + wire_s + _MARGIN_S

    def _wait_until_free(self, port: serial.Serial) -> None:
        self._pause.wait(max(0.0, self._free_at - time.monotonic()))
        until = time.monotonic() + _EMPTY_S
        while port.out_waiting and time.monotonic() < until:
            self._pause.wait(0.001)

    def _take_hold(self) -> None:
        port = _opened(self._options)
        with self._lock:
            self._port = port
        if self._closed:
            # Nobody waited until it was open.
            self._let_go()

    def _let_go(self) -> None:
        with self._lock:
            port, self._port = self._port, None
            if port is None:
                return
            with contextlib.suppress(Exception):
                self._wait_until_free(port)
            with contextlib.suppress(Exception):
                port.close()


def _opened(options: BreakOptions) -> serial.Serial:
    try:
        import serial
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "pyserial") from error
    try:
        port = serial.serial_for_url(options.address, do_not_open=True)
        port.baudrate = options.speed_baud
        port.stopbits = options.stop_bits
        port.write_timeout = 1.0
        port.exclusive = True
        port.rts = options.rts
        port.open()
    except (OSError, ValueError) as error:
        raise open_error(error) from error
    except Exception as error:
        # POSIX terminals raise an error of their own that is no OSError.
        raise DriverError(Cause.LOST, str(error)) from error
    return port
