"""A scene: what several outputs do, and when. Rule: sent whole, when it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.gateway.messages import PutScene, Reply
from app.gateway.views import OutputRef, SceneView
from app.gui import words
from app.gui.devices.fields import Finds
from app.gui.devices.form import SettingsForm
from app.gui.devices.outputs import OutputCombo
from app.gui.devices.scene_steps import shown, specs_of_step, step_of
from app.gui.dialogs import SideSheet
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, Label, column, holder, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import CapabilityView, SceneStep
    from app.gui.models.state import State
    from app.gui.page import Desk

_NAME_CHARS = 60
_MOST_STEPS = 100


class StepCard(Card):
    """One step: an output, and what it is told. What is gone stays until it is taken out."""

    gone = Signal(object)

    def __init__(self, state: State, step: SceneStep | None) -> None:
        self._state = state
        self.step = step
        self.form: SettingsForm | None = None
        self.number = Label(kind="small_strong")
        self.remove = Button(N_("Remove"), "icon", "trash")
        self.combo = OutputCombo(N_("Device"), state)
        if step is not None:
            self.combo.choose(ref_of(step))
        self._place = column(gap=0)
        head = row(self.number, self.combo, self.remove, gap=8)
        head.setStretch(1, 1)
        super().__init__(column(head, self._place, gap=8, pad=(12, 6, 8, 12)), "inset")
        self.combo.activated.connect(self._on_output)
        self.remove.clicked.connect(self._on_remove)
        self._show_form(shown(step) if step is not None else {})

    def name(self, number: int) -> None:
        """Say which step it is."""
        self.number.show_text(f"{number}.")
        words_ = tr("Step {n}", n=number)
        self.setAccessibleName(words_)
        self.remove.setAccessibleName(tr("Remove {what}", what=words_))

    def read(self) -> SceneStep | None:
        """Return the step; None if something does not fit: it is shown where."""
        ref, output = self.combo.ref(), self._output()
        if ref is not None and output is None:
            # The device is not there: what it is told is kept as it was.
            return self.step
        if ref is None or output is None or self.form is None or not self.form.check():
            return None
        return step_of(ref, output, self.form.values())

    def _output(self) -> CapabilityView | None:
        ref = self.combo.ref()
        device = self._state.devices.get(ref.device_id) if ref is not None else None
        if device is None or ref is None:
            return None
        return next((one for one in device.capabilities if one.id == ref.capability), None)

    def _on_output(self) -> None:
        before = self.form.values() if self.form is not None else {}
        self._show_form(
            {name: before[name] for name in ("after_s", "duration_s") if name in before}
        )

    def _show_form(self, raw: dict[str, object]) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        output = self._output()
        if output is not None:
            self.form = SettingsForm(specs_of_step(output), Finds(self), compact=True)
            self.form.show_values(raw)
            self._place.addWidget(self.form)
            self.form.show()

    def _on_remove(self) -> None:
        self.gone.emit(self)


class SceneSheet(SideSheet):
    """Name and steps of a scene. `done` tells a sentence when it was saved."""

    done = Signal(str)

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, N_("New scene"))
        self.setObjectName("scene")
        self.desk = desk
        self.scene_id = ""
        self.cards: list[StepCard] = []
        self.name = QLineEdit()
        self.name.setMaxLength(_NAME_CHARS)
        self.name.setAccessibleName(tr("Name"))
        self.problem = Label(kind="small", tone="danger", wrap=True)
        self.add = Button(N_("Add a step"), "link", "plus")
        self.save = Button(N_("Save"), "primary", "check")
        about = Label(
            N_("Rules start it like a device. It ends by itself, and STOP ends it at once."),
            "caption",
            wrap=True,
        )
        self._list = column(gap=8)
        titled = column(Label(N_("Name"), "small_strong"), self.name, gap=3)
        for part in (about, holder(titled), Label(N_("STEPS"), "over")):
            self.body.addWidget(part)
        self.body.addWidget(holder(self._list))
        self.body.addWidget(holder(row(self.add, None)))
        self.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.foot.addWidget(holder(row(None, self.save, pad=(16, 8, 24, 16))))
        self.add.clicked.connect(self._on_add)
        self.save.clicked.connect(self._on_save)

    def open_scene(self, scene: SceneView | None = None) -> None:
        """Open a scene, or a new one with a first step."""
        self.scene_id = scene.id if scene is not None else ""
        self.title.show_text(tr("Scene") if scene is not None else tr("New scene"))
        self.name.setText(scene.name if scene is not None else "")
        self.name.setAccessibleName(tr("Name"))
        self._say("")
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for step in scene.steps if scene is not None else (None,):
            self._put(step)
        self._name()
        self.present()
        self.settle()
        self.name.setFocus()

    def retranslate(self) -> None:
        """Word it again after a language change."""
        self.title.show_text(tr("Scene") if self.scene_id else tr("New scene"))
        self._name()

    def _put(self, step: SceneStep | None) -> None:
        card = StepCard(self.desk.bridge.state, step)
        card.gone.connect(self._on_gone)
        self.cards.append(card)
        self._list.addWidget(card)
        card.show()

    def _name(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.name(number)
        self.add.setEnabled(len(self.cards) < _MOST_STEPS)

    def _on_add(self) -> None:
        self._put(None)
        self._name()
        self.settle()
        self.cards[-1].combo.setFocus()

    def _on_gone(self, card: object) -> None:
        if isinstance(card, StepCard):
            self.cards.remove(card)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._name()
            self.add.setFocus()

    def _on_save(self) -> None:
        name = self.name.text().strip()
        steps = [card.read() for card in self.cards]
        fitting = tuple(step for step in steps if step is not None)
        if not name:
            self.name.setFocus()
            self._say(tr("Give it a name."))
        elif not fitting:
            self._say(tr("Add a step first."))
        elif len(fitting) == len(steps):
            self._say("")
            scene = SceneView(id=self.scene_id, name=name, steps=fitting)
            self.save.setEnabled(False)
            self.desk.bridge.ask(PutScene(scene=scene), self._on_saved)

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


def ref_of(step: SceneStep) -> OutputRef:
    """Return the output that a step tells something."""
    return OutputRef(device_id=step.device_id, capability=step.capability)
