"""A connection to Intiface, or any Buttplug server; the owner of the `buttplug` package here.

One rule: the server stops every toy when this connection ends, however it ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drivers.contract import N_, Cause, DriverError
from drivers.transports.side_loop import side
from drivers.transports.tcp import notice_breaks
from drivers.transports.told import Told, network_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from buttplug import ButtplugClient

CLIENT_NAME = "Giftwire"
_CONNECT_S = 4.0
_ASK_S = 0.9
_END_S = 0.5
_UNANSWERED_S = 5.0


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a toy can do: `kind` is Buttplug's word, `most` its highest step."""

    toy: int
    toy_name: str
    number: int
    kind: str
    most: int
    longest_ms: int = 0


class Intiface:
    """One connection. Order of calls: open -> (drive | stop | stop_now | ...)* -> close.

    Everything of the package runs on the side loop: a stop goes out while ours is blocked.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.RLock()  # STOP comes from any thread, even a signal
        self._held = False
        self._stops = 0
        self._entered = False
        self._told: Told[tuple[Feature, ...]] | None = None
        self.server = ""
        # Only the side loop touches what is below.
        self._client: ButtplugClient | None = None

    async def open(
        self,
        on_toys: Callable[[tuple[Feature, ...]], None],
        on_lost: Callable[[DriverError], None],
        *,
        look_s: float,
    ) -> tuple[Feature, ...]:
        """Connect, stop all, and look for toys for `look_s` if there are none yet.

        The callbacks come on the caller's loop: what all toys can do now whenever that changes,
        and the loss, once. Raises DriverError.
        """
        self._told = Told(on_toys, on_lost)
        side.enter()
        self._entered = True
        try:
            return await side.run(self._open(look_s))
        except BaseException:
            await self.close()
            raise

    async def drive(self, feature: Feature, level: float, *, seconds: float = 0.0) -> None:
        """Set a feature to `level`, 0.0 to 1.0, or move there in `seconds`.

        Raises DriverError: REFUSED from `stop_now` on, NOT_FOUND if the toy is gone.
        """
        with self._lock:
            if self._held:
                raise DriverError(Cause.REFUSED, "stopped")
            stops = self._stops
        await side.run(self._drive(feature, level, seconds, stops))

    async def stop(self, feature: Feature) -> None:
        """Stop one feature; raises DriverError."""
        await side.run(self._stop(feature))

    def stop_now(self) -> None:
        """Stop everything and hold from here on; from any thread, never raises."""
        with self._lock:
            self._held = True
            self._stops += 1
            side.start(self._stop_quietly())

    async def release(self) -> None:
        """Hold no longer, and stop everything; raises DriverError if it is not confirmed."""
        with self._lock:
            self._held = False
            self._stops += 1
        await side.run(self._stop_all())

    async def ping(self) -> None:
        """Ask for a sign of life; raises DriverError."""
        await side.run(self._ping())

    async def battery(self, toy: int) -> float | None:
        """Return how full a toy's battery is, 0.0 to 1.0; None if it does not tell."""
        return await side.run(self._battery(toy))

    async def close(self) -> None:
        """Stop everything and let go; may be called again."""
        if self._told is not None:
            self._told.silence()
        if not self._entered:
            return
        self._entered = False
        try:
            with contextlib.suppress(DriverError):
                await side.run(self._close())
        finally:
            await side.leave()

    # ------------------------------------------------------------------ the side loop's side

    async def _open(self, look_s: float) -> tuple[Feature, ...]:
        try:
            from buttplug import ButtplugClient
        except ImportError as error:
            raise DriverError(Cause.UNSUPPORTED, "buttplug") from error
        self._client = client = ButtplugClient(CLIENT_NAME)
        client.on_server_disconnect = self._gone
        with _in_our_words():
            async with asyncio.timeout(_CONNECT_S):
                await client.connect(self._address)
        self.server = client.server_name or "Intiface"
        link = _link(client)
        if link is not None:
            notice_breaks(link.transport.get_extra_info("socket"), _UNANSWERED_S)
        await self._stop_all()
        if not client.devices:
            await self._look(client, look_s)
        # From here on only what changes is told.
        client.on_device_added = client.on_device_removed = self._changed
        return _features(client)

    async def _look(self, client: ButtplugClient, look_s: float) -> None:
        found = asyncio.Event()
        client.on_device_added = lambda _: found.set()
        with _in_our_words():
            async with asyncio.timeout(_ASK_S):
                await client.start_scanning()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(look_s):
                await found.wait()
        with contextlib.suppress(DriverError), _in_our_words():
            async with asyncio.timeout(_ASK_S):
                await client.stop_scanning()

    async def _drive(self, feature: Feature, level: float, seconds: float, stops: int) -> None:
        from buttplug import DeviceOutputCommand, OutputType

        device = self._device(feature.toy)
        if stops != self._stops:
            raise DriverError(Cause.REFUSED, "stopped")
        target = device.features.get(feature.number)
        if target is None:
            raise DriverError(Cause.UNSUPPORTED, feature.kind)
        length_ms = round(seconds * 1000) if feature.longest_ms else None
        # The package rounds up: half of one step is a step, as the smallest one that is felt.
        command = DeviceOutputCommand(OutputType(feature.kind), float(level), length_ms)
        with _in_our_words():
            async with asyncio.timeout(_ASK_S):
                await target.run_output(command)
        if stops != self._stops:
            # STOP went out first or second: nobody knows here. It goes out again.
            await self._stop_all()
            raise DriverError(Cause.REFUSED, "stopped")

    async def _stop(self, feature: Feature) -> None:
        target = self._device(feature.toy).features.get(feature.number)
        if target is not None:
            with _in_our_words():
                async with asyncio.timeout(_ASK_S):
                    await target.stop()

    async def _stop_quietly(self) -> None:
        with contextlib.suppress(DriverError):
            await self._stop_all()

    async def _stop_all(self) -> None:
        with _in_our_words():
            async with asyncio.timeout(_ASK_S):
                await self._up().stop_all_devices()

    async def _ping(self) -> None:
        from buttplug._messages import Ping

        with _in_our_words():
            async with asyncio.timeout(_ASK_S):
                # The package asks only servers that want it; others answer all the same.
                await self._up()._send_device_message(Ping(id=0))  # noqa: SLF001

    async def _battery(self, toy: int) -> float | None:
        device = self._device(toy)
        if not device.has_input("Battery"):
            return None
        with _in_our_words():
            async with asyncio.timeout(_ASK_S):
                return float(await device.battery())

    def _up(self) -> ButtplugClient:
        if self._client is None or not self._client.connected:
            raise DriverError(Cause.LOST, "closed")
        return self._client

    def _device(self, toy: int) -> Any:  # noqa: ANN401 - the package's own kind
        device = self._up().devices.get(toy)
        if device is None:
            raise DriverError(Cause.NOT_FOUND, f"toy {toy}")
        return device

    def _changed(self, _device: object) -> None:
        if self._told is not None and self._client is not None:
            self._told.put(_features(self._client), 1)

    def _gone(self) -> None:
        if self._told is not None:
            self._told.lose(
                DriverError(
                    Cause.LOST,
                    say=N_(
                        "Intiface closed the connection. Start its server; we connect by ourselves."
                    ),
                )
            )

    async def _close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        connector, link = client._connector, _link(client)  # noqa: SLF001 - see below
        try:
            # Its own good-bye marks itself disconnected first and then sends no stop.
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_END_S):
                    await client.stop_all_devices()
            with contextlib.suppress(Exception):
                async with asyncio.timeout(_END_S):
                    await client.disconnect()
            if connector is not None:
                # A connection given up half-way is known to nobody else.
                with contextlib.suppress(Exception):
                    async with asyncio.timeout(_END_S):
                        await connector.disconnect()
        finally:
            if link is not None:
                link.transport.abort()


