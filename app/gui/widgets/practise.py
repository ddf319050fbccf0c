"""Pretend gifts, sent through the whole line. Rule: they are marked and never counted as real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from app.gateway.messages import Fire
from app.gui.text import tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.controls import Switch
from app.gui.widgets.fields import ComboBox, NumberBox
from app.gui.words import gift_name
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

# (name, TikTok's gift id, coins): what the starter rules answer to, and one they do not.
GIFTS: Final = (
    ("Rose", 5655, 1),
    ("TikTok", 5269, 1),
    ("Lion", 6369, 29_999),
    ("Universe", 9072, 44_999),
    ("Doughnut", 5879, 30),
)
# The same viewer that rules are tried with; rows tell that it is practice.
_WHO: Final = "Linh"


class Practise(Card):
    """Choose a gift and how many, and send it; `fired` carries the request."""

    fired = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        self.gift = ComboBox(N_("Gift"))
        self.count = NumberBox(N_("How many"), 1, 999, 1)
        self.combo = Switch(N_("As a combo"))
        self.send = Button(N_("Send"), "primary", "gift")
        self.send.setObjectName("practise_send")
        self.shut = Button(N_("Close practise"), "icon", "cross")
        head = row(Label(N_("PRACTISE"), "over"), None, self.shut, gap=4)
        choice = row(self.gift, self.count, gap=8)
        choice.setStretch(0, 1)
        self.combo_words = Label(N_("as one combo"), "small")
        order = row(self.combo, self.combo_words, None, self.send, gap=6)
        hint = Label(
            N_("Pretend gifts move your devices and are not counted."), "caption", wrap=True
        )
        super().__init__(column(head, choice, order, hint, gap=8, pad=(16, 6, 8, 12)))
        self._fill()
        self.count.setFixedWidth(theme.px(84))
        self.send.clicked.connect(self._on_send)
        self.shut.clicked.connect(self.closed)
        self.count.editingFinished.connect(self.count.clearFocus)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == event.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        chosen = max(0, self.gift.currentIndex())
        self.gift.clear()
        for name, _, coins in GIFTS:
            price = trn("%Ln coin(s)", coins)
            self.gift.addItem(tr("{gift} · {price}", gift=gift_name(name), price=price))
        self.gift.setCurrentIndex(chosen)

    def _on_send(self) -> None:
        name, gift_id, coins = GIFTS[self.gift.currentIndex()]
        self.fired.emit(
            Fire(
                gift=name,
                gift_id=gift_id,
                coins=coins,
                count=self.count.value(),
                combo=self.combo.isChecked(),
                who=_WHO,
            )
        )
