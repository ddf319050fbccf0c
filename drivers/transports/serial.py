"""A serial port with one reader and one writer thread; the only file that knows pyserial's ports.

One rule: no call here ever blocks the loop, and no thread outlives `close`.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import sys
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import N_, Cause, DriverError, who_listens
from drivers.transports.pipe import INBOX_BYTES, QUEUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    import serial

    from drivers.transports.pipe import Early

log = logging.getLogger(__name__)

# A reader looks up this often; on Windows a cancelled read may come a moment too early.
_READ_S = 0.25
# Of one byte on the wire, with start, parity and stop.
_BITS = 11
_LAST_WRITES_S = 0.3
_JOIN_S = 2.0

_SENTENCES = {
    Cause.NO_PERMISSION: N_(
        "This computer does not let you use its serial ports. On Linux add yourself to the group "
        "“dialout” and sign in again."
    ),
    Cause.BUSY: N_(
        "Another program uses this port. Close it, for example the Arduino IDE; "
        "we connect by ourselves."
    ),
    Cause.BAD_CONFIG: N_("The port cannot be opened with these settings. Check port and speed."),
}


@dataclass(frozen=True, slots=True)
class SerialOptions:
    """How to open a port. `dtr` and `rts` None leave the lines to the system.

    Many boards restart when DTR rises, which happens on opening unless `dtr` is False.
    `parity` is "N", "E" or "O"; `stop_bits` 1 or 2. `gap_s` is how long the line is silent behind
    everything that is written, for boards to which two frames without a pause are none.
    """

    address: str
    speed_baud: int = 115200
    parity: str = "N"
    stop_bits: int = 1
    dtr: bool | None = None
    rts: bool | None = None
    write_timeout_s: float = 1.0
    gap_s: float = 0.0


class SerialPort:
    """One open serial port; see `drivers.transports.pipe.Pipe`. One object is one connection."""

    def __init__(self, options: SerialOptions, early: Early | None = None) -> None:
        self._options = options
        self._early = early
        self._loop: asyncio.AbstractEventLoop | None = None
        self._on_bytes: Callable[[bytes], None] = lambda _: None
        self._on_lost: Callable[[DriverError], None] = lambda _: None
        self._port: serial.Serial | None = None
        self._overheard = who_listens()
        self._reader: threading.Thread | None = None
        self._opened: asyncio.Future[None] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._silent = False
        self._took = asyncio.Event()
        self._change = threading.Condition()  # guards everything below
        self._out: deque[bytes] = deque()
        self._out_bytes = 0
        self._writing = False
        self._draining = False
        self._closing = False
        self._inbox = bytearray()
        self._told_lost = False

    # ------------------------------------------------------------------ the loop's side

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Open the port for us alone, or raise DriverError with the cause."""
        self._loop = loop = asyncio.get_running_loop()
        self._on_bytes, self._on_lost = on_bytes, on_lost
        self._overheard = who_listens()
        self._opened, self._ended = loop.create_future(), loop.create_future()
        name = f"serial read {self._options.address}"
        self._reader = threading.Thread(target=self._read_all, name=name, daemon=True)
        self._reader.start()
        await self._opened

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Hand bytes to the writer thread; from any thread, never blocks."""
        with self._change:
            if self._closing or self._port is None:
                return False
            if urgent:
                self._out.clear()
                self._out_bytes = 0
            elif self._out_bytes + len(data) > QUEUE_BYTES:
                return False
            self._out.append(data)
            self._out_bytes += len(data)
            self._change.notify_all()
        self._overheard("out", data)
        return True

    async def written(self, timeout_s: float) -> bool:
        """Wait until the system took all that was handed over; False if it did not, or is lost."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self._waits():
                    self._took.clear()
                    if self._waits():
                        await self._took.wait()
        return not (self._waits() or self._closing or self._told_lost)

    def _waits(self) -> bool:
        with self._change:
            return bool(self._out or self._writing) and not (self._closing or self._told_lost)

    async def close(self) -> None:
        """Write what waits, if the device takes it at once, then let go of the port."""
        reader, ended = self._reader, self._ended
        if reader is None or ended is None:
            return
        self._silent = True
        with self._change:
            # The writer ends everything once it has written what waits.
            self._draining = True
            self._closing = self._closing or self._port is None
            self._change.notify_all()
        done, _ = await asyncio.wait({ended}, timeout=_LAST_WRITES_S)
        if not done:
            with self._change:
                self._closing = True
                port = self._port
                self._change.notify_all()
            _cancel(port)
            # A system that never returns from opening keeps its daemon thread; we do not wait.
            done, _ = await asyncio.wait({ended}, timeout=_JOIN_S)
        if done:
            reader.join(_JOIN_S)
        self._reader = None

    def _got_bytes(self) -> None:
        with self._change:
            data, self._inbox = bytes(self._inbox), bytearray()
        if data:
            self._overheard("in", data)
            self._on_bytes(data)

    def _got_loss(self, error: DriverError) -> None:
        if not self._silent:
            self._on_lost(error)

    # ------------------------------------------------------------------ the threads' side

    def _read_all(self) -> None:
        """Open, read until the end, close: the port has one owner, this thread."""
        writer: threading.Thread | None = None
        try:
            port = _opened_port(self._options)
        except DriverError as error:
            self._call(self._fail_open, error)
        else:
            with self._change:
                self._port = port
            name = f"serial write {self._options.address}"
            writer = threading.Thread(target=self._write_all, args=(port,), name=name, daemon=True)
            writer.start()
            self._call(self._finish_open)
            self._read_until_end(port)
            self._let_go(port, writer)
        self._call(self._finish_end)

    def _read_until_end(self, port: serial.Serial) -> None:
        try:
            while not self._closing:
                data = port.read(1)
                if not data:
                    continue
                waiting = port.in_waiting
                data = data + port.read(waiting) if waiting else data
                if self._early is not None:
                    self._early(data)
                self._put_inbox(data)
        except Exception as error:  # noqa: BLE001 - each system fails in its own way: it is gone
            self._lose(error)

    def _put_inbox(self, data: bytes) -> None:
        with self._change:
            first = not self._inbox
            self._inbox += data
            if len(self._inbox) > INBOX_BYTES:
                del self._inbox[:-INBOX_BYTES]
        if first:
            self._call(self._got_bytes)

    def _write_all(self, port: serial.Serial) -> None:
        try:
            while (data := self._next_out()) is not None:
                port.write(data)
                self._be_silent(len(data))
                with self._change:
                    self._writing = False
                self._call(self._took.set)
        except Exception as error:  # noqa: BLE001 - each system fails in its own way: it is gone
            self._lose(error)
        with self._change:
            self._closing = True
        self._call(self._took.set)
        with contextlib.suppress(Exception):
            port.cancel_read()

    def _next_out(self) -> bytes | None:
        with self._change:
            while not (self._out or self._closing or self._draining):
                self._change.wait()
            if self._closing or not self._out:
                return None
            data = self._out.popleft() if self._options.gap_s else b"".join(self._out)
            if not self._options.gap_s:
                self._out.clear()
            self._out_bytes = sum(map(len, self._out))
            self._writing = True
            return data

    def _be_silent(self, sent: int) -> None:
        """Keep the line silent behind a frame, for boards that tell frames apart by that."""
        if self._options.gap_s:
            threading.Event().wait(sent * _BITS / self._options.speed_baud + self._options.gap_s)

    def _let_go(self, port: serial.Serial, writer: threading.Thread) -> None:
        with self._change:
            self._closing = True
            self._port = None
            self._change.notify_all()
        with contextlib.suppress(Exception):
            port.cancel_write()
        writer.join(_JOIN_S)
        with contextlib.suppress(Exception):
            port.close()

    def _lose(self, error: BaseException) -> None:
        with self._change:
            if self._told_lost:
                return
            self._told_lost = True
        timed_out = type(error).__name__ == "SerialTimeoutException"
        cause = Cause.NO_ANSWER if timed_out else Cause.LOST
        self._call(self._got_loss, DriverError(cause, str(error)))

    # ------------------------------------------------------------------ from thread to loop

    def _call(self, call: Callable[..., None], *args: object) -> None:
        loop = self._loop
        if loop is None:
            return
        # After the loop's end there is nobody left to tell.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(call, *args)

    def _fail_open(self, error: DriverError) -> None:
        if self._opened is not None and not self._opened.done():
            self._opened.set_exception(error)

    def _finish_open(self) -> None:
        if self._opened is not None and not self._opened.done():
            self._opened.set_result(None)

    def _finish_end(self) -> None:
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)


