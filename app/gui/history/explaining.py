"""The sheet about one event, and what can be done from it: why, again, make a rule, open a rule.

Rule: one for each page that lists events, so that every list answers the same questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.gateway.messages import GetReceipt, Retrigger, WhyNot
from app.gui import words
from app.gui.history.making import about_of
from app.gui.rules.wording import speaker
from app.gui.text import tr
from app.gui.widgets.receipt import ReceiptSheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.gateway.messages import Reply
    from app.gateway.views import FeedRow, TraceView
    from app.gui.models.feed import Entry
    from app.gui.page import Page


class Explaining(QObject):
    """Owns the sheet of a page, and asks the core for what it shows."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._desk = page.desk
        self._page = page
        self.sheet = ReceiptSheet(page)
        self.sheet.again_asked.connect(self._on_again)
        self.sheet.make_asked.connect(self._on_make)
        self.sheet.opened.connect(self._on_opened)
        self.sheet.rule_asked.connect(self._on_rule)
        bridge = self._desk.bridge
        for signal in (bridge.stop_changed, bridge.link_changed):
            signal.connect(self._show_state)
        self._show_state()

    # ------------------------------------------------------------ the sheet

    def open_entry(self, entry: Entry) -> None:
        """Open the sheet for a row of a list."""
        self.sheet.open_entry(entry)
        self._ask()

    def news(self, rows: Iterable[FeedRow]) -> None:
        """Ask again when something came of the event that is shown."""
        shown = self.sheet.event_id if self.sheet.isVisible() else ""
        if shown and any(row.event_id == shown for row in rows):
            self._ask()

    def dismiss(self) -> bool:
        """Close the sheet; False when it was not open."""
        if not self.sheet.isVisible():
            return False
        self.sheet.dismiss()
        return True

    def _ask(self) -> None:
        event_id = self.sheet.event_id
        self._desk.bridge.ask(GetReceipt(event_id=event_id), self._on_receipt)
        self._desk.bridge.ask(WhyNot(event_id=event_id), self._on_why)

    def _on_receipt(self, reply: Reply) -> None:
        if reply.receipt is None or reply.receipt.event_id == self.sheet.event_id:
            devices = self._desk.bridge.state.devices
            names = {key: device.name for key, device in devices.items()}
            self.sheet.show_receipt(reply.receipt, names)

    def _on_why(self, reply: Reply) -> None:
        if reply.dry is not None and reply.dry.event_id == self.sheet.event_id:
            state = self._desk.bridge.state
            self.sheet.show_why(reply.dry, state.rules, speaker(state))

    def retranslate(self) -> None:
        """Word the sheet again after a change of language."""
        self.sheet.take_speaker(speaker(self._desk.bridge.state))
        self.sheet.retranslate()

    def _show_state(self) -> None:
        self.sheet.allow(self.reason())

    # ------------------------------------------------------------ what can be done

    def reason(self) -> str:
        """Say why nothing can be sent again now; "" when it can."""
        state = self._desk.bridge.state
        if not state.connected:
            return words.failure("not_connected", {})
        return words.failure("stopped", {}) if state.stop.stopped else ""

    def menu_for(self, entry: Entry) -> QMenu:
        """Return what can be done with a row of a list."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        why, again, make = (QAction(menu) for _ in range(3))
        why.setText(tr("Why did my rules run, or not?"))
        again.setText(tr("Again"))
        make.setText(tr("Make a rule"))
        why.triggered.connect(self._menu_why)
        again.triggered.connect(self._menu_again)
        make.triggered.connect(self._menu_make)
        again.setEnabled(bool(entry.row.event_id) and not self.reason())
        make.setEnabled(bool(about_of(entry.row)))
        for action in (why, again, make):
            action.setData(entry)
            menu.addAction(action)
        return menu

    def open_menu(self, entry: Entry, at: QPoint) -> None:
        """Open the menu of a row at a place of the screen."""
        self.menu_for(entry).popup(at)

    def again(self, event_id: str, rule_id: str = "") -> None:
        """Send an event again, to all rules or to one; it is marked as practice."""
        self._desk.bridge.ask(Retrigger(event_id=event_id, rule_id=rule_id), self._on_sent)

    def make_rule(self, row: FeedRow) -> None:
        """Make a new rule for what a row tells of, off, and open it."""
        self._desk.go("rules", about_of(row))

    def _menu_entry(self) -> Entry:
        action = self.sender()
        assert isinstance(action, QAction)  # noqa: S101 - the three above
        entry: Entry = action.data()
        return entry

    def _menu_why(self) -> None:
        self.open_entry(self._menu_entry())

    def _menu_again(self) -> None:
        self.again(self._menu_entry().row.event_id)

    def _menu_make(self) -> None:
        self.make_rule(self._menu_entry().row)

    def _on_again(self, rule_id: str) -> None:
        self.again(self.sheet.event_id, rule_id)

    def _on_make(self) -> None:
        row = self.sheet.row
        if row is not None:
            self.sheet.dismiss()
            self.make_rule(row)

    def _on_opened(self, trace: TraceView) -> None:
        self.sheet.dismiss()
        # The editor's own room: who asks for nothing of it never needs it.
        from app.gui.rule_editor.test_keys import why_about

        self._desk.go("rules", why_about(trace))

    def _on_rule(self, rule_id: str) -> None:
        self.sheet.dismiss()
        self._desk.go("rules", rule_id)

    def _on_sent(self, reply: Reply) -> None:
        if reply.ok:
            self._desk.tell(tr("Sent again, marked as practice."))
        else:
            self._desk.tell(words.failure(reply.code, reply.values))
