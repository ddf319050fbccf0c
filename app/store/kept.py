"""Small things that outlive the program: variables, goals, owed gifts, the inbox of new gifts.

One rule: one row a thing, written a moment later by the journal's writer; nobody waits for it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.store.db import Database

_log = logging.getLogger(__name__)

_PUT = "INSERT OR REPLACE INTO kept (kind, key, value) VALUES (?, ?, ?)"
_DROP = "DELETE FROM kept WHERE kind = ? AND key = ?"
_ALL = "SELECT key, value FROM kept WHERE kind = ? ORDER BY key"


class Kept:
    """The things of one `kind`. `put` and `drop` are quick and from any thread."""

    def __init__(self, database: Database, kind: str) -> None:
        self._database = database
        self._kind = kind

    def put(self, key: str, value: dict[str, Any], *, durable: bool = False) -> None:
        """Keep a thing, in place of an older one; `durable` ones survive a power cut."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self._database.write(_PUT, (self._kind, key, text), durable=durable)

    def drop(self, key: str, *, durable: bool = False) -> None:
        """Forget a thing."""
        self._database.write(_DROP, (self._kind, key), durable=durable)

    async def settled(self, timeout_s: float = 3.0) -> bool:
        """Wait until everything put and dropped so far is written; False after the time."""
        return await asyncio.to_thread(self._database.flush, timeout_s)

    async def all(self) -> dict[str, dict[str, Any]]:
        """Return everything kept, by key; what cannot be read is left out."""
        try:
            found = await self._database.read(_ALL, (self._kind,))
        except sqlite3.Error as error:
            _log.info("%s cannot be read: %s", self._kind, error)
            return {}
        things: dict[str, dict[str, Any]] = {}
        for key, text in found:
            try:
                value = json.loads(str(text))
            except ValueError:
                continue
            if isinstance(value, dict):
                things[str(key)] = value
        return things
