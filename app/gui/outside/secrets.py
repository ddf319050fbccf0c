"""Secrets of web requests: which names rules use, and whether each is kept.

Rule: a secret goes in and never comes out; only whether there is one is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from app.gateway.messages import GetUses, Reply, SetSecret
from app.gui import words
from app.gui.counts.panel import Entry
from app.gui.outside.controls import SecretControl
from app.gui.outside.line import SettingLine
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.gateway.views import UsesResult
    from app.gui.page import Desk


class SecretList(QWidget):
    """One line for each name, and one to add another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.lines: dict[str, SettingLine] = {}
        self.controls: dict[str, SecretControl] = {}
        self.none = Label(
            N_("Rules that send web requests can name a secret, such as the key of a service."),
            "small",
            wrap=True,
        )
        self.name = Entry(N_("Name of the secret"), N_("Name, as the rule says it"), 200)
        self.name.setMaxLength(60)
        self.value = Entry(N_("The secret"), N_("The secret itself"), 240)
        self.value.setEchoMode(QLineEdit.EchoMode.Password)
        self.value.setMaxLength(1000)
        self.add = Button(N_("Keep"), "", "plus")
        self._list = column(gap=0)
        adding = row(self.name, self.value, self.add, None, gap=8, pad=(0, 10, 0, 10))
        inner = column(self.none, self._list, adding, gap=0, pad=(16, 8, 16, 2))
        page = column(Label(N_("SECRETS OF WEB REQUESTS"), "over"), Card(inner), gap=10)
        self.setLayout(page)
        self.add.clicked.connect(self._on_add)
        self.name.returnPressed.connect(self._on_add)
        self.value.returnPressed.connect(self._on_add)
        desk.bridge.revision_changed.connect(self.ask)
        desk.bridge.link_changed.connect(self.ask)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask()

    def retranslate(self) -> None:
        """Follow the language."""
        for control in self.controls.values():
            control.retranslate()
        self.name.retranslate()
        self.value.retranslate()
        self.ask()

    def ask(self) -> None:
        """Ask which names there are, while anybody looks."""
        connected = self.desk.bridge.state.connected
        self.add.setEnabled(connected)
        if self.isVisible() and connected:
            self.desk.bridge.ask(GetUses(), self._on_uses)

    def _on_uses(self, reply: Reply) -> None:
        if reply.uses is not None:
            self._show(reply.uses)

    def _show(self, uses: UsesResult) -> None:
        wanted = sorted({*uses.secrets, *uses.kept}, key=str.casefold)
        self.none.setVisible(not wanted)
        if list(self.lines) != wanted:
            self._rebuild(wanted)
        names = {rule.id: rule.name for rule in self.desk.bridge.state.rules}
        for name, line in self.lines.items():
            rules = ", ".join(names.get(one) or one for one in uses.secrets.get(name, ()))
            used = tr("Used by {rules}", rules=rules) if rules else tr("No rule uses it")
            line.words.show_text(used)
            self.controls[name].show_value("set" if name in uses.kept else "")

    def _rebuild(self, wanted: list[str]) -> None:
        for line in self.lines.values():
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines, self.controls = {}, {}
        for name in wanted:
            # The name is the user's own word: it is in no catalogue, and stays as it is.
            control = SecretControl(name)
            control.setProperty("name", name)
            control.taken.connect(self._on_taken)
            line = SettingLine("at", "", "", control)
            line.title.show_text(name)
            self._list.addWidget(line)
            self.lines[name], self.controls[name] = line, control

    def _on_taken(self, value: object) -> None:
        self._put(str(self.sender().property("name")), str(value))

    def _on_add(self) -> None:
        name, value = self.name.text().strip(), self.value.text().strip()
        if not name or not value:
            (self.value if name else self.name).setFocus()
            return
        self.name.clear()
        self.value.clear()
        self._put(name, value)

    def _put(self, name: str, value: str) -> None:
        self.desk.bridge.ask(SetSecret(name=name, value=value), self._on_put)

    def _on_put(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))
        self.ask()
