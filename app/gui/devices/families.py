"""The families of devices as rows to choose from. Rule: any word a streamer knows finds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOption

from app.gui import icons
from app.gui.rule_editor.entries import plain
from app.gui.text import as_tip, tr
from app.gui.theme import theme
from app.gui.tokens import RADIUS
from app.gui.widgets.basic import paint_tile
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFont, QPaintEvent

    from app.gateway.views import DriverView

# In this order; a group nobody named here stands under the last.
GROUPS: Final[dict[str, tuple[str, str]]] = {
    "usb": (N_("USB AND SERIAL"), "when"),
    "bluetooth": (N_("BLUETOOTH"), "iff"),
    "network": (N_("NETWORK AND OTHER PROGRAMS"), "do"),
    "mqtt": (N_("MQTT"), "limit"),
    "other": (N_("OTHERS"), "none"),
    "practice": (N_("PRACTICE DEVICES"), "do"),
}
# A title and two lines about it: who chooses among many families needs the whole sentence.
_HIGH: Final = 68
_LINE: Final = 17
_TILE: Final = 36
# Who has a bare board most likely put our own sketch on it.
LIKELIEST: Final = "giftwire_line"


def grouped(drivers: Iterable[DriverView]) -> dict[str, list[DriverView]]:
    """Return families by group in the order of the groups, each by its title."""
    found: dict[str, list[DriverView]] = {key: [] for key in GROUPS}
    for driver in drivers:
        group = "practice" if driver.simulated else driver.group
        found[group if group in found else "other"].append(driver)
    for members in found.values():
        members.sort(key=lambda one: (one.key != LIKELIEST, tr(one.title).casefold()))
    return {key: members for key, members in found.items() if members}


def fits(driver: DriverView, sought: str) -> bool:
    """Say whether a family has all the words somebody seeks, in either language."""
    texts = (driver.title, tr(driver.title), driver.summary, tr(driver.summary), driver.key)
    text = plain(" ".join(texts))
    return all(word in text for word in plain(sought).split())


def icon_of(name: str) -> str:
    """Return the icon a driver names, or that of any device if there is none such."""
    return name if name in icons.PATHS else "device"


class PickRow(QAbstractButton):
    """A row to press: icon, title and two lines below it."""

    def __init__(self, icon: str, role: str, title: str, about: str) -> None:
        super().__init__()
        self.icon_name, self.role = icon, role
        self.title, self.about = title, about
        self.setFixedHeight(theme.px(_HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Add {name}", name=title))
        self.setAccessibleDescription(about)
        self.setToolTip(as_tip(about))

    def sizeHint(self) -> QSize:
        """Take the width there is."""
        return QSize(200, theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Let narrow sheets squeeze it."""
        return QSize(120, theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, tile, words and the arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOption()
        option.initFrom(self)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver) or self.isDown()
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.colour("focus" if self.hasFocus() else "line"))
        painter.setBrush(theme.colour("hover" if over else "canvas"))
        painter.drawRoundedRect(room, RADIUS["md"], RADIUS["md"])
        side = theme.px(_TILE)
        tile = QRectF(10, (self.height() - side) / 2, side, side)
        paint_tile(painter, tile, self.icon_name, self.role, theme.px(20))
        arrow = QRectF(self.width() - 28, self.height() / 2 - 8, 16, 16)
        icons.paint(painter, "right", arrow, "muted")
        self._paint_words(painter, tile.right() + 12, arrow.left() - 8)

    def _paint_words(self, painter: QPainter, left: float, right: float) -> None:
        width = right - left
        about = two_lines(self.about, theme.font("caption"), int(width))
        high = theme.px(20) + theme.px(_LINE) * len(about)
        top = (self.height() - high) / 2
        lines = [
            ("strong", "text", theme.px(20), _elided(self.title, theme.font("strong"), int(width)))
        ]
        lines += [("caption", "muted", theme.px(_LINE), text) for text in about]
        for kind, ink, line, text in lines:
            painter.setFont(theme.font(kind))
            painter.setPen(theme.colour(ink))
            painter.drawText(QRectF(left, top, width, line), Qt.AlignmentFlag.AlignVCenter, text)
            top += line


def two_lines(text: str, font: QFont, width: int) -> list[str]:
    """Return a text in two lines at most; what does not fit is cut at its end."""
    words, first = text.split(), 1
    # Asked as it is drawn: widths are rounded, and a line must not be cut for that.
    while first < len(words) and "…" not in _elided(" ".join(words[: first + 1]), font, width):
        first += 1
    lines = [" ".join(words[:first]), " ".join(words[first:])]
    return [_elided(line, font, width) for line in lines if line]


def _elided(text: str, font: QFont, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)


class DriverRow(PickRow):
    """A family that can be added."""

    def __init__(self, driver: DriverView, role: str) -> None:
        super().__init__(icon_of(driver.icon), role, tr(driver.title), tr(driver.summary))
        self.driver = driver
