"""The computer's Bluetooth: what is near, one search for all who look, and how it can fail.

One rule: everything of bleak happens on the side loop, between `enter` and `leave`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.contract import N_, Cause, DriverError
from drivers.transports.bluez_end import leave_bluez
from drivers.transports.side_loop import in_thread, side

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bleak import BleakClient
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

log = logging.getLogger(__name__)

LOOK_S = 3.0
_TRIES = 3
_STOP_S = 2.0
# What D-Bus says of a Bluetooth service that is not there, is off, or is not for us.
_DBUS_CAUSES = {
    "org.freedesktop.DBus.Error.ServiceUnknown": Cause.NO_BLUETOOTH,
    "org.freedesktop.DBus.Error.NameHasNoOwner": Cause.NO_BLUETOOTH,
    "org.freedesktop.DBus.Error.AccessDenied": Cause.BLUETOOTH_DENIED,
    "org.freedesktop.DBus.Error.UnknownObject": Cause.OUT_OF_REACH,
    "org.bluez.Error.NotReady": Cause.BLUETOOTH_OFF,
    "org.bluez.Error.NotAuthorized": Cause.REFUSED,
    "org.bluez.Error.NotPermitted": Cause.REFUSED,
    "org.bluez.Error.NotSupported": Cause.UNSUPPORTED,
}
_REASONS = {
    "NO_BLUETOOTH": Cause.NO_BLUETOOTH,
    "NO_BLE_CENTRAL_ROLE": Cause.NO_BLUETOOTH,
    "POWERED_OFF": Cause.BLUETOOTH_OFF,
    "DENIED_BY_USER": Cause.BLUETOOTH_DENIED,
    "DENIED_BY_SYSTEM": Cause.BLUETOOTH_DENIED,
    "DENIED_BY_UNKNOWN": Cause.BLUETOOTH_DENIED,
}


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something that was seen: the system's address for it, its name, the services it tells of.

    Services are identifiers in their long form, in small letters.
    """

    address: str
    name: str
    services: frozenset[str]
    strength_dbm: int


async def enter() -> None:
    """Get Bluetooth ready, from the program's loop; raises DriverError if it cannot be loaded."""
    side.enter()
    try:
        await in_thread("bluetooth", _load)
    except ImportError as error:
        await side.leave()
        raise DriverError(Cause.NO_BLUETOOTH, str(error)) from error
    except BaseException:
        await side.leave()
        raise
    with _shared.lock:
        _shared.users += 1


async def leave() -> None:
    """Let go; the last one to leave ends the connection to the system's Bluetooth service."""
    with _shared.lock:
        _shared.users -= 1
        last = _shared.users == 0
    try:
        if last:
            with contextlib.suppress(DriverError):
                await side.run(_forget())
    finally:
        await side.leave()


async def look_around(look_s: float = LOOK_S) -> tuple[Sighting, ...]:
    """List what is near, strongest first; nothing where there is no Bluetooth.

    Everybody who looks at the same time shares one search; nobody is connected to.
    """
    try:
        await enter()
    except DriverError as error:
        log.debug("no Bluetooth: %s", error)
        return ()
    try:
        found = await side.run(_look(look_s))
    except DriverError as error:
        log.debug("no Bluetooth: %s", error)
        return ()
    finally:
        await leave()
    return tuple(sorted(found, key=lambda one: -one.strength_dbm))


async def connect(
    wanted: str, on_gone: Callable[[], None], find_s: float, connect_s: float
) -> BleakClient:
    """Find a device by its address or its name and connect to it; on the side loop only.

    A link that a program before us left behind is taken over. `on_gone` comes on the side loop
    when the link breaks; `let_go` belongs to every connection. Raises DriverError: OUT_OF_REACH,
    AMBIGUOUS (two of that name), BUSY (it is one of our devices already), NO_ANSWER,
    BLUETOOTH_OFF, NO_BLUETOOTH, BLUETOOTH_DENIED.
    """
    from bleak_retry_connector import BleakClientWithServiceCache, establish_connection

    device = await _find(wanted, find_s)
    held = _shared.search.held
    if device.address in held:
        raise DriverError(
            Cause.BUSY,
            device.address,
            say=N_("This Bluetooth device was added twice. Remove one of the two."),
        )
    held.add(device.address)
    try:
        async with asyncio.timeout(connect_s), _shared.search.turn:
            return await establish_connection(
                BleakClientWithServiceCache,
                device,
                device.name or device.address,
                disconnected_callback=lambda _: on_gone(),
                max_attempts=_TRIES,
                use_services_cache=False,
            )
    except Exception as error:
        held.discard(device.address)
        raise ble_error(error) from error
    except BaseException:
        held.discard(device.address)
        raise


def let_go(address: str) -> None:
    """Let somebody else connect to it; on the side loop only."""
    _shared.search.held.discard(address)


