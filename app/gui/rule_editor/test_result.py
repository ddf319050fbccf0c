"""What a try came to: the verdict, every gate in words, what goes out, and the one thing to change.

Rule: it shows what the core said and works out nothing anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from app.gui import words as gui_words
from app.gui.rule_editor.test_fixes import TURN_ON, Fix, failing, fix_for
from app.gui.text import tr, trn
from app.gui.widgets.basic import Button, Card, Label, Tile, column, parts_of, row
from app.gui.widgets.panels import announce
from app.gui.widgets.trace_lines import (
    OUTLET,
    TraceLine,
    done_words,
    gate_words,
    outlet_name,
    planned_words,
    problem_words,
    why_words,
)
from drivers.contract import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.core.rules import Rule
    from app.core.speech import Speaker
    from app.gateway.views import DeliveryView, DryResult, PlannedView, TraceView
    from app.gui.models.state import State
    from app.gui.rule_editor.draft import Raw

_MOST_LINES: Final = 40
_TOP: Final = Qt.AlignmentFlag.AlignTop
# How a command that has an end is told: symbol, ink.
_ENDS: Final[dict[str, tuple[str, str]]] = {
    "done": ("check", "ok"),
    "acked": ("check", "ok"),
    "sent": ("arrow", "text2"),
    "queued": ("clock", "text2"),
    "dropped": ("clock", "warn"),
    "stopped": ("stop", "warn"),
    "failed": ("warn", "danger_text"),
}
# Whether a part was sent before it failed, and whether it was for real.
_HELD: Final[dict[tuple[bool, bool], str]] = {
    (True, True): N_("Only a part ran: {why}."),
    (True, False): N_("Only a part would run: {why}."),
    (False, True): N_("It did not run: {why}."),
    (False, False): N_("It would not run: {why}."),
}
_TURN_ON: Final = Fix(N_("Turn on"), deed=TURN_ON)


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried, and what the core answered; `real`: it was done, not only asked."""

    rule: Rule
    raw: Raw
    dry: DryResult
    real: bool = False
    only_step: bool = False

    @property
    def trace(self) -> TraceView | None:
        """The trace of the rule itself; others may have been started by it."""
        mine = (one for one in self.dry.traces if one.rule_id == self.rule.id)
        return next(mine, None)


def verdict(tried: Tried, speaker: Speaker) -> tuple[str, str]:
    """Return the ink and the sentence of what it came to."""
    trace = tried.trace
    step = failing(trace) if trace is not None else None
    if trace is None:
        return "warn", tr("The rule was not asked at all.")
    if step is not None:
        why = why_words(step, speaker)
        return "warn", tr(_HELD[bool(tried.dry.commands), tried.real], why=why)
    if tried.real:
        return "ok", tr("It runs, marked as a test.")
    if any(one.problem for one in tried.dry.commands):
        return "warn", tr("It would run, but a part of it would not get through.")
    if not tried.dry.commands:
        return "ok", tr("It would run, and nothing would be sent.")
    return "ok", tr("It would run. Nothing was sent.")


