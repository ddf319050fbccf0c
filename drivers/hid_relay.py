"""USB relay boards without a port: they look like a keyboard to the computer (HID).

One rule: the board tells which relays are on, and only then it is called confirmed.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from pydantic import Field

from drivers.codecs import hid_relay
from drivers.codecs.loads import Load
from drivers.codecs.relays import relay_of, relays
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverEvents,
    DriverSettings,
    Found,
    Instruction,
    Kind,
    SafeRecipe,
    is_off,
)
from drivers.transports import hid
from drivers.transports.held import HeldPipe
from drivers.transports.hid import HidInfo, HidPort

# Where boards tell of themselves; which of them, depends on their firmware.
_REPORTS = (0, 1)
_SAFE_S = 0.9


class HidRelaySettings(DriverSettings):
    """Which board, how many relays, and what hangs on them."""

    board: str = Field(
        "",
        max_length=300,
        title=N_("Board"),
        description=N_(
            "Empty if only one such board is plugged in. Linux wants a rule first: the file "
            "70-giftwire-usb-relay.rules of this program says how."
        ),
        json_schema_extra={"pick": "board"},
    )
    channels: int = Field(
        1,
        ge=1,
        le=hid_relay.MOST_CHANNELS,
        title=N_("Relays"),
        description=N_("How many relays the board has."),
    )
    load: Load = "other"


class HidRelay(Driver):
    """One board; each relay is an output "relay1", "relay2" and so on."""

    key = "hid_relay"
    title = N_("USB relay board without driver (HID)")
    summary = N_("A board called USBRelay1 to USBRelay8 that needs no port and no driver.")
    icon = "relay"
    Settings: ClassVar[type[DriverSettings]] = HidRelaySettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, HidRelaySettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._port: HidPort | None = None
        self._pipe: HeldPipe | None = None
        self._report: int | None = None
        self._turn = asyncio.Lock()
        # Grows when everything that turns something on is given up.
        self._stops = 0

    async def open(self) -> tuple[Capability, ...]:
        """Open the board and every contact."""
        settings = self._settings
        board = await hid.find(settings.board, _is_relay)
        self.address = board.path
        self._port = HidPort(board.path, feature=True)
        self._pipe = HeldPipe(self._port)
        await self._pipe.open(lambda _: None, self.events.on_lost)
        self._pipe.turn_off(hid_relay.ALL_OFF)
        name = await self._first_look()
        self.firmware = f"{board.product} {name}".strip()
        return relays(settings.channels, settings.load)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Close or open one contact and ask the board whether it did."""
        del duration_s  # the board has no timer
        pipe = self._pipe
        if pipe is None:
            raise DriverError(Cause.LOST)
        if not isinstance(instruction, ACCEPTS[Kind.SWITCH]):
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        channel, off = relay_of(capability, self._settings.channels), is_off(instruction)
        stops = self._stops
        async with self._turn:
            if stops != self._stops and not off:
                # It waited for another relay while STOP came and went.
                raise DriverError(Cause.REFUSED, "stopped")
            (pipe.turn_off if off else pipe.turn_on)(hid_relay.report(channel, on=not off))
            bits = await self._bits()
        if bits is None:
            return Ack.SENT
        if bool(bits >> (channel - 1) & 1) is off:
            # Or STOP came in between: the board was asked after it.
            raise DriverError(
                Cause.REFUSED,
                say=N_("Relay {n} did not switch. Unplug the board and plug it in again."),
                n=channel,
            )
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Open every contact, from any thread."""
        self._stops += 1
        if self._pipe is not None:
            self._pipe.stop(hid_relay.ALL_OFF)

    async def make_safe(self) -> bool:
        """Open every contact and ask the board whether it did."""
        self._stops += 1
        if self._pipe is None or not self._pipe.release(hid_relay.ALL_OFF):
            return False
        try:
            async with asyncio.timeout(_SAFE_S):
                return not await self._bits()
        except (DriverError, TimeoutError):
            return False

    async def close(self) -> None:
        """Open every contact a last time and let go of the board."""
        if self._pipe is not None:
            await self._pipe.close(hid_relay.ALL_OFF)

    async def check(self) -> None:
        """Ask which contacts are closed."""
        if self._pipe is None:
            raise DriverError(Cause.LOST)
        await self._bits()

    def safe_recipe(self) -> SafeRecipe:
        """The same report does for a stranger."""
        return SafeRecipe("hid", self.address, (hid_relay.ALL_OFF,), options={"feature": 1})

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List the boards by what the system knows of them; none is spoken to."""
        try:
            found = await asyncio.to_thread(hid.list_devices)
        except DriverError:
            return ()
        return tuple(
            Found(
                cls.key,
                cls.title,
                f"{one.product} {one.serial_number}".strip(),
                {"board": one.key, "channels": hid_relay.channels_of(one.product)},
            )
            for one in found
            if _is_relay(one)
        )

    async def _first_look(self) -> str:
        """Learn where the board tells of itself, and return its name; "" if it never does."""
        for number in _REPORTS:
            self._report = number
            try:
                told = await self._told()
            except DriverError as error:
                if error.cause is not Cause.NO_ANSWER:
                    raise
                continue
            if told is not None:
                return told[0]
        self._report = None
        return ""

    async def _bits(self) -> int | None:
        """Return which relays are on; None for a board that cannot tell."""
        told = await self._told()
        return None if told is None else told[1]

    async def _told(self) -> tuple[str, int] | None:
        if self._report is None or self._port is None:
            return None
        return hid_relay.read(await self._port.feature(self._report, hid_relay.REPORT_BYTES))


def _is_relay(one: HidInfo) -> bool:
    known = (one.vid, one.pid) == (hid_relay.VID, hid_relay.PID)
    return known and hid_relay.channels_of(one.product) > 0
