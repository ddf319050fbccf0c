"""Relay boards that speak Modbus RTU over USB or RS-485: Waveshare, LCTech and their like.

One rule: the board repeats what it took, and only then it is called confirmed.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, ClassVar, Literal, TypeVar

from pydantic import Field

from drivers.codecs import modbus
from drivers.codecs.loads import Load
from drivers.codecs.port_settings import PortSettings
from drivers.codecs.relays import relay_of, relays
from drivers.contract import (
    ACCEPTS,
    N_,
    Ack,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Instruction,
    Kind,
    SafeRecipe,
    is_off,
)
from drivers.transports import ports
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.on_port import OnPort
from drivers.transports.serial import SerialOptions, SerialPort
from drivers.transports.stop_input import StopInput

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ANSWER_S = 0.3
# How long an answer takes and 3.5 bytes of silence (Modbus over Serial Line, 2.5.1.1).
GAP_BYTES, GAP_S = 12, 0.005
# What a board takes to answer, and the bits of a question and its answer.
_TURN_S = 0.02
_BUTTON_BITS = (8 + 6) * 11
_ON = {"standard": 0xFF00, "waveshare": 0xFF00, "old": 0x0100}


class ModbusSettings(PortSettings):
    """Which port, which board on it, and what hangs on its relays."""

    model: Literal["standard", "waveshare", "old"] = Field(
        "standard",
        title=N_("Board"),
        description=N_("Waveshare boards switch off by themselves, which is safer."),
        json_schema_extra={
            "words": {
                "standard": N_("Ordinary Modbus relays"),
                "waveshare": N_("Waveshare Modbus RTU Relay"),
                "old": N_("Old boards that ignore the ordinary ones' words"),
            }
        },
    )
    unit: int = Field(
        1,
        ge=1,
        le=255,
        title=N_("Address"),
        description=N_("The board's number: 1 for most, 255 for LCTech."),
    )
    channels: int = Field(
        1, ge=1, le=32, title=N_("Relays"), description=N_("How many relays the board has.")
    )
    speed_baud: int = Field(
        9600, ge=1200, le=256_000, title=N_("Speed"), description=N_("9600 for most boards.")
    )
    parity: Literal["N", "E", "O"] = Field(
        "N",
        title=N_("Parity"),
        description=N_("None for most boards."),
        json_schema_extra={"words": {"N": N_("None"), "E": N_("Even"), "O": N_("Odd")}},
    )
    load: Load = "other"
    stop_input: int = Field(
        0,
        ge=0,
        le=32,
        title=N_("Input of a STOP button"),
        description=N_("The number of an input of the board. 0 if there is no button."),
    )
    stop_opens: bool = Field(
        default=False,
        title=N_("The button opens"),
        description=N_("For emergency stops, which open their contact when they are pressed."),
    )


class ModbusRelay(OnPort):
    """One board; each relay is an output "relay1", "relay2" and so on."""

    key = "modbus_relay"
    title = N_("Modbus relay board")
    summary = N_("A relay board on RS-485 or USB that speaks Modbus RTU, such as Waveshare's.")
    icon = "relay"
    Settings: ClassVar[type[DriverSettings]] = ModbusSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, ModbusSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._off = modbus.all_off(settings.unit, settings.channels)
        self._button: StopInput | None = None

    async def open(self) -> tuple[Capability, ...]:
        """Open the port and every contact; a board that does not answer is told."""
        settings = self._settings
        self._loop = asyncio.get_running_loop()
        self.address = await ports.find(settings.port)
        speed_baud = settings.speed_baud
        # A frame ends with a silence, and on two wires the answer must not meet the next one:
        # OFF right behind a question would be heard by no board.
        gap_s = GAP_BYTES * 11 / speed_baud + GAP_S
        options = SerialOptions(self.address, speed_baud, parity=settings.parity, gap_s=gap_s)
        port = SerialPort(options, self._hear_early)
        self._pipe = HeldPipe(port)
        self._asking = asking = Asking(self._pipe, wait_s=ANSWER_S)
        await self._pipe.open(asking.feed, self._lose)
        await asking.ask(self._off, modbus.echo_of(self._off))
        if settings.stop_input:
            await self._listen_to_button(asking, port)
        self.firmware = f"Modbus {settings.unit}"
        timed = settings.model == "waveshare"
        return relays(settings.channels, settings.load, self_timed=timed)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Close or open one contact and wait until the board repeats it."""
        if not isinstance(instruction, ACCEPTS[Kind.SWITCH]):
            raise DriverError(Cause.UNSUPPORTED, type(instruction).__name__)
        coil = relay_of(capability, self._settings.channels) - 1
        off = is_off(instruction)
        frame = self._frame(coil, None if off else duration_s, off=off)
        await self._ask(frame, modbus.echo_of(frame), turns_on=not off)
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Open every contact, from any thread."""
        pipe, asking, loop = self._pipe, self._asking, self._loop
        if pipe is not None:
            pipe.stop(self._off)
        if self._button is not None:
            self._button.stop(self._off)
        if asking is not None and loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(asking.stop)

    async def make_safe(self) -> bool:
        """Open every contact and wait until the board repeats it."""
        if self._pipe is None or self._asking is None:
            return False
        self._asking.stop()
        self._pipe.release(self._off)
        try:
            return await self._ask(self._off, modbus.echo_of(self._off))
        except DriverError:
            return False

    async def close(self) -> None:
        """Open every contact a last time and let go of the port."""
        if self._button is not None:
            await self._button.close()
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(self._off)

    async def check(self) -> None:
        """Ask which relays are closed."""
        channels = self._settings.channels
        question = modbus.read_coils(self._settings.unit, channels)
        await self._ask(question, modbus.coils_of(question, channels))

    def safe_recipe(self) -> SafeRecipe:
        """The same frame does for a stranger, and the board repeats it."""
        settings = self._settings
        return SafeRecipe(
            "serial",
            self.address,
            (self._off,),
            settings.speed_baud,
            expect=modbus.answer_to_all(self._off),
            options={"parity": settings.parity},
        )

    async def _listen_to_button(self, asking: Asking, port: SerialPort) -> None:
        settings = self._settings
        question = modbus.read_input(settings.unit, settings.stop_input - 1)
        read = modbus.input_of(question)
        # A board without such an input says so now, not when somebody presses.
        await asking.ask(question, modbus.coils_of(question, 1))

        def is_down(heard: bytes) -> bool | None:
            closed = read(heard)
            return None if closed is None else closed is not settings.stop_opens

        takes_s = _TURN_S + _BUTTON_BITS / settings.speed_baud
        pressed = self.events.on_stop_pressed
        self._button = StopInput(port.write_now, question, is_down, pressed, takes_s=takes_s)
        self._button.open()

    async def _ask(
        self, frame: bytes, read: Callable[[bytes], T | None], *, turns_on: bool = False
    ) -> T:
        if self._asking is None:
            raise DriverError(Cause.LOST)
        if self._button is None:
            return await self._asking.ask(frame, read, turns_on=turns_on)
        era = self._asking.era
        async with self._button.turn(2 * ANSWER_S):
            if turns_on and era != self._asking.era:
                raise DriverError(Cause.REFUSED, "stopped")
            return await self._asking.ask(frame, read, turns_on=turns_on)

    def _hear_early(self, data: bytes) -> None:
        if self._button is not None:
            self._button.hear(data)

    def _frame(self, coil: int, duration_s: float | None, *, off: bool) -> bytes:
        settings = self._settings
        if off:
            return modbus.write_coil(settings.unit, coil, 0)
        if settings.model == "waveshare" and duration_s is not None:
            return modbus.flash_on(settings.unit, coil, duration_s)
        return modbus.write_coil(settings.unit, coil, _ON[settings.model])

    def _lose(self, error: DriverError) -> None:
        if self._asking is not None:
            self._asking.lose(error)
        self.events.on_lost(error)
