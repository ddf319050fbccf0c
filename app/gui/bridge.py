"""Between the control channel and the window: batches in, requests out.

Rule: the only subscriber of the channel; the window repaints at most 30 times a second.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from app.gateway.client import ChannelClosed
from app.gateway.messages import Changed, Reply, Request, Resume, Status, Watch
from app.gateway.views import FeedRow, Snapshot, StopView
from app.gui import words
from app.gui.models.feed import CAP
from app.gui.models.state import State
from app.gui.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from app.core.links import LinkState
    from app.gateway.client import StopReport

_FLUSH_MS: Final = 33
# In the tray only the icon follows; one look a second keeps the idle cost down.
_HIDDEN_FLUSH_MS: Final = 1000


class Door(Protocol):
    """The client end of the control channel, as the window needs it."""

    async def ask(self, request: Request) -> Reply:
        """Send a request and wait for its reply; raises ChannelClosed when there is no core."""

    def stop_all(self, source: str = "desk") -> None:
        """Latch STOP by every way there is; never blocks."""


class Bridge(QObject):
    """The state of the core as Qt signals, and every request the window can make."""

    link_changed = Signal()
    stream_changed = Signal()
    devices_changed = Signal()
    running_changed = Signal()
    stats_changed = Signal()
    stop_changed = Signal()
    rules_changed = Signal()
    revision_changed = Signal()
    profiles_changed = Signal()
    controls_changed = Signal()
    variables_changed = Signal()
    goals_changed = Signal()
    owed_changed = Signal()
    new_gifts_changed = Signal()
    notices_changed = Signal()
    settings_changed = Signal()
    broker_changed = Signal()
    feed_taken = Signal(list)
    feed_reset = Signal(list)
    feed_skipped = Signal(int)
    failed = Signal(str)

    def __init__(self, spawn: Callable[[str, Coroutine[object, object, None]], object]) -> None:
        super().__init__()
        self.state = State()
        self._spawn = spawn
        self._door: Door | None = None
        self._parts: set[str] = set()
        self._rows: dict[str, FeedRow] = {}
        self._skipped = 0
        self._visible = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        self._signals = {
            "stream": self.stream_changed,
            "devices": self.devices_changed,
            "together": self.devices_changed,
            "running": self.running_changed,
            "waiting": self.running_changed,
            "stats": self.stats_changed,
            "stop": self.stop_changed,
            "rules": self.rules_changed,
            "rules_running": self.rules_changed,
            "rules_revision": self.revision_changed,
            "profiles": self.profiles_changed,
            "controls": self.controls_changed,
            "variables": self.variables_changed,
            "goals": self.goals_changed,
            "owed": self.owed_changed,
            "new_gifts": self.new_gifts_changed,
            "notices": self.notices_changed,
            "settings": self.settings_changed,
            "broker": self.broker_changed,
        }

    def open(self, door: Door) -> None:
        """Use this client for requests from now on."""
        self._door = door

    # ------------------------------------------------------------ from the core

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Replace everything: a core was found, or found again."""
        self.state.replace(snapshot)
        self.state.stop_sent = False
        self._parts.clear()
        self._rows.clear()
        self.link_changed.emit()
        for signal in dict.fromkeys(self._signals.values()):
            signal.emit()
        self.feed_reset.emit(list(snapshot.feed))
        if not self._visible:
            self.ask(Watch(on=False))

    def take_changed(self, changed: Changed) -> None:
        """Remember what changed; it shows with the next batch. STOP shows at once."""
        self._parts |= self.state.update(changed)
        for row in changed.feed:
            self._rows.pop(row.key, None)
            self._rows[row.key] = row
        self._skipped += changed.feed_skipped
        if changed.stop is not None:
            self.state.stop_sent = False
            self.flush()
        elif not self._timer.isActive():
            self._timer.start(_FLUSH_MS if self._visible else _HIDDEN_FLUSH_MS)

    def take_link(self, link: LinkState) -> None:
        """Take the state of our own connection to the core."""
        self.state.link = link
        self.link_changed.emit()

    def take_stop_report(self, report: StopReport) -> None:
        """Tell what a STOP came to when nobody answered it at all."""
        if report.sentence:
            self.failed.emit(tr(report.sentence))

    def flush(self) -> None:
        """Tell the window everything that changed since the last time, each part once."""
        self._timer.stop()
        parts, self._parts = self._parts, set()
        for signal in dict.fromkeys(s for name, s in self._signals.items() if name in parts):
            signal.emit()
        if not self._visible:
            while len(self._rows) > CAP:
                del self._rows[next(iter(self._rows))]
            return
        if self._rows:
            rows, self._rows = list(self._rows.values()), {}
            self.feed_taken.emit(rows)
        if self._skipped:
            skipped, self._skipped = self._skipped, 0
            self.feed_skipped.emit(skipped)

    def show(self, *, visible: bool) -> None:
        """Pause the flow of rows and progress while nobody can see the window."""
        if visible == self._visible:
            return
        self._visible = visible
        if not self.state.connected:
            return
        self.ask(Watch(on=visible))
        if visible:
            self.refresh()

    # ------------------------------------------------------------ to the core

    def refresh(self) -> None:
        """Ask for the whole state again."""
        self.ask(Status(), self._on_status)

    def ask(self, request: Request, then: Callable[[Reply], None] | None = None) -> None:
        """Send a request; `then` gets the reply, else a refusal is shown in words."""
        self._spawn(f"ask {type(request).__name__}", self._ask(request, then))

    def stop_all(self, source: str = "desk") -> None:
        """Latch STOP now: the window shows it in this frame and does not wait for the core."""
        if self._door is not None:
            self._door.stop_all(source)
        if not self.state.stop.stopped:
            self.state.stop = StopView(
                stopped=True,
                since_ms=round(time.time() * 1000),
                source=source,
                confirmed={
                    key: None
                    for key, device in self.state.devices.items()
                    if device.link.stage == "online"
                },
            )
        self.state.stop_sent = True
        self.stop_changed.emit()

    def resume(self) -> None:
        """Release STOP, after the user held the button."""
        self.ask(Resume(source="desk"))

    async def _ask(self, request: Request, then: Callable[[Reply], None] | None) -> None:
        reply = await self._answer(request)
        if then is None:
            if not reply.ok:
                self.failed.emit(words.failure(reply.code, reply.values))
            return
        owner = getattr(then, "__self__", None)
        if not isinstance(owner, QObject) or shiboken6.isValid(owner):
            then(reply)

    async def _answer(self, request: Request) -> Reply:
        if self._door is None:
            return Reply(id=request.id, ok=False, code="not_connected")
        try:
            return await self._door.ask(request)
        except ChannelClosed:
            return Reply(id=request.id, ok=False, code="not_connected")

    def _on_status(self, reply: Reply) -> None:
        if reply.snapshot is not None:
            self.take_snapshot(reply.snapshot)
