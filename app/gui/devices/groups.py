"""A group: outputs of one kind that are told the same. Rule: each keeps its own limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.gateway.messages import PutGroup, Reply
from app.gateway.views import GroupView, OutputRef
from app.gui import words
from app.gui.devices.outputs import output_name, outputs_of, ref_name
from app.gui.devices.wording import KINDS
from app.gui.dialogs import SideSheet
from app.gui.text import tr
from app.gui.widgets.basic import Button, Label, column, holder, row
from app.gui.widgets.controls import Switch
from app.gui.widgets.fields import ComboBox
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.page import Desk

_NAME_CHARS = 60


class MemberLine(QWidget):
    """One output with its switch: in the group or not."""

    def __init__(self, ref: OutputRef, name: str, *, on: bool) -> None:
        super().__init__()
        self.ref = ref
        self.switch = Switch(N_("In the group"))
        self.switch.setAccessibleName(name)
        self.switch.show_state(on=on)
        self.words = Label(kind="body", wrap=True)
        self.words.show_text(name)
        line = row(self.switch, self.words, gap=10)
        line.setStretch(1, 1)
        self.setLayout(line)


class GroupSheet(SideSheet):
    """Name, kind and members of a group. `done` tells a sentence when it was saved."""

    done = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("New group"))
        self.setObjectName("group")
        self.desk = desk
        self.group = GroupView(name="-")
        self.lines: list[MemberLine] = []
        self.name = QLineEdit()
        self.name.setMaxLength(_NAME_CHARS)
        self.name.setAccessibleName(tr("Name"))
        self.kind = ComboBox(N_("Kind"))
        self.problem = Label(kind="small", tone="danger", wrap=True)
        self.save = Button(N_("Save"), "primary", "check")
        about = Label(
            N_("What the group is told, all in it are told, each within its own limits."),
            "caption",
            wrap=True,
        )
        self._list = column(gap=6)
        titled = column(Label(N_("Name"), "small_strong"), self.name, gap=3)
        kinds = column(Label(N_("Kind"), "small_strong"), self.kind, gap=3)
        for part in (about, holder(titled), holder(kinds), Label(N_("IN THE GROUP"), "over")):
            self.body.addWidget(part)
        self.body.addWidget(holder(self._list))
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.foot.addWidget(holder(row(None, self.save, pad=(16, 8, 24, 16))))
        self.kind.activated.connect(self._show_members)
        self.save.clicked.connect(self._on_save)

    def open_group(self, group: GroupView | None = None) -> None:
        """Open a group, or a new one."""
        self.group = group or GroupView(name="-")
        self.name.setText(group.name if group is not None else "")
        self._say("")
        self._fill()
        self.present()
        self.settle()
        self.name.setFocus()

    def retranslate(self) -> None:
        """Word it again after a language change."""
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        self.title.show_text(tr("Group") if self.group.id else tr("New group"))
        self.name.setAccessibleName(tr("Name"))
        found = [output.kind for _, output in outputs_of(self.desk.bridge.state)]
        kinds = sorted(set(found), key=found.count, reverse=True)
        chosen = self.kind.currentData() if self.isVisible() else self._kind_of_members()
        self.kind.clear()
        for kind in kinds:
            self.kind.addItem(tr(KINDS.get(kind, kind)), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self._show_members()

    def _kind_of_members(self) -> str:
        members = set(self.group.members)
        for device, output in outputs_of(self.desk.bridge.state):
            if OutputRef(device_id=device.id, capability=output.id) in members:
                return output.kind
        return ""

    def _show_members(self) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        state = self.desk.bridge.state
        members, known = set(self.group.members), set()
        for device, output in outputs_of(state):
            ref = OutputRef(device_id=device.id, capability=output.id)
            known.add(ref)
            if output.kind == self.kind.currentData():
                self._put(MemberLine(ref, output_name(device, output), on=ref in members))
        for ref in self.group.members:
            if ref not in known:
                self._put(MemberLine(ref, ref_name(state, ref), on=True))

    def _put(self, line: MemberLine) -> None:
        self.lines.append(line)
        self._list.addWidget(line)
        line.show()

    def _on_save(self) -> None:
        name = self.name.text().strip()
        members = tuple(line.ref for line in self.lines if line.switch.isChecked())
        if not name:
            self.name.setFocus()
            self._say(tr("Give it a name."))
        elif not members:
            self._say(tr("Choose what is in the group."))
        else:
            self._say("")
            self.save.setEnabled(False)
            group = GroupView(id=self.group.id, name=name, members=members)
            self.desk.bridge.ask(PutGroup(group=group), self._on_saved)

    def _on_saved(self, reply: Reply) -> None:
        self.save.setEnabled(True)
        if not reply.ok:
            self._say(words.failure(reply.code, reply.values))
            return
        self.dismiss()
        self.done.emit(tr("{name} was saved.", name=self.name.text().strip()))

    def _say(self, text: str) -> None:
        self.problem.show_text(text)
        self.problem.setVisible(bool(text))
