"""Who gave what: of one stream from its events, of all streams from a sum kept beside them.

One rule: only real gifts count, each once; deleting old history takes nothing from anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store.rows import unfolded, whole

if TYPE_CHECKING:
    import sqlite3

    from app.store.db import Database

# Eight bytes each in memory; whoever came before them counts as new again.
_MOST_KNOWN = 1_000_000

_SEEN = "INSERT OR IGNORE INTO viewer (viewer_id, handle, nickname, first_room) VALUES (?, ?, ?, ?)"
_KNOWN = "SELECT viewer_id FROM viewer WHERE first_room != ? ORDER BY rowid LIMIT ?"
# Events are in the order of their ids; the newest name is the one people know somebody by.
_GAVE = """
SELECT viewer_id, handle, nickname, SUM(count * coins), SUM(count), MAX(id) FROM event
WHERE room_id = ? AND source = 'live' AND kind = 'gift' AND viewer_id != 0
GROUP BY viewer_id
"""
_BOARD = """
SELECT viewer_id, handle, nickname, coins, gifts FROM viewer
WHERE coins > 0 ORDER BY coins DESC, viewer_id LIMIT ?
"""
_COUNTED = """
SELECT COALESCE(SUM(CASE kind WHEN 'follow' THEN 1 END), 0) FROM event
WHERE room_id = ? AND source = 'live'
"""


@dataclass(frozen=True, slots=True)
class Giver:
    """What somebody gave."""

    viewer_id: int
    handle: str
    nickname: str
    coins: int
    gifts: int


class People:
    """Reads and writes who was there. `seen` is quick; the others read in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def seen(self, viewer_id: int, handle: str, nickname: str, room_id: int) -> None:
        """Note that somebody was in a stream; told again it changes nothing."""
        row = (whole(viewer_id), handle, nickname, whole(room_id))
        self._database.write(_SEEN, row)

    async def known(self, room_id: int) -> list[int]:
        """Return the ids of everybody first seen in another stream than this one."""
        found = await self._database.read(_KNOWN, (whole(room_id), _MOST_KNOWN))
        return [unfolded(int(str(row[0]))) for row in found]

    async def gave(self, room_id: int) -> list[Giver]:
        """Return what everybody gave in a stream."""
        found = await self._database.read(_GAVE, (whole(room_id),))
        return [_giver(row[:5]) for row in found]

    async def followers(self, room_id: int) -> int:
        """Return how many followed in a stream."""
        found = await self._database.read(_COUNTED, (whole(room_id),))
        return int(str(found[0][0]))

    async def board(self, limit: int) -> tuple[list[Giver], int]:
        """Return who gave most over all streams, and how many gave anything."""

        def read(connection: sqlite3.Connection) -> tuple[list[Giver], int]:
            rows = connection.execute(_BOARD, (limit,)).fetchall()
            (count,) = connection.execute("SELECT COUNT(*) FROM viewer WHERE coins > 0").fetchone()
            return [_giver(row) for row in rows], int(count)

        return await self._database.read_with(read)


def _giver(row: tuple[object, ...]) -> Giver:
    viewer_id, handle, nickname, coins, gifts = row
    return Giver(
        unfolded(int(str(viewer_id))),
        str(handle),
        str(nickname),
        int(str(coins)),
        int(str(gifts)),
    )
