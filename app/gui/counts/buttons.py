"""Big buttons for rules that wait for one, and the keys that others wait for.

Rule: a button presses for real; it can be pressed only while one of its rules is on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QSize, Signal
from PySide6.QtWidgets import QWidget

from app.gateway.messages import PressButton, Reply
from app.gui import words
from app.gui.counts.keys import problem_of
from app.gui.counts.panel import Panel
from app.gui.rule_editor.buttons import WordedButton
from app.gui.text import as_tip, clock, tr
from app.gui.theme import theme
from app.gui.widgets.basic import (
    Button,
    Card,
    ElidedLabel,
    Label,
    Tile,
    column,
    holder,
    row,
    scroll,
)
from app.gui.widgets.flow import Flow
from app.gui.widgets.panels import EmptyState
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.gateway.views import ControlView
    from app.gui.counts.offer import Offer
    from app.gui.page import Desk

_WIDE = 168
# Two beside each other in the column of Live, in the smallest window too.
_NARROW = 144
_HIGH = 56


class BigButton(WordedButton):
    """One button of the streamer's."""

    def __init__(self, view: ControlView, wide: int) -> None:
        super().__init__()
        self.name = view.name
        self._wide = wide
        self.setObjectName("press")
        self.show_words(view.name)

    def show_view(self, view: ControlView, rules: str, *, can: bool) -> None:
        """Show whether it can be pressed, and what it sets off."""
        self.setEnabled(view.live and can)
        tip = rules if view.live else tr("Turn on {rules} first.", rules=rules)
        self.setToolTip(as_tip(tip))
        self.setAccessibleName(tr("Press {name}", name=view.name))

    def sizeHint(self) -> QSize:
        """Be easy to hit."""
        wide = max(theme.px(self._wide), super().sizeHint().width())
        return QSize(min(wide, theme.px(2 * self._wide)), theme.px(_HIGH))


class PressGrid(QWidget):
    """All buttons, in the order of their rules; `pressed` carries a name."""

    pressed = Signal(str)

    def __init__(self, wide: int = _WIDE) -> None:
        super().__init__()
        self._wide = wide
        self.buttons: dict[str, BigButton] = {}
        self._flow = Flow(gap=8)
        self.setLayout(self._flow)

    def show_controls(self, controls: Sequence[tuple[ControlView, str]], *, can: bool) -> None:
        """Show these buttons, each with the rules it sets off."""
        if list(self.buttons) != [view.name for view, _ in controls]:
            self._rebuild([view for view, _ in controls])
        for view, rules in controls:
            self.buttons[view.name].show_view(view, rules, can=can)

    def _rebuild(self, views: Sequence[ControlView]) -> None:
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for view in views:
            button = BigButton(view, self._wide)
            button.clicked.connect(self._on_clicked)
            self._flow.addWidget(button)
            button.show()
            self.buttons[view.name] = button

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, BigButton):
            self.pressed.emit(button.name)


