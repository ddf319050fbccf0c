"""Switch, STOP, hold buttons, chips, segments. Rule: each keeps Qt's own role and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QPushButton,
    QSizePolicy,
)

from app.gui import icons
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.tokens import HEIGHT, MOTION_MS, RADIUS, WIDTH
from app.gui.widgets.basic import Button, Card, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPaintEvent


_HALF: Final = 0.5
_stop_keys: list[str] = ["Ctrl+Alt+X"]


def choose_stop_keys(keys: str) -> None:
    """Let STOP's buttons name these keys (portable text) when they are shown next."""
    _stop_keys[0] = keys


def stop_keys() -> str:
    """Return the shortcut of STOP as this system writes it."""
    return QKeySequence(_stop_keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


class Switch(QCheckBox):
    """A sliding on/off switch; a QCheckBox underneath, so role, state and Space are right."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source
        self._place = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.valueChanged.connect(self._on_slid)
        self.toggled.connect(self._on_toggled)
        self.setFixedSize(44, 28)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr(source))

    def show_state(self, *, on: bool) -> None:
        """Set the state without sending `toggled` and without sliding."""
        if on != self.isChecked():
            self.blockSignals(True)
            self.setChecked(on)
            self.blockSignals(False)
        self._slide.stop()
        self._place = float(on)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr(self._source))
        super().changeEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks anywhere on the switch."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, knob and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 14, 14)
        _paint_track(painter, QPointF(0, 0), self._place, enabled=self.isEnabled())

    def _on_toggled(self, on: bool) -> None:
        self._slide.stop()
        self._slide.setDuration(theme.motion_ms(MOTION_MS["fast"]))
        self._slide.setStartValue(self._place)
        self._slide.setEndValue(float(on))
        self._slide.start()

    def _on_slid(self, place: float) -> None:
        self._place = place
        self.update()


def paint_switch(painter: QPainter, rect: QRectF, *, on: bool) -> None:
    """Paint a switch at rest into a list; it looks like the widget of 44 x 28 pixels."""
    _paint_track(painter, rect.topLeft(), float(on), enabled=True)


def _paint_track(painter: QPainter, corner: QPointF, place: float, *, enabled: bool) -> None:
    on = place > _HALF
    track = QRectF(corner.x() + 4, corner.y() + 4, 36, 20)
    painter.setPen(Qt.PenStyle.NoPen if on else QPen(theme.colour("control"), 1.5))
    painter.setBrush(theme.colour(("accent" if enabled else "control") if on else "field"))
    painter.drawRoundedRect(track.adjusted(0.75, 0.75, -0.75, -0.75), 10, 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("on_accent" if on else "control"))
    painter.drawEllipse(QRectF(track.left() + 4 + 16 * place, track.top() + 4, 12, 12))


class StopButton(QPushButton):
    """STOP ALL: one size, one place, one meaning; pressing it again sends it again."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = ""
        self.setObjectName("stop")
        self.setProperty("kind", "stop")
        self.setFixedSize(WIDTH["stop"], HEIGHT["stop"])
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.show_hint(stop_keys())

    def show_hint(self, hint: str) -> None:
        """Show the second line: the shortcut, or that STOP was sent."""
        name = tr("STOP ALL")
        if self._hint == hint and self.accessibleName() == f"{name}. {hint}":
            return
        self._hint = hint
        self.setAccessibleName(f"{name}. {hint}")
        self.setToolTip(tr("Stop every device at once ({keys})", keys=stop_keys()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the red field, the sign, and two lines."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        icons.paint(painter, "stop", QRectF(16, (self.height() - 26) / 2, 26, 26), "on_danger")
        painter.setPen(theme.colour("on_danger"))
        middle = self.height() / 2
        font = theme.font("heading")
        font.setWeight(font.Weight.Bold)
        font.setPixelSize(min(font.pixelSize(), 18))
        painter.setFont(font)
        room = self.width() - 52 - 8
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(52, middle - 21, room, 22), left, tr("STOP ALL"))
        small = theme.font("caption")
        small.setPixelSize(min(small.pixelSize(), 13))
        painter.setFont(small)
        hint = QFontMetrics(small).elidedText(self._hint, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(52, middle + 1, room, 16), left, hint)


class HoldButton(Button):
    """A button that must be held. `held` fires after `hold_ms`; a click or Enter does nothing.

    With `hold_ms` 0 it runs while held: `pressed` starts, `let_go` ends.
    """

    held = Signal()
    let_go = Signal()

    def __init__(self, source: str, icon: str = "", *, hold_ms: int) -> None:
        super().__init__(source, "resume" if hold_ms else "", icon)
        self._fill = QVariantAnimation(self)
        self._fill.setDuration(hold_ms)
        self._fill.setStartValue(0.0)
        self._fill.setEndValue(1.0)
        self._fill.valueChanged.connect(self._on_filled)
        self._fill.finished.connect(self._on_finished)
        self._share = 0.0
        self.pressed.connect(self._on_pressed)
        self.released.connect(self._on_released)

    def event(self, event: QEvent) -> bool:
        """Let go when the window is left or the button is hidden or disabled while held."""
        ends = (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate)
        if event.type() in ends and self.isDown():
            self.setDown(False)
            self._on_released()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw how much of the hold is done as a growing line."""
        super().paintEvent(event)
        if self._share > 0:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), RADIUS["md"], RADIUS["md"])
            painter.setClipPath(path)
            done = QRectF(0, self.height() - 5, self.width() * self._share, 5)
            painter.fillRect(done, theme.colour("danger_text"))

    def _on_pressed(self) -> None:
        if self._fill.duration():
            self._fill.start()

    def _on_released(self) -> None:
        self._fill.stop()
        self._share = 0.0
        self.update()
        self.let_go.emit()

    def _on_filled(self, share: float) -> None:
        self._share = share
        self.update()

    def _on_finished(self) -> None:
        if self.isDown():
            self._share = 0.0
            self.held.emit()


class Chip(QPushButton):
    """A pill with a state shape, a name and a word; pressing it goes where it is put right."""

    def __init__(self, name_source: str) -> None:
        super().__init__()
        self._name = name_source
        self._word = ""
        self._tone = "off"
        self._compact = False
        self.setFixedHeight(HEIGHT["chip"])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_word("", "off")

    def show_word(self, word: str, tone: str) -> None:
        """Show the state: tone is ok, warn, danger or off; colour, shape and word agree."""
        spoken = f"{tr(self._name)}: {word}"
        if (self._word, self._tone, self.accessibleName()) == (word, tone, spoken):
            return
        self._word, self._tone = word, tone
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """Leave the word out in a narrow window, unless it warns."""
        self._compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Fit name and word."""
        width = 42 + QFontMetrics(theme.font("small_strong")).horizontalAdvance(tr(self._name))
        if self._shown_word():
            width += 8 + QFontMetrics(theme.font("small", tabular=True)).horizontalAdvance(
                self._word
            )
        return QSize(width, HEIGHT["chip"])

    def minimumSizeHint(self) -> QSize:
        """Never be clipped."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pill, shape, name and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        warns = self._tone in ("warn", "danger")
        ink = {"ok": "ok", "warn": "warn", "danger": "danger_text"}.get(self._tone, "control")
        edge = QPen(theme.colour(ink if warns else "line_strong"), 1)
        painter.setPen(QPen(theme.colour("focus"), 2) if self.hasFocus() else edge)
        painter.setBrush(theme.colour("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 17, 17)
        paint_state(painter, QPointF(18, self.height() / 2), self._tone)
        painter.setPen(theme.colour("text"))
        strong = theme.font("small_strong")
        painter.setFont(strong)
        name = tr(self._name)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(30, 0, 400, self.height()), left, name)
        if self._shown_word():
            x = 38 + QFontMetrics(strong).horizontalAdvance(name)
            painter.setFont(theme.font("small", tabular=True))
            painter.setPen(theme.colour(ink if warns else "text2"))
            painter.drawText(QRectF(x, 0, 400, self.height()), left, self._word)

    def _shown_word(self) -> bool:
        return bool(self._word) and (not self._compact or self._tone in ("warn", "danger"))


def paint_state(painter: QPainter, centre: QPointF, tone: str) -> None:
    """Paint a state as a shape: dot for ok, ring for off, triangle for warn, square for danger."""
    x, y = centre.x(), centre.y()
    painter.setPen(Qt.PenStyle.NoPen)
    if tone == "warn":
        path = QPainterPath(QPointF(x, y - 5.5))
        path.lineTo(x + 5.8, y + 4.5)
        path.lineTo(x - 5.8, y + 4.5)
        path.closeSubpath()
        painter.setBrush(theme.colour("warn"))
        painter.drawPath(path)
    elif tone == "danger":
        painter.setBrush(theme.colour("danger_text"))
        painter.drawRoundedRect(QRectF(x - 4.5, y - 4.5, 9, 9), 1.5, 1.5)
    elif tone == "off":
        painter.setPen(QPen(theme.colour("control"), 1.75))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 3.6, 3.6)
    else:
        painter.setBrush(theme.colour(tone))
        painter.drawEllipse(centre, 4.2, 4.2)


class Segments(Card):
    """A few choices side by side, one of them on; `chosen` carries its key."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name_source: str) -> None:
        super().__init__(row(gap=2, pad=2), "segments")
        self._name = name_source
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        self.buttons: dict[str, Button] = {}
        for place, (key, source) in enumerate(choices):
            button = Button(source, "segment")
            button.setCheckable(True)
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            self.buttons[key] = button
            layout = self.layout()
            if layout is not None:
                layout.addWidget(button)
        self._group.idClicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(name_source))

    def choose(self, key: str) -> None:
        """Show a choice as made, without sending `chosen`."""
        self.buttons[key].setChecked(True)

    def _on_clicked(self, place: int) -> None:
        self.chosen.emit(self._keys[place])
