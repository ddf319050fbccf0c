"""The accounting file: one line per counted gift, on disk before anything moves.

One rule: an entry is one `write` of one checked line; whatever is torn at the end never happened.
A line is eight hex digits of CRC-32, a space, a JSON list, a newline. The file is a row of numbered
segments, so that it is bounded and never rewritten.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import time
import zlib
from collections import deque
from typing import TYPE_CHECKING

from app.core.ledger import LedgerEntry, LedgerState, StreakKey
from app.core.notices import Level, Notice, NoticeCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REMEMBER_S = 15 * 60.0
# Kept whatever their times say, so that a clock that jumps cannot make us forget a running combo.
REMEMBER_ENTRIES = 4096
_RETRY_S = 5.0
# A segment also ends after this time, so that the names in it are gone soon after.
_SEGMENT_S = 3600.0
_CHECK_S = 60.0
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(entry: LedgerEntry) -> bytes:
    """Return the entry's whole line, newline included."""
    streak = entry.streak
    body = _encode(
        [
            entry.room_id,
            entry.method,
            entry.message_id,
            entry.counted,
            entry.added,
            1 if entry.final else 0,
            entry.at_ms,
            entry.event_id,
            streak,
            entry.order_id,
            entry.gift_id,
            entry.name,
            entry.coins,
            entry.viewer_id,
            entry.handle,
        ]
    ).encode("utf-8", "surrogatepass")
    return b"%08x %b\n" % (zlib.crc32(body), body)


def decode(line: bytes) -> LedgerEntry | None:
    """Return the entry of a line without its newline, or None if the line is torn or foreign."""
    body = line[9:]
    try:
        if line[:9] != b"%08x " % zlib.crc32(body):
            return None
        values = json.loads(body.decode("utf-8", "surrogatepass"))
        return LedgerEntry(
            room_id=values[0],
            method=values[1],
            message_id=values[2],
            counted=values[3],
            added=values[4],
            final=bool(values[5]),
            at_ms=values[6],
            event_id=values[7],
            streak=None if values[8] is None else StreakKey(*values[8]),
            order_id=values[9],
            gift_id=values[10],
            name=values[11],
            coins=values[12],
            viewer_id=values[13],
            handle=values[14],
        )
    except (ValueError, TypeError, LookupError, RecursionError):
        return None


def read_entries(folder: Path) -> Iterator[LedgerEntry]:
    """Yield every whole entry of the ledger in `folder`, oldest first; missing files are empty."""
    for path in _segments(folder):
        try:
            data = path.read_bytes()
        except OSError:
            continue
        # A last line without its newline is torn, unless its checksum says that it is whole.
        for line in data.split(b"\n"):
            entry = decode(line)
            if entry is not None:
                yield entry


