"""The sheet that says how something logs in at our broker, and waits until it has.

Rule: the words and their order are those of the device's own menu; each text can be copied.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.gateway.messages import GetLogin, Reply, SetBroker
from app.gui import words
from app.gui.devices import broker_words
from app.gui.dialogs import SideSheet
from app.gui.text import tr
from app.gui.theme import theme
from app.gui.widgets.basic import Button, Card, Label, column, hairline, holder, row
from app.gui.widgets.flow import settle
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import LoginLine, LoginView
    from app.gui.page import Desk

_WORD_PX: Final = 150


class CopyLine(QWidget):
    """A word, what belongs there, and a button that copies it."""

    copied = Signal(str)

    def __init__(self, word: str, text: str) -> None:
        super().__init__()
        self.text = text
        self.word = Label(kind="small")
        self.word.show_text(word)
        self.word.setFixedWidth(theme.px(_WORD_PX))
        self.value = Label(kind="strong", wrap=True)
        self.value.show_text(text)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button(N_("Copy"), "icon", "copy")
        self.copy.setAccessibleName(tr("Copy {what}", what=word))
        line = row(self.word, self.value, self.copy, gap=8, pad=(0, 2, 0, 2))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.copy.clicked.connect(self._on_copy)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copied.emit(self.word.words())


def _words() -> Label:
    return Label(kind="small", wrap=True)


class LoginSheet(SideSheet):
    """First the broker itself, if it is off; then what to enter; below it what is going on."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("Connect it"))
        self.setObjectName("broker_login")
        self.desk = desk
        self.lines: list[CopyLine] = []
        self.login: LoginView | None = None
        self._device_id = self._account = ""
        self._since_ms = 0
        self._was: tuple[bool, str, int] = (False, "", 0)
        self.home = Button(N_("Switch it on for my home network"), "primary", "home")
        self.here = Button(N_("For this computer only"), "", "lock")
        self.home.clicked.connect(self._on_home)
        self.here.clicked.connect(self._on_here)
        self.asking_title, self.asking_text = Label(kind="strong", wrap=True), _words()
        buttons = column(row(self.home, None), row(self.here, None), gap=8)
        asking = column(self.asking_title, self.asking_text, 4, buttons, gap=6, pad=16)
        self.asking = Card(asking, "inset")
        self.where = Label(kind="", wrap=True)
        self._lines = column(gap=0, pad=(16, 6, 8, 6))
        self.more, self.after, self.progress = Label(kind="caption", wrap=True), _words(), _words()
        parts = column(self.where, Card(self._lines), self.more, self.after, gap=12)
        self._shown = holder(parts)
        self.body.addWidget(self.asking)
        self.body.addWidget(self._shown)
        self.body.addStretch(1)
        self.fresh = Button(N_("New password"), "", "refresh")
        self.fresh.clicked.connect(self._on_fresh)
        self.ready = Button(N_("Done"), "primary", "check")
        self.ready.clicked.connect(self.dismiss)
        # In sight however long the list is.
        self.news = Card(column(self.progress, pad=(16, 10, 16, 10)), "inset")
        ends = row(self.fresh, None, self.ready, gap=8)
        self.foot.addWidget(holder(column(self.news, ends, gap=12, pad=(24, 8, 24, 16))))
        bridge = desk.bridge
        for signal in (bridge.broker_changed, bridge.devices_changed, bridge.link_changed):
            signal.connect(self._on_news)

    # ------------------------------------------------------------ opening

    def open_device(self, device_id: str) -> None:
        """Say how a device logs in; nothing to do if it is here already."""
        self._open(device_id, "")

    def open_program(self, account: str) -> None:
        """Say how another program logs in."""
        self._open("", account)

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if self.isVisible():
            self._show()

    def _open(self, device_id: str, account: str) -> None:
        self._device_id, self._account, self.login = device_id, account, None
        self._since_ms = round(time.time() * 1000)
        self._show()
        self.present()
        self._ask()

    def _ask(self, *, fresh: bool = False) -> None:
        request = GetLogin(device_id=self._device_id, account=self._account, fresh=fresh)
        self.desk.bridge.ask(request, self.take)

    def take(self, reply: Reply) -> None:
        """Show how it logs in."""
        if reply.login is None:
            self.desk.tell(words.failure(reply.code, reply.values))
            return
        self.login, self._account = reply.login, reply.login.account
        self._show()

    # ------------------------------------------------------------ what is shown

    def _show(self) -> None:
        broker = self.desk.bridge.state.broker
        self._was = (broker.on, broker.reach, broker.port)
        device = self.desk.bridge.state.devices.get(self._device_id)
        name = device.name if device is not None else self._account
        self.title.show_text(tr("Connect {name}", name=name))
        self._show_asking(on=broker.on, reach=broker.reach)
        known = broker.on and self.login is not None
        self.fresh.setVisible(known)
        self._shown.setVisible(known)
        self.news.setVisible(known)
        if known and self.login is not None:
            self._show_login(self.login, broker.addresses[1:])
        self._show_progress()
        self.settle()

    def _show_asking(self, *, on: bool, reach: str) -> None:
        """Ask plainly for what the broker needs before anything can log in."""
        self.asking.setVisible(not on or reach == "computer")
        self.here.setVisible(not on)
        if on:
            self.home.show_source(N_("Open it to my home network"))
            self.asking_title.show_text(tr("Only this computer can reach the broker"))
            self.asking_text.show_text(
                tr(
                    "A device on Wi-Fi cannot. Open it to your home network; every login still "
                    "needs its own password."
                )
            )
            return
        self.home.show_source(N_("Switch it on for my home network"))
        self.asking_title.show_text(tr("Switch Giftwire's own broker on?"))
        self.asking_text.show_text(
            tr(
                "Devices on Wi-Fi then log in at this computer, each with its own password. "
                "Nobody else gets in. If the system asks, allow it for private networks."
            )
        )

    def _show_login(self, login: LoginView, others: tuple[str, ...]) -> None:
        self.where.show_text(tr(login.where))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = []
        for place, line in enumerate(login.lines):
            if place:
                self._lines.addWidget(hairline())
            self._lines.addWidget(self._line(login, line))
        self.more.show_text(
            tr(
                "This computer has other addresses too: {addresses}. Take the one that begins "
                "like the device's own.",
                addresses=", ".join(others),
            )
        )
        self.more.setVisible(bool(others))
        self.after.show_text(tr(login.after))

    def _line(self, login: LoginView, line: LoginLine) -> CopyLine:
        shown = CopyLine(line.word if login.quoted else tr(line.word), line.text)
        shown.copied.connect(self._on_copied)
        self.lines.append(shown)
        return shown

    def _show_progress(self) -> None:
        state = self.desk.bridge.state
        text, tone = broker_words.progress(self._device_id, self._account, self._since_ms, state)
        self.progress.show_text(text)
        self.progress.tone(tone)
        self.ready.show_kind("primary" if tone == "ok" else "")
        # A second line of words has its room at once.
        settle(self)

    # ------------------------------------------------------------ what people do

    def _on_news(self) -> None:
        if not self.isVisible():
            return
        broker = self.desk.bridge.state.broker
        if (broker.on, broker.reach, broker.port) != self._was:
            # Where to log in is another place now.
            self.login = None
            self._show()
            self._ask()
        self._show_progress()

    def _on_home(self) -> None:
        self.desk.bridge.ask(SetBroker(on=True, reach="home"), self._on_set)

    def _on_here(self) -> None:
        self.desk.bridge.ask(SetBroker(on=True, reach="computer"), self._on_set)

    def _on_set(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))

    def _on_fresh(self) -> None:
        self._since_ms = round(time.time() * 1000)
        self._ask(fresh=True)

    def _on_copied(self, word: str) -> None:
        self.desk.tell(tr("{what} is copied.", what=word))
