"""One block of controls per kind of output, to try it by hand.

Rule: every control says Test or Hold, asks for an end, and the core's limits always win.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from app.gui.text import number, tr
from app.gui.theme import theme
from app.gui.tokens import LAMP_COLOURS
from app.gui.widgets.basic import Button, ButtonKind, Label, column, holder, row
from app.gui.widgets.controls import HoldButton
from app.gui.widgets.fields import ComboBox, NumberBox
from app.gui.widgets.flow import Flow
from drivers.contract import N_

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from app.gateway.views import CapabilityView

_HOLD_MAX_S: Final = 5.0
_SHOW_S: Final = 3.0
_SHOT_HOLD_MS: Final = 1000
_HUNDRED: Final = 100
_TENTH: Final = 10
_COLOUR_NAMES: Final = {
    "white": N_("white"),
    "red": N_("red"),
    "green": N_("green"),
    "blue": N_("blue"),
    "violet": N_("violet"),
    "gold": N_("gold"),
}


class TimedButton(Button):
    """A button that says for how many seconds it does something."""

    def __init__(self, source: str, length_s: float, kind: ButtonKind, icon: str) -> None:
        self._length_s = length_s
        super().__init__(source, kind, icon)

    def _retranslate(self) -> None:
        self.setText(tr(self._source, n=number(self._length_s, 1)))


class Control(QWidget):
    """Base of the blocks. `asked` carries capability, verb, arguments and seconds (0: its own)."""

    asked = Signal(str, str, dict, float)

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__()
        self.capability_id = capability.id
        most_s = capability.max_on_s or _HOLD_MAX_S
        self.shown_s = min(_SHOW_S, most_s)
        self.held_s = min(_HOLD_MAX_S, most_s)

    def send(
        self, verb: str, args: dict[str, float | int | bool | str], seconds: float = 0
    ) -> None:
        """Ask for one instruction on this output."""
        self.asked.emit(self.capability_id, verb, args, seconds)

    def be_brief(self) -> None:
        """Take little room, as one of many."""

    def send_off(self) -> None:
        """Ask for the safe state; allowed at any time."""
        self.send("off", {})


class MotorControl(Control):
    """Rounds, speed, Test."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        most_rounds = int(min(capability.max_rounds or 100, 100))
        most_rpm = int(min(capability.max_rpm or 300, 3000))
        self.rounds = NumberBox(N_("Rounds"), 1, max(1, most_rounds), min(3, most_rounds))
        self.rpm = NumberBox(N_("Speed"), 1, max(1, most_rpm), min(100, most_rpm))
        self.rounds.setFixedWidth(theme.px(72))
        self.rpm.setFixedWidth(theme.px(80))
        self.test = Button(N_("Test"), "primary", "play")
        self.off = Button(N_("Stop"))
        turn, at, unit = (Label(s, "small") for s in (N_("Turn"), N_("rounds at"), N_("RPM")))
        self.setLayout(
            column(Flow(turn, self.rounds, at, self.rpm, unit, _together(self.test, self.off)))
        )
        self.test.clicked.connect(self._on_test)
        self.off.clicked.connect(self.send_off)

    def _on_test(self) -> None:
        self.send("rotate", {"rounds": float(self.rounds.value()), "rpm": float(self.rpm.value())})


class LightControl(Control):
    """Colour, Flash, Show for three seconds, Off."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self.colour = ComboBox(N_("Colour"))
        self.colour.setMaximumWidth(theme.px(110))
        self._fill()
        self.flash = Button(N_("Test: flash"), "primary", "play")
        self.steady = TimedButton(N_("Test: {n} s"), self.shown_s, "", "light")
        self.off = Button(N_("Off"))
        self.setLayout(
            column(
                Flow(
                    Label(N_("Colour"), "small"),
                    self.colour,
                    self.flash,
                    _together(self.steady, self.off),
                )
            )
        )
        self.flash.clicked.connect(self._on_flash)
        self.steady.clicked.connect(self._on_steady)
        self.off.clicked.connect(self.send_off)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == event.Type.LanguageChange:
            self._fill()
        super().changeEvent(event)

    def _fill(self) -> None:
        chosen = max(0, self.colour.currentIndex())
        self.colour.clear()
        for key in LAMP_COLOURS:
            self.colour.addItem(tr(_COLOUR_NAMES[key]), key)
        self.colour.setCurrentIndex(chosen)

    def _rgb(self) -> dict[str, float | int | bool | str]:
        red, green, blue = LAMP_COLOURS[str(self.colour.currentData())]
        return {"red": red, "green": green, "blue": blue}

    def _on_flash(self) -> None:
        self.send("flash", {"times": 3, **self._rgb(), "rate_hz": 2.0})

    def _on_steady(self) -> None:
        self.send("set_color", {**self._rgb(), "level": 1.0}, self.shown_s)


class SwitchControl(Control):
    """Runs only while held, five seconds at most."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self.hold = HoldButton(N_("Hold to run"), "relay", hold_ms=0)
        self.hint = Label(kind="caption")
        self.setLayout(column(Flow(self.hold, self.hint, gap=12)))
        self._on = False
        self._word()
        self.hold.pressed.connect(self._on_pressed)
        self.hold.let_go.connect(self._on_let_go)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == event.Type.LanguageChange:
            self._word()
        super().changeEvent(event)

    def _word(self) -> None:
        most = number(self.held_s, 1)
        self.hint.show_text(tr("Runs only while you hold it, {n} s at most.", n=most))
        self.hold.setToolTip(self.hint.words())

    def be_brief(self) -> None:
        """Say it in the tip only."""
        self.hint.hide()

    def _on_pressed(self) -> None:
        self._on = True
        self.send("switch", {"on": True}, self.held_s)

    def _on_let_go(self) -> None:
        if self._on:
            self._on = False
            self.send_off()


