"""What the stream learnt and a restart must still know: recent signatures, and prices of gifts.

One rule: a file that is damaged or missing costs what was in it, and is not worth a word.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.core.giftlist import GiftKind
from app.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.core.giftlist import GiftList

log = logging.getLogger(__name__)

_MOST_GIFTS = 10_000
_MAX_BYTES = 8 << 20


class _Gift(BaseModel):
    """One gift as the stream told it."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    coins: int = Field(ge=0)
    combo: bool | None = None
    also: tuple[str, ...] = ()


class _File(BaseModel):
    """The whole file; `signed_ms` are UTC epoch ms, oldest first."""

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    signed_ms: tuple[int, ...] = ()
    gifts: tuple[_Gift, ...] = ()


class Remembered:
    """The file at `path` (None: this run only). For one thread, which never waits for the disk.

    `open` and `close` block; each save is written a moment later by a thread of its own.
    """

    def __init__(self, path: Path | None, gifts: GiftList) -> None:
        """Take the gifts whose news are kept; nothing is read before `open`."""
        self._path = path
        self._gifts = gifts
        self._signed_ms: tuple[int, ...] = ()
        self._kept: tuple[GiftKind, ...] = ()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="remembered")

    def open(self) -> None:
        """Read the file; without a good one everything begins anew."""
        if self._path is None:
            return
        try:
            if self._path.stat().st_size > _MAX_BYTES:
                return
            content = _File.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError) as error:
            log.info("nothing remembered: %s", type(error).__name__)
            return
        self._signed_ms = content.signed_ms
        self._gifts.remember(
            GiftKind(g.id, g.name, g.coins, g.combo, g.also) for g in content.gifts
        )
        self._kept = self._learnt()

    def load(self) -> Sequence[int]:
        """Return when signatures were asked for, UTC epoch ms, oldest first."""
        return self._signed_ms

    def save(self, times_ms: Sequence[int]) -> None:
        """Keep the times of signatures."""
        self._signed_ms = tuple(times_ms)
        self._write()

    def look(self) -> None:
        """Keep what the stream has told of gifts since the last look; cheap if it told nothing."""
        learnt = self._learnt()
        if learnt != self._kept:
            self._kept = learnt
            self._write()

    def close(self) -> None:
        """Look a last time and wait until everything is written; then nothing can be saved."""
        self.look()
        self._writer.shutdown()

    def _learnt(self) -> tuple[GiftKind, ...]:
        return self._gifts.learnt()[-_MOST_GIFTS:]

    def _write(self) -> None:
        if self._path is not None:
            self._writer.submit(self._put, self._path, self._signed_ms, self._kept)

    @staticmethod
    def _put(path: Path, signed_ms: tuple[int, ...], kinds: tuple[GiftKind, ...]) -> None:
        gifts = tuple(
            _Gift(
                id=k.id,
                name=_whole(k.name),
                coins=max(0, k.coins),
                combo=k.combo,
                also=tuple(_whole(one) for one in k.also),
            )
            for k in kinds
        )
        data = _File(signed_ms=signed_ms, gifts=gifts).model_dump_json()
        try:
            write_whole(path, data.encode())
        except OSError as error:
            log.info("not remembered: %s", type(error).__name__)


def _whole(name: str) -> str:
    """Return a name that can be written; half characters become question marks."""
    return name.encode("utf-8", "replace").decode()
