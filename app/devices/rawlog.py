"""The newest lines of what went between a device and us, for the curious.

One rule: nothing is kept while nobody looks, and every line is redacted before it is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.redaction import redacted, without_hidden

if TYPE_CHECKING:
    from app.core.outcome import Drop, Stage
    from app.link import Clock

LINES: Final = 200
# Whoever looks asks about once a second.
_LOOKS_S: Final = 10.0
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: `way` is "in", "out" or "note"; `number` counts up and never comes twice."""

    number: int
    at_ms: int
    way: str
    text: str


class RawLog:
    """The lines of one device. Loop's thread only."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: deque[LogLine] = deque(maxlen=LINES)
        self._number = 0
        self._until = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def watched(self) -> bool:
        """Whether somebody looks."""
        return self._clock.monotonic() < self._until

    def lines(self, after: int) -> tuple[LogLine, ...]:
        """Return what came behind number `after`, and keep lines for a while from now on."""
        if not self.watched:
            self._lines.clear()
        self._until = self._clock.monotonic() + _LOOKS_S
        self._loop = asyncio.get_running_loop()
        return tuple(one for one in self._lines if one.number > after)

    def note(self, way: str, text: str) -> None:
        """Keep one line, if somebody looks."""
        if not self.watched:
            return
        self._number += 1
        line = LogLine(self._number, self._clock.wall_ms(), way, redacted(text[:_LONGEST]))
        self._lines.append(line)

    def step(self, output: str, stage: Stage, drop: Drop) -> None:
        """Keep what became of a command."""
        if self.watched:
            self.note("note", f"{output} {stage}" + (f" ({drop})" if drop else ""))

    def heard(self, way: str, data: bytes) -> None:
        """Keep bytes: as text where they are one, else as hex. From any thread."""
        if self.watched and self._loop is not None:
            line = written(without_hidden(data))
            # After the loop's end nobody looks any more.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self.note, way, line)


def written(data: bytes) -> str:
    """Return bytes in one line."""
    try:
        text = data.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        return data.hex(" ")
    plain = text.replace("\n", "⏎").replace("\r", "").replace("\t", " ")
    return plain if plain.isprintable() and plain else data.hex(" ")
