"""Our own line icons on a 24 grid, 1.75 stroke. Rule: tinted from a token when painted, cached."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.gui.theme import theme

_DOT: Final = '<circle cx="{}" cy="{}" r="{}" fill="currentColor" stroke="none"/>'

PATHS: Final[dict[str, str]] = {
    # navigation
    "live": _DOT.format(12, 12, 2.1)
    + '<path d="M8.3 15.7a5.2 5.2 0 0 1 0-7.4M15.7 8.3a5.2 5.2 0 0 1 0 7.4"/>'
    '<path d="M5.6 18.4a9 9 0 0 1 0-12.8M18.4 5.6a9 9 0 0 1 0 12.8"/>',
    "devices": '<rect x="6.8" y="6.8" width="10.4" height="10.4" rx="2.2"/>'
    '<path d="M9.8 6.8V3.6M14.2 6.8V3.6M9.8 20.4v-3.2M14.2 20.4v-3.2"/>'
    '<path d="M6.8 9.8H3.6M6.8 14.2H3.6M20.4 9.8h-3.2M20.4 14.2h-3.2"/>',
    "rules": '<circle cx="6.4" cy="6.2" r="2.5"/><circle cx="6.4" cy="17.8" r="2.5"/>'
    '<circle cx="17.6" cy="12" r="2.5"/>'
    '<path d="M6.4 8.7v6.6M8.9 6.2h2.6a3.6 3.6 0 0 1 3.6 3.6v2.2"/>',
    "settings": '<path d="M3.8 7.2h8.4M17.6 7.2h2.6M3.8 16.8h2.6M11.8 16.8h8.4"/>'
    '<circle cx="14.9" cy="7.2" r="2.4"/><circle cx="9.1" cy="16.8" r="2.4"/>',
    "replay": '<path d="M4.6 12a7.9 7.9 0 1 0 2.6-5.8L4.6 8.5"/><path d="M4.6 3.9v4.6h4.6"/>'
    '<path d="M10.3 9v6l4.8-3z"/>',
    # actions
    "stop": '<path d="M8.3 3.4h7.4l4.9 4.9v7.4l-4.9 4.9H8.3l-4.9-4.9V8.3z"/>'
    '<rect x="9.2" y="9.2" width="5.6" height="5.6" rx="0.8" fill="currentColor"/>',
    "play": '<path d="M8.2 5.3v13.4L18.9 12z"/>',
    "pause": '<path d="M9 5.6v12.8M15 5.6v12.8"/>',
    "plus": '<path d="M12 5.2v13.6M5.2 12h13.6"/>',
    "minus": '<path d="M6 12h12"/>',
    "check": '<path d="M4.8 12.6 9.6 17.3 19.2 7"/>',
    "box": '<rect x="4.6" y="4.6" width="14.8" height="14.8" rx="3"/>',
    "box_check": '<rect x="4.6" y="4.6" width="14.8" height="14.8" rx="3"/>'
    '<path d="M8 12.4 11 15.3 16.2 9.2"/>',
    "cross": '<path d="M6.2 6.2 17.8 17.8M17.8 6.2 6.2 17.8"/>',
    "more": _DOT.format(6, 12, 1.6) + _DOT.format(12, 12, 1.6) + _DOT.format(18, 12, 1.6),
    "refresh": '<path d="M19.4 9.6a8 8 0 0 0-14.3-1.3M4.6 14.4a8 8 0 0 0 14.3 1.3"/>'
    '<path d="M4.6 3.8v4.7h4.7M19.4 20.2v-4.7h-4.7"/>',
    "search": '<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.5 15.5 4.6 4.6"/>',
    "pencil": '<path d="M4.6 19.4l.9-4.2L16 4.7l3.3 3.3L8.8 18.5z"/><path d="m13.6 7.1 3.3 3.3"/>',
    "trash": '<path d="M4.6 6.8h14.8M9.4 6.8V4.4h5.2v2.4"/>'
    '<path d="m6.4 6.8.9 11.9c.1.8.7 1.3 1.5 1.3h6.4c.8 0 1.4-.5 1.5-1.3l.9-11.9"/>',
    "skip": '<path d="M5.4 6.2v11.6l8.4-5.8z"/><path d="M18.2 6.2v11.6"/>',
    "down": '<path d="m6.8 9.6 5.2 5 5.2-5"/>',
    "up": '<path d="m6.8 14.4 5.2-5 5.2 5"/>',
    "left": '<path d="m14.6 6.8-5 5.2 5 5.2"/>',
    "right": '<path d="m9.4 6.8 5 5.2-5 5.2"/>',
    "undo": '<path d="M8.4 5.2 4.6 9l3.8 3.8"/><path d="M4.8 9h8.4a5.4 5.4 0 0 1 0 10.8H9.4"/>',
    "redo": '<path d="M15.6 5.2 19.4 9l-3.8 3.8"/>'
    '<path d="M19.2 9h-8.4a5.4 5.4 0 0 0 0 10.8h3.8"/>',
    "copy": '<rect x="8.6" y="8.6" width="11" height="11" rx="2"/>'
    '<path d="M15.4 8.6V6.4a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2.2"/>',
    "paste": '<path d="M8.4 5.6H7a1.8 1.8 0 0 0-1.8 1.8v10.8A1.8 1.8 0 0 0 7 20h10a1.8 1.8 0 0 0'
    ' 1.8-1.8V7.4A1.8 1.8 0 0 0 17 5.6h-1.4"/>'
    '<rect x="8.4" y="3.8" width="7.2" height="3.8" rx="1"/>',
    "folder": '<path d="M3.8 7.4a1.8 1.8 0 0 1 1.8-1.8h4l2.2 2.6h6.6a1.8 1.8 0 0 1 1.8 1.8v7a1.8'
    ' 1.8 0 0 1-1.8 1.8H5.6a1.8 1.8 0 0 1-1.8-1.8z"/>',
    "filter": '<path d="M4.4 6.4h15.2M7.4 12h9.2M10.4 17.6h3.2"/>',
    "grip": "".join(_DOT.format(x, y, 1.25) for x in (9.4, 14.6) for y in (6.8, 12, 17.2)),
    "file": '<path d="M6.4 4.2h7.2l4.4 4.4v9.4a1.8 1.8 0 0 1-1.8 1.8H6.4a1.8 1.8 0 0 1-1.8-1.8V6'
    'a1.8 1.8 0 0 1 1.8-1.8z"/><path d="M13.4 4.4v4.4h4.4"/>',
    "arrow": '<path d="M4.8 12h13.6M13 6.6l5.4 5.4-5.4 5.4"/>',
    # states
    "warn": '<path d="M12 4.2 2.9 19.4h18.2z"/><path d="M12 10.2v4M12 16.8v.1"/>',
    "clock": '<circle cx="12" cy="12" r="8.3"/><path d="M12 7.4V12l3.1 2.1"/>',
    "info": '<circle cx="12" cy="12" r="8.3"/><path d="M12 11.2v5M12 7.8v.1"/>',
    "bolt": '<path d="M13.4 3.2 5.2 13.4h5.6l-1 7.4 8.9-10.6h-5.9z"/>',
    "unplugged": '<path d="M9 3.6v4M15 3.6v4M6.6 7.6h10.8v3.6a5.4 5.4 0 0 1-10.8 0z"/>'
    '<path d="M12 16.6v3.8M3.8 4.6l15.6 15.6"/>',
    # events
    "gift": '<rect x="4" y="8.6" width="16" height="4" rx="1"/>'
    '<path d="M5.6 12.6v6a1.6 1.6 0 0 0 1.6 1.6h9.6a1.6 1.6 0 0 0 1.6-1.6v-6M12 8.6v11.6"/>'
    '<path d="M12 8.4C8.6 8.4 6.9 7 7.3 5.2 7.8 3.2 11 3.2 12 8.4z"/>'
    '<path d="M12 8.4c3.4 0 5.1-1.4 4.7-3.2C16.2 3.2 13 3.2 12 8.4z"/>',
    "rose": '<path d="M12 13.4c3.1 0 5-2 5-4.7V5.2l-2.6 1.4L12 4 9.6 6.6 7 5.2v3.5c0 2.7'
    ' 1.9 4.7 5 4.7z"/><path d="M12 13.4v7.2M12 18c.2-2 1.8-3.1 4-3.1 0 2-1.6 3.2-4 3.1z"/>',
    "star": '<path d="m12 3.9 2.5 5.2 5.7.8-4.1 4 1 5.7L12 16.9l-5.1 2.7 1-5.7-4.1-4 5.7-.8z"/>',
    "crown": '<path d="M4.2 8.2l1.6 9h12.4l1.6-9-4.5 3.3L12 5.6l-3.3 5.9z"/>'
    '<path d="M6.4 20.2h11.2"/>',
    "heart": '<path d="M12 19.8C6.4 16 3.9 12.9 3.9 9.5a4.3 4.3 0 0 1 8.1-2 4.3 4.3 0 0 1'
    ' 8.1 2c0 3.4-2.5 6.5-8.1 10.3z"/>',
    "user": '<circle cx="12" cy="8.2" r="3.9"/><path d="M4.7 20.2c.5-4 3.4-6 7.3-6s6.8 2 7.3 6"/>',
    "follow": '<circle cx="10" cy="8.2" r="3.9"/><path d="M2.9 20.2c.5-4 3.3-6 7.1-6 2 0 3.7.5'
    ' 5 1.6M18.4 8.6v6M15.4 11.6h6"/>',
    "join": '<path d="M10.6 4.2h6.6a1.8 1.8 0 0 1 1.8 1.8v12a1.8 1.8 0 0 1-1.8 1.8h-6.6"/>'
    '<path d="M4.2 12h9.6M10.2 8.2l3.8 3.8-3.8 3.8"/>',
    "share": '<path d="M13.4 5 20 11.2l-6.6 6.2v-3.6c-4.4-.2-7.3 1.2-9.4 4.4.4-5.4 3.4-8.9'
    ' 9.4-9.3z"/>',
    "chat": '<path d="M4.2 6.6A1.8 1.8 0 0 1 6 4.8h12a1.8 1.8 0 0 1 1.8 1.8v8A1.8 1.8 0 0 1'
    ' 18 16.4h-6.2L7.4 20v-3.6H6a1.8 1.8 0 0 1-1.8-1.8z"/><path d="M8.2 9.2h7.6M8.2 12.2h4.6"/>',
    "flag": '<path d="M6 20.6V4.2M6 5c4.4-2.6 7.2 2 12.2-.4v8.2C13.2 15.2 10.4 10.6 6 13.2"/>',
    # devices
    "device": '<rect x="4.4" y="6.2" width="15.2" height="11.6" rx="2.2"/>'
    '<path d="M8.2 14.2h.1M11.6 14.2h4.2M8.2 10.2h7.6"/>',
    "motor": '<circle cx="12" cy="12" r="3"/><path d="M12 4.2v2M12 17.8v2M4.2 12h2M17.8 12h2"/>'
    '<path d="M6.5 6.5 7.9 7.9M16.1 16.1l1.4 1.4M6.5 17.5l1.4-1.4M16.1 7.9l1.4-1.4"/>'
    '<circle cx="12" cy="12" r="5.9"/>',
    "light": '<path d="M9.2 16.6c0-2-3.1-3.2-3.1-6.9a5.9 5.9 0 0 1 11.8 0c0 3.7-3.1 4.9-3.1 6.9z"/>'
    '<path d="M9.6 19.2h4.8M10.8 21.4h2.4"/>',
    "relay": '<path d="M3.4 15.6h4.2M16.4 15.6h4.2M7.6 15.6 15 8.4"/>'
    '<circle cx="16.4" cy="15.6" r="1.5"/><path d="M9.4 19.6h5.2"/>',
    "level": '<path d="M4.6 15.8a8 8 0 1 1 14.8 0"/><path d="m12 13 4-4.6"/>'
    + _DOT.format(12, 13, 1.6),
    "pulse": '<path d="M3.2 12.6h4.2l2.2-6.8 4.4 12.4 2.4-5.6h4.4"/>',
    "effect": '<path d="M10.4 4.6 12 9.4l4.8 1.6L12 12.6l-1.6 4.8-1.6-4.8L4 11l4.8-1.6z"/>'
    '<path d="M17.8 14.6l.8 2.2 2.2.8-2.2.8-.8 2.2-.8-2.2-2.2-.8 2.2-.8z"/>',
    "usb": '<path d="M12 20.4V4.2M9.8 6.6 12 3.8l2.2 2.8"/>'
    '<path d="M12 17c-4.2 0-5.4-1.6-5.4-4.4M12 14.4c4.2 0 5.4-1.6 5.4-4.4"/>'
    '<circle cx="6.6" cy="10.8" r="1.7"/><rect x="15.9" y="6.8" width="3" height="3"/>',
    "wand": '<path d="m4.2 19.8 9.2-9.2M15.8 4v4M13.8 6h4M19.2 11.6v3M17.7 13.1h3M9.4 4.6v2.6'
    'M8.1 5.9h2.6"/>',
    "servo": '<rect x="3.8" y="10.4" width="11" height="9" rx="1.8"/>'
    '<circle cx="9.3" cy="10.4" r="2.3"/><path d="M10.9 8.8 17 4.2l2 2.4-6.6 4.6"/>',
    "sensor": '<path d="M12 14.6V5.8a2.2 2.2 0 0 0-4.4 0v8.8a3.9 3.9 0 1 0 4.4 0z"/>'
    '<path d="M9.8 10v6.4M15.6 6h4M15.6 10h2.8M15.6 14h4"/>',
    "dmx": '<circle cx="12" cy="12" r="8.3"/>'
    + "".join(
        _DOT.format(x, y, 1.15) for x, y in ((8, 11), (9.6, 7.9), (14.4, 7.9), (16, 11), (12, 15.6))
    ),
    "bluetooth": '<path d="m7 8 10 8-5 4.4V3.6L17 8 7 16"/>',
    "broker": '<circle cx="12" cy="12" r="2.6"/><circle cx="5" cy="5.6" r="1.8"/>'
    '<circle cx="19" cy="5.6" r="1.8"/><circle cx="12" cy="20" r="1.8"/>'
    '<path d="m6.4 6.9 3.6 3.3M17.6 6.9 14 10.2M12 14.6v3.6"/>',
    "network": '<path d="M12 9.4v4M5.6 16.4v-1.2a1.8 1.8 0 0 1 1.8-1.8h9.2a1.8 1.8 0 0 1'
    ' 1.8 1.8v1.2"/>'
    '<rect x="9.4" y="4" width="5.2" height="5.2" rx="1.2"/>'
    '<rect x="3.2" y="16.2" width="4.8" height="4.4" rx="1"/>'
    '<rect x="16" y="16.2" width="4.8" height="4.4" rx="1"/>',
    "home": '<path d="M4 11.4 12 4.6l8 6.8M6.2 9.8v9.4h11.6V9.8M10 19.2v-4.8h4v4.8"/>',
    "strip": '<rect x="3.4" y="8.6" width="17.2" height="6.8" rx="1.6"/>'
    + "".join(_DOT.format(x, 12, 1.3) for x in (7, 12, 17)),
    "group": '<rect x="4" y="4" width="7" height="7" rx="1.6"/>'
    '<rect x="13" y="4" width="7" height="7" rx="1.6"/>'
    '<rect x="4" y="13" width="7" height="7" rx="1.6"/>'
    '<rect x="13" y="13" width="7" height="7" rx="1.6"/>',
    "scene": '<path d="M4.4 8.2h15.2v9.4a1.8 1.8 0 0 1-1.8 1.8H6.2a1.8 1.8 0 0 1-1.8-1.8z"/>'
    '<path d="M4.4 8.2 5 4.8l14.2-.2.4 3.6M9.2 8l1.6-3.2M14.2 8l1.6-3.2"/>',
    "plug": '<path d="M9 3.6v4M15 3.6v4M6.6 7.6h10.8v3.6a5.4 5.4 0 0 1-10.8 0zM12 16.6v3.8"/>',
    "lock": '<rect x="5.4" y="10.6" width="13.2" height="9.2" rx="2"/>'
    '<path d="M8.2 10.6V8a3.8 3.8 0 0 1 7.6 0v2.6M12 14.2v2"/>',
    "code": '<path d="m8.4 7.4-4.6 4.6 4.6 4.6M15.6 7.4l4.6 4.6-4.6 4.6M13.4 5.6l-2.8 12.8"/>',
    "vibrate": '<rect x="8.4" y="4.6" width="7.2" height="14.8" rx="2"/>'
    '<path d="M5.4 8.4v7.2M2.8 10v4M18.6 8.4v7.2M21.2 10v4"/>',
    # settings
    "moon": '<path d="M19.6 14.4A8 8 0 0 1 9.6 4.4a8 8 0 1 0 10 10z"/>',
    "globe": '<circle cx="12" cy="12" r="8.3"/><path d="M3.8 12h16.4M12 3.7c2.6 2.6 3.7 5.3 3.7'
    ' 8.3s-1.1 5.7-3.7 8.3c-2.6-2.6-3.7-5.3-3.7-8.3s1.1-5.7 3.7-8.3z"/>',
    "letters": '<path d="M3.6 18.4 8.2 6.4l4.6 12M5.2 14.6h6"/>'
    '<circle cx="17.2" cy="15.2" r="3.2"/><path d="M20.4 12v6.4"/>',
    "window": '<rect x="3.8" y="5" width="16.4" height="14" rx="2.2"/>'
    '<path d="M3.8 9.4h16.4M7 7.2h.1"/>',
    "at": '<circle cx="12" cy="12" r="3.6"/><path d="M15.6 8.6v4.8c0 3.2 4.6 2.8 4.6-1.4a8.2'
    ' 8.2 0 1 0-3.4 6.6"/>',
    "motion": '<path d="M3.6 8.6h9.2M6.2 15.4h6.6M3.6 12h5.6"/><circle cx="16.6" cy="12" r="4"/>',
    "keyboard": '<rect x="3.2" y="6.4" width="17.6" height="11.2" rx="2.2"/>'
    '<path d="M7 10.2h.1M10.4 10.2h.1M13.8 10.2h.1M17 10.2h.1M8.6 14h6.8"/>',
}


def pixmap(name: str, token: str, size: int = 20, ratio: float = 2.0) -> QPixmap:
    """Return an icon tinted with a token's colour; `size` is logical pixels."""
    return _render(name, theme.value(token), size, ratio)


def icon(name: str, ink: str = "text2", checked: str = "", size: int = 20, gap: int = 0) -> QIcon:
    """Return a button icon; `checked` names the token for the pressed-in state.

    `gap` is room at the right: Qt sets a label closer to its icon than is good to read.
    """

    def drawn(token: str) -> QPixmap:
        return _render(name, theme.value(token), size, 2.0, gap)

    result = QIcon(drawn(ink))
    if checked:
        result.addPixmap(drawn(checked), QIcon.Mode.Normal, QIcon.State.On)
    result.addPixmap(drawn("muted"), QIcon.Mode.Disabled)
    return result


def paint(painter: QPainter, name: str, rect: QRectF, token: str) -> None:
    """Paint an icon into `rect`, sharp on any screen."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(
        rect.topLeft(), _render(name, theme.value(token), round(rect.width()), ratio)
    )


@lru_cache(maxsize=512)
def _render(name: str, colour: str, size: int, ratio: float, gap: int = 0) -> QPixmap:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" '
        f'stroke="{colour}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
        f"{PATHS[name].replace('currentColor', colour)}</svg>"
    )
    result = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    result.fill(Qt.GlobalColor.transparent)
    result.setDevicePixelRatio(ratio)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result
