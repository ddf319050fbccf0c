"""Follows one real try until everything it set in motion is over.

Rule: it only watches; Stop and Skip are where they always are.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from app.core.outcome import Stage
from app.gateway.messages import GetReceipt
from app.gui.text import seconds, tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from app.gateway.messages import Reply
    from app.gui.bridge import Bridge

_LOOK_MS: Final = 200
_FINAL: Final = frozenset({Stage.DONE, Stage.DROPPED, Stage.FAILED, Stage.STOPPED})
_RING: Final = 16
# Where the stylesheet begins a button's inside.
_ICON_AT: Final = 15


class RunWatch(QObject):
    """Watches one try. `moved` tells that time went on, `ended` carries its last deliveries."""

    moved = Signal()
    ended = Signal(tuple)

    def __init__(
        self,
        bridge: Bridge,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._clock = clock
        self.event_id = ""
        self._rule_id = ""
        self._since = 0.0
        self._length_s = 0.0
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """Whether a try is under way."""
        return bool(self.event_id)

    @property
    def left_s(self) -> float:
        """How long it will still take, as far as that was told; 0 if it takes longer."""
        return max(0.0, self._length_s - (self._clock() - self._since))

    @property
    def share(self) -> float:
        """How much of it is over, 0 to 1."""
        return 1.0 - self.left_s / self._length_s if self._length_s > 0 else 0.0

    def start(self, event_id: str, rule_id: str, length_s: float) -> None:
        """Watch a try that has just begun and should take this long."""
        self.event_id, self._rule_id = event_id, rule_id
        self._since, self._length_s = self._clock(), length_s
        self._asking = False
        self._timer.start()
        self._look()

    def forget(self) -> None:
        """Watch no more; what runs goes on."""
        self.event_id = ""
        self._timer.stop()

    def _look(self) -> None:
        if not self.running:
            return
        self.moved.emit()
        state = self._bridge.state
        if not state.connected:
            self.forget()
            self.ended.emit(())
            return
        active = any(one.command_id.startswith(f"{self.event_id}/") for one in state.running)
        goes_on = any(one.id == self._rule_id and one.running for one in state.rules)
        if not (active or goes_on or self._asking):
            self._asking = True
            self._bridge.ask(GetReceipt(event_id=self.event_id), self._on_receipt)

    def _on_receipt(self, reply: Reply) -> None:
        self._asking = False
        receipt = reply.receipt
        if receipt is None or receipt.event_id != self.event_id:
            return
        last = {one.command_id: one for one in receipt.deliveries}
        if all(one.stage in _FINAL for one in last.values()):
            self.forget()
            self.ended.emit(tuple(last.values()))


class RunButton(Button):
    """A button that shows in a ring how long it still takes while its try runs."""

    def __init__(self, source: str, *, shortcut: str = "") -> None:
        super().__init__(source, "", "play", shortcut=shortcut)
        self._share: float | None = None
        self._named = source

    def show_left(self, left_s: float, share: float) -> None:
        """Show a try under way; the word says how long it still takes."""
        if self._share is None:
            # The ring takes the icon's place.
            blank = QPixmap(self.iconSize())
            blank.fill(Qt.GlobalColor.transparent)
            self.setIcon(QIcon(blank))
        self._share = share
        text = tr("Runs, {left} left", left=seconds(left_s)) if left_s > 0 else tr("Runs")
        self.setText(text)
        self.setAccessibleName(text)
        self.update()

    def show_ready(self) -> None:
        """Show that nothing of it runs."""
        if self._share is not None:
            self._share = None
            self.setAccessibleName("")
            self.show_source(self._named)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring over the icon while it runs."""
        super().paintEvent(event)
        if self._share is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_RING)
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QPointF(_ICON_AT + side / 2, self.height() / 2))
        painter.setPen(QPen(theme.colour("line_strong"), 2.5))
        painter.drawEllipse(ring)
        painter.setPen(QPen(theme.colour("accent_text"), 2.5))
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * self._share))
