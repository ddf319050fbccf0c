"""Connections to other programs that were cut: told once each, with what to do.

One rule: what comes back within a moment was never gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.core.links import LinkStage
from app.core.notices import Level, Notice, NoticeCode

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S: Final = 5.0
_WORDS: Final = {
    "mqtt": (NoticeCode.MQTT_CUT, NoticeCode.MQTT_BACK),
    "obs": (NoticeCode.OBS_CUT, NoticeCode.OBS_BACK),
}


class Cuts:
    """Which of the connections are cut. Loop's thread only."""

    def __init__(self, tell: Callable[[Notice], None], now: Callable[[], float]) -> None:
        """`now` is monotonic seconds."""
        self._tell = tell
        self._now = now
        self._since: dict[str, float] = {}
        self._told: set[str] = set()

    def changed(self, name: str, stage: LinkStage) -> None:
        """Take news of a connection, "mqtt" or "obs": it is there, waits, or is wanted no more."""
        if stage is LinkStage.WAITING:
            self._since.setdefault(name, self._now())
            return
        self._since.pop(name, None)
        if name in self._told:
            self._told.discard(name)
            self._tell(Notice(f"outside.{name}", Level.INFO, _WORDS[name][1]))

    def look(self) -> None:
        """Tell of what has been away for long enough."""
        for name, since in self._since.items():
            if name not in self._told and self._now() - since >= PATIENCE_S:
                self._told.add(name)
                self._tell(Notice(f"outside.{name}", Level.WARNING, _WORDS[name][0]))

    def away(self, name: str) -> bool:
        """Say whether a connection that was there is gone now."""
        return name in self._since
