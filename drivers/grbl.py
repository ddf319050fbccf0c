"""Motors on a board with Grbl 1.1: CNC shields, small milling machines and turntables made of them.

One rule: it only ever jogs, because a jog can be ended at any moment without harm.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import grbl, ramps
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
# It answers in some thousandths; but whoever asks again turns twice as far.
ANSWER_S = 0.8
# Stopped on its way it says so, waits half a second (report.c) and only then starts anew.
RESTART_S = 0.85
BOOT_S = 6.0
_QUICK_S = 1.0
_LOOK_S = 0.1
_LONGEST_S = 160.0
# A restart so soon after we asked for one is ours.
_OURS_S = 1.5
_OLDEST = 1.1
_FIRST_TRIES = 2
# A motor that is to turn the other way may take so many times ANSWER_S to stand.
_HALTING_TRIES = 6


class Grbl(Driver):
    """One board and one of its motors; its motors share one queue and cannot turn apart."""

    key = "grbl"
    title = N_("Grbl board")
    summary = N_("A motor on a CNC shield or another board with Grbl 1.1.")
    icon = "motor"
    Settings: ClassVar[type[DriverSettings]] = MotorSettings

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        if not isinstance(settings, MotorSettings):
            raise DriverError(Cause.BAD_CONFIG)
        self._settings = settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pipe: HeldPipe | None = None
        self._asking: Asking | None = None
        self._lines = Lines()
        self._round_mm = 1.0
        self._max_rpm = settings.max_rpm
        self._gain = 0.0
        self._status = grbl.Status("")
        self._turn: grbl.Turn | None = None
        self._look: asyncio.TimerHandle | None = None
        self._stands, self._started = asyncio.Event(), asyncio.Event()
        self._stop_sent_at = -_OURS_S
        self._owed = 0
        self._boot_took_s = 0.0
        self._version = 0.0
        self._online = False
        self._lost = False

    # ------------------------------------------------------------------ the contract

    async def open(self) -> tuple[Capability, ...]:
        """Open the port, stop whatever it does, ask what it knows of its motors."""
        self._loop = asyncio.get_running_loop()
        self.address = await ports.find(self._settings.port)
        options = SerialOptions(self.address, self._settings.speed_baud)
        self._pipe = pipe = HeldPipe(SerialPort(options))
        self._asking = asking = Asking(pipe, wait_s=ANSWER_S)
        await pipe.open(self._hear, self._lose)
        await self._wake_up(pipe)
        with contextlib.suppress(DriverError):  # a second start of the board swallowed it
            await self._order(grbl.UNLOCK)
        await self._order(grbl.UNLOCK)
        self._measure(await self._ask_settings(asking))
        self._online = True
        limits = Limits(max_rpm=self._max_rpm)
        return (Capability(OUTPUT, Kind.MOTOR, N_("Motor"), Hazard.MOTION, limits=limits),)

    async def apply(
        self, capability: str, instruction: Instruction, duration_s: float | None
    ) -> Ack:
        """Begin a jog, or cancel the one that runs; the board says that it took it."""
        if capability != OUTPUT or not isinstance(instruction, ACCEPTS[Kind.MOTOR]):
            raise DriverError(Cause.UNSUPPORTED, f"{capability} {type(instruction).__name__}")
        if self._asking is None or self._lost:
            raise DriverError(Cause.LOST)
        self._end_turn()
        if not isinstance(instruction, Rotate | Run):
            await self._asking.ask(grbl.JOG_CANCEL + grbl.ASK_STATUS, grbl.status_in)
            return Ack.CONFIRMED
        # After a stop it takes a while, and is unlocked then.
        await _within(self._started, RESTART_S)
        # What still turns would be done first, and this one after it.
        stands = await self._asking.ask(
            grbl.JOG_CANCEL + grbl.ASK_STATUS, grbl.stands_in, turns_on=True, tries=_HALTING_TRIES
        )
        speed = self._speed(instruction) / 60
        longest_s = _LONGEST_S if duration_s is None else min(_LONGEST_S, duration_s)
        # It has no clock for us, but it never turns further than it would get in that time.
        way = ramps.way_within(longest_s, speed, self._gain)
        if isinstance(instruction, Rotate):
            way = min(way, instruction.rounds * self._round_mm)
        await self._jog(way, instruction)
        self._turn = grbl.Turn(way, instruction.reverse, self._place(stands))
        self._look_again()
        return Ack.CONFIRMED

    async def prolong(
        self, capability: str, instruction: Instruction, duration_s: float
    ) -> Ack | None:
        """Put another jog behind the one that runs."""
        turn = self._turn
        if turn is None or capability != OUTPUT or not isinstance(instruction, Rotate):
            return None
        if instruction.reverse != turn.reverse:
            return None
        del duration_s  # more rounds take longer by themselves
        way = instruction.rounds * self._round_mm
        await self._jog(way, instruction)
        if self._turn is not turn:
            # It came to its end meanwhile, which was told: this is a turn of its own.
            turn = self._turn = grbl.Turn(0.0, turn.reverse, self._place(self._status))
            self._look_again()
        turn.way_mm += way
        return Ack.CONFIRMED

    def stop_now(self) -> None:
        """Stand still at once, from any thread."""
        pipe, loop = self._pipe, self._loop
        self._note_stop()
        if pipe is not None:
            pipe.stop(grbl.STOP)
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._give_up)

    async def make_safe(self) -> bool:
        """Stand still at once; a motor that turned stands when the board tells an alarm of it."""
        pipe = self._pipe
        if pipe is None or self._lost:
            return False
        self._give_up()
        self._note_stop()
        pipe.release(grbl.STOP)
        return await _within(self._stands, RESTART_S) and not self._lost

    async def close(self) -> None:
        """Stand still a last time and let go of the port."""
        self._online = False
        self._give_up()
        if self._asking is not None:
            self._asking.lose(DriverError(Cause.LOST, "closed"))
        if self._pipe is not None:
            await self._pipe.close(grbl.STOP)

    async def check(self) -> None:
        """Ask what it does now."""
        if self._asking is None or self._lost:
            raise DriverError(Cause.LOST)
        await self._asking.ask(grbl.ASK_STATUS, grbl.status_in)

    def safe_recipe(self) -> SafeRecipe:
        """The same two bytes do for a stranger; it says that it started anew."""
        return SafeRecipe(
            "serial",
            self.address,
            (grbl.STOP,),
            self._settings.speed_baud,
            expect=grbl.BANNER,
            answer_s=2 * RESTART_S,
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

    # ------------------------------------------------------------------ opening

    async def _wake_up(self, pipe: HeldPipe) -> None:
        """Stop it until it says that it started anew; a board that boots hears it later."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not self._started.is_set() and not self._lost:
            if loop.time() - began > BOOT_S:
                raise DriverError(Cause.NO_ANSWER)
            self._note_stop()
            pipe.turn_off(grbl.STOP)
            await _within(self._started, RESTART_S)
        if self._lost:
            raise DriverError(Cause.LOST)
        if self._version < _OLDEST:
            raise DriverError(Cause.UNSUPPORTED, self.firmware)
        took_s = loop.time() - began
        if took_s > _QUICK_S:
            # The guardian restarts it by opening the port, too, and must wait as long.
            self._boot_took_s = round(took_s + 0.3, 1)

    def _note_stop(self) -> None:
        self._stop_sent_at = time.monotonic()
        self._stands.clear()
        self._started.clear()

    async def _ask_settings(self, asking: Asking) -> grbl.Settings:
        try:
            return await asking.ask(grbl.ASK_SETTINGS, grbl.settings_in, tries=_FIRST_TRIES)
        except DriverError as error:
            if error.cause is not Cause.NO_ANSWER:
                raise
            return grbl.Settings()  # some boards with a file of their own tell none
        finally:
            self._owed = 0

    def _measure(self, known: grbl.Settings) -> None:
        """Find out how far a round is and how fast it may be."""
        settings, axis = self._settings, self._settings.axis
        self._round_mm = settings.round_mm(known.of(grbl.STEPS_PER_MM, axis))
        fastest = known.of(grbl.MOST_MM_PER_MIN, axis) / 60
        self._max_rpm = settings.top_rpm(self._round_mm, fastest)
        self._gain = known.of(grbl.GAIN, axis)

    # ------------------------------------------------------------------ doing

    def _speed(self, instruction: Rotate | Run) -> float:
        """Return millimetres a minute."""
        return min(instruction.rpm, self._max_rpm) * self._round_mm

    async def _jog(self, way_mm: float, instruction: Rotate | Run) -> None:
        """Send a jog, once: if only its answer got lost, another would turn twice as far."""
        if self._asking is None or self._lost:
            raise DriverError(Cause.LOST)
        way = -way_mm if instruction.reverse else way_mm
        frame = grbl.jog(self._settings.axis, way, self._speed(instruction))
        try:
            await self._order(frame, turns_on=True)
        except DriverError as error:
            if error.cause is Cause.NO_ANSWER and self._pipe is not None:
                self._pipe.turn_off(grbl.JOG_CANCEL)
            raise

    async def _order(self, line: bytes, *, turns_on: bool = False) -> None:
        """Send a line, once, and wait until it is taken."""
        if self._asking is None or self._lost:
            raise DriverError(Cause.LOST)
        # Each line has one answer; those still owed come first and say nothing of this one.
        before = self._owed
        self._owed += 1
        try:
            await self._asking.ask(
                line, lambda heard: grbl.taken(heard, before), turns_on=turns_on, tries=1
            )
        except DriverError:
            self._owed = 0
            raise

    def _end_turn(self) -> None:
        self._turn = None
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _look_again(self) -> None:
        if self._loop is not None and self._turn is not None and not self._lost:
            self._look = self._loop.call_later(_LOOK_S, self._ask_on)

    def _ask_on(self) -> None:
        with contextlib.suppress(DriverError):
            if self._pipe is not None:
                self._pipe.turn_off(grbl.ASK_STATUS)
                self._look_again()

    def _place(self, status: grbl.Status) -> float:
        number = grbl.AXES.index(self._settings.axis)
        return status.place[number] if number < len(status.place) else 0.0

    def _give_up(self) -> None:
        """Let nothing go on that turns."""
        self._end_turn()
        if self._asking is not None:
            self._asking.stop()

    # ------------------------------------------------------------------ hearing

    def _hear(self, data: bytes) -> None:
        for line in self._lines.feed(data):
            said = grbl.parse(line)
            self._understand(said)
            if isinstance(said, grbl.Ok | grbl.Refused):
                self._owed = max(0, self._owed - 1)
            if self._asking is not None:
                # Whole lines only: the end of ">G54:ok" is no answer.
                self._asking.feed(line.encode() + b"\n")

    def _understand(self, said: grbl.Said | None) -> None:
        match said:
            case grbl.Banner():
                self._restarted(said)
            case grbl.Alarm() if self._ours():
                self._stands.set()
            case grbl.Alarm(code=code):
                self._lose(DriverError(Cause.LOST, f"alarm {code}"))
            case grbl.Status():
                self._status = said
                self._observe(said)
            case _:
                pass

    def _ours(self) -> bool:
        return time.monotonic() - self._stop_sent_at < _OURS_S

    def _restarted(self, said: grbl.Banner) -> None:
        if self._online and not self._ours():
            self._lose(DriverError(Cause.LOST, "the board restarted"))
            return
        self.firmware, self._version = said.text, said.version
        self._owed = int(self._online)
        self._stands.set()
        self._started.set()
        if self._online and self._pipe is not None:
            with contextlib.suppress(DriverError):
                self._pipe.turn_off(grbl.UNLOCK)

    def _observe(self, said: grbl.Status) -> None:
        turn = self._turn
        if turn is None:
            return
        over = said.state == "Idle"
        rpm = 0.0 if over else said.feed / self._round_mm
        self.events.on_observation(Observation(OUTPUT, "rpm", -rpm if turn.reverse else rpm))
        if said.place:
            left = 0.0 if over else turn.left_mm(self._place(said)) / self._round_mm
            self.events.on_observation(Observation(OUTPUT, "rounds_left", left))
        if over:
            self._end_turn()
            self.events.on_ended(OUTPUT)

    def _lose(self, error: DriverError) -> None:
        """Say once that the board is gone."""
        if self._lost:
            return
        self._lost = True
        self._give_up()
        self._stands.set()
        self._started.set()  # nobody waits for it any more
        if self._asking is not None:
            self._asking.lose(error)
        if self._online:
            self.events.on_lost(error)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
