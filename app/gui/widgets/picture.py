"""The moving picture of an output: a motor turns, a light glows, a relay closes.

Rule: it shows what the core reported, and its clock runs only while something moves in sight.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient
from PySide6.QtWidgets import QWidget

from app.gui import icons
from app.gui.theme import theme
from app.gui.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from app.gateway.views import CapabilityView

_FRAME_MS: Final = 33
_ARM_S: Final = 0.12
_MAX_FLASH_HZ: Final = 3.0
_TEETH: Final = 8
_STILL_RPM: Final = 0.01
_HALF: Final = 0.5
KIND_ICONS: Final[dict[str, str]] = {
    "motor": "motor",
    "light": "light",
    "switch": "relay",
    "level": "level",
    "pulse": "pulse",
    "effect": "effect",
    "position": "servo",
    "sensor": "sensor",
}


@dataclass(slots=True)
class Motion:
    """What the picture must show: speed, colour, contact; taken from one capability."""

    kind: str = "device"
    active: bool = False
    rpm: float = 0.0
    colour: tuple[int, int, int] | None = None
    level: float = 1.0
    flash_hz: float = 0.0
    away: bool = False


def motion_of(capability: CapabilityView, *, away: bool) -> Motion:
    """Read a capability's last report into what its picture shows."""
    args, values = capability.args, capability.values
    active = capability.active and not away
    motion = Motion(kind=capability.kind, active=active, away=away)
    if capability.kind == "motor":
        asked = float(args.get("rpm", 0.0)) if active else 0.0
        # What a device reports has its own sign; what was asked for says "reverse".
        motion.rpm = values.get("rpm", -asked if args.get("reverse") else asked)
        motion.rpm = 0.0 if away else motion.rpm
    elif capability.kind == "light":
        _read_light(motion, capability)
    elif capability.kind == "level":
        motion.level = values.get("level", float(args.get("level", 1.0 if active else 0.0)))
    return motion


def _read_light(motion: Motion, capability: CapabilityView) -> None:
    args, values = capability.args, capability.values
    motion.level = values.get("level", float(args.get("level", 1.0)) if motion.active else 0.0)
    if "red" in values:
        red, green, blue = (values.get(name, 0.0) for name in ("red", "green", "blue"))
        motion.colour = (round(red), round(green), round(blue))
    elif "red" in args:
        red, green, blue = (float(args.get(name, 255)) for name in ("red", "green", "blue"))
        motion.colour = (round(red), round(green), round(blue))
    if motion.active and capability.instruction == "flash":
        motion.level = 1.0
        motion.flash_hz = min(_MAX_FLASH_HZ, float(args.get("rate_hz", 2.0)))