class LevelControl(Control):
    """A level, tested for three seconds."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self.level = QSlider(Qt.Orientation.Horizontal)
        most = max(1, round(capability.max_level * _HUNDRED))
        self.level.setRange(0, most)
        self.level.setValue(_weak(most, capability.hazard))
        self.level.setAccessibleName(tr("Level"))
        self.percent = Label(kind="small_strong")
        self.test = TimedButton(N_("Test: {n} s"), self.shown_s, "primary", "play")
        self.off = Button(N_("Off"))
        layout = row(self.level, self.percent, _together(self.test, self.off), gap=12)
        layout.setStretch(0, 1)
        self.hint = Label(kind="caption")
        self.hint.hide()
        self.setLayout(column(layout, self.hint, gap=2))
        self.level.valueChanged.connect(self._on_moved)
        self.test.clicked.connect(self._on_test)
        self.off.clicked.connect(self.send_off)
        self._on_moved(self.level.value())

    def _on_moved(self, value: int) -> None:
        self.percent.show_text(tr("{percent} %", percent=number(value)))

    def _on_test(self) -> None:
        self.send("set_level", {"level": self.level.value() / _HUNDRED}, self.shown_s)


class PositionControl(LevelControl):
    """A position, held for three seconds; then it goes back to rest, and says where that is."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self._rest = capability.rest
        self.off.show_source(N_("To rest"))
        self._word()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == event.Type.LanguageChange:
            self._word()
        super().changeEvent(event)

    def _word(self) -> None:
        self.level.setAccessibleName(tr("Position"))
        rest = tr("It stays where it was moved to.")
        if self._rest is not None:
            rest = tr("Rests at {percent} %.", percent=number(self._rest * _HUNDRED))
        self.hint.show_text(rest)
        self.hint.show()

    def _on_test(self) -> None:
        self.send("move_to", {"position": self.level.value() / _HUNDRED}, self.shown_s)


class PulseControl(Control):
    """One shot, held for a second because firing is real."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self.hold = HoldButton(N_("Hold to fire once"), "bolt", hold_ms=_SHOT_HOLD_MS)
        self.hint = Label(N_("Firing is real: hold for one second."), "caption")
        self.setLayout(column(Flow(self.hold, self.hint, gap=12)))
        self.hold.held.connect(self._on_held)

    def be_brief(self) -> None:
        """Say it in the tip only."""
        self.hold.setToolTip(self.hint.words())
        self.hint.hide()

    def _on_held(self) -> None:
        self.send("pulse", {})


class EffectControl(Control):
    """The device's own effects."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self.effect = ComboBox(N_("Effect"))
        self.effect.addItems(list(capability.effects))
        self.test = TimedButton(N_("Test: {n} s"), self.shown_s, "primary", "play")
        self.off = Button(N_("Off"))
        self.test.setEnabled(bool(capability.effects))
        chosen = (Label(N_("Effect"), "small"), self.effect)
        self.setLayout(column(Flow(*chosen, _together(self.test, self.off))))
        self.test.clicked.connect(self._on_test)
        self.off.clicked.connect(self.send_off)

    def _on_test(self) -> None:
        self.send("play", {"effect": self.effect.currentText()}, self.shown_s)


class SceneControl(Control):
    """A whole scene, as long as it takes."""

    def __init__(self, capability: CapabilityView) -> None:
        super().__init__(capability)
        self.effect = next(iter(capability.effects), "")
        self.test = Button(N_("Play it"), "primary", "play")
        self.off = Button(N_("Off"))
        self.setLayout(column(Flow(_together(self.test, self.off))))
        self.test.clicked.connect(self._on_test)
        self.off.clicked.connect(self.send_off)

    def _on_test(self) -> None:
        self.send("play", {"effect": self.effect})


def _weak(most: int, hazard: str) -> int:
    """Begin half way, and with what touches somebody a tenth of it."""
    return max(1, most // (_TENTH if hazard in ("body", "pain") else 2))


def _together(*buttons: Button) -> QWidget:
    """Keep the way to end something on the line of what begins it."""
    return holder(row(*buttons, gap=8))


CONTROLS: Final[dict[str, type[Control]]] = {
    "motor": MotorControl,
    "light": LightControl,
    "switch": SwitchControl,
    "level": LevelControl,
    "pulse": PulseControl,
    "effect": EffectControl,
    "position": PositionControl,
    "scene": SceneControl,
}
