"""The settings of one device, and trying them. Rule: a refusal stands at the field it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gateway.messages import Discover, Reply, TryDevice
from app.gui import words
from app.gui.devices.fields import Finds
from app.gui.devices.form import SettingsForm, form_of
from app.gui.devices.wording import HAZARDS, output_title
from app.gui.status import reason_words
from app.gui.text import fill, tr
from app.gui.widgets.basic import Button, Label, column, row
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.gateway.messages import FoundView
    from app.gateway.views import DriverView, TriedView
    from app.gui.page import Desk
    from app.gui.rule_editor.draft import Json, Raw


class SettingUp(QWidget):
    """The form of a family, with a way to try what is in it."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.finds = Finds(self)
        self.finds.look_asked.connect(self._on_look)
        self.driver: DriverView | None = None
        self.device_id = ""
        self.form: SettingsForm | None = None
        self.none = Label(N_("There is nothing to set."), "small", wrap=True)
        self.trying = Button(N_("Try it"), "", "play")
        self.answer = Label(kind="small", wrap=True)
        self.outputs = Label(kind="small", wrap=True)
        self._place = column(gap=0)
        self.setLayout(
            column(
                self._place, self.none, row(self.trying, None), self.answer, self.outputs, gap=10
            )
        )
        self.trying.clicked.connect(self._on_try)
        self._say("", "")

    def show_driver(
        self,
        driver: DriverView,
        settings: Mapping[str, Json] | None = None,
        kept: Mapping[str, bool] | None = None,
        device_id: str = "",
    ) -> None:
        """Show a family's form with these values; `device_id`: whose secrets are kept."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.driver, self.device_id = driver, device_id
        self.finds.driver = driver.key
        self.finds.broker = self.desk.bridge.state.broker
        self.form = form_of(driver.form, self.finds)
        self.form.show_values(settings or {}, kept)
        self.form.changed.connect(self._on_changed)
        self._place.addWidget(self.form)
        self.form.show()
        self.none.setVisible(not self.form.specs)
        if not self.finds.found and any(spec.kind == "found" for spec in self.form.specs):
            # So that what is set has its name, and the list is there when it is opened.
            self._on_look()
        self._say("", "")

    def show_found(self, found: tuple[FoundView, ...]) -> None:
        """Offer what was found where it fits."""
        self.finds.found = found
        if self.form is not None:
            self.form.refresh()

    def values(self) -> Raw | None:
        """Return the settings, or None if something does not fit: it is shown where."""
        if self.form is None or not self.form.check():
            return None
        return self.form.values()

    def refused(self, reply: Reply) -> None:
        """Show why settings were refused, at the field if it is one of them."""
        path = reply.values.get("field", "").split(".")
        problem = fill(reply.values.get("problem", ""), reply.values)
        if reply.code == "bad_settings" and problem:
            if self.form is None or not self.form.show_problem_at(path, problem):
                self._say(problem, "danger")
            return
        self._say(words.failure(reply.code, reply.values), "danger")

    def _on_changed(self) -> None:
        self._say("", "")
        self.changed.emit()

    def _on_look(self) -> None:
        self.desk.bridge.ask(Discover(), self._on_found)

    def _on_found(self, reply: Reply) -> None:
        if reply.discover is not None:
            self.show_found(reply.discover.found)

    def _on_try(self) -> None:
        settings = self.values()
        if settings is None or self.driver is None:
            return
        self.trying.setEnabled(False)
        self._say(tr("One moment…"), "")
        request = TryDevice(driver=self.driver.key, settings=settings, device_id=self.device_id)
        self.desk.bridge.ask(request, self._on_tried)

    def _on_tried(self, reply: Reply) -> None:
        self.trying.setEnabled(True)
        if not reply.ok or reply.tried is None:
            self._say("", "")
            self.refused(reply)
            return
        tried = reply.tried
        if not tried.ok:
            self._say(_why(tried), "warn")
            return
        where = " · ".join(filter(None, (tried.address, tried.firmware)))
        said = tr("It answers: {where}.", where=where) if where else tr("It answers.")
        self._say(said, "ok")
        self.outputs.show_text(_outputs(tried))
        self.outputs.setVisible(bool(tried.outputs))

    def _say(self, text: str, tone: str) -> None:
        self.answer.show_text(text)
        self.answer.tone(tone)
        self.answer.setVisible(bool(text))
        self.outputs.hide()


def _why(tried: TriedView) -> str:
    words = reason_words(tried) or tr("It does not answer.")
    # What the driver has no words for, an expert may still read.
    return f"{words} ({tried.detail})" if tried.detail and not tried.said else words


def _outputs(tried: TriedView) -> str:
    parts = []
    for output in tried.outputs:
        danger = HAZARDS.get(output.hazard, "")
        title = output_title(output.title)
        parts.append(f"{title} ({tr(danger)})" if danger else title)
    return tr("It has: {outputs}", outputs=", ".join(parts))
