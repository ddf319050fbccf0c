"""The settings of sounds, OBS, MQTT and other programs, each with a way to try it out.

Rule: made from what the core says of its settings; a new one shows without a change here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.links import LinkReason
from app.gateway.messages import GetSettingForms, Reply, SetSetting, TryOutlet
from app.gui import words
from app.gui.outside.controls import Control, make_control
from app.gui.outside.door import DoorLine
from app.gui.outside.home_assistant import HomeAssistantLine
from app.gui.outside.line import SettingLine
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, Label, column, hairline, holder, row
from drivers.contract import N_

if TYPE_CHECKING:
    from app.gateway.views import SettingView
    from app.gui.page import Desk

GROUP: Final = "outside"


@dataclass(frozen=True, slots=True)
class Section:
    """Settings whose keys begin alike; `tries` are outlets and what their button says."""

    title: str
    icon: str
    begins: tuple[str, ...]
    tries: tuple[tuple[str, str], ...] = ()


SECTIONS: Final = (
    Section(
        N_("SOUND AND SPEECH"),
        "bolt",
        ("sound_", "speech_"),
        (("sound", N_("Play a sound")), ("speech", N_("Read a text aloud"))),
    ),
    Section(N_("OBS"), "window", ("obs_",), (("obs", N_("Try to connect")),)),
    Section(N_("MQTT"), "globe", ("mqtt_",), (("mqtt", N_("Try to connect")),)),
    Section(N_("HOME ASSISTANT"), "devices", ("home_assistant_",)),
    Section(N_("OTHER PROGRAMS"), "usb", ("",)),
)
# What the keys of an outlet's settings begin with, where that is not its name.
_BEGINS: Final = {"overlay": "door_"}
# Not asked while Giftwire's own broker is chosen.
_OTHER_BROKER: Final = frozenset(
    {"mqtt_host", "mqtt_port", "mqtt_tls", "mqtt_user", "mqtt_password"}
)
_SAMPLE: Final = N_("Thank you for the rose!")


class OutsideSettings(QWidget):
    """All sections; it asks the core and shows what that holds. `built`: they are there now."""

    built = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.controls: dict[str, Control] = {}
        self.lines: dict[str, QWidget] = {}
        self.tries: dict[str, Button] = {}
        self.answers: dict[str, Label] = {}
        self.door: DoorLine | None = None
        self.home_assistant: HomeAssistantLine | None = None
        self._page = column(gap=10)
        self.setLayout(self._page)
        desk.bridge.settings_changed.connect(self.show_state)
        desk.bridge.link_changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        """Ask once how the settings are declared; a core says so when it is there."""
        if not self.controls and self.desk.bridge.state.connected:
            self.desk.bridge.ask(GetSettingForms(group=GROUP), self.take_forms)
        self.show_state()

    def take_forms(self, reply: Reply) -> None:
        """Build the sections."""
        if self.controls or not reply.forms:
            return
        left = {view.key: view for view in reply.forms}
        for section in SECTIONS:
            mine = [left.pop(key) for key in list(left) if key.startswith(section.begins)]
            if mine:
                self._page.addWidget(Label(section.title, "over"))
                self._page.addWidget(self._card(section, mine))
                self._page.addSpacing(4)
        self.show_state()
        self.built.emit()

    def first_of(self, outlet: str) -> Control | None:
        """Return the first control of what rules use outside, or of all."""
        begins = _BEGINS.get(outlet, f"{outlet}_" if outlet else "")
        keys = (key for key in self.controls if key.startswith(begins))
        return next((self.controls[key] for key in keys), None)

    def _card(self, section: Section, fields: list[SettingView]) -> Card:
        inner = column(gap=0, pad=(16, 2, 16, 2))
        for place, view in enumerate(fields):
            control = make_control(view)
            control.setProperty("key", view.key)
            control.taken.connect(self._on_taken)
            self.controls[view.key] = control
            line = SettingLine(section.icon, view.title, view.text, control)
            above = (hairline(),) if place else ()
            self.lines[view.key] = holder(column(*above, line, gap=0))
            inner.addWidget(self.lines[view.key])
        if "door_port" in self.controls and self.door is None:
            inner.addWidget(hairline())
            self.door = DoorLine(self.desk)
            inner.addWidget(self.door)
        if "home_assistant_show" in (view.key for view in fields):
            inner.addWidget(hairline())
            self.home_assistant = HomeAssistantLine(self.desk)
            inner.addWidget(self.home_assistant)
        if section.tries:
            inner.addWidget(hairline())
            inner.addWidget(self._trying(section))
        return Card(inner)

    def _trying(self, section: Section) -> QWidget:
        answer = Label(kind="small", wrap=True)
        answer.hide()
        buttons: list[QWidget] = []
        for outlet, source in section.tries:
            button = Button(source, "", "play")
            button.setProperty("outlet", outlet)
            button.clicked.connect(self._on_try)
            self.tries[outlet] = button
            self.answers[outlet] = answer
            buttons.append(button)
        return holder(column(row(*buttons, None, gap=8), answer, gap=6, pad=(0, 10, 0, 10)))

    def retranslate(self) -> None:
        """Follow the language."""
        for control in self.controls.values():
            control.retranslate()
        for answer in self.answers.values():
            answer.hide()
        if self.home_assistant is not None:
            self.home_assistant.retranslate()

    def show_state(self) -> None:
        """Show what the core holds."""
        state = self.desk.bridge.state
        for key, control in self.controls.items():
            if key in state.settings:
                control.show_value(state.settings[key])
            control.setEnabled(state.connected)
        for key in _OTHER_BROKER & self.lines.keys():
            self.lines[key].setVisible(not state.settings.get("mqtt_own"))
        for button in self.tries.values():
            button.setEnabled(state.connected)

    def _on_taken(self, value: object) -> None:
        key = str(self.sender().property("key"))
        self.desk.bridge.ask(SetSetting(key=key, value=value), self._on_set)

    def _on_set(self, reply: Reply) -> None:
        if not reply.ok:
            self.desk.tell(words.failure(reply.code, reply.values))
            self.show_state()

    def _on_try(self) -> None:
        outlet = str(self.sender().property("outlet"))
        self.tries[outlet].setEnabled(False)
        self._say(outlet, tr("One moment…"), "")
        what = tr(_SAMPLE) if outlet == "speech" else ""
        request = TryOutlet.model_validate({"outlet": outlet, "what": what})
        self.desk.bridge.ask(request, _Fate(self, outlet).take)

    def show_fate(self, outlet: str, reply: Reply) -> None:
        """Say what came of a try."""
        self.tries[outlet].setEnabled(self.desk.bridge.state.connected)
        if reply.ok:
            self._say(outlet, _done(outlet, reply), "ok")
        else:
            own = outlet == "mqtt" and bool(self.desk.bridge.state.settings.get("mqtt_own"))
            code = LinkReason.BROKER_OFF.value if own and reply.code == "not_set_up" else reply.code
            self._say(outlet, _undone(outlet, reply.model_copy(update={"code": code})), "warn")

    def _say(self, outlet: str, text: str, tone: str) -> None:
        answer = self.answers[outlet]
        answer.show_text(text)
        answer.tone(tone)
        answer.show()


class _Fate(QObject):
    """Remembers which outlet was tried; gone with the sections."""

    def __init__(self, sections: OutsideSettings, outlet: str) -> None:
        super().__init__(sections)
        self._sections = sections
        self._outlet = outlet

    def take(self, reply: Reply) -> None:
        self._sections.show_fate(self._outlet, reply)
        self.deleteLater()


def _done(outlet: str, reply: Reply) -> str:
    names = ", ".join(reply.names)
    if outlet == "sound":
        return tr("{sound} was played.", sound=names)
    if outlet == "speech":
        return tr("The text was read aloud.")
    if outlet == "obs":
        return (
            tr("OBS answers. Its scenes: {scenes}", scenes=names) if names else tr("OBS answers.")
        )
    return tr("The broker answers.")


_NOT_SET_UP: Final[dict[str, str]] = {
    "sound": N_("Sounds are off. Raise their loudness first."),
    "speech": N_("Speech is off. Raise its loudness first."),
    "obs": N_("Enter the port of OBS first."),
    "mqtt": N_("Enter the name or address of your broker first."),
}
_OFFLINE: Final[dict[str, str]] = {
    "sound": N_("No sound came out. Is there a loudspeaker, and is it chosen in the system?"),
    "speech": N_("This computer has no voice for speech."),
    "obs": N_("OBS does not answer. Is it open, and its WebSocket server turned on?"),
    "mqtt": N_("The broker does not answer. Check name, port and encryption."),
}
_REFUSED: Final[dict[str, str]] = {
    "obs": N_("OBS refuses. Check the password."),
    "mqtt": N_("The broker refuses. Check user and password."),
}


def _undone(outlet: str, reply: Reply) -> str:
    by_code = {
        "not_set_up": _NOT_SET_UP,
        "offline": _OFFLINE,
        "lost": _OFFLINE,
        "no_answer": _OFFLINE,
        "refused": _REFUSED,
    }
    source = by_code.get(reply.code, {}).get(outlet, "")
    detail = reply.values.get("detail", "")
    told = tr(source) if source else words.failure(reply.code, reply.values)
    return f"{told} ({detail})" if detail and reply.code in ("offline", "refused") else told
