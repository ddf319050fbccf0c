"""USB devices without a port (HID), each with one thread; the only file here that knows hidapi.

One rule: hidapi tells a failed write by its result, not by an error; no result goes unseen.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from drivers.contract import N_, Cause, DriverError, who_listens
from drivers.transports.pipe import QUEUE_BYTES
from drivers.transports.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

# So often an idle device is looked at, to see whether it is still there.
_LOOK_S = 0.25
_LAST_WRITES_S = 0.3
_JOIN_S = 2.0
_ANSWER_S = 0.5
_RULE = N_(
    "Linux keeps this USB device from you. Copy 70-giftwire-usb-relay.rules, which came with "
    "Giftwire, to /etc/udev/rules.d and plug the device in again."
)


@dataclass(frozen=True, slots=True)
class HidInfo:
    """One device as the system lists it; `path` is the system's own name for it."""

    path: str
    vid: int
    pid: int
    product: str = ""
    maker: str = ""
    serial_number: str = ""

    @property
    def key(self) -> str:
        """The best identity: by the serial number, else the path, which replugging may change."""
        if not self.serial_number.strip():
            return self.path
        return f"hid:{self.vid:04X}:{self.pid:04X}:{quote(self.serial_number, safe='')}"


def hidapi() -> Any:  # noqa: ANN401 - a module without types
    """Return the module that speaks to devices; raises DriverError(UNSUPPORTED) if it is missing.

    On Linux the one called `hid` takes devices away from the kernel and sees none of these.
    """
    try:
        if sys.platform == "linux":
            import hidraw as module  # type: ignore[import-not-found]  # it has no types
        else:
            import hid as module
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "hidapi") from error
    return module


def list_devices() -> tuple[HidInfo, ...]:
    """Return the devices there are, without a word to any. May be slow: call it in a thread."""
    found = [
        HidInfo(
            path=one["path"].decode("utf-8", "surrogateescape"),
            vid=one["vendor_id"],
            pid=one["product_id"],
            product=one["product_string"] or "",
            maker=one["manufacturer_string"] or "",
            serial_number=one["serial_number"] or "",
        )
        for one in hidapi().enumerate()
    ]
    return tuple(sorted(found, key=lambda one: one.path))


async def find(key: str, fits: Callable[[HidInfo], bool]) -> HidInfo:
    """Return the device a setting means now: by its key, or with "" the only one that fits.

    Raises DriverError: NOT_FOUND, or AMBIGUOUS when several could be meant.
    """
    known = [one for one in await asyncio.to_thread(list_devices) if fits(one)]
    matches = [one for one in known if not key or key in (one.key, one.path)]
    if not matches:
        raise DriverError(Cause.NOT_FOUND, key)
    if len(matches) > 1:
        raise DriverError(Cause.AMBIGUOUS, ", ".join(one.path for one in matches))
    return matches[0]


