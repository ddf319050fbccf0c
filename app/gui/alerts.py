"""What is told while the window is not in front. Rule: once a minute per kind, never for gifts.

What rules tell comes as they tell it: notes show in the window too, alarms stay there until seen.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.notices import NoticeCode
from app.gui import status
from app.gui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gui.bridge import Bridge

# Short losses mend themselves and are nobody's business.
LOST_MS: Final = 15_000
QUIET_S: Final = 60.0
# So many different notes a minute are read; more would only push each other away.
_MOST_NOTES: Final = 12
_NOTE: Final = "note/"
_ENDED: Final = frozenset({"offline", "stream_ended"})


class Alerts(QObject):
    """Watches stream, devices, STOP and what rules tell.

    `raised` carries a sentence worth a notification, `noted` one for the window itself.
    """

    raised = Signal(str)
    noted = Signal(str)

    def __init__(self, bridge: Bridge, in_front: Callable[[], bool]) -> None:
        super().__init__()
        self._bridge = bridge
        self._in_front = in_front
        self._told: dict[str, float] = {}
        self._was_live = False
        self._was_stopped = False
        self._ready: set[str] = set()
        self._seen: set[tuple[str, int]] | None = None
        self._lost = QTimer(self)
        self._lost.setSingleShot(True)
        self._lost.setInterval(LOST_MS)
        self._lost.timeout.connect(self._on_lost)
        bridge.stream_changed.connect(self._on_stream)
        bridge.devices_changed.connect(self._on_devices)
        bridge.stop_changed.connect(self._on_stop)
        bridge.notices_changed.connect(self._on_notices)

    def close(self) -> None:
        """Stop watching."""
        self._lost.stop()

    def _on_stream(self) -> None:
        link = self._bridge.state.stream.link
        if link.stage == "online":
            self._was_live = True
            self._lost.stop()
        elif link.reason in _ENDED or not self._bridge.state.stream.user:
            self._was_live = False
            self._lost.stop()
        elif self._was_live and not self._lost.isActive():
            self._lost.start()

    def _on_lost(self) -> None:
        self._was_live = False
        headline = status.link_headline(self._bridge.state.stream.link)
        self._tell("tiktok", tr("TikTok is lost. {why}", why=headline).strip())

    def _on_devices(self) -> None:
        ready = {
            key for key, one in self._bridge.state.devices.items() if one.link.stage == "online"
        }
        for key in self._ready - ready:
            device = self._bridge.state.devices.get(key)
            if device is not None and device.used_by and device.link.stage != "off":
                self._tell("device", tr("{name} is offline", name=device.name))
        self._ready = ready

    def _on_stop(self) -> None:
        stop = self._bridge.state.stop
        if stop.stopped and not self._was_stopped and stop.source != "desk":
            self._tell("stop", tr("Everything is stopped."))
        self._was_stopped = stop.stopped

    def _on_notices(self) -> None:
        """Tell what rules noted or raised since the last look; what stood before is not news."""
        told = [
            one
            for one in self._bridge.state.notices
            if one.code in (NoticeCode.RULE_NOTE, NoticeCode.RULE_ALARM)
        ]
        before, self._seen = self._seen, {(one.key, one.at_ms) for one in told}
        for one in told:
            if before is None or (one.key, one.at_ms) in before:
                continue
            text = status.notice_words(one)[0]
            if one.code == NoticeCode.RULE_NOTE:
                self.noted.emit(text)
            self._tell_note(text)

    def _tell_note(self, text: str) -> None:
        now = time.monotonic()
        kinds = [key for key in self._told if key.startswith(_NOTE)]
        for kind in kinds:
            if now - self._told[kind] >= QUIET_S:
                del self._told[kind]
        if sum(kind in self._told for kind in kinds) < _MOST_NOTES:
            self._tell(_NOTE + text, text)

    def _tell(self, kind: str, text: str) -> None:
        now = time.monotonic()
        if self._in_front() or now - self._told.get(kind, -QUIET_S) < QUIET_S:
            return
        self._told[kind] = now
        self.raised.emit(text)