class _KeysLine(QWidget):
    """One key combination: its rules, and why it does not work everywhere."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rule = ""
        self.tile = Tile("keyboard", "none", 36, 20)
        self.keys = Label(kind="strong")
        self.rules = ElidedLabel(kind="small")
        self.problem = Label(kind="small", tone="warn", wrap=True)
        self.show_rule = Button(N_("Show rule"), "link")
        self.show_rule.clicked.connect(self._on_clicked)
        head = row(self.keys, self.rules, self.show_rule, gap=10)
        head.setStretch(1, 1)
        layout = row(self.tile, column(head, self.problem, gap=0), gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_view(self, view: ControlView, rules: str, problem: str) -> None:
        """Show a combination."""
        self._rule = view.rules[0] if view.rules else ""
        self.keys.show_text(view.name)
        self.rules.show_text(rules if view.live else tr("{rules} (off)", rules=rules))
        self.problem.show_text(problem)
        self.problem.setVisible(bool(problem))
        self.tile.show_icon("warn" if problem else "keyboard", "warn" if problem else "none")
        self.show_rule.setAccessibleName(tr("Show rule of {name}", name=view.name))

    def _on_clicked(self) -> None:
        self.opened.emit(self._rule)


class Buttons(Panel):
    """The buttons and keys of all rules."""

    def __init__(self, desk: Desk, offer: Offer) -> None:
        super().__init__(desk, offer)
        self._pressed: tuple[str, str] | None = None  # the last one, and when
        self.grid = PressGrid()
        self.lines: list[_KeysLine] = []
        self.note = Label(kind="caption")
        self.empty = EmptyState(
            "bolt",
            N_("No buttons and no keys yet"),
            N_("Choose “A button of yours” or “A key combination” under WHEN in a rule: buttons "
               "show here and on Live, keys work in every program."),
        )  # fmt: skip
        self.open_rules = Button(N_("Open rules"), "primary", "rules")
        self.empty.offer(self.open_rules)
        self._keys = column(gap=6)
        title = Label(N_("BUTTONS"), "over")
        self._button_part = holder(column(title, self.grid, self.note, gap=8))
        self._key_part = holder(column(Label(N_("KEYS"), "over"), self._keys, gap=8))
        inner = column(self._button_part, self._key_part, None, gap=18, pad=(16, 14, 16, 14))
        self.area = scroll(holder(inner))
        self.setLayout(column(Card(column(self.area, self.empty, gap=0))))
        self._connect()
        self.show_state()

    def _connect(self) -> None:
        bridge = self.desk.bridge
        for signal in (
            bridge.controls_changed,
            bridge.link_changed,
            bridge.stop_changed,
            bridge.rules_changed,
        ):
            signal.connect(self.show_state)
        if self.desk.rule_keys is not None:
            self.desk.rule_keys.changed.connect(self.show_state)
        self.grid.pressed.connect(self._on_press)
        self.open_rules.clicked.connect(self._on_open_rules)

    def retranslate(self) -> None:
        self.show_state()

    def show_state(self) -> None:
        """Show the buttons and keys that rules wait for."""
        controls = self.desk.bridge.state.controls
        buttons = [one for one in controls if one.kind == "button"]
        keys = [one for one in controls if one.kind == "hotkey"]
        named = [(one, self.rule_names(one.rules)) for one in buttons]
        self.grid.show_controls(named, can=can_press(self.desk))
        self._show_note(buttons)
        self._show_keys(keys)
        self._button_part.setVisible(bool(buttons))
        self._key_part.setVisible(bool(keys))
        self.area.setVisible(bool(controls))
        self.empty.setVisible(not controls)

    def _show_note(self, buttons: Sequence[ControlView]) -> None:
        text = why_not(self.desk) if buttons else ""
        if not text and self._pressed and self._pressed[0] in {one.name for one in buttons}:
            name, at = self._pressed
            text = tr("{name} was pressed at {time}.", name=name, time=at)
        self.note.show_text(text)
        self.note.setVisible(bool(text))

    def _show_keys(self, keys: Sequence[ControlView]) -> None:
        while len(self.lines) > len(keys):
            line = self.lines.pop()
            self._keys.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(keys):
            line = _KeysLine()
            line.opened.connect(self._on_rule)
            self._keys.addWidget(line)
            self.lines.append(line)
        for line, view in zip(self.lines, keys, strict=True):
            line.show_view(view, self.rule_names(view.rules), problem_of(view, self.desk))

    def _on_press(self, name: str) -> None:
        self.desk.bridge.ask(PressButton(name=name), partial(self._on_done, name))

    def _on_done(self, name: str, reply: Reply) -> None:
        self.told(reply)
        if reply.ok:
            self._pressed = name, clock(QDateTime.currentMSecsSinceEpoch())
            self.show_state()

    def _on_rule(self, rule_id: str) -> None:
        self.desk.go("rules", rule_id)

    def _on_open_rules(self) -> None:
        self.desk.go("rules")


class LiveButtons(Card):
    """The same buttons on Live; hidden while no rule waits for one."""

    def __init__(self, desk: Desk) -> None:
        self.grid = PressGrid(_NARROW)
        super().__init__(
            column(Label(N_("YOUR BUTTONS"), "over"), self.grid, gap=8, pad=(16, 12, 12, 12))
        )
        self._desk = desk
        self.grid.pressed.connect(self._on_press)
        bridge = desk.bridge
        for signal in (bridge.controls_changed, bridge.link_changed, bridge.stop_changed):
            signal.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show the buttons."""
        state = self._desk.bridge.state
        names = {rule.id: rule.name for rule in state.rules}
        found = [
            (one, ", ".join(names.get(rule_id) or "?" for rule_id in one.rules))
            for one in state.controls
            if one.kind == "button"
        ]
        self.grid.show_controls(found, can=can_press(self._desk))
        self.setVisible(bool(found) and state.connected)

    def _on_press(self, name: str) -> None:
        self._desk.bridge.ask(PressButton(name=name))


def can_press(desk: Desk) -> bool:
    """Say whether pressing does anything now."""
    state = desk.bridge.state
    return state.connected and not state.stop.stopped


def why_not(desk: Desk) -> str:
    """Say why nothing can be pressed; "" if it can."""
    state = desk.bridge.state
    if not state.connected:
        return words.failure("not_connected", {})
    return words.failure("stopped", {}) if state.stop.stopped else ""
