"""Commands to groups and scenes: each becomes one for every output, and ends when all have ended.

One rule: the command itself gets exactly one final delivery; those of its parts go no further.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.core.fates import Fate, told
from app.core.outcome import Command, Delivery, Drop, Stage
from app.devices.hosts import Note, delivery_of
from app.devices.made import Scene, spread
from drivers.contract import is_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.devices.made import Made
    from app.link import Clock

FINAL: Final = frozenset({Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED})
_ON_THE_WAY: Final = (Stage.SENT, Stage.ACKED)


@dataclass(slots=True)
class _Whole:
    command: Command
    made_id: str
    parts: dict[str, Command]
    timers: dict[str, asyncio.TimerHandle] = field(default_factory=dict)
    ends: dict[str, Delivery] = field(default_factory=dict)
    told: set[Stage] = field(default_factory=set)


class Spreading:
    """Commands that are under way in several outputs. Loop's thread only."""

    def __init__(
        self,
        clock: Clock,
        give: Callable[[Command], None],
        skip: Callable[[str], object],
        tell: Callable[[Delivery], None],
    ) -> None:
        """`give` hands one part to its device, `skip` ends one, `tell` reports the whole."""
        self._clock = clock
        self._give = give
        self._skip = skip
        self._tell = tell
        self._wholes: dict[str, _Whole] = {}
        self._whole_of: dict[str, str] = {}

    def offer(self, command: Command, made: Made) -> None:
        """Take a command to a group or scene."""
        if isinstance(made, Scene) and is_off(command.instruction):
            self._end_scene(command, made)
            return
        parts = spread(made, command)
        if not parts:
            self._report(command, Stage.DROPPED, Note(drop=Drop.UNSUPPORTED))
            return
        whole = _Whole(command, made.id, {part.id: part for _, part in parts})
        self._wholes[command.id] = whole
        self._whole_of.update(dict.fromkeys(whole.parts, command.id))
        self._report(command, Stage.QUEUED, Note())
        loop = asyncio.get_running_loop()
        for after_s, part in parts:
            if after_s > 0:
                whole.timers[part.id] = loop.call_later(after_s, self._begin, whole, part)
            else:
                self._give(part)

    def waiting(self) -> int:
        """Return how many parts have not begun because their time has not come."""
        return sum(len(whole.timers) for whole in self._wholes.values())

    def plays(self, made_id: str) -> bool:
        """Say whether a command to a group or scene is under way."""
        return any(one.made_id == made_id for one in self._wholes.values())

    def skip(self, command_id: str) -> bool:
        """End a whole command, or one part of it; False if it is none of these."""
        whole = self._wholes.get(command_id)
        if whole is None:
            return self._cancel(command_id, Stage.DROPPED, Drop.SKIPPED)
        for part_id in tuple(whole.parts):
            if not self._cancel(part_id, Stage.DROPPED, Drop.SKIPPED):
                self._skip(part_id)
        return True

    def wipe(self, stage: Stage, drop: Drop) -> int:
        """End all parts that wait for their time; returns how many."""
        waiting = [part for whole in self._wholes.values() for part in whole.timers]
        for part_id in waiting:
            self._cancel(part_id, stage, drop)
        return len(waiting)

    def took(self, delivery: Delivery) -> bool:
        """Take in a step of a part; False if it is no part."""
        whole = self._wholes.get(self._whole_of.get(delivery.command_id, ""))
        if whole is None:
            return False
        stage = delivery.stage
        if stage in _ON_THE_WAY and stage not in whole.told:
            whole.told.add(stage)
            note = Note(delivery.at, limited=delivery.limited, took_ms=delivery.took_ms)
            self._report(whole.command, stage, note)
        elif stage in FINAL:
            self._ended(whole, delivery)
        return True

    def _begin(self, whole: _Whole, part: Command) -> None:
        whole.timers.pop(part.id, None)
        self._give(part)

    def _cancel(self, part_id: str, stage: Stage, drop: Drop) -> bool:
        whole = self._wholes.get(self._whole_of.get(part_id, ""))
        timer = whole.timers.pop(part_id, None) if whole is not None else None
        if whole is None or timer is None:
            return False
        timer.cancel()
        note = Note(drop=drop)
        self._ended(whole, delivery_of(whole.parts[part_id], stage, note, self._clock))
        return True

    def _ended(self, whole: _Whole, end: Delivery) -> None:
        whole.ends[end.command_id] = end
        del self._whole_of[end.command_id]
        if len(whole.ends) < len(whole.parts):
            return
        del self._wholes[whole.command.id]
        ends = list(whole.ends.values())
        stages = {one.stage for one in ends}
        order = (Stage.STOPPED, Stage.DONE, Stage.FAILED, Stage.DROPPED)
        stage = next(one for one in order if one in stages)
        first = next(one for one in ends if one.stage is stage)
        detail = first.detail if stages == {Stage.DONE} else told(_fates(whole))
        self._report(whole.command, stage, Note(drop=first.drop, detail=detail, said=first.said))

    def _end_scene(self, command: Command, made: Made) -> None:
        self._report(command, Stage.QUEUED, Note())
        running = [one.command.id for one in self._wholes.values() if one.made_id == made.id]
        for command_id in running:
            self.skip(command_id)
        for stage in (*_ON_THE_WAY, Stage.DONE):
            self._report(command, stage, Note())

    def _report(self, command: Command, stage: Stage, note: Note) -> None:
        self._tell(delivery_of(command, stage, note, self._clock))


def _fates(whole: _Whole) -> list[Fate]:
    return [
        Fate(part.device_id, part.capability, end.stage, end.drop, end.said)
        for part in whole.parts.values()
        if (end := whole.ends.get(part.id)) is not None
    ]
