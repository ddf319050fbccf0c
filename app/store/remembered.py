"""What TikTok told and a restart must still know: signatures, gifts, and when it was asked.

One rule: a file that is damaged or missing costs what was in it, and is not worth a word.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.core.giftlist import MOST_GIFTS, GiftKind
from app.store.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.core.giftlist import GiftList

log = logging.getLogger(__name__)

_MAX_BYTES = 8 << 20


class _Gift(BaseModel):
    """One gift as the stream told it."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    coins: int = Field(ge=0)
    combo: bool | None = None
    also: tuple[str, ...] = ()
    local: dict[str, str] = {}


class _File(BaseModel):
    """The whole file; `signed_ms` are UTC epoch ms, oldest first, `asked_ms` by region."""

    model_config = ConfigDict(frozen=True)

    version: Literal[1] = 1
    signed_ms: tuple[int, ...] = ()
    asked_ms: dict[str, int] = {}
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
        self._asked_ms: dict[str, int] = {}
        self._kept: tuple[GiftKind, ...] = ()
        self._revision = 0
        self._closed = False
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
        self._asked_ms = dict(content.asked_ms)
        self._gifts.remember(
            GiftKind(g.id, g.name, g.coins, g.combo, g.also, tuple(g.local.items()))
            for g in content.gifts
        )
        self._take()

    def load(self) -> Sequence[int]:
        """Return when signatures were asked for, UTC epoch ms, oldest first."""
        return self._signed_ms

    def save(self, times_ms: Sequence[int]) -> None:
        """Keep the times of signatures."""
        self._signed_ms = tuple(times_ms)
        self._write()

    def asked(self) -> Mapping[str, int]:
        """Return when lists of gifts were asked for, UTC epoch ms by region."""
        return self._asked_ms

    def note_asked(self, region: str, at_ms: int) -> None:
        """Keep when a list of gifts was asked for."""
        self._asked_ms = {**self._asked_ms, region: at_ms}
        self._write()

    def look(self) -> None:
        """Keep what was told of gifts since the last look; costs nothing if that is nothing."""
        if self._gifts.revision != self._revision and self._take():
            self._write()

    def close(self) -> None:
        """Look a last time and wait until everything is written; then nothing is saved."""
        self.look()
        self._closed = True
        self._writer.shutdown()

    def _take(self) -> bool:
        """Take the gifts as they are now; False if that is nothing new."""
        self._revision = self._gifts.revision
        before, self._kept = self._kept, self._gifts.learnt()[-MOST_GIFTS:]
        return self._kept != before

    def _write(self) -> None:
        if self._path is not None and not self._closed:
            content = self._signed_ms, self._asked_ms, self._kept
            self._writer.submit(self._put, self._path, *content)

    @staticmethod
    def _put(
        path: Path,
        signed_ms: tuple[int, ...],
        asked_ms: dict[str, int],
        kinds: tuple[GiftKind, ...],
    ) -> None:
        gifts = tuple(_written(kind) for kind in kinds)
        data = b""
        # A file that is too large would not be read again, and the signatures with it.
        while not data or len(data) > _MAX_BYTES:
            whole = _File(signed_ms=signed_ms, asked_ms=asked_ms, gifts=gifts)
            data, gifts = whole.model_dump_json().encode(), gifts[len(gifts) // 2 + 1 :]
        try:
            write_whole(path, data)
        except OSError as error:
            log.info("not remembered: %s", type(error).__name__)


def _written(kind: GiftKind) -> _Gift:
    return _Gift(
        id=kind.id,
        name=_whole(kind.name),
        coins=max(0, kind.coins),
        combo=kind.combo,
        also=tuple(_whole(one) for one in kind.also),
        local={language: _whole(name) for language, name in kind.local},
    )


def _whole(name: str) -> str:
    """Return a name that can be written; half characters become question marks."""
    return name.encode("utf-8", "replace").decode()
