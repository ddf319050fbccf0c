"""Which streams of a profile could be played: its recordings, and what the journal knows.

One rule: whatever cannot be read is left out or told; a listing never fails.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from app.backtest.journal import read_journal
from app.core.backtests import Listing, PastStreamLine, RecordingFile
from app.live.record import SUFFIX, NotATape, read_header
from app.store.streams import past_streams

if TYPE_CHECKING:
    from pathlib import Path

    from app.paths import Parts

_MOST: Final = 500


def listed(parts: Parts) -> Listing:
    """Return the recordings and past streams of a profile, newest first."""
    streams = _streams(parts.journal)
    return Listing(
        recordings=_recordings(parts.recordings),
        streams=streams or (),
        streams_unread=streams is None,
    )


def _recordings(folder: Path) -> tuple[RecordingFile, ...]:
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(OSError, NotATape):
                found.append(_recording(path))
    newest = sorted(found, key=lambda one: (one.started_ms, one.path), reverse=True)
    return tuple(newest[:_MOST])


def _recording(path: Path) -> RecordingFile:
    header, told = read_header(path), path.stat()
    started_ms = header.started_ms or round(told.st_mtime * 1000)
    return RecordingFile(
        path=str(path), user=header.user, started_ms=started_ms, bytes=told.st_size
    )


def _streams(journal: Path) -> tuple[PastStreamLine, ...] | None:
    if not journal.exists():
        return ()
    try:
        rows = read_journal(journal, lambda connection: past_streams(connection, _MOST))
    except sqlite3.Error:
        return None
    return tuple(
        PastStreamLine(
            room_id=row.room_id,
            user=row.user,
            started_ms=row.started_ms,
            ended_ms=row.ended_ms,
            gifts=row.gifts,
            coins=row.coins,
        )
        for row in rows
    )