class Picture(QWidget):
    """A square picture of one output that moves as the output does."""

    def __init__(self, size: int = 48) -> None:
        super().__init__()
        self.motion = Motion()
        self.angle = 0.0
        self._arm = 0.0
        self._drawn_at = time.monotonic()
        self._lit_since = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._on_frame)
        self.setFixedSize(size, size)

    def show_motion(self, motion: Motion) -> None:
        """Show another state; the picture goes on from where it stands."""
        if motion == self.motion:
            return
        if motion.active and not self.motion.active:
            self._lit_since = time.monotonic()
        self.motion = motion
        self._wake()
        self.update()

    def is_moving(self) -> bool:
        """Say whether the picture changes by itself now."""
        motion = self.motion
        if motion.kind == "motor":
            return abs(motion.rpm) > _STILL_RPM
        if motion.kind == "light":
            return motion.flash_hz > 0
        if motion.kind == "switch":
            return self._arm != float(motion.active)
        return motion.active

    def showEvent(self, event: QShowEvent) -> None:
        """Go on moving."""
        super().showEvent(event)
        self._wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cost nothing while hidden."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the picture of this kind."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.motion.active or self.is_moving()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("do_bg" if lit else "raised"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS["md"], RADIUS["md"])
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(self.width() / 48, self.height() / 48)
        if self.motion.kind == "motor":
            self._paint_motor(painter)
        elif self.motion.kind == "light":
            self._paint_light(painter)
        elif self.motion.kind == "switch":
            self._paint_relay(painter)
        else:
            self._paint_icon(painter)

    def _paint_motor(self, painter: QPainter) -> None:
        away = self.motion.away
        painter.rotate(self.angle)
        painter.setPen(QPen(theme.colour("metal_edge"), 1.5))
        painter.setBrush(theme.colour("metal"))
        for _ in range(_TEETH):
            painter.drawRoundedRect(QRectF(-3, -18.5, 6, 6), 1.5, 1.5)
            painter.rotate(360 / _TEETH)
        painter.drawEllipse(QPointF(0, 0), 14.5, 14.5)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(0, 0), 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("control" if away else "plot"))
        # One odd mark makes the turning visible; eight equal teeth alone look still.
        painter.drawRoundedRect(QRectF(-2, -13, 4, 10), 2, 2)
        painter.drawEllipse(QPointF(0, 0), 3.4, 3.4)

    def _paint_light(self, painter: QPainter) -> None:
        motion = self.motion
        on = motion.active and motion.level > 0 and self._flash_on()
        colour = QColor(*motion.colour) if motion.colour else theme.colour("lamp_on")
        if on:
            glow = QRadialGradient(QPointF(0, -3), 23)
            inner, outer = QColor(colour), QColor(colour)
            inner.setAlphaF(0.85 * max(0.25, motion.level))
            outer.setAlphaF(0.0)
            glow.setColorAt(0, inner)
            glow.setColorAt(1, outer)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(glow)
            painter.drawEllipse(QPointF(0, -3), 23, 21)
        painter.setPen(QPen(theme.colour("metal_edge"), 1.5))
        painter.setBrush(colour if on else theme.colour("lamp_off"))
        painter.drawEllipse(QPointF(0, -4), 10.5, 10.5)
        painter.setBrush(theme.colour("metal"))
        painter.drawRoundedRect(QRectF(-5, 7.5, 10, 8), 2, 2)
        painter.drawLine(QPointF(-5, 11.5), QPointF(5, 11.5))

    def _paint_relay(self, painter: QPainter) -> None:
        live = self._arm > _HALF
        painter.setPen(QPen(theme.colour("metal_edge"), 2.4, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(-19, 8), QPointF(-11, 8))
        painter.drawLine(QPointF(11, 8), QPointF(19, 8))
        token = "control" if self.motion.away else "ok" if live else "text2"
        painter.setPen(QPen(theme.colour(token), 3, c=Qt.PenCapStyle.RoundCap))
        lift = math.radians(32 * (1 - self._arm))
        painter.drawLine(
            QPointF(-11, 8), QPointF(-11 + 22 * math.cos(lift), 8 - 22 * math.sin(lift))
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("metal_edge"))
        painter.drawEllipse(QPointF(-11, 8), 3, 3)
        painter.drawEllipse(QPointF(11, 8), 3, 3)
        painter.setBrush(theme.colour("ok" if live else "lamp_off"))
        painter.drawEllipse(QPointF(14, -13), 3.4, 3.4)

    def _paint_icon(self, painter: QPainter) -> None:
        motion = self.motion
        swell = 1.0
        if motion.active and not theme.reduce_motion:
            swell = 1.0 + 0.08 * math.sin((time.monotonic() - self._lit_since) * math.tau)
        painter.scale(swell, swell)
        fallback = motion.kind if motion.kind in icons.PATHS else "device"
        name = KIND_ICONS.get(motion.kind, fallback)
        token = "accent_text" if motion.active else "muted"
        icons.paint(painter, name, QRectF(-13, -13, 26, 26), token)

    def _flash_on(self) -> bool:
        if not self.motion.flash_hz:
            return True
        return ((time.monotonic() - self._lit_since) * self.motion.flash_hz) % 1.0 < _HALF

    def _wake(self) -> None:
        self._drawn_at = time.monotonic()
        if self.isVisible() and self.is_moving():
            self._timer.start()

    def _on_frame(self) -> None:
        now = time.monotonic()
        passed = now - self._drawn_at
        self._drawn_at = now
        self.angle = (self.angle + self.motion.rpm * 6.0 * passed) % 360.0
        target = float(self.motion.active)
        step = passed / _ARM_S
        self._arm = (
            min(target, self._arm + step) if target > self._arm else max(target, self._arm - step)
        )
        if not self.is_moving():
            self._timer.stop()
        self.update()