class HidPort:
    """One open device; a `Pipe` whose every write is one report, its number first.

    `feature` True sends feature reports, else output reports. What it sends unasked is not read.
    """

    def __init__(self, path: str, *, feature: bool) -> None:
        self._path = path
        self._feature = feature
        self._told: Told[bytes] | None = None
        self._overheard = who_listens()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self._change = threading.Condition()  # guards everything below
        self._out: deque[bytes] = deque()
        self._asked: deque[Callable[[Any], None]] = deque()
        self._open = False
        self._draining = False

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Open the device, or raise DriverError with the cause; not a byte is sent."""
        self._told = Told(on_bytes, on_lost)
        self._overheard = who_listens()
        self._ended.clear()
        loop = asyncio.get_running_loop()
        opened: asyncio.Future[None] = loop.create_future()
        self._thread = threading.Thread(
            target=self._live, args=(loop, opened), name=f"hid {self._path}", daemon=True
        )
        self._thread.start()
        await opened

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Hand one report to the thread; from any thread, never blocks."""
        with self._change:
            if not self._open or self._draining:
                return False
            if urgent:
                self._out.clear()
            elif sum(map(len, self._out)) + len(data) > QUEUE_BYTES:
                return False
            self._out.append(data)
            self._change.notify_all()
        self._overheard("out", data)
        return True

    async def feature(self, number: int, size: int) -> bytes:
        """Ask for a feature report of up to `size` bytes, as the device gives it.

        What was written before is sent before. Raises DriverError: LOST, or NO_ANSWER if the
        device has no such report.
        """
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[bytes | DriverError] = loop.create_future()

        def tell(answer: bytes | DriverError) -> None:
            if not answered.done():
                answered.set_result(answer)

        def ask(device: Any) -> None:  # noqa: ANN401 - a type of hidapi's
            try:
                answer: bytes | DriverError = bytes(device.get_feature_report(number, size))
            except (OSError, ValueError) as error:
                answer = DriverError(Cause.NO_ANSWER, str(error))
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(tell, answer)

        with self._change:
            if not self._open or self._draining:
                raise DriverError(Cause.LOST, "closed")
            self._asked.append(ask)
            self._change.notify_all()
        done, _ = await asyncio.wait({answered}, timeout=_ANSWER_S)
        answer = answered.result() if done else DriverError(Cause.NO_ANSWER)
        if isinstance(answer, DriverError):
            raise answer
        self._overheard("in", answer)
        if not answer:
            raise DriverError(Cause.NO_ANSWER)
        return answer

    async def close(self) -> None:
        """Send what waits, if the device takes it at once, then let go of it."""
        thread = self._thread
        if thread is None:
            return
        if self._told is not None:
            self._told.silence()
        with self._change:
            self._draining = True
            self._change.notify_all()
        ended = await asyncio.to_thread(self._ended.wait, _LAST_WRITES_S + _JOIN_S)
        if ended:
            thread.join(_JOIN_S)
        self._thread = None

    # ------------------------------------------------------------------ the thread's side

    def _live(self, loop: asyncio.AbstractEventLoop, opened: asyncio.Future[None]) -> None:
        """Open, send until the end, close: the device has one owner, this thread."""
        try:
            device = _opened(self._path)
        except DriverError as error:
            _call(loop, opened.set_exception, error)
        else:
            with self._change:
                self._open = True
            _call(loop, opened.set_result, None)
            self._send_until_end(device)
            with contextlib.suppress(Exception):
                device.close()
        self._ended.set()

    def _send_until_end(self, device: Any) -> None:  # noqa: ANN401 - a type of hidapi's
        try:
            while (job := self._next()) is not None:
                self._do(device, job)
        except Exception as error:  # noqa: BLE001 - each system fails in its own way: it is gone
            if self._told is not None:
                self._told.lose(DriverError(Cause.LOST, str(error)))
        with self._change:
            self._open = False
            self._out.clear()
            self._asked.clear()

    def _next(self) -> bytes | Callable[[Any], None] | None:
        """Return a report to write, b"" for a look at the device, a question, or None: the end."""
        with self._change:
            if not (self._out or self._asked or self._draining):
                self._change.wait(_LOOK_S)
            if self._out:
                return self._out.popleft()
            if self._draining:
                return None
            return self._asked.popleft() if self._asked else b""

    def _do(self, device: Any, job: bytes | Callable[[Any], None]) -> None:  # noqa: ANN401 - hidapi's
        if not isinstance(job, bytes):
            job(device)
        elif not job:
            # Nothing is expected; but of a device that is gone it is an error.
            device.read(64, 1)
        else:
            taken = (device.send_feature_report if self._feature else device.write)(job)
            if taken < 0:
                raise OSError(device.error() or "the device takes nothing")


def _call(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *args: object) -> None:
    def unless_done() -> None:
        # Whoever waited for it may have given up.
        with contextlib.suppress(asyncio.InvalidStateError):
            call(*args)

    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(unless_done)


def _opened(path: str) -> Any:  # noqa: ANN401 - a type of hidapi's
    device = hidapi().device()
    try:
        device.open_path(path.encode("utf-8", "surrogateescape"))
    except (OSError, ValueError) as error:
        cause = _cause_of(path)
        rule = cause is Cause.NO_PERMISSION
        raise DriverError(cause, str(error), say=_RULE if rule else "") from error
    return device


def _cause_of(path: str) -> Cause:
    """Say why a device cannot be opened: hidapi itself does not."""
    linux = sys.platform == "linux"
    if linux and not os.path.exists(path):  # noqa: PTH110 - the system's name, not a path of ours
        return Cause.NOT_FOUND
    if linux and not os.access(path, os.R_OK | os.W_OK):
        return Cause.NO_PERMISSION
    return Cause.BUSY
