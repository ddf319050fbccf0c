"""A connection to a Bluetooth device: values written in order, read, and listened to.

One rule: writes never block, what waits is bounded, and a write that fails ends the connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drivers.contract import N_, Cause, DriverError, who_listens
from drivers.transports import ble_radio
from drivers.transports.ble_radio import ble_error
from drivers.transports.side_loop import side
from drivers.transports.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from bleak import BleakClient
    from bleak.backends.characteristic import BleakGATTCharacteristic

    from drivers.transports.pipe import Early

QUEUE_BYTES = 4096
_LAST_WRITES_S = 0.5
_HANG_UP_S = 2.0
# What was written without an answer needs some turns of the radio before the link may go.
_SETTLE_S = 0.1


def full_uuid(short: str) -> str:
    """Return the long form of a Bluetooth identifier such as "fff3", in small letters."""
    text = short.strip().lower()
    return f"0000{text}-0000-1000-8000-00805f9b34fb" if len(text) == len("fff3") else text


@dataclass(frozen=True, slots=True)
class BleOptions:
    """Which device: the system's address for it (a code of its own on a Mac), or its name.

    A write that the system does not take for `write_timeout_s` ends the connection (NO_ANSWER).
    """

    device: str
    find_timeout_s: float = 7.0
    connect_timeout_s: float = 6.0
    write_timeout_s: float = 2.0


@dataclass(frozen=True, slots=True)
class _Job:
    """One write: not cut off once begun."""

    place: str
    data: bytes
    split: bool
    sure: bool


class BleLink:
    """One connection. Order of calls: open -> (write_now | read | listen)* -> close (idempotent).

    Places are identifiers of characteristics, see `full_uuid`. One object is one connection.
    """

    def __init__(self, options: BleOptions) -> None:
        self._options = options
        self.address = options.device
        # What it calls itself, once it is connected.
        self.name = ""
        self._told: Told[tuple[Callable[[bytes], None], bytes]] | None = None
        self._overheard = who_listens()
        self._entered = False
        self._lock = threading.RLock()  # STOP comes from any thread; guards the queue
        self._out: deque[_Job] = deque()
        self._out_bytes = 0
        self._writing = False
        self._open = False
        self._places: dict[str, BleakGATTCharacteristic] = {}
        # Only the side loop touches what is below.
        self._client: BleakClient | None = None
        self._closing = False
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()

    async def open(self, on_lost: Callable[[DriverError], None]) -> None:
        """Find the device and connect. `on_lost` comes once, on the caller's loop.

        Raises DriverError: OUT_OF_REACH, AMBIGUOUS, NO_ANSWER, BLUETOOTH_OFF, NO_BLUETOOTH,
        BLUETOOTH_DENIED, BUSY (it is one of our devices already).
        """
        self._told = Told(lambda one: one[0](one[1]), on_lost)
        self._overheard = who_listens()
        await ble_radio.enter()
        self._entered = True
        try:
            await side.run(self._connect())
        except BaseException:
            await self.close()
            raise

    def has(self, place: str) -> bool:
        """Say whether the connected device has such a value."""
        return full_uuid(place) in self._places

    def can(self, place: str, what: str) -> bool:
        """Say whether a value can "read", "write", "notify" and so on."""
        known = self._places.get(full_uuid(place))
        return known is not None and what in known.properties

    def write_now(
        self,
        place: str,
        data: bytes,
        *,
        urgent: bool = False,
        split: bool = False,
        sure: bool = False,
    ) -> bool:
        """Hand over one write from any thread; False if closed, lost or the queue is full.

        An urgent one goes first and what waited is thrown away. `split` cuts what is longer than
        the device takes at once into several writes. The device is asked to answer a write only
        if its value cannot do without, or can and the writer wants to be `sure`.
        """
        job = _Job(full_uuid(place), data, split, sure)
        with self._lock:
            if not self._open or job.place not in self._places:
                return False
            if urgent:
                self._out.clear()
                self._out_bytes = 0
            elif self._out_bytes + len(data) > QUEUE_BYTES:
                return False
            self._out.append(job)
            self._out_bytes += len(data)
        self._overheard("out", data)
        return side.call(self._wake.set)

    def busy(self) -> bool:
        """Say whether something handed over was not yet taken by the system."""
        with self._lock:
            return bool(self._out) or self._writing

    async def written(self, timeout_s: float) -> bool:
        """Wait until the system took all that was handed over; False if it did not, or is lost."""
        try:
            return await side.run(self._until_idle(timeout_s))
        except DriverError:
            return False

    async def read(self, place: str, timeout_s: float = 2.0) -> bytes:
        """Ask the device for a value; raises DriverError."""
        return await side.run(self._read(full_uuid(place), timeout_s))

    async def listen(
        self,
        place: str,
        on_bytes: Callable[[bytes], None],
        timeout_s: float = 3.0,
        early: Early | None = None,
    ) -> None:
        """Call `on_bytes` on the opener's loop whenever the device tells a value, until closed.

        Raises DriverError.
        """
        await side.run(self._listen(full_uuid(place), on_bytes, timeout_s, early))

    async def close(self) -> None:
        """Write what waits, if the device takes it at once, then end the connection."""
        if self._told is not None:
            self._told.silence()
        with self._lock:
            self._open = False
        if not self._entered:
            return
        self._entered = False
        try:
            with contextlib.suppress(DriverError):
                await side.run(self._hang_up())
        finally:
            await ble_radio.leave()

    # ------------------------------------------------------------------ the side loop's side

    async def _connect(self) -> None:
        options = self._options
        self._client = client = await ble_radio.connect(
            options.device, self._gone, options.find_timeout_s, options.connect_timeout_s
        )
        self.address, self.name = client.address, client.name
        with self._lock:
            self._places = {one.uuid: one for one in client.services.characteristics.values()}
            self._open = client.is_connected
        if not client.is_connected:
            raise DriverError(Cause.LOST)
        side.start(self._write_all(client))

    async def _write_all(self, client: BleakClient) -> None:
        while not self._closing:
            job = self._next()
            if job is None:
                self._idle.set()
                await self._wake.wait()
                self._wake.clear()
                continue
            try:
                async with asyncio.timeout(self._options.write_timeout_s):
                    await self._write(client, job)
            except Exception as error:  # noqa: BLE001 - whatever it is, it ends the connection
                # What the device shows now is not known: connecting anew makes it safe.
                self._fail(ble_error(error, Cause.LOST))
        self._idle.set()

    def _next(self) -> _Job | None:
        with self._lock:
            job = self._out.popleft() if self._out else None
            self._out_bytes -= len(job.data) if job else 0
            self._writing = job is not None
            if job is not None:
                self._idle.clear()
            return job

    async def _write(self, client: BleakClient, job: _Job) -> None:
        place = self._places[job.place]
        answer = (
            "write" in place.properties
            if job.sure
            else "write-without-response" not in place.properties
        )
        size = place.max_write_without_response_size if job.split else max(1, len(job.data))
        for start in range(0, len(job.data), size):
            await client.write_gatt_char(place, job.data[start : start + size], response=answer)

    async def _until_idle(self, timeout_s: float) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                while self.busy() and not self._closing:
                    self._idle.clear()
                    await self._idle.wait()
        with self._lock:
            return self._open and not self.busy()

    async def _read(self, place: str, timeout_s: float) -> bytes:
        client, known = self._talking(place)
        try:
            async with asyncio.timeout(timeout_s):
                return bytes(await client.read_gatt_char(known))
        except Exception as error:
            raise ble_error(error) from error

    async def _listen(
        self,
        place: str,
        on_bytes: Callable[[bytes], None],
        timeout_s: float,
        early: Early | None,
    ) -> None:
        client, known = self._talking(place)

        def heard(_: object, data: bytearray) -> None:
            if early is not None:
                early(bytes(data))
            self._overheard("in", bytes(data))
            if self._told is not None:
                self._told.put((on_bytes, bytes(data)), len(data))

        try:
            async with asyncio.timeout(timeout_s):
                await client.start_notify(known, heard)
        except Exception as error:
            raise ble_error(error) from error

    def _talking(self, place: str) -> tuple[BleakClient, BleakGATTCharacteristic]:
        client, known = self._client, self._places.get(place)
        if client is None or not client.is_connected:
            raise DriverError(Cause.LOST)
        if known is None:
            raise DriverError(
                Cause.UNSUPPORTED,
                say=N_(
                    "The device has no value {value}. Check the number, or add the device as "
                    "another kind."
                ),
                value=place,
            )
        return client, known

    def _gone(self) -> None:
        self._fail(DriverError(Cause.LOST))

    def _fail(self, error: DriverError) -> None:
        with self._lock:
            was_open, self._open = self._open, False
            self._out.clear()
            self._writing = False
        self._closing = True
        self._wake.set()
        self._idle.set()
        if was_open and self._told is not None:
            self._told.lose(error)

    async def _hang_up(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if await self._until_idle(_LAST_WRITES_S) or client.is_connected:
                await asyncio.sleep(_SETTLE_S)
        finally:
            self._closing = True
            self._wake.set()
            # A device that is gone, or a service that hangs, must not hold us.
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_HANG_UP_S):
                    await client.disconnect()
            ble_radio.let_go(self.address)


class BlePipe:
    """A pipe of bytes through two values of a device; see `drivers.transports.pipe.Pipe`."""

    def __init__(
        self,
        options: BleOptions,
        *ways: tuple[str, str],
        split: bool = True,
        sure: bool = False,
        early: Early | None = None,
    ) -> None:
        """Take the first of the `ways` the device has: a value to write, and one that tells or "".

        Without `split` a write is a command, never cut; `sure` as in `BleLink.write_now`.
        """
        self.link = BleLink(options)
        self.write, self.tell = "", ""
        self._ways = ways
        self._split, self._sure = split, sure
        self._early = early

    async def open(
        self, on_bytes: Callable[[bytes], None], on_lost: Callable[[DriverError], None]
    ) -> None:
        """Connect; raises DriverError, UNSUPPORTED if it has none of the ways."""
        await self.link.open(on_lost)
        try:
            for write, tell in self._ways:
                if self.link.has(write) and (not tell or self.link.can(tell, "notify")):
                    if tell:
                        await self.link.listen(tell, on_bytes, early=self._early)
                    self.write, self.tell = full_uuid(write), full_uuid(tell)
                    return
            raise DriverError(
                Cause.UNSUPPORTED,
                say=N_("This Bluetooth device is of another kind. Add it as what it is."),
            )
        except BaseException:
            await self.link.close()
            raise

    def write_now(self, data: bytes, *, urgent: bool = False) -> bool:
        """Hand bytes over from any thread."""
        return self.link.write_now(
            self.write, data, urgent=urgent, split=self._split, sure=self._sure
        )

    async def close(self) -> None:
        """Write what waits and end the connection."""
        await self.link.close()
