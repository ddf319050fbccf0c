"""Boards with the Firmata sketch: an Arduino whose pins switch, dim, move servos and turn motors.

One rule: after every change the board is asked what the pin is now, and only then it is confirmed.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from drivers.codecs import accel_stepper, firmata, ramps
from drivers.codecs.firmata import Mode
from drivers.codecs.firmata_outputs import (
    Board,
    FirmataSettings,
    MotorPlan,
    PinPlan,
    Plan,
    plan_motor,
    plan_pin,
)
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
    MoveTo,
    Rotate,
    Run,
    SafeRecipe,
    SetLevel,
    is_off,
)
from drivers.transports import ports
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.on_port import OnAnyPort
from drivers.transports.sentences import RESTARTED
from drivers.transports.serial import SerialOptions, SerialPort

ANSWER_S = 0.3
# An Uno tells its name 2.4 s after it was opened: it blinks its version first.
BOOT_S = 8.0
_QUICK_S = 0.8
_FIRST_TRIES = 6
_MOVE_EVERY_S = 0.02
_LONGEST_S = 160.0


@dataclass(slots=True)
class _Turn:
    """A rotation that runs: to which place, at how many steps a second."""

    target: int
    steps_per_s: float


class Firmata(OnAnyPort):
    """One board; an output for each pin that is used, and one for each motor."""

    key = "firmata"
    title = N_("Arduino with Firmata")
    summary = N_(
        "Relays, dimmers, servos and stepper motors on an Arduino with the Firmata sketch."
    )
    icon = "usb"
    Settings: ClassVar[type[DriverSettings]] = FirmataSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, FirmataSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None
        self._reader = firmata.Reader()
        self._early_reader = firmata.Reader()
        self._plans: tuple[Plan, ...] = ()
        self._pins: dict[str, PinPlan] = {}
        self._motors: dict[str, MotorPlan] = {}
        self._angles: dict[str, float] = {}
        self._moving: dict[str, asyncio.TimerHandle] = {}
        self._turning: dict[str, _Turn] = {}
        self._prepare = self._off = b""
        self._stop_pin: int | None = None
        self._pressed = False
        self._boot_took_s = 0.0
        self._online = False
        self._lost = False
        # Grows when everything that turns or moves is given up.
        self._era = 0

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Open the port, wait for the board to start, make every output rest."""
        self._loop = asyncio.get_running_loop()
        self.address = await ports.find(self._settings.port)
        dtr, rts = self._settings.lines
        options = SerialOptions(self.address, self._settings.speed_baud, dtr=dtr, rts=rts)
        self._pipe = HeldPipe(SerialPort(options, self._hear_early))
        self._asking = Asking(self._pipe, wait_s=ANSWER_S)
        await self._pipe.open(self._hear, self._lose)
        self.firmware = await self._wake_up(self._asking)
        self._plan(await self._ask_board(self._asking))
        await self._ask_all(self._prepare)
        self._online = True
        return tuple(one.capability for one in self._plans)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Carry out one instruction and wait until the board has told that it did."""
        plan = self._pins.get(capability) or self._motors.get(capability)
        if plan is None or not isinstance(instruction, ACCEPTS[plan.capability.kind]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        self._end_move(capability)
        if isinstance(plan, MotorPlan):
            await self._apply_motor(plan, instruction, duration_s)
        else:
            await self._apply_pin(plan, instruction)
        return Ack.CONFIRMED

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Move the place where the motor stops further away."""
        plan, turn = self._motors.get(capability), self._turning.get(capability)
        if plan is None or turn is None or not isinstance(instruction, Rotate):
            return None
        reverse = turn.target < 0
        if instruction.reverse != reverse or plan.speed(instruction.rpm) != turn.steps_per_s:
            return None
        way = plan.way(instruction.rounds)
        turn.target += -way if reverse else way
        await self._ask(plan, plan.go(turn.target), turns_on=True)
        del duration_s  # more rounds take longer by themselves
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Make every output rest, from any thread."""
        pipe, loop = self._pipe, self._loop
        if pipe is not None:
            pipe.stop(self._off)
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._give_up)

    async def make_safe(self) -> bool:
        """Make every output rest and wait until the board has told that it did."""
        if self._pipe is None or self._asking is None or not self._off:
            return False
        self._give_up()
        self._pipe.release(self._off)
        try:
            await self._ask_all(self._off)
        except DriverError:
            return False
        return True

    async def close(self) -> None:
        """Make every output rest a last time and let go of the port."""
        self._online = False
        self._give_up()
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(self._off)

    async def check(self) -> None:
        """Ask what a pin is now."""
        if not self._plans:
            raise DriverError(Cause.LOST)
        await self._ask(self._plans[-1])

    def safe_recipe(self) -> SafeRecipe:
        """Tell the board all anew: opening the port may have restarted it."""
        last = self._plans[-1]
        return SafeRecipe(
            "serial",
            self.address,
            (self._prepare + last.question,),
            self._settings.speed_baud,
            expect=last.answer,
            boot_wait_s=self._boot_took_s,
        )

    # ------------------------------------------------------------------ opening

    async def _wake_up(self, asking: Asking) -> str:
        """Ask for the sketch's name until the board has started and tells it."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            try:
                said = await asking.ask(
                    firmata.ASK_FIRMWARE, lambda heard: firmata.find(heard, firmata.FIRMWARE)
                )
            except DriverError as error:
                if error.cause is not Cause.NO_ANSWER or loop.time() - began > BOOT_S:
                    raise
                continue
            took_s = loop.time() - began
            if took_s > _QUICK_S:
                # The guardian restarts it by opening the port, too, and must wait as long.
                self._boot_took_s = round(took_s + 0.3, 1)
            return firmata.firmware_name(said)

    async def _ask_board(self, asking: Asking) -> Board:
        # A board that has just started first answers how often it was asked for its name.
        modes = await asking.ask(
            firmata.ASK_CAPABILITIES,
            lambda heard: firmata.find(heard, firmata.CAPABILITIES),
            tries=_FIRST_TRIES,
        )
        analog = await asking.ask(
            firmata.ASK_MAPPING,
            lambda heard: firmata.find(heard, firmata.MAPPING),
            tries=_FIRST_TRIES,
        )
        return Board(firmata.capabilities(modes), firmata.analog_pins(analog))

    def _plan(self, board: Board) -> None:
        settings = self._settings
        pins = [plan_pin(one, board) for one in settings.outputs]
        motors = [plan_motor(one, number, board) for number, one in enumerate(settings.motors)]
        if not pins and not motors:
            raise DriverError(
                Cause.BAD_CONFIG, say=N_("This board has no outputs yet. Add one in its settings.")
            )
        self._pins = {one.capability.id: one for one in pins}
        self._motors = {one.capability.id: one for one in motors}
        self._angles = {one.capability.id: float(one.output.rest_degrees) for one in pins}
        self._plans = (*pins, *motors)
        self._off = b"".join(one.off for one in self._plans)
        self._prepare = b"".join(one.prepare for one in self._plans)
        if settings.stop_pin:
            self._stop_pin = pin = board.pin(settings.stop_pin, Mode.PULLUP)
            self._prepare += firmata.set_mode(pin, Mode.PULLUP) + firmata.report_port(pin)

    # ------------------------------------------------------------------ doing

    async def _apply_pin(self, plan: PinPlan, instruction: Instruction) -> None:
        name = plan.capability.id
        if is_off(instruction):
            self._angles[name] = float(plan.output.rest_degrees)
            await self._ask(plan, plan.off, plan.output.rest_value)
        elif isinstance(instruction, MoveTo):
            await self._move(plan, instruction)
        elif isinstance(instruction, SetLevel):
            value = max(1, round(instruction.level * plan.top))
            await self._ask(plan, firmata.analog(plan.pin, value), value, turns_on=True)
        else:
            frame = firmata.digital(plan.pin, high=not plan.output.low)
            await self._ask(plan, frame, int(not plan.output.low), turns_on=True)

    async def _move(self, plan: PinPlan, move: MoveTo) -> None:
        """Go there at once, or in many small moves."""
        low, high = plan.output.from_degrees, plan.output.to_degrees
        name, goal = plan.capability.id, low + (high - low) * move.position
        moves, era = max(1, math.ceil(move.seconds / _MOVE_EVERY_S)), self._era
        first = self._angles[name] + (goal - self._angles[name]) / moves
        angle = round(first)
        await self._ask(plan, firmata.analog(plan.pin, angle), angle, turns_on=True)
        if era != self._era:
            raise DriverError(Cause.REFUSED, "stopped")
        self._angles[name] = first
        self._move_on(plan, goal, moves - 1)

    def _move_on(self, plan: PinPlan, goal: float, left: int) -> None:
        name = plan.capability.id
        if left > 0 and self._loop is not None and not self._lost:
            wait = self._loop.call_later(_MOVE_EVERY_S, self._next_move, plan, goal, left)
            self._moving[name] = wait

    def _next_move(self, plan: PinPlan, goal: float, left: int) -> None:
        name = plan.capability.id
        del self._moving[name]
        angle = self._angles[name]
        self._angles[name] = angle + (goal - angle) / left
        with contextlib.suppress(DriverError):  # stopped, or lost: it stays where it is
            if self._pipe is not None:
                self._pipe.turn_on(firmata.analog(plan.pin, round(self._angles[name])))
                self._move_on(plan, goal, left - 1)

    def _end_move(self, name: str) -> None:
        wait = self._moving.pop(name, None)
        if wait is not None:
            wait.cancel()

    async def _apply_motor(
        self, plan: MotorPlan, instruction: Instruction, duration_s: float | None
    ) -> None:
        name = plan.capability.id
        self._turning.pop(name, None)
        if not isinstance(instruction, Rotate | Run):
            await self._ask(plan, plan.off)
            return
        speed = plan.speed(instruction.rpm)
        longest_s = _LONGEST_S if duration_s is None else min(_LONGEST_S, duration_s)
        # It has no clock for us, but it never turns further than it would get in that time.
        way = math.floor(ramps.way_within(longest_s, speed, plan.motor.ramp))
        if isinstance(instruction, Rotate):
            way = min(way, plan.way(instruction.rounds))
        turn = _Turn(-way if instruction.reverse else way, speed)
        await self._ask(plan, plan.ready(speed), turns_on=True)
        self._turning[name] = turn
        # Its goal is a place, not a way: an order that is given twice turns nothing twice.
        await self._ask(plan, plan.go(turn.target), turns_on=True)

    async def _ask(
        self, plan: Plan, data: bytes = b"", value: int | None = None, *, turns_on: bool = False
    ) -> None:
        """Send bytes and ask what became of them, all at once; a pin must tell of `value`."""
        if self._asking is None or self._lost:
            raise DriverError(Cause.LOST)
        read = partial(plan.read, value=value)
        await self._asking.ask(data + plan.question, read, turns_on=turns_on)

    async def _ask_all(self, data: bytes) -> None:
        """Send what makes all rest, and ask whether each does."""
        for one in self._plans:
            rest = one.output.rest_value if isinstance(one, PinPlan) else None
            await self._ask(one, data or one.off, rest)
            data = b""

    # ------------------------------------------------------------------ hearing

    def _hear(self, data: bytes) -> None:
        for said in self._reader.feed(data):
            if self._online:
                self._understand(said)
        if self._asking is not None:
            self._asking.feed(data)

    def _understand(self, said: firmata.Said) -> None:
        if isinstance(said, firmata.Version):
            self._lose(DriverError(Cause.LOST, say=RESTARTED))
        elif isinstance(said, firmata.Sysex) and said.command == firmata.STEPPER:
            self._arrived(accel_stepper.where(said.data))

    def _hear_early(self, data: bytes) -> None:
        """Look for the board's STOP button, in the thread that reads: it waits for no loop."""
        for said in self._early_reader.feed(data):
            if isinstance(said, firmata.Port) and self._online:
                self._press(said)

    def _press(self, port: firmata.Port) -> None:
        low = None if self._stop_pin is None else firmata.is_low(port, self._stop_pin)
        if low is not None:
            pressed, self._pressed = low and not self._pressed, low
            if pressed:
                self.events.on_stop_pressed()

    def _arrived(self, where: accel_stepper.Where | None) -> None:
        """A motor stands: at its goal the turn is over, elsewhere it was stopped."""
        if where is None or not where.complete:
            return
        name = f"motor{where.motor + 1}"
        turn, plan = self._turning.get(name), self._motors.get(name)
        if turn is None or plan is None or turn.target != where.steps:
            return
        del self._turning[name]
        with contextlib.suppress(DriverError):
            if self._pipe is not None:
                self._pipe.turn_off(accel_stepper.enable(plan.number, on=False))
        self.events.on_ended(name)

    def _give_up(self) -> None:
        """Let nothing go on that turns or moves something."""
        self._era += 1
        for name in list(self._moving):
            self._end_move(name)
        self._turning.clear()
        if self._asking is not None:
            self._asking.stop()

    def _lose(self, error: DriverError) -> None:
        """Say once that the board is gone."""
        if self._lost:
            return
        self._lost = True
        self._give_up()
        if self._asking is not None:
            self._asking.lose(error)
        if self._online:
            self.events.on_lost(error)