def _cancel(port: serial.Serial | None) -> None:
    if port is not None:
        # The threads may be letting go of the port at this moment.
        with contextlib.suppress(Exception):
            port.cancel_read()
            port.cancel_write()


def _opened_port(options: SerialOptions) -> serial.Serial:
    try:
        import serial
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "pyserial") from error
    try:
        port = serial.Serial(
            baudrate=options.speed_baud,
            parity=options.parity,
            stopbits=options.stop_bits,
            timeout=_READ_S,
            write_timeout=options.write_timeout_s,
            exclusive=True,
        )
        port.port = options.address
        if options.dtr is not None:
            port.dtr = options.dtr
        if options.rts is not None:
            port.rts = options.rts
        port.open()
    except (OSError, ValueError) as error:
        raise open_error(error) from error
    except Exception as error:
        # POSIX terminals raise an error of their own that is no OSError.
        raise DriverError(Cause.LOST, str(error)) from error
    return port


def open_error(error: Exception) -> DriverError:
    """Return why a port could not be opened, and what to do where that is of ports alone."""
    cause = cause_of(error)
    return DriverError(cause, str(error), say=_SENTENCES.get(cause, ""))


def cause_of(error: Exception) -> Cause:
    """Say why a port could not be opened."""
    if isinstance(error, ValueError):
        return Cause.BAD_CONFIG
    number, text = getattr(error, "errno", None), str(error)
    if number in (errno.EACCES, errno.EPERM) or "PermissionError" in text:
        # Windows says "access denied" of a port that another program holds.
        return Cause.BUSY if sys.platform == "win32" else Cause.NO_PERMISSION
    if number in (errno.EBUSY, errno.EAGAIN, errno.EWOULDBLOCK) or "exclusively lock" in text:
        return Cause.BUSY
    return Cause.NOT_FOUND
