"""Which serial ports there are, which board is behind which, and when that changes.

One rule: nothing here opens a port or sends a byte; a board is told by its identity, not its name.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from drivers.contract import N_, Cause, DriverError, Found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

log = logging.getLogger(__name__)

POLL_S = 1.0

# Serial numbers that whole batches of boards share.
_SHARED = re.compile(r"0*|0*1|0*123456789(0|ABCDEF)?|0123456789ABCDEF|[Xx]+|[Ff]+", re.ASCII)
_INTERFACE = re.compile(r":[\dx]+\.(\d+)$")


@dataclass(frozen=True, slots=True)
class PortInfo:
    """One port as the system lists it; `vid` is None for ports that are not USB."""

    path: str
    title: str = ""
    vid: int | None = None
    pid: int | None = None
    serial_number: str = ""
    location: str = ""

    @property
    def socket(self) -> str:
        """The USB socket without the interface of a board that has several."""
        return _INTERFACE.sub("", self.location)

    @property
    def interface(self) -> str:
        """Which of several ports of one board this is, "" if unknown."""
        found = _INTERFACE.search(self.location)
        return found.group(1) if found else ""

    @property
    def serial_key(self) -> str:
        """The best identity, or "" if the board has no serial number of its own."""
        if self.vid is None or _SHARED.fullmatch(self.serial_number):
            return ""
        return f"{self._board}:{quote(self.serial_number, safe='')}"

    @property
    def socket_key(self) -> str:
        """The identity of a board without a serial number: the socket it is plugged into."""
        return f"{self._board}@{self.socket}" if self.vid is not None and self.location else ""

    @property
    def _board(self) -> str:
        return f"usb:{self.vid or 0:04X}:{self.pid or 0:04X}"

    def keys(self) -> tuple[str, ...]:
        """Return every identity this port answers to, best first."""
        usb = [key for key in (self.serial_key, self.socket_key) if key]
        exact = [f"{key}:{self.interface}" for key in usb if self.interface]
        return (*usb, *exact, self.path)


def list_ports() -> tuple[PortInfo, ...]:
    """Return the ports of this computer. Slow (up to seconds): call it in a thread."""
    try:
        from serial.tools import list_ports as system
    except ImportError as error:
        raise DriverError(Cause.UNSUPPORTED, "pyserial") from error
    found = [
        PortInfo(
            path=one.device,
            # pyserial says "n/a" of a port that tells nothing.
            title=one.product or (one.description or "").removeprefix("n/a"),
            vid=one.vid,
            pid=one.pid,
            serial_number=one.serial_number or "",
            location=one.location or "",
        )
        for one in system.comports()
    ]
    return tuple(sorted(found, key=lambda one: one.path))


def identity(port: PortInfo, ports: Iterable[PortInfo]) -> str:
    """Return the key to remember `port` by: the best one that no other of `ports` answers to."""
    others = [other for other in ports if other.path != port.path]
    taken = {key for other in others for key in other.keys()}  # noqa: SIM118 - not a mapping
    serial = port.serial_key
    if serial and serial not in taken:
        return serial
    same_board = {other.socket for other in others if other.serial_key == serial}
    if serial and same_board == {port.socket} and port.interface:
        return f"{serial}:{port.interface}"
    if port.socket_key and port.socket_key not in taken:
        return port.socket_key
    exact = f"{port.socket_key}:{port.interface}"
    return exact if port.socket_key and port.interface and exact not in taken else port.path


def is_path(key: str) -> bool:
    """Say whether a key is a plain port name instead of an identity."""
    return not key.startswith("usb:")


def resolve(key: str, ports: Sequence[PortInfo]) -> str:
    """Return the port a key means now.

    Raises DriverError: NOT_FOUND when it is not plugged in, AMBIGUOUS when several could be meant.
    """
    if is_path(key):
        return key
    matches = [port for port in ports if key in port.keys()]  # noqa: SIM118 - not a mapping
    if not matches:
        raise DriverError(Cause.NOT_FOUND, key)
    if len(matches) > 1:
        raise DriverError(
            Cause.AMBIGUOUS,
            say=N_("Two boards look the same: {ports}. Unplug one, or choose the port by hand."),
            ports=", ".join(port.path for port in matches),
        )
    return matches[0].path


# ---------------------------------------------------------------- what changed


async def find(key: str) -> str:
    """Return the path of the port a setting means now; raises DriverError as `resolve`."""
    return key if is_path(key) else resolve(key, await asyncio.to_thread(list_ports))


async def offered(driver: str) -> tuple[Found, ...]:
    """List the ports as devices of a driver whose settings have a `port`; none is opened."""
    listed = await asyncio.to_thread(list_ports)
    return tuple(
        Found(driver, one.title or one.path, one.path, {"port": identity(one, listed)})
        for one in sorted(listed, key=lambda one: (one.vid is None, one.path))
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look at the ports found different, by identity."""

    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.appeared or self.vanished or self.moved)


def difference(before: Sequence[PortInfo], after: Sequence[PortInfo]) -> Changes:
    """Compare two lists of ports; a board under another name has moved."""
    old = {identity(port, before): port.path for port in before}
    new = {identity(port, after): port.path for port in after}
    return Changes(
        appeared=tuple(key for key in new if key not in old),
        vanished=tuple(key for key in old if key not in new),
        moved=tuple(key for key in new if key in old and old[key] != new[key]),
    )


class PortWatch:
    """Looks at the ports once a second, in one thread, for all who listen."""

    def __init__(self, poll_s: float = POLL_S) -> None:
        self._poll_s = poll_s
        self._lock = threading.Lock()
        self._listeners: list[Callable[[Changes], None]] = []
        self._thread: threading.Thread | None = None
        self._end = threading.Event()

    def listen(self, on_change: Callable[[Changes], None]) -> Callable[[], None]:
        """Call `on_change` from the watching thread until the returned function is called.

        That function may take as long as one look at the ports.
        """
        with self._lock:
            self._listeners.append(on_change)
            if self._thread is None:
                self._end = threading.Event()
                self._thread = threading.Thread(
                    target=self._run, args=(self._end,), name="port watch", daemon=True
                )
                self._thread.start()
        return lambda: self._leave(on_change)

    def _leave(self, on_change: Callable[[Changes], None]) -> None:
        with self._lock:
            with contextlib.suppress(ValueError):
                self._listeners.remove(on_change)
            if self._listeners or self._thread is None:
                return
            thread, self._thread = self._thread, None
            self._end.set()
        thread.join(10.0)

    def _run(self, end: threading.Event) -> None:
        before = self._look(())
        while not end.wait(self._poll_s):
            after = self._look(before)
            changes = difference(before, after)
            before = after
            if changes:
                with self._lock:
                    listeners = tuple(self._listeners)
                for listener in listeners:
                    listener(changes)

    def _look(self, before: Sequence[PortInfo]) -> Sequence[PortInfo]:
        try:
            return list_ports()
        except (DriverError, OSError) as error:
            # A system that cannot list its ports now may do so in a second.
            log.debug("listing the ports failed: %s", error)
            return before


watch = PortWatch()