class Ledger:
    """The accounting ledger in `folder`. `record` is for one thread (the loop's); it never raises.

    When the disk refuses, entries stay in memory, are written as soon as it allows, and a notice
    tells the user once. `clock` is monotonic seconds.
    """

    def __init__(
        self,
        folder: Path | None,
        on_notice: Callable[[Notice], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        segment_bytes: int = 2 << 20,
        max_segments: int = 32,
    ) -> None:
        self._folder = folder
        self._on_notice = on_notice
        self._clock = clock
        self._segment_bytes = segment_bytes
        self._max_segments = max_segments
        self._fd = -1
        self._size = 0
        self._torn = False
        self._retry_at = 0.0
        self._check_at = 0.0
        self._in_trouble = False
        self._parts: deque[tuple[Path, float]] = deque()
        # Used in full when there is no folder; otherwise only what the disk has not taken yet.
        self._kept: deque[LedgerEntry] = deque(maxlen=65_536)

    @property
    def waiting(self) -> int:
        """Entries held in memory because the disk has not taken them."""
        return len(self._kept)

    def open(self) -> None:
        """Go on with the newest segment; a failure is told, and retried later by itself."""
        if self._folder is None or self._fd >= 0:
            return
        now = self._clock()
        self._parts = deque((path, now) for path in _segments(self._folder))
        try:
            if self._parts:
                self._go_on(self._parts[-1][0])
            else:
                self._next_segment()
        except OSError as error:
            self._failed(error)

    def close(self) -> None:
        """Write what is still in memory, if the disk takes it, and let go of the file."""
        self.write_waiting()
        self._let_go()

    def write_waiting(self) -> None:
        """Try again now to write what the disk refused."""
        if self._folder is not None:
            self._write_kept()

    def load(self, room_id: int, now_ms: int) -> LedgerState:
        """Return what was counted in a stream (0: in any) within the last 15 minutes.

        The last few thousand entries are returned whatever their times, since clocks jump.
        """
        entries = [e for e in self.entries() if room_id in (0, e.room_id)]
        if not entries:
            return LedgerState()
        since_ms = min(now_ms, entries[-1].at_ms) - int(REMEMBER_S * 1000)
        surely = len(entries) - REMEMBER_ENTRIES
        return LedgerState.of(
            entry
            for index, entry in enumerate(entries)
            if index >= surely or entry.at_ms >= since_ms
        )

    def entries(self) -> Iterator[LedgerEntry]:
        """Yield everything still remembered, oldest first."""
        if self._folder is not None:
            yield from read_entries(self._folder)
        yield from tuple(self._kept)

    def record(self, entry: LedgerEntry) -> None:
        """Put one entry into the operating system's hands (survives kill -9) and return."""
        if self._kept or self._folder is None:
            self._kept.append(entry)
            if self._clock() >= self._retry_at:
                self.write_waiting()
            return
        try:
            self._append(encode(entry))
        except OSError as error:
            self._kept.append(entry)
            self._failed(error)

    def _append(self, line: bytes) -> None:
        now = self._clock()
        if self._fd < 0 or self._size >= self._segment_bytes:
            self._next_segment()
        elif now >= self._check_at:
            self._check_at = now + _CHECK_S
            if self._parts[-1][1] <= now - _SEGMENT_S:
                self._next_segment()
            self._forget_old()
        data = b"\n" + line if self._torn else line
        written = os.write(self._fd, data)
        self._size += written
        self._torn = written < len(data)
        # Without its newline the line is whole all the same: writing it again would double it.
        if written < len(data) - 1:
            raise OSError(errno.ENOSPC, "short write")

    def _go_on(self, path: Path) -> None:
        fd = os.open(path, _FLAGS, 0o600)
        self._fd, self._size = fd, os.fstat(fd).st_size
        # The next line must not be glued to one that a crash cut short.
        self._torn = self._size > 0

    def _next_segment(self) -> None:
        if self._folder is None:
            raise OSError(errno.EROFS, "no folder")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        last = _number(self._parts[-1][0]) if self._parts else 0
        path = self._folder / f"ledger-{last + 1:08d}.log"
        fd = os.open(path, _FLAGS, 0o600)
        self._let_go()
        self._fd, self._size, self._torn = fd, 0, False
        self._parts.append((path, self._clock()))
        self._forget_old()

    def _forget_old(self) -> None:
        """Remove segments whose last entry is surely older than we remember."""
        old = self._clock() - REMEMBER_S
        while len(self._parts) > 1:
            # A segment ended when its follower began.
            if self._parts[1][1] > old and len(self._parts) <= self._max_segments:
                return
            path, _ = self._parts.popleft()
            with contextlib.suppress(OSError):
                path.unlink()

    def _write_kept(self) -> None:
        while self._kept:
            try:
                self._append(encode(self._kept[0]))
            except OSError as error:
                self._failed(error)
                return
            self._kept.popleft()
        if self._in_trouble:
            self._in_trouble = False
            self._on_notice(Notice("storage", Level.INFO, NoticeCode.SAVED_AGAIN))

    def _failed(self, error: OSError) -> None:
        self._retry_at = self._clock() + _RETRY_S
        if not self._in_trouble:
            self._in_trouble = True
            self._on_notice(Notice("storage", Level.WARNING, code_of(error)))

    def _let_go(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def code_of(error: OSError) -> NoticeCode:
    """Choose the words for a disk that refused."""
    if error.errno in _FULL:
        return NoticeCode.DISK_FULL
    return NoticeCode.JOURNAL_IN_MEMORY


def _segments(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("ledger-*.log"), key=_number)
    except OSError:
        return []


def _number(path: Path) -> int:
    digits = path.stem.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0
