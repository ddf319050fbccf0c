"""Labels, buttons, cards and layouts. Rule: texts given as source follow the language."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from app.gui import icons
from app.gui.text import as_tip, tr
from app.gui.theme import theme
from app.gui.tokens import HEIGHT, RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
# No word is as long: in such a thing, of a stranger's or an address, a line may break anywhere.
_LONG: Final = re.compile(r"\S{41,}")
_TINTED = frozenset({"when", "iff", "do", "limit", "ok", "warn", "danger", "accent"})


def set_state(widget: QWidget, name: str, value: str) -> None:
    """Change a dynamic property the stylesheet looks at, and restyle only if it differs."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        style: QStyle = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


class Label(QLabel):
    """Text of one type step. `source` is English and follows the language; `show_text` is ready."""

    def __init__(
        self, source: str = "", kind: str = "body", tone: str = "", *, wrap: bool = False
    ) -> None:
        super().__init__()
        self._source = source
        self._words = ""
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone:
            self.setProperty("tone", tone)
        self._wraps = wrap
        if wrap:
            self.setWordWrap(True)
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._retranslate()

    def show_source(self, source: str) -> None:
        """Show another English source text, translated now and on every language change."""
        self._source = source
        self._retranslate()

    def show_text(self, text: str) -> None:
        """Show a text that is worded already; the owner words it again on a language change."""
        self._source = ""
        if text != self._words:
            self._put(text)

    def words(self) -> str:
        """Return the plain text shown."""
        return self._words

    def tone(self, tone: str) -> None:
        """Colour the text by meaning: ok, warn, danger, text2, muted, or nothing."""
        set_state(self, "tone", tone)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if self._source:
            self._put(tr(self._source))

    def _put(self, text: str) -> None:
        self._words = text
        if self._wraps and text:
            self.setContentsMargins(0, theme.px(3), 0, 0)
            # Stacked Vietnamese marks touch the line above at Qt's own line height.
            parted = html.escape(_LONG.sub(lambda found: "\u200b".join(found[0]), text))
            self.setText(f'<div style="line-height: 135%">{parted}</div>')
            self.setAccessibleName(text)
        else:
            self.setText(text)


