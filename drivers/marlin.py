"""Motors on a board with Marlin: the electronics of a 3D printer that turn something else.

One rule: the board never has more than a second of way, so that a stop never waits for longer.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import marlin
from drivers.codecs.lines import Lines
from drivers.codecs.motor_settings import MotorSettings
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
    Hazard,
    Instruction,
    Kind,
    Limits,
    Observation,
    Rotate,
    Run,
    SafeRecipe,
)
from drivers.transports import ports
from drivers.transports.asking import Asking
from drivers.transports.held import HeldPipe
from drivers.transports.serial import SerialOptions, SerialPort

if TYPE_CHECKING:
    from collections.abc import Callable

OUTPUT = "motor"
ANSWER_S = 0.4
# A printer's board shows a picture first.
BOOT_S = 12.0
_QUICK_S = 1.0
_FEED_S = 0.1
_LONGEST_S = 160.0


class Marlin(Driver):
    """One board and one of its motors; its motors share one queue and cannot turn apart."""

    key = "marlin"
    title = N_("Marlin board")
    summary = N_("A motor on the board of a 3D printer, with Marlin.")
    icon = "motor"
    Settings: ClassVar[type[DriverSettings]] = MotorSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, MotorSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._off = marlin.off(settings.axis)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None
        self._lines = Lines()
        self._known = marlin.Motors()
        self._round_mm = 1.0
        self._max_rpm = settings.max_rpm
        self._way: marlin.Way | None = None
        self._began_steps = 0
        self._timer: asyncio.TimerHandle | None = None
        # Grows when everything that turns is given up.
        self._era = 0
        self._counts = False
        self._questions = self._answers = 0
        self._boot_took_s = 0.0
        self._online = False
        self._lost = False

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Open the port, stop whatever it does, ask what it knows of its motors."""
        self._loop = asyncio.get_running_loop()
        self.address = await ports.find(self._settings.port)
        options = SerialOptions(self.address, self._settings.speed_baud)
        self._pipe = HeldPipe(SerialPort(options))
        self._asking = asking = Asking(self._pipe, wait_s=ANSWER_S)
        await self._pipe.open(self._hear, self._lose)
        self.firmware = await self._wake_up(asking)
        if "Marlin" not in self.firmware:
            raise DriverError(Cause.UNSUPPORTED, self.firmware)
        axis = self._settings.axis
        self._known = await asking.ask(
            marlin.ASK_SETTINGS + marlin.ASK_PLACE, lambda heard: marlin.motors_in(heard, axis)
        )
        self._round_mm = self._settings.round_mm(self._known.steps_per_mm)
        self._max_rpm = self._settings.top_rpm(self._round_mm, self._known.most_mm_per_s)
        place = await self._ask(self._off + marlin.NO_LIMITS + marlin.ABSOLUTE)
        self._counts = place.steps is not None and self._known.steps_per_mm > 0
        self._online = True
        limits = Limits(max_rpm=self._max_rpm)
        return (Capability(OUTPUT, Kind.MOTOR, N_("Motor"), Hazard.MOTION, limits=limits),)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Begin a way, or end the one that runs; the board tells where it is."""
        if capability != OUTPUT or not isinstance(instruction, ACCEPTS[Kind.MOTOR]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        turned = self._way is not None
        self._end_way()
        if not isinstance(instruction, Rotate | Run):
            await self._ask(self._off)
            return Ack.CONFIRMED
        era = self._era
        axis = self._settings.axis
        begin = (self._off if turned else b"") + marlin.here_is_zero(axis)
        stands = await self._ask(begin, turns_on=True)
        if era != self._era or self._loop is None:
            raise DriverError(Cause.REFUSED, "stopped")
        self._began_steps = self._steps(stands)
        self._way = way = self._way_of(instruction, duration_s)
        try:
            first = [marlin.go(axis, one, way.mm_per_s) for one in way.due(self._loop.time())]
            await self._ask(b"".join(first), turns_on=True)
        except DriverError:
            self._stop_quietly(way)
            raise
        if self._way is way:
            self._timer = self._loop.call_later(_FEED_S, self._feed)
        return Ack.CONFIRMED

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Make the way that runs longer."""
        way = self._way
        if way is None or capability != OUTPUT or not isinstance(instruction, Rotate):
            return None
        same_speed = math.isclose(self._speed(instruction), way.mm_per_s)
        if instruction.reverse != way.reverse or not same_speed:
            return None
        del duration_s  # more rounds take longer by themselves
        way.mm += instruction.rounds * self._round_mm
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Stand still at once, from any thread."""
        pipe, loop = self._pipe, self._loop
        if pipe is not None:
            pipe.stop(self._off)
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._give_up)

    async def make_safe(self) -> bool:
        """Stand still at once and wait until the board tells where."""
        if self._pipe is None or self._lost:
            return False
        self._give_up()
        self._pipe.release(self._off)
        try:
            await self._ask(self._off)
        except DriverError:
            return False
        return True

    async def close(self) -> None:
        """Stand still a last time, give the board its limits back and let go of the port."""
        self._online = False
        self._give_up()
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(self._off + marlin.LIMITS)

    async def check(self) -> None:
        """Ask where it is."""
        await self._ask(b"")

    def safe_recipe(self) -> SafeRecipe:
        """The same lines do for a stranger; the board tells where it stands."""
        return SafeRecipe(
            "serial",
            self.address,
            (self._off + marlin.LIMITS + marlin.ASK_PLACE,),
            self._settings.speed_baud,
            expect=b"Count X" if self._counts else b"ok",
            boot_wait_s=self._boot_took_s,
        )

    @classmethod
    def watch(cls, on_change: Callable[[], None]) -> Callable[[], None] | None:
        """Tell of every change of the computer's ports."""
        return ports.watch.listen(lambda _: on_change())

    @classmethod
    async def discover(cls) -> tuple[Found, ...]:
        """List the ports; none is opened."""
        return await ports.offered(cls.key)

    # ------------------------------------------------------------------ doing

    async def _wake_up(self, asking: Asking) -> str:
        """Stop it and ask for its name until it has started and tells it."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            try:
                name = await asking.ask(self._off + marlin.ASK_FIRMWARE, marlin.firmware)
            except DriverError as error:
                if error.cause is not Cause.NO_ANSWER or loop.time() - began > BOOT_S:
                    raise
                continue
            took_s = loop.time() - began
            if took_s > _QUICK_S:
                # The guardian restarts it by opening the port, too, and must wait as long.
                self._boot_took_s = round(took_s + 0.3, 1)
            return name

    async def _ask(self, data: bytes, *, turns_on: bool = False) -> marlin.Place:
        """Send lines and ask where it is: the answer says that it has read all before."""
        if self._asking is None or self._lost:
            raise DriverError(Cause.LOST)
        # What was asked before is answered before, and says nothing of this.
        before = self._questions - self._answers
        self._questions += 1

        def read(heard: bytes) -> marlin.Place | None:
            places = marlin.places_in(heard)
            return places[before] if len(places) > before else None

        try:
            return await self._asking.ask(data + marlin.ASK_PLACE, read, turns_on=turns_on)
        except DriverError:
            self._questions = self._answers = 0
            raise

    def _speed(self, instruction: Rotate | Run) -> float:
        """Return millimetres a second."""
        return min(instruction.rpm, self._max_rpm) * self._round_mm / 60

    def _way_of(self, instruction: Rotate | Run, duration_s: float | None) -> marlin.Way:
        # It has no clock for us, but it never turns further than it would get in that time.
        longest_s = _LONGEST_S if duration_s is None else min(_LONGEST_S, duration_s)
        most = math.inf
        if isinstance(instruction, Rotate):
            most = instruction.rounds * self._round_mm
        return marlin.Way.within(
            longest_s,
            most,
            self._speed(instruction),
            self._known.gain,
            reverse=instruction.reverse,
        )

    def _feed(self) -> None:
        """Give the board the next pieces and ask where it is."""
        way, loop, pipe = self._way, self._loop, self._pipe
        if way is None or loop is None or pipe is None or self._lost:
            return
        with contextlib.suppress(DriverError):  # stopped, or lost: it gets no more
            for place in way.due(loop.time()):
                pipe.turn_on(marlin.go(self._settings.axis, place, way.mm_per_s))
            pipe.turn_off(marlin.ASK_PLACE)
            self._questions += 1
            self._timer = loop.call_later(_FEED_S, self._feed)

    def _stop_quietly(self, way: marlin.Way) -> None:
        """Take back a way that was not confirmed; it may have been begun."""
        if self._way is way:
            self._end_way()
        if self._pipe is not None:
            with contextlib.suppress(DriverError):
                self._pipe.turn_off(self._off)

    def _end_way(self) -> None:
        self._way = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        """Let nothing go on that turns."""
        self._era += 1
        self._end_way()
        if self._asking is not None:
            self._asking.stop()

    def _steps(self, place: marlin.Place) -> int:
        return 0 if place.steps is None else place.steps[marlin.AXES.index(self._settings.axis)]

    # ------------------------------------------------------------------ hearing

    def _hear(self, data: bytes) -> None:
        for line in self._lines.feed(data):
            place = marlin.place(line)
            if place is not None:
                self._answers = min(self._questions, self._answers + 1)
            if self._online:
                self._understand(line, place)
            if self._asking is not None:
                self._asking.feed(line.encode() + b"\n")

    def _understand(self, line: str, place: marlin.Place | None) -> None:
        if marlin.has_restarted(line):
            self._lose(DriverError(Cause.LOST, "the board restarted"))
        elif marlin.has_halted(line):
            self._lose(DriverError(Cause.LOST, line[:80]))
        elif place is not None and self._counts and self._timer is not None:
            self._observe(place)

    def _observe(self, place: marlin.Place) -> None:
        """Tell how far it is; at its end the way is over."""
        way = self._way
        if way is None or place.steps is None:
            return
        done = way.signed(self._steps(place) - self._began_steps) / self._known.steps_per_mm
        over = way.all_sent and done > way.mm - 1.5 / self._known.steps_per_mm
        left = 0.0 if over else max(0.0, way.mm - done) / self._round_mm
        rpm = 0.0 if over else way.mm_per_s * 60 / self._round_mm
        self.events.on_observation(Observation(OUTPUT, "rpm", way.signed(rpm)))
        self.events.on_observation(Observation(OUTPUT, "rounds_left", left))
        if over:
            self._end_way()
            with contextlib.suppress(DriverError):
                if self._pipe is not None:
                    self._pipe.turn_off(self._off)
            self.events.on_ended(OUTPUT)

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