def _link(client: ButtplugClient) -> Any:  # noqa: ANN401 - the WebSocket, which it keeps private
    connector = client._connector  # noqa: SLF001 - a server that hangs must not hold us
    return None if connector is None else connector._ws  # noqa: SLF001 - same


def _features(client: ButtplugClient) -> tuple[Feature, ...]:
    """List what all toys can do, by toy and number."""
    return tuple(
        Feature(toy, device.display_name or device.name, number, kind, output.value[1], length_ms)
        for toy, device in sorted(client.devices.items())
        for number, feature in sorted(device.features.items())
        for kind, output in (feature.outputs or {}).items()
        for length_ms in [output.duration[1] if output.duration else 0]
    )


@contextlib.contextmanager
def _in_our_words() -> Any:  # noqa: ANN401 - a context
    """Raise what the package and the network raise as DriverErrors."""
    from buttplug import errors

    try:
        yield
    except TimeoutError as error:
        raise DriverError(
            Cause.NO_ANSWER,
            say=N_("Intiface does not answer. Start Intiface Central and its server."),
        ) from error
    except errors.ButtplugHandshakeError as error:
        raise DriverError(Cause.UNSUPPORTED, error.message) from error
    except errors.ButtplugConnectorError as error:
        below = error.__cause__
        if below is None:
            raise DriverError(Cause.LOST, error.message) from error
        raise network_error(below) from error
    except errors.ButtplugError as error:
        raise DriverError(Cause.REFUSED, error.message) from error
