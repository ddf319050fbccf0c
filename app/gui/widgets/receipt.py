"""The receipt of one event: counted, every rule considered, every command and its times.

Rule: it tells what happened in order, in words, with nothing left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.gui import icons, words
from app.gui.dialogs import SideSheet
from app.gui.text import clock, number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Card, Label, Tile, column, hairline, holder, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from app.gateway.views import DeliveryView, ReceiptView, TraceStepView, TraceView
    from app.gui.models.feed import Entry

_STAGE_LOOK = {
    "acked": ("check", "ok"),
    "done": ("check", "ok"),
    "sent": ("arrow", "text2"),
    "queued": ("clock", "text2"),
    "dropped": ("clock", "warn"),
    "stopped": ("stop", "warn"),
    "failed": ("warn", "danger_text"),
}
_SOURCES = {"pretend": N_("Practice"), "replay": N_("Replay"), "live": N_("From the LIVE")}


class ReceiptSheet(SideSheet):
    """The side sheet that opens when a row of the activity list is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, N_("What happened"))
        self.setObjectName("receipt")
        self.event_id = ""
        self._entry: Entry | None = None
        self._receipt: ReceiptView | None = None
        self._asking = False
        self._names: Mapping[str, str] = {}

    def open_entry(self, entry: Entry) -> None:
        """Open for a row, with what the row knows, until the whole receipt is here."""
        self._entry, self._receipt, self._asking = entry, None, True
        self.event_id = entry.row.event_id
        self._rebuild()
        self.present()

    def show_receipt(self, receipt: ReceiptView | None, names: Mapping[str, str]) -> None:
        """Show the receipt, or say that nothing more is known; `names` are devices by id."""
        self._receipt, self._names, self._asking = receipt, names, False
        self._rebuild()

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if self._entry is not None:
            self._rebuild()

    def _rebuild(self) -> None:
        self.clear()
        if self._entry is not None:
            self.body.addWidget(_head(self._entry))
            if self._receipt is None:
                known = words.gathered(self._entry.row) or words.failure("no_receipt", {})
                text = tr("Looking it up…") if self._asking else known
                self.body.addWidget(_text(text, "small"))
        if self._receipt is not None:
            self._add_receipt(self._receipt)
        self.body.addStretch(1)

    def _add_receipt(self, receipt: ReceiptView) -> None:
        self.body.addWidget(_over(tr("COUNTED")))
        source = tr(_SOURCES.get(receipt.source, receipt.source))
        counted = [source, clock(receipt.at_ms)]
        if receipt.count and receipt.coins:
            counted.insert(0, trn("%Ln coin(s)", receipt.coins * receipt.count))
        if receipt.count and (receipt.gift or receipt.gift_id):
            name = words.gift_name(receipt.gift, receipt.gift_id)
            counted.insert(0, f"{name} ×{number(receipt.count)}")
        self.body.addWidget(_line("check", "ok", " · ".join(counted)))
        self.body.addWidget(_over(tr("RULES")))
        if not receipt.traces:
            self.body.addWidget(_line("minus", "muted", tr("No rule is made for this.")))
        for trace in receipt.traces:
            self.body.addWidget(_trace(trace, self._names))
        if receipt.interrupted:
            text = tr("The program stopped in the middle of this. It is not done again.")
            self.body.addWidget(_line("warn", "warn", text))
        if receipt.deliveries:
            self.body.addWidget(_over(tr("DEVICES")))
            self.body.addWidget(_deliveries(receipt))


def _text(text: str, kind: str, tone: str = "") -> Label:
    label = Label(kind=kind, tone=tone, wrap=True)
    label.show_text(text)
    return label


def _over(text: str) -> Label:
    label = Label(kind="over")
    label.show_text(text)
    return label


def _line(symbol: str, ink: str, text: str, time: str = "") -> QWidget:
    picture = Label()
    picture.setPixmap(icons.pixmap(symbol, ink, 16))
    picture.setFixedWidth(18)
    picture.setAlignment(Qt.AlignmentFlag.AlignTop)
    picture.setContentsMargins(0, theme.px(5), 0, 0)
    layout = row(picture, _text(text, "small", "text"), gap=8)
    layout.setStretch(1, 1)
    if time:
        stamp = Label(kind="caption")
        stamp.setFont(theme.font("caption", tabular=True))
        stamp.show_text(time)
        stamp.setContentsMargins(0, theme.px(4), 0, 0)
        layout.addWidget(stamp, 0, Qt.AlignmentFlag.AlignTop)
    return holder(layout)


def _head(entry: Entry) -> QWidget:
    lines = entry.worded()
    who, what = _text(lines.who, "strong"), _text(lines.what, "small")
    layout = row(Tile(lines.icon, lines.role, 44, 24), column(who, what, gap=0), gap=12)
    layout.setStretch(1, 1)
    return holder(layout)


def _trace(trace: TraceView, names: Mapping[str, str]) -> Card:
    verdict = tr("ran") if trace.ran else tr("did not run")
    name = _text(trace.rule_name, "small_strong")
    word = Label(kind="small_strong", tone="ok" if trace.ran else "warn")
    word.show_text(verdict)
    head = row(name, word, gap=8)
    head.setStretch(0, 1)
    layout = column(head, gap=4, pad=(12, 8, 12, 10))
    for step in trace.steps:
        layout.addWidget(_step(step, names))
    return Card(layout, "inset")


def _step(step: TraceStepView, names: Mapping[str, str]) -> QWidget:
    symbol, ink = ("check", "ok") if step.passed else ("cross", "warn")
    if step.passed and step.reason == "limited":
        symbol, ink = "minus", "warn"
    return _line(symbol, ink, words.step(step, names))


def _deliveries(receipt: ReceiptView) -> Card:
    layout = column(gap=4, pad=(12, 8, 12, 10))
    shown = ""
    for delivery in receipt.deliveries:
        if delivery.command_id != shown:
            if shown:
                layout.addWidget(hairline())
            shown = delivery.command_id
            layout.addWidget(_text(_command(delivery), "small_strong"))
        layout.addWidget(_delivery(delivery))
    return Card(layout, "inset")


def _command(delivery: DeliveryView) -> str:
    done = words.instruction(delivery.instruction, delivery.args)
    return f"{delivery.device} · {done}" if done else delivery.device


def _delivery(delivery: DeliveryView) -> QWidget:
    symbol, ink = _STAGE_LOOK.get(delivery.stage, ("minus", "text2"))
    text = words.stage(delivery.stage)
    if delivery.drop:
        text = f"{text}: {words.reason(delivery.drop, {})}"
    for name, asked, allowed in delivery.limited:
        cut = tr(
            "{name} limited from {asked} to {allowed}",
            name=name,
            asked=number(asked, 1),
            allowed=number(allowed, 1),
        )
        text = f"{text} · {cut}"
    return _line(symbol, ink, text, tr("{n} ms", n=number(delivery.ms, 1)))
