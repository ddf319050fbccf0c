"""The notices that stand now: told by any room, from any thread, shown by every desk.

One rule: a later notice with the same key replaces the earlier one.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.core.notices import Level, Notice, NoticeCode
from app.gateway.mapping import notice_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.gateway.views import NoticeView

_MOST = 20
# These say that a trouble is over: the trouble's own notice goes with them.
_CURES = frozenset(
    {
        NoticeCode.SAVED_AGAIN,
        NoticeCode.KEYRING_OPEN,
        NoticeCode.MQTT_BACK,
        NoticeCode.OBS_BACK,
    }
)


class NoticeBoard:
    """Keeps the newest notice of each key. Every method may be called from every thread."""

    def __init__(
        self, wall_ms: Callable[[], int], on_told: Callable[[NoticeView], None] | None = None
    ) -> None:
        """`on_told` hears of every notice, in the thread that tells it."""
        self._on_told = on_told
        self._wall_ms = wall_ms
        self._lock = threading.Lock()
        self._views: dict[str, NoticeView] = {}
        self._changed = False
        # Called in the thread that tells, whenever `take` has something to give.
        self.on_news: Callable[[], None] = lambda: None

    def tell(self, notice: Notice) -> None:
        """Put a notice up."""
        view = notice_view(notice, self._wall_ms())
        if self._on_told is not None:
            self._on_told(view)
        with self._lock:
            self._views.pop(notice.key, None)
            if notice.code not in _CURES or notice.level is not Level.INFO:
                self._views[notice.key] = view
            while len(self._views) > _MOST:
                del self._views[next(iter(self._views))]
            self._changed = True
        self.on_news()

    def tell_unsafe(self, devices: list[str]) -> None:
        """Tell which devices the guardian could not make safe, if there are any."""
        if devices:
            values = {"devices": ", ".join(devices)}
            self.tell(Notice("unsafe", Level.ERROR, NoticeCode.DEVICES_UNSAFE, values))

    def views(self) -> tuple[NoticeView, ...]:
        """Return what stands, oldest first."""
        with self._lock:
            return tuple(self._views.values())

    def take(self) -> tuple[NoticeView, ...] | None:
        """Return what stands if it changed since the last call, else None."""
        with self._lock:
            if not self._changed:
                return None
            self._changed = False
            return tuple(self._views.values())
