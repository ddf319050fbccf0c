"""The sheet of Wi-Fi devices: our own broker, who is connected, who was refused, who may log in.

Rule: nothing opens to the network before somebody said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from app.gateway.messages import AddLogin, DropLogin, Reply, SetBroker
from app.gui import words
from app.gui.devices import broker_words
from app.gui.devices.broker_login import CopyLine
from app.gui.dialogs import NameDialog, Question, SideSheet
from app.gui.text import clock_short, tr, trn
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, Tile, column, hairline, holder, row
from app.gui.widgets.controls import Segments, Switch
from app.gui.widgets.fields import NumberBox
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from app.gateway.views import BrokerAccountView, BrokerClientView, BrokerRefusalView, BrokerView
    from app.gui.page import Desk

_SHOWN_REFUSALS: Final = 8
_USUAL_PORT: Final = 1883
_BESIDE_PX, _ALONE_PX = 140, 300


class BrokerSheet(SideSheet):
    """`login_asked` carries a device's id, or "" and the account of a program."""

    login_asked = Signal(str, str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("Wi-Fi devices"))
        self.setObjectName("broker")
        self.desk = desk
        self._shown: BrokerView | None = None
        self.switch = Switch(N_("Giftwire's own broker"))
        self.switch.toggled.connect(self._on_switch)
        self.state = Label(kind="small", wrap=True)
        self.reach = Segments(
            (("home", N_("My home network")), ("computer", N_("This computer only"))),
            N_("Who can log in"),
        )
        self.reach.chosen.connect(self._on_reach)
        self.reach_words = Label(kind="small", wrap=True)
        self.reach_words.setMinimumWidth(theme.px(_ALONE_PX))
        self.port = NumberBox(N_("Port"), 1, 65_535, _USUAL_PORT)
        self.port.setFixedWidth(theme.px(110))
        self.port.editingFinished.connect(self._on_port)
        self.let_in = Button(N_("Let another program in…"), "", "plus")
        self.let_in.clicked.connect(self._on_let_in)
        self.body.addWidget(
            Label(
                N_(
                    "Tasmota, Shelly, WLED, ESPHome and Zigbee2MQTT talk to Giftwire through a "
                    "broker. Giftwire has one of its own: nothing to install."
                ),
                "small",
                wrap=True,
            )
        )
        self.body.addWidget(self._own_card())
        self._lists = column(gap=12)
        self.body.addLayout(self._lists)
        self.body.addWidget(holder(row(self.let_in, None)))
        self.body.addStretch(1)
        for signal in (desk.bridge.broker_changed, desk.bridge.link_changed):
            signal.connect(self._on_news)

    def _own_card(self) -> Card:
        title = Label(N_("Giftwire's own broker"), "strong")
        head = row(Tile("broker", "do", 40, 22), column(title, self.state, gap=0), self.switch,
                   gap=12)  # fmt: skip
        head.setStretch(1, 1)
        self._addresses = column(gap=0)
        port = row(Label(N_("Port"), "small"), self.port, None, gap=12)
        self._more = holder(
            column(
                Label(N_("Who can log in"), "small_strong"),
                row(self.reach, None),
                self.reach_words,
                self._addresses,
                port,
                gap=8,
            )
        )
        return Card(column(head, self._more, gap=12, pad=16))

    def open_it(self) -> None:
        """Open and show what is so now."""
        self._shown = None
        self.present()
        self._show()

    def retranslate(self) -> None:
        """Word it again after a language change."""
        self._shown = None
        if self.isVisible():
            self._show()

    # ------------------------------------------------------------ what is shown

    def _on_news(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        state = self.desk.bridge.state
        broker = state.broker
        text, tone = broker_words.state_of(broker)
        self.state.show_text(text)
        self.state.tone(tone)
        self.switch.show_state(on=broker.on)
        for part in (self.switch, self.reach, self.port, self.let_in):
            part.setEnabled(state.connected)
        self._more.setVisible(broker.on)
        if broker == self._shown:
            return
        self._shown = broker
        self.reach.choose(broker.reach)
        if not self.port.hasFocus():
            self.port.setValue(broker.port or _USUAL_PORT)
        home = broker.reach == "home"
        self.reach_words.show_text(
            tr("Devices at home can log in, each with its own password.")
            if home
            else tr("Only programs on this computer can log in. Devices on Wi-Fi cannot.")
        )
        self._show_addresses(broker)
        self._show_lists(broker)
        self.settle()

    def _show_addresses(self, broker: BrokerView) -> None:
        _empty(self._addresses)
        if broker.reach != "home":
            self._addresses.addWidget(self._copy(tr("Address"), "127.0.0.1"))
        for place, address in enumerate(broker.addresses):
            word = tr("Address for devices") if place == 0 else tr("or")
            self._addresses.addWidget(self._copy(word, address))
        if broker.reach == "home" and not broker.addresses:
            none = Label(N_("This computer is in no network now."), "small", tone="warn", wrap=True)
            self._addresses.addWidget(none)

    def _copy(self, word: str, text: str) -> CopyLine:
        line = CopyLine(word, text)
        line.copied.connect(self._on_copied)
        return line

    def _show_lists(self, broker: BrokerView) -> None:
        _empty(self._lists)
        if broker.on:
            self._section(N_("CONNECTED NOW"), [self._client(one) for one in broker.clients],
                          N_("Nobody yet."))  # fmt: skip
            newest = broker.refusals[::-1][:_SHOWN_REFUSALS]
            if newest:
                self._section(N_("REFUSED"), [_refused(one) for one in newest])
        accounts = [self._account(one) for one in broker.accounts]
        nobody = N_("Every device you add with Giftwire's own broker gets a login here.")
        self._section(N_("WHO MAY LOG IN"), accounts, nobody)

    def _section(self, title: str, lines: list[QWidget], nobody: str = "") -> None:
        self._lists.addWidget(Label(title, "over"))
        inner = column(gap=0, pad=(16, 6, 12, 6))
        for place, line in enumerate(lines):
            if place:
                inner.addWidget(hairline())
            inner.addWidget(line)
        if not lines:
            inner.addWidget(Label(nobody, "small", wrap=True))
            inner.setContentsMargins(16, 12, 16, 12)
        self._lists.addWidget(Card(inner))

    def _client(self, one: BrokerClientView) -> QWidget:
        name = broker_words.name_of(one.account, self.desk.bridge.state)
        told = tr(
            "{address} · since {time} · {heard} messages from it, {sent} to it",
            address=one.address,
            time=clock_short(one.since_ms),
            heard=one.heard,
            sent=one.sent,
        )
        return _line(name, told)

    def _account(self, one: BrokerAccountView) -> QWidget:
        state = self.desk.bridge.state
        here = any(client.account == one.name for client in state.broker.clients)
        told = tr("connected") if here else tr("not connected")
        if one.kind == "program":
            told = tr("{told} · may do everything", told=told)
        elif len(one.devices) > 1:
            devices = trn("%Ln device(s) behind it", len(one.devices))
            told = f"{told} · {devices}"
        how = Button(N_("How it logs in"), "link", "lock")
        how.setProperty("device", one.devices[0] if one.devices else "")
        how.setProperty("account", one.name)
        how.clicked.connect(self._on_how)
        parts: list[Button] = [how]
        if one.kind == "program":
            drop = Button(N_("Remove"), "icon", "trash")
            drop.setProperty("account", one.name)
            drop.setAccessibleName(tr("Remove {what}", what=one.name))
            drop.clicked.connect(self._on_drop)
            parts.append(drop)
        return _line(broker_words.name_of(one.name, state), told, *parts)

    # ------------------------------------------------------------ what people do

    def _on_switch(self, on: bool) -> None:
        if not on and self.desk.bridge.state.broker.clients:
            question = Question(
                self.window(),
                tr("Switch the broker off?"),
                tr("Devices that log in at it are stopped and cannot be reached until it is on."),
                tr("Switch off"),
                tr("Keep it on"),
            )
            question.accepted.connect(self._switch_off)
            question.rejected.connect(self._keep)
            question.open()
            return
        self._ask(SetBroker(on=on))

    def _switch_off(self) -> None:
        self._ask(SetBroker(on=False))

    def _keep(self) -> None:
        self.switch.show_state(on=self.desk.bridge.state.broker.on)

    def _on_reach(self, key: str) -> None:
        self._ask(SetBroker.model_validate({"reach": key}))

    def _on_port(self) -> None:
        if self.port.value() != self.desk.bridge.state.broker.port:
            self._ask(SetBroker(port=self.port.value()))

    def _ask(self, request: SetBroker) -> None:
        self.desk.bridge.ask(request, self._on_set)

    def _on_set(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))
            self._shown = None
            self._show()

    def _on_let_in(self) -> None:
        title = tr("Let another program in")
        dialog = NameDialog(self.window(), title, "Home Assistant", tr("Let it in"))
        dialog.named.connect(self._on_named)
        dialog.open()

    def _on_named(self, name: str) -> None:
        self.desk.bridge.ask(AddLogin(name=name), self._on_added)

    def _on_added(self, reply: Reply) -> None:
        if reply.login is None:
            self.desk.tell(words.failure(reply.code, reply.values))
            return
        self.login_asked.emit("", reply.login.account)

    def _on_how(self) -> None:
        asked = self.sender()
        self.login_asked.emit(str(asked.property("device")), str(asked.property("account")))

    def _on_drop(self) -> None:
        name = str(self.sender().property("account"))
        question = Question(
            self.window(),
            tr("Remove the login of {name}?", name=name),
            tr("It is cut off at once and cannot log in any more."),
            tr("Remove"),
            tr("Keep it"),
        )
        question.setProperty("account", name)
        question.accepted.connect(self._on_dropped)
        question.open()

    def _on_dropped(self) -> None:
        name = str(self.sender().property("account"))
        self.desk.bridge.ask(DropLogin(account=name))

    def _on_copied(self, word: str) -> None:
        self.desk.tell(tr("{what} is copied.", what=word))


def _line(name: str, told: str, *parts: QWidget) -> QWidget:
    title, text = Label(kind="strong", wrap=True), Label(kind="small", wrap=True)
    title.show_text(name)
    text.show_text(told)
    for label in (title, text):
        # Else the sheet is as high as if its words stood one below the other.
        label.setMinimumWidth(theme.px(_BESIDE_PX if parts else _ALONE_PX))
    layout = row(column(title, text, gap=0), *parts, gap=8, pad=(0, 6, 0, 6))
    layout.setStretch(0, 1)
    return holder(layout)


def _refused(one: BrokerRefusalView) -> QWidget:
    what, cure = broker_words.refusal(one)
    title = tr("{time} · {address}: {what}", time=clock_short(one.at_ms), address=one.address,
               what=what)  # fmt: skip
    return _line(title, cure)


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
