"""A layout that wraps. Rule: items keep their own size, so texts in any language stay readable."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lay items out left to right and go on in the next line when the width is used up."""

    def __init__(self, *widgets: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None past the end, as Qt asks for."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove an item and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Wrap, so the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height the lines take."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Ask for everything in one line."""
        width = sum(item.sizeHint().width() + self._gap for item in self._visible()) - self._gap
        return QSize(max(0, width), self.heightForWidth(max(1, width)))

    def minimumSize(self) -> QSize:
        """Need at least the widest item."""
        return QSize(max((item.minimumSize().width() for item in self._visible()), default=0), 0)

    def _visible(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = 0
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            x = 0
            for item in line:
                size = item.sizeHint()
                if move:
                    top = y + (height - size.height()) // 2
                    item.setGeometry(QRect(rect.topLeft() + QPoint(x, top), size))
                x += size.width() + self._gap
            y += height + self._gap
        return max(0, y - self._gap)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        x = 0
        for item in self._visible():
            needed = item.sizeHint().width()
            if not lines or x + needed > width:
                lines.append([])
                x = 0
            lines[-1].append(item)
            x += needed + self._gap
        return lines


def settle(widget: QWidget) -> None:
    """Lay out a widget and all it holds now, innermost first.

    Qt passes a height that changed outwards one layout a turn: until it is told, lines of a flow
    that wrapped lie below the edge of what holds them.
    """
    for one in (*reversed(widget.findChildren(QWidget)), widget):
        layout = one.layout()
        if layout is not None:
            layout.activate()
