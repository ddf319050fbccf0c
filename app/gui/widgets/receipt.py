"""The receipt of one event: counted, what every rule said to it, every command and its times.

Rule: it tells what happened in order, in words, with nothing left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.speech import Speaker
from app.gui import icons, words
from app.gui.dialogs import SideSheet
from app.gui.history.explained import RulesExplained
from app.gui.history.making import about_of
from app.gui.text import moment, number, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, Tile, column, hairline, holder, row
from app.gui.widgets.trace_lines import done_words, outlet_name
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.gateway.views import (
        DeliveryView,
        DryResult,
        FeedRow,
        PartView,
        ReceiptView,
        RuleView,
        TraceView,
    )
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
    """The side sheet that opens when a row of a list of events is chosen.

    `again_asked` carries the id of the one rule to send it to, "" for all. `opened` carries the
    trace of a rule to go to, `rule_asked` the id of a rule that it was not for.
    """

    again_asked = Signal(str)
    make_asked = Signal()
    opened = Signal(object)
    rule_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, N_("What happened"))
        self.setObjectName("receipt")
        self.event_id = ""
        self._entry: Entry | None = None
        self._receipt: ReceiptView | None = None
        self._dry: DryResult | None = None
        self._rules: Collection[RuleView] = ()
        self._speaker = Speaker()
        self._asking = False
        self._why_not = ""
        self._names: Mapping[str, str] = {}
        self.explained: RulesExplained | None = None
        self._build_verbs()

    def _build_verbs(self) -> None:
        """Build what can be done; the buttons stay, whatever is worded anew around them."""
        self.again = Button(N_("Again"), "", "refresh")
        self.again.setObjectName("receipt_again")
        self.make = Button(N_("Make a rule"), "", "plus")
        self.make.setObjectName("receipt_make")
        self.blocked = Label(kind="caption", tone="warn", wrap=True)
        self.verbs = holder(
            column(row(self.again, self.make, None), self.blocked, gap=4, pad=(24, 0, 24, 4))
        )
        self.again.clicked.connect(self._on_again)
        self.make.clicked.connect(self.make_asked)
        self.about = column(gap=0, pad=(24, 0, 24, 0))
        self.head.addLayout(self.about)
        self.head.addWidget(self.verbs)
        self._show_verbs()

    @property
    def row(self) -> FeedRow | None:
        """The row that the sheet is about."""
        return self._entry.row if self._entry is not None else None

    def allow(self, why_not: str) -> None:
        """Let events be sent again; with a reason they cannot be, and it is shown."""
        self._why_not = why_not
        self._show_verbs()

    def _show_verbs(self) -> None:
        self.again.setEnabled(not self._why_not and self._receipt is not None)
        self.again.setAccessibleDescription(self._why_not)
        self.blocked.show_text(self._why_not)
        self.blocked.setVisible(bool(self._why_not))
        again = self._receipt is not None and not self._past_rules
        makes = self._entry is not None and bool(about_of(self._entry.row)) and not self._past_rules
        self.again.setVisible(again)
        self.make.setVisible(makes)
        self.verbs.setVisible(again or makes)

    @property
    def _past_rules(self) -> bool:
        """Whether a device was asked directly: no rule would hear of it another time."""
        traces = self._receipt.traces if self._receipt is not None else ()
        return bool(traces) and not any(trace.rule_id for trace in traces)

    def open_entry(self, entry: Entry) -> None:
        """Open for a row, with what the row knows, until the whole receipt is here."""
        self._entry, self._receipt, self._dry, self._asking = entry, None, None, True
        self.event_id = entry.row.event_id
        self._rebuild()
        self.present()

    def show_receipt(self, receipt: ReceiptView | None, names: Mapping[str, str]) -> None:
        """Show the receipt, or say that nothing more is known; `names` are devices by id."""
        self._receipt, self._names, self._asking = receipt, names, False
        self._rebuild()

    def show_why(self, dry: DryResult, rules: Collection[RuleView], speaker: Speaker) -> None:
        """Show what every rule says to it; `rules` are all there are."""
        self._dry, self._rules, self._speaker = dry, rules, speaker
        self._rebuild()

    def take_speaker(self, speaker: Speaker) -> None:
        """Let another language, or other names of devices, word what is shown next."""
        self._speaker = speaker

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if self._entry is not None:
            self._rebuild()

    def _on_again(self) -> None:
        self.again_asked.emit("")

    def _on_again_one(self, trace: TraceView) -> None:
        self.again_asked.emit(trace.rule_id)

    def _rebuild(self) -> None:
        """Word everything anew; who was in the middle of it with the keyboard stays there."""
        focus: QWidget | None = self.focusWidget()
        inside = focus if focus is not None and self.area.isAncestorOf(focus) else None
        name = inside.accessibleName() if inside is not None else ""
        at = self.area.verticalScrollBar().value()
        self._fill()
        self._show_verbs()
        if name:
            for widget in self.area.findChildren(QWidget):
                if widget.accessibleName() == name and not widget.isHidden():
                    widget.setFocus()
        self.area.verticalScrollBar().setValue(at)

    def _fill(self) -> None:
        self.clear()
        self.explained = None
        while (item := self.about.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if self._entry is not None:
            self.about.addWidget(_head(self._entry))
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
        counted = [source, moment(receipt.at_ms)]
        if receipt.count and receipt.coins:
            counted.insert(0, trn("%Ln coin(s)", receipt.coins * receipt.count))
        if receipt.count and (receipt.gift or receipt.gift_id):
            name = words.gift_name(receipt.gift, receipt.gift_id)
            counted.insert(0, f"{name} ×{number(receipt.count)}")
        self.body.addWidget(_line("check", "ok", " · ".join(counted)))
        self._add_rules(receipt)
        if receipt.interrupted:
            text = tr("The program stopped in the middle of this. It is not done again.")
            self.body.addWidget(_line("warn", "warn", text))
        if receipt.deliveries:
            self.body.addWidget(_over(tr("DEVICES")))
            self.body.addWidget(_deliveries(receipt))

    def _add_rules(self, receipt: ReceiptView) -> None:
        """Show every rule: what was kept of that moment, and what the others say of it today."""
        traces = self._dry.traces if self._dry is not None else receipt.traces
        stored = {trace.rule_id for trace in receipt.traces} if self._dry is not None else None
        explained = RulesExplained(
            traces, self._rules, self._speaker, stored, again=not self._why_not
        )
        explained.opened.connect(self.opened)
        explained.again_asked.connect(self._on_again_one)
        explained.rule_asked.connect(self.rule_asked)
        self.explained = explained
        self.body.addWidget(explained)


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
        for part in delivery.parts:
            layout.addWidget(_part(part))
    return Card(layout, "inset")


def _part(part: PartView) -> QWidget:
    """How one output of a group or scene ended, a little to the right."""
    symbol, ink = _STAGE_LOOK.get(part.stage, ("minus", "text2"))
    text = f"{part.device}: {words.stage(part.stage)}"
    if part.drop:
        text = f"{text}: {words.told(part, part.drop)}"
    return holder(row(_line(symbol, ink, text), pad=(26, 0, 0, 0)))


def _command(delivery: DeliveryView) -> str:
    done = done_words(delivery.instruction, delivery.args)
    who = outlet_name(delivery.device) or delivery.device
    return f"{who} · {done}" if done else who


def _delivery(delivery: DeliveryView) -> QWidget:
    symbol, ink = _STAGE_LOOK.get(delivery.stage, ("minus", "text2"))
    text = words.stage(delivery.stage)
    if delivery.drop:
        text = f"{text}: {words.told(delivery, delivery.drop)}"
    for name, asked, allowed in delivery.limited:
        cut = tr(
            "{name} limited from {asked} to {allowed}",
            name=name,
            asked=number(asked, 1),
            allowed=number(allowed, 1),
        )
        text = f"{text} · {cut}"
    return _line(symbol, ink, text, tr("{n} ms", n=number(delivery.ms, 1)))
