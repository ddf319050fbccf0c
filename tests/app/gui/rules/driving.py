"""Hands on the Rules page: clicks on rows, keys, drags, and what the page told."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu

from app.core.rules import dump

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier

USUAL = [
    "Spin for roses",
    "EVENING SHOW",
    "Party lights",
    "Bubbles for hearts",
    "Confetti shot",
    "THANKS",
    "Thank new followers",
    "Coffee wave",
]


def spoken(at, row_id, kind="rule"):
    """Return what a screen reader says of a row."""
    return at.model.place(kind, row_id).data(Qt.ItemDataRole.AccessibleTextRole)


class Driving:
    """One page, its window, its core, and a bot."""

    def __init__(self, window, core, qtbot):
        self.window, self.core, self.qtbot = window, core, qtbot
        self.page = window.pages["rules"]
        self.view, self.model, self.desk = self.page.view, self.page.model, self.page.rules
        self.told: list[str] = []
        window.desk.told.connect(self.told.append)

    def names(self):
        """Return what the list shows from the top; headings in capitals."""
        found = []
        for row in self.model.rows():
            name = self.model.line(row).name
            found.append(name if row.kind in ("rule", "aside") else name.upper())
        return found

    def ids(self):
        return [rule.id for rule in self.desk.document.rules.served()]

    def rect(self, rule_id, kind="rule"):
        index = self.model.place(kind, rule_id)
        assert index.isValid()
        self.view.scrollTo(index)
        return self.view.visualRect(index)

    def click(self, rule_id, kind="rule", modifiers=NONE):
        spot = self.rect(rule_id, kind).topLeft() + QPoint(100, 14)
        self.qtbot.mouseClick(self.view.viewport(), LEFT, modifiers, spot)

    def click_switch(self, rule_id, kind="rule"):
        spot = self.view.look.switch_rect(self.rect(rule_id, kind)).center()
        self.qtbot.mouseClick(self.view.viewport(), LEFT, pos=spot)

    def key(self, key, modifiers=NONE, widget=None):
        self.qtbot.keyClick(widget or self.view, key, modifiers)

    def search(self, text):
        self.page.search.setFocus()
        self.page.search.clear()
        shown = self.model.wanted.text
        self.qtbot.keyClicks(self.page.search, text)
        if text != shown:
            self.qtbot.waitUntil(lambda: self.model.wanted.text == text, timeout=5000)

    def mouse(self, kind, spot, buttons=LEFT):
        port = self.view.viewport()
        button = LEFT if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        event = QMouseEvent(
            kind, QPointF(spot), QPointF(port.mapToGlobal(spot)), button, buttons, NONE
        )
        QApplication.sendEvent(port, event)

    def pick_up(self, rule_id, kind="rule"):
        self.view.setFocus()
        start = self.rect(rule_id, kind).topLeft() + QPoint(120, 30 if kind == "rule" else 15)
        self.mouse(QEvent.Type.MouseButtonPress, start)
        self.mouse(QEvent.Type.MouseMove, start + QPoint(0, 4))
        return start

    def drag_to(self, rule_id, spot, kind="rule"):
        self.pick_up(rule_id, kind)
        self.mouse(QEvent.Type.MouseMove, spot)

    def drop(self, spot):
        self.mouse(QEvent.Type.MouseButtonRelease, spot, Qt.MouseButton.NoButton)

    def drag(self, rule_id, spot, kind="rule"):
        self.drag_to(rule_id, spot, kind)
        self.drop(spot)

    def choose(self, menu, *texts):
        """Choose in a menu and its submenus by their words, then close it."""
        top = menu
        for text in texts[:-1]:
            menu = next(m for m in menu.findChildren(QMenu) if m.title() == text)
        action = next(a for a in menu.actions() if a.text() == texts[-1])
        assert action.isEnabled()
        action.trigger()
        top.close()

    def edits(self):
        return [one.edit for one in self.core.asked if one.type == "edit_rules"]

    def same(self):
        """Say whether core and desk hold the same, byte for byte."""
        return dump(self.core.document) == dump(self.desk.document)
