"""Boards that turn motors by lines of G-code and say "ok" to each: what Grbl and Marlin share.

One rule: all motors of a board share one planner, so whenever one of them begins or ends, all stand
for a moment and go on together; a line that turns something is never sent twice by chance.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs.lines import Lines
from drivers.codecs.machine import HOME, Known, Motor, capabilities
from drivers.codecs.motor_settings import MachineSettings
from drivers.contract import (
    ACCEPTS,
    Ack,
    Capability,
    Cause,
    DriverError,
    DriverEvents,
    DriverSettings,
    Instruction,
    Kind,
    Observation,
    Play,
    Rotate,
    Run,
)
from drivers.transports import ports, sentences
from drivers.transports.held import HeldPipe
from drivers.transports.ok_lines import OkLines
from drivers.transports.on_port import OnAnyPort
from drivers.transports.serial import SerialOptions, SerialPort

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.codecs.turns import Turn

_LOOK_S = 0.1


class MachineBoard(OnAnyPort):
    """One board. Its motors are "motor_x" and so on; "home" is an effect where it is allowed."""

    icon = "motor"
    # How long a line's answer may take.
    answer_s: ClassVar[float]

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, MachineSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._machine = settings
        self._axes = tuple(one.axis for one in settings.motors)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: HeldPipe | None = None
        self._ok: OkLines | None = None
        self._lines = Lines()
        self._motors: dict[str, Motor] = {}
        self._homes: tuple[str, ...] = ()
        # What turns, by output; by whom it is changed is one at a time.
        self._turns: dict[str, Turn] = {}
        self._changing = asyncio.Lock()
        # What the board tells meanwhile is of what was before.
        self._unsettled = False
        self._homing = False
        self._timer: asyncio.TimerHandle | None = None
        # Grows when everything that turns is given up.
        self._era = 0
        self._boot_took_s = 0.0
        self._online = False
        self._lost = False

    # ------------------------------------------------------------------ what each family says

    @abstractmethod
    async def _meet(self) -> Mapping[str, Known]:
        """Wake the board, make it stand, and return what it knows of its axes.

        Sets `firmware`, and `_homes` to the effects that look for end switches, if it can.
        """

    @abstractmethod
    def _everything_off(self) -> bytes:
        """Return what makes all motors stand at once, from whatever state."""

    @abstractmethod
    async def _halt(self, *, turns_on: bool) -> Mapping[str, float]:
        """Make all motors stand, and return where, by axis."""

    @abstractmethod
    async def _go(self, places: Mapping[str, float]) -> None:
        """Have all turns begin, or go on from where they stand, by axis; raises DriverError."""

    @abstractmethod
    async def _rest(self, axis: str) -> None:
        """Let a motor rest, now that no motor has to turn."""

    @abstractmethod
    def _home_line(self, effect: str) -> bytes:
        """Return what looks for the end switches."""

    @abstractmethod
    async def _stop_homing(self) -> None:
        """End the search for the end switches."""

    @abstractmethod
    async def _ask_life(self) -> None:
        """Ask something that is answered at once whatever turns."""

    @abstractmethod
    def _answer_in(self, line: str) -> bool | str | None:
        """Return True for "ok", the reason of a refusal, None if the line is no answer."""

    @abstractmethod
    def _understand(self, line: str) -> None:
        """Take a line of the board's."""

    @abstractmethod
    def _look(self) -> None:
        """Ask where the motors are, and whatever else is due now and then while they turn."""

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Open the port, stop whatever it does, ask what it knows of its motors."""
        self._loop = asyncio.get_running_loop()
        settings = self._machine
        self.address = await ports.find(settings.port)
        dtr, rts = settings.lines
        options = SerialOptions(self.address, settings.speed_baud, dtr=dtr, rts=rts)
        self._pipe = HeldPipe(SerialPort(options))
        self._ok = OkLines(self._pipe, self._answer_in, wait_s=self.answer_s)
        await self._pipe.open(self._hear, self._lose)
        known = await self._meet()
        for one in settings.motors:
            told = known.get(one.axis, Known())
            round_mm = one.round_mm(told.steps_per_mm)
            rpm = one.top_rpm(round_mm, told.most_mm_per_s)
            motor = Motor(one.axis, round_mm, rpm, told.gain, told.steps_per_mm)
            self._motors[f"motor_{one.axis.lower()}"] = motor
        self._online = True
        return capabilities(self._motors, self._homes)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Begin a rotation, or end the one that runs; the board says that it took it."""
        motor, era = self._motors.get(capability), self._era
        kind = Kind.MOTOR if motor is not None else Kind.EFFECT
        known = motor is not None or (capability == HOME and self._homes)
        if not known or not isinstance(instruction, ACCEPTS[kind]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        async with self._changing:
            self._open_lines()
            self._unsettled = True
            try:
                if isinstance(instruction, Play):
                    return await self._home(instruction.effect, era)
                if motor is not None and isinstance(instruction, Rotate | Run):
                    await self._begin(capability, motor, instruction, duration_s, era)
                else:
                    await self._end(capability)
            finally:
                self._unsettled = False
                self._look_soon()
        return Ack.CONFIRMED

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Make the rotation that runs longer."""
        del duration_s  # more rounds take longer by themselves
        async with self._changing:
            motor, turn = self._motors.get(capability), self._turns.get(capability)
            if motor is None or turn is None or not isinstance(instruction, Rotate):
                return None
            same_speed = math.isclose(motor.mm_per_s(instruction), turn.mm_per_s)
            if instruction.reverse != turn.reverse or not same_speed:
                return None
            self._open_lines()
            return await self._add(capability, turn, instruction.rounds * motor.round_mm)

    def stop_now(self) -> None:
        """Stand still at once, from any thread."""
        pipe, loop = self._pipe, self._loop
        self._stopping()
        if pipe is not None:
            pipe.stop(self._everything_off())
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._give_up)

    async def close(self) -> None:
        """Stand still a last time and let go of the port."""
        self._online = False
        self._give_up()
        if self._ok is not None:
            self._ok.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(self._good_bye())

    async def check(self) -> None:
        """Ask for a sign of life; a board that looks for its end switches gives none."""
        self._open_lines()
        if not self._homing:
            await self._ask_life()

    async def _prepare(self, axis: str, turn: Turn) -> None:
        """Get ready for a turn that is about to begin."""

    def _stopping(self) -> None:
        """Take notice, in any thread, that everything is being stopped."""

    def _good_bye(self) -> bytes:
        """Return the last bytes before the port is let go."""
        return self._everything_off()

    # ------------------------------------------------------------------ turning

    async def _begin(
        self,
        name: str,
        motor: Motor,
        instruction: Rotate | Run,
        duration_s: float | None,
        era: int,
    ) -> None:
        """Make all stand, and have this motor turn beside those that still have to."""
        if self._homing:
            raise DriverError(Cause.REFUSED, say=sentences.HOMING)
        self._turns.pop(name, None)
        places = await self._stand(turns_on=True)
        self._check_era(era)
        turn = motor.turn(instruction, duration_s, places.get(motor.axis, 0.0))
        try:
            await self._prepare(motor.axis, turn)
            self._turns[name] = turn
            await self._go(places)
        except DriverError as error:
            self._turns.pop(name, None)
            if error.cause is Cause.REFUSED and era == self._era and self._turns:
                with contextlib.suppress(DriverError):  # it is this motor that may not
                    await self._go(await self._stand(turns_on=True))
            raise
        self._check_era(era)

    async def _end(self, name: str) -> None:
        """Make this motor stand; those that still have to turn go on."""
        if name == HOME:
            if self._homing:
                await self._stop_homing()
                self._homing = False
            return
        if self._homing:
            return  # it stands already, but for the search, which has an end of its own
        was_turning = self._turns.pop(name, None) is not None
        if not self._turns:
            self._end_looks()
            await self._rest(self._motors[name].axis)
        elif was_turning:
            await self._end_beside(self._motors[name].axis)

    async def _end_beside(self, axis: str) -> None:
        """Make all stand, and have those go on that still have to turn."""
        places = await self._stand(turns_on=False)
        await self._rest(axis)
        with contextlib.suppress(DriverError):  # STOP came: nothing goes on
            await self._go(places)

    async def _stand(self, *, turns_on: bool) -> Mapping[str, float]:
        """Make all stand, and note how far each turn is."""
        try:
            places = await self._halt(turns_on=turns_on)
        except DriverError:
            self._turns.clear()  # nobody knows where they are
            raise
        for name, turn in list(self._turns.items()):
            motor = self._motors[name]
            place = places.get(motor.axis, turn.began_mm)
            if turn.left_mm(place) < motor.near_mm:
                self._ended(name)
        return places

    async def _add(self, name: str, turn: Turn, way_mm: float) -> Ack | None:
        """Make a turn longer while it runs; None if it came to its end meanwhile."""
        self._unsettled = True
        try:
            places = await self._stand(turns_on=True)
            if self._turns.get(name) is turn:
                turn.way_mm += way_mm
            await self._go(places)
        finally:
            self._unsettled = False
            self._look_soon()
        return Ack.CONFIRMED if self._turns.get(name) is turn else None

    async def _home(self, effect: str, era: int) -> Ack:
        """Look for the end switches; whatever turned is over."""
        if effect not in self._homes:
            raise DriverError(Cause.UNSUPPORTED, effect)
        if self._homing:
            return Ack.CONFIRMED
        await self._stand(turns_on=True)
        self._check_era(era)
        for name in list(self._turns):
            self._ended(name)
        self._homing = True
        try:
            line = self._home_line(effect)
            await self._open_lines().order(line, turns_on=True, patient=True)
        except DriverError as error:
            if error.cause is Cause.NO_ANSWER:
                return Ack.SENT  # it answers when it has found them
            self._homing = False
            raise
        return Ack.CONFIRMED

    def _observe(self, places: Mapping[str, float], *, idle: bool = False) -> None:
        """Tell how far the turns are; one that is at its end is over."""
        if self._unsettled:
            return
        for name, turn in list(self._turns.items()):
            motor = self._motors[name]
            place = places.get(motor.axis)
            left = None if place is None else turn.left_mm(place)
            over = idle or (left is not None and left < motor.near_mm)
            rpm = 0.0 if over else turn.signed(turn.mm_per_s * 60 / motor.round_mm)
            self.events.on_observation(Observation(name, "rpm", rpm))
            if left is not None:
                rounds = 0.0 if over else left / motor.round_mm
                self.events.on_observation(Observation(name, "rounds_left", rounds))
            if over:
                self._ended(name)

    def _ended(self, name: str) -> None:
        self._turns.pop(name, None)
        self.events.on_ended(name)

    def _look_soon(self) -> None:
        """Look after what turns, a moment from now."""
        self._end_looks()
        if self._turns and self._loop is not None and not self._lost:
            self._timer = self._loop.call_later(_LOOK_S, self._look_again)

    def _look_again(self) -> None:
        with contextlib.suppress(DriverError):  # stopped, or lost
            if not self._unsettled:
                self._look()
        self._look_soon()

    def _end_looks(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _open_lines(self) -> OkLines:
        if self._ok is None or self._lost:
            raise DriverError(Cause.LOST)
        return self._ok

    def _check_era(self, era: int) -> None:
        if era != self._era:
            raise DriverError(Cause.REFUSED, "stopped")

    # ------------------------------------------------------------------ hearing

    def _hear(self, data: bytes) -> None:
        for line in self._lines.feed(data):
            self._understand(line)
            if self._ok is None or not self._ok.hear(line):
                continue
            if self._homing and not self._ok.owed:
                self._homing = False
                self.events.on_ended(HOME)

    def _give_up(self) -> None:
        """Let nothing go on that turns."""
        self._era += 1
        self._turns.clear()
        self._homing = False
        self._end_looks()
        if self._ok is not None:
            self._ok.stop()

    def _lose(self, error: DriverError) -> None:
        """Say once that the board is gone."""
        if self._lost:
            return
        self._lost = True
        self._give_up()
        if self._ok is not None:
            self._ok.lose(error)
        if self._online:
            self.events.on_lost(error)
