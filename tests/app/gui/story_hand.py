"""A person before the real window: clicks what is in sight, types, and keeps numbered pictures.

Rule: whatever is clicked must be visible, enabled and not covered; nothing is called behind it.
"""

from __future__ import annotations

import asyncio
import time

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QScrollArea,
)

from app.gui.page import find_pages

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
WAIT_S = 30.0
_ARROW = ((0, 0), (0, 17), (4, 13), (7, 20), (10, 19), (7, 12), (12, 12))
_MARGIN = 24


class Hand:
    """One person at one window; `folder` is None where nobody looks at pictures."""

    def __init__(self, window, folder=None):
        self.window, self.folder = window, folder
        self.captions = []
        self._at, self._last = (window, QPoint(40, 40)), QPoint(40, 40)

    # ------------------------------------------------------------ waiting and looking

    async def until(self, true, what):
        """Wait until something holds; return it."""
        end = time.monotonic() + WAIT_S
        while not (found := true()):
            assert time.monotonic() < end, f"never came: {what}"
            await asyncio.sleep(0.01)
        return found

    async def shot(self, caption):
        """Keep a picture of the window, with what lies open over it and the pointer."""
        self.captions.append(caption)
        if self.folder is None:
            return
        await asyncio.sleep(0.25)
        picture = self._picture()
        picture.save(str(self.folder / f"{len(self.captions):02}.png"))
        lines = [f"{number:02}.png  {text}" for number, text in enumerate(self.captions, start=1)]
        (self.folder / "captions.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _picture(self):
        window = self.window
        picture = QPixmap(window.grab())
        painter = QPainter(picture)
        for over in QApplication.topLevelWidgets():
            if over is not window and over.isVisible() and over.isWindow():
                place = over.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
                painter.drawPixmap(place, over.grab())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._spot())
        painter.setPen(QPen(QColor("black"), 1.2))
        painter.setBrush(QColor("white"))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in _ARROW]))
        painter.end()
        return picture

    # ------------------------------------------------------------ the mouse

    async def click(self, widget, at=None, modifiers=NONE):
        """Click a widget, or a point of it, where a person could."""
        await self.until(lambda: widget.isVisible() and widget.isEnabled(), f"{widget} to click")
        if at is None:
            await self.reach(widget)
            at = widget.rect().center()
        top = widget.window()
        spot = widget.mapTo(top, at)
        under = top.childAt(spot) or top
        assert widget is under or widget.isAncestorOf(under), f"{under} covers {widget}"
        self._at = (widget, at)
        self._spot()
        self._move(under, under.mapFrom(top, spot))
        QTest.mouseClick(under, LEFT, modifiers, under.mapFrom(top, spot))
        await asyncio.sleep(0.02)

    async def reach(self, widget):
        """Scroll until a widget is in sight."""
        inside, area = widget, widget.parentWidget()
        while area is not None:
            if isinstance(area, QScrollArea) and area.widget().isAncestorOf(inside):
                area.ensureWidgetVisible(inside, _MARGIN, _MARGIN)
            area = area.parentWidget()
        await asyncio.sleep(0.05)

    async def row(self, view, index):
        """Click a row of a list."""
        view.scrollTo(index)
        await self.click(view.viewport(), view.visualRect(index).center())

    def _move(self, under, at):
        # QTest.mouseMove would run the loop inside the task that plays the story.
        spot = QPointF(at)
        over = QPointF(under.mapToGlobal(at))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, spot, over, none, none, NONE)
        QApplication.sendEvent(under, event)

    def _spot(self):
        """Return where the pointer is: on what was clicked, if that moved as well."""
        widget, at = self._at
        if not shiboken6.isValid(widget) or widget.visibleRegion().isEmpty():
            return self._last
        self._last = widget.mapToGlobal(at) - self.window.mapToGlobal(QPoint(0, 0))
        return self._last

    # ------------------------------------------------------------ the keyboard

    def keys(self, text):
        """Type into whatever has the keyboard."""
        QTest.keyClicks(self._listener(), text)

    def key(self, key, modifiers=NONE):
        """Press a key in whatever has the keyboard."""
        QTest.keyClick(self._listener(), key, modifiers)

    def _listener(self):
        popup = QApplication.activePopupWidget()
        inside = popup.focusWidget() if popup is not None else None
        return inside or popup or QApplication.focusWidget() or self.window

    async def write(self, line, text):
        """Replace what a line holds, and leave it with Enter."""
        await self.click(line)
        self.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.keys(text)
        self.key(Qt.Key.Key_Return)
        await asyncio.sleep(0.05)

    # ------------------------------------------------------------ what opens

    async def popup(self, button):
        """Click what opens a list or menu; return that."""
        await self.click(button)
        return await self.until(QApplication.activePopupWidget, "what opens")

    async def pick(self, button, text, caption=""):
        """Open a list to search, type, and take the first that is found."""
        popup = await self.popup(button)
        self.keys(text)
        await self.until(lambda: popup.model.shown, text)
        if caption:
            await self.shot(caption)
        self.key(Qt.Key.Key_Return)
        if popup.isVisible():
            self.key(Qt.Key.Key_Escape)
        await self.until(lambda: not popup.isVisible(), "a list that closes")
        await self._back()

    async def choose(self, combo: QComboBox, wanted, caption=""):
        """Open a combo box and choose the entry whose text has these words."""
        await self.click(combo)
        view = combo.view()
        await self.until(view.isVisible, "the entries")
        if caption:
            await self.shot(caption)
        place = next(n for n in range(combo.count()) if wanted in combo.itemText(n))
        while view.currentIndex().row() != place:
            down = view.currentIndex().row() < place
            QTest.keyClick(view, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        QTest.keyClick(view, Qt.Key.Key_Return)
        await self.until(lambda: combo.currentIndex() == place, wanted)
        await self._back()

    async def entry(self, button, *words, caption=""):
        """Choose from the menu a button opens, by the words of its entries."""
        menu = await self.popup(button)
        if caption:
            await self.shot(caption)
        for word in words:
            action = next(a for a in menu.actions() if word in a.text())
            await self.click(menu, menu.actionGeometry(action).center())
            menu = action.menu() or menu
        for one in self.window.findChildren(QMenu):
            one.close()
        await self._back()

    async def file(self, path):
        """Name a file in the dialog that is open."""
        dialog = await self.until(lambda: self.window.findChild(QFileDialog), "the file dialog")
        line = await self.until(lambda: dialog.findChild(QLineEdit, "fileNameEdit"), "its line")
        line.setFocus()
        line.clear()
        QTest.keyClicks(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        await self.until(lambda: not dialog.isVisible(), "a dialog that closes")
        await self._back()

    async def _back(self):
        """Let the window be in front again; without a screen nobody else sees to it."""
        self.window.activateWindow()
        await self.until(self.window.isActiveWindow, "the window in front")

    def of(self, kind, name="", inside=None):
        """Return the one visible widget of a kind and name."""
        found = [
            one for one in (inside or self.window).findChildren(kind, name or None)
            if one.isVisible()
        ]  # fmt: skip
        assert len(found) == 1, (kind, name, found)
        return found[0]

    async def page(self, key):
        """Go to a page by the rail."""
        rail: QAbstractItemView = self.window.rail.list
        place = [page.key for page in find_pages().pages].index(key)
        await self.row(rail, rail.model().index(place, 0))
        await self.until(lambda: key in self.window.pages, key)
        page = self.window.pages[key]
        await self.until(page.isVisible, f"the page {key}")
        return page
