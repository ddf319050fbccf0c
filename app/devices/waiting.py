"""What waits for one output: in which order, and until when.

One rule: taking one more costs the same however many wait already.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from app.devices.adding import joins_active
from drivers.contract import QueuePolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.core.outcome import Command
    from app.devices.adding import Activation
    from drivers.contract import Capability

QUEUE_LENGTH: Final = 100
# What adds up needs no time of its own for each.
ADD_LENGTH: Final = 2_000


class Waiting:
    """Commands in line for one output. Loop's thread only."""

    def __init__(self, capability: Capability) -> None:
        self._capability = capability
        self._line: list[Command] = []
        # None of them is too old before this; it may be sooner than the first really is.
        self._not_before = inf
        # So many at the head are known to add to what `_running` began.
        self._running: Command | None = None
        self._adding = 0

    def __len__(self) -> int:
        return len(self._line)

    def __iter__(self) -> Iterator[Command]:
        return iter(self._line)

    @property
    def commands(self) -> list[Command]:
        """The line itself, to look at."""
        return self._line

    @property
    def look_at(self) -> float | None:
        """When to ask for `too_old` again, in monotonic seconds; None if nothing waits."""
        return self._not_before if self._line else None

    def is_full(self, policy: QueuePolicy) -> bool:
        """Say whether there is no room for one more."""
        return len(self._line) >= (ADD_LENGTH if policy is QueuePolicy.ADD else QUEUE_LENGTH)

    def add(self, command: Command, active: Activation | None) -> None:
        """Put a command in line: by priority, and what adds to what runs right behind it."""
        line = self._line
        if active is not None and joins_active(active, command, self._capability):
            place = self._behind(active)
        else:
            place = len(line)
            while place and line[place - 1].priority < command.priority:
                place -= 1
            self._adding = min(self._adding, place)
        line.insert(place, command)
        self._not_before = min(self._not_before, command.deadline)

    def put_back(self, command: Command) -> None:
        """Put a command in front of all others."""
        self._line.insert(0, command)
        self._adding = 0
        self._not_before = min(self._not_before, command.deadline)

    def take(self, many: int = 1) -> tuple[Command, ...]:
        """Take the first ones out."""
        taken = tuple(self._line[:many])
        del self._line[:many]
        self._adding = max(0, self._adding - many)
        return taken

    def take_all(self) -> list[Command]:
        """Take everything out."""
        taken, self._line = self._line, []
        self._adding, self._not_before = 0, inf
        return taken

    def take_one(self, command_id: str) -> Command | None:
        """Take the command with this id out, if it is here."""
        for place, command in enumerate(self._line):
            if command.id == command_id:
                del self._line[place]
                self._adding = 0
                return command
        return None

    def too_old(self, now: float) -> list[Command]:
        """Take out what nobody wants any more."""
        if now < self._not_before:
            return []
        old = [one for one in self._line if one.deadline <= now]
        self._line = [one for one in self._line if one.deadline > now]
        self._not_before = min((one.deadline for one in self._line), default=inf)
        self._adding = 0
        return old

    def _behind(self, active: Activation) -> int:
        if self._running is not active.command:
            self._running, self._adding = active.command, 0
        line, end = self._line, len(self._line)
        while self._adding < end and joins_active(active, line[self._adding], self._capability):
            self._adding += 1
        return self._adding