def ble_error(error: BaseException, lost: Cause = Cause.NO_ANSWER) -> DriverError:
    """Say why a call to bleak failed; `lost` is the cause when nothing better is known."""
    from bleak.exc import (
        BleakBluetoothNotAvailableError,
        BleakCharacteristicNotFoundError,
        BleakDBusError,
        BleakDeviceNotFoundError,
        BleakGATTProtocolError,
    )
    from bleak_retry_connector import BleakNotFoundError

    if isinstance(error, DriverError):
        return error
    cause = Cause.NO_ANSWER if isinstance(error, TimeoutError) else lost
    if isinstance(error, BleakBluetoothNotAvailableError):
        cause = _REASONS.get(error.reason.name, Cause.NO_BLUETOOTH)
    elif isinstance(error, BleakDBusError):
        cause = _DBUS_CAUSES.get(error.dbus_error, lost)
    elif isinstance(error, BleakDeviceNotFoundError | BleakNotFoundError):
        cause = Cause.OUT_OF_REACH
    elif isinstance(error, BleakCharacteristicNotFoundError):
        cause = Cause.UNSUPPORTED
    elif isinstance(error, BleakGATTProtocolError):
        cause = Cause.REFUSED
    elif isinstance(error, FileNotFoundError | ConnectionRefusedError):
        cause = Cause.NO_BLUETOOTH  # a computer without D-Bus
    return DriverError(cause, str(error) or type(error).__name__)


# ---------------------------------------------------------------- the side loop's side


class _Search:
    """The one search of a loop; only the side loop touches it."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[BLEDevice, AdvertisementData]] = {}
        self.news = asyncio.Event()
        # Only one at a time connects: side by side they only make each other fail.
        self.turn = asyncio.Lock()
        # Whom we are connected to: two connections would end each other.
        self.held: set[str] = set()
        self._searchers = 0
        self._scanner: Any = None
        self._lock = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def searching(self) -> AsyncIterator[None]:
        """Search as long as anybody wants to; raises DriverError."""
        from bleak import BleakScanner

        async with self._lock:
            if self._searchers == 0:
                self.seen.clear()
                scanner = BleakScanner(self._saw)
                try:
                    await scanner.start()
                except Exception as error:
                    raise ble_error(error, Cause.NO_BLUETOOTH) from error
                self._scanner = scanner
            self._searchers += 1
        try:
            yield
        finally:
            await asyncio.shield(self._end_search())

    async def _end_search(self) -> None:
        async with self._lock:
            self._searchers -= 1
            if self._searchers:
                return
            scanner, self._scanner = self._scanner, None
            # Whether it ends well or not, it is over for us: the adapter may be gone by now.
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_STOP_S):
                    await scanner.stop()

    def _saw(self, device: BLEDevice, said: AdvertisementData) -> None:
        self.seen[device.address.casefold()] = (device, said)
        self.news.set()

    def match(self, wanted: str) -> BLEDevice | None:
        """Return what was seen under an address or a name; raises AMBIGUOUS."""
        key = wanted.casefold()
        if key in self.seen:
            return self.seen[key][0]
        named = [
            device
            for device, said in self.seen.values()
            if wanted in (said.local_name, device.name)
        ]
        if len(named) > 1:
            raise DriverError(
                Cause.AMBIGUOUS,
                say=N_(
                    "Two Bluetooth devices are called “{name}”. Choose one by its address, or "
                    "switch one off."
                ),
                name=wanted,
            )
        return named[0] if named else None


class _Shared:
    """What all users share. `users` is guarded by `lock`, `search` is the side loop's."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.users = 0
        self.search = _Search()


_shared = _Shared()


def _load() -> None:
    """Import bleak, which takes long, outside of any loop."""
    import bleak_retry_connector  # noqa: F401 - the import is the point

    if sys.platform == "linux":
        from bleak.backends.bluezdbus.version import BlueZFeatures

        # It would start a program to ask whether BlueZ is from before 2020, and warn of it.
        BlueZFeatures.checked_bluez_version = True


async def _look(look_s: float) -> list[Sighting]:
    search = _shared.search
    async with search.searching():
        await asyncio.sleep(look_s)
        return [
            Sighting(
                device.address,
                said.local_name or device.name or "",
                frozenset(one.lower() for one in said.service_uuids),
                said.rssi,
            )
            for device, said in search.seen.values()
        ]


async def _find(wanted: str, find_s: float) -> BLEDevice:
    search = _shared.search
    async with search.searching():
        held = await _still_connected(wanted)
        if held is not None:
            return held
        try:
            async with asyncio.timeout(find_s):
                while (device := search.match(wanted)) is None:
                    search.news.clear()
                    await search.news.wait()
                return device
        except TimeoutError:
            raise DriverError(Cause.OUT_OF_REACH, wanted) from None


async def _still_connected(wanted: str) -> BLEDevice | None:
    """Return a device that the system is connected to: such a one is not seen by a search."""
    from bleak_retry_connector import get_device

    device = await get_device(wanted)
    if device is None or not device.details["props"].get("Connected"):
        return None
    return device


async def _forget() -> None:
    """End bleak's own connection to the Bluetooth service, which it would leave to the loop."""
    with _shared.lock:
        if _shared.users:
            return  # somebody came meanwhile
    _shared.search = _Search()
    await leave_bluez()
