"""The last minute of one value as a line. Rule: repaint twice a second at most."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui.text import number, tr
from app.gui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

WINDOW_S: Final = 60.0
_REPAINT_MS: Final = 500
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


class History:
    """Values of one minute with their times (monotonic seconds); a value holds until the next."""

    def __init__(self) -> None:
        self._points: deque[tuple[float, float]] = deque(maxlen=600)

    def add(self, value: float, now: float | None = None) -> None:
        """Remember a value; repeats of the same value cost nothing."""
        at = time.monotonic() if now is None else now
        if len(self._points) > 1 and self._points[-1][1] == value == self._points[-2][1]:
            self._points[-1] = (at, value)
        else:
            self._points.append((at, value))

    def points(self, now: float) -> list[tuple[float, float]]:
        """Return (0.0 to 1.0, value) across the window, as steps, the newest at 1.0."""
        start = now - WINDOW_S
        result: list[tuple[float, float]] = []
        held: float | None = None
        for at, value in self._points:
            if at < start:
                held = value
                continue
            share = (at - start) / WINDOW_S
            if held is not None:
                if not result:
                    result.append((0.0, held))
                result.append((share, held))
            result.append((share, value))
            held = value
        if held is not None:
            result.append((1.0, held))
            if len(result) == 1:
                result.insert(0, (0.0, held))
        return result

    def moves(self, now: float) -> bool:
        """Say whether the line still changes when time passes."""
        points = self.points(now)
        growing = bool(points) and points[0][0] > 0
        return growing or len({value for _, value in points}) > 1


class Spark(QWidget):
    """A small line of the last 60 s, with or without an axis."""

    def __init__(self, history: History, *, height: int = 32, axis: bool = False) -> None:
        super().__init__()
        self.history = history
        self._axis = axis
        self._ink = "plot"
        self._timer = QTimer(self)
        self._timer.setInterval(_REPAINT_MS)
        self._timer.timeout.connect(self._on_tick)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The last 60 seconds"))

    def follow(self, history: History) -> None:
        """Show another history; the same one goes on at its own pace."""
        if history is not self.history:
            self.history = history
            self.update()

    def dim(self, *, dim: bool) -> None:
        """Grey the line when the device is away."""
        ink = "control" if dim else "plot"
        if ink != self._ink:
            self._ink = ink
            self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Move only while somebody can see it."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cost nothing while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line over a soft field, and the axis if wanted."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        points = self.history.points(time.monotonic())
        high = max((value for _, value in points), default=0.0)
        top = max(high, 1e-9) * 1.1 if high > 0 else 1.0
        room = QRectF(self.rect()).adjusted(
            1, 3, -40 if self._axis else -1, -18 if self._axis else -2
        )
        if self._axis:
            self._paint_axis(painter, room, high, top)
        paint_line(painter, room, points, top, self._ink)

    def _paint_axis(self, painter: QPainter, room: QRectF, high: float, top: float) -> None:
        painter.setFont(theme.font("caption", tabular=True))
        step = next((s for s in _STEPS if high < s * 3), _STEPS[-1])
        mark = high // step * step
        marks = [(room.bottom(), "0")]
        if mark > 0:
            marks.append((room.bottom() - room.height() * mark / top, number(mark)))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for y, text in marks:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(room.right() + 6, y - 9, 34, 18), left, text)
        below = QRectF(room.left(), room.bottom() + 1, room.width(), 17)
        painter.drawText(below, left, tr("60 s ago"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(below, right, tr("now"))

    def _on_tick(self) -> None:
        if self.history.moves(time.monotonic()):
            self.update()


class MinuteBars(QWidget):
    """Gifts per minute of this stream as a line; the minute that still runs is a dotted end."""

    def __init__(self) -> None:
        super().__init__()
        self._values: Sequence[int] = ()
        self.setFixedHeight(36)
        self._name()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def _name(self) -> None:
        self.setAccessibleName(tr("Gifts per minute"))
        self.setToolTip(tr("Gifts per minute. The dotted end is the minute that still runs."))

    def show_values(self, values: Sequence[int]) -> None:
        """Show one number a minute, oldest first; the last minute is not over yet."""
        if tuple(values) != tuple(self._values):
            self._values = tuple(values)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, or a flat one while there is nothing yet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        values = (0, 0, *self._values)[-max(2, len(self._values)) :]
        last = len(values) - 1
        points = [(place / last, float(value)) for place, value in enumerate(values)]
        top = max(*values, 1) * 1.1
        room = QRectF(self.rect()).adjusted(1, 3, -1, -2)
        paint_line(painter, room, points[:-1], top, "plot")
        pen = _line_pen("plot")
        # In widths of the pen: dots with clear gaps.
        pen.setDashPattern([0.1, 2.4])
        painter.setPen(pen)
        painter.drawPolyline(_spots(room, points[-2:], top))


def thinned(points: list[tuple[float, float]], columns: int) -> list[tuple[float, float]]:
    """Keep the lowest and highest value of every pixel column; more cannot be seen."""
    if len(points) <= 2 * columns:
        return points
    kept: dict[int, list[tuple[float, float]]] = {}
    for point in points:
        column = kept.setdefault(int(point[0] * columns), [point, point])
        if point[1] < column[0][1]:
            column[0] = point
        if point[1] > column[1][1]:
            column[1] = point
    return [point for column in kept.values() for point in sorted(set(column))]


def paint_line(
    painter: QPainter, room: QRectF, points: list[tuple[float, float]], top: float, token: str
) -> None:
    """Paint shares (x 0 to 1, y in values up to `top`) as a line over a soft field."""
    if not points[1:]:
        return
    spots = _spots(room, thinned(points, max(1, int(room.width()))), top)
    field = QPainterPath(QPointF(spots[0].x(), room.bottom()))
    for spot in spots:
        field.lineTo(spot)
    field.lineTo(spots[-1].x(), room.bottom())
    field.closeSubpath()
    painter.fillPath(field, theme.colour(token, 0.14))
    painter.setPen(_line_pen(token))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(spots)


def _spots(room: QRectF, points: list[tuple[float, float]], top: float) -> list[QPointF]:
    return [
        QPointF(room.left() + room.width() * x, room.bottom() - room.height() * value / top)
        for x, value in points
    ]


def _line_pen(token: str) -> QPen:
    pen = QPen(theme.colour(token), 1.75)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


class Bar(QWidget):
    """How far an activation has come, 0.0 to 1.0."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(8)

    def show_share(self, share: float) -> None:
        """Move the bar."""
        share = min(1.0, max(0.0, share))
        if share != self._share:
            self._share = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and filling."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(self.rect())
        painter.setBrush(theme.colour("line_strong"))
        painter.drawRoundedRect(room, 4, 4)
        room.setWidth(max(8.0, room.width() * self._share))
        painter.setBrush(theme.colour("plot"))
        painter.drawRoundedRect(room, 4, 4)
