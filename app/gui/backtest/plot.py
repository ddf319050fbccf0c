"""A stream over time: gifts as bars, who waited, what was on, what was not done.

Rule: it paints what the numbers say and nothing between them; every column can be read by keys.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.backtests import Bins
from app.gui.backtest import lines, wording
from app.gui.text import number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.panels import announce
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

_MOST_BARS: Final = 90
_STEPS_S: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800)
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
# Titles stand at the left, in pixels at 100 %.
_SIDE: Final = 104
_HINT: Final = N_("Left and Right go through the stream, Home and End to its ends.")


class Plot(QWidget):
    """Two plays of one stream in four strips with one time axis; `before` is drawn dashed."""

    def __init__(self) -> None:
        super().__init__()
        self._now = Bins()
        self._before: Bins | None = None
        self._outputs = 1
        # The column that is read out; -1 for none.
        self.at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rename()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(212))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(212))

    def show_bins(self, now: Bins, before: Bins | None, outputs: int) -> None:
        """Show a play, and the one to compare with; `outputs` is how many were used."""
        self._now, self._before, self._outputs = now, before, max(1, outputs)
        self.at = -1
        self._rename()
        self.update()

    def text(self) -> str:
        """Say what is at the chosen column; empty without one."""
        if not 0 <= self.at < len(self._now.gifts):
            return ""
        now, old, at = self._now, self._before, self.at
        said = [
            trn("%Ln gift(s)", now.gifts[at]),
            trn("%Ln coin(s)", now.coins[at]),
            self._said(N_("{n} waiting"), now.waiting, old.waiting if old else None),
            self._said(N_("{n} not done"), now.drops, old.drops if old else None),
            self._said_on(),
        ]
        return f"{lines.stretch(now, at)}: {', '.join(said)}"

    def _said(self, source: str, now: Sequence[int], before: Sequence[int] | None) -> str:
        text = tr(source, n=number(now[self.at]))
        old = self._old(before)
        return text if old is None else tr("{now} (was {before})", now=text, before=number(old))

    def _said_on(self) -> str:
        text = tr("on for {time}", time=wording.length(self._now.on_s[self.at]))
        before = self._before
        old = self._old(before.on_s if before is not None else None)
        if old is None:
            return text
        return tr("{now} (was {before})", now=text, before=wording.length(old))

    def _old(self, values: Sequence[float] | None) -> float | None:
        return values[self.at] if values is not None and self.at < len(values) else None

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the four strips, the axis, and what is read out."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._now.gifts:
            return
        room = self._room()
        unit = room.height() / 100
        bars = QRectF(room.left(), room.top() + 6 * unit, room.width(), 44 * unit)
        queue = QRectF(room.left(), room.top() + 55 * unit, room.width(), 20 * unit)
        on = QRectF(room.left(), room.top() + 80 * unit, room.width(), 7 * unit)
        drops = QRectF(room.left(), room.top() + 91 * unit, room.width(), 8 * unit)
        self._paint_bars(painter, bars)
        self._paint_queue(painter, queue)
        self._paint_on(painter, on)
        self._paint_drops(painter, drops)
        self._paint_axis(painter, room)
        if self.at >= 0:
            self._paint_chosen(painter, room)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _room(self) -> QRectF:
        left = theme.px(_SIDE)
        return QRectF(self.rect()).adjusted(left, theme.px(26), -theme.px(12), -theme.px(24))

    def _title(self, painter: QPainter, strip: QRectF, text: str, most: str = "") -> None:
        side = QRectF(theme.px(8), strip.top(), theme.px(_SIDE - 16), strip.height())
        line = painter.fontMetrics().height() + 2
        side.setTop(side.center().y() - line * (1 if most else 0.5))
        side.setHeight(line)
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.colour("text2"))
        cut = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, round(side.width())
        )
        painter.drawText(side, _LEFT, cut)
        if most:
            painter.setPen(theme.colour("muted"))
            painter.drawText(side.translated(0, line), _LEFT, tr("up to {n}", n=most))

    def _paint_bars(self, painter: QPainter, strip: QRectF) -> None:
        values, span = grouped(self._now.gifts, self._now.every_s)
        top = max(values, default=0.0)
        self._title(painter, strip, tr("Gifts a minute"), number(top))
        _floor(painter, strip)
        if not top:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("plot"))
        wide = strip.width() * span / len(self._now.gifts)
        gap = min(2.0, wide * 0.25)
        for place, value in enumerate(values):
            if value:
                high = max(1.5, strip.height() * value / top)
                left = strip.left() + wide * place
                width = min(wide, strip.right() - left) - gap
                painter.drawRect(QRectF(left, strip.bottom() - high, max(1.0, width), high))

    def _paint_queue(self, painter: QPainter, strip: QRectF) -> None:
        both = [self._now.waiting, *([self._before.waiting] if self._before else [])]
        top = max((max(one, default=0) for one in both), default=0)
        self._title(painter, strip, tr("Waiting"), number(top))
        _floor(painter, strip)
        if not top:
            return
        if self._before:
            pen = QPen(theme.colour("muted"), 1.5)
            pen.setDashPattern([3.0, 3.0])
            painter.setPen(pen)
            painter.drawPolyline(_steps(strip, self._before.waiting, top))
        painter.setPen(QPen(theme.colour("iff"), 1.75))
        painter.drawPolyline(_steps(strip, self._now.waiting, top))

    def _paint_on(self, painter: QPainter, strip: QRectF) -> None:
        self._title(painter, strip, tr("On"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(strip, 3, 3)
        wide = strip.width() / len(self._now.gifts)
        whole = self._now.every_s * self._outputs
        for place, value in enumerate(self._now.on_s):
            if value > 0:
                ink = theme.colour("ok", 0.35 + 0.65 * min(1.0, value / whole))
                left = strip.left() + wide * place
                painter.fillRect(
                    QRectF(left, strip.top(), max(1.0, wide + 0.5), strip.height()), ink
                )

    def _paint_drops(self, painter: QPainter, strip: QRectF) -> None:
        total = sum(self._now.drops)
        self._title(painter, strip, tr("Not done: {n}", n=number(total)))
        _floor(painter, strip)
        wide = strip.width() / len(self._now.gifts)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("danger_text"))
        for place, value in enumerate(self._now.drops):
            if value:
                x, half = strip.left() + wide * (place + 0.5), strip.height() * 0.45
                mark = [(x - half, strip.top()), (x + half, strip.top()), (x, strip.bottom())]
                painter.drawPolygon(QPolygonF([QPointF(*one) for one in mark]))

    def _paint_axis(self, painter: QPainter, room: QRectF) -> None:
        painter.setFont(theme.font("caption", tabular=True))
        length_s = len(self._now.gifts) * self._now.every_s
        most = max(2.0, room.width() / theme.px(72))
        step = next((one for one in _STEPS_S if length_s / one <= most), _STEPS_S[-1])
        for mark in range(int(length_s // step) + 1):
            x = room.left() + room.width() * mark * step / length_s
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom() + 3))
            if x > room.right() - theme.px(16):
                continue
            painter.setPen(theme.colour("muted"))
            below = QRectF(x - 40, room.bottom() + 3, 80, theme.px(18))
            painter.drawText(below, _CENTRE, wording.place(mark * step))

    def _paint_chosen(self, painter: QPainter, room: QRectF) -> None:
        x = room.left() + room.width() * (self.at + 0.5) / len(self._now.gifts)
        painter.setPen(QPen(theme.colour("text2"), 1))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        painter.setFont(theme.font("caption", tabular=True))
        text = self.text()
        wide = min(painter.fontMetrics().horizontalAdvance(text) + 16, self.width() - 4)
        left = min(max(2.0, x - wide / 2), self.width() - wide - 2)
        box = QRectF(left, 1, wide, theme.px(22))
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.colour("text"))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(wide - 12))
        painter.drawText(box, _CENTRE, cut)

    # ------------------------------------------------------------ reading

    def choose(self, at: int) -> None:
        """Read out a column; -1 for none."""
        at = min(at, len(self._now.gifts) - 1)
        if at != self.at:
            self.at = at
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        room = self._room()
        share = (event.position().x() - room.left()) / max(1.0, room.width())
        self.choose(int(share * len(self._now.gifts)) if 0 <= share < 1 else -1)

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self.choose(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, last = Qt.Key, len(self._now.gifts) - 1
        jump = max(1, last // 20)
        wanted = {
            keys.Key_Left: self.at - 1,
            keys.Key_Right: self.at + 1,
            keys.Key_PageUp: self.at - jump,
            keys.Key_PageDown: self.at + jump,
            keys.Key_Home: 0,
            keys.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
            return
        self.choose(min(max(0, wanted), last))
        self.setAccessibleDescription(self.text())
        announce(self, self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.choose(-1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rename()
        super().changeEvent(event)

    def _rename(self) -> None:
        self.setAccessibleName(tr("The stream over time"))
        self.setAccessibleDescription(tr(_HINT))


def grouped(gifts: Sequence[int], every_s: float) -> tuple[list[float], int]:
    """Return gifts a minute in bars wide enough to be seen, and how many columns make one bar."""
    span = max(1, math.ceil(len(gifts) / _MOST_BARS))
    starts = range(0, len(gifts), span)
    return [sum(gifts[at : at + span]) * 60 / (span * every_s) for at in starts], span


def _floor(painter: QPainter, strip: QRectF) -> None:
    painter.setPen(QPen(theme.colour("line_strong"), 1))
    painter.drawLine(strip.bottomLeft(), strip.bottomRight())


def _steps(strip: QRectF, values: Sequence[int], top: float) -> QPolygonF:
    """Return a line that holds each value for its whole column."""
    wide = strip.width() / max(1, len(values))
    spots = []
    for place, value in enumerate(values):
        y = strip.bottom() - strip.height() * value / top
        left = strip.left() + wide * place
        spots += [QPointF(left, y), QPointF(left + wide, y)]
    return QPolygonF(spots)
