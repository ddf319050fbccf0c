"""Plays a recorded stream through the very decoder and accounting of a live one.

One rule: a replay shares nothing with the live stream: own memory, own ids, marked as REPLAY.
Reads our tapes and the public capture format: JSON lines, perhaps gzipped, each with
`received_at` (ISO 8601), `method` and `payload` (base64).
"""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.core.events import Source
from app.core.giftlist import GiftList
from app.live.accounting import Accounting
from app.live.record import FIRST, FRAME, NOTE, NotATape, read_header, read_records
from app.live.schema import BaseMessage
from app.live.wire import FrameReader, Received, read_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.core.events import LiveEvent
    from app.link import Clock
    from app.live.accounting import MessageCounts
    from app.live.record import Header
    from app.live.schema import Proto

# Between two of these the loop gets a turn when playing as fast as possible.
_STEPS_IN_A_ROW = 16
_GZIP_MAGIC = b"\x1f\x8b"
# A recording that does not name its stream still needs one.
_SOME_ROOM = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One moment of a recording: messages, `at_s` seconds after its start.

    `room_id` names a stream that is entered first (0: go on); `first` marks what was there before.
    """

    at_s: float
    received: Received | None
    room_id: int = 0
    host_id: int = 0
    first: bool = False


class Replay:
    """One replay of one file. Call everything from one thread."""

    def __init__(
        self,
        path: Path,
        on_event: Callable[[LiveEvent, float], None],
        gifts: GiftList,
        clock: Clock,
        *,
        speed: float = 1.0,
        name: str = "",
        count_guests: bool = False,
    ) -> None:
        """Take the file; `speed` 2 plays twice as fast, 0 as fast as possible.

        `name` goes into the event ids and makes them repeatable; without it they are unique.
        """
        self._path = path
        self._clock = clock
        self._speed = max(0.0, speed)
        prefix = f"replay-{name or uuid.uuid4().hex[:8]}/"
        # A copy: prices of an old recording are not today's.
        own = GiftList(gifts.all())
        self._accounting = Accounting(
            lambda event, _at_s: on_event(event, clock.monotonic()),
            own,
            source=Source.REPLAY,
            prefix=prefix,
            count_guests=count_guests,
        )

    @property
    def counts(self) -> MessageCounts:
        """What became of the messages so far."""
        return self._accounting.counts

    async def run(self) -> None:
        """Play to the end; raises NotATape or OSError. Cancel to stop early."""
        started = self._clock.monotonic()
        last_s = 0.0
        for index, step in enumerate(read_steps(self._path), 1):
            due_s = step.at_s / self._speed if self._speed else 0.0
            wait_s = due_s - (self._clock.monotonic() - started)
            if self._speed and wait_s > 0:
                await self._clock.sleep(wait_s)
            elif index % _STEPS_IN_A_ROW == 0:
                await self._clock.sleep(0)
            last_s = step.at_s
            self._play(step)
        self._accounting.end(last_s, self._clock.wall_ms())

    def _play(self, step: Step) -> None:
        # Idle combos end by the recording's time, whatever the speed; events happen now.
        now, at_ms = step.at_s, self._clock.wall_ms()
        self._accounting.sweep(now, at_ms)
        if step.room_id:
            self._accounting.enter(step.room_id, step.host_id, now, at_ms)
        if step.received is not None:
            self._accounting.take(step.received, now, at_ms, first=step.first)


def read_steps(path: Path) -> Iterator[Step]:
    """Yield what a recording holds, oldest first, whichever of the two formats it is in.

    Damaged lines and frames are left out; raises NotATape when there is nothing of ours in it.
    """
    with path.open("rb") as file:
        start = file.read(2)
    if start == _GZIP_MAGIC:
        try:
            header = read_header(path)
        except NotATape:
            pass
        else:
            yield from _tape_steps(path, header)
            return
    yield from _capture_steps(path, packed=start == _GZIP_MAGIC)


def _tape_steps(path: Path, header: Header) -> Iterator[Step]:
    entered = False
    for step in _records_as_steps(path):
        if not entered and not step.room_id:
            # Recorded from the middle of a connection on.
            yield Step(step.at_s, None, header.room_id or _SOME_ROOM, header.host_id)
        entered = True
        yield step


def _records_as_steps(path: Path) -> Iterator[Step]:
    reader = FrameReader(_SOME_ROOM, 1)
    for record in read_records(path):
        at_s = record.at_us / 1e6
        if record.kind == FRAME:
            received = reader.receive(record.data)
            if received is not None:
                yield Step(at_s, received)
        elif record.kind == FIRST:
            try:
                yield Step(at_s, read_first(record.data), first=True)
            except ValueError:
                continue
        elif record.kind == NOTE:
            facts = _facts(record.data)
            if facts.get("what") == "up":
                room_id, host_id = facts.get("room_id"), facts.get("host_id")
                if isinstance(room_id, int) and isinstance(host_id, int):
                    yield Step(at_s, None, room_id or _SOME_ROOM, host_id)


def _capture_steps(path: Path, *, packed: bool) -> Iterator[Step]:
    started_ms = last_ms = 0
    with gzip.open(path, "rb") if packed else path.open("rb") as lines:
        for line in lines:
            one = _captured(line)
            if one is None:
                if not started_ms:
                    raise NotATape("not a recording")
                continue
            at_ms, message = one
            if not started_ms:
                started_ms = at_ms
                yield Step(0.0, None, _SOME_ROOM)
            last_ms = max(last_ms, at_ms)
            yield Step((last_ms - started_ms) / 1000.0, Received((message,), (), last_ms))
    if not started_ms:
        raise NotATape("not a recording")


def _captured(line: bytes) -> tuple[int, Proto] | None:
    facts = _facts(line)
    try:
        at = datetime.fromisoformat(str(facts["received_at"]))
        payload = base64.b64decode(str(facts["payload"]), validate=True)
        method = str(facts["method"]).encode()
    except (KeyError, ValueError, binascii.Error):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return int(at.timestamp() * 1000), BaseMessage(method=method, payload=payload)


def _facts(data: bytes) -> dict[str, object]:
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