class TryResult(Card):
    """Shows one try. `chosen` carries the fix that was clicked, `devices_asked` a device's id.

    `settings_asked` carries what has to be set up outside the devices, "obs" for example.
    """

    chosen = Signal(object)
    devices_asked = Signal(str)
    settings_asked = Signal(str)

    def __init__(self) -> None:
        self.tile = Tile("check", "ok", 28, 16)
        self.title = Label(kind="strong", wrap=True)
        self.turn_on = Button(N_("Turn on"), "primary", "bolt")
        self.turn_on.setObjectName("turn_on")
        self.note = Label(kind="caption", wrap=True)
        head = row(gap=10)
        head.addWidget(self.tile, 0, _TOP)
        head.addLayout(column(self.title, self.note, gap=0), 1)
        head.addWidget(self.turn_on, 0, _TOP)
        self.lines = column(gap=4)
        super().__init__(column(head, self.lines, gap=8, pad=(12, 10, 12, 12)), "inset")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setObjectName("test_result")
        self.tried: Tried | None = None
        self._fix: Fix | None = None
        self._deliveries: tuple[DeliveryView, ...] = ()
        self.turn_on.clicked.connect(self._on_turn_on)
        self.hide()

    def show_tried(self, tried: Tried | None, speaker: Speaker, state: State) -> None:
        """Show a try, or nothing; what was delivered of one before is forgotten."""
        self._deliveries = ()
        self.tried = tried
        self.setVisible(tried is not None)
        if tried is not None:
            self.show_words(speaker, state)

    def show_failure(self, text: str) -> None:
        """Say why nothing could be tried."""
        self.tried, self._deliveries = None, ()
        self._clear()
        self.tile.show_icon("warn", "warn")
        self.title.show_text(text)
        self.note.hide()
        self.turn_on.hide()
        self.setAccessibleName(text)
        self.show()

    def show_deliveries(
        self, deliveries: Sequence[DeliveryView], speaker: Speaker, state: State
    ) -> None:
        """Show what became of what was sent."""
        self._deliveries = tuple(deliveries)
        self.show_words(speaker, state)

    def show_words(self, speaker: Speaker, state: State) -> None:
        """Word everything, anew after a change of language."""
        tried = self.tried
        if tried is None:
            return
        self._clear()
        ink, text = verdict(tried, speaker)
        self.tile.show_icon("check" if ink == "ok" else "clock", ink)
        self.title.show_text(text)
        self.setAccessibleName(text)
        self._show_note(tried)
        # New rules start off; one that would run is ready to be used.
        self.turn_on.setVisible(ink == "ok" and not tried.rule.on and not tried.only_step)
        trace = tried.trace
        if trace is not None:
            self._add_gates(tried, trace, speaker)
        self._add_commands(tried, state)
        told = parts_of(self.lines)
        names = [one.accessibleName() for one in told if isinstance(one, TraceLine)]
        self.setAccessibleDescription("\n".join(names))

    def tell(self) -> None:
        """Have a screen reader say the verdict."""
        announce(self, self.title.words())

    # ------------------------------------------------------------ inside

    def _clear(self) -> None:
        self._fix = None
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _show_note(self, tried: Tried) -> None:
        text = ""
        if tried.dry.cut:
            text = tr("It goes on for longer than is shown here.")
        elif not tried.rule.on and not tried.only_step:
            text = tr("The rule is off: until you turn it on, only tests run it.")
        elif tried.only_step:
            text = tr("Only this step; when, conditions and limits were not asked.")
        self.note.show_text(text)
        self.note.setVisible(bool(text))

    def _add_gates(self, tried: Tried, trace: TraceView, speaker: Speaker) -> None:
        self._fix = fix_for(trace, tried.raw)
        first = failing(trace)
        for step in trace.steps[:_MOST_LINES]:
            text, action = gate_words(step, speaker), ""
            symbol, ink, word = "check", "ok", tr("Passed")
            if step.gate == "rule" and step.passed and not tried.rule.on:
                symbol, ink, word = "minus", "text2", tr("Off")
                text = tr("The rule is off, and is tried all the same.")
            elif not step.passed:
                symbol, ink, word = "cross", "warn", tr("Stopped here")
                action = tr(self._fix.words) if step is first and self._fix is not None else ""
            elif step.reason == "limited":
                symbol, ink, word = "minus", "warn", tr("Cut down")
            line = TraceLine(symbol, ink, word, text, action)
            line.acted.connect(self._on_fix)
            self.lines.addWidget(line)
        rest = len(trace.steps) - _MOST_LINES
        if rest > 0:
            self._add_caption(trn("and %Ln more step(s)", rest))

    def _add_commands(self, tried: Tried, state: State) -> None:
        commands = tried.dry.commands
        if not commands:
            return
        over = Label(kind="over")
        over.show_text(tr("SENT") if tried.real else tr("WOULD BE SENT"))
        self.lines.addWidget(over)
        ends = {one.command_id: one for one in self._deliveries}
        if tried.real and ends:
            for end in ends.values():
                self.lines.addWidget(_ended(end))
            return
        for view in commands[:_MOST_LINES]:
            self._add_command(view, state)
        rest = len(commands) - _MOST_LINES
        if rest > 0:
            self._add_caption(trn("and %Ln more command(s)", rest))

    def _add_command(self, view: PlannedView, state: State) -> None:
        device = state.devices.get(view.device_id)
        away = device is not None and device.link.stage != "online"
        line = TraceLine("arrow", "text2", "", planned_words(view))
        self.lines.addWidget(line)
        if view.problem:
            self._add_problem(view)
        if device is not None and away:
            text = tr("{device} is offline now, so this would not reach it.", device=device.name)
            warning = TraceLine("warn", "warn", tr("Offline"), text, tr("Open devices"))
            warning.setProperty("device", device.id)
            warning.acted.connect(self._on_device)
            self.lines.addWidget(warning)

    def _add_problem(self, view: PlannedView) -> None:
        word, text, leads = problem_words(view)
        action = tr("Open Settings") if leads else ""
        warning = TraceLine("warn", "warn", word, text, action)
        warning.setProperty("outlet", view.device_id.removeprefix(OUTLET))
        warning.acted.connect(self._on_settings)
        self.lines.addWidget(warning)

    def _add_caption(self, text: str) -> None:
        caption = Label(kind="caption")
        caption.show_text(text)
        self.lines.addWidget(caption)

    def _on_fix(self) -> None:
        if self._fix is not None:
            self.chosen.emit(self._fix)

    def _on_turn_on(self) -> None:
        self.chosen.emit(_TURN_ON)

    def _on_settings(self) -> None:
        self.settings_asked.emit(str(self.sender().property("outlet")))

    def _on_device(self) -> None:
        self.devices_asked.emit(str(self.sender().property("device")))


def _ended(end: DeliveryView) -> TraceLine:
    symbol, ink = _ENDS.get(end.stage, ("arrow", "text2"))
    who = outlet_name(end.device) or end.device
    done = done_words(end.instruction, end.args)
    text = tr("{device}: {done}", device=who, done=done) if done else who
    if end.drop:
        text += " · " + gui_words.told(end, end.drop)
    return TraceLine(symbol, ink, gui_words.stage(end.stage), text)
