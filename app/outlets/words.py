"""Effects that are words: notes to the streamer, alarms, the user's own log, the overlay's text.

One rule: they are handed on at once; who shows them is told when the room is built.
"""

from __future__ import annotations

import asyncio
import logging
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, ClassVar, Final

from app.core.effects import Notify, RaiseAlarm, ShowText, WriteLog
from app.core.outcome import Drop
from app.outlets.outlet import NotSetUpError, Outlet, OutletError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.core.effects import Effect

_LOG_BYTES: Final = 1_000_000
_LOG_FILES: Final = 3


class NotifyOutlet(Outlet):
    """Shows notes to the streamer."""

    key: ClassVar[str] = Notify.outlet

    def __init__(self, show: Callable[[str], None]) -> None:
        self._show = show

    async def carry_out(self, effect: Effect) -> str:
        """Hand the text on."""
        if not isinstance(effect, Notify):
            raise OutletError(Drop.UNSUPPORTED)
        self._show(effect.text)
        return ""


class AlarmOutlet(Outlet):
    """Raises alarms that stay until the streamer has seen them."""

    key: ClassVar[str] = RaiseAlarm.outlet

    def __init__(self, raise_alarm: Callable[[str, str], None]) -> None:
        """Take what is called with the text and the level."""
        self._raise = raise_alarm

    async def carry_out(self, effect: Effect) -> str:
        """Hand the alarm on."""
        if not isinstance(effect, RaiseAlarm):
            raise OutletError(Drop.UNSUPPORTED)
        self._raise(effect.text, effect.level)
        return effect.level


class OverlayOutlet(Outlet):
    """Shows texts on the overlay; `show` answers False when nobody has the overlay open."""

    key: ClassVar[str] = ShowText.outlet

    def __init__(self, show: Callable[[str, float], bool]) -> None:
        self._show = show

    async def carry_out(self, effect: Effect) -> str:
        """Hand the text on."""
        if not isinstance(effect, ShowText):
            raise OutletError(Drop.UNSUPPORTED)
        if not self._show(effect.text, effect.seconds):
            raise NotSetUpError("overlay")
        return ""


class LogOutlet(Outlet):
    """Writes lines into the user's own log, with the time in front; old ones make room."""

    key: ClassVar[str] = WriteLog.outlet

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: RotatingFileHandler | None = None

    async def carry_out(self, effect: Effect) -> str:
        """Write the line."""
        if not isinstance(effect, WriteLog):
            raise OutletError(Drop.UNSUPPORTED)
        try:
            await asyncio.to_thread(self._write, effect.text)
        except OSError as error:
            raise OutletError(Drop.REFUSED, error.strerror or type(error).__name__) from None
        return self._path.name

    async def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, text: str) -> None:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _OpenFile(
                self._path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8"
            )
            self._file.setFormatter(logging.Formatter("%(asctime)s  %(message)s"))
        line = " ".join(text.split())
        self._file.emit(logging.makeLogRecord({"msg": "%s", "args": (line,)}))


class _OpenFile(RotatingFileHandler):
    """A log file whose errors are ours to tell."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Raise what went wrong instead of printing it."""
        del record
        raise  # noqa: PLE0704 - called by logging within its handling of the error
