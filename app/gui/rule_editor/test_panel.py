"""Try the rule in the editor: ask what it would do, do one step, or run it like the real thing.

Rule: a dry run sends nothing; what runs is marked as a test, and STOP and every limit hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy

from app.gateway.messages import DryRun, TryRule
from app.gui import words
from app.gui.rule_editor import test_focus
from app.gui.rule_editor.tabs import TabOrder
from app.gui.rule_editor.test_event import EventForm
from app.gui.rule_editor.test_result import Tried, TryResult
from app.gui.rule_editor.test_run import RunButton, RunWatch
from app.gui.rule_editor.test_steps import StepLines
from app.gui.text import tr
from app.gui.widgets.basic import Button, Card, Label, column, row
from app.gui.widgets.trace_lines import length_s
from drivers.contract import N_

if TYPE_CHECKING:
    from app.core.rules import Rule
    from app.gateway.messages import PretendEvent, Reply
    from app.gateway.views import DeliveryView
    from app.gui.rule_editor.draft import Raw
    from app.gui.rule_editor.editor import RuleEditor
    from app.gui.rule_editor.test_fixes import Fix

_AGAIN_MS: Final = 250
_SETTLED_MS: Final = 30
_ROOM: Final = 12


class Answer(QObject):
    """One question that is still to be answered; `came` tells its number with the answer."""

    came = Signal(int, object)

    def __init__(self, parent: QObject, serial: int) -> None:
        super().__init__(parent)
        self._serial = serial

    def take(self, reply: Reply) -> None:
        """Take what the core said."""
        self.came.emit(self._serial, reply)
        self.deleteLater()


class TryPanel(Card):
    """The panel below the cards of the editor. `devices_asked` carries the device to look at."""

    devices_asked = Signal(str)

    def __init__(self, editor: RuleEditor) -> None:
        self._editor = editor
        self.form = EventForm(editor.around)
        self.dry = Button(N_("Dry run"), "primary", "search", shortcut="Ctrl+Enter")
        self.dry.setObjectName("dry_run")
        self.run = RunButton(N_("Like the real thing"), shortcut="Ctrl+Shift+Enter")
        self.run.setObjectName("real_run")
        self.hint = Label(kind="caption", wrap=True)
        self.result = TryResult()
        self.steps = StepLines()
        inside = column(
            Label(N_("TEST THIS RULE"), "over"), self.form, row(self.dry, self.run, None, gap=8),
            self.hint, self.result, self.steps,
            gap=10, pad=(16, 10, 12, 12),
        )  # fmt: skip
        super().__init__(inside)
        self.setObjectName("test_panel")
        self.setAccessibleName(tr("Test this rule"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._bridge = editor.desk.bridge
        self.watch = RunWatch(self._bridge, self)
        self._rule_id = ""
        # What the answers that are still to come are about.
        self._asked: tuple[Rule, Raw] | None = None
        self._run_of: tuple[Rule, Raw] | None = None
        self._only_step = False
        self._serial = 0
        self._length_s = 0.0
        self._tell = False
        self._names: dict[str, str] = {}
        self._tabs = TabOrder()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._ask_dry)
        self._connect()
        self._show()

    def _connect(self) -> None:
        editor, bridge = self._editor, self._bridge
        self.form.changed.connect(self._on_event)
        self.dry.clicked.connect(self.dry_run)
        self.run.clicked.connect(self.real_run)
        self.steps.asked.connect(self.run_step)
        self.result.chosen.connect(self._on_fix)
        self.result.devices_asked.connect(self.devices_asked)
        self.result.settings_asked.connect(editor.session.settings_asked)
        self.watch.moved.connect(self._on_moved)
        self.watch.ended.connect(self._on_ended)
        editor.session.shown.connect(self._show)
        editor.only_if.pills.example_changed.connect(self._show_example)
        for signal in (bridge.stop_changed, bridge.link_changed):
            signal.connect(self._show_state)
        bridge.devices_changed.connect(self._on_devices)

    # ------------------------------------------------------------ what may be asked

    def dry_run(self) -> None:
        """Ask what the rule would do, and show it."""
        self._leave_field()
        self._tell = True
        self._ask_dry()

    def real_run(self) -> None:
        """Run the rule for real, as if the event had come."""
        self._leave_field()
        self._ask_run(None)

    def run_step(self, place: int) -> None:
        """Do one step alone, for real."""
        self._leave_field()
        self._ask_run(place)

    def _leave_field(self) -> None:
        """Take what is being typed: the try is about what is to be seen."""
        self._editor.leave_field()
        self.form.leave_field()

    def _ask_dry(self) -> None:
        self._again.stop()
        session = self._editor.session
        if session.rule is None:
            return
        self._asked = (session.rule, session.raw)
        self._serial += 1
        request = DryRun(event=self.form.event_now, rule=session.raw)
        answer = Answer(self, self._serial)
        answer.came.connect(self._on_dry)
        self._bridge.ask(request, answer.take)

    def _ask_run(self, action: int | None) -> None:
        session = self._editor.session
        if session.rule is None or self.reason() or self.watch.running:
            return
        self._run_of = (session.rule, session.raw)
        self._again.stop()
        # What was asked before would answer over what runs now.
        self._serial += 1
        self._length_s = 0.0
        event = self.form.event_now
        if action is None:
            # How long it takes is only told by looking ahead.
            ahead = DryRun(event=event, rule=session.raw)
            self._bridge.ask(ahead, self._on_ahead)
        self._only_step = action is not None
        request = TryRule(event=event, rule=session.raw, action=action)
        self._bridge.ask(request, self._on_run)

    def reason(self) -> str:
        """Say why nothing can be run now; "" when it can."""
        state = self._bridge.state
        if not state.connected:
            return words.failure("not_connected", {})
        if state.stop.stopped:
            return words.failure("stopped", {})
        return ""

    # ------------------------------------------------------------ what was answered

    def _on_dry(self, serial: int, reply: Reply) -> None:
        if self._asked is None or serial != self._serial:
            return
        self._show_reply(reply, Tried(*self._asked, reply.dry) if reply.dry else None)
        if self._tell:
            self._tell = False
            self._bring_into_view()

    def _on_ahead(self, reply: Reply) -> None:
        if reply.dry is not None:
            self._length_s = max((length_s(one) for one in reply.dry.commands), default=0.0)

    def _on_run(self, reply: Reply) -> None:
        run_of, self._run_of = self._run_of, None
        if run_of is None or run_of[0].id != self._rule_id:
            return
        tried = None
        if reply.dry is not None:
            tried = Tried(*run_of, reply.dry, real=True, only_step=self._only_step)
        self._show_reply(reply, tried)
        self._bring_into_view()
        if reply.dry is not None and reply.dry.commands:
            own = max(length_s(one) for one in reply.dry.commands)
            self.watch.start(reply.event_id, self._rule_id, max(self._length_s, own))
            self._show_state()

    def _show_reply(self, reply: Reply, tried: Tried | None) -> None:
        if tried is None:
            self.result.show_failure(words.failure(reply.code, reply.values))
        else:
            self.result.show_tried(tried, self._editor.around.speaker(), self._bridge.state)
        self._tabs.keep(self)

    def _bring_into_view(self) -> None:
        self.result.tell()
        # The layout must have taken the new lines before they can be scrolled to; wrapped ones
        # make it settle twice.
        for after_ms in (_SETTLED_MS, 5 * _SETTLED_MS):
            QTimer.singleShot(after_ms, self, self._scroll)

    def _scroll(self) -> None:
        """Show the answer to its end, but never without the buttons that asked for it."""
        area, inner = self._editor.area, self._editor.inner
        bottom = self.result.mapTo(inner, self.result.rect().bottomLeft()).y() + _ROOM
        top = self.dry.mapTo(inner, self.dry.rect().topLeft()).y() - _ROOM
        bar = area.verticalScrollBar()
        wanted = max(bar.value(), bottom - area.viewport().height())
        bar.setValue(min(wanted, top))

    def _on_moved(self) -> None:
        self.run.show_left(self.watch.left_s, self.watch.share)

    def _on_ended(self, deliveries: tuple[DeliveryView, ...]) -> None:
        tried = self.result.tried
        if tried is not None and tried.real and deliveries:
            speaker = self._editor.around.speaker()
            self.result.show_deliveries(deliveries, speaker, self._bridge.state)
        self._show_state()

    # ------------------------------------------------------------ what there is to try

    def _show(self) -> None:
        """Follow the rule in the editor: its event, its steps, and what a dry run says of it."""
        rule = self._editor.session.rule
        rule_id = rule.id if rule is not None else ""
        if rule_id != self._rule_id:
            self._rule_id = rule_id
            self.watch.forget()
            self.result.show_tried(None, self._editor.around.speaker(), self._bridge.state)
        self._show_example()
        self._show_state()
        tried = self.result.tried
        if tried is not None and tried.rule != rule:
            self._renew()

    def _show_example(self) -> None:
        event = self._editor.around.example
        when = self._editor.session.raw.get("when", {})
        # The clock starts some rules by the time, some by how long the LIVE has been on.
        without = {"text", "day"} if "time" not in when else {"count"}
        self.form.without = frozenset(without if event.kind == "tick" else ())
        if event != self.form.event_now:
            self.form.show_event(event)
            self._renew()

    def _renew(self) -> None:
        """Ask again when the rule or the event is another one; what really ran is over then."""
        tried = self.result.tried
        if tried is None:
            return
        if tried.real:
            self.result.show_tried(None, self._editor.around.speaker(), self._bridge.state)
        else:
            self._again.start()

    def _show_state(self) -> None:
        reason = self.reason()
        running = self.watch.running
        if running:
            self._on_moved()
        else:
            self.run.show_ready()
        self.run.setEnabled(not reason and not running)
        self.dry.setEnabled(self._bridge.state.connected)
        self.run.setAccessibleDescription(reason)
        hint = tr("A dry run sends nothing. A real one moves your devices and is marked as a test.")
        if self._editor.session.drafts:
            hint = tr("Something is not applied yet. The rule is tried as it runs now.")
        self.hint.show_text(reason or hint)
        self.hint.tone("warn" if reason or self._editor.session.drafts else "")
        meanwhile = tr("Wait until the test is over.") if running else reason
        self.steps.show_rule(self._editor.session.rule, self._editor.around.speaker(), meanwhile)
        self._tabs.keep(self)

    def _on_devices(self) -> None:
        """Take notice of other names of devices; readings come 30 times a second."""
        names = {key: device.name for key, device in self._bridge.state.devices.items()}
        if names != self._names:
            self._names = names
            self._show_state()

    def _on_event(self, event: PretendEvent) -> None:
        self._editor.only_if.pills.take(event)
        self._renew()

    def _on_fix(self, fix: Fix) -> None:
        test_focus.carry_out(self._editor, fix)
        if fix.deed:
            # Its button goes; the next one would move a device by a press of the space bar.
            self.dry.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "watch"):
            self.setAccessibleName(tr("Test this rule"))
            self.result.show_words(self._editor.around.speaker(), self._bridge.state)
            self._show_state()
        super().changeEvent(event)