class ElidedLabel(Label):
    """One line that ends in dots when it does not fit; the whole text is in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Let layouts squeeze it."""
        return QSize(24, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Ask for room for the whole text."""
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text in the tooltip only when it is cut."""
        super().resizeEvent(event)
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(as_tip(self.text()) if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, elided at the right."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)


ButtonKind = Literal["", "primary", "ghost", "icon", "link", "resume", "segment"]


class Button(QPushButton):
    """A button with a translated label and a tinted line icon.

    A button of kind "icon" shows no text: its source becomes accessible name and tooltip.
    """

    def __init__(
        self, source: str = "", kind: ButtonKind = "", icon: str = "", *, shortcut: str = ""
    ) -> None:
        super().__init__()
        self._source = source
        self._icon = icon
        self._kind = kind
        self._shortcut = shortcut
        if kind:
            self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._retranslate()
        self._restyle()

    def show_source(self, source: str, icon: str = "") -> None:
        """Change label, and icon if given, for another meaning of the same button."""
        self._source = source
        self._icon = icon or self._icon
        self._retranslate()
        self._restyle()

    def show_kind(self, kind: ButtonKind) -> None:
        """Change the look with the meaning."""
        self._kind = kind
        set_state(self, "kind", kind)
        self._restyle()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language, theme and text size."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._restyle()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Be square without a text."""
        if self._kind == "icon":
            side = theme.px(HEIGHT["button"])
            return QSize(side, side)
        return super().sizeHint()

    def _retranslate(self) -> None:
        text = tr(self._source) if self._source else ""
        tip = f"{text} ({self._shortcut})" if self._shortcut else text
        if self._kind == "icon":
            self.setAccessibleName(text)
            self.setToolTip(tip)
        else:
            self.setText(text)
            if self._shortcut:
                self.setToolTip(tip)

    def _restyle(self) -> None:
        if not self._icon:
            return
        tokens = {"primary": "on_accent", "link": "accent_text", "resume": "danger_text"}
        size = theme.px(18)
        gap = 0 if self._kind == "icon" else 4
        self.setIconSize(QSize(size + gap, size))
        token = tokens.get(self._kind, "text2")
        self.setIcon(icons.icon(self._icon, token, "accent_text", size, gap))


class Tile(QWidget):
    """A rounded square with a tinted icon: gifts, devices and settings all look this way."""

    def __init__(self, icon: str, role: str = "do", size: int = 40, glyph: int = 22) -> None:
        super().__init__()
        self.icon_name = icon
        self.role = role
        self._glyph = glyph
        self.setFixedSize(size, size)

    def show_icon(self, icon: str, role: str) -> None:
        """Change picture and tint."""
        if (icon, role) != (self.icon_name, self.role):
            self.icon_name, self.role = icon, role
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the square and its icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_tile(painter, QRectF(self.rect()), self.icon_name, self.role, self._glyph)


def paint_tile(painter: QPainter, rect: QRectF, icon: str, role: str, glyph: int) -> None:
    """Paint a tile into a painter: lists draw the same squares as widgets."""
    ground = "accent" if role == "brand" else f"{role}_bg" if role in _TINTED else "raised"
    ink = {"danger": "danger_text", "accent": "accent_text", "brand": "on_accent", "none": "muted"}
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(rect, RADIUS["md"], RADIUS["md"])
    place = QRectF(0, 0, glyph, glyph)
    place.moveCenter(rect.center())
    icons.paint(painter, icon, place, ink.get(role, role))


class Card(QFrame):
    """A framed surface; `look` is plain, inset, dashed, warn, danger, sheet, dialog or toast."""

    def __init__(self, layout: QLayout, look: str = "plain") -> None:
        super().__init__()
        self.setProperty("card", look)
        self.setLayout(layout)

    def look(self, look: str) -> None:
        """Change the frame with the state of what is inside."""
        set_state(self, "card", look)


def row(*items: Item, gap: int = 8, pad: int | Margins = 0) -> QHBoxLayout:
    """Lay items out left to right: None stretches, a number is a fixed space."""
    layout = QHBoxLayout()
    _fill(layout, items, gap, pad)
    return layout


def column(*items: Item, gap: int = 8, pad: int | Margins = 0) -> QVBoxLayout:
    """Lay items out top to bottom: None stretches, a number is a fixed space."""
    layout = QVBoxLayout()
    _fill(layout, items, gap, pad)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout, items: tuple[Item, ...], gap: int, pad: int | Margins
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*((pad,) * 4 if isinstance(pad, int) else pad))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def parts_of(layout: QLayout) -> list[QWidget | QLayout]:
    """Return the widgets and layouts that stand in a layout, in its order.

    Never ask for them by `itemAt`: what PySide gives outlives the items that Qt deletes, and it
    crashes when another object that goes had got the same address.
    """
    owner = layout.parentWidget()
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    widgets = owner.findChildren(QWidget, options=directly) if owner is not None else []
    layouts = [one for one in layout.children() if isinstance(one, QLayout)]
    parts: list[QWidget | QLayout] = [*widgets, *layouts]
    placed = {layout.indexOf(part): part for part in parts}
    return [placed[place] for place in sorted(placed) if place >= 0]


def holder(layout: QLayout) -> QWidget:
    """Wrap a layout in a plain widget."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def hairline() -> QFrame:
    """Return a one pixel line between rows."""
    line = QFrame()
    line.setProperty("rule", "true")
    return line


def scroll(inner: QWidget) -> QScrollArea:
    """Wrap a widget in a vertical scroll area that takes no tab stop of its own."""
    inner.setProperty("scroll", "true")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(inner)
    return area
