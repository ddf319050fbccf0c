"""Owed gifts: who gave what, which rule could not run and why; paid or forgotten.

Rule: forgetting waits until its Undo is over; paying never does.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QObject, Qt, QTimer

from app.gateway.messages import DropOwed, PayOwed, Reply
from app.gui import words
from app.gui.counts.panel import Panel, bind
from app.gui.counts.table import Rows, Table
from app.gui.text import number, span, tr, trn
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.gateway.views import OwedView
    from app.gui.counts.offer import Offer
    from app.gui.page import Desk

ALL: Final = "all"
_WHO, _GIFT, _RULE, _WHY, _UNTIL = range(5)
_TICK_MS: Final = 10_000


class OwedRows(Rows):
    """Owed gifts, the oldest first."""

    columns: ClassVar[tuple[str, ...]] = (
        N_("Viewer"),
        N_("Gift"),
        N_("Rule"),
        N_("Why it did not run"),
        N_("Expires in"),
    )
    right: ClassVar[frozenset[int]] = frozenset({_UNTIL})

    def key(self, row: OwedView) -> str:
        return row.id

    def words(self, row: OwedView, column: int) -> str:
        if column == _WHO:
            return f"@{row.who}" if row.who else tr("Somebody")
        if column == _GIFT:
            return gift_words(row)
        if column == _RULE:
            return row.rule_name
        if column == _WHY:
            if row.profile:
                return tr("kept for the profile “{profile}”", profile=row.profile)
            return words.reason(row.reason, {})
        return span(max(0.0, row.until_ms / 1000 - time.time()))

    def tone(self, row: OwedView, column: int) -> str:
        return "text" if column in (_WHO, _GIFT) else "warn" if column == _WHY else "text2"


def gift_words(view: OwedView) -> str:
    """Say what was given: "Rose × 5"."""
    name = words.gift_name(view.gift, view.gift_id)
    if view.count <= 1:
        return name
    return tr("{gift} × {count}", gift=name, count=number(view.count))


class OwedGifts(Panel):
    """The table of what is owed, and what can be done about it."""

    def __init__(self, desk: Desk, offer: Offer) -> None:
        super().__init__(desk, offer)
        self._put_off: frozenset[str] = frozenset()
        self.title = Label(kind="heading")
        self.rows = OwedRows()
        self.table = Table(self.rows, N_("Owed gifts"), _WHY)
        self.table.widths({_WHO: 150, _GIFT: 140, _RULE: 160, _UNTIL: 110})
        self.pay = Button(N_("Pay"), "primary", "play")
        self.pay_all = Button(N_("Pay all"))
        self.forget = Button(N_("Forget this gift"), "", "trash")
        self.forget_all = Button(N_("Forget all"))
        self.answer = Label(kind="small", tone="warn", wrap=True)
        self.empty = EmptyState(
            "gift",
            N_("Nothing is owed"),
            N_("Rules can keep gifts that could not run, because of STOP, a pause or a device "
               "that was away. Turn it on in a rule under LIMITS."),
        )  # fmt: skip
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self.rows.word_again)
        self._build()
        self._connect()
        self.show_state()

    def _build(self) -> None:
        head = row(self.title, None, gap=8, pad=(14, 12, 12, 6))
        acts = row(
            self.pay, self.pay_all, None, self.forget, self.forget_all, gap=8, pad=(12, 8, 12, 10)
        )
        answer = column(self.answer, pad=(14, 4, 14, 0))
        self.card = Card(column(head, self.table, self.empty, answer, acts, gap=0))
        self.answer.hide()
        self.setLayout(column(self.card))

    def _connect(self) -> None:
        bridge = self.desk.bridge
        for signal in (bridge.owed_changed, bridge.link_changed):
            signal.connect(self.show_state)
        self.table.selectionModel().selectionChanged.connect(self._show_acts)
        self.rows.layoutChanged.connect(self._show_acts)
        self.table.doubleClicked.connect(self._on_pay)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            bind(self.table, key, self._on_pay)
        bind(self.table, Qt.Key.Key_Delete, self._on_forget)
        self.pay.clicked.connect(self._on_pay)
        self.pay_all.clicked.connect(self._on_pay_all)
        self.forget.clicked.connect(self._on_forget)
        self.forget_all.clicked.connect(self._on_forget_all)

    def retranslate(self) -> None:
        self.rows.word_again()
        self.show_state()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self.rows.word_again()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def show_state(self) -> None:
        """Show what is owed, but for what is being forgotten."""
        owed = self.desk.bridge.state.owed
        self._put_off &= frozenset(one.id for one in owed)
        shown = [one for one in owed if one.id not in self._put_off]
        self.rows.show_rows(shown)
        self.title.show_text(trn("%Ln gift(s) owed", len(shown)) if shown else "")
        self.title.setVisible(bool(shown))
        self.table.setVisible(bool(shown))
        self.empty.setVisible(not shown)
        if not shown:
            self.answer.hide()
        self._show_acts()

    def _show_acts(self) -> None:
        connected, found = self.desk.bridge.state.connected, self.table.chosen()
        for button in (self.pay, self.forget):
            button.setEnabled(connected and found is not None)
        for button in (self.pay_all, self.forget_all):
            button.setEnabled(connected and bool(self.rows.rows))
            button.setVisible(len(self.rows.rows) > 1)
        for button in (self.pay, self.forget):
            button.setVisible(bool(self.rows.rows))

    # ------------------------------------------------------------ what people do

    def _on_pay(self) -> None:
        found = self.table.chosen()
        if found is not None and self.pay.isEnabled():
            self._ask(found.id)

    def _on_pay_all(self) -> None:
        self._ask(ALL)

    def _ask(self, owed_id: str) -> None:
        # What is being forgotten is forgotten first: "all" is what can be seen.
        self.offer.settle()
        self.answer.hide()
        self.desk.bridge.ask(PayOwed(owed_id=owed_id), self._on_paid)

    def _on_paid(self, reply: Reply) -> None:
        if reply.ok:
            self.desk.tell(tr("Paid. The rule runs now."))
            return
        self.answer.show_text(words.failure(reply.code, reply.values))
        self.answer.show()

    def _on_forget(self) -> None:
        found = self.table.chosen()
        if found is not None and self.forget.isEnabled():
            text = tr("{gift} of {who} is forgotten.", gift=gift_words(found),
                      who=self.rows.words(found, _WHO))  # fmt: skip
            self._put_away(text, (found.id,))

    def _on_forget_all(self) -> None:
        ids = tuple(one.id for one in self.rows.rows)
        self._put_away(trn("%Ln owed gift(s) forgotten.", len(ids)), ids)

    def _put_away(self, text: str, ids: tuple[str, ...]) -> None:
        forgetting = _Forgetting(self, ids)
        self.offer.offer(text, forgetting.take_back, forgetting.carry_out)
        self._put_off |= frozenset(ids)
        self.show_state()

    def put_back(self, ids: tuple[str, ...]) -> None:
        """Show again what was not forgotten after all."""
        self._put_off -= frozenset(ids)
        self.show_state()


class _Forgetting(QObject):
    """Owed gifts that are forgotten unless somebody takes it back; gone with the panel."""

    def __init__(self, panel: OwedGifts, ids: tuple[str, ...]) -> None:
        super().__init__(panel)
        self._panel = panel
        self._ids = ids

    def take_back(self) -> None:
        self._panel.put_back(self._ids)

    def carry_out(self) -> None:
        for owed_id in self._ids:
            self._panel.desk.bridge.ask(DropOwed(owed_id=owed_id), self._on_dropped)

    def _on_dropped(self, reply: Reply) -> None:
        # Paid or expired meanwhile: gone is gone.
        if not reply.ok and reply.code != "not_found":
            self._panel.put_back(self._ids)
            self._panel.told(reply)
