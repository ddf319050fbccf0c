"""The tray icon and its menu. Rule: the state is told by a shape, never by colour alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPainterPath, QPixmap, QPolygonF
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.gui import icons, status
from app.gui.text import language_code, tr, untagged
from app.gui.theme import theme
from app.gui.tokens import THEMES
from app.gui.widgets.controls import stop_keys
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from app.gui.bridge import Bridge

SHAPES: Final = ("running", "paused", "stopped", "problem")
_GROUNDS: Final = {
    "running": "accent",
    "paused": "control",
    "stopped": "danger",
    "problem": "warn",
}
_SIZES: Final = (16, 22, 32, 48)


class Tray(QObject):
    """Status line, Open, Pause or Continue, STOP ALL, Quit; the icon has four shapes."""

    opened = Signal()
    pause_asked = Signal(bool)
    stop_asked = Signal()
    quit_asked = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._running = True
        self.shape = ""
        self._seen: tuple[str | bool, ...] = ()
        self.icon = QSystemTrayIcon(self)
        # Kept by us and emptied at the end: the tray does not own its menu.
        self.menu = QMenu()
        self.line = self._add("", None)
        self.line.setEnabled(False)
        self.menu.addSeparator()
        self.open = self._add("bolt", self.opened)
        self.pause = QAction(self.menu)
        self.pause.triggered.connect(self._on_pause)
        self.menu.addAction(self.pause)
        self.stop = self._add("stop", self.stop_asked)
        self.menu.addSeparator()
        self.quit = self._add("cross", self.quit_asked)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self._signals = (
            bridge.link_changed,
            bridge.stream_changed,
            bridge.devices_changed,
            bridge.stop_changed,
            bridge.rules_changed,
            theme.changed,
        )
        for signal in self._signals:
            signal.connect(self.show_state)
        self.menu.installEventFilter(self)
        self.show_state()

    def start(self) -> None:
        """Show the icon where the desktop has a place for it."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def close(self) -> None:
        """Take the icon away: some systems leave a ghost of it otherwise."""
        for signal in self._signals:
            signal.disconnect(self.show_state)
        self.icon.hide()
        self.menu.deleteLater()

    def tell(self, text: str) -> None:
        """Show a notification, where the desktop has a tray to show it from."""
        if self.icon.isVisible():
            self.icon.showMessage("Giftwire", untagged(text), self.icon.icon())

    def tell_hidden(self) -> None:
        """Say once where the program went when its window was closed."""
        self.tell(tr("Giftwire goes on here. Choose Quit in this menu to stop everything."))

    def show_state(self) -> None:
        """Bring icon, tooltip and menu up to date."""
        state = self._bridge.state
        shape = status.tray_shape(state)
        if shape != self.shape:
            self.shape = shape
            self.icon.setIcon(tray_icon(shape))
        line = status.tray_line(state)
        self._running = state.rules_running
        free = state.connected and not state.stop.stopped
        seen = (line, self._running, free, theme.name, language_code(), stop_keys())
        if seen == self._seen:
            return
        self._seen = seen
        self._word_menu(line, free=free)

    def _word_menu(self, line: str, *, free: bool) -> None:
        self.icon.setToolTip(untagged(f"Giftwire · {line}"))
        self.line.setText(line)
        source = N_("Pause rules") if self._running else N_("Continue rules")
        self.open.setText(tr("Open Giftwire"))
        self.pause.setText(tr(source))
        self.pause.setEnabled(free)
        self.pause.setIcon(icons.icon("pause" if self._running else "play", "text2", size=18))
        self.stop.setText(tr("STOP ALL"))
        self.stop.setShortcut(stop_keys())
        self.quit.setText(tr("Quit and stop devices"))
        for action, name, ink in (
            (self.open, "bolt", "text2"),
            (self.stop, "stop", "danger_text"),
            (self.quit, "cross", "text2"),
        ):
            action.setIcon(icons.icon(name, ink, size=18))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_state()
        return False

    def _add(self, icon: str, signal: SignalInstance | None) -> QAction:
        action = QAction(self.menu)
        if icon and signal is not None:
            action.triggered.connect(signal)
        self.menu.addAction(action)
        return action

    def _on_pause(self) -> None:
        self.pause_asked.emit(not self._running)

    def _on_activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self.opened.emit()


def tray_icon(shape: str) -> QIcon:
    """Return the icon of a state: bolt in a disc, bars in a square, octagon, triangle."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_draw(shape, size))
    return icon


@lru_cache(maxsize=32)
def _draw(shape: str, size: int) -> QPixmap:
    # The tray has its own ground, so the icon brings its own colours, the same in both themes.
    ground, ink = QColor(THEMES["dark"][_GROUNDS[shape]]), QColor(THEMES["dark"]["on_accent"])
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 24, size / 24)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    outline, sign = _outline(shape), _sign(shape)
    painter.drawPath(outline)
    painter.setBrush(QColor(THEMES["dark"]["canvas"]) if shape == "problem" else ink)
    painter.drawPath(sign)
    painter.end()
    return pixmap


def _outline(shape: str) -> QPainterPath:
    path = QPainterPath()
    if shape == "running":
        path.addEllipse(QPointF(12, 12), 11, 11)
    elif shape == "paused":
        path.addRoundedRect(QRectF(1.5, 1.5, 21, 21), 5, 5)
    elif shape == "stopped":
        corners = (
            (7.6, 1),
            (16.4, 1),
            (23, 7.6),
            (23, 16.4),
            (16.4, 23),
            (7.6, 23),
            (1, 16.4),
            (1, 7.6),
        )
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    else:
        path.addPolygon(QPolygonF([QPointF(12, 1.5), QPointF(23.5, 22), QPointF(0.5, 22)]))
    path.closeSubpath()
    return path


def _sign(shape: str) -> QPainterPath:
    path = QPainterPath()
    if shape == "running":
        corners = ((13.4, 4), (6.4, 13.2), (11, 13.2), (10.2, 20), (17.6, 10.6), (12.8, 10.6))
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    elif shape == "paused":
        path.addRoundedRect(QRectF(7, 6.5, 3.4, 11), 1, 1)
        path.addRoundedRect(QRectF(13.6, 6.5, 3.4, 11), 1, 1)
    elif shape == "stopped":
        path.addRoundedRect(QRectF(8, 8, 8, 8), 1, 1)
    else:
        path.addRoundedRect(QRectF(10.8, 8.5, 2.4, 7), 1, 1)
        path.addEllipse(QPointF(12, 18.6), 1.4, 1.4)
    return path
