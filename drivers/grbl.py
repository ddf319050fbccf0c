"""Motors on a board with Grbl 1.1: CNC shields, small milling machines and turntables made of them.

One rule: it only ever jogs, because a jog can be ended at any moment without harm.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import grbl
from drivers.codecs.motor_settings import GrblSettings
from drivers.codecs.turns import legs
from drivers.contract import N_, Ack, Cause, DriverError, DriverEvents, DriverSettings, SafeRecipe
from drivers.transports.machine_board import MachineBoard
from drivers.transports.sentences import RESTARTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.codecs.machine import Known
    from drivers.codecs.turns import Turn

# Stopped on its way it says so, waits half a second (report.c) and only then starts anew.
RESTART_S = 0.85
_QUICK_S = 1.0
# A restart so soon after we asked for one is ours.
_OURS_S = 1.5
_OLDEST = 1.1
# A motor that is to turn the other way may take so many times ANSWER_S to stand.
_HALTING_TRIES = 6
_LOOK_AGAIN_S = 0.03


class Grbl(MachineBoard):
    """One board and its motors."""

    key = "grbl"
    title = N_("Grbl board")
    summary = N_("Motors on a CNC shield or another board with Grbl 1.1.")
    Settings: ClassVar[type[DriverSettings]] = GrblSettings
    # It answers in some thousandths; but whoever asks again turns twice as far.
    answer_s = 0.8
    # How long it may take to start.
    boot_s: ClassVar[float] = 6.0

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        self._stands, self._started = asyncio.Event(), asyncio.Event()
        self._stop_sent_at = -_OURS_S
        self._version = 0.0

    # ------------------------------------------------------------------ the contract

    async def make_safe(self) -> bool:
        """Stand still at once; a motor that turned stands when the board tells an alarm of it."""
        pipe = self._pipe
        if pipe is None or self._lost:
            return False
        self._give_up()
        self._stopping()
        pipe.release(grbl.STOP)
        return await _within(self._stands, RESTART_S) and not self._lost

    def safe_recipe(self) -> SafeRecipe:
        """The same two bytes do for a stranger; it says that it started anew."""
        return SafeRecipe(
            "serial",
            self.address,
            (grbl.STOP,),
            self._machine.speed_baud,
            expect=grbl.BANNER,
            answer_s=2 * RESTART_S,
            boot_wait_s=self._boot_took_s,
        )

    # ------------------------------------------------------------------ meeting

    async def _meet(self) -> Mapping[str, Known]:
        await self._wake_up()
        ok = self._open_lines()
        with contextlib.suppress(DriverError):  # a second start of the board swallowed it
            await ok.order(grbl.UNLOCK)
        await ok.order(grbl.UNLOCK)
        status = await ok.ask(grbl.ASK_STATUS, grbl.status_in)
        for one in self._axes:
            if grbl.AXES.index(one) >= max(3, len(status.place)):
                raise DriverError(
                    Cause.BAD_CONFIG,
                    say=N_("The board has no axis {axis}. Choose another in its settings."),
                    axis=one,
                )
        known = await self._ask_settings()
        if self._machine.home:
            if known.homes is False:
                raise DriverError(
                    Cause.BAD_CONFIG,
                    say=N_(
                        "End switches are off on this board. Send $22=1 to it, or do not use them."
                    ),
                )
            self._homes = (grbl.HOME_EFFECT,)
        return {axis: known.known(axis) for axis in grbl.AXES}

    async def _wake_up(self) -> None:
        """Stop it until it says that it started anew; a board that boots hears it later."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not self._started.is_set() and not self._lost:
            if loop.time() - began > self.boot_s:
                raise DriverError(Cause.NO_ANSWER)
            self._stopping()
            if self._pipe is not None:
                self._pipe.turn_off(grbl.STOP)
            await _within(self._started, RESTART_S)
        if self._lost:
            raise DriverError(Cause.LOST)
        if self._version < _OLDEST:
            raise DriverError(Cause.UNSUPPORTED, self.firmware)
        took_s = loop.time() - began
        if took_s > _QUICK_S:
            # The guardian restarts it by opening the port, too, and must wait as long.
            self._boot_took_s = round(took_s + 0.3, 1)

    async def _ask_settings(self) -> grbl.Settings:
        ok = self._open_lines()
        try:
            return await ok.ask(grbl.ASK_SETTINGS, grbl.settings_in)
        except DriverError as error:
            if error.cause is not Cause.NO_ANSWER:
                raise
            return grbl.Settings()  # some boards with a file of their own tell none
        finally:
            ok.owed = 0

    # ------------------------------------------------------------------ turning

    def _everything_off(self) -> bytes:
        return grbl.STOP

    async def _halt(self, *, turns_on: bool) -> Mapping[str, float]:
        # After a stop it takes a while, and is unlocked then.
        await _within(self._started, RESTART_S)
        # What still turns would be done first, and what is next after it.
        status = await self._open_lines().ask(
            grbl.JOG_CANCEL + grbl.ASK_STATUS,
            grbl.stands_in,
            turns_on=turns_on,
            tries=_HALTING_TRIES,
        )
        return grbl.places_of(status)

    async def _go(self, places: Mapping[str, float]) -> None:
        left = {}
        for name, turn in self._turns.items():
            axis = self._motors[name].axis
            way = turn.left_mm(places.get(axis, turn.began_mm))
            left[axis] = (turn.signed(way), turn.mm_per_s)
        for leg in legs(left):
            await self._jog(leg.ways, leg.mm_per_s)

    async def _jog(self, ways: Mapping[str, float], mm_per_s: float) -> None:
        """Send a jog, once: if only its answer got lost, another would turn twice as far."""
        try:
            await self._open_lines().order(grbl.jog(ways, mm_per_s * 60), turns_on=True)
        except DriverError as error:
            if error.cause is Cause.NO_ANSWER and self._pipe is not None:
                self._pipe.turn_off(grbl.JOG_CANCEL)
            raise

    async def _add(self, name: str, turn: Turn, way_mm: float) -> Ack | None:
        """Put another jog behind the one that runs; beside others that is not so simple."""
        if len(self._turns) > 1:
            return await super()._add(name, turn, way_mm)
        await self._jog({self._motors[name].axis: turn.signed(way_mm)}, turn.mm_per_s)
        if self._turns.get(name) is not turn:
            # It came to its end meanwhile, which was told: this is a turn of its own.
            turn.way_mm += way_mm
            self._turns[name] = turn
            self._look_soon()
            return Ack.CONFIRMED
        turn.way_mm += way_mm
        return Ack.CONFIRMED

    async def _rest(self, axis: str) -> None:
        del axis  # all motors share what gives them current
        loop, ok = asyncio.get_running_loop(), self._open_lines()
        until = loop.time() + _HALTING_TRIES * self.answer_s
        while grbl.turns(await ok.ask(grbl.JOG_CANCEL + grbl.ASK_STATUS, grbl.status_in)):
            if loop.time() > until:
                raise DriverError(Cause.NO_ANSWER)
            # It slows down, or that was said before it heard us.
            await asyncio.sleep(_LOOK_AGAIN_S)

    def _home_line(self, effect: str) -> bytes:
        del effect  # it knows one
        return grbl.HOME

    async def _stop_homing(self) -> None:
        # A jog cancel is not heard in a search; a reset is.
        self._stopping()
        if self._pipe is not None:
            self._pipe.turn_off(grbl.STOP)
        await _within(self._started, 2 * RESTART_S)

    async def _ask_life(self) -> None:
        await self._open_lines().ask(grbl.ASK_STATUS, grbl.status_in)

    def _look(self) -> None:
        self._open_lines().mention(grbl.ASK_STATUS)

    # ------------------------------------------------------------------ hearing

    def _stopping(self) -> None:
        self._stop_sent_at = time.monotonic()
        self._stands.clear()
        self._started.clear()

    def _answer_in(self, line: str) -> bool | str | None:
        match grbl.parse(line):
            case grbl.Ok():
                return True
            case grbl.Refused(code=code):
                return f"Grbl error {code}"
            case _:
                return None

    def _understand(self, line: str) -> None:
        match grbl.parse(line):
            case grbl.Banner() as said:
                self._restarted(said)
            case grbl.Alarm() if self._ours():
                self._stands.set()
            case grbl.Alarm(code=code):
                self._lose(DriverError(Cause.LOST, f"alarm {code}"))
            case grbl.Status() as said:
                self._observe(grbl.places_of(said), idle=said.state == "Idle")
            case _:
                pass

    def _ours(self) -> bool:
        return time.monotonic() - self._stop_sent_at < _OURS_S

    def _restarted(self, said: grbl.Banner) -> None:
        if self._online and not self._ours():
            self._lose(DriverError(Cause.LOST, say=RESTARTED))
            return
        self.firmware, self._version = said.text, said.version
        if self._ok is not None:
            self._ok.owed = 0
        self._stands.set()
        self._started.set()
        if self._online and self._ok is not None:
            with contextlib.suppress(DriverError):
                self._ok.mention(grbl.UNLOCK)

    def _lose(self, error: DriverError) -> None:
        """Say once that the board is gone."""
        super()._lose(error)
        # Nobody waits for it any more.
        self._stands.set()
        self._started.set()


async def _within(event: asyncio.Event, seconds: float) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()
