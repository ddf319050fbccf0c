"""What may run together, and what one power supply gives. Rule: sent whole, when it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gateway.messages import Reply, SetTogether
from app.gateway.views import InterlockView, OutputRef, WattsView
from app.gui import words
from app.gui.devices.fields import Finds
from app.gui.devices.form import SettingsForm
from app.gui.devices.outputs import OutputCombo, output_name, outputs_of, ref_name
from app.gui.dialogs import SideSheet
from app.gui.rule_editor.specs import FieldSpec
from app.gui.text import number, tr
from app.gui.widgets.basic import Button, Card, Label, Tile, column, holder, row
from app.gui.widgets.flow import Flow
from app.gui.widgets.spark import Bar
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gui.models.state import State
    from app.gui.page import Desk

_MOST_W: Final = 100_000
_MOST_LOCKS: Final = 200
_SUPPLY: Final = (
    FieldSpec(
        "power_w", "number", N_("The power supply gives"),
        N_("As printed on it. What does not fit waits. Empty: no shared supply."),
        unit="W", low=0, high=_MOST_W, low_open=True, nullable=True,
    ),
)  # fmt: skip
_DRAW: Final = (
    FieldSpec("watts", "number", N_("Power"), unit="W", low=0, high=_MOST_W, nullable=True),
)


class TogetherCard(Card):
    """In brief what must not run together, and how much of the supply is used now."""

    edit_asked = Signal()

    def __init__(self) -> None:
        self.locks = Label(kind="small", wrap=True)
        self.power = Label(kind="small", wrap=True)
        self.bar = Bar()
        self.edit = Button(N_("Change…"), "", "pencil")
        title = Label(N_("What may run together"), "heading")
        head = row(Tile("plug", "limit", 40, 22), title, self.edit, gap=12)
        head.setStretch(1, 1)
        layout = column(head, self.locks, self.power, self.bar, gap=10, pad=16)
        super().__init__(layout)
        self.edit.clicked.connect(self.edit_asked)

    def show_state(self, state: State) -> None:
        """Show what holds now."""
        together = state.together
        pairs = [
            tr("{one} never with {other}", one=ref_name(state, lock.one),
               other=ref_name(state, lock.other))
            for lock in together.interlocks
        ]  # fmt: skip
        nothing = tr("Everything may run at the same time.")
        self.locks.show_text(" · ".join(pairs) or nothing)
        power_w = together.power_w
        self.power.setVisible(power_w is not None)
        self.bar.setVisible(power_w is not None)
        if power_w is not None:
            used = tr("Power: {used} of {all} W", used=number(together.used_w, 1),
                      all=number(power_w, 1))  # fmt: skip
            self.power.show_text(used)
            self.bar.show_share(together.used_w / power_w)
            self.bar.setAccessibleName(used)


class LockLine(QWidget):
    """Two outputs that never run together."""

    gone = Signal(object)

    def __init__(self, state: State, lock: InterlockView | None) -> None:
        super().__init__()
        self.one = OutputCombo(N_("One output"), state)
        self.other = OutputCombo(N_("The other output"), state)
        self.remove = Button(N_("Remove"), "icon", "trash")
        if lock is not None:
            self.one.choose(lock.one)
            self.other.choose(lock.other)
        elif self.other.count() > 1:
            self.other.setCurrentIndex(1)
        between = Label(N_("never with"), "small")
        last = row(between, self.other, self.remove, gap=8)
        last.setStretch(1, 1)
        inner = column(self.one, last, gap=6, pad=(12, 10, 4, 10))
        self.setLayout(column(Card(inner, "inset")))
        self.remove.clicked.connect(self._on_remove)

    def read(self) -> InterlockView | None:
        """Return the pair; None if it is one output twice."""
        one, other = self.one.ref(), self.other.ref()
        if one is None or other is None or one == other:
            return None
        return InterlockView(one=one, other=other)

    def _on_remove(self) -> None:
        self.gone.emit(self)


class TogetherSheet(SideSheet):
    """Pairs that never run together, the supply, and what each output draws from it."""

    done = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("What may run together"))
        self.setObjectName("together")
        self.desk = desk
        self.lines: list[LockLine] = []
        self.draws: dict[OutputRef, SettingsForm] = {}
        self.supply = SettingsForm(_SUPPLY, Finds(self))
        self.add = Button(N_("Add a pair"), "link", "plus")
        self.save = Button(N_("Save"), "primary", "check")
        self.problem = Label(kind="small", tone="danger", wrap=True)
        self.problem.hide()
        self._locks, self._draws = column(gap=8), Flow(gap=14)
        self._drawing = holder(self._draws)
        about = Label(N_("Whoever comes second waits."), "caption", wrap=True)
        for part in (
            Label(N_("NEVER TOGETHER"), "over"), about, holder(self._locks),
            holder(row(self.add, None)), Label(N_("POWER"), "over"), self.supply, self._drawing,
            self.problem,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.foot.addWidget(holder(row(None, self.save, pad=(16, 8, 24, 16))))
        self.add.clicked.connect(self._on_add)
        self.supply.changed.connect(self._show_drawing)
        self.save.clicked.connect(self._on_save)

    def open_it(self) -> None:
        """Open with what holds now."""
        self._clear_lines()
        state = self.desk.bridge.state
        for lock in state.together.interlocks:
            self._put(lock)
        self.supply.show_values({"power_w": state.together.power_w})
        known = {_ref(one): one.watts for one in state.together.watts}
        for device, output in outputs_of(state):
            ref = OutputRef(device_id=device.id, capability=output.id)
            form = self.draws[ref] = SettingsForm(_DRAW, Finds(self), compact=True)
            form.show_values({"watts": known.get(ref)})
            form.lines["watts"].call_it(output_name(device, output))
            self._draws.addWidget(form)
            form.show()
        self._say("")
        self._show_drawing()
        self.present()
        self.settle()

    def retranslate(self) -> None:
        """Word it again after a language change: it begins anew."""
        if self.isVisible():
            self.open_it()

    def _clear_lines(self) -> None:
        for part in (*self.lines, *self.draws.values()):
            part.hide()
            part.deleteLater()
        self.lines, self.draws = [], {}

    def _put(self, lock: InterlockView | None) -> None:
        line = LockLine(self.desk.bridge.state, lock)
        line.gone.connect(self._on_gone)
        self.lines.append(line)
        self._locks.addWidget(line)
        line.show()
        self.add.setEnabled(len(self.lines) < _MOST_LOCKS)

    def _show_drawing(self) -> None:
        self._drawing.setVisible(self.supply.values().get("power_w") is not None)

    def _on_add(self) -> None:
        self._put(None)
        self.lines[-1].one.setFocus()

    def _on_gone(self, line: object) -> None:
        if isinstance(line, LockLine):
            self.lines.remove(line)
            self._locks.removeWidget(line)
            line.hide()
            line.deleteLater()
            self.add.setEnabled(True)
            self.add.setFocus()

    def _on_save(self) -> None:
        locks = [line.read() for line in self.lines]
        fitting = tuple(lock for lock in locks if lock is not None)
        if len(fitting) < len(locks):
            self._say(tr("Choose two different outputs."))
            return
        fits = [form.check() for form in (self.supply, *self.draws.values())]
        if not all(fits):
            return
        watts = tuple(
            WattsView(device_id=ref.device_id, capability=ref.capability, watts=value)
            for ref, form in self.draws.items()
            if (value := form.values().get("watts")) is not None
        )
        self._say("")
        self.save.setEnabled(False)
        power_w = self.supply.values().get("power_w")
        request = SetTogether(interlocks=fitting, power_w=power_w, watts=watts)
        self.desk.bridge.ask(request, self._on_saved)

    def _on_saved(self, reply: Reply) -> None:
        self.save.setEnabled(True)
        if not reply.ok:
            self._say(words.failure(reply.code, reply.values))
            return
        self.dismiss()
        self.done.emit(tr("Saved."))

    def _say(self, text: str) -> None:
        self.problem.show_text(text)
        self.problem.setVisible(bool(text))


def _ref(draw: WattsView) -> OutputRef:
    return OutputRef(device_id=draw.device_id, capability=draw.capability)
