"""Motors on a board with Marlin: the electronics of a 3D printer that turn something else.

One rule: the board never has more than a second of way, so that a stop never waits for longer.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, ClassVar

from drivers.codecs import marlin
from drivers.codecs.motor_settings import MarlinSettings
from drivers.codecs.turns import Stream
from drivers.contract import N_, Ack, Cause, DriverError, DriverEvents, DriverSettings, SafeRecipe
from drivers.transports.machine_board import MachineBoard
from drivers.transports.sentences import RESTARTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drivers.codecs.machine import Known
    from drivers.codecs.turns import Turn

# A printer's board shows a picture first.
BOOT_S = 12.0
_QUICK_S = 1.0
# What is said twice happens once: places are told, not ways.
_TRIES = 2


class Marlin(MachineBoard):
    """One board and its motors."""

    key = "marlin"
    title = N_("Marlin board")
    summary = N_("Motors on the board of a 3D printer, with Marlin.")
    Settings: ClassVar[type[DriverSettings]] = MarlinSettings
    answer_s = 0.4

    def __init__(self, settings: DriverSettings, events: DriverEvents) -> None:
        super().__init__(settings, events)
        self._off = marlin.off("".join(self._axes))
        self._known: Mapping[str, Known] = {}
        self._stream: Stream | None = None
        # The axes whose steps the board counts, and whether it tells them while they turn.
        self._counted: tuple[str, ...] = ()
        self._tells_on_the_way = True

    # ------------------------------------------------------------------ the contract

    async def make_safe(self) -> bool:
        """Stand still at once and wait until the board has read it."""
        pipe, ok = self._pipe, self._ok
        if pipe is None or ok is None or self._lost:
            return False
        self._give_up()
        pipe.release(self._off)
        ok.sent(self._off)
        try:
            await ok.order(self._off, tries=_TRIES)
        except DriverError:
            return False
        return True

    def safe_recipe(self) -> SafeRecipe:
        """The same lines do for a stranger; the board tells where it stands."""
        return SafeRecipe(
            "serial",
            self.address,
            (self._good_bye() + marlin.ASK_PLACE,),
            self._machine.speed_baud,
            expect=b"Count X" if self._counted else b"ok",
            boot_wait_s=self._boot_took_s,
        )

    # ------------------------------------------------------------------ meeting

    async def _meet(self) -> Mapping[str, Known]:
        said = await self._wake_up()
        self.firmware = marlin.firmware(said) or ""
        if "Marlin" not in self.firmware:
            raise DriverError(Cause.UNSUPPORTED, self.firmware)
        # Up to 1.1 the question where it is was answered when all motors stand.
        self._tells_on_the_way = not marlin.is_old(self.firmware)
        ok = self._open_lines()
        self._known = await ok.ask(marlin.ASK_SETTINGS + marlin.ASK_PLACE, marlin.known_in)
        await ok.order(self._off + marlin.READY + self._extruder("1"), tries=_TRIES)
        place = await ok.ask(marlin.ASK_PLACE, marlin.place_in)
        known, steps = self._known, place.steps or {}
        self._counted = tuple(one for one in steps if one in known and known[one].steps_per_mm)
        if self._machine.home:
            if not marlin.has_emergency_parser(said):
                # Without it nothing is heard until the search is over.
                raise DriverError(
                    Cause.BAD_CONFIG,
                    say=N_(
                        "STOP would come too late while this board looks for its end switches. "
                        "Switch on EMERGENCY_PARSER in Marlin, or do not use them."
                    ),
                )
            self._homes = marlin.homes(self._axes)
        return known

    async def _wake_up(self) -> bytes:
        """Stop it and ask for its name until it has started and tells it."""
        loop, ok = asyncio.get_running_loop(), self._open_lines()
        began = loop.time()
        while True:
            try:
                said = await ok.ask(self._off + marlin.ASK_FIRMWARE, marlin.introduction)
            except DriverError as error:
                if error.cause is not Cause.NO_ANSWER or loop.time() - began > BOOT_S:
                    raise
                continue
            took_s = loop.time() - began
            if took_s > _QUICK_S:
                # The guardian restarts it by opening the port, too, and must wait as long.
                self._boot_took_s = round(took_s + 0.3, 1)
            ok.owed = 0
            return said

    def _extruder(self, on: str) -> bytes:
        """Let the motor of an extruder turn though nothing is hot, or no longer."""
        return marlin.cold(on) if "E" in self._axes else b""

    # ------------------------------------------------------------------ turning

    def _everything_off(self) -> bytes:
        return self._off

    def _good_bye(self) -> bytes:
        """Stop, and give the board its limits back."""
        return self._off + marlin.LIMITS + self._extruder("0")

    async def _halt(self, *, turns_on: bool) -> Mapping[str, float]:
        ok = self._open_lines()
        if self._stream is not None:
            self._stream = None
            await ok.order(marlin.STAND, tries=_TRIES)
        place = await ok.ask(marlin.ASK_PLACE, marlin.place_in, turns_on=turns_on)
        return self._places(place) | self._planned(place)

    async def _prepare(self, axis: str, turn: Turn) -> None:
        await self._open_lines().order(marlin.here_is_zero(axis), turns_on=True, tries=_TRIES)
        if axis not in self._counted:
            turn.began_mm = 0.0  # it tells the place from that zero

    async def _go(self, places: Mapping[str, float]) -> None:
        if not self._turns or self._loop is None:
            return
        turns = {self._motors[name].axis: turn for name, turn in self._turns.items()}
        done = {axis: one.done_mm(places.get(axis, one.began_mm)) for axis, one in turns.items()}
        self._stream = stream = Stream(turns, done)
        pieces = b"".join(map(marlin.go, stream.due(self._loop.time())))
        try:
            await self._open_lines().order(pieces, turns_on=True, tries=_TRIES)
        except DriverError:
            with contextlib.suppress(DriverError):
                self._open_lines().mention(self._off)  # it may have been begun
            raise

    async def _add(self, name: str, turn: Turn, way_mm: float) -> Ack | None:
        """Make the way longer: the rest of it has not been told yet."""
        turn.way_mm += way_mm
        return Ack.CONFIRMED

    async def _rest(self, axis: str) -> None:
        self._stream = None
        await self._open_lines().order(marlin.off(axis), tries=_TRIES)

    def _ended(self, name: str) -> None:
        super()._ended(name)
        if not self._turns:
            self._stream = None
            with contextlib.suppress(DriverError):
                self._open_lines().mention(self._off)

    def _home_line(self, effect: str) -> bytes:
        return marlin.home(effect)

    async def _stop_homing(self) -> None:
        self._open_lines().mention(self._off)

    async def _ask_life(self) -> None:
        # Not where it is: some answer that when all motors stand.
        await self._open_lines().ask(marlin.ASK_FIRMWARE, marlin.introduction)

    def _look(self) -> None:
        """Give the board the next pieces and ask where it is."""
        stream, ok, loop = self._stream, self._open_lines(), self._loop
        if stream is None or loop is None:
            return
        for piece in stream.due(loop.time()):
            ok.mention(marlin.go(piece), turns_on=True)
        if self._counted and ok.quiet() and (self._tells_on_the_way or stream.all_sent):
            ok.mention(marlin.ASK_PLACE)

    # ------------------------------------------------------------------ hearing

    def _answer_in(self, line: str) -> bool | str | None:
        return True if marlin.is_ok(line) else None

    def _understand(self, line: str) -> None:
        place = marlin.place(line)
        if not self._online:
            return
        if marlin.has_restarted(line):
            self._lose(DriverError(Cause.LOST, say=RESTARTED))
        elif marlin.has_halted(line):
            self._lose(DriverError(Cause.LOST, line[:80]))
        elif place is not None and self._timer is not None:
            self._observe(self._places(place))

    def _places(self, place: marlin.Place) -> dict[str, float]:
        """Return where counted motors are, by axis in mm."""
        steps = place.steps or {}
        return {axis: steps[axis] / self._known[axis].steps_per_mm for axis in self._counted}

    def _planned(self, place: marlin.Place) -> dict[str, float]:
        """Return where the others were told to be, which is where they are once all stand."""
        return {axis: mm for axis, mm in place.planned.items() if axis not in self._counted}
