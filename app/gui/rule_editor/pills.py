"""Asks the core whether each condition holds for the example. Rule: it asks and never waits.

Every condition is asked by itself, so that those behind a failing one, and those in groups, get
their answer too. Nothing is sent to a device by asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.outcome import Reason, Step
from app.core.sentences import step_sentence
from app.gateway.messages import DryRun
from app.gui.rule_editor import draft
from app.gui.rule_editor.examples import PEOPLE, example_for, from_row

if TYPE_CHECKING:
    from app.core.parts import Trigger
    from app.core.rules import Rule
    from app.gateway.messages import PretendEvent, Reply
    from app.gateway.views import FeedRow, TraceStepView
    from app.gui.rule_editor.draft import Place
    from app.gui.rule_editor.part_list import Kit

_PAUSE_MS: Final = 250
# Beyond this many the first ones must do; a rule holds 50 and groups.
_MOST: Final = 60


class Question(QObject):
    """One condition that was asked about."""

    answered = Signal(tuple, int, object)

    def __init__(self, parent: QObject, place: Place, serial: int) -> None:
        super().__init__(parent)
        self._place, self._serial = place, serial

    def on_reply(self, reply: Reply) -> None:
        """Take what the core said."""
        self.answered.emit(self._place, self._serial, reply)
        self.deleteLater()


class Pills(QObject):
    """Keeps the pills of all conditions current. `example_changed`: another event is tried."""

    example_changed = Signal()

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self.kit = kit
        self.last: PretendEvent | None = None
        # Which example: a key of PEOPLE, "last", or "own".
        self.choice = next(iter(PEOPLE))
        self._own: tuple[Trigger, PretendEvent] | None = None
        self._serial = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.ask)
        bridge = kit.session.desk.bridge
        bridge.feed_taken.connect(self._on_feed)
        bridge.feed_reset.connect(self._on_feed)
        bridge.link_changed.connect(self.later)
        kit.session.shown.connect(self.later)

    def choose(self, key: str) -> None:
        """Try the rule with another example."""
        self.choice = key
        self.follow_rule()
        self.later()

    def take(self, event: PretendEvent) -> None:
        """Try the rule with an event of the user's own until another is chosen."""
        rule = self.kit.session.rule
        if rule is not None:
            self._own = (rule.when, event)
            self.choose("own")

    def follow_rule(self) -> None:
        """Make the example anew from the rule that is shown."""
        rule = self.kit.session.rule
        if rule is None:
            return
        if self.choice == "last" and self.last is not None:
            event = self.last
        elif self.choice == "own" and self._own is not None:
            event = self._own_for(rule, *self._own)
        else:
            who = self.choice if self.choice in PEOPLE else next(iter(PEOPLE))
            event = example_for(rule, self.kit.around, who)
        if event != self.kit.around.example:
            self.kit.around.example = event
            self.example_changed.emit()

    def _own_for(self, rule: Rule, when: Trigger, event: PretendEvent) -> PretendEvent:
        """Return the user's own event; for another WHEN a fitting one from the same viewer."""
        if when == rule.when:
            return event
        fitting = example_for(rule, self.kit.around)
        return fitting.model_copy(update={"who": event.who})

    def later(self) -> None:
        """Ask in a moment; whatever comes until then is asked together."""
        self._serial += 1
        self._timer.start()

    def ask(self) -> None:
        """Ask about every condition in sight."""
        self._timer.stop()
        self.follow_rule()
        session = self.kit.session
        if session.rule is None or not session.desk.bridge.state.connected:
            self._forget()
            return
        rows = [r for r in self.kit.rows.values() if r.family == "Condition" and r.is_on]
        for row in rows[:_MOST]:
            condition = {k: v for k, v in row.raw.items() if k != "on"}
            rule = {**session.raw, "only_if": [condition], "on": True}
            question = Question(self, row.place, self._serial)
            question.answered.connect(self._on_answer)
            request = DryRun(event=self.kit.around.example, rule=rule)
            session.desk.bridge.ask(request, question.on_reply)

    def _forget(self) -> None:
        for row in self.kit.rows.values():
            row.pill.show_verdict("", "")

    def _on_answer(self, place: Place, serial: int, reply: Reply) -> None:
        row = self.kit.rows.get(place)
        if row is None or serial != self._serial or not draft.has(self.kit.session.raw, place):
            return
        step = _step_of(reply)
        if step is None:
            row.pill.show_verdict("", "")
            return
        row.pill.show_verdict("pass" if step.passed else "fail", self._why(step))

    def _why(self, view: TraceStepView) -> str:
        reasons = set(Reason)
        reason = Reason(view.reason) if view.reason in reasons else Reason.CONDITION_FALSE
        step = Step(view.gate, view.passed, reason, tuple(view.values.items()))
        return step_sentence(step, self.kit.around.speaker())

    def _on_feed(self, rows: list[FeedRow]) -> None:
        for row in reversed(rows):
            event = from_row(row)
            if event is not None:
                self.last = event
                if self.choice == "last":
                    self.follow_rule()
                    self.later()
                return


def _step_of(reply: Reply) -> TraceStepView | None:
    """Return what the trace says of the one condition; None where WHEN did not fit already."""
    if reply.dry is None:
        return None
    for trace in reply.dry.traces:
        for step in trace.steps:
            if step.gate.startswith("only_if"):
                return step
    return None
